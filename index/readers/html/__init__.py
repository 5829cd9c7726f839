"""An HTML page in, a Reading out: LaTeXML's papers (arXiv, ar5iv), articles and documentation, and bare fragments.

What a reader of the page does not see does not become text, nor does what belongs to the site: navigation, banners,
forms. Pictures are left out. Opens no file and follows no link.
"""

from index.errors import InputError
from index.readers.html import front, latexml, rewrite
from index.readers.html.blocks import Blocks
from index.readers.html.decode import decode
from index.readers.html.tree import Element, classes, drop, parse, prune
from index.readers.markdown import Block, safe, visible, write
from index.readers.reading import Reading

__all__ = ["read"]

# Where blogs, wikis and Korean portals put the text when they have no `main` and no `article`.
_CONTENT = frozenset(
    "mw-parser-output markdown-body entry-content post-content article-content article-body post-body content-body "
    "contents_style tt_article_useless_p_margin se-main-container article_view articleBody main-content".split()
)
_ENOUGH_CHARS = 200  # a `main` with less text than this is not where the page keeps its text


def read(data: bytes, name: str) -> Reading:
    """Return the text of an HTML page and what the page says of itself.

    Raises InputError, with `name`, for data that is not HTML and for a page without text.
    """
    page = parse(decode(data, name), name)
    meta = front.metas(page)
    paper = next((at for at in page.iter("*") if "ltx_document" in classes(at) and at.tag in ("article", "div")), None)
    arxiv = front.arxiv_id(page, meta)
    year = front.year_of(page, meta, arxiv)
    head_title = front.page_title(page, meta)
    _simplify(page, is_paper=paper is not None)
    root = _root(page)
    title, authors, opening = _paper_front(root) if paper is not None else (None, (), [])
    title = title or _heading_title(page, root, head_title) or head_title
    authors = authors or front.meta_authors(meta)
    text = write(title, [*opening, *Blocks(root).flow(root)])
    if not any(char.isalnum() for char in text):
        raise InputError(f"{name}: the page has no text; expected an HTML page with text; check what was saved")
    return Reading(text, title, authors, year, arxiv, front.language_of(page, meta, text))


def _simplify(page: Element, *, is_paper: bool) -> None:
    """Bring a page's tree into the shape that `Blocks` walks."""
    prune(page, latexml=is_paper)
    rewrite.formulas(page)
    rewrite.footnotes(page)
    if is_paper:
        latexml.simplify(page)


def _root(page: Element) -> Element:
    """Return the element that holds the page's text."""
    papers = [at for at in page.iter("article", "div") if "ltx_document" in classes(at)]
    mains = [at for at in page.iter("*") if at.tag == "main" or at.get("role") == "main"]
    articles = [at for at in page.iter("article") if not any(above.tag == "article" for above in at.iterancestors())]
    named = [at for at in page.iter("div", "td") if _CONTENT & {*classes(at), at.get("id") or ""}]
    for found in (papers, mains, articles if len(articles) == 1 else [], named):
        best = max(found, key=_size, default=None)
        if best is not None and (best in papers or _size(best) >= min(_ENOUGH_CHARS, _size(page) // 4)):
            return best
    return next(page.iter("body"), page)


def _size(element: Element) -> int:
    return sum(len(piece.strip()) for piece in element.itertext())


def _paper_front(root: Element) -> tuple[str | None, tuple[str, ...], list[Block]]:
    """Take LaTeXML's title and authors out of a paper; return them and the paragraphs that stand for them."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    opening: list[Block] = []
    for at in [at for at in root.iter("*") if "ltx_title_document" in classes(at)][:1]:
        notes = [note for note in at.iter("x-note")]
        for note in notes:
            drop(note)
        title = Blocks(at).line(at) or None
        opening += [safe(words) for note in notes if (words := Blocks(note).line(note))]
        drop(at)
    for at in [at for at in root.iter("*") if "ltx_authors" in classes(at)][:1]:
        authors, others = front.title_page(at)
        lines = [", ".join(authors), "; ".join(others)]
        opening = [*(safe(visible(line)) for line in lines if visible(line)), *opening]
        drop(at)
    return title, authors, opening


def _heading_title(page: Element, root: Element, head_title: str | None) -> str | None:
    """Take the text's one heading of the first rank out of it and return its words.

    Of several, and of those outside the text, it is the first that the page's head names too.
    """
    inner = list(root.iter("h1"))
    found = inner or list(page.iter("h1"))
    sole = len(found) == 1 and (bool(inner) or head_title is None)
    for at in found:
        words = Blocks(at).line(at)
        if words and (sole or (head_title or "").casefold().startswith(words.casefold())):
            drop(at)
            return words
    return None
