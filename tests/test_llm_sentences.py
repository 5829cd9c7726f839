"""What models write, in all its shapes, read as whole sentences with what they cite, however it is cut into pieces."""

import random
import time
from collections.abc import Iterable

import pytest

from index.load import Language
from qa.llm.marks import begun_chars, numbers_of, without_marks
from qa.llm.reasoning import Reader
from qa.llm.script import is_written_in, language_of
from qa.llm.sentences import SentenceParser, WrittenSentence

Read = list[tuple[str, tuple[int, ...]]]
SHAPES: list[tuple[str, Read]] = [
    # where marks stand
    ("SPIN trains by self-play [1]. It needs no data [2].", [("SPIN trains by self-play.", (1,)), ("It needs no data.", (2,))]),
    ("SPIN trains by self-play. [1] It needs no data. [2]", [("SPIN trains by self-play.", (1,)), ("It needs no data.", (2,))]),
    ("It plays itself.[1] It works.[2][3]", [("It plays itself.", (1,)), ("It works.", (2, 3))]),
    ("It plays itself [1]. [2] It works [3].", [("It plays itself.", (1, 2)), ("It works.", (3,))]),
    ("[1] It plays itself. [2] It works.", [("It plays itself.", (1,)), ("It works.", (2,))]),
    ("It plays itself.\n[1]\nIt works. [2]", [("It plays itself.", (1,)), ("It works.", (2,))]),
    ("It plays itself [1].\n[2]\nIt works.", [("It plays itself.", (1,)), ("It works.", ())]),
    ("SPIN [1] plays itself, unlike RLHF [2], and works.", [("SPIN plays itself, unlike RLHF, and works.", (1, 2))]),
    ("It plays itself. [1]. It works.", [("It plays itself.", (1,)), ("It works.", ())]),
    ("Does it work? [1] Yes! [2]", [("Does it work?", (1,)), ("Yes!", (2,))]),
    ('He said "it works." [1] We agree.', [('He said "it works."', (1,)), ("We agree.", ())]),
    # Korean
    ("행동 모방은 학습 방법입니다 [1]. 자기 개선은 스스로 배웁니다 [2].", [("행동 모방은 학습 방법입니다.", (1,)), ("자기 개선은 스스로 배웁니다.", (2,))]),
    ("행동 모방은 학습 방법입니다. [1] 자기 개선은 스스로 배웁니다. [2]", [("행동 모방은 학습 방법입니다.", (1,)), ("자기 개선은 스스로 배웁니다.", (2,))]),
    ("행동 모방은 학습 방법입니다 [1] 자기 개선은 스스로 배웁니다 [2]", [("행동 모방은 학습 방법입니다.", (1,)), ("자기 개선은 스스로 배웁니다", (2,))]),
    ("모델을 학습시킨다[1] 그리고 평가한다[2]", [("모델을 학습시킨다.", (1,)), ("그리고 평가한다", (2,))]),
    ("다시 배워요 [1] 정말 좋아요 [2]", [("다시 배워요.", (1,)), ("정말 좋아요", (2,))]),
    ("기준 모델보다 [1] 좋은 방법이다 [2].", [("기준 모델보다 좋은 방법이다.", (1, 2))]),
    ("방법이 필요 [1] 하지는 않다.", [("방법이 필요 하지는 않다.", (1,))]),
    ("행동 모방은 학습 방법이다\n자기 개선은 스스로 배운다", [("행동 모방은 학습 방법이다", ()), ("자기 개선은 스스로 배운다", ())]),
    ("[1]에 따르면 SPIN은 좋다. [2]는 그것이 나쁘다고 한다.", [("SPIN은 좋다.", (1,)), ("그것이 나쁘다고 한다.", (2,))]),
    ("자기 개선 [1]은 좋다.", [("자기 개선은 좋다.", (1,))]),
    ("모델은 작다. [1] 이 방법은 빠르다. [2]", [("모델은 작다.", (1,)), ("이 방법은 빠르다.", (2,))]),
    # ways to write a mark
    ("A works [1, 3]. B works [4-6]. C works [1–2].", [("A works.", (1, 3)), ("B works.", (4, 5, 6)), ("C works.", (1, 2))]),
    ("자기 개선【1】은 좋습니다【2†source】. 다음입니다[출처 3].", [("자기 개선은 좋습니다.", (1, 2)), ("다음입니다.", (3,))]),
    ("A works [Source 1]. B works [^2]. C works [[3]](#s3).", [("A works.", (1,)), ("B works.", (2,)), ("C works.", (3,))]),
    ("A works (see [1]). 값은 3.5입니다 (출처: [2][3]).", [("A works.", (1,)), ("값은 3.5입니다.", (2, 3))]),
    ("A works [1](https://x.example/a). B works \\[2\\]. C<sup>3</sup>.", [("A works.", (1,)), ("B works.", (2,)), ("C.", (3,))]),
    ("A works [1] and [2]. B works [1], [3].", [("A works.", (1, 2)), ("B works.", (1, 3))]),
    ("A works **[1]**. B works.", [("A works.", (1,)), ("B works.", ())]),
    ("According to [1], SPIN works. As shown in [2], it fails.", [("SPIN works.", (1,)), ("It fails.", (2,))]),
    ("It works as described in [1]. In [2], it fails.", [("It works.", (1,)), ("It fails.", (2,))]),
    ("A works [99]. B works [0].", [("A works.", (99,)), ("B works.", (0,))]),  # whether they exist is not asked here
    ("It works.\nSources: [1], [2]", [("It works.", (1, 2))]),
    ("It works [3].\n출처: [1]", [("It works.", (3,))]),
    # what is no mark
    ("There are (1) models and [2024] of them, f(x) in [1.5].", [("There are (1) models and [2024] of them, f(x) in [1.5].", ())]),
    ("Use `x[1]` for it [2].", [("Use x[1] for it.", (2,))]),
    ("In the list ［3］ it stands [1].", [("In the list ［3］ it stands.", (1,))]),
    # sentences
    ("Kim et al. [1] propose it. See Fig. 3 for e.g. details [2].", [("Kim et al. propose it.", (1,)), ("See Fig. 3 for e.g. details.", (2,))]),
    ("It has 15.6T tokens, or 2.0 too [1]. GPT-4o-mini has 83.5 [2].", [("It has 15.6T tokens, or 2.0 too.", (1,)), ("GPT-4o-mini has 83.5.", (2,))]),
    ("See https://arxiv.org/abs/2401.01335 [1]. J. Smith wrote it.", [("See https://arxiv.org/abs/2401.01335.", (1,)), ("J. Smith wrote it.", ())]),
    ("모델이 배운다.그리고 답한다 [1].", [("모델이 배운다.", ()), ("그리고 답한다.", (1,))]),
    ("An answer that has no end", [("An answer that has no end", ())]),
    # what is left out
    ("## 방법\n**요약**\n---\n행동 모방입니다 [1].", [("행동 모방입니다.", (1,))]),
    ("다음과 같습니다:\n- **SPIN**: 스스로 배웁니다 [1].\n- RLHF: 보상을 씁니다 [2]", [("SPIN: 스스로 배웁니다.", (1,)), ("RLHF: 보상을 씁니다", (2,))]),
    ("답변: 행동 모방입니다 [1].", [("행동 모방입니다.", (1,))]),
    ("**Answer:** It works [1].", [("It works.", (1,))]),
    ("It works [1].\n\n참고 문헌:\n[1] Aligning Small Models\n[2] Orchids", [("It works.", (1,))]),
    ("It works [1].\n\n## References\n1. Aligning Small Models [1].", [("It works.", (1,))]),
    ("Before [1].\n```python\nx[1] = 2. Y\n```\nAfter [2].", [("Before.", (1,)), ("After.", (2,))]),
    ("```markdown\nIt works [1].\n```", [("It works.", (1,))]),
    ("Before [1].\n~~~\nopen code", [("Before.", (1,))]),
    ("> It is *quoted* and ~~struck~~ __bold__ [1].", [("It is quoted and struck bold.", (1,))]),
    ("See [the page](https://x.example/p) &amp; ![a plot](p.png) H<sub>2</sub>O<br>now [1].", [("See the page & H2O now.", (1,))]),
    ("A* search and 3 * 4 = 12 and snake_case_name [1].", [("A* search and 3 * 4 = 12 and snake_case_name.", (1,))]),
    ("", []),
    (" \n\n*** \n", []),
]  # fmt: skip


