"""How headings are named and numbered, in English and Korean papers. Says what a text reads like; marks nothing."""

import re
from collections import Counter

from index.outline import REFERENCES

NUMBER = re.compile(
    r"(?:(?P<arabic>\d{1,2}(?:[.-]\d{1,2}){0,4})\.?"
    r"|(?P<roman>[IVX]{1,6}(?=\.)|[Ⅰ-Ⅻ]+(?:-\d{1,2})?)\.?"
    r"|(?P<letter>[A-Z])(?P<rest>(?:\.\d{1,2}){0,3})\.?"
    r"|(?P<appendix>(?i:appendix|appendices|부록)\s*[A-Z\d]?(?:\.\d+)*)[.:]?|(?:제\s*)?\d{1,2}\s*(?P<part>[장절])"
    r"|(?P<ganada>[가나다라마바사아자차카타파하])\.)(?=\s|$)\s*"
)
KNOWN = re.compile(
    r"(?:abstract|introduction|conclusions?|concludingremarks|discussion|acknowledge?ments?"
    rf"|{'|'.join(sorted(REFERENCES))}"
    r"|limitations|relatedwork|background|methods?|results|appendix|appendices|supplementarymaterials?|ethicsstatement"
    r"|broaderimpacts?|dataavailability|authorcontributions|competinginterests|funding|keywords|ccsconcepts|contents"
    r"|tableofcontents|listof(?:figures|tables)"
    r"|초록|요약|국문초록|국문요약|서론|머리말|본론|관련연구|선행연구|이론적배경|연구방법|연구결과"
    r"|결론(?:및(?:고찰|제언|향후연구))?|맺음말|토론|논의|감사의글|사사|부록|(?:표|그림|도표)?(?:차례|목차))"
)
CONTENTS = re.compile(r"(?:contents|tableofcontents|listof(?:figures|tables)|(?:표|그림|도표)?(?:차례|목차))$")
SENTENCE = re.compile(r"[.,;:!?]$|다$|(?<![개수필])요$")  # what ends one; not 개요, 수요, 필요
ABSTRACT = re.compile(r"(?:abstract|초록|요약|국문초록|국문요약|영문초록)$")

_DOTS = "[.·‥…⋯∙ㆍ]"
LEADERS = re.compile(  # of a table of contents
    rf"(?:{_DOTS}\s?){{5,}}\s*(?:\d+|[ivxl]+)?\s*(?:쪽|면)?\s*$|(?:{_DOTS}\s?){{8,}}"
)


def is_capital(text: str) -> bool:
    """Say whether a text is in capitals; Hangul has none."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and sum(char.isupper() for char in letters) > 0.85 * len(letters)


def depth_of(number: re.Match[str] | None, kinds: Counter[str]) -> int:
    """Return the level that a number gives its heading; `kinds` counts the kinds of numbers that the document has."""
    if number is None:
        return 1
    if number["arabic"]:
        depth = len(re.split("[.-]", number["arabic"]))
        return depth + 1 if kinds["roman"] and depth == 1 else depth
    if number["letter"] is not None:
        return 1 + number["rest"].count(".") + (1 if kinds["roman"] > 1 and not number["rest"] else 0)
    if number["roman"]:
        return 1 + number["roman"].count("-")
    if number["part"] == "절":
        return 2 if kinds["part"] > 1 else 1
    if number["ganada"]:
        return 2
    return 1 + (number["appendix"] or "").count(".")
