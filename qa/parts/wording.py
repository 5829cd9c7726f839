"""How questions compare, in both languages. Data, no behaviour."""

# Holds things against each other.
AGAINST = (
    r"차이|비교|다르|달라|다른|다름|다릅|보다|대비|에 비해|\bvs\b|\bversus\b|\bcompar|\bdiffer|\bcontrast|\bdistinguish"
    r"|\bthan\b|(?:중|가운데)(?:에서?)? ?(?:더|어느|어떤|누가|뭐|무엇)|어느 ?(?:쪽|게|것)"
)
# A question without any of these compares nothing; others than AGAINST may only ask something of each.
COMPARING = (
    rf"{AGAINST}|다를|구분|구별|각각|더 (?:많|적|길|긴|짧|크|큰|커|작|높|낮|빠|나은|나아|좋|먼저|늦)"
    r"|\bapart from\b|\bwhich\b|\bwhose\b|\bwho\b|\beach\b|\brespectively\b|\bhow far apart\b"
    r"|\b(?:first|earlier|older|newer|later)\b|먼저|나중"
)
# Asks what things are, and nothing else of them.
WHAT_THEY_ARE = (
    r"(?:이|가|은|는)? ?(?:뭐|무엇|뭔)(?:야|지|죠|예요|에요|임|인지|인가|일까|가요|데|냐)|설명|알려|소개|말해"
    r"|\bwhat(?:'s| is| are)\b|\b(?:explain|describe|define|introduce)\b|\btell me about\b"
)
# Asks which is better, or of whom: what a thing is does not answer that.
QUALITY = (
    r"좋|나은|나아|우수|뛰어|싸|비싸|빠르|빨라|안전"
    r"|\b(?:better|worse|stronger|weaker|faster|cheaper|older|newer|safer|best|who|whose)\b"
)

# What stands between two things that are compared: a noun that goes with the first, the joint, an article.
_NOUN = (
    r"(?:'s|’s)?(?: ?\([^()]*\))?(?: (?:data|data ?sets?|models?|series|family|papers?|methods?|benchmarks?|training"
    r"|모델|논문|방법|데이터))?"
)
_ARTICLE = r"(?:(?:that|those) )?(?:(?:of|in|for|on|with|by|at) )?(?:the |an? )?"
JOINTS = (
    _NOUN + r"(?: ?,| ?/| ?·| ?,? ?\b(?:and|or|vs\.?|versus|및|대|혹은|또는)\b) ?" + _ARTICLE,
    _NOUN + r",? (?:is |are )?(?:differs?|compares?|compared|stands?|different|distinct|unlike)"
    r"(?: (?:from|to|with|against))? " + _ARTICLE,
    _NOUN + r"(?:이?랑|와|과|하고|이?나)(?:는|은)? ",
)
# "Compare A with B", "what sets A apart from B": what stands before the first side, and between them.
BEFORE_WITH = r"\b(?:compar\w*|contrast\w*|distinguish\w*|sets?|tells?)(?: the)? ?$"
WITH = _NOUN + r"(?: apart)? (?:with|to|against|from) " + _ARTICLE
# "A보다 B가 더": what stands between them, and the particle of the second.
THAN_JOINT = _NOUN + r"(?:보다|에 비해서?)(?:는|은)? "
SUBJECT_AFTER = r"(?:이|가|은|는|도)(?: |$)"
# "A는 B와 어떻게 달라?": the particle of the first side, and that of the second.
SUBJECT = r"(?:은|는|이|가) "
OF_THE_OTHER = r"(?:이?랑|와|과|하고|보다|에 비해서?)(?:는|은)?(?: |$)"
# "Is A trained on more tokens than B?", "A의 토큰이 B보다 많아?": what stands before or after the second.
THAN_EN = r" (?:than|compared (?:to|with)) " + _ARTICLE + "$"
THAN_KO = r"(?:의 것)?(?:보다|에 비해서?)(?:는)? ?"

