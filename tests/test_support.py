"""What speaks for a hit or an answer answering its question, and how likely that makes it."""

from math import exp, log, sqrt, tanh

import pytest

from qa.question.wording import Kind
from qa.retrieval.asked import AskedQuestions, Likeness
from qa.retrieval.evidence import Inspector
from qa.retrieval.retrieve import Hit, Match, Run
from qa.retrieval.signals import OF_UNASKED, SIGNALS
from qa.retrieval.support import (
    ANSWER_FEATURES,
    FEATURES,
    REPLY_FEATURES,
    ReplyModel,
    SupportModel,
    SupportReader,
    answer_features,
    fitted_replies,
    fitted_support,
)
from qa.words.bridge import Unit
from tests.made import WordEmbedder, hit, passage, question, run, tiny_analyser, unit

# A mentor means nearly a teacher (cosine 0.6), a coach less (0.28), a plum nothing.
EMBEDDER = WordEmbedder({"teacher": (1, 0), "mentor": (0.6, 0.8), "coach": (0.28, 0.96), "plum": (0, 1)})
TEACHER, PLUM = unit("teacher", ["teacher"]), unit("plum", ["plum"])
IDFS = (0.6, 0.2)


@pytest.fixture(scope="module")
def reader() -> SupportReader:
    return SupportReader(Inspector(tiny_analyser(), EMBEDDER), EMBEDDER, AskedQuestions([], tiny_analyser(), EMBEDDER))


def found(row: int, text: str, held: tuple[float, ...], score: float, **place: str) -> Hit:
    units = (TEACHER, PLUM)[: len(held)]
    matches = [Match(one, None, strength, idf) for one, strength, idf in zip(units, held, IDFS, strict=False)]
    made = passage(row, text, path=(), **place)  # type: ignore[arg-type]
    return hit(made, score, matches=matches, signals=[float(at) for at in range(len(SIGNALS))])


def features(reader: SupportReader, made: Run, at: int = 0) -> dict[str, float]:
    return dict(zip(FEATURES, reader.read(made, made.hits[at]), strict=True))


def asked(*hits: Hit, kind: Kind = "other", names: tuple[str, ...] = ()) -> Run:
    return run(question("Which teacher has a plum?", kind=kind, names=names), hits, [TEACHER, PLUM], IDFS)


def test_the_share_of_the_question_that_is_held(reader: SupportReader) -> None:
    seen = features(reader, asked(found(1, "A rule. A plum.", (0.25, 1.0), 3.0)))
    held = 0.6 * 0.25 + 0.2 * 1.0
    assert [seen[name] for name in ("union", "union_squared", "mass_matched")] == pytest.approx(
        [held / 0.8, (held / 0.8) ** 2, held]
    )
    assert [seen[name] for name in ("mass_missing", "heaviest_missing", "units")] == pytest.approx(
        [0.8 - held, 0.6 * 0.75, log(1 + 2)]
    )
    assert seen["best_sentence"] == pytest.approx(0.2 / 0.8)


def test_a_sections_passages_and_editions_hold_together(reader: SupportReader) -> None:
    first = found(1, "A rule.", (0.25, 0.0), 3.0)
    same = found(2, "규칙", (0.5, 0.5), 1.0, language="ko")
    other = found(3, "A rule.", (1.0, 1.0), 1.0, section="2")
    seen = features(reader, asked(first, same, other))
    assert seen["union"] == pytest.approx(0.5)
    assert (seen["cross"], features(reader, asked(first, same, other), 1)["cross"]) == (0, 1)


def test_the_margin_is_over_the_best_hit_of_another_work(reader: SupportReader) -> None:
    hits = [
        found(at, "A rule.", (0.0, 0.0), score, work=work)
        for at, (work, score) in enumerate((("a", 5.0), ("a", 4.5), ("b", 2.0), ("c", 1.0)))
    ]
    assert features(reader, asked(*hits))["margin"] == 5.0 - 2.0
    assert features(reader, asked(*hits), 3)["margin"] == 1.0 - 5.0
    assert features(reader, asked(*hits[:2]))["margin"] == 0.0  # there is no other work
    assert features(reader, asked(*hits))["score"] == 5.0


