r"""A command that refers to labels in, what it says out: "2.1", "(3)", "Figures 1 and 2". Knows no other command."""

from index.readers.latex.paper import Label, Paper

_NAMES = {
    "equation": "equation",
    "figure": "figure",
    "subfigure": "figure",
    "table": "table",
    "subtable": "table",
    "part": "part",
    "chapter": "chapter",
    "subsection": "section",
    "subsubsection": "section",
    "paragraph": "section",
    "appendix": "appendix",
    "item": "item",
    "footnote": "footnote",
}
_PLURALS = {"appendix": "appendices", "corollary": "corollaries", "property": "properties", "hypothesis": "hypotheses"}
_CAPITALS = frozenset(("figure", "table", "equation", "appendix"))  # with \autoref


def refer(command: str, keys: str, paper: Paper) -> str:
    r"""Return what a reference says; "??" for a label that the paper lacks, as LaTeX prints."""
    found = [paper.label(key) for key in keys.split(",")]
    name = command.rstrip("*")
    if name == "nameref":
        return ", ".join(label.title or label.number if label else "??" for label in found)
    if name == "pageref":
        return "??"
    if name == "eqref":
        return ", ".join(f"({label.number})" if label else "(??)" for label in found)
    if name in ("ref", "subref", "labelcref") or not any(found):
        return ", ".join(label.number if label else "??" for label in found)
    capital = name in ("Cref", "Vref") or bool({"capitalize", "capitalise"} & set(paper.options_of("cleveref")))
    return _named(found, capital=capital, auto=name in ("autoref", "fref"))


def _named(labels: list[Label | None], *, capital: bool, auto: bool) -> str:
    """Return kinds and numbers, those of one kind together: "Figures 1 and 2 and Table 3"."""
    groups: list[tuple[str, list[str]]] = []
    for label in labels:
        kind = _NAMES.get(label.kind, label.kind) if label else ""
        number = f"({label.number})" if label and kind == "equation" and not auto else label.number if label else "??"
        if groups and groups[-1][0] == kind:
            groups[-1][1].append(number)
        else:
            groups.append((kind, [number]))
    parts = []
    for kind, numbers in groups:
        name = kind if len(numbers) == 1 else _PLURALS.get(kind, f"{kind}s")
        name = name.capitalize() if capital or (auto and kind in _CAPITALS) else name
        parts.append(f"{name} {_listed(numbers)}".strip())
    return " and ".join(parts)


def _listed(numbers: list[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
