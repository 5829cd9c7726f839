"""Text in, the language it is written in out, so that an answer in another one than asked is noticed."""

import re
from typing import Literal

from index.load import Language
from qa.question.query import question_language

Written = Literal["ko", "en", "other"]

_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")  # where a name may stand in its own script
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_GREEK = re.compile(r"[Ͱ-Ͽ]")  # symbols of formulas
OTHER_SHARE = 0.1
ITEM_WORDS = 8


def language_of(text: str) -> Written | None:
    """Return the language of a text by its script and grammar; "other" where a tenth is in a script of neither.

    None says that it has no letters, as "83.5". Korean sentences may be full of English terms, and the reverse.
    """
    outside = _BRACKETED.sub(" ", text)
    letters = [char for char in (outside if any(map(str.isalpha, outside)) else text) if char.isalpha()]
    known = sum(bool(_HANGUL.match(char) or _LATIN.match(char)) for char in letters)
    foreign = sum(not (_HANGUL.match(char) or _LATIN.match(char) or _GREEK.match(char)) for char in letters)
    if not known + foreign:
        return None
    if foreign > OTHER_SHARE * (known + foreign):
        return "other"
    return question_language(text)


def is_written_in(text: str, language: Language, *, item: bool = False) -> bool:
    """Say whether a sentence is in `language`. A short item may be a name in another: "- Self-Play Fine-Tuning"."""
    found = language_of(text)
    return found in (language, None) or (item and found != "other" and len(text.split()) <= ITEM_WORDS)
