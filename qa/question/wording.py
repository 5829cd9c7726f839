"""How questions are worded in both languages: words that only ask, patterns of each kind. Data, no behaviour."""

from typing import Literal

# What may be asked of a text as such.
Part = Literal["summary", "proposal", "findings", "problem", "method", "conclusion", "future", "limits", "authors"]
Kind = Literal["definition", "list", "number", "comparison", "yes-no", "why", "how", "who-when", "summary", "other"]

# Words that ask and say nothing of the topic; Korean as stems, English as words.
FILLERS = frozenset(
    """
    무엇 뭐 뭔 뭘 무슨 어떤 어떻 어떠 어떻게 어디 언제 누구 누가 누 왜 얼마 얼마나 몇 어느 어떠하 설명 알려주 알리
    알 말 말하 이야기 소개 정리 궁금 궁금하 대답 답 답변 질문 해주 주 줘 달라 부탁 자세 자세히 자세하 간단 간단히
    간략히 간략 쉽 쉽게 좀 대해 대하 관하 관해 의미 의미하 뜻 뜻하 정의 정의하 개념 차이 차이점 비교 비교하 이란
    란 가지 종류 뭐가 뭔가 무엇인가 인가 인지 건가 거야 나요 까요 정도 대략 구체 구체적 각각 모두 전부 해당 내용
    부분 요약 요약하 나열 나열하 열거 나누 분류하 속하 사용하 쓰 이용 제시 제안하 언급 언급하 다루 설명하 나오 들
    이유 식 정확히 대체 도대체 혹시 알아보 보여주 찾 찾아보 나타내 이르 부르 일컫 what which who whom when where why how
    tell explain
    describe define definition mean meaning stand differ difference compare comparison versus list name give show
    please really summarize summary overview many much kind type sort exactly briefly detail say said survey's paper's
    according does do right work works working correct true
    """.split()
)
# Words that name no topic: when a question has no others, the words that ask are its topic ("이 논문 요약해줘").
GENERIC = frozenset("논문 서베이 문서 글 보고서 리포트 전체 이번 paper survey document article report whole".split())
FILLER_BEGINNINGS = ("뭐", "뭔", "뭘", "무엇", "어떻", "어떤", "알려", "주세요", "해주")

