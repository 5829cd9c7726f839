"""What turns a statement round in either language, and what only frames one: patterns and words. Data, no behaviour."""

# Opposites: an axis with the patterns of its two ends, each for English words and, at the start of a word, for Korean.
# What stands on an axis is compared only where it is said of the same thing.
OPPOSITES: tuple[tuple[str, tuple[str, str], tuple[str, str]], ...] = (
    (
        "change",
        (
            r"increas\w*|rais(?:es?|ed|ing)|ris(?:es?|ing|en)|rose|grow\w*|grew|climb\w*|boost\w*|expand\w*|enlarg\w*|go(?:es)? up"
            r"|amplif\w*|up-weight\w*",
            r"늘|증가|성장|오르|올랐|올라|오른|올리|올린|올려|상승|커지|커졌|커진|커집|확대|높아|높인|높이(?!가|는? ?\d)|높여|높였|증폭",
        ),
        (
            r"decreas\w*|reduc\w*|lower(?:s|ed|ing)|lower(?= the\b)|fall(?:s|en|ing)?(?! (?:short|into|under|within))|fell|drop(?:s|ped|ping)?"
            r"|declin\w*|shr[iau]nk\w*|lessen\w*|diminish\w*|cuts?|mitigat\w*|down-weight\w*|go(?:es)? down",
            r"줄(?!곧)|감소|내리|내려(?!받)|내린|내렸|하락|떨어|작아|축소|낮아|낮춘|낮추|낮췄|낮춰|완화",
        ),
    ),
    (
        "level",
        (r"high(?:er|est|ly)?|above(?! all)", r"높(?!아|인|이|여|였)"),
        (r"low(?:er|est)?(?! bound)|below|under(?= [A-Z])", r"낮(?!아|추|춘|췄|춰)"),
    ),
    (
        "amount",
        (r"more(?! than \d)|larg(?:er|est)|big(?:ger|gest)|great(?:er|est)|many|large(?! language)|a great deal|most(?! of| likely)", r"많|큰|크(?=[고게며다]|지)|커(?!지|졌|진|집|서|리|밋|넥|버)|클(?=수록|까|지|뿐| )"),
        (r"less(?! than \d)|fewer|fewest|small(?:er|est)?|few|little|least|hardly", r"적(?=[은다고게어]|으며|습)|작(?=[은다고게]|으며|습)|부족"),
    ),
    (
        "quality",
        (r"better|best|improv\w*|superior|good|well", r"좋|낫|나은|나아|나았|개선|향상|우수|뛰어나|뛰어난|잘(?!못)"),
        (r"worse|worst|worsen\w*|degrad\w*|deteriorat\w*|poor(?:er|ly)?|bad(?:ly)?|inferior|harms?|harmed", r"나쁘|나빠|나쁜|악화|저하|열등|해치|해친|(?<!지 )못(?=하[다고며게는]|한다|합)"),
    ),
    (
        "merit",
        (r"strengths?|advantages?|benefits?|merits?", r"강점|장점|이점"),
        (r"weakness(?:es)?|limits?|limitations?|drawbacks?|disadvantages?|shortcomings?", r"약점|단점|한계|결점|허점"),
    ),
    ("pass", (r"pass(?:es|ed|ing)?(?! rates?)", r"통과(?!율)|합격"), (r"fail(?:s|ed|ing)?(?! to)", r"실패|탈락|불합격")),
    ("speed", (r"fast(?:er|est)?|quick\w*|rapid\w*|accelerat\w*|speeds? up", r"빠르|빨라|빠른|빨리"), (r"slow\w*", r"느리|느려|느린|늦추|늦춘")),
    ("length", (r"(?<!no )long(?:er|est)?|lengthen\w*", r"긴|길(?=[다고어])"), (r"short(?:er|est)?(?! of)|shorten\w*", r"짧")),
    ("strength", (r"strong(?:er|est)?", r"강한|강하|강해|강력"), (r"weak(?:er|est)?", r"약한|약하|약해")),
    (
        "difficulty",
        (r"eas(?:y|ier|iest|ily)|simpl(?:e|er|est|y)", r"쉬|쉽|간단|단순"),
        (r"hard(?:er|est)?|difficult\w*|complex\w*|complicat\w*", r"어렵|어려|까다|복잡"),
    ),
    ("cost", (r"cheap\w*|inexpensive", r"싸|싼|값싸|값싼|저렴"), (r"expensive|costly", r"비싸|비싼|비쌌")),
    ("sign", (r"positives?", r"긍정"), (r"negatives?", r"부정(?!확|적절|직|행)")),
    (
        "right",
        (r"right|correct(?:ly)?|accurate(?:ly)?", r"맞(?=은|힌|힐|는|다|추|춘|히)|옳|올바|바르"),
        (r"wrong(?:ly)?|incorrect(?:ly)?|inaccurate(?:ly)?", r"틀리|틀린|틀렸|틀릴|잘못"),
    ),
    ("same", (r"same|equal\w*|identical", r"같(?=[은다고])|동일|똑같"), (r"different|differs?", r"다르|다릅|다릅|서로 다른")),
    ("open", (r"open|public(?:ly)?", r"공개(?!된 적)"), (r"closed|proprietary|private", r"비공개")),
    (
        "include",
        (r"includ\w*", r"포함|들어|빠짐없이"),
        (r"exclud\w*|leav(?:es|ing)? out|left out|leaves? \w+ \w+ out|omit\w*", r"제외|빠진|빠지|빠졌|빼|뺀|배제"),
    ),
    ("success", (r"succe(?:ed|ss)\w*", r"성공"), (r"failures?", r"실패")),
    (
        "lead",
        (r"ahead|beat\w*|outperform\w*|surpass\w*|(?<!a )(?<!the )leads?(?! of| to)|w[io]ns?", r"앞서|앞선|앞섰|앞섭|능가|이기|이긴|이겼|넘어서|웃돌"),
        (r"behind|trail\w*|lags?|lagging|los(?:es?|t)|falls? short|underperform\w*", r"뒤지|뒤진|뒤졌|뒤집(?=니다)|뒤처|뒤떨|못 ?미|밀리|밀린"),
    ),
    ("rivalry", (r"cooperat\w*|collaborat\w*", r"협력"), (r"adversarial\w*|non-cooperative", r"적대|비협력")),
    ("line", (r"online", r"온라인"), (r"offline", r"오프라인")),
    ("bound", (r"maxim\w*|upper|at most|ceiling|caps?", r"상한|최대"), (r"minim\w*|lower bound|at least", r"하한|최소")),
    ("side", (r"internal\w*|inner|inside", r"내부|내적"), (r"external\w*|outer|outside", r"외부|외적")),
    ("leave", (r"allow\w*|enabl\w*|permit\w*", r"허용"), (r"prevent\w*|prohibit\w*|forbid\w*", r"막|금지|차단")),
    ("verdict", (r"accept\w*|approv\w*", r"채택|승인|수락"), (r"reject(?:s|ed)|refus\w*", r"거절(?! 샘플)|거부|기각")),
    ("phase", (r"early|beginning", r"초반|초기"), (r"late|end", r"후반|말기|끝")),
    ("hand", (r"automatic\w*|automat\w*", r"자동"), (r"manual\w*|by hand|hand-written", r"수작업|수동|손으로")),
    ("whole", (r"all|every|always|entire\w*", r"모든|모두|전부|항상|언제나|전체"), (r"some|partly|sometimes|only part", r"일부|몇몇|가끔")),
    ("need", (r"needs?|needed|requir\w*|necessary|essential", r"필요|필수"), (r"unnecessary|needless|optional", r"불필요")),
    ("known", (r"known|solved|found|confirmed", r"확인되|밝혀"), (r"unknown|unsolved|unconfirmed", r"미확인|미해결")),
)
# Ends of these axes are said of a whole list as well: they do not tell one of its members from another.
SHARED_AXES = frozenset(("change", "level", "amount", "quality", "lead", "whole", "order"))
# Before and after turn round with the order of what they stand between, so they are compared only with what they govern.
GOVERNING = (
    ("order", (r"before|prior to", r"전에|이전에"), (r"after|following", r"후에|뒤에|이후에?|다음에")),
)

