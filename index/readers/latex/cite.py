r"""A citation command, its keys and notes in, what it says out: "(Kim et al., 2024)" or "[3]". Finds no keys.

Which of the two is used follows what the paper loads (natbib, biblatex, the class) and what its references can say.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_AUTHOR_YEAR_STYLES = re.compile(
    r"acl|emnlp|naacl|eacl|coling|neurips|nips|iclr|icml|colm|tmlr|aaai|jmlr|apalike|apacite|chicago|harvard|rlc|colt"
)
_TEXTUAL = frozenset("citet Citet textcite Textcite newcite citeN citet* textcites citetext".split())
_NO_PARENTHESES = frozenset("citealp citealt Citealp Citealt citealp* citealt*".split())
COMMANDS = (
    _TEXTUAL
    | _NO_PARENTHESES
    | frozenset(
        "cite cite* citep citep* Citep Cite parencite Parencite parencite* autocite Autocite autocite* "
        "footcite smartcite supercite citeauthor Citeauthor citeauthor* citeyear citeyear* citeyearpar "
        "citenum shortcite shortciteN onlinecite citeA citeNP fullcite footfullcite parencites autocites "
        "cites footcites citeasnoun citeposs".split()
    )
)


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the list of references: its number, how a citation names it, and its text.

    `label` is what stands before the text in the list; `names` and `year` are "" where the source does not tell them.
    """

    key: str
    number: str
    text: str
    names: str = ""
    year: str = ""
    label: str = ""


def names_authors(packages: Mapping[str, str], references: Sequence[Reference]) -> bool:
    """Whether citations name authors and years, rather than numbers."""
    if not any(reference.names and reference.year for reference in references):
        return False
    for package, option in (
        ("natbib", r"numbers|super"),
        ("biblatex", r"style=(?:numeric|ieee|alphabetic|phys|chem|nature)"),
    ):
        if package in packages and re.search(option, packages[package]):
            return False
    if "biblatex" in packages:
        return re.search(r"style=(?:author|apa|chicago|mla|harvard)", packages["biblatex"]) is not None
    return "natbib" in packages or any(_AUTHOR_YEAR_STYLES.match(name.removeprefix("class:")) for name in packages)


def cite(
    command: str, keys: Sequence[str], notes: tuple[str, str], known: Mapping[str, Reference], *, by_author: bool
) -> str:
    """Return what a citation says. `notes` are the words before and after; an unknown key stands for itself."""
    found = [known.get(key, Reference(key, key, "")) for key in keys]
    name = command.rstrip("*")
    if name in ("citeauthor", "Citeauthor"):
        return ", ".join(reference.names or reference.number for reference in found)
    if name in ("citeyear", "citeyearpar"):
        years = ", ".join(reference.year or reference.number for reference in found)
        return f"({years})" if name == "citeyearpar" else years
    if name in ("fullcite", "footfullcite"):
        return "; ".join(reference.text or reference.key for reference in found)
    if name == "citenum":
        return ", ".join(reference.number for reference in found)
    if not by_author:
        return _numbered(command, found, notes)
    before, after = notes
    if name in _TEXTUAL:
        parts = [f"{one.names or one.number} ({one.year or '?'})" if one.text else one.key for one in found]
        if after and parts:
            parts[-1] = f"{parts[-1][:-1]}, {after})" if found[-1].text else f"{parts[-1]} ({after})"
        return f"{f'{before} ' if before else ''}{', '.join(parts)}"
    body = "; ".join(f"{one.names or one.number}, {one.year}" if one.text else one.key for one in found)
    body = f"{f'{before} ' if before else ''}{body}{f', {after}' if after else ''}"
    return body if command in _NO_PARENTHESES else f"({body})"


def _numbered(command: str, found: Sequence[Reference], notes: tuple[str, str]) -> str:
    before, after = notes
    numbers = ", ".join(reference.label or reference.number for reference in found)
    marked = f"[{f'{before} ' if before else ''}{numbers}{f', {after}' if after else ''}]"
    names = [reference.names for reference in found]
    if command.rstrip("*") in _TEXTUAL and len(found) == 1 and names[0]:
        return f"{names[0]} {marked}"
    return marked
