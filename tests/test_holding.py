"""Whether a hit holds the names that are asked about."""

from pathlib import Path

from qa import open_library
from qa.question.wording import Kind
from qa.reading.holding import holds_topics, is_of_others, is_unheard
from qa.retrieval.retrieve import Hit, Match
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


def test_a_part_of_what_is_asked_has_to_be_held_besides_the_text_itself() -> None:
    paper, hardware = unit("paper", ["paper"]), unit("hardware", ["hardwar"])

    def held(strength: float) -> bool:
        matches = [Match(paper, None, 1.0, 0.3), Match(hardware, None, strength, 0.5), Match(PROBLEM, None, 1.0, 0.2)]
        found = hit(passage(1, work="tides"), matches=matches)
        return holds_topics(run(question("what hardware solves it in this paper"), [found], [paper, hardware, PROBLEM]))

    assert held(1.0)
    assert not held(0.2)  # problem alone says too little


NAMED = """# GRDP추계 사업

## 개요

- 전국 시도 중 서울시만 자치구 GRDP추계를 내지 않고 있음.
- 담당부서는 내년부터 GRDP추계 작업을 진행한다고 하니 예산을 지원해 주기 바람.
"""


def test_a_name_in_the_place_of_this_paper_answers_nothing_that_its_text_does_not_hold(tmp_path: Path) -> None:
    (tmp_path / "grdp.md").write_text(NAMED, encoding="utf-8")
    with open_library(tmp_path / "library") as library:
        library.add([tmp_path / "grdp.md"])
        assert library.ask("what hardware does this paper use?", within=["grdp"]).abstained
        assert library.ask("이 논문의 GPU는?", within=["grdp"]).abstained
        assert not library.ask("이 논문에서 예산은?", within=["grdp"]).abstained
