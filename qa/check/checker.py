"""A sentence that a language model wrote and the passages that it cites in, a Judgement out.

Rules come first, since they can be shown: figures, names, yes and no, opposites, who and whom. What is left is weighed.
Writes nothing, searches nothing.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from index.analyse import Analyser
from index.embed import Embedder
from index.load import Language
from index.sentences import sentence_spans
from qa.check.claim import Claim
from qa.check.contrary import contraries
from qa.check.figures import Finding, wrong_numbers
from qa.check.framing import says_nothing
from qa.check.judgement import Cause, Judgement, Source
from qa.check.line import Line, SourceView, lines
from qa.check.misnamed import wrong_names
from qa.check.phrases import OPENINGS
from qa.check.prepare import Preparer
from qa.check.quantities import agreement
from qa.check.roles import swaps
from qa.check.weigh import Weights, features, fitted_weights, missing_units, parts
from qa.words.bridge import Bridge

_MARKS = re.compile(r"\s*\[\d+(?:\s*[,;–-]\s*\d+)*\]|^\s*(?:[-*•]|\d+[.)])\s+|\*\*|__|`")
_OPENING = re.compile(OPENINGS, re.IGNORECASE)
WELL, BADLY = 0.65, 0.55  # how well the rest of a claim, and what is wrong in it, is borne out where that is only added
SAYS_MUCH, STANDS = 0.9, 0.75  # the weight of a part that says something by itself, and how well it is borne out
RELATED = 0.3  # how well anything must fit a claim that it is about
MOST_SEEN = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule finds wrong, as it is written in the claim; `added` says that the rest of the claim stands."""

    cause: Cause
    seen: str
    added: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim beside its sources, what rules find wrong with it, and what is weighed if they find nothing."""

    claim: Claim
    lines: tuple[Line, ...]
    best: Line
    faults: tuple[Fault, ...]
    features: tuple[float, ...]


class ClaimChecker:
    """Judges whether cited passages support a sentence, in Korean, in English and across."""

    def __init__(
        self,
        analyser: Analyser,
        embedder: Embedder,
        bridge: Bridge,
        names: frozenset[str] = frozenset(),
        weights: Weights | None = None,
    ) -> None:
        """Take what the pipeline has, and names of methods and the like; use fitted weights unless others are given."""
        self._preparer = Preparer(analyser, embedder, bridge, names)
        self._analyser = analyser
        self._weights = weights or fitted_weights()
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="qa.check")  # its thread ends with it

    def check(self, claim: str, language: Language, sources: Sequence[Source]) -> Judgement:
        """Judge one sentence by the sources that it cites; markers such as [1] and list marks are left out."""
        text = " ".join(_MARKS.sub("", unicodedata.normalize("NFC", claim)).split())
        text = _OPENING.sub("", text) or text
        if says_nothing(text, self._analyser, bool(sources)):
            return Judgement("supported")
        if not sources:
            return Judgement("unsupported", "uncited")
        views = self.views(sources)
        if not any(view.statements for view in views):
            return Judgement("unsupported", "missing")
        if (quoted := _quoted(text, views)) is not None:
            return quoted
        return self.judge(self.read(text, language, views))

    def prepare(self, sources: Sequence[Source]) -> None:
        """Take sources apart beside what goes on, so that checking a sentence that cites them need not."""
        self._beside.submit(self.views, sources)

    def read(self, text: str, language: Language, views: Sequence[SourceView]) -> Reading:
        """Lay a claim beside its sources and look for faults. Some source must have a statement."""
        claim = self._preparer.claim(text, language)
        beside = lines(claim, views, self._preparer.embed([text])[0])
        best = max(beside, key=lambda line: line.likeness(claim.weights) + _agreed(claim, line))
        figures = list(wrong_numbers(claim, beside))
        weak = [finding for finding in figures if finding.weak]
        faults = tuple(_faults(claim, beside, views, [finding for finding in figures if not finding.weak]))
        return Reading(claim, tuple(beside), best, faults, features(claim, beside, len(weak)))

    def views(self, sources: Sequence[Source]) -> list[SourceView]:
        """Return sources taken apart; they are remembered."""
        return [self._preparer.source(source.text, source.language, source.heading) for source in sources]

    def judge(self, reading: Reading) -> Judgement:
        """Judge a claim by the faults that were found in it, or else by what of it is there."""
        statement = reading.best.statement
        place = reading.best.source, statement.start, statement.end
        if reading.faults:
            cause = reading.faults[0].cause
            seen = tuple(dict.fromkeys(fault.seen for fault in reading.faults if fault.cause == cause))
            added = all(fault.added for fault in reading.faults)
            return Judgement("partly" if added else "unsupported", cause, seen[:MOST_SEEN], *place)
        probability = self._weights.probability(reading.features)
        if probability >= self._weights.supported:
            return Judgement("supported", None, (), *place)
        seen = missing_units(reading.claim, reading.lines)[:MOST_SEEN]
        if probability >= self._weights.partly or _stands_in_part(reading):
            return Judgement("partly", "terms", seen, *place)
        if reading.features[0] < RELATED:
            return Judgement("unsupported", "unrelated", (), *place)
        return Judgement("unsupported", "terms", seen, *place)


def _faults(
    claim: Claim, beside: Sequence[Line], views: Sequence[SourceView], figures: Sequence[Finding]
) -> Iterator[Fault]:
    """Yield what the rules find wrong, the surest first."""
    borne_out = dict(parts(claim, beside))
    names = list(wrong_names(claim, beside, views))
    unheard = [finding for finding in names if finding.missing]
    for finding in (*unheard, *figures, *(finding for finding in names if not finding.missing)):
        cause: Cause = "number" if finding.fault == "name" and finding.written[0].isdigit() else finding.fault
        yield Fault(cause, finding.written, _only_added(claim, finding, borne_out))
    swapped, decided = swaps(claim, beside)
    for swap in swapped:
        yield Fault("subject", swap.written)
    for contrary in contraries(claim, beside, decided):
        yield Fault(contrary.way, contrary.written)


def _only_added(claim: Claim, finding: Finding, borne_out: dict[int, float]) -> bool:
    """Whether what is wrong stands in a part that is badly borne out, beside others that are well borne out."""
    if not finding.missing:
        return False
    here = [borne_out[part] for part in claim.statement.parts_of(finding.at, finding.at + 1) if part in borne_out]
    others = [
        fit for part, fit in borne_out.items() if part not in claim.statement.parts_of(finding.at, finding.at + 1)
    ]
    return max(others, default=0.0) >= WELL and max(here, default=0.0) <= BADLY


def _stands_in_part(reading: Reading) -> bool:
    """Whether a part that says something by itself is borne out, in which case what is missing is only added."""
    claim = reading.claim
    weights = [np.where(inside, claim.weights, 0.0) for inside in claim.member]
    return any(w.sum() >= SAYS_MUCH and max(line.fit(w) for line in reading.lines) >= STANDS for w in weights)


def _agreed(claim: Claim, line: Line) -> float:
    """Return how much a statement's figures speak for it being the one that supports, 0 to 0.3."""
    claimed = claim.statement.quantities
    same = sum(any(agreement(one, stated) == "same" for stated in line.statement.quantities) for one in claimed)
    return 0.3 * same / len(claimed) if claimed else 0.0


def _quoted(text: str, views: Sequence[SourceView]) -> Judgement | None:
    """Return the judgement on a claim all of whose sentences stand in the sources as they are; None for others."""
    known = {
        _plain(statement.text): (number, statement.start, statement.end)
        for number, view in reversed(list(enumerate(views)))
        for statement in view.statements
    }
    if (place := known.get(_plain(text))) is not None:
        return Judgement("supported", None, (), *place)
    places = [known.get(_plain(text[start:end])) for start, end in sentence_spans(text)]
    if places and places[0] is not None and all(place is not None for place in places):
        return Judgement("supported", None, (), *places[0])
    return None


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split()).rstrip(".!?。 ").casefold()
