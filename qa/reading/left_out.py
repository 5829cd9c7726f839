"""The sentences chosen for an answer in, with the one that tells what they leave out of the question out.

"What tau does the pinball loss use?" is told by a sentence on tau, though others say more of the loss.
"""

from collections.abc import Sequence

from qa.reading.candidate import Candidate, Place
from qa.retrieval.retrieve import Run
from qa.words.bridge import held_by, left_by

_LEFT = 0.25  # of what is asked, from which a sentence is shown beside those that hold nothing of it


def with_what_is_left_out(
    chosen: list[Candidate], candidates: Sequence[Candidate], run: Run, places: Sequence[Place]
) -> list[Candidate]:
    """Return the chosen of some sentences, and the best one of their section that holds what they leave out.

    Where known questions say which sentences answer, nothing is left out.
    """

    def held(candidate: Candidate) -> tuple[float, ...]:
        return run.matcher.strengths(candidate.terms, places[candidate.place].document.language)

    if not chosen or chosen[0].has_known:
        return chosen
    best = max(chosen, key=lambda candidate: candidate.score)
    left = left_by(run.idfs, [max(told) for told in zip(*map(held, chosen), strict=True)])
    least = _LEFT * sum(run.idfs)
    adding = [
        candidate
        for candidate in candidates
        if candidate.place == best.place and candidate not in chosen and held_by(left, held(candidate)) >= least > 0
    ]
    return [*chosen, *sorted(adding, key=lambda candidate: -candidate.score)[:1]]
