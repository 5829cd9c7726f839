"""A sentence in, whether there is anything in it to be checked out: introductions and remarks on the sources have nothing."""

import re

from index.analyse import Analyser
from qa.check.lexicon import ABOUT_SOURCES, ANNOUNCING, FRAME_WORDS, INTRODUCTIONS
from qa.check.quantities import quantities

_INTRODUCTION = re.compile(INTRODUCTIONS, re.IGNORECASE)
_ABOUT_SOURCES = re.compile(ABOUT_SOURCES, re.IGNORECASE)
_ENDS_OPEN = re.compile(r"[:：]\s*$")
MOST_WORDS = 2  # of its own, in a sentence that announces others


def says_nothing(text: str, analyser: Analyser) -> bool:
    """Whether a sentence only announces others ("다음과 같다.", "Here are three:") or says what the sources leave open."""
    if not any(char.isalnum() for char in text):
        return True
    if _ABOUT_SOURCES.search(text) and not any(not one.count for one in quantities(text)):
        return True
    if not (_INTRODUCTION.search(text) or _ENDS_OPEN.search(text)):
        return False
    if any(not one.count for one in quantities(text)):
        return False
    own = [term for term in analyser.terms(text) if not _announces(term.text, text[term.start : term.end].lower())]
    return len(own) <= MOST_WORDS


def _announces(term: str, written: str) -> bool:
    return any(word in FRAME_WORDS or word in ANNOUNCING or word.isdigit() for word in (term, written))
