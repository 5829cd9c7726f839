"""A section and the end of one of its sentences in, the code that stands right below it out. Chooses no sentence."""

import re

from index.sentences import Span
from qa.wording import ANNOUNCES

MAX_LINES = 15
MAX_CHARS = 1_000
_FENCED = re.compile(
    r"[ \t]*\n\s*?(?P<fence>`{3,}|~{3,})(?P<language>[^\n`]*)\n(?P<code>.*?)\n?[ \t]*(?P=fence)[`~]*[ \t]*(?=\n|$)",
    re.DOTALL,
)
_DRAWN = re.compile(r"\s*(?:mermaid|math|latex|dot|plantuml)\b", re.IGNORECASE)
_ANNOUNCES = re.compile(ANNOUNCES, re.IGNORECASE)
_CODE = re.compile(
    r"명령(?:어|줄)?(?:은|는|이|가|을|를|으로|로|뭐)?(?![가-힣])|커맨드|코드(?:는|를|가|로)?(?![가-힣])|구문|문법|스니펫|스크립트|예제"
    r"|\bcommands?\b|\b(?:code|syntax|snippets?|scripts?)\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"어떻게|려면|(?:하는|쓰는|만드는|켜는|끄는|바꾸는) ?(?:법|방법)|예시"
    r"|\bhow (?:do|can|should) (?:I|we|you|one)\b|\bhow to\b|\bexamples?\b",
    re.IGNORECASE,
)


def code_below(text: str, end: int) -> Span | None:
    """Return the span of the fenced lines of code that only space parts from `text[:end]`, if they are few."""
    found = _FENCED.match(text, end)
    if found is None or _DRAWN.match(found["language"]) or not found["code"].strip():
        return None
    code = found["code"]
    if "~~~" in code or "```" in code or len(code) > MAX_CHARS or code.count("\n") >= MAX_LINES:
        return None
    return found.span("code")


def asks_for_code(question: str) -> bool:
    """Whether a question asks for a command or for code."""
    return bool(_CODE.search(question))


def belongs(sentence: str, question: str) -> bool:
    """Whether code below a sentence belongs to an answer: it is announced or asked for, or how something is done is."""
    return any(asked.search(question) for asked in (_CODE, _HOW)) or bool(_ANNOUNCES.search(sentence))
