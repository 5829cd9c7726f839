"""Kept conversations: what goes in comes out, for its user alone, whatever happens to the process or the file."""

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import threading
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from index.copies.backup import backup, restore
from index.errors import InputError, LibraryError
from index.load import parse
from index.storage.schema import BESIDE
from qa.answer import Answer, BridgedTerm, Citation, Sentence
from qa.ask import Assistant
from qa.command.main import main
from qa.talks import database
from qa.talks.database import FILE, Database
from qa.talks.export import exported, feedback_json
from qa.talks.record import TurnRecord, of_fields, to_fields
from qa.talks.rows import KeptTurn, TalkCard
from qa.talks.search import excerpt, folded, match, pieces, terms_of
from qa.talks.talks import Talks
from tests.conftest import ALIGN_EN, ALIGN_KO
from tests.talking import append_and_tell, append_some

A, B, C = ("a" * 32, "b" * 32, "c" * 32)
DOCUMENTS = {
    "align.en": parse(ALIGN_EN, doc_id="align.en", source="align.en.md"),
    "align.ko": parse(ALIGN_KO, doc_id="align.ko", source="align.ko.md"),
}


def citation(
    quote: str, doc_id: str = "align.en", section: tuple[str, ...] = ("Method",), page: int | None = None
) -> Citation:
    document = DOCUMENTS[doc_id]
    start = document.text.index(quote)
    return Citation(
        doc_id, document.title, document.language, "method", section, quote, start, start + len(quote), page, "a.md"
    )


TRAINER = citation("We call the trainer Orchid-2.", page=3)
SCORES = citation("- Orchid-2 reaches an accuracy of 83.5 points.", section=("Results",))
ANSWER = Answer(
    question="What is Orchid-2?",
    language="en",
    kind="definition",
    sentences=(Sentence("We call the trainer Orchid-2.", (0,)), Sentence("83.5 points.", (1, 0), "item")),
    citations=(TRAINER, SCORES),
    nearest=None,
    bridged=(),
    probability=0.75,
)
WRITTEN = Answer(
    question="Orchid-2의 정확도는?",
    language="ko",
    kind="number",
    sentences=(
        Sentence("정확도는 83.5점이다.", (0,)),
        Sentence("기준 모델은 99점이다.", (0,), "sentence", "unsupported", "수가 다릅니다"),
        Sentence("거의 맞다.", (), "item", "partly", "일부만"),
    ),
    citations=(SCORES,),
    nearest=TRAINER,
    bridged=(BridgedTerm("정확도", "accuracy"),),
    probability=0.5,
    reader="a-model:7b",
    notice="모델의 답 가운데 한 문장을 뺐습니다.",
    nearest_is_sentence=True,
    others=(TRAINER, SCORES),
)


def turn(asked: str, answer: Answer | None = None, at: str = "", **more: Any) -> TurnRecord:
    return TurnRecord(asked, more.pop("question", asked), answer, at=at, **more)


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Talks]:
    with Talks(tmp_path) as opened:
        yield opened


def ids(cards: list[TalkCard]) -> str:
    return "".join(card.talk_id[0] for card in cards)


# A turn as JSON


@pytest.mark.parametrize("answer", [ANSWER, WRITTEN, replace(ANSWER, sentences=(), citations=(), nearest=TRAINER)])
def test_a_turn_comes_back_from_json_as_it_was(answer: Answer) -> None:
    record = TurnRecord("그건?", "Orchid-2는?", answer, None, "2024-06-14T09:30:00.000Z", ("align.en", "align.ko"))
    assert of_fields(json.loads(json.dumps(to_fields(record)))) == record


def test_real_answers_come_back_from_json_as_they_were(assistant: Assistant) -> None:
    for question in ("What is Orchid-2?", "행동 모방은 무엇인가?", "자기 개선의 한계는?", "How is kimchi stew cooked?"):
        record = turn(question, assistant.ask(question))
        assert of_fields(json.loads(json.dumps(to_fields(record), ensure_ascii=False))) == record


def test_every_field_of_an_answer_is_kept() -> None:
    """A field that an answer gains must be read back, too: a value of its own tells that it was."""
    for whole in (WRITTEN, WRITTEN.sentences[1], WRITTEN.citations[0], WRITTEN.bridged[0]):
        defaults = {field.name: field.default for field in fields(whole)}
        assert all(value != getattr(whole, name) for name, value in defaults.items() if name not in ("page", "form"))
    assert of_fields(to_fields(turn("q", WRITTEN))).answer == WRITTEN


