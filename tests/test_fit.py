"""What weights are fitted on, and the fits themselves, on cases whose best weights are known."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import exp
from pathlib import Path

import docx
import numpy as np
import pytest
from numpy.typing import NDArray

from bench import corpora, public, snippets
from bench.corpora import (
    DEVELOPMENT,
    DIGEST,
    NEAR,
    PLAIN,
    TRANSFER,
    Asked,
    Corpus,
    development_questions,
    digest,
    named_folders,
    near_questions,
    open_corpora,
    places_of,
    plain_questions,
    told_by,
    transfer_questions,
)
from bench.documents import (
    MIN_CHARS,
    PIECE,
    commerce,
    commerce_later,
    d2l,
    fastapi,
    iml,
    main,
    pages,
    progit,
    react,
    reviews,
)
from bench.fit import RIDGE, first_right, fit_rerank, softmax_weights, variants
from bench.models import DECAY, HIDDEN, SEEDS, Row, fit_replies, fit_support, pair_accuracy, trained
from bench.sentences import Reading, Readings, fitted
from bench.training import STRANGERS, Case, all_unasked, case, cases, renamed, unasked, without_answer
from index.library import Library
from qa import open_library
from qa.ask import Assistant
from qa.evaluation.questions import Question, read_questions
from qa.reading.candidate import SENTENCE_SIGNALS, Candidate
from qa.reading.cite import Evidence
from qa.retrieval.asked import Likeness
from qa.retrieval.rerank import LinearReranker
from qa.retrieval.signals import LIKENESS, SIGNALS
from qa.retrieval.support import REPLY_FEATURES, ReplyModel, SupportModel
from qa.settings import Settings
from tests.made import hit, passage, question, run
from tests.test_read_pdf import LOREM, Maker

METHOD = ("align", "method")
TRAINED = Asked(DEVELOPMENT, "What is Orchid-2 trained on?", "en", frozenset({METHOD}))
Example = tuple[NDArray[np.float64], NDArray[np.bool_]]


def example(*rows: float | tuple[float, ...], right: int) -> Example:
    """Return the signals of a question's hits, and which one is right."""
    signals = np.array([row if isinstance(row, tuple) else (row,) for row in rows], float)
    return signals, np.arange(len(rows)) == right


# softmax weights


def test_the_signal_that_tells_right_from_wrong_is_learned() -> None:
    told = [example((1.0, 0.0), (0.0, 1.0), right=0), example((1.0, 1.0), (0.0, 0.0), right=0)]
    useful, useless = softmax_weights([(told, 1.0)])
    assert useful > 1
    assert useless == pytest.approx(0.0, abs=1e-3)
    against, _ = softmax_weights([([(signals, ~right) for signals, right in told], 1.0)])
    assert against == pytest.approx(-useful, rel=1e-3)


def test_the_weight_is_where_the_slope_of_the_loss_is_zero() -> None:
    (weight,) = softmax_weights([([example(1.0, 0.0, right=0)], 1.0)])
    spread = 0.5 + 1e-6
    scaled = weight * spread
    # loss log(1 + exp(-scaled / spread)) + RIDGE * scaled²: its slope is
    assert -(1 / spread) / (1 + exp(scaled / spread)) + 2 * RIDGE * scaled == pytest.approx(0, abs=1e-5)


def test_groups_count_by_their_weight_and_not_by_their_size() -> None:
    one, other = [example(1.0, 0.0, right=0)], [example(1.0, 0.0, right=1)] * 9
    (even,) = softmax_weights([(one, 1.0), (other, 1.0)])
    assert even == pytest.approx(0.0, abs=1e-3)
    (first,), (second,) = softmax_weights([(one, 2.0), (other, 1.0)]), softmax_weights([(one, 1.0), (other, 2.0)])
    assert exp(first) == pytest.approx(2.0, rel=0.01)  # the right share is 2 / 3, but for the ridge
    assert second == pytest.approx(-first, rel=1e-3)


def test_questions_with_fewer_hits_are_filled_up_with_nothing() -> None:
    found = [example(-2.0, -1.0, right=0), example(0.5, 1.0, 0.2, 1.5, right=1), example(0.3, 0.1, 0.9, right=2)]
    spread = np.concatenate([signals for signals, _ in found]).std() + 1e-6

    def loss(weight: float) -> float:
        shares = [np.exp(weight * signals[:, 0]) / np.exp(weight * signals[:, 0]).sum() for signals, _ in found]
        logs = [float(np.log(share[right].sum())) for share, (_, right) in zip(shares, found, strict=True)]
        return -sum(logs) / 3 + RIDGE * float(weight * spread) ** 2

    (weight,) = softmax_weights([(found, 1.0)])
    assert loss(weight) < min(loss(weight - 0.02), loss(weight + 0.02))


