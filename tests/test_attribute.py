"""What a section leaves open of a question: every feature written out, on units and vectors that can be worked out."""

import numpy as np
import pytest

from index.embed import open_embedder
from index.storage.record import StoredPassage
from qa.question.wording import Kind
from qa.retrieval.asked import AskedQuestions, Likeness, Row
from qa.retrieval.attribute import ATTRIBUTE_FEATURES, AttributeReader, Needs, fitted_needs
from qa.retrieval.evidence import Inspector
from qa.retrieval.retrieve import Hit, Match, Run
from tests.made import WordEmbedder, hit, passage, question, run, tiny_analyser, unit

# A mentor means nearly a teacher (cosine 0.6). A plum has a direction of its own, and a name too.
EMBEDDER = WordEmbedder(
    {"teacher": (1, 0, 0, 0), "mentor": (0.6, 0.8, 0, 0), "plum": (0, 0, 1, 0), "name": (0, 0, 0, 1)}
)
TEACHER, PLUM, NAME = unit("teacher", ["teacher"]), unit("plum", ["plum"]), unit("name", ["name"])
IDFS = (0.6, 0.2, 0.4)
NEEDS = Needs(np.array([0, 0, 0.5, 1], np.float32), 0.0)  # a teacher must be held, a plum half, a name not at all
WEIGHT = {"teacher": 1.0, "plum": 0.5**3, "name": 0.0}
KNOWN = [Row(("w", "1"), "데이터", "Which mentor has a plum?"), Row(("w", "1"), "모델", "How many names?")]


@pytest.fixture(scope="module")
def reader() -> AttributeReader:
    asked = AskedQuestions(KNOWN, tiny_analyser(), EMBEDDER)
    return AttributeReader(Inspector(tiny_analyser(), EMBEDDER), EMBEDDER, asked, NEEDS)


def found(
    text: str, held: tuple[float, ...], score: float = 1.0, likeness: Likeness | None = None, **place: str
) -> Hit:
    made: StoredPassage = passage(1, text, path=(), title="", **place)  # type: ignore[arg-type]
    units = (TEACHER, PLUM, NAME)
    matches = [Match(one, None, strength, idf) for one, strength, idf in zip(units, held, IDFS, strict=True)]
    return hit(made, score, matches=matches, likeness=likeness)


def asked(*hits: Hit, text: str = "teacher plum name", kind: Kind = "other") -> Run:
    return run(question(text, kind=kind), hits, [TEACHER, PLUM, NAME], IDFS)


def features(
    reader: AttributeReader, made: Run, shown: tuple[tuple[frozenset[str], str], ...] = ()
) -> dict[str, float]:
    return dict(zip(ATTRIBUTE_FEATURES, reader.read(made, made.hits[0], shown, "en"), strict=True))


def test_a_word_needs_to_be_held_as_far_as_its_vector_says() -> None:
    vectors = EMBEDDER.embed_passages(["teacher", "plum", "name"])
    assert NEEDS.of(vectors) == pytest.approx(list(WEIGHT.values()))
    beyond = Needs(np.array([-5, 0, 0, 5], np.float32), 0.0)
    assert beyond.of(vectors) == pytest.approx([1.0, 1.0, 0.0])  # never below 0 nor above 1


def test_what_the_section_lacks_weighs_as_much_as_it_says_and_needs_to_be_held(reader: AttributeReader) -> None:
    seen = features(reader, asked(found("A mentor.", (0.0, 0.25, 0.0))))
    soft = (0.6 - 0.3) / 0.5 * 0.8  # what a mentor says of a teacher
    plum = 0.75 * 0.2 * WEIGHT["plum"]
    assert [seen[name] for name in ("section_missing", "known_missing", "known_most_missing")] == pytest.approx(
        [0.6 + plum, 0.6 + plum, 0.6]  # a name that is missing counts nothing
    )
    assert [seen[name] for name in ("soft_missing", "soft_most_missing", "soft_need_missing")] == pytest.approx(
        [(1 - soft) * 0.6 + plum, (1 - soft) * 0.6, 1 - soft]
    )
    assert seen["shown_missing"] == pytest.approx(0.6 + 0.2 * WEIGHT["plum"])  # nothing is shown


def test_what_is_shown_holds(reader: AttributeReader) -> None:
    made = asked(found("A teacher.", (1.0, 0.0, 0.0)))
    seen = features(reader, made, ((frozenset({"teacher"}), "A teacher, aged 33."), (frozenset({"plum"}), "A plum.")))
    assert (seen["shown_missing"], seen["new_number"]) == (0.0, 1.0)
    assert features(reader, made)["new_number"] == 0.0


