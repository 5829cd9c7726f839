"""A section and the end of one of its sentences in, the code right below it out; what asks for code. Chooses none."""

import re

from index.sentences import Span

MAX_LINES = 15
MAX_CHARS = 1_000
_FENCED = re.compile(
    r"[ \t]*\n\s*?(?P<fence>`{3,}|~{3,})(?P<language>[^\n`]*)\n"
    rf"(?P<code>.{{0,{MAX_CHARS}}}?)\n?[ \t]{{0,40}}(?P=fence)[`~]*[ \t]*(?=\n|$)",
    re.DOTALL,
)
_DRAWN = re.compile(r"\s*(?:mermaid|math|latex|dot|plantuml)\b", re.IGNORECASE)
_CODE = re.compile(
    r"명령(?:어|줄)?(?:은|는|이|가|을|를|으로|로|뭐)?(?![가-힣])|커맨드|코드(?:는|를|가|로)?(?![가-힣])|구문|문법|스니펫|스크립트|예제"
    r"|\bcommands?\b|\b(?:code|syntax|snippets?|scripts?)\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"어떻게|려면|방법|(?:하는|쓰는|만드는|켜는|끄는|바꾸는) ?법|예시|설정(?:값|을|은|이| 좀| 예)"
    r"|(?:뭘|무엇을|어떤 ?내용을) ?[가-힣]{1,4}(?:면|야)"
    r"|\bhow (?:do|can|should|would) (?:I|we|you|one)\b|\bhow to\b|\bexamples?\b|\blook like\b|\bwhich lines?\b"
    r"|\bsettings?\b|\bconfig\w*|\bwhat goes in\b"
    r"|\bwhat (?:do|should|must|can) (?:I|we) (?:run|put|type|write|change|add|set)\b"
    r"|\b(?:YAML|XML|JSON|VCL|SQL)\b|\w\.(?:php|ya?ml|xml|json|conf|ini|cnf|js|ts|py|toml|sh)\b",
    re.IGNORECASE,
)


def code_below(text: str, end: int) -> Span | None:
    """Return the span of the fenced lines of code that only space parts from `text[:end]`, if they are few."""
    found = _FENCED.match(text, end)
    if found is None or _DRAWN.match(found["language"]) or not found["code"].strip():
        return None
    code = found["code"]
    if "~~~" in code or "```" in code or code.count("\n") >= MAX_LINES:
        return None
    return found.span("code")


def most_code(question: str) -> int:
    """Return how many pieces of code a question asks for at most: by name two, by how something is done one."""
    return 2 if _CODE.search(question) else 1 if _HOW.search(question) else 0
