"""Whether a hit holds the names that are asked about."""

from qa.holding import is_of_others, is_unheard
from qa.retrieve import Hit, Match
from qa.wording import Kind
from tests.made import hit, passage, question, run, unit

PAGED, PROBLEM = unit("PagedAttention", ["pagedattention"]), unit("problem", ["problem"])


def holding(strength: float, work: str, *, named: bool = True, title: str = "Title") -> Hit:
    matches = [Match(PAGED, None, strength, 0.8)] if named else []
    return hit(passage(1, work=work, title=title), matches=[*matches, Match(PROBLEM, None, 1.0, 0.2)])


def test_a_hit_of_another_work_must_hold_the_name_that_the_best_one_holds() -> None:
    asked = run(question("which problem does PagedAttention solve", names=["pagedattention"]), [])
    best = holding(1.0, "paged")
    assert is_of_others(asked, holding(0.0, "dapo"), best)
    assert not is_of_others(asked, holding(0.0, "paged"), best)
    assert not is_of_others(asked, holding(0.5, "dapo"), best)
    assert not is_of_others(asked, holding(0.0, "dapo"), holding(0.0, "other"))
    assert not is_of_others(asked, holding(0.0, "dapo", title="Problems of Memory"), best)
    compared = run(question("how does PagedAttention differ", kind="comparison", names=["pagedattention"]), [])
    assert not is_of_others(compared, holding(0.0, "dapo"), best)
    unnamed = run(question("which problem is solved"), [])
    assert not is_of_others(unnamed, holding(0.0, "dapo", named=False), holding(1.0, "paged", named=False))


def test_a_name_in_the_title_of_the_best_one_counts_alone() -> None:
    asked = run(question("which GPU does PagedAttention use", names=["pagedattention", "gpu"]), [])
    gpu = Match(unit("GPU", ["gpu"]), None, 1.0, 0.5)

    def found(strength: float, work: str, title: str) -> Hit:
        return hit(passage(1, work=work, title=title), matches=[gpu, Match(PAGED, None, strength, 0.8)])

    other = found(0.0, "llama", "Llama 3")
    assert is_of_others(asked, other, found(1.0, "paged", "PagedAttention: Memory"))
    assert not is_of_others(asked, other, found(1.0, "paged", "Memory"))


def test_what_is_defined_must_be_heard_of() -> None:
    def unheard(strength: float, kind: Kind) -> bool:
        asked = run(question("what is PagedAttention", kind=kind, names=["pagedattention"]), [])
        return is_unheard(asked, holding(strength, "w"))

    assert unheard(0.2, "definition")
    assert not unheard(0.3, "definition") and not unheard(0.2, "why")
