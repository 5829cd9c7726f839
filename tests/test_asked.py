"""How near sections' known questions come to a question: cosines written out."""

from math import exp, log, sqrt
from pathlib import Path

import pytest

import seeds
from index.analyse import Analyser
from qa.ask import Assistant
from qa.question.query import topic_terms
from qa.retrieval.asked import NOTHING_ALIKE, AskedQuestions, Place, Row, section_digest
from qa.words.bridge import Form, Unit
from tests.made import WordEmbedder, question, tiny_analyser, unit

A, B = ("w", "a"), ("w", "b")
ROWS = [  # a section's rows need not stand together
    Row(A, "데이터 모델", "data model", (2,)),
    Row(B, "모델 보상", "model reward", ()),
    Row(A, "데이터 학습", "data training", (4, 2)),
]
# idf of Lucene among three questions, of a word in none, one and two of them
IN_NONE, IN_ONE, IN_TWO = log(1 + 3.5 / 0.5), log(1 + 2.5 / 1.5), log(1 + 1.5 / 2.5)
EMBEDDER = WordEmbedder(
    {
        **{"data": (1, 0, 0), "데이터": (1, 0, 0), "model": (0, 1, 0), "모델": (0, 1, 0)},
        **{"training": (0, 0, 1), "학습": (0, 0, 1), "corpus": (0.6, 0.8, 0)},
    }
)
DATA, MODEL, REWARD = unit("data", ["data"], ["데이터"]), unit("model", ["model"], ["모델"]), unit("reward", ["reward"])
CORPUS = unit("corpus", ["corpus"])
OPEN = [Row(A, "학습 보상", "training reward"), Row(B, "데이터", "data")]
WITH_OPEN = AskedQuestions(ROWS, tiny_analyser(), EMBEDDER, OPEN)


@pytest.fixture(scope="module")
def asked() -> AskedQuestions:
    return AskedQuestions(ROWS, tiny_analyser(), EMBEDDER)


def words(asked: AskedQuestions, *units: Unit) -> dict[Place, float]:
    found = asked.likeness(question("nothing"), units)
    return {place: likeness.words for place, likeness in found.items()}


def test_words_are_cosines_of_idf_vectors_and_the_nearest_question_counts(asked: AskedQuestions) -> None:
    # data model = [IN_TWO, IN_TWO] is a question itself; the other section's shares the model with it
    other = IN_TWO**2 / (sqrt(2 * IN_TWO**2) * sqrt(IN_TWO**2 + IN_ONE**2))
    assert words(asked, DATA, MODEL) == pytest.approx({A: 1.0, B: other})
    # a reward is there only, and rarer
    assert words(asked, REWARD) == pytest.approx({A: 0.0, B: IN_ONE / sqrt(IN_TWO**2 + IN_ONE**2)})


def test_a_word_that_no_known_question_holds_draws_all_away(asked: AskedQuestions) -> None:
    first = 2 * IN_TWO**2 / (sqrt(2 * IN_TWO**2) * sqrt(2 * IN_TWO**2 + IN_NONE**2))
    assert words(asked, DATA, MODEL, CORPUS)[A] == pytest.approx(first)
    assert words(asked, CORPUS) == {A: 0.0, B: 0.0}


def test_another_form_counts_by_its_weight(asked: AskedQuestions) -> None:
    forms = (Form(("texts",), 1.0, "texts"), Form(("reward",), 0.5, "reward"))
    texts = Unit("texts", "en", ("texts",), {"en": forms, "ko": ()})
    assert words(asked, texts)[B] == pytest.approx(0.5 * IN_ONE / sqrt(IN_TWO**2 + IN_ONE**2))


def test_meaning_is_the_cosine_of_the_nearest_question(asked: AskedQuestions) -> None:
    found = asked.likeness(question("corpus"), [])
    # (0.6, 0.8, 0) with (1, 1, 0) / √2 and (1, 0, 1) / √2, and with (0, 1, 0)
    assert {place: likeness.meaning for place, likeness in found.items()} == pytest.approx({A: 1.4 / sqrt(2), B: 0.8})


