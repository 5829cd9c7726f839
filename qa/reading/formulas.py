"""The sentences chosen for an answer and all of their sections in, with the formula that is asked for out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from index.formulas import DISPLAYED, FORMULA
from qa.reading.candidate import Candidate

_ASKS = re.compile(
    r"수식|공식(?![가-힣 ]*(?:문서|사이트|홈|발표|적|채널|계정))|방정식|부등식"
    r"|(?:목적|손실|보상|비용|활성화|가치) ?함수|(?<![가-힣])식(?:은|이|을|으로|의|도)?(?![가-힣])|계산식|점화식"
    r"|\b(?:formula[es]?|equations?|inequalit(?:y|ies)|mathematically)\b"
    r"|\b(?:objective|loss|reward|cost|value)s? functions?\b",
    re.IGNORECASE,
)
_ASKS_HOW_COMPUTED = re.compile(
    r"(?:어떻게|뭘로|무엇으로) ?(?:계산|구[하해]|추정|정의|산출|업데이트|갱신)|계산 ?(?:방법|법)"
    r"|\bhow (?:is|are|do|does|can|to)\b.{1,80}\b(?:comput|calculat|estimat|defin|updat|measur|normali[sz])\w*",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(r"(?:여기서|여기에서|이때|단,|where|with|here)(?![A-Za-z가-힣])", re.IGNORECASE)
_ENDED = re.compile(r"[.!?。][\"'”’)\]»*_]*$")
_BEST_CHOSEN = 2  # sentences that stay beside a formula


@dataclass(frozen=True, slots=True)
class _Group:
    """Formulas that stand together, with the sentence before them and what explains their signs."""

    sentences: tuple[Candidate, ...]

    @property
    def holds(self) -> float:
        """How much of what is asked its sentences hold, 0 to 1."""
        return max(one.inside for one in self.sentences)

    @property
    def place(self) -> int:
        """The number of the section."""
        return self.sentences[0].place


def asks_for_formula(question: str) -> bool:
    """Whether a question asks for a formula by name."""
    return bool(_ASKS.search(question))


def shows_formulas(section: str) -> bool:
    """Whether formulas stand by themselves in a text."""
    return any(found.lastgroup in DISPLAYED for found in FORMULA.finditer(section))


def with_formulas(chosen: Sequence[Candidate], candidates: Sequence[Candidate], question: str) -> list[Candidate]:
    """Return the chosen of some sentences with the formula that a question asks for, and what leads to it.

    It is of the best section of the best sentence's document that has any; where only how something is computed is
    asked, one that stands at a chosen sentence.
    """
    by_name = asks_for_formula(question)
    if not chosen or not (by_name or _ASKS_HOW_COMPUTED.search(question)):
        return list(chosen)
    groups = list(_groups(candidates))
    if by_name:
        work = max(chosen, key=lambda one: one.score).evidence.doc_id
        groups = [group for group in groups if group.sentences[0].evidence.doc_id == work]
        groups = [group for group in groups if group.place == groups[0].place]
    else:
        groups = [group for group in groups if any(one in chosen for one in group.sentences)]
    if not groups:
        return list(chosen)
    found = max(groups, key=lambda group: group.holds) if any(group.holds for group in groups) else groups[0]
    beside = sorted((one for one in chosen if one.place == found.place), key=lambda one: -one.score)[:_BEST_CHOSEN]
    return [*(one for one in (beside if by_name else chosen) if one not in found.sentences), *found.sentences]


def with_what_they_lead_to(chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Add to each chosen sentence that ends in a formula below it that formula, and to a formula what leads to it."""
    complete = list(chosen)
    for before, after in pairwise(candidates):
        if before.place == after.place and is_displayed(after.text):
            ends_in_it = before in complete and (is_displayed(before.text) or not _ENDED.search(before.text))
            if ends_in_it and after not in complete:
                complete.append(after)
            elif after in complete and before not in complete and not before.listed:
                complete.append(before)
    return complete


def is_displayed(text: str) -> bool:
    """Whether a sentence is a formula that stands by itself."""
    found = FORMULA.match(text)
    return found is not None and (found.lastgroup in DISPLAYED or found.end() >= len(text.rstrip(" .,")))


def _groups(candidates: Sequence[Candidate]) -> Iterator[_Group]:
    end = 0
    for (place, displayed), group in groupby(candidates, lambda one: (one.place, is_displayed(one.text))):
        formulas = list(group)
        start, end = end, end + len(formulas)
        if displayed:
            before = [one for one in candidates[max(start - 1, 0) : start] if one.place == place]
            after = [one for one in candidates[end : end + 1] if one.place == place and _EXPLAINS.match(one.text)]
            yield _Group((*before, *formulas, *after))
