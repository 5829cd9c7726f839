"""What turns a statement round in either language: opposites and negations. Patterns and words, no behaviour."""

# Opposites: an axis with the patterns of its two ends, each for English words in small letters and for Korean ones
# from their beginning.
# What stands on an axis is compared only where it is said of the same thing.
OPPOSITES: tuple[tuple[str, tuple[str, str], tuple[str, str]], ...] = (
    (
        "change",
        (
            r"increas\w*|rais(?:es?|ed|ing)|ris(?:es?|ing|en)|rose|grow\w*|grew|climb\w*|boost\w*|expand\w*"
            r"|enlarg\w*|go(?:es)? up"
            r"|amplif\w*|up-weight\w*",
            (
                r"늘|증가|성장|끌어올|오르|올랐|올라|오른|올리|올린|올려|상승|커지|커졌|커진|커집|확대|높아|높인"
                r"|높이(?!가|는? ?\d)|높여|높였|증폭"
            ),
        ),
        (
            r"decreas\w*|reduc\w*|lower(?:s|ed|ing)|lower(?= the\b)|fall(?:s|en|ing)?(?! (?:short|into|under"
            r"|within))|fell|drop(?:s|ped|ping)?"
            r"|declin\w*|shr[iau]nk\w*|lessen\w*|diminish\w*|cuts?|mitigat\w*|down-weight\w*|go(?:es)? down",
            r"줄(?!곧)|감소|내리|내려(?!받)|내린|내렸|하락|떨어|작아|축소|낮아|낮춘|낮추|낮췄|낮춰|완화",
        ),
    ),
    (
        "level",
        (r"high(?:er|est|ly)?|above(?! all)", r"높(?!아|인|이|여|였)"),
        (r"low(?:er|est)?(?! bound)|below|under(?= [a-z])", r"낮(?!아|추|춘|췄|춰)"),
    ),
    (
        "amount",
        (
            (
                r"more(?! than \d)|larg(?:er|est)|big(?:ger|gest)|great(?:er|est)|many|large(?! language)"
                r"|a great deal|most(?! of| likely)"
            ),
            r"많|큰|크(?=[고게며다]|지)|커(?!지|졌|진|집|서|리|밋|넥|버)|클(?=수록|까|지|뿐| )",
        ),
        (
            r"less(?! than \d)|fewer|fewest|small(?:er|est)?|few|little|least|hardly",
            r"적(?=[은다고게어]|으며|습)|작(?=[은다고게]|으며|습)|부족",
        ),
    ),
    (
        "quality",
        (
            r"better|best|improv\w*|superior|good|(?<!less )well",
            r"좋|낫|나은|나아|나았|개선|향상|우수|뛰어나|뛰어난|잘(?!못)",
        ),
        (
            r"less well|worse|worst|worsen\w*|degrad\w*|deteriorat\w*|poor(?:er|ly)?|bad(?:ly)?|inferior|harms?|harmed",
            r"나쁘|나빠|나쁜|악화|저하|열등|해치|해친|(?<!지 )못(?=하[다고며게는]|한다|합)",
        ),
    ),
    (
        "merit",
        (r"strengths?|advantages?|benefits?|merits?", r"강점|장점|이점"),
        (r"weakness(?:es)?|limits?|limitations?|drawbacks?|disadvantages?|shortcomings?", r"약점|단점|한계|결점|허점"),
    ),
    (
        "pass",
        (r"pass(?:es|ed|ing)?(?![ -]rates?)", r"통과(?!율)|합격"),
        (r"fail(?:s|ed|ing)?(?! to)", r"실패|탈락|불합격"),
    ),
    (
        "speed",
        (r"fast(?:er|est)?|quick\w*|rapid\w*|accelerat\w*|speeds? up", r"빠르|빨라|빠른|빨리"),
        (r"slow\w*", r"느리|느려|느린|늦추|늦춘"),
    ),
    (
        "length",
        (r"(?<!no )long(?:er|est)?|lengthen\w*", r"긴|길(?=[다고어])"),
        (r"short(?:er|est)?(?! of)|shorten\w*", r"짧"),
    ),
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
    (
        "same",
        (r"same|equal\w*|identical", r"같(?=[은다고])|동일|똑같"),
        (r"different|differs?", r"다르|다릅|서로 다른"),
    ),
    ("open", (r"open|public(?:ly)?", r"공개(?!된 적)"), (r"closed|proprietary|private", r"비공개")),
    (
        "include",
        (r"includ\w*", r"포함|들어|빠짐없이"),
        (r"exclud\w*|leav(?:es|ing)? out|left out|leaves? \w+ \w+ out|omit\w*", r"제외|빠진|빠지|빠졌|빼|뺀|배제"),
    ),
    ("success", (r"succe(?:ed|ss)\w*", r"성공"), (r"failures?", r"실패")),
    (
        "lead",
        (
            r"ahead|beat\w*|outperform\w*|surpass\w*|(?<!a )(?<!the )leads?(?! of| to)|w[io]ns?",
            r"앞서|앞선|앞섰|앞섭|능가|이기|이긴|이겼|넘어서|웃돌",
        ),
        (
            r"behind|trail\w*|lags?|lagging|los(?:es?|t)|falls? short|underperform\w*",
            r"뒤지|뒤진|뒤졌|뒤집(?=니다)|뒤처|뒤떨|못 ?미|미치지 못|밀리|밀린",
        ),
    ),
    ("rivalry", (r"cooperat\w*|collaborat\w*", r"협력"), (r"adversarial\w*|non-cooperative", r"적대|비협력")),
    ("line", (r"online", r"온라인"), (r"offline", r"오프라인")),
    (
        "bound",
        (r"maxim\w*|upper|at most|ceiling|caps?", r"상한|최대"),
        (r"minim\w*|lower bound|at least", r"하한|최소"),
    ),
    ("side", (r"internal\w*|inner|inside", r"내부|내적"), (r"external\w*|outer|outside", r"외부|외적")),
    ("leave", (r"allow\w*|enabl\w*|permit\w*", r"허용"), (r"prevent\w*|prohibit\w*|forbid\w*", r"막|금지|차단")),
    ("verdict", (r"accept\w*|approv\w*", r"채택|승인|수락"), (r"reject(?:s|ed)|refus\w*", r"거절(?! 샘플)|거부|기각")),
    ("phase", (r"early|beginning", r"초반|초기"), (r"late|end", r"후반|말기|끝")),
    ("hand", (r"automatic\w*|automat\w*", r"자동"), (r"manual\w*|by hand|hand-written", r"수작업|수동|손으로")),
    (
        "whole",
        (r"all|every|always|entire\w*", r"모든|모두|전부|항상|언제나|전체"),
        (r"some|partly|sometimes|only part", r"일부|몇몇|가끔"),
    ),
    (
        "need",
        (r"needs?|needed|requir\w*|necessary|essential", r"필요|필수|(?:\S*)?해야(?= [한할합했]|만)"),
        (r"unnecessary|needless|optional", r"불필요"),
    ),
    (
        "training",
        (r"(?:re)?trained|fine-tuned|updated", r"학습(?=되|된|시키|시킨|시켜|하|한|했)|갱신"),
        (r"frozen|froze|freez\w*|untrained", r"고정|동결"),
    ),
    (
        "coder",
        (r"encod(?:ers?|ing|es?|ed)", r"인코더|인코딩|부호화"),
        (r"decod(?:ers?|ing|es?|ed)", r"디코더|디코딩|복호화"),
    ),
    ("flow", (r"inputs?", r"입력"), (r"outputs?", r"출력")),
    ("school", (r"teachers?", r"교사"), (r"students?", r"학생")),
    ("duel", (r"attack(?:s|ers?|ed|ing)?", r"공격"), (r"defen(?:ds?|ders?|ces?|ses?|ded)", r"방어|수비")),
    ("measure", (r"precision", r"정밀도"), (r"recall", r"재현율")),
    (
        "stage",
        (r"pre-?train(?:s|ed|ing)?", r"사전 ?학습"),
        (r"post-?train(?:s|ed|ing)?|fine-?tun(?:es?|ed|ing)", r"사후 ?학습|미세 ?조정|파인 ?튜닝"),
    ),
    ("rank", (r"first", r"첫|처음"), (r"last", r"마지막")),
    (
        "shared",
        (r"shar(?:es?|ed|ing)|in common", r"공유|공통|함께 쓰"),
        (r"of (?:its|their) own", r"각자|제각각|저마다"),
    ),
    (
        "known",
        (r"known|solved|found|confirmed", r"확인되|확인된|밝혀"),
        (r"unknown|unsolved|unconfirmed", r"미확인|미해결"),
    ),
)
# Ends of these axes are said of a whole list as well: they do not tell one of its members from another.
SHARED_AXES = frozenset(("change", "level", "amount", "quality", "lead", "whole", "order"))
# Axes whose ends are things: to say no to one does not say the other.
AXES_OF_THINGS = frozenset(("coder", "flow", "school", "duel", "measure", "stage"))
# Axes on which what is denied is not said by the other end as well.
UNPAIRED_AXES = frozenset(("known", "include", "open", "whole"))
# Axes whose two ends a claim may give to two things, and the wrong way round.
PAIRED_AXES = frozenset(("sign", "right", "side", "line"))
# Axes that say nearly the same: more, higher, grown.
KINDRED_AXES = ({"level", "amount"}, {"change", "level", "amount", "quality", "lead"})
# Axes on which two things are compared: the one at the upper end is said to have more.
COMPARING_AXES = frozenset(("level", "amount", "quality", "speed", "length", "strength", "lead", "cost", "difficulty"))
# Before and after turn round with the order of what they stand between: they are compared with what they govern.
GOVERNING = (("order", (r"before|prior to", r"전에|이전에"), (r"after|following", r"후에|뒤에|이후에?|다음에")),)
# What an English negation says no to follows it; "not only", "no more than" and "or not" say no to nothing.
ENGLISH_NEGATIONS = (
    r"(?P<verb>(?<!or )\bnot\b(?! only\b| just\b| merely\b)|n[’']t\b(?! only\b| just\b)|\bnever\b"
    r"|\bcannot\b(?! only\b)|\bno longer\b"
    r"|\bneither\b|\bnor\b|\bfail(?:s|ed|ing)? to\b|\bunable to\b|\bfar from\b)"
    r"|(?P<noun>\bno\b(?! more than| fewer than| less than| longer\b| doubt)|\bwithout\b(?! doubt)|\black(?:s|ed"
    r"|ing)?\b(?: of\b)?"
    r"|\bfree (?:of|from)\b|\binstead of\b|\brather than\b"
    r"|\bleav(?:es?|ing) out\b|\b(?:does|do|did|done) away with\b|\bnone of\b|\babsence of\b|\bshortage of\b)"
    r"|(?P<back>\bnothing\b)|(?P<suffix>(?<=[a-z])-free\b)"
)
# What a Korean negation says no to precedes it.
KOREAN_NEGATIONS = (
    r"(?P<verb>(?P<stem>[^\s,.;:()]+)[지치](?:는|도|를|조차)? ?(?:않|못하|못한|못해|못했|못할|못함|못합|말)"
    r"|(?P<able>[^\s,.;:()]+) 수(?:가|는|도)? 없)"
    r"|(?P<noun>(?P<thing>[^\s,.;:()]+?)(?:\s?\([^()]*\))?(?:이|가|은|는|도|을|를)? ?(?:거의 |전혀 |아직 |별로 "
    r"|더 이상 "
    r"|따로 )?(?:없(?!애)|아니(?=[다라며고었어]|지만|었)|아닌|아닙))"
    r"|(?P<skipped>(?P<other>[^\s,.;:()]+?)(?:\s?\([^()]*\))?(?:을|를)? (?:대신(?!하)))"
    r"|(?P<before>(?<![가-힣])(?:안|못) (?P<next>(?!미[치쳐칠칩친])[가-힣]+))"
)
KOREAN_NO_NEGATIONS = (
    r"그치지 않|미치지 못|뿐(?:만)? 아니|지 않을 수 없|적지 않|못지않|다름없|관계없|상관없|끊임없|틀림없|수밖에 없"
    r"|아니었다면"
)
# Where these stand, it is not sure what a negation says no to, or that nothing is said no to.
ENGLISH_UNSURE = (
    r"\bnot\b[^.;]{0,40}\b(?:until|every|all|always|everywhere)\b|\b(?:remov|clean|eliminat|discard|avoid|prevent"
    r"|except)\w*|\bdrop(?:s|ped|ping)?\b(?! out)|\bfilter(?:s|ed|ing)? out\b"
    r"|\b(?:hardly|barely|scarcely|rarely|(?<!a )little|(?<!a )few|only)\b"
    r"|\b(?:other than|apart from|except for|leav(?:es?|ing) out|exclud(?:es?|ed|ing))\b"
)
KOREAN_UNSURE = (
    r"전까지[^.;]{0,30}(?:않|없|못)|그대로|변함없|제거|없애|없앤|없앴|걸러|삭제|예외|피하|방지|제외|빼고|뺀|빼면"
    r"|배제|밖의|이외의|외의|막[으기는아]|예방|대신하|상한|(?<=[가-힣])만(?=\s|으로|을|이|은)"
)
# Verbs that carry little: what is said no to with them is what follows (in English) or precedes (in Korean) them.
LIGHT_VERBS = frozenset(
    """use uses have has do does make makes take takes give gives get gets stay stays remain remains become becomes
    seem seems appear appears include includes contain contains involve involves keep keeps hold holds bring
    brings""".split()
)
# These reach back as well as on.
ENGLISH_HARDLY = r"hardly|barely|scarcely|rarely|little|few"
LIGHT_STEMS = tuple("하 되 있 이루어지 돼 받 보이 크 높 쓰 사용하 활용하 이용하 얻 갖 가지".split())
# Words that a negation does not stop at on its way to what it says no to.
ENGLISH_FUNCTION = frozenset(
    """a an the any be been being is are was were has have had do does did to of in on at by for with as that this
    these those it its their his her our your there yet also even quite very all so such necessarily really always
    ever or and from than other another own more much only too either among""".split()
)
DETERMINERS = frozenset("a an the any its their his her our your all".split())
ENGLISH_STOPS = frozenset(
    "but and because since while whereas although though which who when if until unless than".split()
)
# Words that say no to themselves: what they are made of is what they say no to.
NEGATIVE_WORDS = (
    r"(?<![A-Za-z-])un(?!der|til|less|it|iq|ion|ivers|if|can)[a-z]{4,}|(?<![A-Za-z-])(?:incorrect|inaccurate"
    r"|inconsisten|invalid|incomplete|insufficien"
    r"|ineffective|inefficien|impossib|imperfect|irrelevan|irregular|illegal|dishonest|disagree)[a-z]*"
    r"|(?<![A-Za-z-])non-?[a-z]{4,}"
    r"|(?<![가-힣])(?:비공개|비협력|비효율|불가능|불일치|불충분|불확실|불명확|불필요|불안정|미해결|미확인"
    r"|미공개|미완성|무관|무해|부정확|부적절)"
)
# Prefixes that make an opposite of the word after them.
ENGLISH_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis")
KOREAN_PREFIXES = ("비", "불", "미", "무", "부")
