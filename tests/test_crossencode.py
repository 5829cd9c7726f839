"""Cross-encoders as rerankers: whose order and whose scores, and which models are refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.storage.record import StoredPassage
from qa.ask import Assistant
from qa.question.query import Query
from qa.retrieval.crossencode import CrossEncoderReranker, open_reranker, pair_text
from qa.retrieval.retrieve import Hit, Run
from qa.words.bridge import Matcher
from tests.test_embed import offline, quiet, tiny_bert

__all__ = ["offline", "quiet"]  # fixtures

TEXTS = ["a cat", "dogs and cats", "the reward of a model", "text", "zebra", "a quick brown fox", "one two three"]
QUERY = Query("which cat?", "en", "other", (), frozenset())


def hit(at: int, score: float) -> Hit:
    passage = StoredPassage(
        at, f"p{at}", "doc", "doc", "Title", "en", "doc.md", f"s{at}", ("Animals", f"Part {at}"), 0, 9, None, TEXTS[at]
    )
    return Hit(passage, score, 0.0, 0.0, (), signals=(float(at),))


class Reversed:
    """An inner reranker: turns the hits around and scores them 3, 2, 1, 0, -1, …"""

    def rerank(self, run: Run) -> Run:
        turned = [replace(hit, score=3.0 - place) for place, hit in enumerate(reversed(run.hits))]
        return replace(run, hits=tuple(turned))


RUN = Run(QUERY, Matcher(()), (), tuple(hit(at, 0.0) for at in range(len(TEXTS))))


def rows(run: Run) -> list[int]:
    return [hit.passage.row for hit in run.hits]


def test_bundled_is_the_inner_reranker() -> None:
    inner = Reversed()
    assert open_reranker("bundled", inner) is inner


def test_the_cross_encoder_reads_headings_and_text() -> None:
    assert pair_text(hit(0, 0.0).passage) == "Animals / Part 0\na cat"
    assert pair_text(replace(hit(0, 0.0).passage, path=())) == "a cat"


def test_a_reranker_that_is_not_here_is_not_downloaded(offline: Path) -> None:
    with pytest.raises(
        ModelError,
        match=r"the reranker 'BAAI/bge-reranker-v2-m3' is not on this machine: .* run `hf download "
        r"BAAI/bge-reranker-v2-m3` once, or give the folder of a copy, `--reranker FOLDER`, or use 'bundled'",
    ):
        open_reranker("bge-reranker-v2-m3", Reversed())


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "offline")
def test_hits_stand_in_the_cross_encoders_order_and_keep_the_set_of_scores(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    folder = tiny_bert(tmp_path / "scorer", labels=1)
    inner = Reversed().rerank(RUN)
    theirs = CrossEncoder(str(folder), device="cpu").predict(
        [(QUERY.text, pair_text(hit.passage)) for hit in inner.hits], show_progress_bar=False
    )
    order = np.argsort(-theirs).tolist()
    assert order not in (sorted(order), sorted(order, reverse=True)), "an order that could be had by chance"
    reranked = CrossEncoderReranker(str(folder), Reversed()).rerank(RUN)
    assert rows(reranked) == [rows(inner)[at] for at in order]
    assert [hit.score for hit in reranked.hits] == [3, 2, 1, 0, -1, -2, -3]
    assert [hit.signals for hit in reranked.hits] == [(float(row),) for row in rows(reranked)]
    assert (reranked.query, reranked.units) == (RUN.query, RUN.units)


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "offline")
def test_hits_below_the_depth_stay_below_in_their_order(tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path / "scorer", labels=1)
    deep = rows(CrossEncoderReranker(str(folder), Reversed()).rerank(RUN))
    shallow = CrossEncoderReranker(str(folder), Reversed(), depth=4).rerank(RUN)
    assert rows(shallow)[:4] == [row for row in deep if row in (6, 5, 4, 3)]
    assert rows(shallow)[4:] == [2, 1, 0]
    assert [hit.score for hit in shallow.hits] == [3, 2, 1, 0, -1, -2, -3]


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "offline")
def test_questions_that_name_their_place_and_short_runs_are_left_alone(tmp_path: Path) -> None:
    model = CrossEncoderReranker(str(tiny_bert(tmp_path / "scorer", labels=1)), Reversed())
    for query in (replace(QUERY, section="3.1"), replace(QUERY, kind="summary", survey=True)):
        assert rows(model.rerank(replace(RUN, query=query))) == [6, 5, 4, 3, 2, 1, 0]
    assert rows(model.rerank(replace(RUN, query=replace(QUERY, kind="summary")))) != [6, 5, 4, 3, 2, 1, 0]
    assert model.rerank(replace(RUN, hits=())).hits == ()
    assert rows(model.rerank(replace(RUN, hits=RUN.hits[:1]))) == [0]


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "offline")
def test_models_that_do_not_score_pairs_are_refused(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    plain = tiny_bert(tmp_path / "plain")
    SentenceTransformer(str(plain), device="cpu").save(str(tmp_path / "embedder"))
    for folder in (plain, tmp_path / "embedder", tmp_path):
        with pytest.raises(ModelError, match="is no reranker: it has no head that scores pairs; use it as --embedder"):
            open_reranker(str(folder), Reversed())
    with pytest.raises(ModelError, match="gives 3 scores a pair, a reranker gives one; it is a classifier"):
        open_reranker(str(tiny_bert(tmp_path / "classifier", labels=3)), Reversed())
    (plain / "config.json").write_text('{"architectures": ["BertForSequenceClassification"]}')
    with pytest.raises(ModelError, match="the reranker '.*plain' cannot be read"):
        open_reranker(str(plain), Reversed())


@pytest.mark.slow
@pytest.mark.usefixtures("quiet", "offline")
def test_a_cross_encoder_takes_part_in_a_real_search(assistant: Assistant, tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tiny_bert(tmp_path / "scorer", labels=1)), assistant.reranker)
    run = assistant.search("행동 모방이 뭐야?", top_k=100)
    reranked = reranker.rerank(run)
    assert sorted(rows(reranked)) == sorted(rows(run))
    assert rows(reranked) != rows(run)
    draft = assistant.reader.read(reranked)
    assert draft.question == run.query.text
