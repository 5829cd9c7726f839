"""What each of several texts says, which of them tell of something, and what is asked of these next."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.across import FOLDER, KINDS, measure, read, table
from qa import open_library
from qa.across.asked import asked_of_each, looked_for
from qa.across.turns import asks_all
from qa.answer import Answer
from qa.ask import Assistant, Reply
from qa.converse.focus import Exchange
from qa.parts.divide import Quoted
from qa.talks.record import TurnRecord, of_fields, to_fields
from qa.web.conversation.view import Turn, turn_view
from qa.words.particles import with_particle
from tests.made import library_of

TIDES = """# Forecasting of Tides by Neural Networks

## Abstract

Harbours need to know the tide. We present TideNet, a recurrent network that forecasts the tide of nine harbours.

## Method

TideNet reads the wind of two days with an LSTM.

## Limitations

Storms were left out, since no sensor survived them.

## Conclusion

Recurrent networks forecast tides within four centimetres.
"""
SNAILS = """# 달팽이 이동 속도 측정 연구

## 요약

이 연구에서는 사진으로 달팽이의 속도를 재는 방법을 제안한다. 달팽이는 젖은 돌 위에서 빨리 움직인다.

## 방법

바람이 없는 날 사진을 2분마다 찍고, LSTM으로 움직임을 이어 붙였다.

## 한계

밤에는 사진을 찍지 못했고, 비가 오는 날의 기록은 하나도 남지 않았다.
"""
MOSS = """# Moss on Roofs

## Abstract

We describe a survey of moss on ninety roofs. Moss grows on the north side of a roof.

## Conclusion