# What an English negation says no to follows it; "not only", "no more than" and "or not" say no to nothing.
ENGLISH_NEGATIONS = (
    r"(?P<verb>(?<!or )\bnot\b(?! only\b| just\b| merely\b)|n[’']t\b(?! only\b| just\b)|\bnever\b|\bcannot\b(?! only\b)|\bno longer\b"
    r"|\bneither\b|\bnor\b|\bfail(?:s|ed|ing)? to\b|\bunable to\b|\bfar from\b)"
    r"|(?P<noun>\bno\b(?! more than| fewer than| less than| longer\b| doubt)|\bwithout\b(?! doubt)|\black(?:s|ed|ing)?\b(?: of\b)?"
    r"|\bfree (?:of|from)\b|\binstead of\b|\brather than\b|\bexcept(?: for)?\b|\bother than\b|\bapart from\b|\bexclud(?:es?|ing)\b"
    r"|\bleav(?:es?|ing) out\b|\b(?:does|do|did|done) away with\b|\bnone of\b|\babsence of\b|\bshortage of\b)"
    r"|(?P<back>\bnothing\b)|(?P<suffix>(?<=[a-z])-free\b)"
)
# What a Korean negation says no to precedes it.
KOREAN_NEGATIONS = (
    r"(?P<verb>(?P<stem>[^\s,.;:()]+)[지치](?:는|도|를|조차)? ?(?:않|못하|못한|못했|못할|못함|못합|말)"
    r"|(?P<able>[^\s,.;:()]+) 수(?:가|는|도)? 없)"
    r"|(?P<noun>(?P<thing>[^\s,.;:()]+?)(?:\s?\([^()]*\))?(?:이|가|은|는|도|을|를)? ?(?:거의 |전혀 |아직 |별로 |더 이상 |따로 )?(?:없(?!애)|아니(?=[다라며고었어]|지만|었)|아닌|아닙))"
    r"|(?P<skipped>(?P<other>[^\s,.;:()]+?)(?:\s?\([^()]*\))?(?:을|를)? (?:대신(?!하)|제외|빼고|뺀|빼면|배제|밖의|이외의|외의))"
    r"|(?P<before>(?<![가-힣])(?:안|못) (?P<next>(?!미[치쳐칠칩친])[가-힣]+))"
)
KOREAN_NO_NEGATIONS = r"그치지 않|뿐(?:만)? 아니|지 않을 수 없|적지 않|못지않|다름없|관계없|상관없|끊임없|틀림없|수밖에 없|아니었다면"
# Where these stand, it is not sure what a negation says no to, or that nothing is said no to.
ENGLISH_UNSURE = (
    r"\bnot\b[^.;]{0,40}\b(?:until|every|all|always|everywhere)\b|\b(?:remov|clean|eliminat|discard|avoid|prevent|except)\w*|\bfilter(?:s|ed|ing)? out\b"
    r"|\b(?:hardly|barely|scarcely|rarely|little|few)\b"
)
KOREAN_UNSURE = r"전까지[^.;]{0,30}(?:않|없|못)|제거|없애|없앤|없앴|걸러|삭제|예외|피하|방지"
# Verbs that carry little: what is said no to with them is what follows (in English) or precedes (in Korean) them.
LIGHT_VERBS = frozenset(
    """use uses have has do does make makes take takes give gives get gets stay stays remain remains become becomes seem
    seems appear appears include includes contain contains involve involves keep keeps hold holds bring brings""".split()
)
LIGHT_STEMS = ("하", "되", "있", "이루어지", "돼", "받", "보이", "크", "높", "쓰", "사용하", "활용하", "이용하", "얻", "갖", "가지")
# Words that a negation does not stop at on its way to what it says no to.
ENGLISH_FUNCTION = frozenset(
    """a an the any be been being is are was were has have had do does did to of in on at by for with as that this
    these those it its their his her our your there yet also even quite very all so such necessarily really always
    ever or and from than other another own more much only too either among""".split()
)
ENGLISH_STOPS = frozenset("but and because since while whereas although though which who when if until unless than".split())