# Asks for the papers that a paper refers to; else lists of references answer nothing.
THE_REFERENCES = (
    r"\breferences?\b(?!\s*(?:model|answer|policy))|\bbibliograph|\bcit(?:e|es|ed|ing|ations?)\b"
    r"|참고\s*문헌|인용(?:한|된|하|문헌|\s*논문)|레퍼런스"
)
# "section 2", "§3.1", "2장은"; but not "이미지 2장".
SECTION_NUMBER = (
    r"(?:\bsection|\bchapter|\bsec\.|§)\s*(\d+(?:\.\d+)*)"
    r"|(?<!이미지 )(?<!사진 )(?<![\d.])(\d+(?:\.\d+)*) ?(?:장|절)(?=[은는이을에의과와도]|\s|\?|$|요약|내용)"
    r"|(제 ?\d+ ?조(?:의 ?\d+)?)(?=[은는이을를에의과와도]|\s|\?|$|요약|내용)"
)
# The end of a question that says in which language to answer: the language's names are put in.
ANSWER_IN = (  # at the end of a question, or before it
    r"(?:(?<=[?？])\s*|[\s,;.!]+)(?:{ko_names})로 ?(?:답|대답|답변|설명|말|알려|써|적어)\S*"
    r"(?: (?:줘|주세요|줄래|달라|부탁)\S*)?[.!?~]*$"
    r"|(?<=[?？])\s*\(?(?:{ko_names})로(?:요)?[.!?~)]*$|(?<=[?？])\s*\(?(?:please )?in {en_name}(?:,? please)?[.!?)]*$"
    r"|(?:(?<=[?？])|[.!,;]) *(?:and )?(?:please )?(?:answer|reply|respond|explain|write)(?: it| this)? in {en_name}"
    r"(?:,? please)?[.!?]*$"
    r"|,? in {en_name},? please[.!?]*$"
    r"|^(?:{ko_names})로 ?(?:답|대답|답변|설명|말|알려|써|적어)[^\s:,.!]*(?: (?:줘|주세요|줄래|달라|부탁)[^\s:,.!]*)?"
    r"\s*[:,.!]\s*"
    r"|^(?:{ko_names})로 (?![가-힣]*(?:한|된|는|던|할|쓴|인|진|힌) )"
    r"(?=\S+ .*(?:설명|알려|말해|답|요약|정리)\S*(?: (?:줘|주세요|줄래|달라|부탁)\S*)?[.!?~]*$)"
    r"|^(?:please )?(?:answer|reply|respond|explain|write)(?: it| this| me)? in {en_name}(?:,? please)?\s*[:,.;-]\s*"
    r"|^in {en_name}(?:,? please)?\s*[:,]\s*"
)
THE_SURVEY = r"서베이|\bsurvey\b"
THE_PAPER = r"(?:이|본|위|해당) ?논문|논문 ?전체|\b(?:this|the) (?:paper|document)\b"
THIS_PAPER = r"(?<![가-힣])이 ?논문|^본 ?논문|\bthis paper\b"
THIS_TEXT = (
    r"(?<![가-힣])(?:이|본|해당) ?(?:논문|문서|글|보고서|자료|책|파일|기사|문헌|페이퍼|슬라이드|강의안|강의 자료"
    r"|연구(?!자|실|진|소|팀|원))"
    r"|\b(?:this|the) (?:paper|document|article|report|text|file|book|slides?|notes|thesis)\b(?:'s)?"
    r"|\bthis (?:study|research)\b(?:'s)?"
)
# Asks what a text says as a whole: "what is the report about?"
AS_A_WHOLE = (
    r"(?:말하(?:는|려는|고자 ?하는|고 ?싶은)|주장하는|얘기하는|이야기하는|다루는|하려는|하고 ?싶은)"
    r" ?(?:게|것|건|바|내용|주제)\S*(?: ?(?:뭐|무엇|뭔)\S*)?"
    r"|(?:핵심|주요|중심|전체)(?:적인|적으로)?(?: ?(?:내용|주장|메시지|기여|아이디어|요지))?(?:이|가|은|는|을|를)?"
    r" ?(?:뭐|무엇|뭔|알려)\S*(?: 줘\S*)?"
    r"|(?:목적|주제|요지|기여|주장|취지)(?:이|가|은|는)? ?(?:뭐|무엇|뭔)\S*"
    r"|(?:무엇을|뭘|뭐를|(?:무슨|어떤) ?(?:내용|얘기|이야기|주제)(?:을|를)?) ?(?:다루|하는|말하|담|설명)\S*"
    r"(?: \S*(?:야|요|가|지)(?=\?|$))?"
    r"|(?:무슨|어떤) ?(?:내용|얘기|이야기)(?:이야|이에요|인가요|인지|야|임)\S*"
    r"|\bwhat(?:'s| is| are| does)\b(?=[^?]*\babout\W*$)|\babout(?=\W*$)"
    r"|\bwhat (?:does|do|did)\b(?=[^?]*\b(?:say|argue|claim|cover|propose|deal with|discuss)\W*$)"
    r"|\b(?:say|argue|claim|cover|deal with|discuss)(?=\W*$)"
    r"|\b(?:(?:main|key|core|central|overall) )?(?:takeaways?|messages?|points?|ideas?|contributions?|findings?"
    r"|gist)\b"
    r"(?= (?:of|from|in)\b|\W*$)"
    r"|\bin a nutshell\b|\b(?:purpose|goal|aim|topic|subject)\b(?= of\b)"
)
A_SUMMARY = (
    r"(?:한 ?(?:줄|문장)(?:로|으로)? ?)?(?:요약|정리)\S*(?: 줘\S*)?|\bsummar(?:y|i[sz]e)\b|\boverview\b|\btl;?dr\b"
)
A_TEXT = r"논문|서베이|보고서|리포트|문서|\b(?:survey|papers?|report|article|document|work)\b"
# The heading of what tells it, the first that there is.
OVERVIEWS = (
    r"요약|초록|\bsummary\b|\babstract\b",
    r"서론|머리말|들어가|\bintroduction\b",
    r"개요|\boverview\b",
)
# Tells who wrote a text, where it appeared and how it is cited.
BIBLIOGRAPHY = (
    r"저자|게재|학회|arXiv|인용(?:된|한)|공개되었|나왔|\bauthors?\b|\bwritten by\b|\bpublish|\bvenue\b|\bcited\b"
    r"|\bconference\b|\bappeared\b|\bposted\b|\breleased\b|\bthese notes\b|이 노트|\bhas \d+ sections\b|개 절로"
)
# What is asked of a paper as such; a question with nothing else means the survey.
OF_A_PAPER = frozenset(
    """앞 앞으로 향후 미래 미해결 열리 열린 남 연구 방향 과제 문제 질문 저자 깃허브 주소 링크 저장소 출판 발표 학회
    결론 버전 논문 서베이 정렬 자동화 open problem question challenge future work direction author github repo
    repository link code published venue version conclusion automated alignment survey paper research""".split()
)
# Asks for the papers that a document lists as similar to itself.
SIMILAR_PAPERS = (
    r"(?:유사|비슷)\S* ?(?:한 )?(?:논문|연구|페이퍼)|(?:논문|연구).{0,6}(?:유사|비슷)"
    r"|\bsimilar (?:papers?|work)|\bpapers?\b.{0,30}\bsimilar\b|\b(?:list|show|name|which"
    r"|what)\b[^?]{0,20}\brelated papers\b"
    r"|^(?:the )?(?:nine )?related papers\W*$|(?:관련|연관) ?논문(?:들|\s?(?:아홉|9) ?(?:편|개))?(?:은|는|이"
    r"|을)? ?(?:뭐|무엇|목록|리스트|나열)"
)

