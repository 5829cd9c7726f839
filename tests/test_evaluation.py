"""`surveyqa eval`: the question format, the figures as written arithmetic, the files, and the command from end to end."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from math import log2
from pathlib import Path
from typing import Any

import pytest

from index import library as library_module
from index.embed import BUNDLED, MODEL_FOLDER, Embedder, StaticEmbedder
from index.errors import InputError, SurveyQAError
from index.load import Language
from qa.answer import Answer, Sentence
from qa.ask import Assistant
from qa.command.main import main
from qa.evaluation.folder import check_folder, write_folder
from qa.evaluation.gold import Gold, Shelf, place
from qa.evaluation.judge import Judged, judge_all, quoted_sentences
from qa.evaluation.measure import difference, estimate, milliseconds
from qa.evaluation.picture import report_svg
from qa.evaluation.questions import Question, read_questions
from qa.evaluation.ranking import measures_library, ranking_values
from qa.evaluation.results import read_results, results_text
from qa.evaluation.score import METRICS, answer_values, score, sentence_values
from qa.evaluation.summary import compare, summarise
from qa.evaluation.target import label, parse_target
from qa.evaluation.trec import trec_files
from qa.settings import Settings
from qa.words.bridge import Bridge

ROWS: list[dict[str, Any]] = [
    {
        "id": "q 1",
        "question": "행동 모방이 뭐야?",
        "gold": [["align", "method"]],
        "needed": [["행동 모방은  더 강한 모델의 답변으로 작은 모델을 학습시키는 방법이다."]],
    },
    {"id": "q2", "question": "What is synthetic data?", "gold": ["synthetic.md"], "kind": "basics"},
    {"id": "q3", "question": "Who won the world cup in 1998?", "gold": []},
    {"id": "q4", "question": "What accuracy does Orchid-2 reach?", "gold": [["align.en", "2"], ["align", "method"]]},
    {"id": "q5", "question": "???", "gold": [], "language": "en"},
]

Run = Callable[..., tuple[int, str, str]]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> list[Question]:
    return read_questions([write(tmp_path_factory.mktemp("questions") / "q.jsonl", ROWS)])


@pytest.fixture(scope="module")
def judged(assistant: Assistant, questions: list[Question]) -> list[Judged]:
    return judge_all(assistant, questions)


def made(
    gold: tuple[str, ...], found: tuple[str, ...], cited: tuple[str, ...] = (), language: Language = "ko"
) -> Judged:
    """A judged question whose sections are in both languages."""
    pairs = tuple((where.partition("/")[0], where.partition("/")[2]) for where in gold)
    return Judged(
        question=Question("q", "질문", language, "other", pairs),
        gold=Gold(gold, {"ko": gold, "en": gold}),
        found=found,
        found_in={"ko": found, "en": found[:1]},
        cited=cited,
        sentences=(),
        answer="",
        refused=not cited,
        probability=0.5,
        milliseconds=1.0,
    )


# questions


def test_questions_are_read_with_what_is_left_out_found(questions: list[Question]) -> None:
    first, second = questions[:2]
    assert (first.question_id, first.language, first.kind) == ("q 1", "ko", "definition")
    assert first.gold == (("align", "method"),) and first.answerable
    assert (second.documents, second.gold, second.kind, second.language) == (("synthetic.md",), (), "basics", "en")
    assert not questions[2].answerable
    assert questions[3].where.endswith("q.jsonl:4")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "is not JSON"),
        ("[1]", "expected a JSON object"),
        ('{"id": "a", "question": "what"}', "the key 'gold' is not there"),
        ('{"id": "a", "question": "what", "gold": [], "glod": []}', "the key 'glod' is unknown"),
        ('{"id": 1, "question": "what", "gold": []}', "'id' is 1; expected text"),
        ('{"id": "a", "question": " ", "gold": []}', "'question' is \" \""),
        ('{"id": "a", "question": "what", "gold": "w"}', "'gold' is \"w\""),
        ('{"id": "a", "question": "what", "gold": ["w", ["w", "1"]]}', "'gold' holds \"w\""),
        ('{"id": "a", "question": "what", "gold": [["w"]]}', "'gold' holds [\"w\"]"),
        ('{"id": "a", "question": "what", "gold": [], "language": "de"}', "'ko' or 'en'"),
        ('{"id": "a", "question": "what", "gold": ["w"], "needed": ["s"]}', "a group in 'needed' is \"s\""),
        ('{"id": "a", "question": "what", "gold": ["w"], "needed": [[]]}', "a group in 'needed' is empty"),
        ('{"id": "a", "question": "what", "gold": ["w"], "fine": "s"}', "'fine' is \"s\""),
        ('{"id": "a", "question": "what", "gold": [], "fine": ["s"]}', "'gold' is [] but sentences are given"),
        ('{"id": "0", "question": "what", "gold": []}', "the id '0' stands at"),
    ],
)
def test_a_bad_line_is_named_with_what_was_expected(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f'{{"id": "0", "question": "what", "gold": []}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_questions([path])
    assert str(caught.value).startswith(f"{path}:3: ") and says in str(caught.value)


def test_a_file_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.jsonl: cannot be read"):
        read_questions([tmp_path / "no.jsonl"])
    with pytest.raises(InputError, match="no question is there"):
        read_questions([write(tmp_path / "empty.jsonl", [])])


# gold


def test_gold_goes_by_work_doc_id_and_file_name(assistant: Assistant) -> None:
    ask = Question("q", "what", "en", "other", ())
    shelf = Shelf(assistant)
    by_name = [replace(ask, documents=(name,)) for name in ("align", "align.ko", "align.en.md")]
    both: dict[Language, tuple[str, ...]] = {"ko": ("align",), "en": ("align",)}
    assert shelf.gold(by_name) == [Gold(("align",), both)] * 3
    (section,) = shelf.gold([replace(ask, gold=(("synthetic", "1"),))])
    assert section == Gold(("synthetic/1",), {"ko": (), "en": ("synthetic/1",)})


def test_gold_that_the_library_lacks_is_named(assistant: Assistant) -> None:
    ask = Question("q", "what", "en", "other", (("align", "9"), ("no", "1")), where="q.jsonl:7")
    with pytest.raises(InputError, match=r"q\.jsonl:7 \(q\): \['align', '9'\]; q\.jsonl:7 \(q\): \['no', '1'\]; `sur"):
        Shelf(assistant).gold([ask])
    many = [replace(ask, gold=(), documents=tuple("abcde"))]
    with pytest.raises(InputError, match="and 2 more"):
        Shelf(assistant).gold(many)


def test_a_place_has_no_white_space_and_one_slash() -> None:
    assert place("my notes/a", "1.2") == "my%20notes%2Fa/1.2"
    assert place("50% 자기개선") == "50%25%20자기개선"


# metrics


def test_ranking_values_are_the_arithmetic() -> None:
    second, of_two, missed, none = ranking_values(
        [["b"], ["a", "c"], ["z"], []], [["a", "b"], ["a", "b", "c"], ["a"], ["a"]]
    )
    assert second == pytest.approx(
        {"success@1": 0, "success@5": 1, "success@10": 1, "MRR@10": 1 / 2}
        | {"recall@1": 0, "recall@5": 1, "recall@10": 1, "nDCG@10": 1 / log2(3)}
    )
    assert of_two["recall@1"] == 1 / 2 and of_two["success@1"] == of_two["MRR@10"] == 1
    assert of_two["nDCG@10"] == pytest.approx((1 / log2(2) + 1 / log2(4)) / (1 / log2(2) + 1 / log2(3)))
    assert set(missed.values()) == {0.0} and none == {}


def test_ranks_beyond_ten_count_nothing_and_ties_keep_the_order() -> None:
    places = [f"s{number:02}" for number in range(12)]
    ninth, tenth, eleventh = ranking_values([["s08"], ["s09"], ["s10"]], [places] * 3)
    assert (ninth["MRR@10"], tenth["MRR@10"], eleventh["MRR@10"]) == pytest.approx((1 / 9, 1 / 10, 0))
    assert (tenth["success@10"], eleventh["success@10"]) == (1, 0)
    assert ranking_values([["a"]], [[]])[0]["MRR@10"] == 0


def test_a_missing_library_is_named_with_its_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(SurveyQAError, match=r"`pip install 'ir-measures>=0\.4\.3'`"):
        measures_library()


def test_citations_and_refusals_are_the_arithmetic() -> None:
    answered = answer_values(made(("w/1", "w/2", "w/3"), (), cited=("w/9", "w/1", "w/1")))
    assert answered == {
        "wrongly refused": 0,
        "right section first": 0,
        "citation recall": 1 / 3,
        "citation precision": 2 / 3,
    }
    assert answer_values(made(("w/1",), ())) == {
        "refusal precision": 0,
        "wrongly refused": 1,
        "right section first": 0,
        "citation recall": 0,
    }
    assert answer_values(made((), ())) == {"refusal precision": 1, "refusal recall": 1}
    assert answer_values(made((), (), cited=("w/1",))) == {"refusal recall": 0}


def test_sentences_are_the_arithmetic() -> None:
    needed = (("A b.", "A c."), ("D.",))
    assert sentence_values(["A  c.", "E.", "F."], needed, ["E."]) == {
        "sentence precision": 2 / 3,
        "sentence recall": 1 / 2,
    }
    assert sentence_values([], needed, []) == {"sentence recall": 0}
    assert sentence_values(["A."], (), ()) == {}


def test_items_that_are_cited_by_themselves_are_quoted_sentences() -> None:
    sentences = [
        Sentence("Two: a and b.", (0,)),
        *(Sentence("a", (0,), "item"), Sentence("b", (0,), "item")),
        *(Sentence("c", (1,), "item"), Sentence("make", (2,), "code"), Sentence("D.", (1,))),
    ]
    answer = Answer("q", "en", "list", tuple(sentences), (), None, (), 1.0)
    assert list(quoted_sentences(answer)) == ["Two: a and b.", "c", "D."]


def test_an_interval_contains_its_estimate() -> None:
    found = estimate([1.0] * 30 + [0.0] * 10)
    assert found.value == 30 / 40 and found.n == 40
    assert found.low is not None and found.high is not None
    assert 0.55 < found.low < 30 / 40 < found.high < 0.9
    assert found == estimate([1.0] * 30 + [0.0] * 10)
    assert (estimate([]).value, estimate([1.0]).value, estimate([1.0]).low) == (None, 1.0, None)


def test_a_difference_is_paired_and_tested_exactly_on_few() -> None:
    better = difference([0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0])
    assert better.value == 1 and better.p == pytest.approx(2 / 2**4)  # both extremes of the 16 ways to swap
    same = difference([1.0, 0.0, None], [1.0, 0.0, None])
    assert (same.n, same.value, same.low, same.high, same.p) == (2, 0.0, 0.0, 0.0, 1.0)
    partly = difference([1.0, None, 0.0, 0.0] * 20, [None, 1.0, 1.0, 0.0] * 20)
    assert partly.value == pytest.approx(2 / 3 - 1 / 3) and partly.n == 80
    assert partly.low is not None and partly.high is not None and partly.low < 1 / 3 < partly.high
    assert difference([None], [1.0]).value is None


def test_times_are_median_and_95th_percentile() -> None:
    assert milliseconds([float(ms) for ms in range(1, 102)]) == (51, 96)


# summaries


def test_groups_are_all_language_pair_and_kind() -> None:
    asked = [made(("w/1",), ("w/2", "w/1"), ("w/1",)), made(("w/1",), ("w/1",), ("w/1",), "en"), made((), ())]
    groups = {group.name: group for group in summarise("x", score(asked)).groups}
    assert list(groups) == ["all", "asked in ko", "asked in en", "ko→ko", "ko→en", "en→ko", "en→en", "other"]
    assert groups["all"].metrics["MRR@10"].value == (1 / 2 + 1) / 2
    assert groups["ko→ko"].metrics["MRR@10"].value == 1 / 2
    assert groups["ko→en"].metrics["MRR@10"].value == 0  # only w/2 was found among the English passages
    assert groups["all"].metrics["refusal precision"].value == 1
    assert "refusal precision" not in groups["asked in en"].metrics


def test_compared_with_itself_nothing_differs(judged: list[Judged]) -> None:
    scored = score(judged)
    summary = summarise("x", scored)
    comparison = compare(summary, scored, summary, scored)
    assert {change.metric for change in comparison.changes} <= set(METRICS)
    assert {change.difference.value for change in comparison.changes} == {0.0}
    assert {change.difference.p for change in comparison.changes if change.difference.n > 1} == {1.0}
    assert comparison.moved == ()


def test_the_picture_is_xml_with_a_bar_for_every_mean(judged: list[Judged]) -> None:
    from xml.etree import ElementTree

    kind = replace(judged[0], question=replace(judged[0].question, kind="a<b"))
    tree = ElementTree.fromstring(report_svg(summarise("x", score([kind, *judged]))))
    texts = ["".join(text.itertext()) for text in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert "ko→en n = 2" in texts and "a<b n = 1" in texts


# asking and saving


def test_questions_are_judged(judged: list[Judged]) -> None:
    verdicts = [one.verdict for one in judged]
    assert verdicts == ["right", "right", "rightly refused", "right", "rightly refused"]
    first, second, _, fourth, unreadable = judged
    assert first.rank == 1 and first.found[0] == "align/method" and len(set(first.found)) == len(first.found)
    assert answer_values(first)["sentence recall"] == 1
    assert second.found[0] == "synthetic" and second.cited[0] == "synthetic"
    assert second.gold.by_language == {"ko": (), "en": ("synthetic",)}
    assert fourth.gold.places == ("align/2", "align/method")
    assert "no word" in unreadable.answer and unreadable.found == ()
    assert all(where.split("/")[0] != "synthetic" for where in first.found_in["ko"])


def test_saved_results_are_read_back(judged: list[Judged], tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").write_text(results_text(judged), encoding="utf-8")
    for then, now in zip(read_results(tmp_path), judged, strict=True):
        probability, milliseconds_ = round(now.probability, 4), round(now.milliseconds, 2)
        expected = replace(now, probability=probability, milliseconds=milliseconds_)
        assert replace(then, question=now.question) == expected
        assert replace(then.question, where="") == replace(now.question, where="")
    (tmp_path / "results.jsonl").write_text('{"id": "a", "question": "b", "gold": []}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"results\.jsonl:1: not a saved result"):
        read_results(tmp_path)


def test_trec_files_give_the_same_figures(judged: list[Judged], tmp_path: Path) -> None:
    import ir_measures

    for name, text in trec_files(judged):
        (tmp_path / name).write_text(text, encoding="utf-8")
    scored = score(judged)
    for run, values in (
        ("", [one.values["nDCG@10"] for one in scored if "nDCG@10" in one.values]),
        (".en-en", [one.by_language["en"]["nDCG@10"] for one in (scored[1], scored[3])]),
    ):
        qrels = ir_measures.read_trec_qrels(str(tmp_path / f"qrels{run}.trec"))
        found = ir_measures.read_trec_run(str(tmp_path / f"run{run}.trec"))
        mean = ir_measures.calc_aggregate([ir_measures.nDCG @ 10], qrels, found)[ir_measures.nDCG @ 10]
        assert mean == pytest.approx(sum(values) / len(values))
    lines = [line.split(" ") for line in (tmp_path / "run.trec").read_text(encoding="utf-8").splitlines()]
    assert {len(line) for line in lines} == {6}
    assert lines[0] == ["q%201", "Q0", "align/method", "1", "1.000000", "surveyqa"]
    assert (tmp_path / "run.ko-en.trec").exists()


def test_only_a_report_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "report"
    write_folder(folder, {"report.md": "# SurveyQA evaluation\n", "run.trec": "1"})
    write_folder(folder, {"report.md": "# SurveyQA evaluation\n", "qrels.trec": "2"})
    assert sorted(path.name for path in folder.iterdir()) == ["qrels.trec", "report.md"]
    assert list(folder.parent.iterdir()) == [folder]
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"other things than an earlier report \(notes\.txt\)"):
        write_folder(folder, {})
    (folder / "notes.txt").unlink()
    (folder / "report.md").write_text("my own report")
    with pytest.raises(InputError, match="no report of `surveyqa eval`"):
        check_folder(folder)
    with pytest.raises(InputError, match="is a file"):
        check_folder(folder / "report.md")


def test_compared_settings_are_checked() -> None:
    settings = Settings(library=Path("x"))
    assert parse_target("top_k=5", settings) == replace(settings, top_k=5)
    assert parse_target("embedder=a/b", settings) == replace(settings, embedder="a/b")
    assert parse_target("some/folder", settings) == Path("some/folder")
    for wrong, says in (
        ("library=x", "write KEY=VALUE"),
        ("cache=/x", "write KEY=VALUE"),
        ("top_k=0", "1 to 1000"),
        ("top_k=5,x", "has 'x'"),
    ):
        with pytest.raises(InputError, match=says):
            parse_target(wrong, settings)
    assert label(settings) == "embedder=bundled, reranker=bundled, top_k=20"  # no folder of whoever asks


# the command


@pytest.fixture
def run(
    assistant: Assistant, embedder: Embedder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run the command in this process, with two embedders that differ by name."""
    monkeypatch.delenv("SURVEYQA_LIBRARY", raising=False)
    monkeypatch.delenv("SURVEYQA_EMBEDDER", raising=False)
    known = {BUNDLED: embedder, "other": StaticEmbedder(MODEL_FOLDER / "embedder", "other")}
    monkeypatch.setattr(library_module, "open_embedder", known.__getitem__)
    monkeypatch.setattr(Bridge, "load", lambda *_: assistant.bridge)

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