@pytest.mark.parametrize(("held", "missing"), [((0.49, 0.0), 1), ((0.5, 0.0), 0), ((0.0, 1.0), 1)])
def test_names_that_are_not_held_are_missing(reader: SupportReader, held: tuple[float, float], missing: int) -> None:
    made = found(1, "A rule.", held, 1.0)
    assert features(reader, asked(made, names=("teacher", "else")))["names_missing"] == missing
    assert features(reader, asked(made))["names_missing"] == 0  # a plum is no name


@pytest.mark.parametrize(
    ("text", "by_word", "soft"),
    [
        ("A teacher speaks.", 1.0, 0.8),  # the same word by meaning: at most 0.8
        ("A mentor speaks.", 0.6, (0.6 - 0.3) / 0.5 * 0.8),
        ("A coach speaks.", 0.28, 0.0),  # below 0.3 nothing counts
    ],
)
def test_words_that_mean_nearly_the_same_count_softly(
    reader: SupportReader, text: str, by_word: float, soft: float
) -> None:
    made = run(question(), [found(1, text, (0.0,), 1.0)], [TEACHER], [0.6])
    seen = features(reader, made)
    assert [seen[name] for name in ("soft_union", "soft_heaviest_missing", "unit_to_word", "unit_to_sentence")] == (
        pytest.approx([soft, 0.6 * (1 - soft), by_word, by_word])
    )
    held = run(question(), [found(1, text, (0.9,), 1.0)], [TEACHER], [0.6])
    assert features(reader, held)["soft_union"] == pytest.approx(0.9)  # what is really there is not lessened


def test_soft_coverage_takes_the_best_word_and_the_best_sentence_for_each_unit(reader: SupportReader) -> None:
    seen = features(reader, asked(found(1, "A coach and a mentor. A plum fell.", (0.0, 1.0), 1.0)))
    teacher_soft = (0.6 - 0.3) / 0.5 * 0.8
    first = (0.28 + 0.6) / sqrt(0.88**2 + 1.76**2)  # (0.28, 0.96) + (0.6, 0.8), as a unit, along (1, 0)
    assert seen["soft_union"] == pytest.approx((0.6 * teacher_soft + 0.2 * 1.0) / 0.8)
    assert seen["soft_heaviest_missing"] == pytest.approx(0.6 * (1 - teacher_soft))
    assert seen["unit_to_word"] == pytest.approx((0.6 * 0.6 + 0.2 * 1.0) / 0.8)
    assert seen["unit_to_sentence"] == pytest.approx((0.6 * first + 0.2 * 1.0) / 0.8)


def test_the_kind_and_the_signals_are_handed_on(reader: SupportReader) -> None:
    seen = features(reader, asked(found(1, "A rule.", (0.0, 0.0), 1.0), kind="why"))
    assert [name for name in FEATURES if name.startswith("asks_") and seen[name]] == ["asks_why"]
    kept = [(name, at) for at, name in enumerate(SIGNALS) if name not in OF_UNASKED]
    assert [seen[f"hit_{name}"] for name, _ in kept] == [at for _, at in kept]


@pytest.mark.parametrize("text", ["A rule.", "---"])
def test_a_question_without_units_or_a_passage_without_sentences_has_no_soft_coverage(
    reader: SupportReader, text: str
) -> None:
    made = run(question(), [hit(passage(1, text), 1.0, signals=[0.0] * len(SIGNALS))])
    seen = features(reader, made)
    assert [seen[name] for name in ("union", "heaviest_missing", "soft_union", "soft_heaviest_missing")] == [0, 1, 0, 1]
    bare = asked(found(1, "---", (0.0, 0.0), 1.0))
    assert features(reader, bare)["soft_heaviest_missing"] == 1


def test_a_models_probability_is_logistic_in_the_standardised_features() -> None:
    model = SupportModel(mean=(1.0, 2.0), scale=(2.0, 0.5), weight=(0.3, -0.4), bias=0.1)
    total = 0.1 + 0.3 * (5 - 1) / 2 - 0.4 * (1 - 2) / 0.5
    assert model.probability((5.0, 1.0)) == pytest.approx(1 / (1 + exp(-total)))
    assert model.probability((1e9, 2.0)) == pytest.approx(1 / (1 + exp(-30)))  # does not overflow
    assert model.probability((-1e9, 2.0)) == pytest.approx(1 / (1 + exp(30)))


