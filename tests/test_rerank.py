"""The order of hits by a linear model whose signals and weights are given."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.question.query import Query
from qa.retrieval.asked import Likeness
from qa.retrieval.evidence import Inspector
from qa.retrieval.rerank import (
    EDITION_SHARE,
    NUMBER_BONUS,
    SECTION_BONUS,
    LinearReranker,
    by_kind,
    fitted_rerank,
    with_other_editions,
)
from qa.retrieval.retrieve import Hit, Run
from qa.retrieval.signals import OF_UNASKED, SIGNALS, UNASKED, SignalReader
from tests.made import WordEmbedder, hit, passage, question, run, tiny_analyser, unit

EMBEDDER = WordEmbedder({"reward": (1.0,)})


class GivenSignals(SignalReader):
    """Gives every hit its own score as the first signal, and 1 for `survey` where its title says so; none is asked."""

    def read(self, run: Run) -> NDArray[np.float64]:
        found = np.zeros((len(run.hits), len(SIGNALS)))
        found[:, 0] = [one.score for one in run.hits]
        found[:, UNASKED] = 1
        found[:, SIGNALS.index("survey")] = [run.query.survey and "survey" in one.passage.title for one in run.hits]
        return found


def reranked(query: Query, hits: Sequence[Hit], weight: float = 1.0, units: int = 1) -> list[tuple[int, float]]:
    """Return rows and scores when the first signal has that weight and all others none."""
    weights = [weight, *[0.0] * (2 * len(SIGNALS) - 1)]
    made = run(query, hits, [unit(f"u{at}", [f"u{at}"]) for at in range(units)], [1.0] * units)
    found = LinearReranker(GivenSignals(Inspector(tiny_analyser(), EMBEDDER), EMBEDDER), weights).rerank(made)
    return [(one.passage.row, one.score) for one in found.hits]


def test_scores_are_drawn_towards_the_other_edition_where_there_is_one() -> None:
    hits = [
        hit(passage(0, section="a", language="ko")),
        hit(passage(1, section="a", language="en")),
        hit(passage(2, section="b", language="en")),  # another section
        hit(passage(3, section="a", language="ko", work="x")),  # another work
    ]
    scores = np.array([4.0, 2.0, 7.0, 1.0])
    assert EDITION_SHARE == 0.5
    assert with_other_editions(hits, scores).tolist() == [4 + (2 - 4) / 2, 2 + (4 - 2) / 2, 7.0, 1.0]
    assert scores.tolist() == [4.0, 2.0, 7.0, 1.0]  # the given ones stay


def test_the_other_editions_best_passage_counts() -> None:
    hits = [hit(passage(row, language=language)) for row, language in enumerate(("ko", "ko", "en"))]  # type: ignore[arg-type]
    assert with_other_editions(hits, np.array([6.0, -2.0, 1.0])).tolist() == [3.5, -0.5, 3.5]


def test_hits_are_sorted_by_the_weighted_signals() -> None:
    hits = [hit(passage(row, section=str(row)), score) for row, score in enumerate((1.0, 3.0, 2.0))]
    assert reranked(question(), hits, 2.0) == [(1, 6.0), (2, 4.0), (0, 2.0)]
    assert reranked(question(), hits, -1.0) == [(0, -1.0), (2, -2.0), (1, -3.0)]


def test_ties_keep_their_order() -> None:
    hits = [hit(passage(row, section=str(row)), score) for row, score in ((7, 1.0), (3, 2.0), (9, 1.0), (1, 2.0))]
    assert [row for row, _ in reranked(question(), hits)] == [3, 1, 7, 9]


def test_hits_carry_what_the_reranker_saw() -> None:
    weights = [1.0] * (2 * len(SIGNALS))
    reader = SignalReader(Inspector(tiny_analyser(), EMBEDDER), EMBEDDER)
    made = run(question(), [hit(passage(0), 2.0), hit(passage(1, "A reward.", section="2"), 1.0)])
    seen = {one.passage.row: row for one, row in zip(made.hits, reader.read(made).tolist(), strict=True)}
    for found in LinearReranker(reader, weights).rerank(made).hits:
        assert list(found.signals) == seen[found.passage.row]
        assert found.score == pytest.approx(sum(found.signals))


def test_the_section_asked_for_by_number_comes_first() -> None:
    headings = ("1. One", "2. Two", "2.1 Two and a bit", "20. Twenty", "2 without a stop")
    hits = [
        hit(passage(row, section=str(row), path=("2. Above", heading)), 9.0 - row)
        for row, heading in enumerate(headings)
    ]
    assert reranked(question(section="2"), hits) == [
        *((1, 8.0 + NUMBER_BONUS), (4, 5.0 + NUMBER_BONUS)),
        *((0, 9.0), (2, 7.0), (3, 6.0)),
    ]
    assert reranked(question(), hits)[0] == (0, 9.0)


def test_the_surveys_summary_comes_first_for_a_question_on_all_of_it() -> None:
    hits = [
        hit(passage(0, section="a", path=("Method",), title="survey"), 3.0),
        hit(passage(1, section="b", path=("Overall summary",), title="survey"), 2.0),
        hit(passage(2, section="c", path=("Overall summary",), title="a paper"), 1.0),
        hit(passage(3, section="d", path=(), title="survey"), 0.0),
    ]
    asked = question(kind="summary", survey=True)
    lifted = [(1, 2.0 + SECTION_BONUS), (0, 3.0), (2, 1.0), (3, 0.0)]
    assert reranked(asked, hits, units=3) == lifted
    plain = [(0, 3.0), (1, 2.0), (2, 1.0), (3, 0.0)]
    assert reranked(asked, hits, units=4) == plain  # a topic of its own
    assert reranked(question(kind="summary"), hits) == plain  # of no survey
    assert reranked(question(survey=True), hits) == plain  # no summary


def test_nothing_found_is_returned_as_it_is() -> None:
    assert reranked(question(section="2"), []) == []


def test_there_are_fitted_weights_for_every_signal() -> None:
    assert len(fitted_rerank()) == 2 * len(SIGNALS)


def test_sections_with_known_questions_have_weights_of_their_own() -> None:
    reader = SignalReader(Inspector(tiny_analyser(), EMBEDDER), EMBEDDER)
    known = hit(passage(1, section="2"), 1.0, likeness=Likeness(0.9, 0.8))
    made = run(question(), [hit(passage(0), 2.0), known], [unit("reward", ["reward"])], [1.0])
    weights = np.zeros((2, len(SIGNALS)))
    weights[0, UNASKED], weights[1, SIGNALS.index("asked_meaning")] = 0.7, 2.0
    found = LinearReranker(reader, weights.ravel().tolist()).rerank(made)
    assert [one.passage.row for one in found.hits] == [1, 0]
    assert [one.score for one in found.hits] == pytest.approx([1.6, 0.7])
    signals = reader.read(made)
    assert by_kind(signals).tolist() == [
        [*signals[0].tolist(), *[0.0] * len(SIGNALS)],
        [*[0.0] * len(SIGNALS), *signals[1].tolist()],
    ]


def test_what_tells_the_hits_apart_counts_only_without_known_questions() -> None:
    both = np.ones((2, len(SIGNALS)))
    both[1, UNASKED] = 0.0
    unasked, asked = np.split(by_kind(both), 2, axis=1)
    at = [SIGNALS.index(name) for name in OF_UNASKED]
    assert unasked[0, at].tolist() == [1.0, 1.0]
    assert asked[1, at].tolist() == [0.0, 0.0]
    assert asked[1].sum() == len(SIGNALS) - 1 - len(OF_UNASKED)
