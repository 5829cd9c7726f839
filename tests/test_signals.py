"""What speaks for each hit: every signal of one hit worked out, then one thing changed at a time."""

from dataclasses import replace
from math import log, sqrt

import numpy as np
import pytest

from qa.question.query import Query
from qa.retrieval.asked import Likeness
from qa.retrieval.evidence import Inspector
from qa.retrieval.retrieve import Hit, Match, Run
from qa.retrieval.signals import LIKENESS, SIGNALS, SignalReader, hangul_bigrams
from tests.made import WordEmbedder, hit, passage, question, run, tiny_analyser, unit

EMBEDDER = WordEmbedder({"reward": (1, 0), "보상": (1, 0), "token": (0, 1), "table": (0.6, 0.8)})
UNITS = [unit("reward", ["reward"], ["보상"]), unit("margin", ["margin"]), unit("ranker", ["ranker"])]
IDFS = (0.52, 0.27, 0.21)
MATCHES = [Match(one, None, strength, idf) for one, strength, idf in zip(UNITS, (1.0, 0.5, 0.5), IDFS, strict=True)]
ASKED = question("Which reward helps?")
TEXT = "Some text holds a token. Table rows give a margin."
HEADINGS = ("Ranker parts", "2.1 Reward Scale Factor Sum")
SUBJECT = hit(
    passage(1, TEXT, path=HEADINGS, title="Notes on Margins"),
    2.0,
    (3.0, 0.5),
    matches=MATCHES,
    likeness=Likeness(0.9, 0.68),
)
BETTER = hit(passage(2, section="2"), 5.0, (4.0, 0.9))


@pytest.fixture(scope="module")
def reader() -> SignalReader:
    return SignalReader(Inspector(tiny_analyser(), EMBEDDER), EMBEDDER)


def signals(reader: SignalReader, made: Run, at: int = 0) -> dict[str, float]:
    return dict(zip(SIGNALS, reader.read(made)[at].tolist(), strict=True))


def column(reader: SignalReader, name: str, hits: list[Hit]) -> list[float]:
    found: list[float] = reader.read(run(ASKED, hits, UNITS, IDFS))[:, SIGNALS.index(name)].tolist()
    return found


def test_every_signal_stands_in_its_column(reader: SignalReader) -> None:
    assert signals(reader, run(ASKED, [SUBJECT, BETTER], UNITS, IDFS)) == pytest.approx(
        {
            "fused": 2 / 5,
            "words": 3 / 4,
            "cosine": 0.5 - 0.9,
            "soft_coverage": 0.52 + 0.27 + 0.21,  # in the text, its headings and its title
            "steady_coverage": 0.52 + 0.27 / 2,  # the second sentence says margin, the heading of both reward
            "best_coverage": 2 / 3,  # all three tell the two hits apart as well
            "figure_coverage": 0,  # none is asked for
            "bigram_coverage": 0,  # nothing is Korean
            "sentence_cosine": 0.6,
            "heading_coverage": 0.52,
            "heading_precision": 1 / 4,  # of reward, scale, factor and sum; 2.1 does not count
            "path_coverage": 0.52 + 0.21,
            "title_coverage": 0.27,
            "work": 1.0 / 2,  # the other section is the best hit
            "opens_with_unit": 0,
            "defines": 0,
            "cue": 0,
            "about_others": 0,
            "survey": 0,
            "cross": 0,
            "asked_words": 0.9,
            "asked_meaning": 0.68,
            "asked_well": 0.9 + 0.68 - 1,
            "unasked": 0,
        },
        rel=1e-6,
    )


def of_passage(**changes: object) -> Hit:
    return replace(SUBJECT, passage=replace(SUBJECT.passage, **changes))  # type: ignore[arg-type]


RELATED = of_passage(path=(HEADINGS[0], "Relations of reward scale factor"))


