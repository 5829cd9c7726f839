"""English words in Korean sentences are read as such."""

import pytest

from index.analyse import Analyser
from qa.question.itself import part_asked
from qa.question.wording import Part
from qa.words.patterns import compiled


@pytest.mark.parametrize("text", ["limitation은?", "이 논문의 limitation", "limitation", "the Limitation."])
def test_a_latin_word_ends_where_a_particle_begins(text: str) -> None:
    assert compiled(r"\blimitation\b").search(text)


@pytest.mark.parametrize("text", ["limitations은", "delimitation은", "limitation2", "_limitation"])
def test_a_word_is_found_whole(text: str) -> None:
    assert not compiled(r"\blimitation\b").search(text)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("이 논문의 limitation은?", "limits"),
        ("limitation이 뭐야?", "limits"),
        ("conclusion은?", "conclusion"),
        ("이 논문 contribution은 뭐야?", "proposal"),
        ("abstract를 보여줘", "summary"),
        ("future work는?", "future"),
        ("What are the disadvantages of this paper?", "limits"),
    ],
)
def test_parts_of_a_text_are_asked_for_in_english_words(question: str, part: Part, analyser: Analyser) -> None:
    assert part_asked(question, analyser) == part
