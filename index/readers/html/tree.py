"""Characters of a page in, its element tree out: not deeper than can be walked, and of what a reader of the page sees.

Dropped are scripts, navigation, forms, banners and whatever is hidden by attribute, style or class: text that nobody
sees can be an order to a language model. Reads no meaning into what stays.
"""

import re
from collections.abc import Iterator

from lxml import etree

from index.errors import InputError

Element = etree._Element

MAX_DEPTH = 80  # a walk takes about four Python frames a level, of 1,000
_XHTML = re.compile(r"\s*<\?xml|[^<]*<!doctype[^>]*xhtml", re.IGNORECASE)
_VOID = "area base br col embed hr img input link meta param source track wbr".split()
_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*?)?)/>")
_BARE_FORMAT = re.compile(rb"</?(?:font|b|i|u|big|small|strong|em|center|tt)(?:\s[^<>]*)?>", re.IGNORECASE)
_FORMAT = ("font", "span", "b", "i", "u", "big", "small", "strong", "em", "center", "a", "tt")

_OF_THE_HEAD = frozenset("base link meta noscript script style template title".split())
UNSEEN_TAGS = frozenset(  # what no text is in, and what is only there where something else fails
    "script style noscript template button input select textarea iframe object embed svg canvas audio video map dialog "
    "head applet frameset noframes datalist".split()
)
_DROPPED_TAGS = UNSEEN_TAGS | frozenset("nav aside form menu d-byline dt-byline".split())  # or what belongs to the site
_DROPPED_ROLES = frozenset("navigation banner contentinfo search complementary dialog alertdialog menu menubar".split())
_DROPPED_CLASSES = frozenset(
    "headerlink anchor-link anchorjs-link mw-editsection mw-jump-link navbox noprint breadcrumb breadcrumbs "
    "sidebar toc table-of-contents tableofcontents skip-link skiplink sr-only visually-hidden screen-reader-text "
    "d-none hidden is-hidden invisible share social-share sharedaddy newsletter advertisement ads adsbygoogle "
    "pagination pager prev-next-area site-header site-footer page-footer navbar menu navigation comments "
    "related-posts linenos lineno copybtn md-source-file ltx_page_navbar ltx_page_header ltx_page_footer ltx_page_logo "
    "ltx_pagination ltx_TOC ltx_ERROR ltx_listing_data ltx_bib_cited ltx_tag_listingline package-alerts "
    "ar5iv-footer footer MathJax MathJax_Display MathJax_Preview".split()
)
_DROPPED_IDS = frozenset(
    "disqus_thread latexml-warning target-section CybotCookiebotDialog mw-navigation catlinks siteSub toc sidebar "
    "footer gnb lnb".split()
)
_COOKIES = re.compile(
    r"(?:^|\s)(?:cookie-?(?:banner|bar|consent|notice|law|popup)|cookieconsent|onetrust|gdpr|cc-window)"
)
_ANCHORS = frozenset(("", "¶", "#", "§", "🔗", "⚓"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ALWAYS_KEPT = frozenset(("html", "body", "main", "article", "section")) | _HEADINGS
_NOTES = re.compile(r"footnote|endnote|admonition")
_CALLOUT = re.compile(r"\b(?:note|notice|tip|hint|info|important|warning|caution|danger|success|callout)\b")
_SHOWN_WHEN_WIDE = re.compile(r"(?:^|\s)(?:(?:sm|md|lg|xl|2xl):(?!hidden)|d-(?:sm|md|lg|xl|xxl)-(?!none))[a-z]")

_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0*)?(?:;|$|!)|font-size:0*(?:\.\d+)?(?:px|pt|em|rem|%)?(?:;|$|!)"
    r"|font-size:[12](?:\.\d+)?(?:px|pt|%)|(?:left|top|right|text-indent):-\d{3,}|clip:rect\(0|clip-path:inset\((?:50|100)%"
)
_WHITE = re.compile(r"(?:^|;)color:(?:white|#fff(?:fff)?|rgb\(255,255,255\))", re.IGNORECASE)
_SELECTOR = re.compile(r"[a-z]*([.#])([\w-]+)", re.IGNORECASE)


def parse(text: str, name: str) -> Element:
    """Return the `html` element of a page, its deepest element at most MAX_DEPTH levels down.

    Raises InputError for a page without any element or with tags nested thousands deep.
    """
    if _XHTML.match(text):
        text = _CLOSED.sub(lambda m: m[0] if m[1].lower() in _VOID else f"<{m[1]}{m[2]}></{m[1]}>", text)
    data = text.encode("utf-8", errors="replace")
    root = _parse(data, huge=False)
    if root is None:  # more than 256 levels: pages that never close their <font> have them
        root = _parse(data, huge=True)
    if root is None:
        root = _parse(_BARE_FORMAT.sub(b"", data), huge=True)
    if root is None:
        raise InputError(f"{name}: its tags are nested more than 2,048 deep; expected a page; save it from a browser")
    if len(root) == 0 and not (root.text or "").strip():
        raise InputError(f"{name}: the page has no text; expected an HTML page with text; check what was saved")
    _open_body(root)
    _flatten(root)
    return root


def _open_body(root: Element) -> None:
    """Move what no head holds out of it, into the body: the parser leaves elements of a page's own ("dt-article")."""
    head, body = root.find("head"), root.find("body")
    first = next((child for child in head if child.tag not in _OF_THE_HEAD), None) if head is not None else None
    if head is None or first is None:
        return
    if body is None:
        body = etree.SubElement(root, "body")
    body[:0] = list(head)[head.index(first) :]