def test_fields_of_a_newer_version_are_ignored_and_missing_ones_have_defaults() -> None:
    stored = to_fields(turn("q", WRITTEN)) | {"mood": 1}
    stored["answer"] |= {"hits": [1], "kind": "dance"}
    stored["answer"]["sentences"] = [{"text": "a", "verdict": "doubted", "form": "verse"}, {"text": "b"}]
    answer = of_fields(stored).answer
    assert answer is not None
    assert answer.kind == "dance"
    assert answer.sentences == (Sentence("a", (), "sentence", "unsupported"), Sentence("b", ()))
    assert of_fields({"asked": "q"}) == TurnRecord("q", "q")
    assert of_fields({"answer": {}}).answer == Answer("", "en", "", (), (), None, (), 0.0)


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        {"asked": 1},
        {"answer": []},
        {"scope": "all"},
        {"scope": [1]},
        {"answer": {"probability": "high"}},
        {"answer": {"sentences": [{"citations": [0]}]}},
        {"answer": {"sentences": [{"citations": [True]}], "citations": [{}, {}]}},
        {"answer": {"citations": [{"page": "3"}]}},
        {"answer": {"citations": [{"start": True}]}},
    ],
)
def test_other_values_than_were_stored_are_refused(stored: object) -> None:
    with pytest.raises(ValueError):
        of_fields(stored)


# Words


def test_text_is_folded_to_words() -> None:
    assert folded("K-means의  ＡＢＣ, 자기 개선!\n‘SPIN은’") == "k means 의 abc 자기 개선 spin 은"
    assert folded("자기") == "자기", "decomposed, as some keyboards and file systems give it"
    assert folded("??? …") == ""


def test_words_are_cut_to_pieces_and_terms_to_rows_of_them() -> None:
    assert pieces("spin 자기개선") == "spi pin in n 자기 기개 개선 선"
    assert match("spin") == '"spi pin"'
    assert match("sp") == '"sp"*'
    assert match("기개선") == '"기개 개선"'
    assert match("개") == '"개"*'
    assert match("k means") == '"k mea ean ans"'
    assert match("llama 3") == '"lla lam ama ma a 3"*'


def test_terms_are_each_looked_for_once_and_single_letters_not() -> None:
    assert terms_of("  SPIN은  a 모델 spin은 7 K-means 나") == ["spin 은", "모델", "k means", "나"]
    assert terms_of("? !") == []
    assert len(terms_of(" ".join(f"word{n}" for n in range(50)))) == 8


def test_an_excerpt_begins_at_a_word_and_shows_the_term_as_written() -> None:
    text = "이 논문은 여러 가지 방법을 다루며 그 가운데 하나인 Self-Improvement를 자세히 설명한다. " + "끝 " * 40
    found = excerpt(["없다", text], ["self improvement"])
    assert found is not None
    assert found[0].startswith("…") and found[0].endswith("하나인 ") and len(found[0]) <= 25
    assert found[1] == "Self-Improvement"
    assert found[2].startswith("를 자세히 설명한다. 끝") and found[2].endswith("…")
    assert excerpt(["SPIN은 방법이다"], ["spin 은"]) == ("", "SPIN은", " 방법이다")
    assert excerpt(["a reward  model"], ["reward", "model"]) == ("a ", "reward model", "")
    assert excerpt(["nothing"], ["spin"]) is None


# Keeping and finding


def test_turns_come_back_in_order_with_their_numbers(talks: Talks) -> None:
    records = [turn("첫 질문", WRITTEN, "2024-06-14T09:30:00.000Z"), turn("", None, refusal="the question is empty")]
    assert [talks.append("", A, record) for record in records] == [1, 2]
    first, second = talks.turns("", A) or ()
    assert first == KeptTurn(1, records[0])
    assert (second.number, second.record.refusal) == (2, "the question is empty")
    card = talks.card("", A)
    assert card is not None
    assert (card.title, card.count, card.created_at) == ("첫 질문", 2, "2024-06-14T09:30:00.000Z")
    assert card.changed_at > "2025" and card.changed_at.endswith("Z") and len(card.changed_at) == 24
    assert talks.cards("") == [card]


def test_what_is_kept_is_there_after_opening_it_again(tmp_path: Path) -> None:
    with Talks(tmp_path) as talks:
        talks.append("", A, turn("자기 개선이란?", WRITTEN))
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE]
    with Talks(tmp_path) as talks:
        assert [kept.record for kept in talks.turns("", A) or ()] == [turn("자기 개선이란?", WRITTEN)]
        assert ids(talks.cards("", "개선")) == "a"