Roofs that face north should be swept twice a year.
"""
TITLES = {
    "tides": "Forecasting of Tides by Neural Networks",
    "snails": "달팽이 이동 속도 측정 연구",
    "moss": "Moss on Roofs",
}
OWN = ["tides", "snails", "moss"]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return library_of(tmp_path_factory.mktemp("across"), {"tides": TIDES, "snails": SNAILS, "moss": MOSS})


def told(answer: Answer) -> dict[str, list[str]]:
    """Return the sentences of an answer by the titles above them."""
    found: dict[str, list[str]] = {}
    for sentence in answer.sentences:
        if sentence.form == "title":
            found[sentence.text] = []
        else:
            found.setdefault(next(reversed(found), ""), []).append(sentence.text)
    return found


def asked(assistant: Assistant, questions: Sequence[str]) -> list[Reply]:
    """Return the replies to the turns of a conversation."""
    history: list[Exchange] = []
    replies: list[Reply] = []
    for question in questions:
        replies.append(list(assistant.stream(question, within=OWN, history=history))[-1])
        history.append(Exchange(replies[-1].question, replies[-1].answer))
    return replies


@pytest.mark.parametrize(
    ("question", "of_one", "brief"),
    [
        ("각 논문의 한계는?", "이 논문의 한계는?", False),
        ("논문별로 데이터셋 정리해줘", "이 논문은 데이터셋", False),
        ("문서마다 저자가 누구야?", "이 논문은 저자가 누구야?", False),
        ("논문들 결론 비교해줘", "이 논문 결론", False),
        ("내 자료 전부 짧게 요약해줘", "이 논문 요약해줘", True),
        ("what method does each paper propose?", "what method does this paper propose?", False),
        ("one-line summary of every document", "summary of this paper", True),
        ("compare the metrics across papers", "the metrics in this paper", False),
        ("is the code released? check paper by paper", "is the code released? of this paper", False),
        ("what do all my papers conclude?", "what do this paper conclude?", False),
    ],
)
def test_what_is_asked_of_each_text(question: str, of_one: str, brief: bool) -> None:
    assert asked_of_each(question) == (of_one, brief)


@pytest.mark.parametrize(
    ("question", "things", "several"),
    [
        ("플래시 메모리 다룬 논문 뭐 있었지?", ("플래시 메모리",), True),
        ("DPO를 쓰는 논문은?", ("DPO",), False),
        ("블루투스 기반 시스템 얘기한 게 어느 거지", ("블루투스 기반 시스템",), False),
        ("가을 얘기 나오는 글은?", ("가을",), False),
        ("과적합을 다룬 문서 있나", ("과적합",), True),
        ("어떤 논문이 RoPE를 써?", ("RoPE",), True),
        ("which papers use an LSTM?", ("an LSTM",), True),
        ("any paper here on privacy?", ("privacy",), True),
        ("did i save anything about opinion polls?", ("opinion polls",), True),
        ("Which report deals with energy or emissions?", ("energy", "emissions"), False),
        ("모델끼리 토론(debate)시키는 얘기 어디 나와?", ("debate",), True),
    ],
)
def test_what_texts_are_looked_for_by(question: str, things: tuple[str, ...], several: bool) -> None:
    assert looked_for(question) == (things, several)


@pytest.mark.parametrize(
    "question",
    [
        "SPIN은 어느 논문에서 나왔어?",
        "which paper introduced RLHF?",
        "이 논문에서 각 모델의 파라미터 수는?",
        "이 중에 제일 먼저 나온 논문은?",
        "what papers does the survey list for debate?",
        "gitk vs git-gui: what is each one for?",
        "KTO vs DPO: which one needs paired preferences?",
        "방금 추가한 논문 뭐야?",
        "SPIN 논문은 뭐야?",
        "서베이는 무슨 기준으로 방법들을 나눠?",
        "How do papers differ from patents, and why?",
    ],
)
def test_what_is_asked_of_one_text_or_thing(question: str) -> None:
    assert asked_of_each(question) is None
    assert looked_for(question) is None


def test_each_text_is_shown_below_its_title_and_silent_ones_are_named(assistant: Assistant) -> None:
    answer = assistant.ask("각 논문의 한계는?", within=OWN)
    assert told(answer) == {
        TITLES["snails"]: ["밤에는 사진을 찍지 못했고, 비가 오는 날의 기록은 하나도 남지 않았다."],
        TITLES["tides"]: ["Storms were left out, since no sensor survived them."],
    }
    assert answer.notice == "다음 글에서는 찾지 못했습니다: Moss on Roofs"
    assert [citation.doc_id for citation in answer.citations] == ["snails", "tides"]
    assert answer.text.splitlines()[:2] == [f"**{TITLES['snails']}**", f"{told(answer)[TITLES['snails']][0]} [1]"]


def test_a_summary_in_a_sentence_is_what_a_text_proposes(assistant: Assistant) -> None:
    answer = assistant.ask("one sentence on each paper", within=["tides", "snails"])
    assert told(assistant.ask("모든 논문을 한 줄로 요약해줘", within=["tides", "snails"])) == {
        TITLES["snails"]: ["이 연구에서는 사진으로 달팽이의 속도를 재는 방법을 제안한다."],
        TITLES["tides"]: ["We present TideNet, a recurrent network that forecasts the tide of nine harbours."],
    }
    assert set(told(answer)) == {TITLES["snails"], TITLES["tides"]}


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Which papers use an LSTM?", ["snails", "tides"]),
        ("LSTM 쓰는 논문 있어?", ["snails", "tides"]),
        ("지붕 얘기 나오는 글은?", ["moss"]),
        ("anything here on harbours or roofs?", ["moss", "tides"]),
    ],
)
def test_which_texts_tell_of_something(assistant: Assistant, question: str, texts: list[str]) -> None:
    answer = assistant.ask(question, within=OWN)
    assert sorted(told(answer)) == sorted(TITLES[name] for name in texts)
    assert sorted({citation.doc_id for citation in answer.citations}) == texts
    assert answer.sure and not answer.bridged


@pytest.mark.parametrize(
    "question", ["Which papers use a transformer?", "블록체인 다룬 논문 있어?", "any paper on tidal waves of gold?"]
)
def test_what_no_text_tells_of(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question, within=OWN).by_text


def test_a_name_is_no_other_form_of_a_word(tmp_path: Path) -> None:
    for name, text in {"drives": "Spinning drives are slow.", "play": "SPIN lets a model play with itself."}.items():
        (tmp_path / f"{name}.md").write_text(f"# On {name}\n\n## Abstract\n\n{text}\n", encoding="utf-8")
    with open_library(tmp_path / "library") as library:
        library.add([tmp_path / "drives.md", tmp_path / "play.md"])
        answer = library.ask("which papers use SPIN?", within=["drives", "play"])
        assert told(answer) == {"On play": ["SPIN lets a model play with itself."]}


def test_a_letter_is_a_name_to_the_letter(tmp_path: Path) -> None:
    pages = {
        "larks": "# Songs of Larks\n\nSongs were compared in R.\n",
        "codes": "# Codes of Birds\n\nThe code R54 means a lark, and r is a small letter.\n",
    }
    with library_of(tmp_path, pages) as assistant:
        answer = assistant.ask("Which of my papers used R?")
    assert "Songs were compared in R." in answer.text
    assert "R54" not in answer.text


def test_one_text_alone_is_asked_as_ever(assistant: Assistant) -> None:
    answer = assistant.ask("각 논문의 한계는?", within=["tides"])
    assert not answer.by_text and "Storms were left out" in answer.text


def test_turns_on_the_texts_that_were_shown(assistant: Assistant) -> None:
    listed, second, theirs, among = asked(
        assistant,
        [
            "Which papers use an LSTM?",
            "what are the limitations of the second one?",
            "their limitations?",
            "which of them mention storms?",
        ],
    )
    names = list(told(listed.answer))
    assert second.question == f"what are the limitations of {names[1]}?"
    assert {citation.title for citation in second.answer.citations} == {names[1]}
    assert theirs.question == "each paper's limitations?" and list(told(theirs.answer)) == names
    assert among.question == "which papers mention storms?" and list(told(among.answer)) == [TITLES["tides"]]


def test_turns_on_the_texts_that_were_shown_in_korean(assistant: Assistant) -> None:
    listed, second, theirs = asked(assistant, ["LSTM을 쓰는 논문은?", "두 번째 거는?", "그 논문들의 한계는?"])
    assert len(told(listed.answer)) == 2
    name = list(told(listed.answer))[1]
    assert second.question == f"{with_particle(name, '은')} LSTM에 대해 뭐라고 해?"
    assert {citation.title for citation in second.answer.citations} == {name}
    assert theirs.question == "각 논문의 한계는?" and set(told(theirs.answer)) == {TITLES["snails"], TITLES["tides"]}


def test_the_texts_are_gone_through_by_their_numbers(assistant: Assistant) -> None:
    _, second, first = asked(
        assistant, ["what are the limitations of each paper?", "the second one?", "and the first?"]
    )
    assert second.question == f"what are the limitations of {TITLES['tides']}?"
    assert first.question == f"what are the limitations of {TITLES['snails']}?"
    assert [one.doc_id for one in first.answer.citations] == ["snails"]


def test_more_of_several_texts_goes_on_in_each_until_all_was_shown(assistant: Assistant) -> None:
    first, more, last, none = asked(assistant, ["summarize each paper", *["tell me more"] * 3])
    assert told(more.answer) == {
        TITLES["moss"]: [
            "Moss grows on the north side of a roof.",
            "Roofs that face north should be swept twice a year.",
        ],
        TITLES["snails"]: [
            "달팽이는 젖은 돌 위에서 빨리 움직인다.",
            "바람이 없는 날 사진을 2분마다 찍고, LSTM으로 움직임을 이어 붙였다.",
        ],
        TITLES["tides"]: ["Harbours need to know the tide.", "TideNet reads the wind of two days with an LSTM."],
    }
    assert [len(texts) for texts in told(last.answer).values()] == [1, 2]  # of moss all was shown
    assert told(none.answer) == told(first.answer) and none.answer.notice.startswith("That is all")
    for sentence in more.answer.sentences:
        assert all(more.answer.citations[at].quote == sentence.text for at in sentence.citations)


def test_several_texts_in_a_sentence_each(assistant: Assistant) -> None:
    more, short = asked(assistant, ["Which papers use an LSTM?", "in one sentence please"])
    assert told(short.answer) == {title: texts[:1] for title, texts in told(more.answer).items()}
    quoted = [short.answer.citations[at].quote for one in short.answer.sentences for at in one.citations]
    assert quoted == [one.text for one in short.answer.sentences if one.form != "title"]


def test_the_texts_are_forgotten_when_another_is_spoken_about(assistant: Assistant) -> None:
    _, other, theirs = asked(
        assistant, ["Which papers use an LSTM?", "Where does moss grow on a roof?", "their limitations?"]
    )
    assert {citation.doc_id for citation in other.answer.citations} == {"moss"}
    assert "each paper" not in theirs.question


def test_what_is_told_of_a_table_stands_with_all_its_rows(tmp_path: Path) -> None:
    rows = "\n".join(f"| Fern-{size}B | {size}.5 |" for size in (1, 2, 3))
    for name in ("first", "second"):
        table = f"# Scores of the {name} run\n\n## Results\n\n| Model | MMLU |\n|-|-|\n{rows}\n"
        (tmp_path / f"{name}.md").write_text(table, encoding="utf-8")
    with open_library(tmp_path / "library") as library:
        library.add([tmp_path / "first.md", tmp_path / "second.md"])
        answer = library.ask("Which model has the highest MMLU in each paper?", within=["first", "second"])
        assert list(told(answer)) == ["Scores of the second run", "Scores of the first run"]
        assert [sentence.form for sentence in answer.sentences] == ["title", "lead", "header", "row", "row", "row"] * 2


def test_texts_of_one_title_have_each_their_own(tmp_path: Path) -> None:
    for name, limit in {"a": "the night was dark and long", "b": "the rain was loud and cold"}.items():
        (tmp_path / f"{name}.md").write_text(
            f"# Notes\n\n## Limitations\n\nWe stopped since {limit}.\n", encoding="utf-8"
        )
    with open_library(tmp_path / "library") as library:
        library.add([tmp_path / "a.md", tmp_path / "b.md"])
        answer = library.ask("limitations of each paper?", within=["a", "b"])
        assert [sentence.form for sentence in answer.sentences] == ["title", "sentence", "title", "sentence"]


def test_a_turn_that_asks_all_texts_is_left_alone(assistant: Assistant) -> None:
    _, all_texts = asked(assistant, ["TideNet은 뭐야?", "지붕 얘기 나오는 글은?"])
    assert all_texts.question == "지붕 얘기 나오는 글은?" and list(told(all_texts.answer)) == [TITLES["moss"]]
    assert asks_all("각 논문의 결론은?") and not asks_all("그걸 쓰는 논문 있어?") and not asks_all("결론은?")


def test_what_may_be_asked_of_each_is_suggested(assistant: Assistant) -> None:
    answer = assistant.ask("Which papers use an LSTM?", within=OWN)
    assert assistant.suggest(answer, [answer.question], OWN) == [
        "What is each paper about, in one sentence?",
        "What are the limitations of each paper?",
    ]


def test_no_model_writes_it_anew(assistant: Assistant) -> None:
    assert Quoted(assistant.ask("각 논문의 한계는?", within=OWN), ()).stands
    assert not Quoted(assistant.ask("TideNet은 뭐야?", within=OWN), ()).stands


def test_titles_are_headings_on_the_page_and_kept(assistant: Assistant) -> None:
    answer = assistant.ask("각 논문의 한계는?", within=OWN)
    shown = turn_view(Turn("각 논문의 한계는?", answer, done=True)).sentences
    assert [(one.form, one.joins, one.citations) for one in shown] == [
        ("title", False, ()),
        ("sentence", False, (0,)),
        ("title", False, ()),
        ("sentence", False, (1,)),
    ]
    kept = of_fields(to_fields(TurnRecord("각 논문의 한계는?", "", answer)))
    assert kept.answer == answer


def test_many_texts_are_not_all_asked(tmp_path: Path) -> None:
    for number in range(26):
        text = f"# Report {number}\n\n## Limitations\n\nWell number {number} was dry, so that no water was drawn from it.\n"
        (tmp_path / f"r{number}.md").write_text(text, encoding="utf-8")
    (tmp_path / "r99.md").write_text("# Report 99\n\n## Abstract\n\nWe count geysers.\n", encoding="utf-8")
    with open_library(tmp_path / "library") as library:
        library.add([tmp_path])
        own = [card.doc_id for card in library.documents() if not card.shipped]
        answer = library.ask("What are the limitations of each paper?", within=own)
        assert answer.notice.endswith("24 of 27 texts were asked. Choose others in the list of papers to ask them.")
        assert told(library.ask("which papers count geysers?", within=own)) == {"Report 99": ["We count geysers."]}


def test_the_questions_of_the_bench_are_counted(assistant: Assistant) -> None:
    questions = read(FOLDER / "dev.jsonl")
    assert len(questions) == 80 and {one.kind for one in questions} == set(KINDS)
    known = [
        one for one in questions if one.question in ("Which reports use RoPE?", "which papers fine-tune with LoRA?")
    ]
    counts, _ = measure(assistant, known)
    assert (counts["which"]["asked"], counts["which"]["right"], counts["which"]["shown"]) == (1, 3, 3)
    assert (counts["which-none"]["asked"], counts["which-none"]["refused"]) == (1, 1)
    assert list(table(counts))[2] == "| which | 1 | 0 | 3 | 3 | 3 | 0 | 3 | 3 |"
