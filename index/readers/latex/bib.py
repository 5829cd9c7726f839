r"""The text of a .bib file in, its entries out, and each as a line of LaTeX such as a bibliography would print.

Reads BibTeX's syntax with `@string` and `#`; what is damaged ends its entry, not the file. Sorts nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_KEY = re.compile(r"\s*([^\s,{}()=\"#%]+)\s*,")
_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w\-:]*)\s*=\s*")
_BARE = re.compile(r"\s*([\w.:+\-]+)\s*")
_VENUES = ("journal", "journaltitle", "booktitle", "school", "institution", "howpublished", "publisher", "organization")
_ARXIV = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?")
_MONTHS = dict(
    zip(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),
        "January February March April May June July August September October November December".split(),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its authors' names as written, given name first, and its other fields by lower-case name."""

    key: str
    kind: str
    authors: tuple[str, ...]
    fields: Mapping[str, str]

    @property
    def year(self) -> str:
        """The year, "" where none is given."""
        found = re.search(r"\d{4}", self.fields.get("year") or self.fields.get("date") or "")
        return found[0] if found else self.fields.get("year", "")

    @property
    def short_names(self) -> str:
        """The authors as a citation in the text names them: "Kim", "Kim and Lee", "Kim et al."."""
        names = [_last(name) for name in self.authors]
        if not names:
            return self.fields.get("key") or self.fields.get("organization") or self.fields.get("title", "")[:40]
        if names[-1] == "others" or len(names) > 2:
            return f"{names[0]} et al."
        return " and ".join(names)

    def line(self) -> str:
        """Return the entry as LaTeX: authors, title, venue with volume and pages, year, arXiv id or DOI."""
        names = ["et al." if name == "others" else name for name in self.authors]
        people = ", ".join(names[:-1]) + (
            f"{' ' if names[-1] == 'et al.' else ' and '}{names[-1]}" if names[1:] else ""
        )
        parts = [people or "".join(names), self.fields.get("title", ""), self._venue()]
        identifier = self.fields.get("eprint", "")
        if _ARXIV.fullmatch(identifier) and identifier not in parts[2]:
            parts.append(f"arXiv:{identifier}")
        elif doi := self.fields.get("doi", ""):
            parts.append(f"doi:{doi.removeprefix('https://doi.org/')}")
        elif url := self.fields.get("url", ""):
            parts.append(rf"\url{{{url}}}")
        return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)

    def _venue(self) -> str:
        venue = next((self.fields[name] for name in _VENUES if self.fields.get(name)), "")
        volume, number = self.fields.get("volume", ""), self.fields.get("number", "")
        place = volume + (f"({number})" if number and volume else number)
        if pages := self.fields.get("pages", ""):
            pages = re.sub(r"\s*-+\s*", "--", pages)
            place = f"{place}:{pages}" if place else f"pages {pages}"
        return ", ".join(part for part in (venue, place, self.year) if part)


def entries(text: str) -> dict[str, Entry]:
    """Return the entries of a .bib file by key; of two with one key, the first."""
    strings: dict[str, str] = dict(_MONTHS)
    found: dict[str, Entry] = {}
    at = 0
    while start := _ENTRY.search(text, at):
        kind, at = start[1].lower(), start.end()
        if kind in ("comment", "preamble"):
            continue
        if kind == "string":
            fields, at = _fields(text, at, strings)
            strings.update(fields)
            continue
        key = _KEY.match(text, at)
        if not key:
            continue
        fields, at = _fields(text, key.end(), strings)
        found.setdefault(key[1], Entry(key[1], kind, _people(fields), fields))
    return found


def _people(fields: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_given_first(name) for name in _names(fields.get("author") or fields.get("editor") or ""))


def _fields(text: str, at: int, strings: Mapping[str, str]) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while name := _FIELD.match(text, at):
        parts: list[str] = []
        at = name.end()
        while True:
            part, at = _value(text, at, strings)
            parts.append(part)
            joined = re.compile(r"\s*#\s*").match(text, at)
            if not joined:
                break
            at = joined.end()
        fields.setdefault(name[1].lower(), " ".join("".join(parts).split()))
    return fields, at


def _value(text: str, at: int, strings: Mapping[str, str]) -> tuple[str, int]:
    opening = text[at : at + 1]
    if opening not in ("{", '"'):
        bare = _BARE.match(text, at)
        if not bare:
            return "", at
        return strings.get(bare[1].lower(), bare[1]), bare.end()
    depth = 0
    for end in re.compile(r'\\.|[{}"]|\n\s*@\w+\s*\{', re.DOTALL).finditer(text, at):
        sign = end[0]
        if sign[0] == "\n":  # the next entry begins: a brace is missing
            return text[at + 1 : end.start()], end.start()
        depth += (sign == "{") - (sign == "}")
        closes = sign == "}" and depth <= 0 if opening == "{" else sign == '"' and depth <= 0 and end.start() > at
        if closes:
            return text[at + 1 : end.start()], end.end()
    return text[at + 1 :], len(text)


def _names(people: str) -> list[str]:
    """Divide a list of people at "and" outside of braces."""
    names, depth, start = [], 0, 0
    for sign in re.finditer(r"[{}]|\s+and\s+", people):
        depth += (sign[0] == "{") - (sign[0] == "}")
        if depth == 0 and sign[0] not in "{}":
            names.append(people[start : sign.start()])
            start = sign.end()
    return [name.strip() for name in [*names, people[start:]] if name.strip()]


def _given_first(name: str) -> str:
    if name.startswith("{") and name.endswith("}"):
        return name
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}".strip()
    return f"{parts[2]} {parts[0]}, {parts[1]}".strip() if len(parts) == 3 else name


def _last(name: str) -> str:
    """Return a family name, with the particles that belong to it."""
    if name.startswith("{") and name.endswith("}"):
        return name
    words = re.findall(r"(?:\{[^{}]*\}|[^\s{}])+", name.split(",")[0])
    at = len(words) - 1
    while at > 1 and words[at - 1][:1].islower():
        at -= 1
    return " ".join(words[at:]) if words else name
