"""A hit and the question it was found for in, whether it holds the names and words that are asked about out."""

from qa.retrieve import Hit, Run

_HELD = 0.3  # how well a name must be matched to be there


def is_unheard(run: Run, best: Hit) -> bool:
    """Whether it is asked what something is whose name, written as names are, the best section does not hold."""
    return run.query.kind == "definition" and _holds_name(run, best) is False


def is_of_others(run: Run, hit: Hit, best: Hit) -> bool:
    """Whether a hit of another work than the best one holds no name that is asked about, as the best one does.

    Nor is anything in its title: of two works that are asked about one may go by no name. In comparisons others count.
    """
    if run.query.kind == "comparison":
        return False
    of_another = hit.passage.work != best.passage.work and _holds_name(run, hit) is False
    return of_another and _holds_name(run, best) is True and not _is_titled(hit)


def is_foreign(best: Hit) -> bool:
    """Whether a section with known questions holds nothing of what is asked, nor does any of these in its words."""
    likeness = best.likeness
    return likeness is not None and likeness.words == 0 and all(match.strength < _HELD for match in best.matches)


def _holds_name(run: Run, hit: Hit) -> bool | None:
    """Whether a section, its headings or title hold a name that is asked about; None where none is."""
    named = [match for match in hit.matches if run.query.names & set(match.unit.own)]
    return any(match.strength >= _HELD for match in named) if named else None


def _is_titled(hit: Hit) -> bool:
    """Whether something that is asked about stands in the title of a hit's document."""
    title = hit.passage.title.lower()
    forms = (match.form.written if match.form else match.unit.written for match in hit.matches)
    return any(form.lower() in title for form in forms)