# A sentence that only announces what stands after it.
ANNOUNCES = (
    r"(?:(?:다음|아래)(?:과|와)? ?같[^.]{0,40}(?:다|음|함|임)"
    r"|(?:다음|아래)(?:의|과|이|을|를)? [^.]{0,24}"
    r"(?:있(?:습니)?|나눈|나뉜|나눕니|나뉩니|(?:포함|제공|지원|구성)(?:한|된|합니|됩니))다"
    r"|다음 (?:명령|코드|구문|함수|옵션)\S* ?[^.]{0,6}(?:쓴|사용한|입력한|실행한)다)[.:]?$"
    r"|(?:한계|제약|단점|문제)(?:점|들|점들)?[이가은는도] (?:몇 가지 |여럿 |여전히 |아직 )?"
    r"(?:있|존재한|존재합니)(?:다|습니다|음|었다)\.?$"
    r"|\b(?:as follows|the following)\b[^.]*[.:]$|:(?:\*\*|__)?$|^(?:\*\*|__)[^*_\n]{2,80}(?:\*\*|__):?$"
    r"|\b(?:has|have|are|faces?|with|had)\b [^.,]{0,24}\b(?:limitations|drawbacks|shortcomings)\.?$"
)
# What stands below a figure or a table, a picture itself, and what asks for one. "Figure 2 shows …" is a sentence.
_BELOW = r"\W*(?:그림|표|사진|Fig(?:ure|\.)|Table|Algorithm) ?\d+(?:[.-]\d+)*[a-z]?"
_CREDIT = r"\W*(?:(?:Image|Photo|Picture|Figure) (?:source|credit)|(?:이미지|사진|그림) ?출처)"
CAPTION = rf"!\[|<!--|{_CREDIT}|{_BELOW}(?:[*_ ]*[.:|)\]>〉》】–—]|$|[*_ ]* (?-i:[A-Z가-힣(]))"
FIGURE_ASKED = r"그림|(?<![가-힣])표(?![가-힣]{2})|\bfig(?:ure)?s?\b|\btables?\b"

ENGLISH_FUNCTION_WORDS = (
    "what which who when where why how is are was were does do did the a an of in for and to by with from between "
    "explain describe tell list compare define summarize summarise can could should give show"
).split()

# Asks what something of a thing is: its weakness, its role, not what it is itself.
OF_A_THING = (
    r"의 (?!정의|뜻|의미|개념)[가-힣A-Za-z]+(?: [가-힣A-Za-z]+)?(?:이|가|은|는|란)? ?(?:뭐|무엇|뭔|머)(?:[가-힣]|\?|$)"
    r"|[가-힣](?:는|은|한|된|할|운|던) (?:게|건|것이|것은|점이|점은|역할이|역할은|역할) ?(?:뭐|무엇|뭔|머)"
    r"|^\s*what(?:'s| (?:is|are|was|were)) (?:the |an? |its |their )?+"
    r"(?!(?:meaning|definition|concept|idea|notion|point)\b)(?:[\w-]+ ){0,2}"
    r"[\w-]+ (?:of|in|for|behind|with|to|about|between)\b(?! ?\?)"
)