def test_the_fitted_models_weigh_every_feature() -> None:
    model, replies = fitted_support(), fitted_replies()
    assert len(model.mean) == len(model.scale) == len(model.weight) == len(FEATURES)
    assert min(model.scale) > 0
    assert len(replies.mean) == len(replies.scale) == len(replies.weight) == len(REPLY_FEATURES)
    assert replies.hidden.shape == (len(replies.out), len(REPLY_FEATURES)) == (len(replies.hidden_bias), 46)
    assert replies.scale.min() > 0 and 0 < replies.threshold < 1 and 0 < replies.unasked_threshold < 1


STORED = {
    **{"mean": [1.0, 2.0], "scale": [2.0, 0.5], "weight": [0.3, -0.4], "bias": 0.1, "hidden": [[0.5, -1.0]]},
    **{"hidden_bias": [0.2], "out": [0.7], "threshold": 0.6, "unasked_threshold": 0.2},
}


def test_a_reply_is_weighed_by_a_network_beside_a_linear_model() -> None:
    model = ReplyModel.from_stored(STORED)
    first, second = (5 - 1) / 2, (1 - 2) / 0.5
    total = 0.1 + 0.3 * first - 0.4 * second + 0.7 * tanh(0.5 * first - 1.0 * second + 0.2)
    assert model.probability((5.0, 1.0)) == pytest.approx(1 / (1 + exp(-total)))
    assert model.probability((1e9, 1.0)) == model.probability((9.0, 1.0))  # farther than 4 deviations says no more


def test_sections_without_known_questions_have_a_threshold_of_their_own() -> None:
    model = ReplyModel.from_stored(STORED)
    asked, unasked = (hit(passage(1), likeness=likeness) for likeness in (Likeness(0.0, 0.0), None))
    assert [model.answers(chance, asked) for chance in (0.59, 0.6)] == [False, True]
    assert [model.answers(chance, unasked) for chance in (0.19, 0.2, 0.59)] == [False, True, True]


# answers


def answer(
    shown: list[tuple[set[str], set[str], str]],
    passage_: float = 0.75,
    kind: Kind = "other",
    names: tuple[str, ...] = (),
    units: tuple[Unit, ...] = (TEACHER, PLUM),
) -> dict[str, float]:
    made = run(question("Which teacher has 3 plums?", kind=kind, names=names), [], units, IDFS[: len(units)])
    given = [(frozenset(terms), frozenset(heading), text) for terms, heading, text in shown]
    return dict(zip(ANSWER_FEATURES, answer_features(made, passage_, given, "en"), strict=True))


def test_an_answer_is_weighed_by_what_its_sentences_hold() -> None:
    seen = answer([({"teacher"}, set(), "one"), (set(), {"plum"}, "two")])
    assert seen == pytest.approx(
        {
            "passage": log(0.75 / 0.25),
            "covered": (0.6 * 1.0 + 0.2 * 0.8) / 0.8,  # a heading counts 0.8
            "best_sentence": 0.6 / 0.8,
            "heaviest_missing": 0.2 * (1 - 0.8),
            "names_missing": 0,
            "number_missing": 0,
            "empty": 0,
        }
    )


def test_nothing_shown_holds_nothing() -> None:
    assert answer([], names=("teacher",)) == pytest.approx(
        {
            **{"passage": log(0.75 / 0.25), "covered": 0, "best_sentence": 0, "heaviest_missing": 0.6},
            **{"names_missing": 1, "number_missing": 0, "empty": 1},
        }
    )


@pytest.mark.parametrize(
    ("text", "kind", "missing"),
    [
        ("She has 3 plums.", "number", 1),  # the question said that itself
        ("She has 4.5 plums.", "number", 0),
        ("She has plums.", "number", 1),
        ("She has plums.", "other", 0),
    ],
)
def test_a_question_for_a_number_needs_a_new_one(text: str, kind: Kind, missing: int) -> None:
    assert answer([({"plum"}, set(), text)], kind=kind)["number_missing"] == missing


def test_a_name_in_a_heading_is_not_missing() -> None:
    assert answer([(set(), {"teacher"}, "one")], names=("teacher", "plum"))["names_missing"] == 1


def test_certain_passages_stay_finite() -> None:
    assert answer([], passage_=1.0)["passage"] == pytest.approx(log((1 - 1e-4) / 1e-4))
    assert answer([], passage_=0.0)["passage"] == pytest.approx(log(1e-4 / (1 - 1e-4)))


def test_an_answer_to_a_question_without_units_covers_nothing() -> None:
    seen = answer([({"plum"}, set(), "one")], units=())
    assert (seen["covered"], seen["best_sentence"], seen["heaviest_missing"]) == (0, 0, 1)
