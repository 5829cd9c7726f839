"""A seed and a plan in, the content of one made-up paper out as blocks in source order. Knows no LaTeX and no HTML."""

from dataclasses import dataclass, field
from typing import Literal

from bench.papers.grammar import Grammar

Kind = Literal[
    "heading", "paragraph", "items", "formula", "figure", "table", "entry", "theorem", "box", "code", "chart", "lead"
]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
GANADA = "가나다라마바사"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a paper is built: its language, how sections are numbered and cited, how long it is."""

    seed: int
    language: Literal["en", "ko"] = "en"
    numbers: Literal["arabic", "dotted", "roman", "chapter", "none", "ganada"] = "arabic"
    cites: Literal["number", "name", "raised"] = "number"
    sections: int = 6
    subsections: bool = True
    paragraphs: int = 4
    entries: int = 28
    appendix: bool = True
    footnotes: bool = True
    wide: bool = False
    acknowledgements: str = "Acknowledgements"
    references: str = "References"
    named_appendix: Literal["", "top", "all"] = ""  # which numbers are "Appendix A." in print, not "A"
    extras: bool = False  # theorems, boxes, code, charts, bold words that open a paragraph, a third level


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `text` may hold `{cite:…}`, `{math:…}` and `{note:…}` between plain words.

    `markers` stand in the text, in order. `rows` are a table's cells, a figure's labels or a list's items.
    """

    kind: Kind
    text: str = ""
    markers: tuple[str, ...] = ()
    level: int = 0
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    wide: bool = False


@dataclass(slots=True)
class Paper:
    """A paper's content and its front."""

    title: str
    authors: tuple[str, ...]
    abstract: Block
    blocks: list[Block] = field(default_factory=list)