def test_questions_that_teach_nothing_are_left_out() -> None:
    useful = example(1.0, 0.0, right=0)
    nothing_right = np.array([[0.0], [5.0]]), np.array([False, False])
    all_right = np.array([[0.0], [5.0]]), np.array([True, True])
    assert softmax_weights([([useful, nothing_right, all_right], 1.0)]) == pytest.approx(
        softmax_weights([([useful], 1.0)])
    )


def test_several_right_hits_share_the_mass() -> None:
    signals, right = np.array([[1.0], [1.0], [0.0]]), np.array([True, True, False])
    (several,) = softmax_weights([([(signals, right)], 1.0)])
    assert several > 1


# the reranker's and the models' fits


def made_case(number: int, gold: bool = True) -> Case:
    """Return a question with three works, of which the one with the most words is right."""
    hits = [
        hit(passage(row, work=f"w{row}"), float(words), likeness=Likeness(0.5, 0.5))
        for row, words in enumerate(np.roll([3.0, 2.0, 1.0], number))
    ]
    signals = np.zeros((3, len(SIGNALS)))
    signals[:, SIGNALS.index("words")] = [one.score for one in hits]
    signals[:, SIGNALS.index("cosine")] = np.roll([1.0, 2.0, 1.0], number * 2)
    right = np.array([one.score == 3.0 for one in hits])
    places = frozenset({(f"w{int(np.argmax(right))}", "1")}) if gold else frozenset()
    return Case(Asked(DEVELOPMENT, f"question {number}", "en", places), run(question(), hits), signals, right & gold)


def test_the_reranker_learns_what_is_right() -> None:
    found = [made_case(number) for number in range(6)]
    weights = fit_rerank({DEVELOPMENT: found, "further": found})
    assert len(weights) == 2 * len(SIGNALS)
    asked = weights[len(SIGNALS) :]
    assert asked[SIGNALS.index("words")] > abs(asked[SIGNALS.index("cosine")])
    assert first_right(found, weights) == 1.0
    assert first_right(found, -weights) == 0.0


def test_only_answerable_questions_are_counted_as_right() -> None:
    weights = np.zeros(2 * len(SIGNALS))
    weights[len(SIGNALS) + SIGNALS.index("words")] = 1.0
    missed = replace(made_case(1), right=np.zeros(3, bool))  # the right section was not found
    assert first_right([made_case(0), missed, made_case(2, gold=False)], weights) == 1 / 2


def test_a_model_of_support_learns_the_feature_that_tells(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        Row(group, number, (float(answered), float(number % 3)), answered, True)
        for group in (DEVELOPMENT, "further")
        for number in range(30)
        for answered in (True, False)
    ]
    stored = fit_support("answers", ("tells", "number"), rows, ())
    model = SupportModel.from_stored(stored)
    assert model.mean == pytest.approx((0.5, 1.0))
    assert model.scale == pytest.approx((0.5 + 1e-3, (2 / 3) ** 0.5 + 1e-3), abs=1e-5)
    assert model.probability((1.0, 1.0)) > 0.9 and model.probability((0.0, 1.0)) < 0.1
    assert model.weight[0] > 10 * abs(model.weight[1])
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(f"answers: {DEVELOPMENT} refused 1.000 of 30, wrongly 0.")
    assert said[1].startswith("answers: further refused 1.000 of 30")


def test_a_corpus_that_is_left_out_teaches_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    taught = [Row(DEVELOPMENT, number, (float(number % 2),), bool(number % 2), True) for number in range(20)]
    contrary = [Row("further", number, (float(number % 2),), not number % 2, True) for number in range(20)]
    left_out = fit_support("support", ("tells",), [*taught, *contrary], {"further"})
    assert left_out == fit_support("support", ("tells",), taught, ())
    assert left_out["weight"][0] > 0
    assert "support: further refused 0.000 of 10, wrongly 1.000 of 10" in capsys.readouterr().err