# Words that say no to themselves: what they are made of is what they say no to.
NEGATIVE_WORDS = (
    r"(?<![A-Za-z-])un(?!der|til|less|it|iq|ion|ivers|if|can)[a-z]{4,}|(?<![A-Za-z-])(?:incorrect|inaccurate|inconsisten|invalid|incomplete|insufficien"
    r"|ineffective|inefficien|impossib|imperfect|irrelevan|irregular|illegal|dishonest|disagree)[a-z]*|(?<![A-Za-z-])non-?[a-z]{4,}"
    r"|(?<![가-힣])(?:비공개|비협력|비효율|불가능|불일치|불충분|불확실|불명확|불필요|불안정|미해결|미확인|미공개|미완성|무관|무해|부정확|부적절)"
)
# Prefixes that make an opposite of the word after them.
ENGLISH_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis")
KOREAN_PREFIXES = ("비", "불", "미", "무", "부")

# Words of a written answer that carry no claim: they join, hedge, report or point at the source.
FRAME_WORDS = frozenset(
    """although though however therefore thus hence moreover furthermore meanwhile whereas while instead rather merely
    just roughly about approximately nearly almost narrowly notably respectively latter former overall essentially
    specifically namely particularly especially mainly mostly simply likewise besides despite regardless together
    altogether indeed actually still yet already even quite fairly somewhat also additionally finally firstly secondly
    lastly consequently accordingly according contrast contrary turn part example instance case fact reason result
    thing point noteworthy note noted mention mentioned state stated report reports reported say says said describe
    described explain explained explains claim claims show shows shown find finds found observe observed argue argues
    suggest suggests indicate indicates appear appears seem seems turned turns turn come comes came end ended paper
    study document text source sources passage passages section author authors survey notes given regarding concerning
    terms sense way ways kind kinds sort certain several various mere make makes made take takes taken put get gets
    become becomes remain remains is be been being called known one ones order thereby whereby among within per via
    like such rely relies relied namely account based largely roughly overall hand hands own people person
    throughout afterwards later else therein unlike both everything anything exactly otherwise beyond outside because since use uses used against across including using toward towards into onto under over
    논문 보고서 저자 저자들 연구 서베이 문서 글 자료 출처 절 장 노트 내용 부분 점 측면 면 경우 때 것 수 등 및 또한 또 즉 곧 특히 다만 하지만
    그러나 그런데 그리고 따라서 그래서 그러므로 반면 한편 아울러 나아가 결국 결론적 요컨대 요약 예컨대 오히려 이처럼 이렇 그렇 이때 이후 당시
    이른바 소위 일종 대체로 대략 대개 거의 약 정도 가량 쯤 무렵 안팎 내외 모두 각각 각 여러 다양 주로 매우 아주 상당히 꽤 다소 조금 약간 훨씬
    더욱 한층 가장 다시 먼저 우선 이어 이어서 처음 비로소 이미 아직 여전히 계속 바로 직접 실제 실제로 사실 사실상 기본적 일반적 전반적 구체적
    보고 설명 언급 지적 서술 기술 제시 소개 말하 밝히 따르 의하 대하 관하 통하 위하 나타나 보이 알려지 꼽히 꼽 여기 전하 평가받 파악 확인 볼 보
    쓰이 쓰 사용 사용하 이용 활용 하 되 있 없 이 그 저 우리 이들 그것 이것 해당 당하 가지 개 명 번 데 뿐 만 셈 이유 까닭 때문 덕분 탓 결과적
    역시 함께 그중 그 가운데 가운데 중 사이 다음 아래 위 앞 뒤 최종적 공식적 달하 이르 그치 머무르 머물 얻 기록 기록하 받 갖 가지 지니 두 거두 이루 이루어지
    구성 구성되 해 주 놓 버리 두 내 내놓 짓 나 오 가 들 맡 서 경쟁 덕택 수준 만큼 까지 불과 식 류 같 자체""".split()
)
# Sentences that announce what follows, and sentences about what the sources leave open: nothing in them can be checked.
INTRODUCTIONS = (
    r"(?:다음과 같|아래와 같|다음은|아래는|다음 (?:내용|사항|항목)|정리하면|요약하면|요약해 드리|설명(?:해 )?드리|살펴보|알아보)"
    r"|\b(?:as follows|the following|here (?:is|are)|below (?:is|are)|listed below|let(?:'s| us) look|in summary|to summari[sz]e)\b"
)
ABOUT_SOURCES = (
    r"(?:자료|출처|문서|본문|근거|제공된 (?:내용|정보)|문맥|발췌)\S*.{0,40}(?:없|않|찾을 수 없|확인할 수 없|알 수 없|부족)"
    r"|(?:알 수 없|확인할 수 없|답(?:변)?할 수 없|나와 있지 않)"
    r"|\b(?:sources?|passages?|context|documents?|excerpts?|text)\b.{0,40}\b(?:do(?:es)? not|don't|doesn't|no|cannot|lack)\b"
    r"|\b(?:cannot|can't|could not) (?:answer|determine|tell|find|say)\b|\bno information\b|\bI (?:do not|don't) know\b"
)
ANNOUNCING = frozenset(
    """following follow below here main key list point points item items step steps summary answer question three two
    four five six several some few many thing things way ways reason reasons detail details overview look brief
    주요 핵심 목록 항목 사항 질문 답 답변 답하 요약 요약하 정리 정리하 살펴보 알아보 간단 간단히 차례 특징 방법 이유 종류 단계 차이 차이점 세 두 네 다섯 몇""".split()
)