@pytest.mark.parametrize(
    ("query", "subject", "changed"),
    [
        (ASKED, of_passage(text="Some text holds a token. A margin in table rows."), {"opens_with_unit": 1}),
        (question("How many rewards help?"), of_passage(text=TEXT.replace("rows", "42")), {"figure_coverage": 2 / 3}),
        (question(ASKED.text, kind="number"), of_passage(text=TEXT.replace("rows", "42")), {"cue": 1}),
        (question(ASKED.text, kind="number"), SUBJECT, {}),  # no digit there
        (question("How much reward helps?"), of_passage(text=TEXT.replace("rows", "42")), {"figure_coverage": 1 / 3}),
        (question("How many of 42 rewards help?"), of_passage(text=TEXT.replace("rows", "42")), {}),
        (question(ASKED.text, kind="why"), of_passage(text=TEXT.replace("holds", "because of")), {"cue": 1}),
        (question("How many rewards help?"), SUBJECT, {}),  # no figure there
        (ASKED, of_passage(text=TEXT.replace("rows", "42")), {}),  # a figure, but nobody asked for one
        (ASKED, RELATED, {"about_others": 1}),
        (question("Which relation has reward?"), RELATED, {}),
        (question(ASKED.text, survey=True), of_passage(title="A Survey of Margins"), {"survey": 1}),
        (ASKED, of_passage(title="A Survey of Margins"), {}),
        (question(ASKED.text, "ko"), SUBJECT, {"cross": 1}),
        (ASKED, replace(SUBJECT, likeness=None), {name: 0 for name in LIKENESS[:-1]} | {"unasked": 1}),
        (
            ASKED,
            replace(SUBJECT, likeness=Likeness(0.4, 0.5)),
            {"asked_words": 0.4, "asked_meaning": 0.5, "asked_well": 0},
        ),
        (
            ASKED,
            of_passage(path=()),
            dict.fromkeys(("heading_coverage", "heading_precision", "path_coverage"), 0)
            | {
                "soft_coverage": 0.48 * 0.52 + 0.27,
                "steady_coverage": (0.48 * 0.52 + 0.27) / 2,
                "best_coverage": (0.48 * log(6) + log(2)) / (2 * log(6) + log(2)),
            },  # a table is like a reward
        ),
    ],
)
def test_one_thing_changes_one_signal(
    reader: SignalReader, query: Query, subject: Hit, changed: dict[str, float]
) -> None:
    before = signals(reader, run(ASKED, [SUBJECT, BETTER], UNITS, IDFS))
    after = signals(reader, run(query, [subject, BETTER], UNITS, IDFS))
    assert {name: after[name] for name in SIGNALS if after[name] != before[name]} == pytest.approx(changed)


def test_what_few_hits_hold_tells_them_apart(reader: SignalReader) -> None:
    texts = ("A reward and a margin.", "A reward. A margin.", "A reward.")
    made = [hit(passage(at, text, section=str(at)), 1.0, (1.0, 0.5)) for at, text in enumerate(texts, start=1)]
    # by log(1 + (3 − held + .5) / (held + .5)) of 3 hits: all hold a reward, two a margin, none a ranker
    all_hold, two, none = log(8 / 7), log(1.6), log(8)
    total = all_hold + two + none
    found = reader.read(run(ASKED, made, UNITS, IDFS))[:, SIGNALS.index("best_coverage")].tolist()
    assert found == pytest.approx([(all_hold + two) / total, two / total, all_hold / total])


def test_scores_are_relative_to_the_best_of_the_language(reader: SignalReader) -> None:
    hits = [
        hit(passage(1, language="ko"), 2.0, (6.0, 0.9)),
        hit(passage(2, language="en", section="2"), 8.0, (3.0, 0.5)),
        hit(passage(3, language="ko", section="3"), 1.0, (3.0, 0.7)),
        hit(passage(4, language="en", section="4"), 4.0, (2.0, 0.1)),
    ]
    assert column(reader, "fused", hits) == [1, 1, 1 / 2, 4 / 8]
    assert column(reader, "words", hits) == pytest.approx([1, 1, 3 / 6, 2 / 3])
    assert column(reader, "cosine", hits) == pytest.approx([0, 0, 0.7 - 0.9, 0.1 - 0.5])