def near_rows(fraction: float) -> list[Row]:
    """Return pairs of which the given share is in order by the first feature, and questions that it tells apart."""
    width, number = len(REPLY_FEATURES), 40
    plain = [
        Row(group, at, (float(answered), *[0.0] * (width - 1)), answered, True)
        for group in (DEVELOPMENT, "further")
        for at in range(number)
        for answered in (True, False)
    ]
    pairs = [
        Row(NEAR, at, (float(answered == (at < fraction * number)), *[0.0] * (width - 1)), answered, True)
        for at in range(number)
        for answered in (True, False)
    ]
    return plain + pairs


def test_a_network_of_replies_learns_the_feature_that_tells(capsys: pytest.CaptureFixture[str]) -> None:
    stored = fit_replies(near_rows(0.75), ())
    assert stored == fit_replies(near_rows(0.75), ())  # seeded
    model = ReplyModel.from_stored(stored)
    yes, no = (model.probability((told, *[0.0] * (len(REPLY_FEATURES) - 1))) for told in (1.0, 0.0))
    assert yes > 0.8 and no < 0.2
    assert no < model.threshold <= yes + 1e-3 and no < model.unasked_threshold <= yes + 1e-3
    assert model.hidden.shape == (HIDDEN * SEEDS, len(REPLY_FEATURES))
    said = capsys.readouterr().err
    assert "answers: near 0.750 of the pairs in order" in said


def test_a_pair_is_in_order_when_its_answerable_question_is_likelier() -> None:
    rows = near_rows(0.5)
    chances = np.array([row.features[0] for row in rows])
    assert pair_accuracy(rows, chances) == 0.5
    assert pair_accuracy(rows, np.zeros(len(rows))) == 0.0
    assert pair_accuracy(rows[:8], chances[:8]) == 0.0  # no pairs


def test_a_network_is_where_the_slope_of_its_loss_is_zero() -> None:
    generator = np.random.default_rng(1)
    x = generator.normal(size=(60, 3))
    signs = np.where(x[:, 0] + x[:, 1] * x[:, 2] > 0, 1.0, -1.0)
    weight, bias, hidden, hidden_bias, out = trained(x, signs, np.full(60, 1 / 60), 0, steps=2_000)

    def loss(shift: float, at: int) -> float:
        moved = weight + shift * (np.arange(3) == at)
        margins = signs * (x @ moved + bias + np.tanh(x @ hidden.T + hidden_bias) @ out)
        squares = (moved**2).sum() + (hidden**2).sum() + (out**2).sum()
        return float(np.logaddexp(0.0, -margins).mean() + DECAY * squares / 2)

    for at in range(3):
        assert loss(0.0, at) < min(loss(0.01, at), loss(-0.01, at))
    right = signs * (x @ weight + bias + np.tanh(x @ hidden.T + hidden_bias) @ out) > 0
    assert right.mean() > 0.9  # which no line through these would reach


def test_near_questions_come_in_pairs_and_as_they_are(assistant: Assistant) -> None:
    asked = list(near_questions())
    assert len(asked) == 1_040 and {one.group for one in asked} == {NEAR}
    assert [bool(one.gold) for one in asked] == [True, False] * 520
    corpus = Corpus(NEAR, assistant, (TRAINED, replace(TRAINED, gold=frozenset()), TRAINED))
    found = list(variants(corpus, cases(corpus)))
    assert [(number, one.asked.text, plain) for number, one, plain in found] == [
        (number, TRAINED.text, True) for number in (0, 0, 1)
    ]


# cases


def test_a_question_is_asked_and_what_answers_it_is_right(assistant: Assistant) -> None:
    found = case(assistant, TRAINED)
    sections = [(one.passage.work, one.passage.section_id) for one in found.run.hits]
    assert found.right.tolist() == [section == METHOD for section in sections]
    assert found.right.sum() == 2  # both editions
    by_document = case(assistant, replace(TRAINED, gold=frozenset({("align.ko",)})))
    assert by_document.right.tolist() == [one.passage.doc_id == "align.ko" for one in by_document.run.hits]


def test_a_case_is_ranked_as_the_reranker_ranks_it(assistant: Assistant) -> None:
    weights = np.random.default_rng(3).normal(size=2 * len(SIGNALS))
    found = case(assistant, TRAINED)
    assert found.ranked(weights).hits == LinearReranker(assistant.signals, weights.tolist()).rerank(found.run).hits


