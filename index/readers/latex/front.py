r"""The commands of a title page in, a paper's title, authors and year out. Writes nothing else of the paper.

Understands `\author` with `\and`, the forms of IEEE, ACM, Springer, Elsevier, ICML and JMLR, and authblk.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.readers.latex import specs
from index.readers.latex.cursor import Cursor
from index.readers.latex.inline import BREAK, Inline
from index.readers.latex.tree import Environment, Formula, Group, Node
from index.readers.markdown import visible
from index.readers.names import MARK, names_in

_PEOPLE = frozenset(("author", "Author", "authors", "icmlauthor", "Name"))
_PLACES = frozenset("affil affiliation address institute institution icmlaffiliation email Email place".split())
_DROPPED = {"icmlcorrespondingauthor": 2, "authornote": 1, "authornotemark": 0, "cortext": 1, "corref": 1, "fntext": 1}
_MARKS = frozenset(
    "inst thanks footnotemark footnote textsuperscript IEEEauthorrefmark orcidlink tnoteref fnref corref".split()
)
_BREAKS = frozenset("email Email addr AND IEEEauthorblockA affiliation affil institute And and".split())
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(slots=True)
class Front:
    """What a paper's title page says; gathered while the paper is walked, written at the end."""

    title: list[Node] = field(default_factory=list)
    people: list[list[Node]] = field(default_factory=list)
    places: list[list[Node]] = field(default_factory=list)
    abstract: list[Node] = field(default_factory=list)
    abstract_name: str = "Abstract"
    keywords: list[Node] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)

    def takes(self, name: str, cursor: Cursor) -> bool:
        """Keep what a command of the title page says; False for any other command."""
        if name in ("title", "icmltitle", "Title"):
            cursor.optional()
            self.title = cursor.argument()
        elif name == "subtitle":
            self.title = [*self.title, ":", " ", *cursor.argument()]
        elif name in _PEOPLE:
            cursor.optional()
            self.people.append(cursor.argument())
            cursor.skip("d" if name == "icmlauthor" else "")
        elif name in _PLACES:
            cursor.optional()
            cursor.skip("d" if name == "icmlaffiliation" else "")
            self.places.append(cursor.argument())
        elif name in ("date", "copyrightyear", "acmYear", "conferenceyear"):
            self.dates.append(cursor.word())
        elif name in _DROPPED:
            cursor.optional()
            cursor.skip("d" * _DROPPED[name])
        else:
            return False
        return True

    def takes_environment(self, node: Environment) -> bool:
        """Keep the authors of ICML's list; False for any other environment."""
        if node.name != "icmlauthorlist":
            return False
        cursor = Cursor(node.nodes)
        while (at := cursor.next()) is not None:
            if isinstance(at, str) and at[0] == "\\":
                self.takes(at[1:], cursor)
        return True

    @property
    def year(self) -> int | None:
        """The year that a date names."""
        found = next((match for date in self.dates if (match := _YEAR.search(date))), None)
        return int(found[0]) if found else None

    def written(self, inline: Inline) -> tuple[str | None, tuple[str, ...], list[str]]:
        """Return the title, the authors' names, and the other lines: affiliations, addresses."""
        title = visible(inline.text(_without_marks(self.title)).replace(BREAK, " ").replace(MARK, ""))
        names: list[str] = []
        others: list[str] = []
        for nodes in self.people:
            for person in _persons(nodes):
                lines = [line for line in inline.text(_without_marks(person)).split(BREAK) if visible(line)]
                found, rest = names_in([_spaced(line) for line in lines])
                names += found
                others += [visible(line).replace("`", "") for line in rest]
        for nodes in [part for place in self.places for part in _persons(place)]:
            others += [
                line
                for part in inline.text(_without_marks(nodes)).replace(MARK, "").split(BREAK)
                if (line := visible(part).replace("`", ""))
            ]
        return title or None, tuple(dict.fromkeys(names)), list(dict.fromkeys(others))


def _spaced(line: str) -> str:
    return re.sub(rf"[^\S\u2003{MARK}]+", " ", line)  # Python takes MARK for white space


def _persons(nodes: Sequence[Node]) -> list[list[Node]]:
    r"""Divide what `\author` holds at `\and` and its kin."""
    persons: list[list[Node]] = [[]]
    for node in nodes:
        if node in ("\\and", "\\And", "\\AND", "\\IEEEauthorblockN", "\\Name", "\\name"):
            persons.append([])
        elif isinstance(node, Group) and len(nodes) == 1:
            return _persons(node.nodes)
        else:
            persons[-1].append(node)
    return [person for person in persons if person]


def _without_marks(nodes: Sequence[Node]) -> list[Node]:
    """Return nodes with a MARK for each mark of affiliation and for each note, and line breaks before addresses."""
    cursor = Cursor(nodes)
    kept: list[Node] = []
    while (node := cursor.next()) is not None:
        name = node[1:] if isinstance(node, str) and node[0] == "\\" else ""
        if name == "thanks" or name == "footnote":
            kept += [MARK, node, Group(cursor.argument())]
        elif name in _MARKS:
            cursor.optional()
            if name != "footnotemark":
                cursor.argument()
            kept.append(MARK)
        elif name in _BREAKS:
            kept.append("\\\\")
        elif node == "&":
            kept.append(MARK)
        elif isinstance(node, Formula) and node.tokens[:1] in (["^"], ["_"], ["{"]):
            kept.append(MARK)
        elif isinstance(node, Group):
            kept.append(Group(_without_marks(node.nodes)))
        elif isinstance(node, Environment):
            inner = Cursor(node.nodes)
            inner.skip(specs.ENVIRONMENTS.get(node.name, "o"))
            kept += ["\\\\", *_without_marks(inner.rest()), "\\\\"]
        else:
            kept.append(node)
    return kept
