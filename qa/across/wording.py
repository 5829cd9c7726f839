"""How all texts of a Library are asked, and which of them, in both languages. Data, no behaviour."""

from index.load import Language

_KIND_KO = r"(?:논문|글|문서|자료|리뷰|보고서|노트|리포트|페이퍼|텍스트|문헌|기사)"
_KINDS_EN = (
    r"(?:papers|documents|docs|texts|articles|studies|reports|reviews|files|sources|pdfs|publications|notes"
    r"|uploads)"
)
_KIND_EN = r"(?:paper|document|doc|text|article|study|report|review|file|source|pdf|publication|note)(?!-)"
_OURS_EN = r"(?:(?:of )?(?:the|my|these|those|your|our) )"
_HERE_EN = (
    r"(?:,? (?:(?:in )?here|(?:that )?i(?:'ve| have)? (?:have|added|uploaded|saved)"
    r"|(?:in|of) (?:my|the|this) (?:library|collection)|you have))"
)
_OURS_KO = (
    r"(?<![가-힣])(?:(?:내|제|우리|여기 ?있는|여기|넣은|올린|추가한|가진|라이브러리(?:에 ?있는|의)?|나머지|이|그) ?)"
)
_ONE_BY_ONE_KO = r"(?:전부|모두|전체|각각|하나하나|하나씩|한 ?편씩)(?:의|은|는|을|를)?(?![가-힣])"

# Calls every text; what stands in its place calls one. The first that is found is meant.
EACH = (
    rf"{_OURS_KO}*(?:각각의|각|개별|모든|전체|매) ?{_KIND_KO}(?:들)?(?:마다|별로|별)?",
    rf"{_OURS_KO}*{_KIND_KO}(?:들)?(?:마다|별로|별)",
    rf"{_OURS_KO}*{_KIND_KO}들(?:은|는|이|을|를|의|이랑)? ?{_ONE_BY_ONE_KO}",
    rf"(?:^|{_OURS_KO}+){_KIND_KO} ?{_ONE_BY_ONE_KO}",
    rf"\b(?:(?:in|for|from|by) )?(?:each|every)(?: (?:single|individual|one))?(?: of)? ?{_OURS_EN}?(?:[a-z][\w-]* )??"
    rf"(?:{_KINDS_EN}|{_KIND_EN}){_HERE_EN}?\b",
    r"(?<=^when was )each one\b|(?<=^who wrote )each one\b|(?<=^what is )each one(?= about\b)",
    rf"\b(?:(?:in|for|from|across) )?all {_OURS_EN}?{_KINDS_EN}{_HERE_EN}?\b",
    rf"\b(?:(?:in|for|from|of) )?(?:the )?(?:individual|respective) (?:{_KINDS_EN}|works)\b",
    r"\b(?:(?:in|for|from|of) )?(?:the|my|this) (?:whole|entire) (?:collection|library|set|lot)\b(?! of\b)",
    r"\b(?:(?:in|for|from|of) )?everything (?:i(?:'ve| have)? (?:uploaded|added|saved|have)|in (?:my|the) library)\b",
    r"(?<![가-힣])(?:저마다|제각기|한 ?편 ?한 ?편|편당)(?:이|의|은|는)?(?= )|^(?:각자|다들)(?:의|는)?(?= )",
    rf"\b(?:check )?{_KIND_EN} (?:by|after) {_KIND_EN}\b|\b(?:per|by) {_KIND_EN}\b",
)
# The same where the question holds texts side by side.
TOGETHER = (
    rf"{_OURS_KO}*{_KIND_KO}(?:들끼리|들|끼리)",
    rf"\b(?:(?:in|from|for|between|across|of) {_OURS_EN}?|{_OURS_EN}){_KINDS_EN}{_HERE_EN}?\b",
)
SIDE_BY_SIDE = (
    r"비교|견줘|나란히|(?:요약|정리)(?:해| ?좀| ?부탁|\W*$)|각각|각자|한 ?줄|차례로"
    r"|\b(?:compar\w+|each|respectively|side by side|one by one|summar\w+|across|apiece|in turn"
    r"|separately|one after (?:the other|another)|item by item)\b"
    r"|\bwhat (?:do|does|did) (?:the|my|these|those|your|our) \w+ (?:say|tell|think|write)\b"
)
# How it is to be put, which says nothing of what is asked of one.
PUT = (
    r"(?:서로 ?)?비교(?:해|하여|해서|하면|를)?"
    r"(?: ?(?:줘|주세요|줄래|봐|봐줘|보여 ?줘|알려 ?줘|설명해 ?줘|정리해 ?줘|부탁\S*))*"
    r"|(?<![가-힣])(?:각각|각자|서로|차례로|나란히|표로|목록으로)(?:의|은|는)?(?![가-힣])"
    r"|(?:을|를)? ?정리(?:해|해서|좀)? ?(?:좀|줘|주세요|줄래|부탁\S*|보여 ?줘|알려 ?줘)*(?=\W*$)"
    r"|\b(?:please )?compare\b(?: and contrast)?|\b(?:a )?comparison of\b"
    r"|\b(?:side by side|one by one|respectively)\b|\b(?:in|as) (?:a|one) table\b"
    r"|^\W*(?:list|give me|show me|tell me)\b(?= (?:the|all|what|which|how|who|where|when)\b)"
)
# In a sentence or so.
BRIEF = (
    r"(?:한|두) ?(?:줄|문장|마디)(?:씩|로|으로|짜리)?(?:만)?|짧게|간단히|간단하게|간략히|간략하게"
    r"|\b(?:in )?(?:a|one)[ -](?:sentence|line|liner)s?\b|\b(?:brief|short|quick)(?:ly)?\b|\bin short\b"
)
PROPOSES: dict[Language, str] = {"ko": "이 논문은 무엇을 제안해?", "en": "What does this paper propose?"}