def test_users_that_were_kept_percent_encoded_are_found_by_their_names(
    library_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Talks(library_copy) as talks:
        talks.append("%EA%B9%80%EC%B2%A0%EC%88%98", A, turn("mine"))
        talks.append("kim%40lab", B, turn("of another"))
        talks.append("김철수", C, turn("new"))
        talks.remove("kim%40lab", B)
    single = unicodedata.normalize("NFD", "김철수")
    out = run(capsys, "talks", "list", "--library", library_copy, "--user", single)[1]
    assert "mine" in out and "new" in out
    with Talks(library_copy) as talks:
        assert ids(talks.cards("김철수")) == "ca" and talks.undo("kim@lab", B)


def test_a_title_is_the_first_question_in_one_line_and_clipped(talks: Talks) -> None:
    talks.append("", A, turn("  "))
    assert [card.title for card in talks.cards("")] == [""]
    talks.append("", A, turn("무엇을\n  " + "x" * 200))
    talks.append("", A, turn("later"))
    title = talks.cards("")[0].title
    assert title == "무엇을 " + "x" * 115 + "…" and len(title) == 120


def test_what_changed_last_comes_first(talks: Talks) -> None:
    for day, talk_id in ((1, A), (2, B), (3, C)):
        talks.append("", talk_id, turn("q", at=f"2024-06-0{day}T00:00:00.000Z"))
    assert ids(talks.cards("")) == "cba"
    talks.append("", A, turn("q", at="2024-06-04T00:00:00.000Z"))
    talks.rename("", B, "renamed")
    assert ids(talks.cards("")) == "acb", "a new name is no new turn"
    assert ids(talks.cards("", limit=2)) == "ac"


def test_no_more_than_200_turns_are_kept_and_numbers_stay(talks: Talks) -> None:
    with talks._writing() as rows:  # in one transaction: 200 of them take their time
        talk = rows.make("", A, "2024")
        assert talk is not None
        for number in range(1, 200):
            rows.append(talk, turn(f"question{number}"), "2024", most=200)
    assert [talks.append("", A, turn("zebra")), talks.append("", A, turn("giraffe"))] == [200, 201]
    kept = talks.turns("", A) or ()
    assert [one.number for one in kept] == list(range(2, 202))
    card = talks.card("", A)
    assert card is not None and card.count == 200
    assert ids(talks.cards("", "zebra")) == ids(talks.cards("", "question2")) == "a"
    talks.rename("", A, "other")
    assert talks.cards("", "question1 zebra")[0].found == ("", "question1", "0"), "the first that is left is the tenth"


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("개선", "a"),
        ("자기개선", ""),
        ("자기 개선", "a"),
        ("선", "a"),
        ("ORCHID", "ba"),
        ("rchid", "ba"),
        ("orchid-2", "b"),
        ("orchid 3", "ba"),
        ("SPIN은", "c"),
        ("spin", "c"),
        ("pi", "c"),
        ("정확도 orchid", "a"),
        ("99점", "a"),
        ("TRAINER points", "b"),
        ("trainer 정확도", ""),
        ("completed", "c"),
        ("x", "cba"),
        ("?!", ""),
        (" ", "cba"),
        ('" OR found MATCH "', ""),
        ("%", ""),
        ("kimchi", ""),
    ],
)
@pytest.mark.parametrize("has_index", [True, False])
def test_conversations_are_found_by_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, search: str, found: str, has_index: bool
) -> None:
    if not has_index:
        monkeypatch.setattr(database, "has_fts5", lambda db: False)
    with Talks(tmp_path) as talks:
        talks.append("", A, turn("자기 개선과 Orchid는?", WRITTEN))
        talks.append("", B, turn("What is Orchid-2?", ANSWER))
        talks.append("", C, turn("SPIN은 뭐야?", question="completed SPIN은?"))
        assert ids(talks.cards("", search)) == found


def test_a_found_conversation_shows_where(talks: Talks) -> None:
    talks.append("", A, turn("first", ANSWER))
    talks.append("", A, turn("second", WRITTEN))
    assert talks.cards("", "first")[0].found == ("", "first", "")
    assert talks.cards("", "99점이다 second")[0].found == ("", "second", "")
    assert talks.cards("", "모델은")[0].found == ("기준 ", "모델은", " 99점이다.")
    talks.rename("", A, "Another name")
    assert talks.cards("", "another")[0].found is None
    assert ids(talks.cards("", "name first")) == "a"


