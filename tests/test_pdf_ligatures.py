"""A sign that a font does not explain is the ligature that makes a known word of the letters around it."""

import pytest

from index.readers.pdf.ligatures import ligature_at, ligature_between


@pytest.mark.parametrize(
    ("before", "after", "ligature"),
    [
        ("coe", "cient", "ﬃ"),
        ("o", "ce", "ﬃ"),
        ("di", "erence", "ﬀ"),
        ("a", "ecting", "ﬀ"),
        ("in", "uence", "ﬂ"),
        ("speci", "c", "ﬁ"),
        ("", "rst", "ﬁ"),
    ],
)
def test_a_ligature_makes_a_known_word(before: str, after: str, ligature: str) -> None:
    assert ligature_between(before, after) == ord(ligature)


@pytest.mark.parametrize(("before", "after"), [("the", "model"), ("a", "air"), ("x", "model"), ("", "")])
def test_what_stands_between_words_is_no_ligature(before: str, after: str) -> None:
    assert ligature_between(before, after) is None


def test_the_letters_on_both_sides_are_read_to_where_a_word_ends() -> None:
    codes = [*map(ord, "the O"), 0xFFFE, *map(ord, "ce, and")]
    assert ligature_at(codes, 5) == ord("ﬃ")
