"""How people ask for a number of a table, for the highest, the lowest, and the higher of two."""

import re

from qa.words.patterns import compiled

_DEGREE = r"(?:가장|제일|젤|맨|더|번째로|째로)(?: \S+){0,2}? ?"
HIGHEST = compiled(
    rf"{_DEGREE}(?:높|많|크|큰|길|긴|오래|좋|잘|빠르|빠른|빨라|뛰어|우수|정확|강|세|무거|비싸|비싼|앞서|나은|낫)"
    r"|최고|최대|최다|최장|1등|1위|일등|우세|앞서|(?:높아|커|많아|좋아|나아|길어|빨라)\??$"
    r"|\b(?:highest|most|largest|biggest|best|longest|fastest|top(?!-?\s?(?:\d|[kn]\b))|tops|strongest|heaviest|greatest|maximum|max"
    r"|wins?(?! rates?)|leads?|higher|more|larger|bigger|better|longer|faster|greater|stronger|ahead"
    r"|more accurate|outperforms?|beats?)\b"
)
LOWEST = compiled(
    rf"{_DEGREE}(?:낮|적|작|짧|나쁜|나빠|못|느리|느린|느려|떨어|가벼|싸|싼|덜)"
    r"|최저|최소|최단|꼴찌|꼴등|(?:낮아|작아|적어|짧아|느려|떨어져)\??$"
    r"|\b(?:lowest|fewest|least|smallest|worst|shortest|slowest|lightest|minimum|min|cheapest|weakest"
    r"|lower|fewer|less|smaller|worse|shorter|slower|lighter|cheaper)\b"
)
OF_TWO = compiled(
    r"더 |보다|(?:높아|커|많아|좋아|나아|길어|빨라|낮아|작아|적어|짧아|느려|앞서)\??$"
    r"|중(?:에서?|에)? (?:어느|뭐|누|어디)"
    r"|\b(?:higher|more|larger|bigger|better|longer|faster|greater|stronger|lower|fewer|less|smaller|worse|shorter|slower"
    r"|lighter|cheaper|than|vs\.?|versus|or|outperforms?|beats?)\b"
)
MORE = re.compile(r"(?:누가|뭐가|뭘|어느 \S+|어디가|누구를?) 더 [가-힣]")
VERSUS = compiled(r"\b(?:vs\.?|versus)(?!\w)")
# What puts two things beside each other, and what may stand between the words of one.
BESIDE = compiled(
    r"(?<=\S)(?:이랑|랑|하고|와|과)(?=\s)|(?<=\S)(?:이|가|은|는)? (?:높|낮|좋|크|작|빠르|느리|많|적)\S+(?=\s)"
    r"|아니면|또는|\b(?:vs\.?|versus|or|and|against)(?!\w)"
)
JOINT = compiled(r"[\s\-–_/(),]*(?:(?:at|w/|with|the|a|의|even|is|original)[\s\-]*)*")
MOST_OF_ALL = compiled(
    r"가장|제일|젤|최고|최대|최저|최소|번째|1위|\b(?:(?!(?:la)?test\b)\w+est|most|best|worst|top(?!-?\s?(?:\d|[kn]\b))|least)\b"
)
# Where such a word is a part of what is asked for: "maximum learning rate" is no rate among other things.
LIMIT = compiled(r"최대|최소|\b(?:maximum|minimum|max|min)\b")
OF_TABLE = compiled(
    r"비교한|비교에|비교표|논문|리포트|보고서|(?<![가-힣])표(?:에|의)|\b(?:table|paper|report|comparison|comparing|compared)\b"
)
PLACES = (
    (
        compiled(r"(?:두|둘|2) ?(?:번째|째|위|등)|차순|다음으로|(?<!per )\bsecond\b|\b2nd\b|\brunner"),
        2,
    ),
    (compiled(r"(?:세|셋|3) ?(?:번째|째|위|등)|\bthird\b|\b3rd\b"), 3),
)
# What of a question says only that something is compared, and what it is that has the value.
_ENDS = r"(?:은|는|이|가|을|를|게|고|지|아|어|았\S*|었\S*|아서|은지|나|니|냐|다|요)?"
_WORDS_KO = (
    "가장|제일|젤|더|높|낮|많|많이|적|큰|커|작|길|긴|짧|좋|나쁜|나빠|잘|못|빠르|빠른|빨라|느리|느린|느려|오래|뛰어나|우수|앞서"
    "|나은|나아|낫|최고|최저|최대|최소|두|세|번째|두 번째|세 번째|등|위|꼴찌|꼴등|점수|정확도|수치|값|모델|버전|결과"
    "|성능|성적|기록|나오|나온|받|달성|차지|가지|있|어느|어떤|뭐|누구|누가|어디|중|비교|쪽|건|거|것|기준|표|테이블|벤치마크|이기|이긴|내|먹|먹는"
    "|걸리|걸린|같이|차이|격차|얼마|얼마나|얼만큼|만큼|정도|사이|간|개|개수|갯수|퍼|퍼센트|프로|장|명|편|건|짜리|총|들어있|들어가|벌어지|벌어진|나는|난|포인트"
)
COMPARES = compiled(
    rf"(?:{_WORDS_KO}){_ENDS}|크(?:게|고|지|다|냐|니|나)?"
    r"|highest|lowest|most|fewest|least|largest|biggest|smallest|best|worst|longest|shortest|fastest|slowest|top|tops"
    r"|accuracy|accurate|higher|lower|more|fewer|less|larger|bigger|smaller|better|worse|longer|shorter|faster|slower"
    r"|greater|stronger|second|third|first|place|scores?|scored|scoring|values?|numbers?|figures?|models?|versions?"
    r"|variants?|results?|performance|performs?|has|have|had|get|gets|got|gets better|reach(?:es)?|achieves?|does|do|is"
    r"|are|which|what|who|one|among|all|table|tables|benchmarks?|wins?|leads?|ahead|beats?|outperforms?|compared"
    r"|comparison|listed|overall|uses?|needs?|takes?|comes?|strongest|weakest|runner|runner-up|up|that|those|between"
    r"|than|vs|versus|or|and|only|next|etc|differences?|gaps?|apart|differ|points?|much|far|how"
    r"|main|original|normal|plain|regular|total|whole|entire|final|reported?|obtain(?:s|ed)?|shows?|shown|gives?|given|gave"
    r"|sends?|sent|makes?|made|using|used|spends?|spent|contains?|includes?|included|there|exactly|about|ones?|times?"
    r"|long|take|took|percent(?:age)?|because|whats|counts?"
)
# What a question asks for without its name: how it says so, and how a heading does.
IMPLIED = (
    (
        compiled(r"몇 ?(?:개|명|장|편|문항|건)|개수|\bhow many\b|\bnumber of\b"),
        compiled(r"^(?:count|number|num|total|freq(?:uency)?|size|n|#|개수|수)\b"),
    ),
    (
        compiled(r"싸게|싼 |비싸|비싼|저렴|\b(?:cheap|expensive)"),
        compiled(r"cost|price|\$|비용|가격|요금"),
    ),
    (
        compiled(r"정확|accura"),
        compiled(r"\bacc|정확|@1|top-?1"),
    ),
    (
        compiled(r"빠르|빠른|빨라|느리|느린|느려|속도|\b(?:fast|slow)\w*|\bspeed"),
        compiled(r"speed|tokens?/s|fps|throughput|속도|latency|\btime\b|\bms\b|시간"),
    ),
    (
        compiled(r"(?:오래|시간|짧게) ?\S{0,4} ?걸|\btakes? (?:the )?(?:least|most|less|more|longest)?"),
        compiled(r"time|시간|latency"),
    ),
    (
        compiled(
            r"(?:무거|가벼|큰|작은) ?\S{0,4} ?(?:모델|버전)|\b(?:largest|biggest|smallest|lightest) (?:model|version)"
        ),
        compiled(r"param|size|파라미터|크기"),
    ),
)
# What has to be computed of several numbers is told by none.
COMPUTES = compiled(r"합계|올랐|올라|늘었|늘어|줄었|줄어|향상|증가|감소|\b(?:sum of)\b")
# … but for how far two numbers are apart.
_COMPARATIVE = (
    "higher|more|larger|bigger|better|longer|faster|lower|fewer|less|smaller|worse|shorter|slower|lighter|cheaper"
)
GAP = compiled(
    r"차이|격차|얼마나 (?:더|덜|높|낮|많|적|크|큰|작|차이|앞서|벌어)"
    r"|(?:보다|이랑|랑|와|과) 몇 ?\S{0,6} ?(?:더|높|낮|많|적|앞)"
    rf"|\b(?:difference|gap|apart|differ)\b|\bhow (?:much|many)(?: \w+){{0,2}}? (?:{_COMPARATIVE})\b"
    r"|\bby how (?:much|many)\b"
)
# … nor is by how much something fell or rose what is lowest or highest.
BY_HOW_MUCH = compiled(
    r"(?:몇|얼마나?) ?\S* (?:떨어|내려|낮아지|오르|올라|높아지)"
    r"|\bhow (?:much|far|many \w+) (?:does|do|did|is)\b.*\b(?:drop|fall|rise|lose|gain)"
)
# Things are asked for, not their number: "What tasks are in MII?"
ASKS_THINGS = compiled(
    r"\b(?:what|which) [a-z]+s (?:are|do|does|were|did|make|can|could|will|would|have|has|had)\b"
    r"|\b(?:kind|type|sort)s? of\b|어떤 |무슨 "
)
ASKS_VALUE = compiled(
    r"값은|알려|\b(?:what|how) about\b|(?:은|는)\s*\?*$|\bwhat(?:['’]?s| is| was| are| were)\b"
    r"|\bwhat\b.*\b(?:get|gets|got|scored?|achieved?|reach(?:es|ed)?|have|had|has|used?|value|number)\b"
)
SENTENCE_END = re.compile(r"[.!] (?=\S)")
# What asks at all: what does not only names something.
ASKS = compiled(
    r"\b(?:what|which|where|who|whose|when (?:did|was|were|is|do|does)|why|how|does|do|did|is|are|was|were|can|could"
    r"|should|will|would|give|tell|list)\b"
    r"|뭐|뭘|무엇|무슨|어디|어느|어떤|어떻|누구|누가|언제|왜"
    r"|[가-힣](?:나요|까요?|는가|는지|어요?|아요?|니|냐|지|다|음|임|죠|줘|래)[\s?]*$"
)
# What it asks the number of.
COUNTED = compiled(
    r"\bhow many ([a-z][\w-]*)|몇 ?(?!점|개|퍼|프로|명|건|편|회|번|배|등|위|인|나|이|야|지|줄|대)([가-힣A-Za-z]+)"
    r"|([가-힣A-Za-z][\w-]*?)(?:은|는|이|가|을|를)? (?:총 |전체 |모두 |대략 )?"
    r"(?:얼마(?!나)|몇 ?(?:점|개|퍼|프로|명|건|편|회|번))"
)
# Whether it asks for a share, or for a number of things.
PERCENT = compiled(r"퍼센트|몇 ?(?:퍼|프로|%)|비율|%|\bpercent|\bproportion\b|\bshare\b")
COUNT = compiled(r"몇 ?(?:개|명|장|건|편|문항)|개수|\bhow many\b|\bnumber of\b")
# What it says to be left out, before or behind its name.
LEFT_OUT = compiled(
    r"\b(?:without|w/o|no|not using|excluding)[ -](?:the |any )?([a-z][\w.+-]*)"
    r"|([가-힣A-Za-z][\w.+-]*?)(?:을|를|은|는|이|가|도)? ?"
    r"(?:없이|없는|없을|안 (?:쓰|쓴|썼|붙|한|하|넣)|빼|뺀|뺐|제외|제거)"
)
# … whatever else a question is: "how many", "how does it do on MMLU?"
ASKS_NUMBER = compiled(
    r"몇|얼마|점수|수치|정확도|어때|어떻게 (?:돼|되|나[와오왔])"
    r"|\b(?:how (?:many|much|high|well|big|large|long|fast)|scores?|accuracy)\b"
    r"|\bhow (?:do|does|did|is|are|was|were)\b.* (?:do|doing|score|perform|fare|rank)\b"
)
