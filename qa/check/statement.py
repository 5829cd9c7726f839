"""A sentence in, a Statement out: its terms, the parts that it falls into, its quantities and what it says no to.

A row of a Markdown table is a statement too, whose cells also hold the words of their row and their column. Compares
nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser, Term
from index.sentences import sentence_spans
from qa.check.comparisons import Comparison, Deed, comparisons, deeds
from qa.check.naming import Name, names
from qa.check.polarity import Negation, Pole, negations, poles
from qa.check.quantities import Quantity, quantities
from qa.check.spans import Span

_PART = re.compile(
    r"[;:|]|,(?!\d{3})|\s[-–—]\s"
    r"|(?<=\s)(?:and|but|while|반면에?|그러나|whereas|although|though|because|since|which)(?=\s)"
    r"|(?<=[가-힣](?:고|며))(?=\s)|(?<=(?:지만|으나|는데|아서|어서|하여|므로|면서))(?=\s)"
    r"|(?<=[0-9A-Za-z가-힣](?:와|과))(?=\s)"
)
# Where a clause ends that says something by itself.
_CLAUSE = re.compile(
    r";|,?\s(?=(?:while|whereas|but|although|though)\s)|(?<=[가-힣](?:고|며))(?=[\s,])|(?<=지만)(?=[\s,])"
    r"|(?<=[는은른인운던한]데)(?=[\s,])|(?<=으나)(?=[\s,])|\s(?=반면)"
)
_ROUND = re.compile(r"(?P<before>[^\s(]*)\((?P<inside>[^()]*)\)")
_CELL = re.compile(r"[^|]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a source, `source[start:end]`, or a claim, taken apart.

    `terms` are its terms with their places in `text`; those that a table's row and header lend to a cell come last.
    `member[part, term]` says which terms stand in which of its parts; `parts` are their places.
    """

    text: str
    start: int
    end: int
    terms: tuple[Term, ...]
    parts: tuple[tuple[Span, ...], ...]
    member: NDArray[np.bool_]
    quantities: tuple[Quantity, ...]
    negations: tuple[Negation, ...]
    poles: tuple[Pole, ...]
    names: tuple[Name, ...]
    comparisons: tuple[Comparison, ...]
    deeds: tuple[Deed, ...]

    def parts_of(self, start: int, end: int) -> list[int]:
        """Return the parts that a place stands in."""
        return [at for at, spans in enumerate(self.parts) if any(s < end and start < e for s, e in spans)]

    def negated(self, start: int, end: int) -> bool:
        """Whether what stands there is surely said no to."""
        return any(negation.says_no_to(start, end) for negation in self.negations)

    def near_negation(self, start: int, end: int) -> bool:
        """Whether what stands there may be said no to."""
        return any(negation.reaches(start, end) for negation in self.negations)


def clauses(text: str) -> list[Span]:
    """Return the clauses of a sentence that say something by themselves; the whole where there is one."""
    cuts = [0, *(found.end() for found in _CLAUSE.finditer(text)), len(text)]
    return [(start, end) for start, end in zip(cuts, cuts[1:], strict=False) if text[start:end].strip()]


def read(text: str, analyser: Analyser, start: int = 0, known: frozenset[str] = frozenset()) -> Statement:
    """Take one sentence apart; `start` is its place in a source, `known` are names."""
    parts = tuple(_parts(text))
    return _statement(text, start, tuple(analyser.terms(text)), parts, (), known)


def statements(text: str, analyser: Analyser, known: frozenset[str] = frozenset()) -> list[Statement]:
    """Take a source apart, sentence by sentence and row by row."""
    found: list[Statement] = []
    header: list[str] | None = None
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if not sentence.startswith("|"):
            header = None
            found.append(read(sentence, analyser, start, known))
        elif header is None:
            header = _cells(sentence)
            found.append(read(sentence, analyser, start, known))
        else:
            found.append(_row(sentence, start, header, analyser, known))
    return found


def _row(text: str, start: int, header: Sequence[str], analyser: Analyser, known: frozenset[str]) -> Statement:
    """Take a row apart: each cell is a part, and is also about what its row and its column are called."""
    cells = [found.span() for found in _CELL.finditer(text) if found.group().strip()]
    parts = tuple((span,) for span in cells)
    first = text[slice(*cells[0])] if cells else ""
    lent: list[tuple[int, Term]] = []
    for at in range(1, len(cells)):
        column = header[at] if at < len(header) else ""
        lent += [(at, Term(term.text, -1, -1)) for name in (first, column) for term in analyser.terms(name)]
    lent += [(0, Term(term.text, -1, -1)) for term in analyser.terms(header[0] if header else "")] if cells else []
    return _statement(text, start, tuple(analyser.terms(text)), parts, lent, known)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _statement(
    text: str,
    start: int,
    own: tuple[Term, ...],
    parts: tuple[tuple[Span, ...], ...],
    lent: Sequence[tuple[int, Term]],
    known: frozenset[str],
) -> Statement:
    terms = (*own, *(term for _, term in lent))
    member = np.zeros((len(parts), len(terms)), np.bool_)
    for part, spans in enumerate(parts):
        for at, term in enumerate(own):
            member[part, at] = any(s < term.end and term.start < e for s, e in spans)
    for at, (part, _) in enumerate(lent, start=len(own)):
        member[part, at] = True
    negated = negations(text)
    opposites = poles(text, negated)
    return Statement(
        text=text,
        start=start,
        end=start + len(text),
        terms=terms,
        parts=parts,
        member=member,
        quantities=quantities(text),
        negations=negated,
        poles=opposites,
        names=names(text, known),
        comparisons=tuple(comparisons(text, opposites)),
        deeds=tuple(deeds(text)),
    )


def _parts(text: str) -> Iterator[tuple[Span, ...]]:
    """Yield the clauses and list members of a sentence; what is in brackets goes with the word before them."""
    rounds = list(_ROUND.finditer(text))
    for found in rounds:
        yield (found.span(),)
    inside = [found.span("inside") for found in rounds]
    at = 0
    for cut in [*_PART.finditer(text), None]:
        stop = cut.start() if cut else len(text)
        if cut and any(start <= stop < end for start, end in inside):
            continue
        spans = tuple(_without(at, stop, inside))
        if any(text[start:end].strip() for start, end in spans):
            yield spans
        at = cut.end() if cut else stop


def _without(start: int, stop: int, holes: Sequence[Span]) -> Iterator[Span]:
    """Yield what of a span lies outside of the holes."""
    for hole_start, hole_end in holes:
        if start < hole_end and hole_start < stop:
            if start < hole_start:
                yield (start, hole_start)
            start = max(start, hole_end)
    if start < stop:
        yield (start, stop)
