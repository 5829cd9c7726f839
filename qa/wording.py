"""How questions are worded in both languages: words that only ask, patterns of each kind. Data, no behaviour."""

from typing import Literal

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
)
# The end of a question that says in which language to answer: the language's names are put in.
ANSWER_IN = (
    r"(?:(?<=[?？])\s*|[\s,;.!]+)(?:{ko_names})로 ?(?:답|대답|답변|설명|말|알려|써|적어)\S*"
    r"(?: (?:줘|주세요|줄래|달라|부탁)\S*)?[.!?~]*$"
    r"|(?:(?<=[?？])|[.!,;]) *(?:and )?(?:please )?(?:answer|reply|respond|explain|write)(?: it| this)? in {en_name}"
    r"(?:,? please)?[.!?]*$"
    r"|,? in {en_name},? please[.!?]*$"
)
THE_SURVEY = r"서베이|\bsurvey\b"
THE_PAPER = r"(?:이|본|위|해당) ?논문|논문 ?전체|\b(?:this|the) (?:paper|document)\b"
THIS_PAPER = r"(?<![가-힣])이 ?논문|^본 ?논문|\bthis paper\b"
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
    r"|\b(?:(?:main|key|core|central|overall) )?(?:takeaways?|messages?|points?|ideas?|contributions?|findings?|gist)\b"
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
    r"|\bsimilar (?:papers?|work)|\bpapers?\b.{0,30}\bsimilar\b"
)

# Asks for, or names, what is wrong with something.
LIMITS = (
    r"한계|단점|약점|문제점|허점|취약|결점|부작용|아쉬운"
    r"|(?<!token )(?<!context )(?<!length )(?<!time )\blimit(?:s|ations?)?\b|\bweakness(?:es)?\b|drawback|shortcoming"
    r"|downside|\bflaws?\b|\bcons\b"
)
LIMITATIONS = (  # and in looser words
    rf"{LIMITS}|못하는|\bweak(?:er|est)?\b|\bcatch\b|\bbad at\b|go(?:es)? wrong|\bproblems? (?:with|of)\b"
)
ASKS_LIMITS = (
    rf"{LIMITS}|장단점|(?:뭐가|무엇이|어떤|무슨) ?(?:게 )?문제|문제(?:가|는)? ?(?:뭐|무엇|있)|위험(?:은|이|도|성)"
    r"|\brisks?\b|\bdangers?\b|\bweak (?:spots?|points?|sides?)\b|\bbad at\b|\bnot good (?:at|for)\b"
    r"|\bgo(?:es)? wrong\b|\bproblems? (?:with|of)\b"
)
# Names what is wrong with something in other words.
TROUBLES = (
    r"문제|위험|어렵|부족|불가능|결함|속이|간극|못하|\brisks?\b|\bproblems?\b|\bdanger|\bfails?\b|\bdeceiv|\bdefect|\bgaps?\b"
    r"|\bcannot\b|\bhard to\b"
)
# Asks for, or names, what is good about something.
STRENGTHS = (
    r"장점|강점|(?<!차)이점|장단점|유리|\bstrengths?\b|\badvantages?\b|\bbenefits?\b|\bpros\b|\bupsides?\b|\bmerits?\b"
)
ASKS_STRENGTHS = (
    rf"{STRENGTHS}|(?:뭐가|무엇이|왜|어떤 게) ?(?:더 )?(?:좋|나은)|(?:좋은|나은) ?점|(?<!not )\bgood (?:about|at|for)\b"
)
GOODS = (
    r"좋|낫|나은|효과|효율|높이|줄이|풍부|필요 ?없|쉽"
    r"|\bbetter\b|\bimprov|\bcheap|\beas(?:y|ier)\b|\brich|\beffective|\bneeds no\b|\bwithout\b"
)

# Asks why; what gives a reason.
ASKS_WHY = r"왜|이유|까닭|\bwhy\b|\breasons?\b"
REASONS = r"이유|까닭|때문|\bbecause\b|\breasons?\b|\bsince\b|\bdue to\b|\bthat is why\b"
PURPOSES = r"위해|위하여|므로|려고|\bso that\b|\bin order to\b|\bto avoid\b|\btherefore\b"

