"""The shell command: what it prints where, and its exit codes."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import seeds
from index import library as library_module
from index.embed import MODEL_FOLDER, Embedder
from index.library import Library
from qa.command.main import main
from qa.words.bridge import Bridge
from tests.conftest import ALIGN_EN, CORPUS, DOC_IDS

ROOT = Path(__file__).resolve().parents[1]
KOREAN_QUESTION = "행동 모방이 뭐야?"
ENGLISH_QUESTION = "What is synthetic data?"
CITATION = {"doc_id", "title", "language", "section", "section_id", "quote", "start", "end", "page", "source"}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def bridge(small_library: Path) -> Bridge:
    with Library.open(small_library) as opened:
        return Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, opened.analyser)


@pytest.fixture
def run(
    bridge: Bridge, embedder: Embedder, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Run the command in this process, with model and bridge read once; return exit code, output and messages."""
    monkeypatch.delenv("SURVEYQA_LIBRARY", raising=False)
    monkeypatch.delenv("SURVEYQA_EMBEDDER", raising=False)
    monkeypatch.setattr(library_module, "open_embedder", lambda name: {embedder.name: embedder}[name])
    monkeypatch.setattr(Bridge, "load", lambda *_: bridge)

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exit_:  # argparse's way out
            code = int(str(exit_.code))
        captured = capsysbinary.readouterr()
        return code, captured.out.decode(), captured.err.decode()

    return command


def records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.split("\n")[:-1]]


# Asking


@pytest.mark.parametrize(
    ("question", "language", "doc_id"), [(KOREAN_QUESTION, "ko", "align.ko"), (ENGLISH_QUESTION, "en", "synthetic")]
)
def test_an_answer_in_json_quotes_the_bytes_that_show_prints(
    run: Run, small_library: Path, question: str, language: str, doc_id: str
) -> None:
    code, out, err = run("ask", "--library", small_library, "--json", question)
    assert (code, err) == (0, "")
    (answer,) = records(out)
    assert {"question", "language", "answer", "abstained", "citations", "seconds"} <= set(answer)
    assert (answer["question"], answer["language"], answer["abstained"]) == (question, language, False)
    assert 0 < answer["seconds"] < 30
    assert answer["citations"][0]["doc_id"] == doc_id
    for citation in answer["citations"]:
        assert set(citation) == CITATION
        code, text, _ = run("show", citation["doc_id"], "--text", "--library", small_library)
        assert code == 0
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["quote"] in answer["answer"].replace("\n", " ") or "\n" in citation["quote"]
        assert citation["source"].endswith((".md", ".txt")) and citation["page"] is None


def test_a_document_is_printed_exactly(run: Run, small_library: Path) -> None:
    assert run("show", "align.en", "--text", "--library", small_library)[1] == ALIGN_EN
    code, out, _ = run("show", "align.en", "--library", small_library)
    assert code == 0
    assert [line.strip() for line in out.splitlines()][:1] == ["Aligning Small Models"]
    assert "  Rewards 1.1\n" in out and "Method method\n" in out


def test_an_answer_to_read_numbers_its_sources(run: Run, small_library: Path) -> None:
    code, out, err = run("ask", ENGLISH_QUESTION, "--library", small_library)
    assert (code, err) == (0, "")
    assert "Synthetic data is text that a model writes and that another model is trained on. [1]" in out
    assert "\n[1] Synthetic Data for Tables (synthetic, " in out
    assert "\x1b" not in out


def test_abstaining_is_done_and_not_failed(run: Run, small_library: Path) -> None:
    code, out, err = run("ask", "--json", "김치찌개는 어떻게 끓여?", "--library", small_library)
    (answer,) = records(out)
    assert (code, err) == (0, "")
    assert (answer["abstained"], answer["citations"]) == (True, [])
    assert answer["answer"].startswith("이 라이브러리에서는 답의 근거를 찾지 못했습니다.")


