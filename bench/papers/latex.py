"""A made-up paper and a style in, LaTeX source out."""

import re

from bench.papers.content import Block, Paper
from bench.papers.styles import Style

_INLINE = re.compile(r"\{(cite|math|note):((?:[^{}]|\{[^{}]*\})*)\}")


def latex(paper: Paper, style: Style) -> str:
    """Return the source of the paper in this style."""
    out: list[str] = []
    kinds = {"heading": _heading, "paragraph": _paragraph, "items": _items, "formula": _formula}
    kinds |= {"figure": _figure, "table": _table, "entry": _entry, "theorem": _theorem, "box": _box, "code": _code}
    kinds |= {"chart": _chart, "lead": _lead}
    in_entries = appendix = False
    for block in paper.blocks:
        if in_entries and block.kind != "entry":
            out.append(_end_entries(style))
            in_entries = False
        if not in_entries and block.kind == "entry":
            out.append(_start_entries(style))
            in_entries = True
        if block.kind == "heading" and is_appendix(block, style) and not appendix:
            out.append(style.appendix)
            appendix = True
        if not (block.kind == "heading" and block.text == style.plan.references):
            out.append(kinds[block.kind](block, style))
    if in_entries:
        out.append(_end_entries(style))
    people = [style.person.replace("@NAME@", name) for name in paper.authors[: style.authors]]
    text = style.template.replace("@TITLE@", paper.title).replace("@ABSTRACT@", prose(paper.abstract.text, style))
    numbered = (person.replace("@N@", str(at)) for at, person in enumerate(people, start=1))
    return text.replace("@PEOPLE@", style.between.join(numbered)).replace("@BODY@", "\n".join(out))


def is_appendix(block: Block, style: Style) -> bool:
    """Say whether the heading is an appendix's."""
    return block.level == 1 and bool(re.match(r"(?:Appendix |부록 )?[A-F]\.?$", block.number))


def prose(text: str, style: Style) -> str:
    """Return running text as LaTeX."""

    def inline(found: re.Match[str]) -> str:
        kind, value = found.groups()
        if kind == "math":
            return f"${value}$"
        if kind == "note":
            return r"\footnote{" + value.split("|")[0] + "}"
        number, name = value.split("|")
        return {"number": f" [{number}]", "name": f" ({name})", "raised": rf"\textsuperscript{{{number}}}"}[
            style.plan.cites
        ]

    return _INLINE.sub(inline, text).replace("%", r"\%").replace("&", r"\&")


def _heading(block: Block, style: Style) -> str:
    command = (*style.sections, r"\subsubsection")[block.level - 1]
    star = "" if block.number else "*"
    toc = rf"\addcontentsline{{toc}}{{section}}{{{block.text}}}" if star and "hyperref" in style.template else ""
    return f"{command}{star}{{{block.text}}}{toc}"


def _paragraph(block: Block, style: Style) -> str:
    return prose(block.text, style) + "\n"


def _items(block: Block, style: Style) -> str:
    kind = "enumerate" if block.level else "itemize"
    lines = [r"\item " + prose(row[0], style) for row in block.rows]
    return "\n".join([rf"\begin{{{kind}}}", *lines, rf"\end{{{kind}}}", ""])


def _formula(block: Block, style: Style) -> str:
    kind = "equation" if block.number else "displaymath"
    return f"\\begin{{{kind}}}\n{block.text}\n\\end{{{kind}}}"


def _figure(block: Block, style: Style) -> str:
    star = "*" if block.wide else ""
    step = 2.9 if block.wide else 1.45
    nodes = [
        rf"\node[draw,font=\scriptsize] (n{at}) at ({at * step:.2f},{(at % 2) * 1.1:.1f}) {{{label[0]}}};"
        for at, label in enumerate(block.rows)
    ]
    arrows = [rf"\draw[->] (n{at}) -- (n{at + 1});" for at in range(len(block.rows) - 1)]
    drawing = "\n".join([r"\begin{tikzpicture}", *nodes, *arrows, r"\end{tikzpicture}"])
    text = prose(block.text, style)
    return f"\\begin{{figure{star}}}{style.float}\n\\centering\n{drawing}\n\\caption{{{text}}}\n\\end{{figure{star}}}"


def _table(block: Block, style: Style) -> str:
    star = "*" if block.wide else ""
    rows = [" & ".join(row) + r" \\" for row in block.rows]
    body = "\n".join([r"\hline", rows[0], r"\hline", *rows[1:], r"\hline"])
    table = rf"\begin{{tabular}}{{l{'r' * (len(block.rows[0]) - 1)}}}" + f"\n{body}\n" + r"\end{tabular}"
    text = prose(block.text, style)
    return f"\\begin{{table{star}}}{style.float}\n\\centering\n\\caption{{{text}}}\n{table}\n\\end{{table{star}}}"


def _theorem(block: Block, style: Style) -> str:
    return f"\\begin{{claim}}\n{prose(block.text, style)}\n\\end{{claim}}"


def _box(block: Block, style: Style) -> str:
    return f"\\begin{{tcolorbox}}\n{prose(block.text, style)}\n\\end{{tcolorbox}}"


def _code(block: Block, style: Style) -> str:
    lines = "\n".join(row[0] for row in block.rows)
    return f"\\begin{{verbatim}}\n{lines}\n\\end{{verbatim}}"


def _lead(block: Block, style: Style) -> str:
    first, _, rest = prose(block.text, style).partition(" ")
    second, _, rest = rest.partition(" ")
    return rf"\paragraph{{{first} {second}}} {rest}" + "\n"


def _chart(block: Block, style: Style) -> str:
    names = [row[0] for row in block.rows]
    plots = "\n".join(
        rf"\addplot coordinates {{(1,{at + 2}) (2,{at + 4}) (3,{at + 3})}}; \addlegendentry{{{name}}}"
        for at, name in enumerate(names[2:])
    )
    axis = rf"\begin{{axis}}[width=6.5cm,height=4.2cm,xlabel={{{names[0]}}},ylabel={{{names[1]}}},font=\scriptsize]"
    drawing = "\n".join([r"\begin{tikzpicture}", axis, plots, r"\end{axis}\end{tikzpicture}"])
    text = prose(block.text, style)
    return f"\\begin{{figure}}{style.float}\n\\centering\n{drawing}\n\\caption{{{text}}}\n\\end{{figure}}"


def _entry(block: Block, style: Style) -> str:
    key = "" if style.plan.cites == "number" else "[]"
    return rf"\bibitem{key}{{r{block.number}}} " + block.text.replace("&", r"\&")


def _start_entries(style: Style) -> str:
    if style.plan.cites != "name":
        return r"\begin{thebibliography}{99}"
    heading = _heading(Block("heading", style.plan.references, level=1), style)
    return "\n".join(
        [
            heading,
            r"{\small\begin{list}{}{\leftmargin 1.2em \itemindent -1.2em \labelwidth 0pt \labelsep 0pt",
            r"\itemsep 2pt \parsep 0pt}",
            r"\renewcommand{\bibitem}[2][]{\item}",
        ]
    )


def _end_entries(style: Style) -> str:
    return r"\end{thebibliography}" if style.plan.cites != "name" else r"\end{list}}"
