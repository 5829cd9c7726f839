"""How a text is asked about as such in both languages, what headings and sentences tell it. Data, no behaviour."""

from qa.question.wording import A_SUMMARY, AS_A_WHOLE, Part

_WHAT = r"(?:뭘|뭐를|무엇을|무얼|어떤 ?(?:걸|것을|거를|방법을|기법을|모델을|시스템을))"
_IT = r"(?:\w+ ){0,3}?"
# What asks for each part; the first that fits is meant.
ASKS: dict[Part, str] = {
    "authors": (
        r"저자\S*|지은이\S*|글쓴이\S*|(?:누가|누구)(?: ?언제)? ?(?:쓴|썼|작성|집필)\S*(?: ?(?:거|것|건|글|논문"
        r"|연구)\S*)?"
        r"|(?:어디|어느 (?:대학|기관|회사|학교)) ?(?:소속|출신)\S*|소속\S*|\bauthors?\b(?: from)?|\bwho (?:wrote"
        r"|made)\b|\bwritten by\b"
        r"|\b(?:which|what) (?:universit|institut|compan|affiliation)\w*|\baffiliations?\b|\bwhere do they work\b"
    ),
    "future": (
        r"(?:향후|앞으로의?|다음|후속) ?(?:연구|과제|계획|할 ?일)?\S*|\bfuture (?:work|research|directions?|plans?)\b"
        r"|\bnext steps?\b"
    ),
    "limits": (
        r"한계점?\S*|약점\S*|단점\S*|\blimit(?:s|ations?)\b|\bweakness(?:es)?\b|\bdrawbacks?\b|\bdisadvantages?\b|\bshortcomings?\b"
        r"(?: (?:do |did )?(?:they|the authors?) (?:admit|mention|acknowledge|name)\w*)?"
    ),
    "proposal": (
        rf"{_WHAT} ?(?:제안|제시|개발|만들|내놓)\S*|제안(?:한|하는|된) ?(?:게|것|거|건|방법|기법|모델)\S*(?: ?뭐\S*)?"
        rf"|(?:핵심|주요)? ?기여(?:점)?\S*|\b(?:what|which)\b(?: \w+)? (?:do|does|did|is|are|was|were) {_IT}"
        r"(?:propos|introduc|present|develop|contribut)\w*|\b(?:(?:main|key|core) )?contributions?\b"
        r"|\b(?:proposed|new) (?:method|approach|model|system|idea)\b|\bwhat(?:'s| is) (?:new|novel)\b[^?]*"
        r"|새로운? ?(?:게|것|점|거)\S*(?: ?뭐\S*)?"
    ),
    "findings": (
        rf"{_WHAT} ?(?:발견|밝혔|밝혀|알아|증명|보였|보여|입증)\S*"
        r"|(?:주요|핵심)? ?(?:실험 ?|연구 ?)?결과\S*(?: ?(?:뭐|어때|어땠)\S*)?"
        rf"|\bwhat (?:do|does|did) {_IT}(?:find|show|discover|prove|achieve|demonstrate)\w*(?: out)?"
        r"(?: (?:in the end|eventually|ultimately))?"
        r"|\b(?:(?:main|key|core) )?(?:findings?|results?)\b"
    ),
    "problem": (
        r"(?:무슨|어떤|뭔) ?문제\S*(?: ?(?:풀|해결|다루|다뤄)\S*)?"
        r"|왜 ?(?:이 ?)?(?:연구|논문|일|작업)\S* ?(?:했|한|쓴|썼|하|나온|나왔)\S*"
        r"|(?:연구)?(?:의)? ?(?:동기|배경|목적|목표)\S*|\bwhat problems?\b[^?]*|\bmotivation\b"
        r"|\b(?:purpose|goal|aim)s?\b"
        r"|\bwhy (?:did|do|was|is) (?:they|the authors?|this|it)\b[^?]{0,40}"
    ),
    "method": (
        r"(?:어떤|무슨) ?(?:방법|기법|방식|접근)\S* ?(?:썼|쓰|써|사용|이용|적용)?\S*"
        r"|(?:연구 ?)?방법론?(?:은|이|을|이 뭐\S*)?"
        r"|\bwhat (?:method|approach|methodology|technique)s?\b[^?]{0,30}|\bhow did they do (?:it|this)\b"
        r"|\bmethod(?:ology)?\b"
    ),
    "conclusion": (
        r"결론\S*(?: ?(?:내리|내렸|났)\S*)?|맺음말\S*|마무리\S*|시사점\S*|제언\S*|권고\S*|\bconclu(?:sions?|des?"
        r"|ding)\b(?: remarks?)?"
        r"|\brecommend(?:s|ations?)?\b|\bimplications?\b|\bbottom line\b"
    ),
    "summary": (
        rf"{A_SUMMARY}|{AS_A_WHOLE}|(?:뭐|무엇|무슨 ?(?:내용|주제))에 ?(?:대한|대해|관한|관해) ?\S*"
        rf"|(?:핵심|주요|중심|중요한?) ?(?:내용|주장|아이디어|점|포인트)\S*|요점\S*|초록\S*|소개\S*|개요\S*|한 ?마디로"
        rf"|{_WHAT} ?(?:주장|말하|얘기|다루|다뤄)\S*|뭐라(?:는|고)\S*|(?:무슨|어떤) ?(?:논문|글|연구|문서|자료"
        rf"|내용|얘기|이야기)\S*"
        r"|(?:쉽게|간단히|간단하게|짧게)(?: ?(?:말|설명)\S*)?|(?:세|두|한|몇) ?(?:줄|문장|마디)\S*"
        r"|\b(?:quick|brief|short)\b|\bin (?:a |an )?(?:few|one|two|three|four|five|\d+|single)? ?(?:sentences?"
        r"|words?|lines?|nutshell)\b"
        r"|\b(?:argues?|claims?)\b|\btakeaways?\b|\b(?:what|which) topics?\b[^?]{0,12}(?:cover|about|discuss)\w*"
        r"|\babstract\b|\b(?:main|key|core) (?:points?|ideas?|takeaways?|claims?)\b"
        rf"|\bwhat (?:do|does|did) {_IT}(?:argue|claim|say)\b"
    ),
}
_NUMBER = r"^\W*(?:[\dIVX.]+\W+)?"
_OVERVIEWS = (
    rf"{_NUMBER}(?:국문 ?|논문 ?|전체 ?|핵심 ?|(?:한|두|세|\d) ?줄 ?|executive |overall |paper )?"
    r"(?:요약|초록|abstract|summary|tl;?dr)\W*$",
    rf"{_NUMBER}(?:서론|머리말|들어가|introduction\b)",
    rf"{_NUMBER}(?:개요|overview\b)",
)
_CONCLUSIONS = r"결론|맺음말|맺는 ?말|나가며|마치며|\bconclu(?:sions?|ding)\b"
_CLOSING = rf"{_NUMBER}(?:(?:요약|정리|마무리|summary|토의|논의)\W*$|discussion\b)"
# The headings of what tells a part, the best first.
HEADINGS: dict[Part, tuple[str, ...]] = {
    "summary": _OVERVIEWS,
    "proposal": _OVERVIEWS,
    "findings": (*_OVERVIEWS[:1], _CONCLUSIONS, _CLOSING, *_OVERVIEWS[1:]),
    "problem": _OVERVIEWS,
    "method": _OVERVIEWS,
    "conclusion": (_CONCLUSIONS, _CLOSING),
    "future": (r"향후|후속 ?연구|\bfuture\b", _CONCLUSIONS, _CLOSING, r"\bdiscussion\b|논의|토의"),
    "limits": (
        rf"{_NUMBER}(?:(?:이 |본 )?(?:연구|논문)의? |현재(?:의)? |주요 |남은 |(?:our|current|known|main|remaining) )?"
        r"(?:한계|제한점|limitations?\b|limits\b|weaknesses\b|threats to validity\b)(?! of (?!this|the|our))",
    ),
}
TOLD_AT_THE_BEGINNING: frozenset[Part] = frozenset({"summary", "proposal", "findings", "problem", "method"})
# What a sentence that tells a part has in it; those without a pattern are told by a section as a whole.
TOLD_BY: dict[Part, str] = {
    "proposal": (
        r"제안|제시(?:한|하)|소개(?:한|하)|개발(?:한|하)|(?:본|이) ?(?:논문|연구|글|보고서)|\bpropos\w*"
        r"|\bwe (?:\w+ly )?(?:introduce|present|develop|describe|design|build|prove|show|offer|give|study|argue"
        r"|report)\b"
        r"|\b(?:this|the present) (?:paper|note|work|article|report|thesis|survey|study)\b"
    ),
    "findings": (
        r"결과|확인(?:한|하|할)|보였|보여|보인|나타났|나타낸|달성|향상|증명|입증|줄(?:였|일)"
        r"|\b(?:results?|find|found|show|shown|shows|demonstrat\w*|prove[sdn]?|achiev\w*|outperform\w*|improv\w*"
        r"|observ\w*"
        r"|conclude\w*)\b"
    ),
    "problem": (
        r"문제|필요|어렵|어려|부족|한계|그러나|하지만|중요|위해|위하여"
        r"|\b(?:problems?|challeng\w*|difficult\w*|however|lack\w*|need\w*|limit\w*|costly|expensive|hard"
        r"|impossible|conjecture"
        r"|in order to|to address)\b"
    ),
    "method": (
        r"방법|기법|방식|알고리즘|이용|활용|통해|기반|사용"
        r"|\b(?:method|approach|algorithm|technique|architecture|framework|strateg|model|using|by|based on|through"
        r"|use)\w*\b"
    ),
    "future": (
        r"향후|차후|앞으로|추후|후속|계획|예정"
        r"|\b(?:future|further (?:work|research|stud)\w*|plan to|next|remains?|left for|open (?:problem|question)s?)\b"
    ),
}
# Words besides that say nothing of a topic.
SAYS_NOTHING = frozenset(
    """해주 하 되 있 것 거 건데 이거 대한 대하 관한 점 여기 이것 그것 전체 논문 문서 글 연구 연구자 저자 보고서 자료
    결국 언제 그래서 한마디 말해 원래 모델 방법 기법 리뷰 노트 origin model method approach review note paper
    document text post blog study work research author they it about say main give me of from end""".split()
)
