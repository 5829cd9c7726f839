r"""A LaTeX project's files in, a Reading out: the paper as its source says it, with numbers and references computed.

Inputs are read, macros expanded, comments dropped; `\ref` and `\cite` say what they print. Runs no TeX and draws no
picture; what a package would typeset from its own language (TikZ) is left out.
"""

from collections.abc import Mapping
from typing import Literal

from index.errors import InputError
from index.readers.latex.bibliography import Bibliography
from index.readers.latex.cite import Reference
from index.readers.latex.expand import Expander
from index.readers.latex.flow import Flow
from index.readers.latex.front import Front
from index.readers.latex.inline import Inline
from index.readers.latex.paper import Label, Paper
from index.readers.latex.project import Project
from index.readers.latex.tree import Environment, Node, build
from index.readers.markdown import Block, Heading, safe, write
from index.readers.reading import Reading

__all__ = ["read"]


def read(files: Mapping[str, bytes], name: str) -> Reading:
    r"""Return the text of a LaTeX project, given as its files by relative POSIX path, and what it says of itself.

    Raises InputError, with `name`, for a project without a main file or with several, whose inputs go in a circle,
    whose macros expand without end, or that has no text.
    """
    project = Project(files, name)
    expander = Expander(project)
    nodes = build(expander.tokens())
    bibliography = Bibliography(project, expander.packages)
    first = _Writing(nodes, expander.packages, bibliography, {}, {}, top=2)
    if not bibliography.known:
        bibliography.resolve(list(first.paper.cited), first.paper.bib_files, first.inline)
    top = min((rank for rank in first.paper.ranks if rank), default=2)
    known = dict(bibliography.known)
    second = _Writing(nodes, expander.packages, bibliography, first.paper.labels, known, top=top)
    title, authors, opening = second.front_page()
    text = write(title, [*opening, *second.blocks])
    if not any(char.isalnum() for char in text):
        raise InputError(f"{name}: {project.main} has no text; expected a paper; check that its files are all there")
    return Reading(text, title, authors, second.front.year, language=_language(text, expander.packages))


class _Writing:
    """One writing of a paper from its nodes."""

    def __init__(
        self,
        nodes: list[Node],
        packages: dict[str, str],
        bibliography: Bibliography,
        labels: dict[str, Label],
        references: dict[str, Reference],
        *,
        top: int,
    ) -> None:
        self.paper = Paper(packages, labels, top)
        self.inline = Inline(self.paper, references, by_author=bibliography.by_author)
        self.front = Front()
        at = next((at for at, node in enumerate(nodes) if isinstance(node, Environment) and node.name == "document"), 0)
        Flow(self.paper, self.inline, bibliography, self.front).blocks(nodes[:at])
        self.paper.notes.clear()
        self.paper.in_body = True
        self._flow = Flow(self.paper, self.inline, bibliography, self.front)
        self.blocks = self._flow.blocks(nodes[at:])

    def front_page(self) -> tuple[str | None, tuple[str, ...], list[Block]]:
        """Return the title, the authors, and the blocks that stand before the body."""
        title, authors, others = self.front.written(self.inline)
        notes, self.paper.notes = self.paper.notes, []
        lines = [", ".join(authors), "; ".join(others), *(text for _, text in notes)]
        opening: list[Block] = [safe(line) for line in lines if line]
        if self.front.abstract:
            opening += [Heading(self.paper.top, self.front.abstract_name), *self._flow.inner(self.front.abstract)]
        if self.front.keywords:
            opening.append(self._flow.keywords(self.front.keywords))
        return title, authors, opening


def _language(text: str, packages: Mapping[str, str]) -> Literal["ko", "en"] | None:
    """Return Korean for a paper that loads Korean and is written in it; other languages are not told apart here."""
    hangul = sum("가" <= char <= "힣" for char in text)
    latin = sum("a" <= char <= "z" or "A" <= char <= "Z" for char in text)
    loads = any(name in packages for name in ("kotex", "xetexko", "luatexko", "CJK", "CJKutf8", "hangul", "dhucs"))
    return "ko" if hangul * 6 >= max(latin, 1) and (loads or "oblivoir" in "".join(packages)) else None
