r"""Commands that set something in, the paper's state changed: counters, their formats, theorems. Writes no text."""

from index.readers.latex.cursor import Cursor
from index.readers.latex.paper import Paper
from index.readers.latex.tree import source


def declares(name: str, cursor: Cursor, paper: Paper) -> bool:
    """Carry out a command that declares something; False where it does not."""
    if name.rstrip("*") in ("newtheorem", "spnewtheorem", "newmdtheoremenv", "declaretheorem"):
        _theorem(name, cursor, paper)
    elif name == "setformat":
        what, nodes = cursor.word(), cursor.argument()
        if what.startswith("the"):
            paper.counters.set_format(what[3:], nodes)
        elif what == "abstractname":
            paper.abstract_name = nodes
        elif what in paper.names:
            paper.names[what] = source(nodes).strip()
    else:
        return _counts(name, cursor, paper)
    return True


def _counts(name: str, cursor: Cursor, paper: Paper) -> bool:
    if name in ("setcounter", "addtocounter"):
        counter, value = cursor.word(), cursor.word()
        if value.lstrip("-").isdecimal() and len(value) < 8:
            paper.counters.set(counter, int(value) + (paper.counters.value(counter) if name == "addtocounter" else 0))
    elif name in ("stepcounter", "refstepcounter"):
        counter = cursor.word()
        paper.step(counter, counter)
    elif name == "newcounter":
        counter = cursor.word()
        if above := cursor.optional():
            paper.counters.reset_with(counter, source(above).strip())
    elif name in ("numberwithin", "counterwithin", "counterwithin*"):
        counter, over = cursor.word(), cursor.word()
        paper.counters.count_within(counter, over)
    else:
        return False
    return True


def _theorem(command: str, cursor: Cursor, paper: Paper) -> None:
    if command == "declaretheorem":
        options = source(cursor.optional() or [])
        environment = cursor.word()
        given = dict(part.split("=", 1) for part in options.replace(" ", "").split(",") if "=" in part)
        shared = given.get("sibling") or given.get("numberlike") or ""
        title = given.get("name", environment.capitalize()).strip("{}")
        counter = "" if given.get("numbered") == "no" else shared or environment
        within = given.get("numberwithin") or given.get("parent") or given.get("within") or ""
    else:
        environment = cursor.word()
        shared = source(cursor.optional() or []).strip()
        title = cursor.word()
        within = source(cursor.optional() or []).strip()
        counter = "" if command.endswith("*") else shared or environment
        if command.startswith("sp"):
            cursor.skip("dd")
    paper.name_theorem(environment, title, counter)
    if within and not shared:
        paper.counters.count_within(environment, within)
