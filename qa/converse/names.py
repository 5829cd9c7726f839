"""A text in, what is written like a name in Latin letters out: runs of words, and what sort of name each is."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from index.analyse import is_name_like
from qa.converse import naming
from qa.words.patterns import compiled

NameSort = Literal["model", "benchmark", "name", "acronym"]
Span = tuple[int, int]

MODEL = compiled(naming.MODEL_NAMES)
BENCHMARK = re.compile(naming.BENCHMARK_NAMES)
_LOWER_MODEL = compiled(rf"(?:{naming.LOWER_MODELS})")
SIZE = compiled(naming.SIZE)
_ACRONYM = re.compile(naming.ACRONYMS)
_ENGLISH_WORD = compiled(naming.ENGLISH_WORDS)
_WORD = re.compile(r"(?:챗|쳇)?[A-Za-zÀ-ÿ0-9](?:[\wÀ-ÿ.+&/-]*[A-Za-zÀ-ÿ0-9π+])?(?:’s|'s)?", re.ASCII)
POSSESSIVE = re.compile(r"(?:’s|'s)$")
_TITLE = re.compile(r"\b[A-Z][\w'-]*(?: [A-Z][\w'-]*){3,}", re.ASCII)  # How Far Are We From AGI


def latin_names(text: str) -> Iterator[Span]:
    """Yield where names stand, titles first: "Llama 3 405B", "Bowen Zhou", without an 's."""
    yield from (found.span() for found in _TITLE.finditer(text))
    korean = bool(re.search("[가-힣]", text))
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if run and (text[run[-1].end() : word.start()] != " " or _parted(run[-1].group(), word.group())):
            yield _span(run)
            run = []
        if _is_name(word, text, korean=korean, follows=bool(run)):
            run.append(word)
        elif run:
            yield _span(run)
            run = []
    if run:
        yield _span(run)


def sort_of(name: str) -> NameSort:
    """Return what sort of name it is."""
    if _ACRONYM.fullmatch(name):
        return "acronym"
    if BENCHMARK.fullmatch(name):
        return "benchmark"
    return "model" if MODEL.match(name) or name[0].isdigit() else "name"


def _span(words: Sequence[re.Match[str]]) -> Span:
    return words[0].start(), words[-1].end() - len(words[-1].group()) + len(POSSESSIVE.sub("", words[-1].group()))


def _parted(before: str, word: str) -> bool:
    """Whether a name ends before a word that is written like one too: "ChatGLM GSM8K", "Qwen2's MMLU"."""
    apart = any(kind.fullmatch(one) for kind in (BENCHMARK, _ACRONYM) for one in (before, word))
    return apart or bool(POSSESSIVE.search(before))


def _is_name(word: re.Match[str], text: str, *, korean: bool, follows: bool) -> bool:
    written = POSSESSIVE.sub("", word.group())
    if written[0].isdigit():
        return (follows or bool(SIZE.fullmatch(written))) and not re.fullmatch(r"\d{4,}", written)
    if _LOWER_MODEL.fullmatch(written):
        return True
    if is_name_like(written):
        return not (written.isupper() and _ENGLISH_WORD.fullmatch(written))
    before, after = text[: word.start()], text[word.end() : word.end() + 2]
    within = follows and bool(re.fullmatch(" [A-Z]", after))  # All in "GLM-4 All Tools"
    if not written[0].isupper() or (_ENGLISH_WORD.fullmatch(written) and not within):
        return False
    begins = not before.strip() or bool(re.search(r"[.?!:]\s*$", before))  # a capital there says nothing
    return korean or not begins or bool(re.fullmatch(" [A-Z]", after)) or len(text.split()) == 1