def test_words_and_meaning_may_come_from_different_questions(asked: AskedQuestions) -> None:
    likeness = asked.likeness(question("training data"), [DATA, MODEL])[A]
    assert (likeness.words, likeness.meaning) == pytest.approx((1.0, 1.0))
    assert likeness.total == pytest.approx(2.0)


def test_a_question_is_compared_with_those_in_its_own_language() -> None:
    rows = [Row(A, "데이터는 모델", "reward"), Row(B, "보상", "data model")]
    both = AskedQuestions(rows, tiny_analyser(), EMBEDDER)
    korean = both.likeness(question("데이터 모델", "ko"), [DATA, MODEL])
    english = both.likeness(question("data model", "en"), [DATA, MODEL])
    assert [korean[A].total, english[B].total] == pytest.approx([2.0, 2.0])
    assert korean[B] == english[A] == NOTHING_ALIKE


def test_a_sentence_is_as_near_as_the_nearest_question_that_it_answers(asked: AskedQuestions) -> None:
    found = asked.likeness(question("data"), [DATA])
    model = 1 / sqrt(2) + 1 / sqrt(2)
    training = IN_TWO / sqrt(IN_TWO**2 + IN_ONE**2) + 1 / sqrt(2)
    assert found[A].sentences == pytest.approx((0.0, max(model, training), 0.0, training))
    assert model > training
    assert found[B].sentences == ()  # the question has no sentence


def test_sentences_of_several_sections_are_kept_apart() -> None:
    rows = [Row(B, "데이터", "data", (1,)), Row(A, "학습", "training", (2, 1)), Row(B, "모델", "model", (3,))]
    found = AskedQuestions(rows, tiny_analyser(), EMBEDDER).likeness(question("data"), [])  # meanings alone
    assert found[A].sentences == pytest.approx((0.0, 0.0))
    assert found[B].sentences == pytest.approx((1.0, 0.0, 0.0))


def test_a_section_without_known_questions_is_absent(asked: AskedQuestions) -> None:
    assert set(asked.likeness(question("data"), [DATA])) == {A, B}
    assert AskedQuestions([], tiny_analyser(), EMBEDDER).likeness(question("data"), [DATA]) == {}


def test_the_likest_questions_vote_the_more_the_likelier_they_are() -> None:
    found = WITH_OPEN.likeness(question("data"), [DATA])
    # "data model" and "data training" are alike by half, the same in words and in meaning; of the open ones, "data" by all
    one = IN_TWO / sqrt(IN_TWO**2 + IN_ONE**2)
    likest = {"data model": 1 / sqrt(2) + 1 / sqrt(2), "data training": one + 1 / sqrt(2), "model reward": 0.0}
    model, training, neither = (exp((total - 2) / 0.15) for total in likest.values())
    no = 1.0 + neither  # "training reward" is by nothing
    assert found[A].open == found[B].open == pytest.approx(no / (no + model + training + neither), rel=1e-4)
    assert found[A].open_here == pytest.approx(neither / (neither + model + training), rel=1e-4)
    assert found[B].open_here == pytest.approx(1 / (1 + neither), rel=1e-4)


def test_the_odds_are_of_meanings_alone() -> None:
    rows = [Row(A, "데이터 모델", "data model")] * 2 + [Row(B, "보상", "reward")]
    opened = [Row(A, "데이터 모델 학습", "data model training"), Row(B, "데이터", "data")]
    found = AskedQuestions(rows, tiny_analyser(), EMBEDDER, opened).likeness(question("data"), [DATA])
    assert found[A].odds == pytest.approx(log(2) + (1 / sqrt(2) - 1 / sqrt(3)) / 0.05, rel=1e-3)
    assert found[B].odds == -10.0  # the open one is the question itself
    assert found[A].nearer == found[B].nearer == pytest.approx(1 / sqrt(2) - 1, rel=1e-3)
    few = AskedQuestions(rows, tiny_analyser(), EMBEDDER, opened[1:]).likeness(question("data"), [DATA])
    assert (few[A].odds, few[A].nearer) == (0.0, found[A].nearer)  # the section has no open one to tell it by