def test_without_its_answer_a_question_has_none(assistant: Assistant) -> None:
    found = case(assistant, TRAINED)
    left = without_answer(assistant, found, whole_work=False)
    assert left.asked == replace(TRAINED, gold=frozenset())
    assert not left.right.any()
    assert left.run.hits == tuple(one for one in found.run.hits if (one.passage.work, one.passage.section_id) != METHOD)
    assert "align" in {one.passage.work for one in left.run.hits}
    assert np.array_equal(left.signals, assistant.signals.read(left.run))  # relative to the best that is left
    without_work = without_answer(assistant, found, whole_work=True)
    assert [one.passage.work for one in without_work.run.hits] == [
        one.passage.work for one in found.run.hits if one.passage.work != "align"
    ]


def test_unasked_cases_are_those_of_a_library_without_known_questions(assistant: Assistant) -> None:
    found = case(assistant, TRAINED)
    hits = tuple(replace(one, likeness=Likeness(0.7, 0.6)) for one in found.run.hits)
    known = replace(
        found, run=replace(found.run, hits=hits), signals=assistant.signals.read(replace(found.run, hits=hits))
    )
    own = len(SIGNALS) - len(LIKENESS)
    expected = [pytest.approx([0.7, 0.6, 0.3, 0.0])] * len(hits)
    assert known.signals[:, own:].tolist() == expected
    bare = all_unasked(known)
    assert bare.run == found.run
    assert np.array_equal(bare.signals, assistant.signals.read(bare.run))
    some = unasked(known, known.right)
    assert np.array_equal(some.signals, assistant.signals.read(some.run))
    assert [one.likeness is None for one in some.run.hits] == known.right.tolist()
    assert known.signals[:, own:].tolist() == expected  # the given one stays


@pytest.mark.parametrize(
    ("text", "number", "held", "replaced"),
    [
        ("What is LLaMA-2 trained on?", 0, (), "What is Gemma-7B trained on?"),
        ("What is LLaMA-2 trained on?", 11, (), "What is Mixtral trained on?"),
        ("What is LLaMA-2 trained on?", 0, ("gemma7b", "mixtral"), "What is PaLM-2 trained on?"),
        ("SPIN과 DPO의 차이는?", 2, (), "PaLM-2과 DPO의 차이는?"),  # the first name only
        ("행동 모방이 뭐야?", 0, (), None),
        ("What is Reward modelling?", 0, (), None),
    ],
)
def test_another_name_makes_a_question_that_nothing_answers(
    text: str, number: int, held: tuple[str, ...], replaced: str | None
) -> None:
    asked = Asked("g", text, "en", frozenset({METHOD}))
    found = list(renamed(asked, number, dict.fromkeys(held, 0)))
    assert found == ([] if replaced is None else [Asked("g", replaced, "en", frozenset())])
    assert list(renamed(replace(asked, gold=frozenset()), number, {})) == []


def test_no_stranger_is_in_the_small_library(assistant: Assistant) -> None:
    (shown,) = renamed(TRAINED, 3, assistant.library.index.words)
    assert shown.text == f"What is {STRANGERS[3]} trained on?"
    (own,) = renamed(replace(TRAINED, text="What is Gemma-7B?"), 0, {"orchid2"})
    assert own.text == f"What is {STRANGERS[0]}?"


def test_a_development_question_comes_in_three_variants(assistant: Assistant) -> None:
    corpus = Corpus(DEVELOPMENT, assistant, (TRAINED,))
    found = list(variants(corpus, cases(corpus)))
    assert [(number, bool(one.asked.gold), plain) for number, one, plain in found] == [
        (0, True, True),
        (0, False, False),  # without the work
        (0, False, False),  # with another name
    ]
    assert [one.asked.text for _, one, _ in found] == [TRAINED.text] * 2 + ["What is Gemma-7B trained on?"]
    assert {h.passage.work for h in found[1][1].run.hits} == {"meeting", "synthetic", "자기개선"}


def test_a_further_corpus_has_no_known_questions_and_keeps_its_works(assistant: Assistant) -> None:
    corpus = Corpus("further", assistant, (replace(TRAINED, group="further"),))
    found = list(variants(corpus, cases(corpus)))
    assert [(one.asked.text, plain) for _, one, plain in found] == [
        (TRAINED.text, True),
        ("What is Gemma-7B trained on?", False),
    ]


# corpora


def test_a_hit_is_gold_by_its_section_and_by_its_file() -> None:
    made = replace(
        hit(passage(0, work="w", section="2")), passage=replace(passage(0, section="2"), source="/a/b__c.md")
    )
    assert places_of(made) == {("w", "2"), ("b__c",)}