def sentences_of(pieces: Iterable[str], language: Language) -> list[WrittenSentence]:
    """Return all sentences of an answer that has come to its end."""
    parser = SentenceParser(language)
    found = [sentence for piece in pieces for sentence in parser.feed(piece)]
    return found + parser.finish()


def read(text: str, pieces: list[str] | None = None) -> Read:
    return [(found.text, found.numbers) for found in sentences_of([text] if pieces is None else pieces, "en")]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_an_answer_is_read(text: str, expected: Read) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in SHAPES])
def test_pieces_change_nothing(text: str) -> None:
    whole = read(text)
    assert read(text, list(text)) == whole
    assert read(text.replace("\n", "\r\n"), list(text.replace("\n", "\r\n"))) == whole
    for at in range(1, len(text), 3):
        assert read(text, [text[:at], text[at:]]) == whole
    chance = random.Random(7)
    for _ in range(5):
        cuts = sorted(chance.sample(range(len(text) + 1), min(len(text), chance.randint(1, 6))))
        assert read(text, [text[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]) == whole


def test_a_sentence_comes_as_soon_as_the_next_begins() -> None:
    parser = SentenceParser("en")
    came = [[found.text for found in parser.feed(piece)] for piece in ("It pl", "ays [", "1].", " [2", "] ", "N", "ow")]
    assert came == [[], [], [], [], [], ["It plays."], []]
    assert [(found.text, found.numbers) for found in parser.finish()] == [("Now", ())]


def test_items_and_rows() -> None:
    text = (
        "세 가지입니다 [1].\n1. 첫째 [1]\n2) 둘째 [2]\n- 셋째 [3]. 더 있다 [4].\n① 넷째\n"
        "| set | rows |\n|:---|---|\n| raw | 1000 [1] |\n| kept | 420 [2] |\n\n끝입니다."
    )
    for pieces in ([text], list(text)):
        assert [(found.text, found.numbers, found.form) for found in sentences_of(pieces, "ko")] == [
            ("세 가지입니다.", (1,), "sentence"),
            ("첫째", (1,), "item"),
            ("둘째", (2,), "item"),
            ("셋째.", (3,), "item"),
            ("더 있다.", (4,), "item"),
            ("넷째", (), "item"),
            ("raw · 1000", (1,), "item"),
            ("kept · 420", (2,), "item"),
            ("끝입니다.", (), "sentence"),
        ]


# --- not in the sources ---


@pytest.mark.parametrize(
    "text", ["NOT_IN_SOURCES", "**NOT_IN_SOURCES**.\n", "not in sources", "NOT_IN_SOURCES: nothing"]
)
def test_no_answer_in_the_sources(text: str) -> None:
    for pieces in ([text], list(text)):
        parser = SentenceParser("ko")
        found = [sentence for piece in pieces for sentence in parser.feed(piece)] + parser.finish()
        assert (found, parser.not_found) == ([], True)


def test_no_answer_to_a_part() -> None:
    parser = SentenceParser("en")
    found = parser.feed("It plays itself [1].\nNOT_IN_SOURCES\n") + parser.finish()
    assert ([sentence.text for sentence in found], parser.not_found) == (["It plays itself."], True)


# --- thoughts ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<think>Does [1] say so? Yes.</think>\n\nIt works [1].", ["It works."]),
        ("<think>\n\n</think>\nIt works [1].", ["It works."]),
        ("<Thinking>Hm. Hm.</Thinking>It works [1].", ["It works."]),
        ("<think>It never ends. [1] So. [2]", []),
        ("[THINK]Hm.[/THINK]It works [1].", ["It works."]),
        ("◁think▷Hm.◁/think▷It works [1].", ["It works."]),
        ("<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>It works [1].<|return|>", ["It works."]),
        ("<|channel>thought\nHm.<channel|>It works [1].", ["It works."]),
        ("It works [1].<|im_end|>\n<|im_start|>user\nAnd this?", ["It works."]),
        ("It works [1].</s> Another. [2]", ["It works."]),
        ("<answer>It works [1].</answer>", ["It works."]),
        ("Thoughts stand between <think> and </think> there [1].", ["Thoughts stand between <think> and </think> there."]),
        ("It holds if a < b and b <t [1].", ["It holds if a < b and b <t."]),
    ],
)  # fmt: skip
def test_thoughts_are_not_shown(text: str, expected: list[str]) -> None:
    for pieces in ([text], list(text)):
        assert [found.text for found in sentences_of(pieces, "en")] == expected