def test_eval_prints_saves_and_compares(run: Run, library_copy: Path, tmp_path: Path) -> None:
    asked, out = write(tmp_path / "q.jsonl", ROWS), tmp_path / "report"
    code, text, messages = run("eval", asked, "--library", library_copy, "--out", out)
    assert (code, messages) == (0, "")
    assert "5 questions: 3 right, 0 wrong, 0 wrongly refused, 2 rightly refused, 0 wrongly answered." in text
    assert text in (out / "report.md").read_text(encoding="utf-8")
    assert (out / "report.svg").exists() and (out / "qrels.trec").exists()
    assert len(read_results(out)) == 5

    code, text, messages = run("eval", asked, "--library", library_copy, "--compare", out, "--json")
    compared = json.loads(text)["compared"]
    assert (code, messages) == (0, "")
    assert {change["difference"]["value"] for change in compared["changes"]} == {0.0}
    assert compared["moved"] == [] and compared["first"]["label"] == f"results in {out}"

    other = write(tmp_path / "other.jsonl", ROWS[:2])
    code, _, messages = run("eval", other, "--library", library_copy, "--compare", out)
    assert code == 2 and "not of the same questions and gold: 3 differ, the first are q3, q4, q5" in messages


def test_eval_indexes_a_copy_for_another_embedder(run: Run, library_copy: Path, tmp_path: Path) -> None:
    asked = write(tmp_path / "q.jsonl", ROWS[:2])
    before = sorted(path.name for path in (library_copy / "index").iterdir())
    code, text, messages = run("eval", asked, "--library", library_copy, "--compare", "embedder=other,top_k=5")
    assert code == 0 and "the index is made anew for the embedder 'other'" in messages
    assert "A: embedder=bundled" in text and "B: embedder=other" in text
    assert "| +0.000 (+0.000 to +0.000) | 1.0000 |" in text  # the other embedder is the same by another name
    assert sorted(path.name for path in (library_copy / "index").iterdir()) == before


def test_eval_says_what_is_wrong_before_it_asks(run: Run, library_copy: Path, tmp_path: Path) -> None:
    asked = write(tmp_path / "q.jsonl", [{"id": "a", "question": "what", "gold": [["no", "1"]]}])
    code, text, messages = run("eval", asked, "--library", library_copy)
    assert (code, text) == (2, "") and f"{asked}:1 (a): ['no', '1']" in messages
    code, _, messages = run("eval", asked, "--library", library_copy, "--out", library_copy)
    assert code == 2 and "other things than an earlier report" in messages


def test_the_development_questions_are_read_with_their_sentences() -> None:
    from bench import questions as bench_questions

    found = bench_questions.read_questions()
    assert len(found) >= 400 and len({question.question_id for question in found}) == len(found)
    assert any(question.needed for question in found) == bench_questions.SENTENCES.exists()