def test_questions_are_read_with_their_gold() -> None:
    lines = (TRANSFER / "progit.jsonl").read_text(encoding="utf-8").splitlines()
    found = list(transfer_questions("progit", {}))
    assert [one.text for one, _ in found] == [json.loads(line)["question"] for line in lines]
    assert found[0][0] == Asked(
        "progit",
        "소스를 서버 한 대에만 모아 두는 방식은 뭐가 위험한가요?",
        "ko",
        frozenset({("01-introduction__about-version-control",)}),
    )
    developed = list(development_questions())
    assert {one.group for one in developed} == {DEVELOPMENT}
    assert {len(place) for one in developed for place in one.gold} == {2}


def test_a_question_is_answered_by_the_sections_of_its_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(corpora, "TRANSFER", tmp_path)
    rows: list[dict[str, object]] = [
        {"id": "x1", "needed": [[digest("A goal."), digest("Nowhere.")], [digest("Two  goals.")]], "gold": ["b"]},
        {"id": "x2", "needed": [[digest("A goal.")], [digest("Nowhere.")]], "gold": ["b"]},
        {"id": "x3", "gold": []},
    ]
    common: dict[str, object] = {
        "question": "A goal?",
        "language": "en",
        "kind": "detail",
        "answer": "",
        "fine": [digest("More.")],
    }
    text = "".join(json.dumps(common | row) + "\n" for row in rows)
    (tmp_path / "mine.jsonl").write_text(text, encoding="utf-8")
    told = {
        digest("A goal."): [(("b", "1"), "A goal."), (("c", "4"), "A goal.")],
        digest("Two goals."): [(("b", "2"), "Two\ngoals.")],
        digest("More."): [(("b", "1"), "More.")],
    }
    (one, question), (other, unanswered) = transfer_questions("mine", told)
    assert one == Asked("mine", "A goal?", "en", frozenset({("b", "1"), ("c", "4"), ("b", "2")}))
    assert question.needed == (("A goal.", "A goal."), ("Two\ngoals.",))
    assert question.fine == ("More.",)
    assert (other.gold, unanswered.needed) == (frozenset(), ())
    assert capsys.readouterr().err == "mine: 1 questions left out, whose sentences are not in these documents\n"


def test_a_library_tells_its_sentences(assistant: Assistant) -> None:
    document = assistant.document("align.en")
    assert document is not None
    method = next(section for section in document.sections if section.section_id == METHOD[1])
    sentence = document.text[method.start : method.end].strip().split("\n")[0]
    first = sentence[: sentence.index(".") + 1]
    assert (METHOD, first) in told_by(assistant)[digest(first)]
    assert digest("A  goal.\n") == digest("A goal.") != digest("A goal!")


def test_folders_are_named(tmp_path: Path) -> None:
    assert named_folders([f"fastapi={tmp_path}"]) == {"fastapi": tmp_path}
    assert named_folders([]) == {}
    for wrong in (f"django={tmp_path}", "django", f"fastapi={tmp_path / 'none'}"):
        with pytest.raises(
            ValueError,
            match="expected NAME=FOLDER with a name out of courses, d2l, fastapi, iml, mixed, mixed_later, old, old_later, pages, "
            "pages_later, progit, react, reports, reviews",
        ):
            named_folders([wrong])


@pytest.mark.parametrize("wrong", ["fastapi", "fastapi="])
def test_a_name_without_a_folder_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="expected NAME=FOLDER"):
        named_folders([wrong])


@pytest.mark.slow
def test_corpora_are_opened_with_their_questions(tmp_path: Path) -> None:
    (tmp_path / "advanced__middleware.md").write_text(
        "# Middleware\n\nA middleware sees every request.\n", encoding="utf-8"
    )
    with open_corpora({"fastapi": tmp_path}) as opened:
        assert [(one.name, len(one.questions)) for one in opened] == [
            (DEVELOPMENT, len(list(development_questions()))),
            (NEAR, len(list(near_questions()))),
            (PLAIN, len(list(plain_questions()))),
            ("fastapi", len(list(transfer_questions("fastapi", {})))),
        ]
        shipped, _, _, further = (one.assistant for one in opened)
        assert [card.doc_id for card in further.documents()] == ["advanced__middleware"]
        assert "2406.01252.ko" in {card.doc_id for card in shipped.documents()}
        (found,) = further.search("What sees every request?").hits
        assert places_of(found) == {("advanced__middleware", "0"), ("advanced__middleware",)}


# whether answers show code