def test_a_language_whose_best_hit_is_below_chance_stays_on_the_scale(reader: SignalReader) -> None:
    hits = [hit(passage(1, language="ko"), 5.0), hit(passage(2, language="en", section="2"), -0.4)]
    assert column(reader, "fused", hits) == [1.0, 1.0]


def test_a_works_other_sections_support_a_hit(reader: SignalReader) -> None:
    scores = {"1": 10.0, "2": 8.0, "3": 4.0, "4": 2.0}
    hits = [hit(passage(at, section=name), score) for at, (name, score) in enumerate(scores.items())]
    again = hit(passage(4, section="1"), 9.0)  # the first section's other passage is no support for it
    alone = hit(passage(5, work="other"), 6.0)
    edition = hit(passage(6, section="1", language="ko"), 1.0)  # counts for the Korean edition only
    assert column(reader, "work", [*hits, again, alone, edition]) == pytest.approx(
        [(0.8 + 0.4) / 2, (1.0 + 0.4) / 2, (1.0 + 0.8) / 2, (1.0 + 0.8) / 2, (0.8 + 0.4) / 2, 0, 0]
    )


@pytest.mark.parametrize(
    ("heading", "language", "precision"),
    [
        ("3. Reward", "en", 1.0),
        ("3.2 Reward and margin of a judge", "en", 2 / 3),
        ("3. 보상 모델", "ko", 1 / 2),
        ("보상 reward", "ko", 1 / 2),  # margin and ranker have no Korean form, reward only 보상
        ("3.", "en", 0.0),
    ],
)
def test_a_headings_precision(reader: SignalReader, heading: str, language: str, precision: float) -> None:
    made = hit(passage(1, language="ko" if language == "ko" else "en", path=("Reward", heading)))
    assert column(reader, "heading_precision", [made]) == pytest.approx([precision])


def test_only_a_question_on_one_thing_is_answered_by_a_definition(reader: SignalReader) -> None:
    made = hit(passage(1, "Reward is a number."))
    one, two = (run(ASKED, [made], UNITS[:size], IDFS[:size]) for size in (1, 2))
    assert [signals(reader, made)["defines"] for made in (one, two)] == [1, 0]
    listed = run(question(ASKED.text, kind="list"), [made], UNITS[:1], IDFS[:1])
    assert signals(reader, listed)["defines"] == 0


def test_the_best_sentence_counts_for_meaning(reader: SignalReader) -> None:
    made = hit(passage(1, "A token. A reward with a token. A table."))
    assert column(reader, "sentence_cosine", [made]) == pytest.approx([1 / sqrt(2)])


def test_nothing_found_has_no_signals(reader: SignalReader) -> None:
    assert np.array_equal(reader.read(run(ASKED, [])), np.zeros((0, len(SIGNALS))))


def test_korean_passages_hold_a_korean_question_by_its_pairs_of_syllables(reader: SignalReader) -> None:
    held = "신용정보업자는 자료를 지운다."
    texts = (held, "신용은 정보다.", "없다.")
    made = [hit(passage(at, text, language="ko"), 1.0, (1.0, 0.5)) for at, text in enumerate(texts, start=1)]
    made.append(hit(passage(4, held, language="en"), 1.0, (1.0, 0.5)))
    query = question("신용정보는 어디에?", "ko")
    found = reader.read(run(query, made, UNITS, IDFS))[:, SIGNALS.index("bigram_coverage")].tolist()
    # by log(1 + (3 − held + .5) / (held + .5)) of 3 Korean hits: 신용 and 정보 stand in two, 용정 and 보는 in one and none
    twice, once, never = log(1.6), log(8 / 3), log(8)
    total = 2 * twice + once + never + 2 * never  # 어디 and 디에, too
    assert found == pytest.approx([(2 * twice + once) / total, 2 * twice / total, 0.0, 0.0])
    english = reader.read(run(question("신용정보는 어디에?", "en"), made, UNITS, IDFS))
    assert english[:, SIGNALS.index("bigram_coverage")].tolist() == [0.0] * 4
    assert list(hangul_bigrams("GPU 수는 큰 데이터")) == ["수는", "큰", "데이", "이터"]