def test_the_twenty_likest_of_each_kind_vote() -> None:
    rows = [Row(A, "데이터", "data")] * 30
    many = AskedQuestions(rows, tiny_analyser(), EMBEDDER, rows[:20])
    found = many.likeness(question("data"), [])[A]
    assert (found.open, found.open_here) == pytest.approx((20 / 40, 20 / 50))


def test_nothing_looks_open_where_no_open_questions_are(asked: AskedQuestions) -> None:
    seen = asked.likeness(question("data"), [DATA]).values()
    assert [(one.open, one.open_here, one.odds, one.nearer) for one in seen] == [(0.0,) * 4] * 2
    one_open = AskedQuestions(ROWS, tiny_analyser(), EMBEDDER, OPEN[:1]).likeness(question("data"), [DATA])
    assert one_open[B].open_here == 0.0 < one_open[B].open


def test_tables_are_read(tmp_path: Path) -> None:
    known, opened = tmp_path / "questions.tsv", tmp_path / "open.tsv"
    cells = [(*row.place, row.ko, row.en, ",".join(map(str, row.sentences)) or "-") for row in ROWS]
    lines = ["work\tsection_id\tko\ten\tsentences", *map("\t".join, cells), ""]
    known.write_text("\n".join(lines), encoding="utf-8")
    lines = ["work\tsection_id\tko\ten", *("\t".join((*row.place, row.ko, row.en)) for row in OPEN), ""]
    opened.write_text("\n".join(lines), encoding="utf-8")
    texts = tmp_path / "sections.tsv"
    digests = section_digest("one text"), section_digest("another text")
    assert len(set(digests)) == 2 and section_digest("\n one  text\t\n") == digests[0]
    assert len({section_digest(text) for text in ("- a\n- b", "- a - b", "- a\n\n- b")}) == 3  # other sentences
    texts.write_text("work\tsection_id\tko\ten\n" + "\t".join((*A, *digests)) + "\n", encoding="utf-8")
    read = AskedQuestions.load(known, opened, texts, tiny_analyser(), EMBEDDER, tmp_path / "kept")
    assert [read.are_counted(A, "ko", text) for text in ("one  text", "another text")] == [True, False]
    assert [read.are_counted(A, "en", text) for text in ("one  text", "another text")] == [False, True]
    assert read.are_counted(B, "en", "of which nothing is said")
    assert sorted(read.places) == [A, B]
    asked = question("corpus"), [DATA, MODEL]
    assert read.likeness(*asked) == WITH_OPEN.likeness(*asked)
    assert read.likeness(*asked)[A].sentences[1] > 0


def test_a_shipped_question_is_nearest_to_its_own_section(assistant: Assistant, analyser: Analyser) -> None:
    asked = assistant.asked
    rows = [line.split("\t") for line in seeds.QUESTIONS.read_text(encoding="utf-8").splitlines()[1:]]
    assert sorted(asked.places) == sorted({(work, section) for work, section, *_ in rows})
    work, section, _, english, sentences = max(rows, key=lambda row: len(row[3]))
    units = [unit(term.text, [term.text]) for term in topic_terms(english, analyser)]
    likeness = asked.likeness(question(english), units)
    assert likeness[work, section].words == pytest.approx(1.0)
    assert max(likeness, key=lambda place: likeness[place].words) == (work, section)
    nearest = likeness[work, section].sentences
    assert max(nearest) == nearest[int(sentences.split(",")[0]) - 1] > 1.9
