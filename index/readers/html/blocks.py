"""A page's tree in, its Markdown blocks out: paragraphs, headings, lists, tables, code. Sets no heading's level."""

import re

from index.readers.html.inline import BLOCKS, BREAK, Inline
from index.readers.html.tree import Element, classes, text_of
from index.readers.markdown import Block, Heading, code_block, item, listing, quote, safe, visible
from index.readers.tables import Cell, table

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPH_END = re.compile(  # what begins with a bullet in a line of its own is one, too
    f"{BREAK}\\s*(?:{BREAK}[\\s{BREAK}]*|(?=[•▪◦‣●○■□▶▷※-]\\s))"
)
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|highlight)-([\w+#.-]+)")
_NO_LANGUAGE = frozenset("default text none plaintext plain notranslate".split())
_BULLET = re.compile(r"[•–—*·∙◦▪■○●⁃‣-]|\$[^$]*\$|")
_NUMBER = re.compile(r"\(?(\d{1,9})[.):]?")
_MAX_LIST_DEPTH = 6


class Blocks:
    """Walks a tree and writes its blocks; footnotes follow the block that calls them."""

    def __init__(self, root: Element) -> None:
        self._inline = Inline()
        self._held = 0  # above 0 within a list, table or quotation: notes wait for its end
        self._list_depth = 0
        self._with_blocks: set[Element] = set()
        for element in root.iter(*BLOCKS):
            for above in element.iterancestors():
                if above in self._with_blocks or above.tag == "x-note":
                    break
                self._with_blocks.add(above)

    def flow(self, element: Element) -> list[Block]:
        """Return the blocks of an element's content."""
        found: list[Block] = []
        run = [element.text or ""]
        for child in element:
            if child.tag in BLOCKS or child in self._with_blocks:
                found += self._paragraphs(run)
                found += self._block(child)
                found += self._notes()
                run = []
            else:
                run.append(self._inline.after("".join(run[-2:]), child))
            run.append(child.tail or "")
        return found + self._paragraphs(run)

    def line(self, element: Element) -> str:
        """Return an element's text on one line, without its notes."""
        kept = list(self._inline.notes)
        text = self._inline.line(element)
        self._inline.notes = kept
        return text

    def _paragraphs(self, run: list[str]) -> list[Block]:
        parts = [visible(part.replace(BREAK, " ")) for part in _PARAGRAPH_END.split("".join(run))]
        return [*(safe(part) for part in parts if part), *self._notes()]

    def _notes(self) -> list[Block]:
        if self._held:
            return []
        notes, self._inline.notes = self._inline.notes, []
        return [f"[^{mark}]: {text}" if mark else safe(text) for mark, text in notes]

    def _block(self, element: Element) -> list[Block]:
        tag = element.tag
        if tag in _HEADINGS:
            words = self._inline.line(element)
            return [Heading(int(tag[1]), words)] if words else []
        if tag == "x-display":
            number = element.get("number")
            return [f"$${element.text}$$ {number}" if number else f"$${element.text}$$"] if element.text else []
        if tag in ("pre", "listing", "xmp"):
            return [code] if (code := code_block(_code_text(element), _language(element))) else []
        if "ltx_biblist" in classes(element):
            return self._references(element)
        if tag == "blockquote" and next(element.iter(*_HEADINGS), None) is None:
            return self._quote(element)
        if tag in ("ul", "ol", "dir", "dl") and self._list_depth < _MAX_LIST_DEPTH:
            if next(element.iter(*_HEADINGS), None) is None:
                return self._held_list(element)
        if tag == "table" and not _is_layout(element):
            return self._table(element)
        return self.flow(element)

    def _references(self, element: Element) -> list[Block]:
        entries = [self._inline.line(_without_link_labels(item)) for item in element if item.tag == "li"]
        return [safe(entry) for entry in entries if entry]

    def _quote(self, element: Element) -> list[Block]:
        self._held += 1
        parts = [part for part in self.flow(element) if isinstance(part, str)]
        self._held -= 1
        return [quote(parts)] if parts else []

    def _held_list(self, element: Element) -> list[Block]:
        self._held += 1
        self._list_depth += 1
        items = self._definitions(element) if element.tag == "dl" else self._items(element)
        self._list_depth -= 1
        self._held -= 1
        return [listing(items)] if items else []

    def _items(self, element: Element) -> list[str]:
        items: list[str] = []
        number = int(start) if (start := element.get("start") or "").isdecimal() and len(start) <= 9 else 1
        for child in element:
            label = _label(child)
            prefix = "" if element.tag == "ul" and _BULLET.fullmatch(label) else label
            if element.tag == "ol" and (found := _NUMBER.fullmatch(label or child.get("value") or "")):
                number, prefix = int(found[1]), ""
            blocks = [part for part in self.flow(child) if isinstance(part, str)]
            mark = f"{number}. " if element.tag == "ol" and not prefix else "- "
            if one := item(mark, f"{visible(prefix)} " if prefix else "", blocks):
                items.append(one)
                number += 1
        return items

    def _definitions(self, element: Element) -> list[str]:
        items: list[str] = []
        terms: list[str] = []
        for child in _pairs(element):
            if child.tag == "dt":
                terms.append(self._inline.line(child))
                continue
            term = " / ".join(filter(None, terms)).rstrip(":").rstrip()
            terms = []
            blocks = [part for part in self.flow(child) if isinstance(part, str)]
            lead = f"{term}{'' if term.endswith(('.', '?', '!')) else ':'} " if term else ""
            if one := item("- ", lead, blocks):
                items.append(one)
        return items + [f"- {safe(term)}" for term in terms if term]

    def _table(self, element: Element) -> list[Block]:
        self._held += 1
        captions = [self._inline.line(at) for at in element.iterchildren("caption")]
        rows = _rows(element)
        cells = [[self._cell(at) for at in row if at.tag in ("td", "th")] for row in rows]
        self._held -= 1
        heads = len([row for row in rows if next(row.iterancestors("thead", "table"), row).tag == "thead"])
        written = table(cells, heads if 0 < heads < len(rows) else None)
        return [*(safe(caption) for caption in captions if caption), *([written] if written else [])]

    def _cell(self, at: Element) -> Cell:
        columns, rows = (_span(at.get(name)) for name in ("colspan", "rowspan"))
        return Cell(self._inline.line(at), columns, rows, heads=at.tag == "th" and "ltx_th_row" not in classes(at))


def _span(value: str | None) -> int:
    return max(1, int(value)) if value and value.isdecimal() and len(value) < 6 else 1


def _rows(element: Element) -> list[Element]:
    """Return a table's own rows, without those of tables in its cells."""
    return [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]


def _is_layout(element: Element) -> bool:
    """Whether a table only places things: it holds headings, lists of blocks or other tables, or a single column."""
    if element.get("role") in ("presentation", "none"):
        return True
    if "ltx_tabular" not in classes(element) and next(element.iter(*_HEADINGS, "pre", "x-display"), None) is not None:
        return True
    if "ltx_tabular" not in classes(element) and any(at is not element for at in element.iter("table")):
        return True
    return max((sum(cell.tag in ("td", "th") for cell in row) for row in _rows(element)), default=0) <= 1


def _label(item: Element) -> str:
    """Take LaTeXML's label off a list item and return it."""
    first = item[0] if len(item) and not (item.text or "").strip() else None
    if first is None or "ltx_tag_item" not in classes(first):
        return ""
    label = " ".join("".join(f"${at.text}$" if at.tag == "x-tex" else at.text or "" for at in first.iter()).split())
    item.text, first.tail = first.tail, None
    item.remove(first)
    return label


def _pairs(element: Element) -> list[Element]:
    """Return a `dl`'s terms and definitions, also where `div`s group them."""
    return [at for child in element for at in (child if child.tag == "div" else (child,)) if at.tag in ("dt", "dd")]


def _without_link_labels(item: Element) -> Element:
    """Drop LaTeXML's "External Links: Link" from a reference; addresses with a number in them stay."""
    for block in [at for at in item.iter("span") if "ltx_bibblock" in classes(at) or "ltx_bib_external" in classes(at)]:
        words = " ".join(text_of(block).split())
        if words.startswith("External Links") and not re.search(r"\d", words):
            block[:] = []
            block.text = ""
    return item


def _code_text(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("\n")
        elif child.tag in ("x-tex", "x-display"):
            parts.append(f"${child.text or ''}$")
        else:
            inner = _code_text(child)
            parts.append(inner if child.tag not in BLOCKS or inner.endswith("\n") else f"{inner}\n")
        parts.append(child.tail or "")
    return "".join(parts)


def _language(element: Element) -> str:
    for at in [element, *element.iter("code"), *list(element.iterancestors())[:3]]:
        found = _LANGUAGE.search(at.get("class") or "")
        if found and found[1] not in _NO_LANGUAGE:
            return {"ipython3": "python", "py": "python"}.get(found[1], found[1])
    return ""
