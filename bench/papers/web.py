"""A made-up paper in, a web page out, which Chromium prints as a PDF."""

import html
import re

from bench.papers.content import Block, Paper, Plan

_INLINE = re.compile(r"\{(cite|math|note):((?:[^{}]|\{[^{}]*\})*)\}")
_CSS = """@page { size: A4; margin: 22mm }
body { font: 10.5pt/1.45 'Noto Serif CJK KR', 'DejaVu Serif', serif; text-align: justify; hyphens: auto }
h1 { font-size: 19pt; text-align: center } h2 { font-size: 14pt } h3 { font-size: 11.5pt }
.who { text-align: center } .two { column-count: 2; column-gap: 7mm } figcaption, caption { font-size: 9pt }
table { border-collapse: collapse; margin: auto } td { border-bottom: 1px solid #999; padding: 1px 9px }
"""
PLANS = {
    "web": Plan(31, numbers="arabic", footnotes=False, appendix=True),
    "web-korean": Plan(
        32, "ko", numbers="dotted", footnotes=False, references="참고문헌", acknowledgements="감사의 글"
    ),
}


def web(paper: Paper, plan: Plan, *, two_columns: bool) -> str:
    """Return the paper as one page of HTML."""
    head = "초록" if plan.language == "ko" else "Abstract"
    kinds = {"heading": _heading, "paragraph": _paragraph, "items": _items, "formula": _formula}
    kinds |= {"figure": _figure, "table": _table, "entry": _paragraph}
    body = "\n".join(kinds[block.kind](block) for block in paper.blocks)
    people = ", ".join(paper.authors)
    return (
        f'<!doctype html><html lang="{plan.language}"><meta charset="utf-8"><style>{_CSS}</style>'
        f'<h1>{html.escape(paper.title)}</h1><p class="who">{people}</p><div class="{"two" if two_columns else "one"}">'
        f"<h2>{head}</h2><p>{_prose(paper.abstract.text)}</p>{body}</div></html>"
    )


def _prose(text: str) -> str:
    def inline(found: re.Match[str]) -> str:
        kind, value = found.groups()
        return f" [{value.split('|')[0]}]" if kind == "cite" else "<i>x</i>"

    return _INLINE.sub(inline, text)


def _heading(block: Block) -> str:
    tag = f"h{block.level + 1}"
    return f"<{tag}>{f'{block.number} {block.text}'.strip()}</{tag}>"


def _paragraph(block: Block) -> str:
    label = f"[{block.number}] " if block.kind == "entry" else ""
    return f"<p>{label}{_prose(block.text)}</p>"


def _items(block: Block) -> str:
    tag = "ol" if block.level else "ul"
    return f"<{tag}>" + "".join(f"<li>{_prose(row[0])}</li>" for row in block.rows) + f"</{tag}>"


def _formula(block: Block) -> str:
    return ""


def _figure(block: Block) -> str:
    boxes = "".join(
        f'<rect x="{at * 62}" y="{at % 2 * 40}" width="56" height="22" fill="none" stroke="black"/>'
        f'<text x="{at * 62 + 6}" y="{at % 2 * 40 + 15}" font-size="10">{label[0]}</text>'
        for at, label in enumerate(block.rows)
    )
    name = "그림" if re.search("[가-힣]", block.text) else "Figure"
    caption = f"<figcaption>{name} {block.number}: {block.text}</figcaption>"
    return f'<figure><svg width="320" height="66">{boxes}</svg>{caption}</figure>'


def _table(block: Block) -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in block.rows)
    name = "표" if re.search("[가-힣]", block.text) else "Table"
    return f"<table><caption>{name} {block.number}: {block.text}</caption>{rows}</table>"