def test_code_that_is_shown_found_and_refused_is_counted(tmp_path: Path) -> None:
    (tmp_path / "manual.md").write_text(
        "# Queue manual\n\n## Consumers\n\nStart the queue consumer so:\n\n```shell\nbin/queue  start\n```\n\n"
        "## Caches\n\nThere are three kinds of cache.\n",
        encoding="utf-8",
    )
    rows = [
        {"question": "What command starts the queue consumer?", "code": digest("bin/queue start")},
        {"question": "What command starts the queue consumer?", "code": digest("bin/queue stop")},
        {"question": "What is the capital of France?", "code": ""},
    ]
    library = tmp_path / "library"
    Library.open(library, create=True).close()
    with open_library(settings=Settings(library=library, shipped_seeds=False)) as assistant:
        assistant.add([tmp_path / "manual.md"])
        found = snippets.counted(assistant, rows)
    assert found == Counter(
        {
            **{
                "with code": 2,
                "its passage first": 1,
                "among 5": 1,
                "code shown": 1,
                "pieces of code": 2,
                "refused": 0,
            },
            **{"nothing answers": 1, "of these refused": 1},
        }
    )


def test_the_questions_for_code_are_whole() -> None:
    for name, answered, open_ones in (("seen", 40, 0), ("later", 40, 12)):
        lines = (TRANSFER.parent / "code" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        assert [sum(bool(row["code"]) is there for row in rows) for there in (True, False)] == [answered, open_ones]
        assert len({row["id"] for row in rows}) == len({row["question"] for row in rows}) == len(rows)
        assert all(not row["code"] or len(row["code"]) == DIGEST for row in rows)


# documents of further corpora


def test_pages_of_the_shop_are_the_first_of_their_folders(tmp_path: Path) -> None:
    for name in (
        "performance/a.md",
        "configuration/cache/b.md",
        "configuration/cli/c.md",
        "other/d.md",
        "upgrade/e.txt",
    ):
        (tmp_path / "help" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "help" / name).write_text(name, encoding="utf-8")
    assert list(commerce(tmp_path)) == [
        ("configuration__cache__b", "configuration/cache/b.md"),
        ("performance__a", "performance/a.md"),
    ]
    assert list(commerce_later(tmp_path)) == [("configuration__cli__c", "configuration/cli/c.md")]


PAGE = (
    "# First steps\n\n{* ../../docs_src/first.py hl[3] *}\n\n/// note | Technical\n\nA note.\n\n///\n\n"
    + "Words. " * 300
)


@pytest.fixture
def fastapi_clone(tmp_path: Path) -> Path:
    """A clone with one page that counts and four that do not."""
    english, korean = (tmp_path / "clone" / "docs" / language / "docs" for language in ("en", "ko"))
    pages = {"tutorial/first.md": PAGE, "short.md": "Words. ", "release-notes.md": PAGE, "untranslated.md": PAGE}
    for name, text in pages.items():
        (english / name).parent.mkdir(parents=True, exist_ok=True)
        (english / name).write_text(text, encoding="utf-8")
        if name != "untranslated.md":
            (korean / name).parent.mkdir(parents=True, exist_ok=True)
            (korean / name).write_text("한국어", encoding="utf-8")
    (korean / "only.md").write_text(PAGE, encoding="utf-8")
    return tmp_path / "clone"


def test_fastapi_pages_are_those_with_a_korean_edition(fastapi_clone: Path) -> None:
    assert list(fastapi(fastapi_clone)) == [
        ("tutorial__first", "# First steps\n\n\n\n\n\nA note.\n\n\n\n" + "Words. " * 300)
    ]


def test_a_page_counts_from_a_length_without_its_includes(fastapi_clone: Path) -> None:
    page = fastapi_clone / "docs" / "en" / "docs" / "short.md"
    page.write_text("{* include *}" + "w" * MIN_CHARS, encoding="utf-8")
    assert dict(fastapi(fastapi_clone))["short"] == "w" * MIN_CHARS
    page.write_text("{* include *}" + "w" * (MIN_CHARS - 1), encoding="utf-8")
    assert "short" not in dict(fastapi(fastapi_clone))


ASCIIDOC = f"""[[_about]]
=== 버전 관리

{"/" * 60}
=== About Version Control
{"/" * 60}
(((버전 관리)))
`git` 은 <<ch02#basics>> 버전을 기록한다.

==== 로컬 버전 관리

[source,console]
----
$ git add
----
image::images/local.png[그림]
indexterm:[one]
"""


def lines_of(text: str | bytes) -> list[str]:
    """Return the lines of Markdown that are not empty."""
    assert isinstance(text, str)
    return [line for line in text.splitlines() if line]


def test_progit_sections_become_markdown(tmp_path: Path) -> None:
    sections = tmp_path / "book" / "01-introduction" / "sections"
    sections.mkdir(parents=True)
    (sections / "about.asc").write_text(ASCIIDOC, encoding="utf-8")
    (sections / "image.png").write_bytes(b"")
    ((name, text),) = progit(tmp_path)
    assert name == "01-introduction__about"
    assert lines_of(text) == [
        "# 버전 관리",
        "git 은  버전을 기록한다.",
        "## 로컬 버전 관리",
        "$ git add",
    ]


def test_reviews_are_those_with_something_to_read(tmp_path: Path) -> None:
    for name, text in {"2024/One: Two, three": "리뷰 " * 600, "2024/Short": "리뷰"}.items():
        (tmp_path / "Vision" / name).mkdir(parents=True)
        (tmp_path / "Vision" / name / "paper.md").write_text(text, encoding="utf-8")
    assert list(reviews(tmp_path)) == [("2024__One-Two-three", "리뷰 " * 600)]


def test_pages_of_the_textbook_are_without_code_and_marks(tmp_path: Path) -> None:
    page = (
        "```{.python .input}\n%load_ext d2lbook.tab\n```\n\n# Queries\n:label:`sec_queries`\n\nAttention :cite:`B.2014` "
        "is shown in :numref:`fig_qkv`.\n\n```{.python .input  n=2}\n%%tab jax\nimport jax\n```\n" + "Words. " * 300
    )
    for chapter in ("optimization", "preface"):
        (tmp_path / f"chapter_{chapter}").mkdir()
        (tmp_path / f"chapter_{chapter}" / "queries.md").write_text(page, encoding="utf-8")
    ((name, text),) = d2l(tmp_path)
    assert name == "optimization__queries"
    assert lines_of(text) == [
        "# Queries",
        "Attention is shown in.",
        ("Words. " * 300),
    ]


def test_chapters_of_the_book_are_without_code_includes_and_notes(tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    chapter = (
        "# LIME {#lime}\n\n{{< include _setup.qmd >}}\n\nIt fits a model.[^one] So does [@doe2020].\n\n"
        "```{r, fit}\nfit(x)\n```\n\n::: {.callout-tip}\nA tip.\n:::\n" + "Words. " * 300
    )
    for name in ("lime.qmd", "_setup.qmd"):
        (tmp_path / "manuscript" / name).write_text(chapter, encoding="utf-8")
    ((name, text),) = iml(tmp_path)
    assert name == "lime"
    assert lines_of(text) == [
        "# LIME {#lime}",
        "It fits a model. So does.",
        "A tip.",
        ("Words. " * 300),
    ]


def test_korean_pages_are_without_code_and_tags(tmp_path: Path) -> None:
    root = tmp_path / "src" / "content"
    page = (
        "---\ntitle: 스냅샷\n---\n\n<Intro>\n\nState입니다.\n\n</Intro>\n\n## 설정 {/*setting*/}\n\n"
        "<Sandpack>\n\n```js src/App.js\nexport default 1;\n```\n\n</Sandpack>\n" + "말. " * 600
    )
    for name in ("learn/state.md", "reference/react/hooks/useState.md", "blog/news.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(page, encoding="utf-8")
    found = dict(react(tmp_path))
    assert list(found) == ["learn__state", "reference__react__hooks__useState"]
    lines = [line.strip() for line in found["learn__state"].splitlines() if line.strip()]
    assert lines == ["# 스냅샷", "State입니다.", "## 설정", ("말. " * 600).strip()]


def test_reports_stay_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone" / "report.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "clone" / "README.md").write_text("Not this.", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["documents", "reports", str(tmp_path / "clone"), str(tmp_path / "out")])
    assert main() == 0
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "out").iterdir()] == [("report.pdf", b"%PDF-1.7")]