def test_the_language_of_the_answer_can_be_chosen(run: Run, small_library: Path) -> None:
    _, out, _ = run("ask", "--json", "--language", "en", KOREAN_QUESTION, "--library", small_library)
    assert records(out)[0]["language"] == "en"


def test_searching_prints_passages_best_first(run: Run, small_library: Path) -> None:
    code, out, err = run("search", "--json", "--top-k", "3", "Orchid-2 tokens", "--library", small_library)
    assert (code, err) == (0, "")
    (found,) = records(out)
    scores = [hit["score"] for hit in found["hits"]]
    assert len(scores) == 3 and scores == sorted(scores, reverse=True)
    assert {hit["doc_id"] for hit in found["hits"][:2]} == {"align.en", "align.ko"}
    for hit in found["hits"]:
        text = run("show", hit["doc_id"], "--text", "--library", small_library)[1]
        assert text[hit["start"] : hit["end"]] == hit["text"]
    code, out, _ = run("search", "Orchid-2 tokens", "--library", small_library)
    assert (code, out[:4]) == (0, " 1. ")


# Many questions

QUESTIONS = [ENGLISH_QUESTION, KOREAN_QUESTION, "", "???", "a\x0cform feed\u2028stays in its line", ENGLISH_QUESTION]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_file_of_questions_is_answered_line_by_line(
    run: Run, small_library: Path, tmp_path: Path, encoding: str, ends: str, command: str
) -> None:
    path = tmp_path / "questions.txt"
    path.write_bytes((ends.join(QUESTIONS) + ends).encode(encoding))
    code, out, err = run(command, "--json", "--questions", path, "--library", small_library)
    assert code == 0
    answers = records(out)
    assert [answer["question"] for answer in answers] == QUESTIONS
    assert ["error" in answer for answer in answers] == [False, False, True, True, False, False]
    assert [line.split(";")[0] for line in err.splitlines()] == [
        "surveyqa: the question is empty",
        "surveyqa: the question '???' has no word in it",
    ]


