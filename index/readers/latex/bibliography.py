r"""A project's lists of references in (thebibliography, .bbl, .bib), References and their paragraphs out.

A .bbl that biblatex wrote is read for its order and fields. What is not cited is left out of a .bib, unless nothing is.
"""

import re
from collections.abc import Iterable, Sequence

from index.readers.latex import bib
from index.readers.latex.cite import Reference, names_authors
from index.readers.latex.cursor import Cursor
from index.readers.latex.inline import BREAK, Inline
from index.readers.latex.lexer import DROPPED, VERBATIM, Lexer
from index.readers.latex.project import Project
from index.readers.latex.tree import Group, Node, build
from index.readers.markdown import Block, Heading, safe, visible

_LABEL = re.compile(r"(?P<names>.+?)\s*\((?P<year>[^()]*)\)")
_SORTED_STYLES = re.compile(r"plain|abbrv|alpha|splncs|acm|ACM|natbib|apalike|chicago")
_NUMBER_STYLES = re.compile(r"ieee|IEEE|unsrt|plain|abbrv|splncs|vancouver|nature|siam|elsarticle-num")
_BIBLATEX_ENTRY = re.compile(r"\\entry\{([^}]*)\}\{([^}]*)\}\{[^}]*\}(.*?)\\endentry", re.DOTALL)
_BIBLATEX_FIELD = re.compile(r"\\(?:field|strng|list)\{(\w+)\}(?:\{\d+\})?\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_BIBLATEX_NAME = re.compile(r"family=\{((?:[^{}]|\{[^{}]*\})*)\}(?:.*?\bgiven=\{((?:[^{}]|\{[^{}]*\})*)\})?", re.DOTALL)
_MAX_ENTRIES = 5_000


class Bibliography:
    """The references of one project. `known` is filled by `listed`, or by `resolve` from files."""

    def __init__(self, project: Project, packages: dict[str, str]) -> None:
        self.known: dict[str, Reference] = {}
        self._project = project
        self._packages = packages
        self._style = ""

    @property
    def by_author(self) -> bool:
        """Whether citations name authors and years."""
        if _NUMBER_STYLES.search(self._style) and "nat" not in self._style:
            return False
        return names_authors(self._packages, list(self.known.values()))

    def set_style(self, name: str) -> None:
        r"""Take note of `\bibliographystyle`."""
        self._style = name

    def listed(self, nodes: Sequence[Node], inline: Inline, rank: int) -> list[Block]:
        """Return the section that a thebibliography makes, and record its entries."""
        entries = _entries(nodes)
        for at, (label, key, body) in enumerate(entries[:_MAX_ENTRIES], start=1):
            self.known[key] = _reference(label, key, inline.line(body), inline, str(at))
        return self._section([self.known[key] for _, key, _ in entries[:_MAX_ENTRIES]], rank)

    def section(self, rank: int) -> list[Block]:
        """Return the section of references that `resolve` found."""
        return self._section(list(self.known.values()), rank)

    def resolve(self, cited: Sequence[str], names: Iterable[str], inline: Inline) -> None:
        """Find the references in the project's files, numbered in the order that the style wants."""
        found = self._from_biblatex() or self._from_bib(names)
        keys = [key for key in cited if key in found]
        if "*" in cited or not keys:
            keys += [key for key in found if key not in keys]
        if (
            _SORTED_STYLES.match(self._style)
            or "biblatex" in self._packages
            and "sorting=none" not in self._packages["biblatex"]
        ):
            keys.sort(key=lambda key: (found[key].short_names.casefold(), found[key].year))
        self.known = {}
        for at, key in enumerate(keys[:_MAX_ENTRIES], start=1):
            entry = found[key]
            names_text = inline.line(parse(entry.short_names))
            self.known[key] = Reference(key, str(at), inline.line(parse(entry.line())), names_text, entry.year)

    def _section(self, references: Sequence[Reference], rank: int) -> list[Block]:
        if not references:
            return []
        by_author = self.by_author
        lines = (one.text if by_author else f"[{one.label or one.number}] {one.text}" for one in references)
        return [Heading(rank, "References"), *(safe(visible(line)) for line in lines)]

    def _from_bib(self, names: Iterable[str]) -> dict[str, bib.Entry]:
        paths = [path for name in names if (path := self._project.find(name, suffixes=(".bib", ""))) is not None]
        found: dict[str, bib.Entry] = {}
        for path in paths or self._project.with_suffix(".bib"):
            for key, entry in bib.entries(self._project.text(path)).items():
                found.setdefault(key, entry)
        return found

    def _from_biblatex(self) -> dict[str, bib.Entry]:
        found: dict[str, bib.Entry] = {}
        for path in self._project.with_suffix(".bbl"):
            for match in _BIBLATEX_ENTRY.finditer(self._project.text(path)):
                key, kind, body = match.groups()
                fields = {name: " ".join(value.split()) for name, value in _BIBLATEX_FIELD.findall(body)}
                start = body.find("\\name{author}")
                names = body[start : body.find("\\strng{", start)] if start >= 0 else ""
                people = tuple(
                    f"{given} {family}".strip() if given else f"{{{family}}}"
                    for family, given in _BIBLATEX_NAME.findall(names)
                )
                found.setdefault(key, bib.Entry(key, kind, people, fields))
        return found


def parse(source: str) -> list[Node]:
    """Return the nodes of a piece of LaTeX that needs no macros."""
    return build(Lexer(source, set(VERBATIM), set(DROPPED)))


def _entries(nodes: Sequence[Node]) -> list[tuple[list[Node] | None, str, list[Node]]]:
    r"""Return label, key and body of each `\bibitem`."""
    cursor = Cursor(nodes)
    entries: list[tuple[list[Node] | None, str, list[Node]]] = []
    while (node := cursor.next()) is not None:
        if node == "\\bibitem":
            label = cursor.optional()
            entries.append((label, cursor.word(), []))
        elif entries:
            entries[-1][2].append(" " if node in ("\\newblock", "\\BibitemOpen") else node)
    return entries


def _reference(label: list[Node] | None, key: str, text: str, inline: Inline, number: str) -> Reference:
    r"""Return a reference; its label is natbib's "Kim et al.(2024)Kim and Lee", a `\citeauthoryear`, or "KLP24"."""
    if not label:
        return Reference(key, number, text)
    cursor = Cursor(label)
    while (node := cursor.next()) is not None:
        if node in ("\\citeauthoryear", "\\astroncite"):
            parts = []
            while isinstance(cursor.peek(), Group):
                parts.append(inline.line(cursor.argument()))
            if len(parts) >= 2:
                return Reference(key, number, text, parts[-2], parts[-1])
    words = visible(inline.text(label).replace(BREAK, " "))
    if found := _LABEL.match(words):
        return Reference(key, number, text, found["names"].strip(), found["year"].strip())
    return Reference(key, number, text, label=words)