# Asks for examples; what gives them: by that word, or beginning with a name that is not asked about.
ASKS_EXAMPLES = (
    r"(?<!긍정 )(?<!부정 )(?:예시|사례|(?<![가-힣])예)(?:를|도|는|가|랑|와|로|로는)? ?"
    r"(?:(?:좀|하나만|하나|하나씩|하나씩만|몇 개|몇개|같이|함께|들어)? ?(?:있|알려|들어|들면|보여|말해|줘|주세요|설명"
    r"|뭐|무엇)|하나만|좀[ ?.!]*$)"
    r"|(?:예시|사례)(?:는|가|요)?[ ?.!]*$|(?<![가-힣])예는[ ?]*$"
    r"|\b(?:give|show|name|any|some|list|with)\b[^?.]{0,16}\bexamples?\b|\bexamples of\b|\b(?:for (?:example"
    r"|instance)|e\.g\.)\W*$"
)
EXAMPLES = (
    r"예를 들|(?:예|예시|사례)로|(?:예|예시|사례)(?:이다|다\.)|\bfor (?:example|instance)\b|\bsuch as\b|\be\.g\."
    r"|\b(?:is|are) (?:an )?examples?\b|(?:[A-Z][\w.+-]+, ){2}"
)
INSTANCES = (  # a sentence begins with a name
    r"[-* ]*(?P<name>[A-Z][\w.+-]*[A-Z0-9][\w.+-]*|[A-Z][a-z]+(?= (?:등|et al))"
    r"|[A-Z][\w.+-]*(?: [\w.+-]+)?(?=[은는이가와과의])|[A-Z][\w.+-]+(?= \())"
)

# Asks who made something; what names somebody.
ASKS_AUTHORS = (
    r"(?:누가|누구(?:가|의)?|어디(?:서|에서)?|어느 ?(?:회사|기관|대학|연구팀|팀)(?:이|에서|가)?)[^?]{0,12}"
    r"(?:만들|만든|개발|제안|썼|쓴|작성|발표|고안|내놓|연구했|처음)"
    r"|(?:저자|개발자|제안자)(?:들)?(?:은|는|이|가|의? 이름(?:은|이)?|의? (?:명단|목록)(?:은|이)?)? ?"
    r"(?:누구|누가|누군|몇 ?명|알려|뭐|적어|\?|$)|만든 ?(?:사람|회사|곳)"
    r"|\bwho (?:\w+ )?(?:made|created|proposed|developed|invented|wrote|introduced|published|built|coined|authored"
    r"|came up)\b|\b(?:authors?|inventors?|creators?|proposers?) of\b|\bwho (?:is|are) behind\b"
    r"|\bwhich (?:company|lab|university|group|team)\b"
)
AUTHORS = (
    r"저자|연구진|연구팀|[A-Z][a-z]+ 등|대학|연구소|동료|교수|박사|팀이|알리바바|메타|구글|앤트로픽"
    r"|\b(?:et al|authors?|[Tt]eam|colleagues|Professor|University|Lab|Laboratory|Institute|Meta|OpenAI|Google|DeepMind"
    r"|Anthropic|Alibaba|Zhipu|Microsoft|NVIDIA|Ought)\b|\b[A-Z][a-z]+ [A-Z][a-z]+, [A-Z][a-z]+ [A-Z][a-z]+"
    r"|\b(?:created|written|founded|developed|proposed|introduced|invented|coined|designed|built) by\b"
    r"|(?<!논문)(?<!연구)(?<!우리)(?<!여기)(?:이|가|에서|에 의해) (?:처음 |공동으로 )?"
    r"(?:만든|만들었|(?:개발|제안|설립|창시|고안|집필)(?:한|했|하였|된|되었))"
)
SIZE = r"(?<![\w.])\d+(?:\.\d+)?[Bb](?![A-Za-z0-9])|(?<=-)\d+(?:\.\d+)?[Bb](?![A-Za-z0-9])"  # of a model

