"""A question in, the figures that it asks for out, and how well a sentence has one. Looks for no sentences."""

import re
from dataclasses import dataclass

from qa.words.patterns import compiled

OTHER = 0.5  # how much a figure counts that is not of the kind asked for
_ASKED = compiled(
    r"몇|얼마|며칠|언제|연도|년도|비율|비중|기간|퍼센트|점수|수치|개수|규모"
    r"|\bwhen\b|how (?:many|much|large|big|long|often|far|old)"
    r"|what (?:score|percentage|percent|number|size|fraction|share|year|date|time|rate|accuracy|learning rate)"
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_COUNTED = re.compile(r"몇 ?(개월|시간|[가-힣%])")  # what 몇 counts, mostly by its first syllable
_NUMBER = r"\d[\d,.]*\s*[천백십만억조]?\s*"
_UNITS = {
    **dict.fromkeys("퍼프%", "[%％퍼프]"),
    **dict.fromkeys("명사", "(?:명|인|사람)"),
    **dict.fromkeys("번회차", "[번회차]"),
    **dict.fromkeys("가종", "[가개종]"),
}
_KINDS = tuple(
    (compiled(asked), compiled(figure))
    for asked, figure in (
        (r"언제|연도|년도|시점|\bwhen\b|what (?:year|date)", r"\d+\s*[년월일]|\b(?:1[5-9]|20)\d\d\b"),
        (
            r"며칠|기간|얼마나 (?:오래|걸)|how long",
            _NUMBER + r"(?:[일주년분초달]|개월|시간|(?:day|hour|minute|second|week|month|year|epoch|step)s?)",
        ),
        (
            r"비율|비중|점유율|증가율|감소율|성장률|이율|금리|percent|share|fraction|\brate\b",
            _NUMBER + r"(?:[%％배]|퍼센트|percent|분의)|분의\s*\d+|\b0\.\d+",
        ),
        (
            r"얼마|금액|how much",
            _NUMBER + r"(?:[원불배%％]|달러|엔|유로|퍼센트|포인트|percent|times|x\b)|\$\s*\d[\d,.]*",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a question that asks for a figure wants: its kind, None for any; `given` are the figures it has itself."""

    kind: re.Pattern[str] | None
    given: frozenset[str]

    def held(self, sentence: str) -> float:
        """Return 1 for a sentence with a figure of the kind that the question lacks, OTHER for another one, else 0."""
        if not self._new(sentence):
            return 0.0
        if self.kind is None or any(self._new(found.group()) for found in self.kind.finditer(sentence)):
            return 1.0
        return OTHER

    def _new(self, text: str) -> bool:
        return any(figure not in self.given for figure in _FIGURE.findall(text))


def figures_asked(question: str) -> Figures | None:
    """Return what figures a question asks for; None where it asks for none."""
    if not _ASKED.search(question):
        return None
    given = frozenset(_FIGURE.findall(question))
    if counted := _COUNTED.search(question):
        unit = counted[1]
        return Figures(re.compile(rf"{_NUMBER}여?\s*{_UNITS.get(unit, unit)}"), given)
    return Figures(next((figure for asked, figure in _KINDS if asked.search(question)), None), given)