def test_documents_are_written(
    fastapi_clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(sys, "argv", ["documents", "fastapi", str(fastapi_clone), str(out)])
    assert main() == 0
    assert [path.name for path in out.iterdir()] == ["tutorial__first.md"]
    assert capsys.readouterr().err == f"1 documents in {out}\n"
    monkeypatch.setattr(sys, "argv", ["documents", "progit", str(fastapi_clone), str(out)])
    assert main() == 1


def test_pages_of_pdfs_and_pieces_of_word_files_are_documents(tmp_path: Path) -> None:
    maker = Maker()
    maker.lines(LOREM, 50, 50)
    maker.turn()
    maker.lines(LOREM[1:], 50, 50)
    (tmp_path / "report.pdf").write_bytes(maker.bytes())
    written = docx.Document()
    for at in range(60):
        written.add_paragraph(f"Paragraph {at} says what rule {at} asks of whoever reads it.")
    written.save(str(tmp_path / "rules.docx"))
    (tmp_path / "notes.txt").write_text("left out", encoding="utf-8")
    found = {name: str(text) for name, text in pages(tmp_path)}
    assert list(found) == ["report_p01", "report_p02", *(f"rules_p0{at}" for at in range(1, 5))]
    assert found["report_p02"].startswith(LOREM[1][:20])
    assert found["rules_p01"].startswith("Paragraph 0 says") and found["rules_p04"].endswith("reads it.")
    assert all(PIECE - 200 < len(found[f"rules_p0{at}"]) <= PIECE + 20 for at in range(1, 4))


def test_a_public_set_becomes_documents_and_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"id": "7-0", "question": "누가?", "answers": [{"text": "아무도", "answer_start": 0}]}
    paragraphs = [{"context": "첫 문단.", "qas": []}, {"context": "둘째 문단.", "qas": [asked]}]
    raw = {
        "data": [
            {"paragraphs": paragraphs},
            {"paragraphs": [{"context": "둘째 문단.", "qas": [asked | {"id": "7-1"}]}]},
        ]
    }
    (tmp_path / "clone" / "dataset").mkdir(parents=True)
    (tmp_path / "clone" / "dataset" / "KorQuAD_v1.0_dev.json").write_text(json.dumps(raw), encoding="utf-8")
    folder = tmp_path / "made"
    monkeypatch.setattr(sys, "argv", ["public", "korquad", str(tmp_path / "clone"), str(folder)])
    assert public.main() == 0
    texts = {path.name: path.read_text(encoding="utf-8") for path in (folder / "documents").iterdir()}
    assert texts == {"p0000.txt": "첫 문단.", "p0001.txt": "둘째 문단."}
    made = [(one.question_id, one.text, one.documents) for one in read_questions([folder / "questions.jsonl"])]
    assert made == [("7-0", "누가?", ("p0001.txt",)), ("7-1", "누가?", ("p0001.txt",))]  # the same paragraph