# Asks how much of something each has; which has more is for the reader to see.
HOW_MUCH = (
    r"(?:더|훨씬|제일|가장) (?:많|적(?!합|절|용)|길|짧|크|작|높|낮|긴|큰|커)[가-힣]*"
    r"(?: ?(?:건|게|쪽|것|모델|거)(?:은|는|이|가|야)?)?"
    r"|(?:많|적|길|짧|크|작|높|낮)(?:아|어|나|냐|지|니|은가|은지|습니까|을까)(?:요)?(?=[ ?.!]|$)"
    r"|(?:커|큰가|긴가)(?:요)?(?=[ ?.!]|$)"
    r"|\b(?:more|most|fewer|fewest|less|larger|largest|bigger|longer|longest|shorter|higher|highest|lower|smaller"
    r"|greater)\b|how far"
)
# Asks when something was; what was first is for the reader to see.
WHEN = (
    r"(?:더 )?(?:먼저|나중에?|일찍|늦게|빨리)|더 (?:오래|이른|이르|늦|최근|최신)\S*"
    r"|\b(?:first|earlier|earliest|older|oldest|newer|newest|later|latest|sooner|more recent(?:ly)?)\b"
)
# How things are asked to be compared: it says nothing of what is asked of each.
OF_EACH = (
    r"(?:의 )?(?:주요 |핵심 |가장 큰 )?(?:차이점?|다른 ?점)(?:을|를|이|가|은|는)?"
    r"(?: ?(?:뭐|무엇|뭔|알려|설명|말해)\S*(?: (?:줘|주세요|줄래))?)?",
    r"(?:을|를)? ?비교(?:하면|하자면|했을 때|해서|하여|해|하고|분석)?\S*(?: (?:줘|주세요|줄래|보면|봐|봐줘|알려줘))?",
    r"(?<![가-힣])(?:중|가운데)(?:에서?|에)?(?= |$)",
    r"(?:어느|어떤) ?(?:쪽|게|것|모델)(?:이|가|은|는|을|를|에)?",
    r"누가|뭐가|뭘로|무엇이|어떻게|어떤 ?점(?:이|에서)|어디가|얼마나|각각|각자|서로|둘(?:은|이| 다|의)?",
    r"(?:다르|달라|다른|다름|다릅|구분|구별)\S*|(?<![가-힣])(?:더|훨씬)(?![가-힣])",
    r"이름(?:이|은)? ?비슷\S*|건가요?|거야|거죠|건지",
    r"설명해 ?(?:줘|주세요)|알려 ?(?:줘|주세요)|말해 ?줘|뭐야|뭔가요|무엇인가요?",
    r"\b(?:can|could|would) you\b|\bplease\b",
    r"\b(?:compar|contrast|distinguish|differ|sets?(?= *$)|apart(?= *$))\w*(?: (?:to|with|from|than|between|in))?",
    r"\bwhat(?:'s| is| are) (?:the )?(?:main |key |real )?(?=$|\s)|\b(?:in )?(?:what|which) (?:ways?|respects?)\b",
    r"\bhow (?:do|does|is|are|did|was|were)\b",
    r"\bwhich (?:one|ones|of (?:the )?(?:two|both|them|these)|side|model|paper|method|benchmark)?"
    r"(?: (?:of|between))?\b",
    r"\b(?:in terms of|with respect to|with regard to|regarding|when it comes to|by|each|both|respectively|between"
    r"|side by side)\b",
    r"\b(?:the )?(?:two|main|key)\b(?!-)(?: (?:papers?|models?|methods?|benchmarks?|approaches))?\b"
    r"|\b(?:and|or|do|does|they|their)\b",
    r"\b(?:better|worse|stronger|weaker|faster|cheaper|whose|who|how far|apart)\b",
)

# A sentence that holds one thing against another.
TELLS_APART = (
    r"다르|달리|다른|차이|반면|아니라|보다|에 비해|확장|대신|지만|앞서|앞선|앞지|뒤지|뒤진|못 미"
    r"|\bdiffer|\bunlike\b|\bwhereas\b|\bwhile\b|\bthan\b|\binstead\b|\bnot\b|\bbut\b|\bcontrast|\bextends?\b"
    r"|\bunder\b|\babove\b|\bbehind\b|\bahead\b|\bbeats?\b|\bbetter\b|\bworse\b|\bhigher\b|\blower\b"
)