def test_thoughts_without_a_beginning_are_taken_back() -> None:
    parser = SentenceParser("en")
    found = parser.feed("Let me see what [1] says. It says much. So I can ans")
    found += parser.feed("wer.\n</think>\n\nIt works [1]. It is fast [2].") + parser.finish()
    assert [(sentence.text, sentence.anew) for sentence in found] == [
        ("Let me see what says.", False),
        ("It says much.", False),
        ("It works.", True),
        ("It is fast.", False),
    ]


def test_what_was_taken_back_may_be_said_again() -> None:
    text = "It works [1]. Good.</think>It works [1]."
    found = sentences_of(list(text), "en")
    assert [(sentence.text, sentence.anew) for sentence in found][-1] == ("It works.", True)


def test_thoughts_are_known_before_anything_is_shown() -> None:
    assert sentences_of(["Hm. </think>It works."], "en") == [WrittenSentence("It works.", (), anew=False)]


def test_a_mark_of_thoughts_begins_no_other() -> None:
    reader = Reader()
    shown = [found.text for piece in ("a <", "thi", "s> b <thin") for found in reader.feed(piece)]
    assert ("".join(shown), "".join(found.text for found in reader.finish())) == ("a <this> b ", "<thin")


# --- models that do not stop ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It works [1]. " * 50, ["It works."]),
        ("It works [1].\n" * 50, ["It works."]),
        ("- 첫째 [1]\n- 둘째 [2]\n" * 50, ["첫째", "둘째"]),
        ("It works [1]. " + "The model and " * 500, ["It works."]),
        ("It works [1]. " + "가" * 5_000, ["It works."]),
        ("It works [1]. " + "[" * 5_000, ["It works."]),
        (" ".join(f"word{at}" for at in range(1_000)), []),
    ],
)
def test_a_model_that_does_not_stop_is_noticed(text: str, expected: list[str]) -> None:
    parser = SentenceParser("en")
    found: list[str] = []
    for at in range(0, len(text), 3):
        found += [sentence.text for sentence in parser.feed(text[at : at + 3])]
        if parser.ended:
            break
    assert parser.ended
    found += [sentence.text for sentence in parser.finish()]
    assert found == expected