# Axes whose two ends a claim may give to two things, and the wrong way round.
PAIRED_AXES = frozenset(("sign", "right", "side", "line"))
# Axes that say nearly the same: more, higher, grown.
KINDRED_AXES = ({"level", "amount"}, {"change", "level", "amount"})
# Axes on which two things are compared: the one at the upper end is said to have more.
COMPARING_AXES = frozenset(("level", "amount", "quality", "speed", "length", "strength", "lead", "cost", "difficulty"))
# Verbs between two that play different parts, as stems of English words and as beginnings of Korean ones.
ENGLISH_RELATIONS = (
    """supervise imitate teach taught guide judge make made write wrote written train learn correct deceive
    generate choose chose chosen replace extend cite adopt produce evaluate pass steer criticize rewrite
    attack persuade instruct distill optimize select oversee oversaw copy mimic follow give gave
    transfer convert translate try""".split()
)
KOREAN_RELATIONS = (
    "(?:감독|모방|판단|판정|훈련|학습|교정|생성|채점|대체|확장|인용|채택|평가|시도|전달|비평|공격|방어|설득|증류|최적화|갱신|번역|주도|보상)(?:하|한|할|해|했|합|시[키킨켜])"
    "|가르[치친쳐]|이끌|이끄|이끈|만들(?!어[지진졌질])|만든|만드|쓰[는고며인]|쓴|배우|배운|고[치친쳐]|속이|속일|속인|고르|고른|부르|묻|넘기|넘긴|거르|따르|따른|옮기|옮긴|바꾸|바꾼"
)
# What ends like a subject and is none.
KOREAN_NO_SUBJECTS = r"(?:하|되|있|없|않|같|많|적|좋|높|낮|크|받|만드|쓰|이끄|주|보|나|들|짓|얻)(?:는|은)|(?:에서|에|로|보다|까지|부터)(?:는|도)|(?:따르|쓰)면|것은"