# Asks which texts tell of something; what is left of the question says of what.
_SOUGHT_KO = rf"(?:{_KIND_KO}|파일)(?:들)?(?:은|는|이|가|을|를|도)?"
_ADNOMINAL = (
    "[" + "".join(chr(0xAC00 + 28 * at + final) for at in range(399) for final in (4, 8)) + "]"
)  # ends in ㄴ or ㄹ
_ASKS_KO = (
    r"(?: ?(?:중에서?|가운데)?(?: ?(?:있|뭐|뭔|무엇|무슨|어떤|어느|찾아|알려|보여|말해|골라|추천|목록|전부|모두|다"
    r"|모아|추려|불러|짚어|이름|대 ?봐|몇|편|가지|갖|서재|라이브러리|내|줘|주|거|게|건|것|더라|좀|들|혹시|여기|않|싶"
    r"|봐)\S*)*)[?.!~ ]*$"
)
_START_EN = r"^\W*(?:(?:so|and|ok|okay|hey),? )?"
WHICH = (
    rf"(?:어떤|어느|무슨)(?: 어느)? ?{_KIND_KO}(?:들)?(?:이|가|은|는|에서|에|에는)?"
    r"(?:이?[지죠야요]|인가요?|인지|인데)?(?=[ ?.!]|$)",
    rf"(?:(?<={_ADNOMINAL} )|(?<=관련 )|(?<=쪽 )){_SOUGHT_KO}{_ASKS_KO}",
    rf"(?<=\w ){_SOUGHT_KO}(?: ?중에서?)?(?= ?(?:있|없|좀 ?찾|찾|추천|골라)){_ASKS_KO}",
    r"(?:얘기|이야기|언급|설명|소개|다루|다룬|나오|적용)(?:하는|한|된|되는|는|할|했던|)"
    rf" ?(?:게|거|것|건|데)(?:이|가|은|는|도)?(?= ?(?:있|뭐|무엇|어느|어떤)){_ASKS_KO}",
    r"(?:얘기|이야기|내용|말)(?:은|는|이|가)? ?(?:어디에?|어느 ?(?:글|논문|문서)에?) ?(?:나와|나오|있)\S*[?.!~ ]*$",
    rf"{_START_EN}(?:in |from )?(?:which|what)"
    rf"(?: of {_OURS_EN}?{_KINDS_EN}| {_KINDS_EN}(?! (?:do|does|did|are there|is)\b)| ones?(?! of\b)"
    rf"| {_KIND_EN}(?! (?:do|does|did|should|can)\b))"
    rf"{_HERE_EN}?(?![\w-])",
    rf"{_START_EN}(?:is|are) there (?:any |some |an? )?(?:{_KINDS_EN}|{_KIND_EN}|anything|something){_HERE_EN}?\b",
    rf"{_START_EN}(?:do|did|have) (?:i|we|you) (?:(?:have|save|own|add|keep|store|got)(?:d|ed)? )?"
    rf"(?:any |some |an? )?(?:{_KINDS_EN}|{_KIND_EN}|anything|something){_HERE_EN}?\b",
    rf"{_START_EN}any(?:thing| of (?:these|them|those|{_OURS_EN}?{_KINDS_EN})|(?: \w+)? (?:{_KINDS_EN}|{_KIND_EN}))"
    rf"{_HERE_EN}?\b",
    rf"{_START_EN}(?:do|does) any(?:thing)?(?: of)? {_OURS_EN}?(?:{_KINDS_EN}|{_KIND_EN}){_HERE_EN}?\b",
    r"(?<=[가-힣] )(?:것|거|게)(?:도|이|은|는)? ?(?:내 |우리 |이 )?(?:서재|라이브러리)에?\S*(?: \S+){0,2}[?.!~ ]*$",
    r"쪽(?:은|으로는?)? ?(?:뭘|뭐가?|무엇을) ?(?:갖고|가지고) ?있\S*[?.!~ ]*$",
    r"^\W*(?:who(?: in)? here|anyone here|anybody here)\b",
    rf"{_START_EN}(?:do|does|did|is|are|have|has) (?:any|some|one)(?: of)? ?{_OURS_EN}?"
    rf"(?:{_KINDS_EN}|{_KIND_EN}|these|them){_HERE_EN}?\b",
    rf"{_START_EN}(?:what|which) (?:have i got|do i have|did i (?:save|add|upload))(?: here)?\b",
    rf"{_START_EN}i (?:want|need) (?:the )?(?:ones|{_KINDS_EN})\b",
    rf"{_START_EN}where (?:can|could|do) (?:i|we) (?:read|learn)(?: something| more| anything)? (?=about\b|on\b)",
    rf"{_START_EN}(?:find|show|list|get|point)(?: me)?(?: to)? (?:whatever|everything|anything|something)\b"
    r"(?! under\b)",
    rf"[,:–-]+ (?:(?:in )?which|any|(?:is there )?an?|the) (?:{_KINDS_EN}|{_KIND_EN})"
    r"(?: (?:on|about|that \w+(?: about)?) it)?(?:,? maybe)?\W*$",
    rf"{_START_EN}how many {_KINDS_EN}(?! (?:do|does|did|are|is|in|have|were|was|can)\b)",
    rf"{_START_EN}(?:(?:find|show|list|name|give|tell|point|get)(?: me)?(?: to)? )?(?:all |any |the |my )*"
    rf"{_KINDS_EN}{_HERE_EN}?"
    r"(?= (?:on|about|with|w/|that|which|where|in which|using|mentioning|discussing|covering|dealing|related|sharing)"
    r"(?:\b|(?<=/)))",
)
# A text is asked for that stands alone: by where it comes from, its place in time, what cites it, what is cited.
OF_ONE = (
    r"처음|최초|먼저|제안|제시|인용|참고|출처|저자|가장|제일|나왔|추가한|올린|넣은|(?:다른|또) ?(?:논문|글|문서|자료)"
    r"|(?:논문|글) ?(?:거|것|건)(?:야|예|이|인)|(?<![가-힣])(?:이|그|저|^본|해당) ?(?:논문|글|문서|자료|보고서)"
    r"|\b(?:introduc|propos|invent|coin|publish|releas|cit(?:e|ed|es|ing)\b|came? (?:out|from)|origin|wrote|written)"
    r"|\b(?:first|earliest|newest|latest|oldest|gave|names?d?|from\W*$|most|best|this (?:paper|text|document|report))\b"
)
# Says that something is told or used, not what.
TELLS = (
    r"(?:에 ?)?(?:대한|대해서?|관한|관해서?|관련(?:된|한|해서|되는)?|관련)(?= |$)|(?:이?랑|과|와) ?관련\S*"
    r"|(?<![가-힣])(?:얘기|이야기|언급|내용|설명|소개|사례)(?:을|를|이|가|도)?"
    r"(?:하는|한|된|되는|했던|하고 ?있는)?(?= |$)"
    r"|(?<![가-힣])(?:다루는|다룬|다뤄|다루고 ?있는|나오는|나온|나오지|나와요?|있는|들어 ?있는|들어간|건드리는|건드린"
    r"|쓰는|쓴|써|사용하는|사용한|사용|이용하는|이용한|활용하는|활용한|적용한|적용하는|담긴|담은|연구한|하는|한)(?= |$)"
    r"|^\W*(?:(?:that|which|who|where|in which|to|do|does|is|are|was|were|has|have) )*"
    r"(?:(?:is|are|something|anything|me) )*"
    r"(?:about|on|regarding|with|w/|deal(?:s|ing)? w(?:ith\b|/)|touch(?:es|ing)?(?: up)?(?: on)?|mention(?:s|ing)?"
    r"|discuss(?:es|ing)?|talk(?:s|ing)? (?:about|of)|cover(?:s|ing)?|explain(?:s|ing)?|tell(?:s)?"
    r"|look(?:s|ing)? (?:into|at)|us(?:e|es|ing)|have|has|contain(?:s|ing)?|includ(?:e|es|ing)|study|studies|say(?:s)?"
    r"|related to|where)?(?: (?:me|us|something|anything|things?))*(?: about| on| of)?(?= |$)"
    r"|,? (?:here|in (?:my|this|the) (?:library|collection))\W*$"
    r"|(?<![가-힣])(?:여기|라이브러리|내 자료)(?:에서?|중에서?)?(?= )"
)
# Stands between things of which one will do.
OR = r"(?<=[가-힣A-Za-z])(?:이나|거나)(?= )| (?:또는|혹은) |(?:^| )or "
# May mean several texts.
SEVERAL = rf"{_KIND_KO}들|뭐뭐|어디|어떤|있|\b(?:{_KINDS_EN}|ones|any|anything|something|who)\b"
# Calls the texts that were just shown; those among them that are looked for; one of them, after its number.
OF_THEM = (
    rf"(?<![가-힣])(?:그|이|위|위의|저) ?{_KIND_KO}들|(?<![가-힣])(?:그것|이것|얘네|걔네)들?(?=의|은|는| )"
    rf"|\b(?:these|those) {_KINDS_EN}\b|\b(?:of |for |in )?(?:them|these|those)\b|\btheir\b"
)
AMONG_THEM = (
    rf"(?<![가-힣])(?:그|이|저)? ?(?:{_KIND_KO}들)? ?중에서?(?= )"
    rf"|,? (?:(?:of|among) (?:them|these|those))(?: {_KINDS_EN})?\b"
)
AMONG: dict[Language, str] = {"ko": "", "en": " papers"}
SAYS_OF: dict[Language, str] = {
    "ko": "이 논문은 {things}에 대해 뭐라고 해?",
    "en": "What does this paper say about {things}?",
}
EACH_OF_THEM: dict[Language, str] = {"ko": "각 논문", "en": "each paper"}
TEXT_NOUNS = rf"|{_KIND_KO}|거|것|꺼|건|게|걸|연구|ones?|{_KIND_EN}|{_KINDS_EN}"
