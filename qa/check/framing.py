"""A sentence in, whether anything in it can be checked out: introductions and remarks on the sources hold nothing."""

import re

from index.analyse import Analyser
from qa.check.phrases import ABOUT_SOURCES, ANNOUNCING, FRAME_WORDS, INTRODUCTIONS, LEAVING_OPEN
from qa.check.quantities import quantities

_INTRODUCTION = re.compile(INTRODUCTIONS, re.IGNORECASE)
_ABOUT_SOURCES = re.compile(ABOUT_SOURCES, re.IGNORECASE)
_LEAVING_OPEN = re.compile(LEAVING_OPEN, re.IGNORECASE)
_ENDS_OPEN = re.compile(r"[:：]\s*$")
MOST_WORDS = 2  # of its own, in a sentence that announces others


def says_nothing(text: str, analyser: Analyser, cited: bool) -> bool:
    """Whether a sentence only announces others ("다음과 같다.") or says what the sources leave open.

    One that is `cited` may say of anything else that it cannot be told.
    """
    if not any(char.isalnum() for char in text):
        return True
    if any(not one.count for one in quantities(text)):
        return False
    if _ABOUT_SOURCES.search(text) or (not cited and _LEAVING_OPEN.search(text)):
        return True
    if not (_INTRODUCTION.search(text) or _ENDS_OPEN.search(text)):
        return False
    own = [term for term in analyser.terms(text) if not _announces(term.text, text[term.start : term.end].lower())]
    return len(own) <= MOST_WORDS


def _announces(term: str, written: str) -> bool:
    return any(word in FRAME_WORDS or word in ANNOUNCING or word.isdigit() for word in (term, written))
