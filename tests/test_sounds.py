"""Names of the Library's texts, spelt in Korean letters or with Greek ones as words."""

from pathlib import Path

import pytest

from index.analyse import Analyser
from index.library import Library
from index.storage.record import DocumentCard
from qa import open_library
from qa.settings import Settings
from qa.words.bridge import Bridge
from qa.words.rename import Renamer
from qa.words.sounds import sounds_like, spoken
from qa.words.spelling import TextNames


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("샤잠", "Shazam"),
        ("타우벤치", "τ -bench"),
        ("콜버트", "ColBERT"),
        ("드림부스", "DreamBooth"),
        ("미스트랄", "Mistral"),
        ("제미나이", "Gemini"),
        ("로버타", "RoBERTa"),
        ("크레이지스톤", "CrazyStone"),
        ("앨버트", "ALBERT"),
        ("인디고", "Indigo"),
    ],
)
def test_a_hangul_word_spells_how_a_name_sounds(hangul: str, latin: str) -> None:
    assert sounds_like(hangul, latin)


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("사시미", "Shazam"),  # other vowels
        ("수심", "Shazam"),
        ("답안지", "τ -bench"),
        ("칼국수", "ColBERT"),  # other consonants
        ("콜버트는", "ColBERT"),  # more of them
        ("스핀", "SPIN"),  # too short a name to be told by its sound
        ("데이터", "Data"),
        ("SPIN", "SPIN"),
    ],
)
def test_what_only_resembles_a_name_does_not(hangul: str, latin: str) -> None:
    assert not sounds_like(hangul, latin)


def test_greek_letters_are_read_as_words() -> None:
    assert spoken("τ-Bench") == "tau-bench"


def card(title: str, source: str) -> DocumentCard:
    """Return what a list shows of a text."""
    return DocumentCard(source, source, title, "en", source, "", None, 1, 1)


def test_names_are_found_however_they_are_spelt() -> None:
    names = TextNames([card("τ -bench: tools", "x.md"), card("ColBERT against others", "notes/shazam.pdf")])
    text = "How hard is tau-bench, or Taubench? 샤잠은 colbert보다 tau-benches"
    assert [(text[start:end], name) for start, end, name, *_ in names.found(text)] == [
        ("tau-bench", "τ -bench"),
        ("Taubench", "τ -bench"),
        ("샤잠", "shazam"),
        ("colbert", "ColBERT"),
    ]
    assert names.work_named("콜버트나 샤잠은?") == "notes/shazam.pdf"
    assert names.work_named("샤잠과 타우벤치는?") is None
    assert names.work_named("다른 것은?") is None


def test_parts_of_a_name_sound_by_themselves() -> None:
    assert sounds_like("모바일넷", "MobileNet") and not sounds_like("모바일넷", "Mobilenet")


@pytest.mark.parametrize("text", ["모바일넷v2", "모바일넷V2", "모바일넷 v2", "MobileNet-V2"])
def test_a_name_goes_on_in_latin_letters(text: str) -> None:
    names = TextNames([card("MobileNetV2: Inverted residuals", "리뷰.md"), card("On moss", "moss.md")])
    assert [(text[one.start : one.end], one.name) for one in names.found(f"{text}의 한계는?"[: len(text)])] == [
        (text, "MobileNetV2")
    ]
    assert names.found("모바일넷v3") == []


def test_files_begin_with_names() -> None:
    common = {"parallel", "read", "me", "readme"}.__contains__
    cards = [card("⚡ Quartz: a toolkit", "Quartz_README.md"), card("LAS_정리", "LAS_음성_정리.md")]
    names = TextNames([*cards, card("On heaps", "parallel_gc_ghc.pdf")], common)
    found = names.found("Quartz LAS GHC parallel README")
    assert [(one.name, one.own) for one in found] == [("Quartz", True), ("LAS", True), ("ghc", False)]


def test_words_known_from_elsewhere_are_no_names() -> None:
    common = {"rag", "open", "source"}.__contains__
    names = TextNames([card("Open-Source RAG", "x.md"), card("Open-SourceNet: a tool", "y.md")], common)
    assert [one.name for one in names.found("open source RAG Open-SourceNet")] == ["RAG", "Open-SourceNet"]
    texts = [card("The Bandit Search", "bandit.md")]
    assert TextNames(texts, lambda word: word == "bandit").found("the bandit 밴딧") == []
    assert [one.name for one in TextNames(texts).found("the bandit 밴딧")] == ["Bandit", "Bandit"]
    assert [one.name for one in TextNames(texts, is_known=lambda _: True).found("the bandit 밴딧")] == ["Bandit"]