def test_a_unit_is_held_together_as_far_as_its_sentence_holds_the_others(reader: AttributeReader) -> None:
    apart = features(reader, asked(found("A teacher. A plum.", (1.0, 1.0, 0.0))))
    joined = features(reader, asked(found("A teacher with a plum.", (1.0, 1.0, 0.0))))
    mass, plum = 0.6 + 0.2 * WEIGHT["plum"], 0.2 * WEIGHT["plum"]
    # alone in its sentence a unit has none of the others; beside the plum a teacher has 0.2 of the others' 0.6
    assert apart["together_share_missing"] == pytest.approx(1.0)
    assert apart["together_most_missing"] == pytest.approx(0.6)
    teacher, beside = 1 - 0.2 / 0.6, 1 - 0.6 / 1.0
    assert joined["together_share_missing"] == pytest.approx((teacher * 0.6 + beside * plum) / mass)
    assert joined["together_most_missing"] == pytest.approx(teacher * 0.6)
    assert apart["either_share_missing"] == apart["together_share_missing"]  # no known questions
    assert apart["best_share_missing"] == pytest.approx(plum / mass)  # the first sentence holds the teacher
    assert joined["best_share_missing"] == joined["best_most_missing"] == 0.0
    assert (apart["sentence_coverage"], joined["sentence_coverage"]) == pytest.approx((0.6 / 1.2, 0.8 / 1.2))


def test_a_sections_known_questions_hold_too(reader: AttributeReader) -> None:
    likeness = Likeness(0.3, 0.5, open=0.7, open_here=0.2, odds=-1.5, nearer=0.1)
    made = asked(
        found("A rule.", (0.0, 0.0, 0.0), likeness=likeness),
        found("A rule.", (0.0, 0.0, 0.0), likeness=Likeness(0.9, 0.4), section="3"),
        text="How many teachers, plums, names?",
        kind="number",
    )
    seen = features(reader, made)
    assert seen["section_missing"] == pytest.approx(0.6 + 0.2 * WEIGHT["plum"])
    assert seen["known_missing"] == pytest.approx(0.6)  # the plum is asked for
    assert seen["soft_missing"] == pytest.approx((1 - 0.48) * 0.6)  # and the mentor is nearly a teacher
    assert seen["known_coverage"] == pytest.approx(0.4 / 1.2)  # the names of the second, not the plum of the first
    assert (seen["known_words"], seen["known_meaning"], seen["known"]) == (0.3, 0.5, 1.0)
    assert (seen["likest"], seen["behind_likest"]) == pytest.approx((1.3, 0.8 - 1.3))
    assert (seen["known_number"], seen["asks_number"]) == (1.0, 1.0)
    assert (seen["open"], seen["open_here"], seen["known_odds"], seen["known_nearer"]) == (0.7, 0.2, -1.5, 0.1)
    unasked = features(reader, asked(found("A rule.", (0.0, 0.0, 0.0))))  # as if a user had added it
    assert [unasked[name] for name in ("known", "known_coverage", "known_cosine", "known_number", "open")] == [0] * 5
    assert unasked["known_missing"] == unasked["section_missing"]


def test_what_else_is_known_of_the_hit(reader: AttributeReader) -> None:
    made = asked(
        found("A teacher. A plum.", (1.0, 0.5, 0.0), 3.0),
        found("A rule.", (0.0, 0.0, 0.0), 1.0, work="v"),
        kind="who-when",
    )
    seen = features(reader, made)
    assert (seen["units"], seen["asks_who"], seen["asks_number"], seen["cross"]) == (3, 1, 0, 0)
    assert seen["union"] == pytest.approx((0.6 + 0.5 * 0.2) / 1.2)
    assert (seen["score"], seen["margin"], seen["length"]) == (3.0, 2.0, len("teacher plum name"))
    assert seen["sentence_cosine"] == pytest.approx(1 / 3**0.5)


def test_a_question_without_units_misses_nothing(reader: AttributeReader) -> None:
    made = run(question("what"), [hit(passage(1, "A rule.", path=(), title=""), likeness=Likeness(0.0, 0.0))])
    seen = features(reader, made)
    assert all(value == 0 for name, value in seen.items() if name.endswith("missing"))
    assert (seen["union"], seen["units"]) == (0.0, 0.0)


def test_the_fitted_needs_tell_words_that_ask_from_those_that_are_asked_for() -> None:
    needs = fitted_needs()
    vectors = open_embedder().embed_passages(["temperature", "licence", "학습률", "way", "방식", "come"])
    held = needs.of(vectors)
    assert len(needs.weights) == vectors.shape[1]
    assert held[:3].mean() > 2 * held[3:].mean()
    assert max(held) <= 1