def _parse(data: bytes, *, huge: bool) -> Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=huge, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # nothing but comments and white space
        return etree.Element("html")
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        return None
    return etree.Element("html") if root is None else root


def _flatten(root: Element) -> None:
    """Unwrap marks of format, then everything else, that stands deeper than MAX_DEPTH."""
    for element in [element for element, depth in _depths(root) if depth > MAX_DEPTH // 2 and element.tag in _FORMAT]:
        unwrap(element)
    for element in [element for element, depth in _depths(root) if depth == MAX_DEPTH and len(element)]:
        element.text = " ".join(str(piece) for piece in element.itertext())
        del element[:]


def _depths(root: Element) -> Iterator[tuple[Element, int]]:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield element, depth
        depth += 1 if event == "start" else -1


def unwrap(element: Element) -> None:
    """Put an element's content in its place."""
    parent = element.getparent()
    if parent is None:
        return
    _append_text(element, element.text)
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "")
        at = parent.index(element)
        parent[at : at + 1] = children
    else:
        _append_text(element, element.tail)
        element.tail = None
        parent.remove(element)


def drop(element: Element) -> None:
    """Take an element out of its tree; the text that follows it stays."""
    parent = element.getparent()
    if parent is not None:
        _append_text(element, element.tail)
        element.tail = None
        parent.remove(element)


def _append_text(before: Element, text: str | None) -> None:
    """Add text in front of an element."""
    previous, parent = before.getprevious(), before.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + (text or "")
    elif parent is not None:
        parent.text = (parent.text or "") + (text or "")


def classes(element: Element) -> list[str]:
    """Return an element's classes."""
    return (element.get("class") or "").split()


def text_of(element: Element) -> str:
    """Return all text within an element as it stands."""
    return "".join(str(piece) for piece in element.itertext())


def prune(root: Element, *, latexml: bool = False, site: bool = True) -> None:
    """Drop what a reader of the page does not see and, of a `site`, what belongs to it instead of the text."""
    hidden = _hidden_by_sheets(root)
    for element in list(root.iter("*")):
        unwanted = _is_furniture(element) if site else element.tag in UNSEEN_TAGS and not _is_formula(element)
        if unwanted or _is_hidden(element, hidden) or (latexml and _is_white(element)):
            drop(element)


def _is_formula(element: Element) -> bool:
    return element.tag == "script" and (element.get("type") or "").startswith("math/tex")


def _is_furniture(element: Element) -> bool:
    tag, names = element.tag, element.get("class") or ""
    if _is_formula(element):
        return False
    if _NOTES.search(names) or (element.get("role") or "").startswith("doc-"):
        return False
    if tag == "aside" and _CALLOUT.search(names):
        return False
    if tag in ("header", "footer"):
        return not _belongs_to_text(element)
    if tag in _DROPPED_TAGS or element.get("role") in _DROPPED_ROLES or element.get("id") in _DROPPED_IDS:
        return tag not in _ALWAYS_KEPT
    if tag == "a" and (element.get("href") or "").startswith("#") and text_of(element).strip() in _ANCHORS:
        if any(above.tag in _HEADINGS for above in element.iterancestors()):
            return True
    if tag in _ALWAYS_KEPT:
        return False
    dropped = _DROPPED_CLASSES & set(names.split())
    if dropped <= {"hidden", "d-none"} and _SHOWN_WHEN_WIDE.search(names):
        dropped = frozenset()
    return bool(dropped) or _COOKIES.search(names) is not None


def _belongs_to_text(element: Element) -> bool:
    """Whether a header holds the article's title, or a footer a quotation's source."""
    above = {ancestor.tag for ancestor in element.iterancestors()}
    if element.tag == "footer":
        return "blockquote" in above
    return bool(above & {"main", "article", "section"}) and next(element.iter("h1", "h2", "h3"), None) is not None


def _is_hidden(element: Element, hidden: set[str]) -> bool:
    if element.tag in ("html", "body", "main", "article"):
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    if style and _HIDING.search("".join(style.split()).lower()):
        return True
    if not hidden:
        return False
    return f"#{element.get('id')}" in hidden or any(f".{name}" in hidden for name in classes(element))


def _hidden_by_sheets(root: Element) -> set[str]:
    """Return the classes (".x") and ids ("#x") that the page's own style sheets hide from everybody."""
    hidden: set[str] = set()
    for style in root.iter("style"):
        for selectors, rules in _css_rules(style.text or ""):
            if _HIDING.search("".join(rules.split()).lower()):
                found = (_SELECTOR.fullmatch(selector.strip()) for selector in selectors.split(","))
                hidden.update(match[1] + match[2] for match in found if match)
    return hidden


def _css_rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations, without those of @media and other conditions."""
    first, *others = css.split("/*")
    css = first + "".join(part.partition("*/")[2] for part in others)
    depth = start = body = 0
    for brace in re.finditer(r"[{}]", css):
        if brace[0] == "{":
            body = body if depth else brace.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                selectors = css[start : body - 1].rpartition(";")[2].strip()
                start = brace.end()
                if not selectors.startswith("@"):
                    yield selectors, css[body : brace.start()]


def _is_white(element: Element) -> bool:
    """Whether LaTeX coloured text white on no ground of its own: that is how papers hide text from people."""
    style = "".join((element.get("style") or "").split())
    if not _WHITE.search(style):
        return False
    return not any("background" in (at.get("style") or "") for at in (element, *element.iterancestors()))
