"""What is said of the numbers that are found, and which of them is better."""

from index.load import Language
from qa.words.patterns import compiled

# Of these what is better is a matter of what is measured.
BY_QUALITY = compiled(
    r"좋|잘|나쁜|나빠|못|뛰어|우수|최고|꼴찌|꼴등|1등|1위|나은|낫|앞서"
    r"|best|worst|better|worse|top|tops|wins?|leads?|ahead|beats?|outperforms?"
)
BY_SPEED = compiled(r"빠르|빠른|빨라|느리|느린|느려|fast|slow")
LESS_IS_BETTER = compiled(
    r"error|loss|ppl|perplex|bpb|\bwer\b|\bcer\b|\bfid\b|latency|\bmae\b|\brmse\b|false positive"
    r"|오류|오차|에러|손실|지연"
)
TAKES_TIME = compiled(r"time|iters?\b|iterations|epochs|steps|latency|\(?\bms\b|시간|s/it|지연|\bsec")
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
# The higher and the lower of two; then how far they are apart, or what the other one has where that cannot be told.
SAID_OF_TWO: dict[Language, dict[int, str]] = {
    "ko": {
        1: "{what}에서 더 높은 값은 {names}의 {value}입니다.",
        -1: "{what}에서 더 낮은 값은 {names}의 {value}입니다.",
    },
    "en": {
        1: "The higher under {what} is {names} with {value}.",
        -1: "The lower under {what} is {names} with {value}.",
    },
}
APART: dict[Language, dict[int, str]] = {
    "ko": {1: " {name}의 {value}보다 {gap} 높습니다.", -1: " {name}의 {value}보다 {gap} 낮습니다."},
    "en": {1: " That is {gap} more than the {value} of {name}.", -1: " That is {gap} less than the {value} of {name}."},
}
OTHER: dict[Language, str] = {"ko": " {name}의 값은 {value}입니다.", "en": " {name} has {value}."}
POINTS: dict[Language, str] = {"ko": "%p", "en": " points"}  # how far percentages are apart
PLACE: dict[Language, tuple[str, ...]] = {
    "ko": ("가장 ", "두 번째로 ", "세 번째로 "),
    "en": ("", "second ", "third "),
}
