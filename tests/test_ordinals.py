"""Sentences that count on: "First, …", "둘째, …"."""

from dataclasses import replace

import pytest

from qa.question.query import understand
from qa.question.wording import Kind
from qa.reading.candidate import SENTENCE_SIGNALS, Candidate
from qa.reading.cite import Evidence
from qa.reading.companions import with_companions
from qa.reading.ordinals import runs_of
from tests.made import question, tiny_analyser

REASONS = (
    "Rivers bend.",
    "There are two reasons for it.",
    "First, the banks are soft.",
    "Sand gives way easily.",
    "The other reason is the current.",
    "Nothing else counts.",
)
WAYS = ("강을 건너는 방법은 세 가지다.", "첫째, 다리로 건넌다.", "둘째, 배로 건넌다.", "마지막으로 걸어서 건넌다.")


def section(texts: tuple[str, ...], place: int = 0) -> list[Candidate]:
    row = (0.0,) * len(SENTENCE_SIGNALS)
    return [
        Candidate(text, Evidence("d", str(place), at, at + 1), place, frozenset(text.split()), row, 0.0)
        for at, text in enumerate(texts)
    ]


def test_a_run_goes_to_the_last_that_counts_on_with_what_announces_it() -> None:
    (english,), (korean,) = runs_of(section(REASONS)), runs_of(section(WAYS))
    assert [one.text for one in (*english[0], *english[1])] == [REASONS[1], REASONS[2], REASONS[4]]
    assert [one.text for one in (*korean[0], *korean[1])] == list(WAYS)


@pytest.mark.parametrize(
    "texts",
    [
        ("First, the banks are soft.", "Sand gives way."),  # nothing counts on
        ("First, the banks are soft.", *["Sand gives way."] * 10, "Second, the current."),  # too far
        ("First, the banks are soft.", "First, the current.", "Third, the sun."),
        ("Firstborn rivers bend.", "Seconds pass."),
        ("First, a.", "Second, b.", "Third, c.", "Fourth, d.", "Fifth, e.", "Sixth, f.", "Finally, g."),  # too many
    ],
)
def test_what_does_not_count_on_is_no_run(texts: tuple[str, ...]) -> None:
    assert list(runs_of(section(texts))) == []


def test_sides_of_a_thing_count_on() -> None:
    downs = ("One downside is the weight.", "It sinks.", "Another downside is the price.", "Lastly, it rusts.")
    (found,) = runs_of(section(downs))
    assert [one.text for one in found[1]] == [downs[0], downs[2], downs[3]]
    (korean,) = runs_of(section(("가장 큰 문제는 무게다.", "또 다른 문제는 값이다.", "마지막으로 녹이 슨다.")))
    assert len(korean[1]) == 3


def test_a_sentence_that_says_little_more_than_the_question_takes_the_next_along() -> None:
    candidates = section(
        ("So they bend.", "All rivers bend widely.", "Sand gives way outside.", "Nothing else counts.")
    )
    asked = understand("Why do rivers bend?", tiny_analyser())
    terms = frozenset(term.text for term in asked.terms)
    assert len(terms) == 2
    candidates[1] = replace(candidates[1], terms=terms | {"all", "widely"})
    assert with_companions(candidates[1:2], candidates, asked) == candidates[1:3]
    candidates[1] = replace(candidates[1], terms=terms | {"all", "widely", "so"})
    assert with_companions(candidates[1:2], candidates, asked) == candidates[1:2]
    candidates[1] = replace(candidates[1], terms=frozenset({"widely"}))  # says nothing of what is asked
    assert with_companions(candidates[1:2], candidates, asked) == candidates[1:2]


def test_another_section_does_not_count_on() -> None:
    assert list(runs_of([*section(("First, the banks are soft.",)), *section(("Second, the current.",), 1)])) == []


@pytest.mark.parametrize(
    ("kind", "chosen", "shown"),
    [
        ("other", (1,), (1, 2, 4)),  # what announces them
        ("other", (2, 4), (1, 2, 4)),
        ("other", (4,), (4,)),
        ("why", (4,), (1, 2, 4)),  # all reasons may be asked for
        ("why", (3,), (3,)),
    ],
)
def test_the_others_of_a_run_are_shown_with_it(kind: Kind, chosen: tuple[int, ...], shown: tuple[int, ...]) -> None:
    sentences = section(REASONS)
    found = with_companions([sentences[at] for at in chosen], sentences, question(kind=kind))
    assert [one.text for one in found] == [REASONS[at] for at in shown]