def test_only_a_word_that_nobody_knows_is_a_name() -> None:
    pieces = {"샤잠": (5.0, "샤잠"), "노래": (5.0, "노래")}
    for known, text in (
        (pieces, "샤잠은 노래를 어떻게 찾아?"),
        ({"노래": (5.0, "노래")}, "shazam은 노래를 어떻게 찾아?"),
    ):
        analyser = Analyser(known, {"은": 1.0, "를": 1.0})
        renamer = Renamer(
            Bridge([], [], {}, analyser),
            set,
            analyser,
            lambda: [card("An audio search algorithm", "papers/shazam.pdf")],
        )
        assert renamer.of_texts("샤잠은 노래를 어떻게 찾아?")[0] == text


def test_a_paper_is_asked_by_how_its_name_sounds(tmp_path: Path) -> None:
    paper = tmp_path / "kolbrin.md"
    paper.write_text(
        "# Kolbrin: sorting of pebbles\n\n## 1. Method\n\nKolbrin sorts pebbles by their weight with a spring scale.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "library", create=True) as library:
        library.decline_shipped()
        library.add([paper])
    with open_library(settings=Settings(library=tmp_path / "library", shipped_seeds=False)) as assistant:
        answer = assistant.ask("콜브린은 조약돌을 어떻게 분류해?")
    assert [sentence.text for sentence in answer.sentences] == [
        "Kolbrin sorts pebbles by their weight with a spring scale."
    ]
    assert [(one.written, one.found) for one in answer.bridged][:1] == [("콜브린", "Kolbrin")]


LIMITED = """# Pebble-Sorting Engines for rivers - notes

## Method

A spring scale weighs each pebble before it falls into one of nine boxes.

## Limitations of this work

### 1. Speed

Weighing one pebble takes four seconds, so that a river bed takes years.

Two scales halve that.

### 2. Wet stones

Water on a pebble makes it heavier than it is.
"""


@pytest.mark.parametrize("question", ["What are the limitations of PSE?", "PSE의 한계는?"])
def test_limits_that_stand_below_several_headings_are_told_one_by_one(tmp_path: Path, question: str) -> None:
    paper = tmp_path / "stones.md"
    paper.write_text(LIMITED, encoding="utf-8")
    with open_library(tmp_path / "library") as assistant:
        assistant.add([paper])
        answer = assistant.ask(question)
    assert [sentence.text for sentence in answer.sentences] == [
        "Weighing one pebble takes four seconds, so that a river bed takes years.",
        "Water on a pebble makes it heavier than it is.",
    ]
    assert [citation.section[-1] for citation in answer.citations] == ["1. Speed", "2. Wet stones"]


DESCRIBED = """# GravelNet

[A network for gravel]

Ann Stone, Bob Sand and Cyd Clay (2031)

[`PAPER`](https://example.org/gravel.pdf) | [`CODE`](https://example.org/code)

## 한 줄 요약

자갈의 크기를 사진 한 장으로 재는, 스프링 저울이 필요 없는 신경망

## 1. 실험

GravelNet은 강 세 곳에서 저울보다 네 배 빨랐다. GravelNet의 오차는 2%였다.
"""


@pytest.mark.parametrize("question", ["GravelNet이 뭐야?", "그래블넷이 뭐 하는 거야?", "GravelNet 설명해줘"])
def test_what_a_text_is_about_is_told_by_its_summary_where_no_sentence_defines_it(
    tmp_path: Path, question: str
) -> None:
    notes = tmp_path / "gravelnet.md"
    notes.write_text(DESCRIBED, encoding="utf-8")
    with open_library(tmp_path / "library") as assistant:
        assistant.add([notes])
        answer = assistant.ask(question)
        asked_else = assistant.ask("GravelNet의 오차는?")
    assert [sentence.text for sentence in answer.sentences] == [
        "자갈의 크기를 사진 한 장으로 재는, 스프링 저울이 필요 없는 신경망"
    ]
    assert answer.question == question
    assert [sentence.text for sentence in asked_else.sentences] == ["GravelNet의 오차는 2%였다."]


def test_texts_of_the_user_s_own_are_asked_where_shipped_ones_only_come_near(tmp_path: Path) -> None:
    notes = tmp_path / "weights.md"
    notes.write_text(
        "# 옛 언어 모델\n\n## 생성기로 쓸 모델\n\n| 모델 | 장점 | 단점 |\n|-|-|-|\n"
        "| GPT-2 | 추론이 빠름 | 양방향 문맥이 부족 |\n| T5 | 다재다능 | 느림 |\n",
        encoding="utf-8",
    )
    with open_library(tmp_path / "library") as assistant:
        assistant.add([notes])
        answer = assistant.ask("GPT-2의 단점은?")
        shipped = assistant.ask("SPIN의 단점은?")
    assert "양방향 문맥이 부족" in answer.text
    assert all(citation.source.startswith("seeds/") for citation in shipped.citations)