def test_pages_of_reports_are_the_gold_of_all_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {
        "ocr_corpus_v3": [{"doc_id": "a.pdf - 1", "contents": "하나"}, {"doc_id": "a.pdf - 2", "contents": "둘"}],
        "qa_v4": [{"qid": "q", "query": "몇?", "retrieval_gt": [["a.pdf - 2"], ["a.pdf - 1"]]}],
    }
    monkeypatch.setattr(public, "_table", lambda path: tables[path.stem])
    texts, (row,) = public.autorag(Path("clone"))
    assert texts == {"d000": "하나", "d001": "둘"}
    assert row == {"id": "q", "question": "몇?", "language": "ko", "gold": ["d001.txt", "d000.txt"]}


def candidate(text: str, **signals: float) -> Candidate:
    row = tuple(signals.get(name, 0.0) for name in SENTENCE_SIGNALS)
    return Candidate(text, Evidence("d", "s", 0, 1), 0, frozenset(), row, 0.0)


def readings(assistant: Assistant, bases: Sequence[float]) -> Readings:
    """Return questions whose sentences all have a base of a signal, the needed one .4 more."""
    made = []
    for number, base in enumerate(bases):
        asked = Question(str(number), "?", "en", "other", (), needed=(("Yes.",),), fine=("Fine.",))
        found = (candidate("No.", soft=base), candidate("Yes.", soft=base + 0.4), candidate("Fine.", soft=9.0))
        made.append(Reading(asked, run(question("?"), [], [], ()), (), found))
    return Readings("made", assistant, tuple(made))


def test_the_model_of_sentences_puts_the_needed_ones_first(assistant: Assistant) -> None:
    varied = fitted(
        [readings(assistant, [number / 10 for number in range(30)])]
    )  # what all have in common tells nothing
    weights = dict(zip(SENTENCE_SIGNALS, varied.weights, strict=True))
    assert weights["soft"] > 3 and abs(weights["cosine"]) < 1e-6
    equal = fitted([readings(assistant, [0.3] * 30)])
    right, wrong = (equal.score(candidate("", soft=value).signals) for value in (0.7, 0.3))
    assert right > 0 > wrong and right == pytest.approx(-wrong, rel=0.1)  # as many are right as wrong