def test_a_file_written_without_the_index_is_indexed_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Talks(tmp_path) as talks:
        talks.append("", A, turn("apples"))
        talks.append("", B, turn("pears"))
    with monkeypatch.context() as patched:
        patched.setattr(database, "has_fts5", lambda db: False)
        with Talks(tmp_path) as talks:
            talks.rename("", A, "oranges")
            talks.append("", C, turn("plums"))
            assert ids(talks.cards("", "plum")) == "c" and ids(talks.cards("", "orange")) == "a"
    with Talks(tmp_path) as talks:
        assert [ids(talks.cards("", word)) for word in ("apple", "orange", "pear", "plum")] == ["a", "a", "b", "c"]
        with talks._file.reading() as db:
            db.execute("INSERT INTO found(found) VALUES ('integrity-check')")


@pytest.mark.slow
def test_ten_thousand_conversations_are_listed_and_searched_in_50_ms(talks: Talks) -> None:
    words = ALIGN_KO.split() + ALIGN_EN.split()
    chance = random.Random(7)
    with talks._writing() as rows:
        for number in range(10_000):
            at = f"2024-01-01T00:00:{number:06}Z"
            talk = rows.make("", f"{number:032x}", at)
            for _ in range(2):
                said = tuple(Sentence(" ".join(chance.choices(words, k=15)), (0,)) for _ in range(5))
                record = turn(" ".join(chance.choices(words, k=6)), replace(ANSWER, sentences=said))
                rows.append(talk or 0, record, at, most=200)
    for search in ("", "모방", "모델은", "정확도는 83", "imitation", "a model", "없는말"):
        seconds = []
        for _ in range(5):
            started = time.process_time()  # what others do on this machine is not measured
            talks.cards("", search, limit=51)
            seconds.append(time.process_time() - started)
        assert min(seconds) < 0.05, search


# Changing


def test_a_conversation_is_renamed_and_found_by_its_new_name(talks: Talks) -> None:
    talks.append("", A, turn("old name"))
    assert talks.rename("", A, " 새\n이름 ") is True
    assert talks.cards("")[0].title == "새 이름"
    assert ids(talks.cards("", "이름")) == "a"
    assert ids(talks.cards("", "old")) == "a", "the question itself is still there"
    talks.rename("", A, "x" * 500)
    assert talks.cards("")[0].title == "x" * 119 + "…"
    assert talks.cards("", "이름") == []
    with pytest.raises(InputError, match="the title is empty; give one of at least one character"):
        talks.rename("", A, " \n")


def test_what_was_removed_comes_back_as_it_was(talks: Talks) -> None:
    talks.append("", A, turn("사과", WRITTEN))
    talks.judge("", A, 1, 1)
    before = (talks.cards(""), talks.turns("", A), talks.feedback())
    assert talks.remove("", A) is True
    assert (talks.cards(""), talks.cards("", "사과"), talks.turns("", A), talks.feedback()) == ([], [], None, [])
    assert talks.append("", A, turn("from another tab")) is None
    assert (talks.remove("", A), talks.rename("", A, "x"), talks.judge("", A, 1, 1)) == (False, False, False)
    assert (talks.undo("", A), talks.undo("", A)) == (True, False)
    assert (talks.cards(""), talks.turns("", A), talks.feedback()) == before
    assert ids(talks.cards("", "사과")) == "a"


def test_what_was_removed_is_forgotten_after_30_days(tmp_path: Path) -> None:
    with Talks(tmp_path) as talks:
        for talk_id in (A, B, C):
            talks.append("", talk_id, turn("무화과", WRITTEN))
            talks.remove("", talk_id) if talk_id != C else None
    with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute("UPDATE talks SET removed_at = '2020-01-01T00:00:00.000Z' WHERE talk_id = ?", (A,))
    with Talks(tmp_path) as talks:
        assert (talks.undo("", A), talks.undo("", B)) == (False, True)
        assert sorted(ids(talks.cards("", "무화과"))) == ["b", "c"]
        with talks._file.reading() as db:
            assert db.execute("SELECT count(*) FROM turns").fetchone() == (2,)
            db.execute("INSERT INTO found(found) VALUES ('integrity-check')")


def test_a_server_that_runs_for_months_forgets_when_something_is_removed(talks: Talks) -> None:
    for talk_id in (A, B):
        talks.append("", talk_id, turn("무화과"))
    talks.remove("", A)
    with talks._file.writing() as db:
        db.execute("UPDATE talks SET removed_at = '2020-01-01T00:00:00.000Z' WHERE talk_id = ?", (A,))
    talks.append("", C, turn("사과"))
    talks.remove("", C)
    assert (talks.undo("", A), talks.undo("", C)) == (False, True)