class Writer:
    """Fills a Paper according to a Plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.grammar = Grammar(plan.seed, plan.language)
        self._counts = {"figure": 0, "table": 0, "formula": 0, "note": 0}

    def write(self) -> Paper:
        """Return the paper."""
        grammar, plan = self.grammar, self.plan
        authors: list[str] = []
        while len(authors) < 3:
            if (name := grammar.person()) not in authors:
                authors.append(name)
        paper = Paper(grammar.title(), tuple(authors), self.paragraph(notes=False, cites=False))
        korean = plan.language == "ko"
        names = ["서론", "관련 연구"] if korean else ["Introduction", "Related Work"]
        names += [grammar.heading() for _ in range(plan.sections - 3)] + ["결론" if korean else "Conclusion"]
        for at, name in enumerate(names, start=1):
            self.section(paper, at, name, deep=plan.subsections and 2 <= at < len(names))
        if plan.acknowledgements:
            paper.blocks += [Block("heading", plan.acknowledgements, level=1), self.paragraph(notes=False)]
        paper.blocks.append(Block("heading", plan.references, level=1))
        paper.blocks += [self.entry(at) for at in range(1, plan.entries + 1)]
        if plan.appendix:
            for at in (1, 2):
                self.section(paper, at, grammar.heading(), deep=at == 1, appendix=True)
        return paper

    def section(self, paper: Paper, at: int, name: str, *, deep: bool, appendix: bool = False) -> None:
        """Append one section, and two subsections when it is deep."""
        paper.blocks.append(Block("heading", name, level=1, number=self.number(at, 0, appendix)))
        self.body(paper, at, self.plan.paragraphs - (2 if deep else 0))
        for sub in (1, 2) if deep else ():
            number = self.number(at, sub, appendix)
            paper.blocks.append(Block("heading", self.grammar.heading(), level=2, number=number))
            self.body(paper, at + sub, self.plan.paragraphs - 1)
            if self.plan.extras and sub == 2:
                deeper = f"{number.rstrip('.')}.1{number[len(number.rstrip('.')) :]}" if number else ""
                paper.blocks.append(Block("heading", self.grammar.heading(), level=3, number=deeper))
                self.body(paper, at + 4, 2)

    def number(self, at: int, sub: int, appendix: bool) -> str:
        """Return the number that a heading bears in print."""
        kind = self.plan.numbers
        top = "ABCDEF"[at - 1] if appendix else str(at)
        if kind == "none":
            return ""
        if kind == "roman":
            top = f"Appendix {top}" if appendix else ROMAN[at - 1] + "."
            return f"{'ABCDEF'[sub - 1]}." if sub else top
        if kind == "ganada":
            return f"{GANADA[sub - 1]}." if sub else f"{top}."
        if kind == "chapter":
            if sub:
                return f"제 {sub} 절"
            return f"부록 {top}" if appendix else f"제 {at} 장"
        number = f"{top}.{sub}" if sub else top
        number += "." * (kind == "dotted")
        named = appendix and self.plan.named_appendix and (not sub or self.plan.named_appendix == "all")
        return f"Appendix {number.rstrip('.')}." if named else number

    def body(self, paper: Paper, turn: int, count: int) -> None:
        """Append `count` paragraphs with what interrupts them."""
        for at in range(max(1, count)):
            paper.blocks.append(self.paragraph())
            what = (turn * 3 + at) % 9
            if what == 1:
                paper.blocks.append(self.formula())
            elif what == 3:
                paper.blocks.append(self.items())
            elif what == 5:
                paper.blocks.append(self.figure())
            elif what == 7:
                paper.blocks.append(self.table())
            elif self.plan.extras:
                paper.blocks.append(self.extra(what))

    def paragraph(self, *, notes: bool = True, cites: bool = True) -> Block:
        """Return a paragraph with a marker near its start and one near its end."""
        grammar = self.grammar
        first, last = grammar.marker(), grammar.marker()
        middle = [grammar.sentence() for _ in range(grammar.random.randint(2, 6))]
        if cites and grammar.random.random() < 0.6:
            middle[0] = middle[0][:-1] + "{cite}" + middle[0][-1]
        if cites and grammar.random.random() < 0.35:
            middle.insert(
                1, "여기서 {math:} 값은 고정한다." if grammar.language == "ko" else "Here {math:} is held fixed."
            )
        if notes and self.plan.footnotes and grammar.random.random() < 0.14:
            self._counts["note"] += 1
            middle[-1] = middle[-1] + "{note:" + grammar.marked(marker := grammar.marker()) + f"|{marker}}}"
        text = " ".join([grammar.marked(first), *middle, grammar.marked(last)])
        while "{cite}" in text:
            text = text.replace("{cite}", "{cite:" + self.cite() + "}", 1)
        while "{math:}" in text:
            text = text.replace("{math:}", "{math:" + grammar.pick("signs") + "}", 1)
        return Block("paragraph", text, (first, last))

    def extra(self, what: int) -> Block:
        """Return one of the things that make papers harder to read."""
        grammar = self.grammar
        if what == 2:
            rows = tuple((f"{grammar.marker()} = {grammar.marker()}(step, size)",) for _ in range(4))
            return Block("code", rows=rows, markers=tuple(row[0].split()[0] for row in rows))
        if what == 8:
            self._counts["figure"] += 1
            marker, labels = grammar.marker(), tuple((grammar.marker().capitalize(),) for _ in range(4))
            number = str(self._counts["figure"])
            return Block("chart", grammar.marked(marker), (marker,), number=number, rows=labels)
        block = self.paragraph(notes=False)
        kind: Kind = "theorem" if what == 0 else "box" if what == 4 else "lead"
        return Block(kind, block.text, block.markers)

    def cite(self) -> str:
        """Return what stands in a citation's place."""
        number = self.grammar.random.randint(1, self.plan.entries)
        return f"{number}|{self.grammar.pick('cites')}"

    def formula(self) -> Block:
        """Return a display formula; every other one is numbered."""
        self._counts["formula"] += 1
        tex = self.grammar.pick("formulas")
        numbered = self._counts["formula"] % 2 == 1
        self._counts["numbered"] = self._counts.get("numbered", 0) + numbered
        return Block("formula", tex, number=str(self._counts["numbered"]) if numbered else "")

    def items(self) -> Block:
        """Return a list of three items, each with a marker."""
        markers = [self.grammar.marker() for _ in range(3)]
        rows = tuple((f"{self.grammar.marked(marker)} {self.grammar.sentence()}",) for marker in markers)
        return Block("items", "", tuple(markers), rows=rows, level=self.grammar.random.randint(0, 1))

    def figure(self) -> Block:
        """Return a drawing with five labels and a caption."""
        self._counts["figure"] += 1
        marker = self.grammar.marker()
        labels = tuple((self.grammar.marker().capitalize(),) for _ in range(5))
        text = f"{self.grammar.marked(marker)} {self.grammar.sentence()}"
        wide = self.plan.wide and self._counts["figure"] % 2 == 0
        return Block("figure", text, (marker,), number=str(self._counts["figure"]), rows=labels, wide=wide)

    def table(self) -> Block:
        """Return a table of five rows and a caption."""
        self._counts["table"] += 1
        marker = self.grammar.marker()
        wide = self.plan.wide and self._counts["table"] % 2 == 1
        columns = 6 if wide else 3
        rows = [tuple(["Method", "Score", "Cost", "Size", "Steps", "Seeds"][:columns])]
        for _ in range(5):
            values = (f"{self.grammar.random.uniform(1, 99):.1f}" for _ in range(columns - 1))
            rows.append((self.grammar.marker().capitalize(), *values))
        number = str(self._counts["table"])
        return Block("table", self.grammar.marked(marker), (marker,), number=number, rows=tuple(rows), wide=wide)

    def entry(self, at: int) -> Block:
        """Return an entry of the bibliography with a marker in its title."""
        grammar = self.grammar
        marker, year = grammar.marker(), grammar.random.randint(1998, 2024)
        first, second = grammar.person(), grammar.person()
        pages = grammar.random.randint(11, 899)
        where = f"{grammar.venue()}, {pages}–{pages + 12}."
        if grammar.language == "ko":
            text = f"{first}, {second}. {year}. {marker} 환경에서의 {grammar.pick('k_fields')} 연구. {where}"
        else:
            about = f"On {marker} and the limits of {grammar.pick('limits')} in {grammar.pick('fields')}"
            text = f"{first} and {second}. {year}. {about}. {where}"
        return Block("entry", text, (marker,), number=str(at))
