"""How people ask for the highest and the lowest of a table, and what is said of it."""

import re

from index.load import Language

_DEGREE = r"(?:가장|제일|젤|맨|더|번째로|째로)(?: \S+){0,2}? ?"
HIGHEST = re.compile(
    rf"{_DEGREE}(?:높|많|크|큰|길|긴|좋|잘|빠르|빠른|빨라|뛰어|우수|강|세|무거|비싸|비싼|앞서|나은|낫)"
    r"|최고|최대|최다|최장|1등|1위|일등|우세|앞서|(?:높아|커|많아|좋아|나아|길어|빨라)\??$"
    r"|\b(?:highest|most|largest|biggest|best|longest|fastest|top|tops|strongest|heaviest|greatest|maximum|max|wins?|leads?"
    r"|higher|more|larger|bigger|better|longer|faster|greater|stronger|ahead|outperforms?|beats?)\b",
    re.IGNORECASE,
)
LOWEST = re.compile(
    rf"{_DEGREE}(?:낮|적|작|짧|나쁜|나빠|못|느리|느린|느려|떨어|가벼|싸|싼|덜)"
    r"|최저|최소|최단|꼴찌|꼴등|(?:낮아|작아|적어|짧아|느려|떨어져)\??$"
    r"|\b(?:lowest|fewest|least|smallest|worst|shortest|slowest|lightest|minimum|min|cheapest|weakest"
    r"|lower|fewer|less|smaller|worse|shorter|slower|lighter|cheaper)\b",
    re.IGNORECASE,
)
# Of these what is better is a matter of what is measured.
BY_QUALITY = re.compile(
    r"좋|잘|나쁜|나빠|못|뛰어|우수|최고|꼴찌|꼴등|1등|1위|나은|낫|앞서"
    r"|best|worst|better|worse|top|tops|wins?|leads?|ahead|beats?|outperforms?",
    re.IGNORECASE,
)
BY_SPEED = re.compile(r"빠르|빠른|빨라|느리|느린|느려|fast|slow", re.IGNORECASE)
LESS_IS_BETTER = re.compile(
    r"error|loss|ppl|perplex|bpb|\bwer\b|\bcer\b|\bfid\b|latency|\bmae\b|\brmse\b|false positive"
    r"|오류|오차|에러|손실|지연",
    re.IGNORECASE,
)
TAKES_TIME = re.compile(r"time|latency|\(?\bms\b|시간|s/it|지연|\bsec", re.IGNORECASE)
OF_TWO = re.compile(
    r"더 |보다|(?:높아|커|많아|좋아|나아|길어|빨라|낮아|작아|적어|짧아|느려|앞서)\??$"
    r"|중(?:에서?|에)? (?:어느|뭐|누|어디)"
    r"|\b(?:higher|more|larger|bigger|better|longer|faster|greater|stronger|lower|fewer|less|smaller|worse|shorter|slower"
    r"|lighter|cheaper|than|vs\.?|versus|or|outperforms?|beats?)\b",
    re.IGNORECASE,
)
MOST_OF_ALL = re.compile(
    r"가장|제일|젤|최고|최대|최저|최소|번째|1위|\b(?:\w+est|most|best|worst|top|least)\b", re.IGNORECASE
)
AMONG = re.compile(r"중|가운데|\b(?:among|of the|out of|within|of all)\b", re.IGNORECASE)
PLACES = (
    (re.compile(r"(?:두|둘|2) ?(?:번째|째|위|등)|차순|다음으로|\bsecond\b|\b2nd\b|\brunner", re.IGNORECASE), 2),
    (re.compile(r"(?:세|셋|3) ?(?:번째|째|위|등)|\bthird\b|\b3rd\b", re.IGNORECASE), 3),
)
# What of a question says only that something is compared, and what it is that has the value.
COMPARES = re.compile(
    r"가장|제일|젤|더|높\S*|낮\S*|많\S*|적\S*|크\S*|큰|작\S*|길\S*|긴|짧\S*|좋\S*|나쁜|나빠\S*|잘\S*|못\S*|빠르\S*|빠른|빨라\S*|느리\S*"
    r"|느린|느려\S*|뛰어\S*|우수\S*|앞서\S*|나은|낫\S*|최고\S*|최저\S*|최대\S*|최소\S*|두|세|번째\S*|등|위|점수|정확도|수치|값|모델|버전|결과|성능|성적|기록\S*"
    r"|나오\S*|나온\S*|받\S*|달성\S*|차지\S*|가지\S*|있\S*|어느|어떤|뭐\S*|누구|어디|중\S*|비교\S*|쪽|건|거|것|기준\S*|표\S*|테이블|벤치마크|이기\S*|이긴\S*"
    r"|highest|lowest|most|fewest|least|largest|biggest|smallest|best|worst|longest|shortest|fastest|slowest|top|tops|accuracy"
    r"|higher|lower|more|fewer|less|larger|bigger|smaller|better|worse|longer|shorter|faster|slower|greater|stronger"
    r"|second|third|first|place|scores?|scored|scoring|values?|numbers?|figures?|models?|versions?|variants?|results?"
    r"|performance|performs?|has|have|had|get|gets|got|reach(?:es)?|achieves?|does|do|is|are|which|what|who|one|among|all"
    r"|table|tables|benchmarks?|wins?|leads?|ahead|beats?|outperforms?|compared|listed|overall|uses?|needs?|takes?|comes?"
    r"|strongest|weakest|runner|up|that|those|between|than|vs|versus|or|and",
    re.IGNORECASE,
)
SAID: dict[Language, dict[int, str]] = {
    "ko": {
        1: "{what}에서 {place}높은 값은 {names}의 {value}입니다(견준 값 {count}개).",
        -1: "{what}에서 {place}낮은 값은 {names}의 {value}입니다(견준 값 {count}개).",
    },
    "en": {
        1: "The {place}highest under {what} is {names} with {value} (of {count} values).",
        -1: "The {place}lowest under {what} is {names} with {value} (of {count} values).",
    },
}
PLACE: dict[Language, tuple[str, ...]] = {
    "ko": ("가장 ", "두 번째로 ", "세 번째로 "),
    "en": ("", "second ", "third "),
}