def test_what_is_forgotten_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    with Talks(tmp_path) as talks:
        talks.append("", A, turn("xylophone", at="2024"))
        talks.append("", B, turn("kept"))
        talks.append("other", C, turn("also kept"))
        talks.remove("", A)
        talks.remove("other", C)
        talks.forget("")
        assert (talks.undo("", A), talks.undo("other", C)) == (False, True)
    data = (tmp_path / FILE).read_bytes()
    assert b"xylophone" not in data and b"xyl" not in data
    assert b"also kept" in data


def test_an_answer_is_judged_with_a_note(talks: Talks) -> None:
    talks.append("", A, turn("q", ANSWER))
    talks.append("", A, turn("r", WRITTEN))
    assert talks.judge("", A, 2, -1) is True
    assert talks.judge("", A, 2, -1, "수가 틀렸다") is True
    assert talks.judge("", A, 2, -1) is True
    assert [(one.thumb, one.note) for one in talks.turns("", A) or ()] == [(0, ""), (-1, "수가 틀렸다")]
    talks.append("", B, turn("another"))
    none_of_its_own = (0, 3, -1, 1 << 20, 1 << 20 | 1, 2 << 20 | 1, 1 << 70)
    assert [talks.judge("", A, number, 1) for number in none_of_its_own] == [False] * 7
    (said,) = talks.feedback()
    assert (said.user, said.talk_id, said.turn.number, said.turn.record.asked) == ("", A, 2, "r")
    line = json.loads(feedback_json(said))
    assert (line["thumb"], line["note"], line["answer"]["reader"]) == (-1, "수가 틀렸다", "a-model:7b")
    talks.judge("", A, 2, 0, "")
    assert talks.feedback() == []
    with pytest.raises(InputError, match="the thumb is 2; give 1, -1, or 0 for none"):
        talks.judge("", A, 1, 2)
    with pytest.raises(InputError, match="the note has 2,001 characters, at most 2,000 are kept; shorten it"):
        talks.judge("", A, 1, 1, "x" * 2001)


def test_another_user_sees_and_changes_nothing(talks: Talks) -> None:
    talks.append("ada", A, turn("secret of Ada", ANSWER))
    talks.append("bo", B, turn("secret of Bo", ANSWER))
    assert (ids(talks.cards("ada")), ids(talks.cards("bo")), talks.cards("")) == ("a", "b", [])
    assert (ids(talks.cards("ada", "secret")), ids(talks.cards("bo", "ada"))) == ("a", "")
    for user, talk_id in (("bo", A), ("", A), ("bo", C), ("bo", "no id"), ("bo", "")):
        assert (talks.turns(user, talk_id), talks.card(user, talk_id)) == (None, None)
        assert (talks.rename(user, talk_id, "x"), talks.remove(user, talk_id)) == (False, False)
        assert (talks.undo(user, talk_id), talks.judge(user, talk_id, 1, 1)) == (False, False)
    assert (talks.append("bo", A, turn("in")), talks.append("bo", "no id", turn("in"))) == (None, None)
    talks.remove("ada", A)
    assert (talks.undo("bo", A), talks.append("bo", A, turn("in"))) == (False, None)
    talks.undo("ada", A)
    assert [one.record.asked for one in talks.turns("ada", A) or ()] == ["secret of Ada"]


# Several at once, and ends of all kinds


def test_a_file_that_several_make_at_once_is_no_other_programs(tmp_path: Path) -> None:
    for at in range(10):
        folder, begin = tmp_path / str(at), threading.Barrier(6)
        folder.mkdir()

        def open_first(folder: Path = folder, begin: threading.Barrier = begin) -> bool:
            begin.wait()
            with Talks(folder):
                return True

        with ThreadPoolExecutor(6) as threads:
            assert all(one.result() for one in [threads.submit(open_first) for _ in range(6)])


