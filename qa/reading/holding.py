"""A hit and the question it was found for in, whether it holds the names and words that are asked about out."""

from collections.abc import Sequence

from qa.question.query import calls_a_text
from qa.retrieval.retrieve import Hit, Match, Run
from qa.words.bridge import Unit

_BEST = 5  # hits that are looked at
_PART = 0.35  # of what is asked about, by idf
_HELD = 0.3  # how well a name must be matched to be there


def is_unheard(run: Run, best: Hit) -> bool:
    """Whether it is asked what something is whose name, written as names are, the best section does not hold."""
    named = _named(run, best)
    return run.query.kind == "definition" and bool(named) and all(match.strength < _HELD for match in named)


def is_of_others(run: Run, hit: Hit, best: Hit) -> bool:
    """Whether a hit of another work than the best one holds no name that is asked about, as the best one does.

    Of the names only those count that stand in the best one's title, if some do. Nor is anything in the hit's own
    title: of two works that are asked about one may go by no name. In comparisons others count.
    """
    if run.query.kind == "comparison" or hit.passage.work == best.passage.work:
        return False
    named = [match.unit for match in _named(run, best) if match.strength >= _HELD]
    title = best.passage.title.lower()
    named = [unit for unit in named if unit.written.lower() in title] or named
    held = [match for match in hit.matches if match.unit in named and match.strength >= _HELD]
    return bool(named) and not held and not _is_titled(hit)


def is_foreign(best: Hit) -> bool:
    """Whether a section with known questions holds nothing of what is asked, nor does any of these in its words."""
    likeness = best.likeness
    return likeness is not None and likeness.words == 0 and all(match.strength < _HELD for match in best.matches)


def topics_of(run: Run) -> list[Unit]:
    """Return the things that are asked about: neither what is done, nor what a text is called."""
    return [unit for unit in run.units if not (unit.predicate or calls_a_text(unit.written))]


def holds_topics(run: Run) -> bool:
    """Whether one of the best hits holds a part of what is asked about, besides the text itself and what is done."""
    topics = topics_of(run)
    return not topics or any(_share(topics, hit) >= _PART for hit in run.hits[:_BEST])


def _share(topics: Sequence[Unit], hit: Hit) -> float:
    """Return how much of some units a hit holds, by what each says, 0 to 1."""
    matches = [match for match in hit.matches if match.unit in topics]
    total = sum(match.idf for match in matches)
    return sum(match.idf for match in matches if match.strength >= _HELD) / total if total else 0.0


def _named(run: Run, hit: Hit) -> list[Match]:
    return [match for match in hit.matches if run.query.names & set(match.unit.own)]


def _is_titled(hit: Hit) -> bool:
    """Whether something that is asked about stands in the title of a hit's document."""
    title = hit.passage.title.lower()
    forms = (match.form.written if match.form else match.unit.written for match in hit.matches)
    return any(form.lower() in title for form in forms)