# Endings of a question whose grammar is Korean, whatever the script of its terms.
KOREAN_ENDINGS = (
    "은 는 이 가 을 를 의 에 에서 로 으로 와 과 도 란 이란 야 이야 냐 니 나요 까 까요 줘 주세요 인가 인가요 "
    "지 죠 요 다 해 점 법 뜻 들"
).split()

# The first kind with a matching pattern is the question's kind.
KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        "comparison",
        (
            r"차이|비교|다른 ?점|다른가|다르|(?:뭐가|무엇이|뭐|어떻게|어떤 ?(?:점이?|게)) ?(?:달라|다른|달랐|틀려)",
            r"(?:와|과|이랑|랑) .*(?:중|어느 ?쪽)",
            r"\bvs\.?\b|versus|\bdiffer|\bcompar|\bbetween\b.*\band\b",
        ),
    ),
    (
        "summary",
        (
            r"요약(?:해|하[면자]|좀|\s*[?.!]?$)|정리해|개요|전체적|핵심 ?(?:내용|기여)|요점|골자",
            r"\bsummar(?:i[sz]e|y of)|^summary\b|overview|\bgist\b|tl;?dr|main (?:idea|point|contribution)",
        ),
    ),
    ("why", (r"왜|이유|까닭|때문인|원인", r"\bwhy\b|\breasons?\b|what makes")),
    (
        "list",
        (
            r"몇 ?(?:가지|개|종류)|가지(?:는|로|를)|종류|나열|열거|무엇무엇|어떤 것들|(?:두|세|네|다섯|[2-9]) ?가지",
            r"(?:에는|로는) (?:무엇|어떤|뭐)|무엇이 있|뭐가 있|어떤 .{0,20}들이? ?(?:있|포함)",
            r"\blist\b|\bexamples? of\b",
            r"\bwhich (?:two|three|four|five|six|seven|\w+s\b)|\bwhat (?:are|were) the\b|\bname the\b",
            r"\bhow many (?:kinds|types|categories|families|groups|ways)|\btypes of\b|\bkinds of\b",
        ),
    ),
    (
        "number",
        (
            r"몇|얼마|수치|퍼센트|점수|크기는|개수|규모",
            r"how (?:many|much|large|big|long|often|far)",
            r"what (?:score|percentage|percent|number|size|fraction|share)",
        ),
    ),
    (
        "who-when",
        (
            r"누가|누구|저자|언제|몇 ?년|어느 ?(?:기관|회사|대학|학회)",
            r"\bwho\b|\bwhose\b|\bauthors?\b|\bwhen\b|\bwhere was\b",
            r"which (?:company|venue|conference|university|institution)",
        ),
    ),
    (
        "definition",
        (
            r"(?:이|가|은|는|란|이란)? ?(?:뭐|무엇|뭔|머)(?:야|예요|에요|죠|지|니|인가|인지|입니까|냐|임|데|가요|$|\?)",
            r"(?:이|가|은|는) ?(?:뭐|무얼|뭘|무엇을?) ?하는 ?(?:거|건|것|게|방법|기법|모델|논문|도구)"
            r"(?:야|지|죠|임|예요|에요|인가|인지|입니까|냐|\?|$)",
            r"뜻|의미|정의|란\??$|이란\??$|무엇을 (?:말|뜻|의미)",
            r"^\s*(?:what (?:is|are)|what's|define|definition)\b|\bmeans?\b|\bmeaning\b|stand for|\bmeant by\b",
        ),
    ),
    ("how", (r"어떻게|방법은|방식|과정|절차|작동|동작", r"\bhow\b|steps|procedure")),
    (
        "yes-no",
        (
            r"^(?!.*(?:무엇|무슨|뭐|뭘|어떤|어떻게|어느|어디|왜|언제|누구|누가|얼마|몇)).*"
            r"(?:인가요|나요|습니까|까요|는가|은가|을까|맞아|맞나|맞니|있어|있나|있니|되나|하나|거야|건가)\??$",
            r"^\s*(?:is|are|was|were|does|do|did|can|could|has|have|should|will)\b",
        ),
    ),
)