def test_a_korean_file_of_questions_may_be_cp949(run: Run, small_library: Path, tmp_path: Path) -> None:
    path = tmp_path / "질문.txt"
    path.write_bytes(f"{KOREAN_QUESTION}\r\n보상 모델은 무엇을 주나요?".encode("cp949"))
    code, out, _ = run("ask", "--json", "--questions", path, "--library", small_library)
    assert code == 0
    assert [answer["question"] for answer in records(out)] == [KOREAN_QUESTION, "보상 모델은 무엇을 주나요?"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_questions_are_read_from_standard_input(
    run: Run, small_library: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    data = f"{KOREAN_QUESTION}\n{ENGLISH_QUESTION}\n".encode(encoding)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    code, out, _ = run("ask", "--json", "--questions", "-", "--library", small_library)
    assert code == 0
    assert [answer["question"] for answer in records(out)] == [KOREAN_QUESTION, ENGLISH_QUESTION]


def test_no_questions_are_no_answers(run: Run, small_library: Path, tmp_path: Path) -> None:
    (tmp_path / "none.txt").touch()
    assert run("ask", "--questions", tmp_path / "none.txt", "--library", small_library) == (0, "", "")


def test_a_question_whose_bytes_did_not_fit_the_locale_is_read(run: Run, small_library: Path) -> None:
    for encoding in ("utf-8", "cp949"):  # as Python hands them over under LC_ALL=C
        argument = KOREAN_QUESTION.encode(encoding).decode("ascii", "surrogateescape")
        _, out, _ = run("ask", "--json", argument, "--library", small_library)
        assert records(out)[0]["question"] == KOREAN_QUESTION


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask"], "no question is given"),
        (["ask", ""], "the question is empty"),
        (["ask", "  \n"], "the question is empty"),
        (["ask", "x" * 4001], "the question has 4,001 characters; at most 4,000"),
        (["ask", "q", "--questions", "-"], "both a question and --questions are given"),
        (["ask", "--questions", "/nowhere/q.txt"], "/nowhere/q.txt: cannot be read (No such file or directory)"),
        (["search", "?"], "has no word in it"),
        (["ask", "q", "--top-k", "0"], "'0' is not a number from 1 to 1000"),
        (["ask", "q", "--top-k", "many"], "'many' is not a number from 1 to 1000"),
        (["ask", "q", "--language", "fr"], "invalid choice"),
        (["library"], "required: COMMAND"),
        (["library", "add"], "nothing is given; give files, folders, arXiv ids"),
        (["dance"], "invalid choice"),
    ],
)
def test_wrong_usage_is_told_on_standard_error_with_code_2(
    run: Run, small_library: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.setenv("SURVEYQA_LIBRARY", str(small_library))
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_a_refused_question_in_json_has_a_record_too(run: Run, small_library: Path) -> None:
    code, out, err = run("ask", "--json", "", "--library", small_library)
    assert code == 2
    (answer,) = records(out)
    assert (answer["question"], answer["abstained"], answer["citations"]) == ("", True, [])
    assert err == f"surveyqa: {answer['error']}\n"


# The Library's folder


def test_the_folder_comes_from_the_option_or_the_environment(
    run: Run, small_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_option = run("library", "list", "--library", small_library)
    assert by_option[0] == 0
    assert run("--library", small_library, "show", "align.en", "--text")[1] == ALIGN_EN
    monkeypatch.setenv("SURVEYQA_LIBRARY", str(small_library))
    assert run("library", "list") == by_option
    monkeypatch.setenv("SURVEYQA_LIBRARY", str(tmp_path / "not used"))
    assert run("library", "list", "--library", small_library) == by_option
    assert not (tmp_path / "not used").exists()


def test_a_library_is_listed(run: Run, small_library: Path) -> None:
    code, out, _ = run("library", "list", "--json", "--library", small_library)
    assert code == 0
    (listing,) = records(out)
    assert [document["doc_id"] for document in listing["documents"]] == DOC_IDS
    assert listing["documents"][0] == {
        **{"doc_id": "align.en", "work": "align", "title": "Aligning Small Models", "language": "en"},
        **{"source": listing["documents"][0]["source"], "year": 2024, "sections": 4, "passages": 4},
    }
    assert [line.split()[0] for line in run("library", "list", "--library", small_library)[1].splitlines()] == DOC_IDS


def test_adding_tells_what_became_of_each_file(run: Run, library_copy: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text("# Good\ntext\n")
    bad.write_bytes(b"%PDF-1.7")
    code, out, err = run("library", "add", good, bad, tmp_path / "gone.md", "--library", library_copy)
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[0] == f"added      good  {good}"
    assert lines[1].startswith(f"refused    {bad}: the PDF is broken or cut off")
    assert lines[2].startswith(f"refused    {tmp_path / 'gone.md'}: there is no such file or folder")
    assert lines[3] == "1 added, 2 refused"
    code, out, _ = run("library", "add", good, "--library", library_copy)
    assert (code, out.splitlines()[-1]) == (0, "1 unchanged")


def test_a_new_library_without_the_shipped_documents_stays_without(run: Run, tmp_path: Path, corpus: Path) -> None:
    folder = tmp_path / "own"
    code, out, _ = run("library", "add", "--no-seeds", corpus, "--library", folder)
    assert (code, out.splitlines()[-1]) == (0, "5 added")
    assert [
        document["doc_id"]
        for document in records(run("library", "list", "--json", "--library", folder)[1])[0]["documents"]
    ] == DOC_IDS


def test_removing(run: Run, library_copy: Path) -> None:
    assert run("library", "remove", "meeting", "--library", library_copy) == (0, "removed    meeting\n", "")
    code, out, err = run("library", "remove", "meeting", "synthetic", "--library", library_copy)
    assert (code, out) == (1, "removed    synthetic\n")
    assert err == "surveyqa: no document is called 'meeting'; see `surveyqa library list`\n"
    assert "synthetic" not in run("library", "list", "--library", library_copy)[1]


def test_options_may_stand_between_the_items_of_a_list(run: Run, library_copy: Path, tmp_path: Path) -> None:
    code, out, err = run("library", "remove", "meeting", "--library", library_copy, "synthetic")
    assert (code, out, err) == (0, "removed    meeting\nremoved    synthetic\n", "")
    target = tmp_path / "refs.bib"
    code, _, err = run("library", "export", target, "--form", "bibtex", "align.en", "--library", library_copy)
    assert (code, target.exists()) == (0, True), err
    code, out, err = run("library", "remove", "align.en", "--librari", library_copy)
    assert (code, out) == (2, "") and "unrecognized arguments: --librari" in err


def test_a_name_that_the_system_refuses_is_told(run: Run, tmp_path: Path) -> None:
    code, out, err = run("library", "list", "--library", tmp_path / ("x" * 300))
    assert (code, out) == (1, "") and err.startswith("surveyqa: File name too long")


def test_an_unknown_document_is_told_with_those_that_are_there(run: Run, small_library: Path) -> None:
    code, out, err = run("show", "nothing", "--library", small_library)
    assert (code, out) == (1, "")
    assert "no document is called 'nothing'; the Library has align.en, align.ko" in err


def test_damage_is_found_and_mended(run: Run, library_copy: Path) -> None:
    assert run("library", "verify", "--library", library_copy) == (0, "", "surveyqa: no damage found\n")
    words = next((library_copy / "index").glob("*/words-rows.npy"))
    words.write_bytes(b"damaged")
    code, out, err = run("library", "verify", "--library", library_copy)
    assert code == 1
    assert out == f"{words}: the file is not what was written (its SHA-256 differs)\n"
    assert "1 fault(s); an index is mended by `surveyqa library rebuild`" in err
    code, out, err = run("ask", ENGLISH_QUESTION, "--library", library_copy)
    assert (code, out) == (1, "") and "library rebuild" in err
    assert run("library", "rebuild", "--library", library_copy) == (0, "", "surveyqa: 13 passages indexed\n")
    assert run("ask", ENGLISH_QUESTION, "--library", library_copy)[0] == 0


def test_an_export_leaves_damaged_documents_out_and_fails(run: Run, library_copy: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(library_copy / "library.sqlite")) as db, db:
        db.execute("UPDATE documents SET title = 'Another' WHERE doc_id = 'align.ko'")
    target = tmp_path / "out"
    code, out, err = run("library", "export", target, "--library", library_copy)
    assert (code, out) == (1, "")
    assert sorted(path.name for path in target.iterdir()) == sorted(set(CORPUS) - {"align.ko.md"})
    first, last = err.splitlines()
    assert first.startswith("surveyqa: 'align.ko' is left out: ") and "restore the Library from a backup" in first
    assert last == f"surveyqa: 4 document(s) written to {target}, 1 damaged left out"


def test_a_folder_that_is_no_library_fails_with_code_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    for arguments in (["ask", "q"], ["library", "list"], ["library", "verify"], ["library", "rebuild"]):
        code, out, err = run(*arguments, "--library", tmp_path)
        assert (code, out) == (1, "")
        assert err.startswith(f"surveyqa: {tmp_path}: ")


# As a process


def test_a_process_reads_and_writes_utf_8_whatever_the_locale(small_library: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "qa.command", "ask", "--json", KOREAN_QUESTION, "--library", str(small_library)],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        timeout=60,
    )
    assert (finished.returncode, finished.stderr) == (0, b"")
    assert records(finished.stdout.decode())[0]["question"] == KOREAN_QUESTION


def test_help_loads_no_framework() -> None:
    finished = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "qa.command", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert finished.returncode == 0
    assert finished.stdout.startswith("usage: surveyqa ")
    loaded = {line.split("|")[-1].strip() for line in finished.stderr.splitlines()}
    assert not loaded & {"gradio", "torch", "sentence_transformers", "faiss", "qa.ask"}
