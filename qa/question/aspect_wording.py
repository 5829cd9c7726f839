"""How aspects of a thing are asked for and named in both languages: limits, reasons, counts, prices.

Data, no behaviour.
"""

# Asks for, or names, what is wrong with something.
LIMITS = (
    r"한계|단점|약점|문제점|허점|취약|결점|부작용|아쉬운"
    r"|(?<!token )(?<!context )(?<!length )(?<!time )\blimit(?:s|ations?)?\b|\bweakness(?:es)?\b|drawback"
    r"|disadvantage|shortcoming|downside|\bflaws?\b|\bcons\b"
)
LIMITATIONS = (  # and in looser words
    rf"{LIMITS}|못하는|\bweak(?:er|est)?\b|\bcatch\b|\bbad at\b|go(?:es)? wrong|\bproblems? (?:with|of)\b"
)
ASKS_LIMITS = (
    rf"{LIMITS}|장단점|(?:뭐가|무엇이|어떤|무슨) ?(?:게 )?문제|문제(?:가|는)? ?(?:뭐|무엇|있)|위험(?:은|이|도|성)"
    r"|\brisks?\b|\bdangers?\b|\bweak (?:spots?|points?|sides?)\b|\bbad at\b|\bnot good (?:at|for)\b"
    r"|\bgo(?:es)? wrong\b|\bwrong with\b|\bproblems? (?:with|of)\b"
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

# Asks what helps against what is wrong; what names that, and what does in other words.
ASKS_REMEDIES = (
    r"해결(?:책|법|방법|방안)|대책|대처|보완(?:책|방법)|(?:고치|줄이|막|피하|해결하|완화하|극복하|보정하|보완하)(?:는|려면)"
    r"|어떻게 ?(?:해결|보완|극복|고치|고쳐|완화|대처|대응)"
    r"|\bhow (?:to|(?:do|can|could|should) (?:people|they|we|you|one|researchers)) (?:\w+ )?(?:deal|cope) with\b"
    r"|\bhow (?:is|are|was|were) [^?]{1,60} (?:dealt with|tackled)\b|\b(?:do|done) about (?!it\b)"
    r"|\bremed(?:y|ies)\b|\bsolutions?\b|\bmitigat|\bovercome\b|\bworkarounds?\b|\bcountermeasures?\b"
    r"|\b(?:be|to|they|you|we|it) (?:fix(?:ed)?|repair(?:ed)?|reduce[sd]?|prevent(?:ed)?|avoid(?:ed)?|address(?:ed)?)\b"
)
REMEDIES = (
    r"해결|대책|대처|보완|고치|고친|고쳐|처방|\brepairs?\b|\bremed|\bfix(?:es|ed)?\b|\bsolutions?\b|\bmitigat|\bovercom"
)
HELPS = r"줄이|줄인|줄여|막는|막고|완화|대신|제안|\breduc|\bprevent|\bavoid|\binstead\b|\bpropos|\bhelps?\b"

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
    r"|came up)\b|\bwho (?:are|is) (?:\S+['’]s|its|their) (?:authors?|inventors?|creators?)\b"
    r"|\b(?:authors?|inventors?|creators?|proposers?) of\b|\bwho (?:is|are) behind\b"
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
    r"(?<![A-Za-z\d.\[-])(?<!제)(?<!그림 )(?<!표 )(?<!Fig\. )(?<!Figure )(?<!Table )(?<!Section )(?<!Chapter )"
    r"(?!(?:19|20)\d\d(?!\d))(?!\d+(?:\.\d+)* ?[장절])\d"
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
