"""The tree of a page that LaTeXML made (arXiv's HTML, ar5iv) in, the same tree out in plain HTML's shapes.

Sections get headings of the level that they stand at, equations become `x-display`, listings `pre`, tables made of
spans `table`. What it does not do: find the title and the authors (`front`), or write Markdown.
"""

from lxml import etree

from index.readers.html.rewrite import element, plain_tex
from index.readers.html.tree import Element, classes, drop, text_of

_SECTIONS = frozenset(
    "ltx_part ltx_chapter ltx_section ltx_subsection ltx_subsubsection ltx_paragraph ltx_subparagraph ltx_appendix "
    "ltx_bibliography ltx_index ltx_glossary ltx_acknowledgements ltx_abstract".split()
)
_RUN_IN = frozenset("ltx_theorem ltx_proof ltx_keywords ltx_classification".split())
_TABLE_PARTS = {
    "ltx_tabular": "table",
    "ltx_thead": "thead",
    "ltx_tbody": "tbody",
    "ltx_tfoot": "tfoot",
    "ltx_tr": "tr",
    "ltx_th": "th",
    "ltx_td": "td",
}
_BLOCKS = {"ltx_p": "p", "ltx_para": "div", "ltx_itemize": "ul", "ltx_enumerate": "ol", "ltx_item": "li"}


def simplify(root: Element) -> None:
    """Rewrite a LaTeXML article in place."""
    _set_tags(root)
    _equations(root)
    _listings(root)
    _titles(root)
    _name_abstract(root)
    _space_tags(root)


def _set_tags(root: Element) -> None:
    """LaTeXML writes spans for blocks that stand within a line: tables in cells, paragraphs in boxes."""
    for at in root.iter("span"):
        for name in classes(at):
            if name in _BLOCKS or name in _TABLE_PARTS:
                at.tag = _BLOCKS.get(name) or _TABLE_PARTS[name]
    for at in root.iter("td"):
        if "ltx_th" in classes(at):
            at.tag = "th"


def _equations(root: Element) -> None:
    for at in list(root.iter("*")):
        names = set(classes(at))
        if names & {"ltx_eqn_table", "ltx_equation", "ltx_equationgroup"} and at.getparent() is not None:
            inner = any("ltx_eqn_table" in classes(above) for above in at.iterancestors())
            if not inner:
                _equation_table(at)


def _equation_table(table: Element) -> None:
    rows = [at for at in table.iter("*") if "ltx_eqn_row" in classes(at)] or [table]
    made = [row for row in map(_equation_row, rows) if row is not None]
    tail = table.tail
    table.clear()
    table.tag, table.tail = "div", tail
    table.extend(made)


def _equation_row(row: Element) -> Element | None:
    number = ""
    for tag in [at for at in row.iter("*") if "ltx_tag_equation" in classes(at)]:
        number = number or text_of(tag).strip()
        drop(tag)
    formulas = [at for at in row.iter("x-tex", "x-display")]
    tex = " ".join(at.text or "" for at in formulas).strip()
    if not tex:
        words = " ".join(text_of(row).split())
        return element("p", words) if words else None
    made = element("x-display", plain_tex(tex))
    if number:
        made.set("number", number)
    return made


def _listings(root: Element) -> None:
    for at in [at for at in root.iter("*") if "ltx_listing" in classes(at)]:
        lines = [line for line in at.iter("*") if "ltx_listingline" in classes(line)]
        if not lines or at.getparent() is None:
            continue
        code = "\n".join(_code_line(line) for line in lines)
        language = next((name[17:] for name in classes(at) if name.startswith("ltx_lst_language_")), "")
        tail = at.tail
        at.clear()
        at.tag, at.tail, at.text = "pre", tail, code
        if language:
            at.set("class", f"language-{language.lower()}")


def _code_line(line: Element) -> str:
    for formula in line.iter("x-tex", "x-display"):
        formula.text = f"${formula.text or ''}$"
    return text_of(line).replace("\u00a0", " ").replace("\n", " ").rstrip()


def _titles(root: Element) -> None:
    for title in [at for at in root.iter("*") if "ltx_title" in classes(at)]:
        parent = title.getparent()
        names = set(classes(parent)) if parent is not None else set()
        if parent is None or "ltx_title_document" in classes(title):
            continue
        if names & _SECTIONS:
            above = sum(bool(set(classes(at)) & _SECTIONS) for at in parent.iterancestors())
            title.tag = f"h{min(6, 2 + above)}"
            if "ltx_bibliography" in names:
                for child in list(title):
                    title.remove(child)
                title.text = "References"
        elif names & _RUN_IN:
            _run_in(title, parent, end=":" if names & {"ltx_keywords", "ltx_classification"} else ".")
        else:
            title.tag = "p"


def _name_abstract(root: Element) -> None:
    """Give an abstract its heading where the page's style leaves that out."""
    for at in [at for at in root.iter("*") if "ltx_abstract" in classes(at)]:
        if not any("ltx_title" in classes(child) for child in at):
            at.insert(0, element("h2", "Abstract"))


def _run_in(title: Element, owner: Element, *, end: str) -> None:
    """Let the first paragraph of a theorem begin with the theorem's title."""
    title.tag = "span"
    words = text_of(title).strip()
    last = etree.SubElement(title, "span")
    last.text = " " if words.endswith((".", ":")) else f"{end} "
    paragraph = next(owner.iter("p"), None)
    if paragraph is None or title in list(paragraph.iterancestors()):
        return
    drop(title)
    title.tail, paragraph.text = paragraph.text, None
    paragraph.insert(0, title)


def _space_tags(root: Element) -> None:
    """Part a number from the words of its heading, caption or entry."""
    for tag in root.iter("span"):
        names = classes(tag)
        if "ltx_tag" in names and "ltx_tag_theorem" not in names and text_of(tag).strip():
            tag.tail = f" {tag.tail or ''}"
