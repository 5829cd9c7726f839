"""How a search weighs languages and parts, with weights that are given: BM25 over words alone, unless said otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index import library as library_module
from index.library import Library
from index.segments.vectors import Spread
from qa.ask import Assistant
from qa.question.query import understand
from qa.retrieval import retrieve
from qa.retrieval.asked import AskedQuestions, Row
from qa.retrieval.fuse import FEW, Weights, fitted_weights, standardise
from qa.retrieval.retrieve import PREDICATE_SHARE, Match, Retriever, Run
from qa.words.bridge import Bridge
from tests.made import WordEmbedder, hit, passage, unit

WORDS = Weights(words=1.0, cosine=0.0, edition=0.0, offset=0.0)
PAIRS = ("ko-ko", "ko-en", "en-ko", "en-en")


def retriever(library: Library, asked: Sequence[Row] = (), weights: Weights = WORDS) -> Retriever:
    analyser, embedder = library.analyser, library.embedder
    bridge = Bridge([("보상", "reward")], [], {}, analyser)
    questions = AskedQuestions(asked, analyser, embedder)
    return Retriever(library, bridge, questions, dict.fromkeys(PAIRS, weights))


def searched(found: Retriever, library: Library, question: str, top_k: int = 100) -> Run:
    return found.search(understand(question, library.analyser), top_k)


def names(run: Run) -> list[tuple[str, str]]:
    return [(one.passage.doc_id, one.passage.section_id) for one in run.hits]


@pytest.fixture(scope="module")
def library(assistant: Assistant) -> Library:
    return assistant.library


def array(*values: float) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    return np.array(values, np.float32)


# standardise


def alone(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    return standardise(scores, Spread.of(scores))


def among(scores: NDArray[np.float32], every: NDArray[np.float32]) -> NDArray[np.float32]:
    return standardise(scores, Spread.of(scores), Spread.of(every))


def test_scores_are_standardised() -> None:
    # mean 3, variance ((1 - 3)² + (2 - 3)² + (6 - 3)²) / 3 = 14 / 3
    spread = (14 / 3) ** 0.5
    assert alone(array(1, 2, 6)).tolist() == pytest.approx([-2 / spread, -1 / spread, 3 / spread])


def test_scores_that_do_not_differ_say_nothing() -> None:
    assert alone(array(4, 4, 4)).tolist() == [0, 0, 0]
    assert alone(array(4)).tolist() == [0]
    assert among(array(4), array(4, 4, 4)).tolist() == [0]


def test_few_scores_are_drawn_towards_those_of_the_whole_library() -> None:
    few, every = array(2, 4), array(2, 4, 0, 0, 0, 6)
    count = FEW + 2
    mean = (2 * 3 + FEW * 2) / count
    square = (2 * (4 + 16) / 2 + FEW * (4 + 16 + 36) / 6) / count
    spread = (square - mean**2) ** 0.5
    assert among(few, every).tolist() == pytest.approx([(2 - mean) / spread, (4 - mean) / spread], rel=1e-5)


def test_a_single_score_is_compared_with_the_library() -> None:
    every = array(1, 5, 9, 9)
    count = FEW + 1
    mean = (1 + FEW * 6) / count
    spread = ((1 + FEW * (1 + 25 + 81 + 81) / 4) / count - mean**2) ** 0.5
    assert among(every[:1], every).tolist() == pytest.approx([(1 - mean) / spread], rel=1e-5)
    assert among(every[:1], every)[0] < -1


def test_a_library_of_one_language_is_standardised_by_itself() -> None:
    scores = array(1, 2, 6)
    assert among(scores, scores).tolist() == alone(scores).tolist()


# languages

KOREAN = ("보상 점수", "보상 신호", "보상 비교", "소풍")
ENGLISH = "# Office guide\n\n## Lunch\n\nLunch, a signal.\n\n## Parking\n\nPark.\n\n## Keys\n\nKeys.\n"
# The lunch means a little of what is asked for; nothing else in English does.
MEANINGS = WordEmbedder(
    {"보상": (1, 0, 0), "lunch": (0.28, 0.96, 0), "소풍": (0, 1, 0), "park": (0, 0, 1), "key": (0, 0, 1)}
)


@pytest.fixture(scope="module")
def korean_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Four Korean pages, three of them right, and an English one in three sections."""
    folder = tmp_path_factory.mktemp("korean")
    (folder / "office.md").write_text(ENGLISH, encoding="utf-8")
    for at, text in enumerate(KOREAN):
        (folder / f"note{at}.md").write_text(f"# 쪽 {at}\n\n{text}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library_module, "open_embedder", lambda _: MEANINGS)
        library = Library.open(folder / "library", create=True)
    with library:
        library.decline_shipped()
        library.add(sorted(folder.glob("*.md")))
        yield library


def test_one_english_page_does_not_lead_a_korean_library(
    korean_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_meaning = retriever(korean_library, weights=replace(WORDS, words=0.0, cosine=1.0))
    found = searched(by_meaning, korean_library, "보상").hits
    assert [one.passage.language for one in found[:3]] == ["ko", "ko", "ko"]
    best = next(one for one in found if one.passage.doc_id == "office")
    every = [1, 1, 1, 0, 0.28, 0, 0]
    mean = (3 * 0.28 / 3 + FEW * sum(every) / 7) / (3 + FEW)
    square = (3 * 0.28**2 / 3 + FEW * sum(value**2 for value in every) / 7) / (3 + FEW)
    assert best.score == pytest.approx((0.28 - mean) / (square - mean**2) ** 0.5, rel=1e-4)
    # without the Library beside it, being the best of three sections would say more than being one of three right ones
    monkeypatch.setattr("qa.retrieval.fuse.FEW", 0)
    first = searched(by_meaning, korean_library, "보상").hits[0]
    assert first.passage.doc_id == "office"
    assert first.score == pytest.approx(2 / 2**0.5, rel=1e-4)


def test_a_hits_score_is_the_weighted_sum_of_its_standardised_parts(library: Library) -> None:
    weights = Weights(words=0.5, cosine=3.0, edition=0.0, offset=0.25)
    run = searched(retriever(library, weights=weights), library, "What does the reward model score?")
    assert {one.passage.row for one in run.hits} == set(library.store.rows())  # all are few enough to be looked at
    parts = np.array([[one.words, one.cosine] for one in run.hits], np.float32).T
    english = np.array([one.passage.language == "en" for one in run.hits])
    for mask in (english, ~english):
        scores = np.array([0.5, 3.0]) @ np.stack([among(part[mask], part) for part in parts])
        assert [one.score for one, is_in in zip(run.hits, mask, strict=True) if is_in] == pytest.approx(
            (scores + 0.25).tolist(), abs=1e-4
        )


@pytest.mark.parametrize(
    ("heading", "number", "matches"),
    [
        ("3. Method", "3", True),
        ("3 Method", "3", True),
        ("3장 방법", "3", True),
        ("3.1. Data", "3.1", True),
        ("3.1. Data", "3", False),
        ("3D Gaussian Splatting", "3", False),
        ("3차원 복원", "3", False),
        ("13. Method", "3", False),
    ],
)
def test_a_section_is_known_by_the_number_of_its_heading(heading: str, number: str, matches: bool) -> None:
    assert hit(passage(1, path=("Part", heading))).section_matches(number) is matches


def test_a_section_gains_from_the_works_other_edition(library: Library) -> None:
    question = "What does the reward model score?"
    plain = {one.passage.passage_id: one.score for one in searched(retriever(library), library, question).hits}
    weights = Weights(words=1.0, cosine=0.0, edition=0.5, offset=0.0)
    lifted = {
        one.passage.passage_id: one for one in searched(retriever(library, weights=weights), library, question).hits
    }
    (korean,) = (
        one for one in lifted.values() if (one.passage.doc_id, one.passage.path[-1:]) == ("align.ko", ("보상",))
    )
    (english,) = (one for one in lifted.values() if one.passage.path[-1:] == ("Rewards",))
    before = {one.passage.language: plain[one.passage.passage_id] for one in (korean, english)}
    assert before["en"] > 0
    assert korean.score == pytest.approx(before["ko"] + 0.5 * before["en"])
    assert english.score == pytest.approx(before["en"] + 0.5 * max(0.0, before["ko"]))
    alone = [one for one in lifted.values() if one.passage.work == "synthetic"]
    assert [one.score for one in alone] == [plain[one.passage.passage_id] for one in alone]


# known questions

FILTERING = ("synthetic", "1")
ASKED = [Row(FILTERING, "밥은 언제 먹나?", "Which lunch do judges eat?")]


def test_a_section_is_found_by_its_known_questions_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieve, "CANDIDATES", 1)
    question = "Which lunch do judges eat?"
    without = searched(retriever(library), library, question)
    assert FILTERING not in names(without) and names(without)[0] == ("meeting", "0")  # which tells of judges
    found = searched(retriever(library, ASKED), library, question)
    assert set(names(found)) == {*names(without), FILTERING}
    (one,) = (one for one in found.hits if (one.passage.work, one.passage.section_id) == FILTERING)
    assert one.words == 0
    assert one.likeness is not None and one.likeness.total == pytest.approx(2.0, abs=1e-5)
    assert [one.likeness for one in found.hits if (one.passage.work, one.passage.section_id) != FILTERING] == (
        [None] * len(without.hits)
    )


def test_a_section_with_known_questions_comes_on_top_of_the_best(library: Library) -> None:
    first = searched(retriever(library, ASKED), library, "Which lunch do judges eat?", top_k=1)
    assert names(first) == [("meeting", "0"), FILTERING]
    assert names(searched(retriever(library), library, "Which lunch do judges eat?", top_k=1)) == [("meeting", "0")]


def test_so_many_sections_are_looked_at_and_no_more(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieve, "CANDIDATES", 1)
    monkeypatch.setattr(retrieve, "ASKED_SECTIONS", 1)
    second = Row(("synthetic", "0"), "밥을 먹나?", "Is the garden green?")
    found = searched(retriever(library, [*ASKED, second]), library, "Which lunch do judges eat?")
    assert FILTERING in names(found) and ("synthetic", "0") not in names(found)


def test_known_questions_of_sections_that_are_not_there_change_nothing(library: Library) -> None:
    strange = [Row(("nowhere", "1"), "밥은 언제 먹나?", "Which lunch do judges eat?")]
    question = "Which lunch do judges eat?"
    assert searched(retriever(library, strange), library, question).hits == (
        searched(retriever(library), library, question).hits
    )


def test_rows_of_a_section_are_those_of_all_editions(library: Library) -> None:
    every = library.store.passages(library.store.rows())
    rows = library.store.rows_by_section(["align"])["align", "method"]
    assert rows == [one.row for one in every if (one.work, one.section_id) == ("align", "method")]
    assert {one.doc_id for one in library.store.passages(rows)} == {"align.en", "align.ko"}
    assert ("align", "nothing") not in library.store.rows_by_section(["align"])
    assert library.store.rows_by_section(["nothing"]) == {}


# what a hit knows


def test_units_in_a_passage_are_matched_through_the_bridge(library: Library) -> None:
    run = searched(retriever(library), library, "보상")
    (one,) = (one for one in run.hits if one.passage.path[-1:] == ("Rewards",))
    (match,) = one.matches
    assert (match.unit.written, match.strength) == ("보상", 0.95)  # in other words than the question's
    assert match.form is not None and match.form.written == "reward"
    assert one.coverage == pytest.approx(0.95)


def idf_of_reward(library: Library, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> float:
    given = replace(unit("reward", ["reward"]), **changes)
    monkeypatch.setattr(Bridge, "units", lambda *_: [given])
    (idf,) = searched(retriever(library), library, "reward").idfs
    return idf


def test_a_unit_says_as_much_as_it_is_rare(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    passages = library.store.passages(library.store.rows())
    holding = sum("reward" in library.analyser.words(" / ".join((one.title, *one.path, one.text))) for one in passages)
    assert holding == 1
    plain = log(1 + (len(passages) - 1 + 0.5) / 1.5) / log(1 + (len(passages) + 0.5) / 0.5)
    assert idf_of_reward(library, monkeypatch) == pytest.approx(plain)
    assert idf_of_reward(library, monkeypatch, rarity=0.2) == 0.2  # an everyday word
    assert idf_of_reward(library, monkeypatch, predicate=True) == pytest.approx(PREDICATE_SHARE * plain)


def test_coverage_is_the_share_of_the_idf_mass() -> None:
    reward, margin = unit("reward", ["reward"]), unit("margin", ["margin"])
    made = hit(passage(0), matches=[Match(reward, None, 0.5, 0.6), Match(margin, None, 1.0, 0.2)])
    assert made.coverage == pytest.approx((0.5 * 0.6 + 1.0 * 0.2) / 0.8)
    assert hit(passage(0)).coverage == 0.0


@pytest.mark.parametrize(
    ("heading", "number", "matches"),
    [
        ("2. Two", "2", True),
        ("2.1 Two", "2", False),
        ("2.1 Two", "2.1", True),
        ("2.10 Two", "2.1", False),
        ("12. Two", "2", False),
    ],
)
def test_a_section_is_known_by_its_number(heading: str, number: str, matches: bool) -> None:
    assert hit(passage(0, path=("2. Above", heading))).section_matches(number) is matches


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty", create=True) as empty:
        assert searched(retriever(empty), empty, "reward").hits == ()


def test_weights_are_fitted_for_every_pair_of_languages() -> None:
    assert set(fitted_weights()) == set(PAIRS)


# only some documents are asked


def test_only_the_documents_asked_are_found_and_their_scores_stay(library: Library) -> None:
    found = retriever(library)
    query = understand("Orchid-2 accuracy", library.analyser)
    every = {hit.passage.passage_id: hit.score for hit in found.search(query, 100).hits}
    some = found.search(query, 100, frozenset({"align.en", "synthetic"})).hits
    assert {hit.passage.doc_id for hit in some} == {"align.en", "synthetic"}
    assert {hit.passage.passage_id: hit.score for hit in some} == {
        name: score for name, score in every.items() if name.split("#")[0] in ("align.en", "synthetic")
    }


@pytest.mark.parametrize("within", [frozenset(), frozenset({"nowhere"})])
def test_where_no_document_is_asked_nothing_is_found(library: Library, within: frozenset[str]) -> None:
    assert retriever(library).search(understand("reward", library.analyser), 10, within).hits == ()