def test_two_processes_and_two_threads_append_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    given = [("ada", A, 40), ("bo", B, 40)]
    workers: list[Any] = [context.Process(target=append_some, args=(tmp_path, *one)) for one in given]
    workers += [threading.Thread(target=append_some, args=(tmp_path, "cy", C, 40)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with Talks(tmp_path) as talks:
        for user, talk_id, count in given:
            assert [one.record.asked for one in talks.turns(user, talk_id) or ()] == [
                f"{user} {n}" for n in range(count)
            ]
        assert [one.number for one in talks.turns("cy", C) or ()] == list(range(1, 81))
        assert ids(talks.cards("cy", "39")) == "c"


def test_one_object_serves_many_threads(talks: Talks) -> None:
    def use(number: int) -> None:
        talk_id = f"{number:032x}"
        for _ in range(5):
            talks.append("", talk_id, turn(f"thread{number}"))
            assert [card.talk_id for card in talks.cards("", f"thread{number}")] == [talk_id]

    threads = [threading.Thread(target=use, args=(number,)) for number in range(10, 22)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [card.count for card in talks.cards("")] == [5] * 12


@pytest.mark.parametrize("after", [0, 25])
def test_a_killed_process_loses_nothing_that_was_acknowledged(tmp_path: Path, after: int) -> None:
    context = multiprocessing.get_context("spawn")
    hears, tells = context.Pipe(duplex=False)
    worker = context.Process(target=append_and_tell, args=(tmp_path, A, tells))
    worker.start()
    tells.close()
    while (last := hears.recv()) < after:
        pass
    worker.kill()
    worker.join()
    while True:
        try:
            last = hears.recv()
        except EOFError:
            break
    hears.close()
    with Talks(tmp_path) as talks:
        asked = [one.record.asked for one in talks.turns("", A) or ()]
        assert asked in ([f"question{n}" for n in range(last + 1)], [f"question{n}" for n in range(last + 2)])
        assert ids(talks.cards("", f"question{last}")) == "a"
        assert talks.append("", A, turn("and on")) == len(asked) + 1
    if sys.platform != "win32":
        assert worker.exitcode == -signal.SIGKILL


def test_a_file_that_was_left_half_made_is_made(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with Talks(tmp_path) as talks:
        assert talks.append("", A, turn("q")) == 1


@pytest.mark.parametrize("at", [0, 100, 4096, 4096 * 3 + 17])
def test_a_damaged_file_is_named(tmp_path: Path, at: int) -> None:
    with Talks(tmp_path) as talks:
        for number in range(40):
            talks.append("", A, turn(f"question{number}", WRITTEN))
    data = bytearray((tmp_path / FILE).read_bytes())
    data[at : at + 4096] = b"\x5a" * 4096
    (tmp_path / FILE).write_bytes(data)

    def use() -> None:
        with Talks(tmp_path) as talks:
            talks.cards("")
            talks.turns("", A)
            talks.cards("", "question")

    message = (
        r"talks.sqlite: the file is damaged \(.+\), kept conversations were expected; take it from a backup, or move"
    )
    with pytest.raises(LibraryError, match=message):
        use()


def test_an_error_of_the_program_is_no_damage_of_the_file(talks: Talks) -> None:
    for error in (TypeError("a slip"), ValueError("another")):
        with pytest.raises(type(error), match=str(error)), talks._file.writing():
            raise error
    talks.append("", A, turn("q"))
    assert ids(talks.cards("")) == "a"


def test_a_record_that_is_damaged_is_named(tmp_path: Path) -> None:
    with Talks(tmp_path) as talks:
        talks.append("", A, turn("q", ANSWER))
        with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
            db.execute("UPDATE turns SET record = substr(record, 1, 50)")
        with pytest.raises(LibraryError, match=r"talks.sqlite: the file is damaged \(Unterminated"):
            talks.turns("", A)
        assert ids(talks.cards("")) == "a", "the rest goes on"


def test_files_that_hold_no_conversations_are_left_alone(tmp_path: Path) -> None:
    with Talks(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute("PRAGMA user_version = 2")
    with pytest.raises(
        LibraryError, match="the conversations have format 2, this surveyqa reads up to 1; update it, or"
    ):
        Talks(tmp_path)
    (tmp_path / "photos").mkdir()
    with closing(sqlite3.connect(tmp_path / "photos" / FILE)) as db:
        db.execute("CREATE TABLE photos(name TEXT)")
    with pytest.raises(LibraryError, match="is another program's file, kept conversations were expected; move it away"):
        Talks(tmp_path / "photos")
    with pytest.raises(LibraryError, match="conversations could not be read or written"):
        Talks(tmp_path / "missing")


def test_a_full_disk_loses_only_what_was_not_acknowledged(talks: Talks) -> None:
    talks.append("", A, turn("kept"))
    with talks._file.writing() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(
        LibraryError, match=r"could not be read or written \(database or disk is full\); check its rights"
    ):
        talks.append("", A, turn("lost", WRITTEN, scope=tuple(f"doc{n}" for n in range(5000))))
    assert [one.record.asked for one in talks.turns("", A) or ()] == ["kept"]
    assert talks.append("", A, turn("goes on")) == 2


def test_reading_waits_for_no_writer(talks: Talks) -> None:
    talks.append("", A, turn("q"))
    with talks._file.writing() as db:
        db.execute("UPDATE talks SET title = 'half done'")
        started = time.monotonic()
        assert talks.cards("")[0].title == "q"
        assert time.monotonic() - started < 1


def test_a_closed_file_is_one_file(tmp_path: Path) -> None:
    opened = Database(tmp_path)
    with opened.reading() as db, opened.reading() as other:
        opened.close()
        assert (
            db.execute("SELECT count(*) FROM talks").fetchone()
            == other.execute("SELECT count(*) FROM talks").fetchone()
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE]


# Leaving


MARKDOWN = """# What is \\*Orchid\\* \\<b\\>?

2024-06-14 09:30 UTC

## What is \\*Orchid\\* \\<b\\>?

We call the trainer Orchid-2. [1]

- 83.5 points. [2][1]

Sources:

1. Aligning Small Models › Method, p. 3
2. Aligning Small Models › Results

## 그건?

*찾은 질문: Orchid-2의 정확도는?*

정확도는 83.5점이다. [1]
~~기준 모델은 99점이다.~~ (수가 다릅니다)

- 거의 맞다. (일부만)

모델의 답 가운데 한 문장을 뺐습니다.
그 밖에 가까운 부분:

- Aligning Small Models › Method
- Aligning Small Models › Results

*작성: a-model:7b*

출처:

1. Aligning Small Models › Results: “\\- Orchid-2 reaches an accuracy of 83.5 points.”

## ???

Not answered: no word

## References

- Kim, A., & Lee, B. (2024). Aligning Small Models.

```bibtex
@misc{kim2024aligning,
  author        = {Kim, Ada and Lee, Bo},
  title         = {Aligning Small Models},
  year          = {2024},
  langid        = {english}
}
```
"""


def fill(talks: Talks) -> None:
    asked = "What is *Orchid* <b>?"
    talks.append("", A, turn(asked, ANSWER, "2024-06-14T09:30:00.000Z"))
    talks.append("", A, turn("그건?", WRITTEN, question="Orchid-2의 정확도는?"))
    talks.append("", A, turn("???", None, refusal="no word"))


def whole(talks: Talks, *talk_ids: str) -> list[Any]:
    return [(talks.card("", talk_id), talks.turns("", talk_id)) for talk_id in talk_ids]


def test_a_conversation_leaves_as_markdown(talks: Talks) -> None:
    fill(talks)
    assert "".join(exported("markdown", whole(talks, A), DOCUMENTS.get)) == MARKDOWN
    gone = "".join(exported("markdown", whole(talks, A), lambda doc_id: None))
    assert gone == MARKDOWN[: MARKDOWN.index("\n## References")], "of documents that were removed no data are known"


def test_text_of_documents_makes_no_markup_in_markdown(talks: Talks) -> None:
    hostile = "# head <img src=x onerror=a> `<b>` ![p](http://evil.example/p.png) [l](javascript:a) **bold**"
    answer = replace(ANSWER, sentences=(Sentence(hostile, (0,)),), citations=(TRAINER,))
    talks.append("", A, turn("q", answer))
    text = "".join(exported("markdown", whole(talks, A), lambda doc_id: None))
    assert "\\# head &lt;img src=x onerror=a> `<b>` p l **bold** [1]\n" in text
    assert "evil.example" not in text and "javascript" not in text


def test_code_leaves_as_it_is(talks: Talks) -> None:
    said = (Sentence("Run it:", (0,)), Sentence("- <b> *x*\n\n  `y`", (0,), "code"), Sentence("*So* <b>.", (0,)))
    talks.append("", A, turn("q", replace(ANSWER, sentences=said, citations=(TRAINER,))))
    text = "".join(exported("markdown", whole(talks, A), lambda doc_id: None))
    assert "Run it: [1]\n```\n- <b> *x*\n\n  `y`\n```\n[1]\n*So* &lt;b>. [1]\n" in text
    ((_, (kept,)),) = whole(talks, A)
    assert kept.record.answer == replace(ANSWER, sentences=said, citations=(TRAINER,))


def test_conversations_leave_as_json(talks: Talks) -> None:
    fill(talks)
    talks.append("", B, turn("alone"))
    talks.judge("", A, 1, 1, "good")
    data = json.loads("".join(exported("json", whole(talks, A, B), DOCUMENTS.get)))
    assert (data["kind"], data["version"]) == ("surveyqa-talks", 1)
    assert [(one["talk_id"], one["title"], len(one["turns"])) for one in data["talks"]] == [
        (A, "What is *Orchid* <b>?", 3),
        (B, "alone", 1),
    ]
    first = data["talks"][0]["turns"][0]
    assert (first["number"], first["thumb"], first["note"], first["text"]) == (1, 1, "good", ANSWER.text)
    assert of_fields(first).answer == ANSWER
    assert data["talks"][0]["references"]["align.en"]["bibtex"].startswith("@misc{kim2024aligning,")
    assert json.loads("".join(exported("json", [], DOCUMENTS.get)))["talks"] == []


def test_a_backup_holds_the_conversations(small_library: Path, library_copy: Path, tmp_path: Path) -> None:
    assert BESIDE == (FILE,)
    with Talks(library_copy) as talks:
        talks.append("", A, turn("서랍", WRITTEN))
        report = backup(library_copy, tmp_path / "a.zip")  # while they are in use
    assert (report.documents, report.with_index) == (5, False)
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.namelist() == ["library.sqlite", FILE, "manifest.json"]
    restore(tmp_path / "a.zip", tmp_path / "new")
    with Talks(tmp_path / "new") as talks:
        assert [one.record for one in talks.turns("", A) or ()] == [turn("서랍", WRITTEN)]
        assert ids(talks.cards("", "서랍")) == "a"
        assert talks.append("", A, turn("goes on")) == 2
    assert backup(library_copy, tmp_path / "b.zip", with_index=True).with_index is True
    backup(small_library, tmp_path / "c.zip")
    with zipfile.ZipFile(tmp_path / "c.zip") as packed:
        assert FILE not in packed.namelist()


def test_damaged_conversations_are_not_packed(library_copy: Path, tmp_path: Path) -> None:
    (library_copy / FILE).write_bytes(b"no database " * 1000)
    with pytest.raises(
        LibraryError, match="talks.sqlite: the database is damaged .*; take it from a backup, or move it"
    ):
        backup(library_copy, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


# The shell command


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(list(map(str, arguments)))
    found = capsys.readouterr()
    return code, found.out, found.err


def test_the_command_lists_exports_and_removes(
    library_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Talks(library_copy) as talks:
        fill(talks)
        talks.append("", "ab" + "0" * 30, turn("자기 개선이란?", at="2024-06-13T00:00:00.000Z"))
        talks.append("ada", C, turn("of Ada"))
        talks.judge("", A, 1, -1, "no")
    at = ("--library", library_copy)
    code, out, _ = run(capsys, "talks", "list", *at)
    first, second = out.splitlines()
    assert code == 0
    assert first.startswith("aaaaaaaa  20") and first.endswith("    3 questions  What is *Orchid* <b>?")
    assert second == "ab000000  2024-06-13     1 question  자기 개선이란?"
    assert "of Ada" in run(capsys, "talks", "list", *at, "--user", "ada")[1]
    found = json.loads(run(capsys, "talks", "list", *at, "--search", "개선", "--json")[1])
    assert [one["title"] for one in found["talks"]] == ["자기 개선이란?"]

    target = tmp_path / "one.md"
    assert run(capsys, "talks", "export", *at, "aa", target) == (
        0,
        "",
        f"surveyqa: 1 conversation(s) written to {target}\n",
    )
    assert target.read_text(encoding="utf-8").startswith("# What is")
    code, _, err = run(capsys, "talks", "export", *at, "aa", target)
    assert code == 1 and "the file is there already; give another name, or have it replaced by --overwrite" in err
    assert run(capsys, "talks", "export", *at, "--all", tmp_path / "all.json")[0] == 0
    assert len(json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["talks"]) == 2
    assert run(capsys, "talks", "feedback", *at, tmp_path / "said.jsonl")[0] == 0
    assert json.loads((tmp_path / "said.jsonl").read_text(encoding="utf-8"))["note"] == "no"
    assert sorted(os.listdir(tmp_path)) == ["all.json", "copy", "one.md", "said.jsonl"]

    for beginning, what in (("a", "begins the ids of 2 conversations"), ("cc", "begins the id of no conversation")):
        code, _, err = run(capsys, "talks", "remove", *at, beginning)
        assert code == 1 and f"{beginning!r} {what}, of one was expected; see `surveyqa talks list`" in err
    assert run(capsys, "talks", "remove", *at, A)[0] == 0
    with Talks(library_copy) as talks:
        assert talks.undo("", A) is True
    assert run(capsys, "talks", "remove", *at, "aa", "--for-good")[0] == 0
    with Talks(library_copy) as talks:
        assert (talks.undo("", A), [card.title for card in talks.cards("")]) == (False, ["자기 개선이란?"])
    assert run(capsys, "talks", "list", *at, "--search", "nothing")[1] == "There are no such conversations.\n"


def test_the_command_makes_nothing_where_no_library_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "talks", "list", "--library", tmp_path)
    assert code == 1 and "no Library is there; give its folder with --library" in err
    assert list(tmp_path.iterdir()) == []
    assert run(capsys, "talks", "export", "--library", tmp_path, tmp_path / "x.md")[0] == 1