_COUNTED = r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열) (?:가지|개|명|번|단계|갈래|종|곳|부분|쪽|방향|범주)"
# Asks how many there are; what counts, in figures or in words.
HOW_MANY = r"몇 ?(?:개|명|번|회|편|가지|단계|토큰|퍼센트|%|년|배|종|곳|쪽|점|층)|\bhow many\b"
NUMBERS = (
    rf"\d|{_COUNTED}"
    r"|둘|셋|넷|하나|모든|없|\b(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred"
    r"|thousand|million|billion|both|once|twice|all|every|each)\b"
)
# What counts for sure: "7 models", "세 가지"; not "GPT-4", and no year.
FIGURES = (
    r"(?<![A-Za-z\d.-])(?!(?:19|20)\d\d(?!\d))\d"
    rf"|{_COUNTED}"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice)\b"
)
# Asks for a value: the answer is a figure.
VALUES = (
    r"(?:정확도|정밀도|재현율|점수|비율|계수|AUC|F1|오차|수치|값|길이|크기|개수|인원|용량|시간|기간)(?:은|는|이|가)?"
    r" ?(?:\?|$|얼마|몇|어느 ?정도)|얼마(?:나|야|예요|인가|입니까|였|$|\?)"
    r"|\b(?:what|which) (?:is |are |was |were )?(?:the )?(?:\w+ )?"
    r"(?:accuracy|precision|recall|score|AUC|F1|percentage|rate|ratio|size|number)\b"
    r"|\bhow (?:much|large|big|long|high|low|accurate)\b"
)
# A sentence that only announces what stands after it.
ANNOUNCES = (
    r"(?:(?:다음|아래)(?:과|와)? ?같[^.]{0,40}(?:다|음|함|임)"
    r"|(?:다음|아래)(?:의|과|이|을|를)? [^.]{0,24}"
    r"(?:있(?:습니)?|나눈|나뉜|나눕니|나뉩니|(?:포함|제공|지원|구성)(?:한|된|합니|됩니))다"
    r"|다음 (?:명령|코드|구문|함수|옵션)\S* ?[^.]{0,6}(?:쓴|사용한|입력한|실행한)다)[.:]?$"
    r"|\b(?:as follows|the following)\b[^.]*[.:]$|:$"
)
# What stands below a figure or a table, a picture itself, and what asks for one. "Figure 2 shows …" is a sentence.
_BELOW = r"\W*(?:그림|표|사진|Fig(?:ure|\.)|Table|Algorithm) ?\d+(?:[.-]\d+)*[a-z]?"
CAPTION = rf"!\[|<!--|{_BELOW}(?:[*_ ]*[.:|)\]>〉》】–—]|$|[*_ ]* (?-i:[A-Z가-힣(]))"
FIGURE_ASKED = r"그림|(?<![가-힣])표(?![가-힣]{2})|\bfig(?:ure)?s?\b|\btables?\b"
# What papers are asked for and often do not tell: each asks for it, and names it.
MATTERS = (
    r"학습률|러닝 ?레이트|\blearning[ -]rates?\b",
    r"배치 ?(?:크기|사이즈)|\bbatch(?:es| size)?\b",
    r"에폭|에포크|\bepochs?\b",
    r"옵티마이저|최적화기|\boptimi[sz]ers?\b|Adam",
    r"드롭아웃|\bdropout\b",
    r"가중치 감쇠|\bweight decay\b",
    r"워밍업|웜업|\bwarm-?up\b",
    r"비용|가격|돈|달러|저렴|비싸|비싼|무료|\bcost|\bprices?\b|\bexpensive\b|\bcheap|\bdollars?\b",
    r"전력|전기|탄소|배출|온실가스|\belectric|\bcarbon\b|\bemi(?:ssions?|tted)\b|\bCO2",
    r"인용 ?(?:수|횟수|된)|\bcitations?\b|\bcited\b",
    r"다운로드|내려받|\bdownload|Hugging Face",
    r"라이선스|라이센스|\blicen[cs]e",
    r"\bGPUs?\b|\bTPUs?\b|그래픽 ?카드|H100|A100",
    r"이메일|메일 ?주소|연락처|\be-?mail",
    r"온도|\btemperatures?\b",
    r"난수|랜덤 ?시드|\brandom seeds?\b",
)

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
            r"차이|비교|다른 ?점|다른가|다르",
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
            r"(?:이|가|은|는|란|이란)? ?(?:뭐|무엇|뭔|머)(?:야|예요|에요|죠|지|니|인가|인지|입니까|냐|임|$|\?)",
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
