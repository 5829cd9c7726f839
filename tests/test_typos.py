"""Slips of the keyboard in English words of a question."""

import pytest

from qa.words.typos import TypoMender, is_slip

MENDER = TypoMender(["uncertainty filtering", "context distillation", "costly", "retriever", "steering", "Weak"])
COMMON, HELD = {"mostly", "recipe"}, {"uncertainty", "context", "distillation", "retriever", "costly", "steering"}


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("uncertanty", "uncertainty", True),  # a letter too few
        ("contexxt", "context", True),  # too many
        ("conetxt", "context", True),  # changed places
        ("stearing", "steering", True),  # another vowel
        ("weaknes", "weakness", True),  # one of two alike
        ("mostly", "costly", False),  # it begins otherwise
        ("minima", "minimal", False),  # it ends otherwise
        ("shalow", "shadow", False),  # another consonant
        ("context", "context", False),
        ("cnotxet", "context", False),
        ("contet", "contexts", False),
    ],
)
def test_slips_of_the_keyboard(typed: str, meant: str, slip: bool) -> None:
    assert is_slip(typed, meant) == slip


@pytest.mark.parametrize(
    ("text", "mended", "slips"),
    [
        ("explain uncertanty filtering", "explain uncertainty filtering", (("uncertanty", "uncertainty"),)),
        (
            "what is contxt distilation?",
            "what is context distillation?",
            (("contxt", "context"), ("distilation", "distillation")),
        ),
        ("검색기(retriver)는?", "검색기(retriever)는?", (("retriver", "retriever"),)),
        ("is it mostly so", "is it mostly so", ()),  # it is known
        ("filterng by filtring", "filterng by filtring", ()),  # the Library holds no filtering
        ("Contxt in contxt.py and my_contxt", "Contxt in contxt.py and my_contxt", ()),  # names
        ("weik", "weik", ()),  # too short to tell
    ],
)
def test_only_words_that_are_known_nowhere_are_mended(
    text: str, mended: str, slips: tuple[tuple[str, str], ...]
) -> None:
    assert MENDER.mended(text, COMMON.__contains__, HELD.__contains__) == (mended, slips)