def test_sentences_alike_are_not_the_same() -> None:
    text = " ".join(f"Model {at} has {at} layers [{at}]." for at in range(1, 30))
    parser = SentenceParser("en")
    found = [sentence for at in range(0, len(text), 4) for sentence in parser.feed(text[at : at + 4])] + parser.finish()
    assert (len(found), parser.ended, found[28].numbers) == (29, False, (29,))


def test_a_refrain_is_given_once() -> None:
    assert [text for text, _ in read("It works [1]. Good. It works [2]. Fine. It works.")] == [
        "It works.",
        "Good.",
        "Fine.",
    ]


def test_a_cut_answer_keeps_its_whole_sentences() -> None:
    def cut(text: str) -> list[str]:
        parser = SentenceParser("ko")
        return [found.text for found in parser.feed(text) + parser.finish(cut=True)]

    assert cut("배운다 [1]. 그리고 다시") == ["배운다."]
    assert cut("배운다 [1].") == ["배운다."]
    assert cut("배운다. [1") == ["배운다."]
    assert cut("모델이 배운다") == ["모델이 배운다"]
    assert cut("모델이 배우") == []
    assert cut("- 첫째 [1]\n- 둘") == ["첫째"]


@pytest.mark.parametrize(
    "unit", ["[", "(", "*a ", "_a", "`a", "[a](", "<", "<think", "[1, ", "|a", "> ", "\\", "**", "1. "]
)
def test_no_text_takes_long(unit: str) -> None:
    text = unit * (3_000 // len(unit))
    start = time.process_time()
    for pieces in ([text], [text[at : at + 4] for at in range(0, len(text), 4)]):
        sentences_of(pieces, "en")
    assert time.process_time() - start < 2.0


# --- languages ---


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("SPIN은 self-play fine-tuning을 사용합니다.", "ko"),
        ("행동 모방", "ko"),
        ("학습(學習)은 중요하다.", "ko"),
        ("Behavior imitation (행동 모방) trains a model.", "en"),
        ("The C-Eval (中文) benchmark is used.", "en"),
        ("α + β = γ", None),
        ("83.5", None),
        ("行为模仿是一种方法。", "other"),
        ("これはモデルです。", "other"),
        ("Это модель.", "other"),
        ("자기 개선은 模型이 스스로 학습하는 방법이다.", "other"),
        ("(千问)", "other"),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_sentences_in_another_language_are_marked() -> None:
    text = "행동 모방입니다 [1].\n- Self-Play Fine-Tuning [2]\n- 模型 [3]\nIt trains a model on its own answers. 이것은 좋다."
    assert [(found.text, found.in_language) for found in sentences_of([text], "ko")] == [
        ("행동 모방입니다.", True),
        ("Self-Play Fine-Tuning", True),
        ("模型", False),
        ("It trains a model on its own answers.", False),
        ("이것은 좋다.", True),
    ]
    assert not is_written_in("행동 모방은 방법이다.", "en")


# --- single steps ---


def test_marks() -> None:
    left, marks = without_marks("A [1]. B [2, 3].")
    assert (left, [(mark.at, mark.numbers) for mark in marks]) == ("A. B.", [(1, (1,)), (4, (2, 3))])
    assert [numbers_of(mark) for mark in ("[3-1]", "[1-900]", "[1, 1]", "[1-3, 2]")] == [
        (3, 1),
        (1, 900),
        (1,),
        (1, 2, 3),
    ]


@pytest.mark.parametrize(
    ("text", "chars"),
    [
        ("a [", 2),
        ("a [1", 3),
        ("a [1]", 4),
        ("a **[1]", 6),
        ("a (출처: [", 7),
        ("a [1]는", 4),
        ("a【1", 2),
        ("a <su", 4),
    ]
    + [("a ", 0), ("a [1] b", 0), ("a] b", 0), ("[1]\nb", 0)],
)
def test_what_may_yet_become_a_mark(text: str, chars: int) -> None:
    assert begun_chars(text) == chars
