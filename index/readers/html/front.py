"""A page's tree in, what it says of itself out: title, authors, year, arXiv id, language. Changes nothing in the tree.

Sources, the more reliable first: LaTeXML's title page, the `citation_*` tags that publishers write for search engines,
Open Graph, plain `meta` tags, the window's title.
"""

import re
from collections.abc import Iterator
from typing import Literal

from index.readers.html.tree import Element, classes, text_of
from index.readers.names import MARK, names_in
from index.readers.reading import clean

_ID = r"(?P<id>\d{4}\.\d{4,5}|[a-z][a-z.\-]{1,15}/\d{7})(?:v\d+)?"
_ADDRESS = re.compile(rf"(?:arxiv\.org|ar5iv\.[\w.]+)/(?:abs|html|pdf|format)/{_ID}", re.IGNORECASE)
_WATERMARK = re.compile(rf"arXiv:\s*{_ID}", re.IGNORECASE)
_ID_ALONE = re.compile(rf"(?:arXiv:)?{_ID}", re.IGNORECASE)
_TITLE_ID = re.compile(r"^\[\d{4}\.\d{4,5}(?:v\d+)?\]\s*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PUBLISHED = re.compile(r'"date(?:Published|Created)"\s*:\s*"(\d{4})')
_SITE = re.compile(r"\s+[|·»—–-]\s+[^|·»—–]{1,60}$|\s*::\s*[^:]{1,60}$")
_DATES = (
    "citation_publication_date citation_date citation_online_date citation_year article:published_time dc.date "
    "dc.date.issued dcterms.issued date pubdate datepublished"
).split()

_MAX_TITLE_CHARS = 500


def metas(root: Element) -> dict[str, list[str]]:
    """Return the values of the page's `meta` tags by lower-case name."""
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop")
        value = clean(meta.get("content") or "")
        if name and value:
            found.setdefault(name.strip().lower(), []).append(value)
    return found


def page_title(root: Element, meta: dict[str, list[str]]) -> str | None:
    """Return the title that the page's head gives, without the name of the site."""
    for name in ("citation_title", "dc.title", "og:title", "twitter:title"):
        if name in meta:
            return meta[name][0]
    for title in root.iter("title"):
        words = _TITLE_ID.sub("", clean(text_of(title)))
        if words and len(words) <= _MAX_TITLE_CHARS:  # an unclosed <title> holds the whole page
            return _SITE.sub("", words) or words
    return None


def arxiv_id(root: Element, meta: dict[str, list[str]]) -> str | None:
    """Return the paper's arXiv id without its version: from the page's own address, its watermark or its title."""
    if (found := _ID_ALONE.fullmatch(meta.get("citation_arxiv_id", [""])[0])) is not None:
        return found["id"]
    own = [link.get("href") or "" for link in root.iter("link", "base") if link.get("rel", "canonical") == "canonical"]
    own += meta.get("og:url", [])
    own += [at.get("href") or "" for at in root.iter("a") if "ar5iv-text-button" in classes(at)]
    for address in own:
        if found := _ADDRESS.search(address):
            return found["id"]
    for at in root.iter("div", "a", "span"):
        if (at.get("id") or "").startswith("watermark") and (found := _WATERMARK.search(text_of(at))):
            return found["id"]
    for title in root.iter("title"):
        if found := re.match(rf"\s*\[{_ID}\]", title.text or ""):
            return found["id"]
    return None


def year_of(root: Element, meta: dict[str, list[str]], arxiv: str | None) -> int | None:
    """Return the year of first publication; an arXiv id tells it, where a watermark dates the last version."""
    for name in _DATES:
        for value in meta.get(name, []):
            if found := _YEAR.search(value):
                return int(found[0])
    if arxiv and arxiv[0].isdigit():
        return 2000 + int(arxiv[:2])
    if arxiv:
        two = int(arxiv.rpartition("/")[2][:2])
        return (1900 if two > 90 else 2000) + two
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and (found := _PUBLISHED.search(script.text or "")):
            return int(found[1])
    times = [at.get("datetime") or "" for at in root.iter("time") if at.get("itemprop") != "dateModified"]
    dates = [clean(text_of(at)) for at in root.iter("div") if "ltx_dates" in classes(at)]
    for value in [*dates, *times[:1]]:
        if found := _YEAR.search(value):
            return int(found[0])
    return None


def language_of(root: Element, meta: dict[str, list[str]], text: str) -> Literal["ko", "en"] | None:
    """Return the declared language, or None where none is declared or the text plainly is in the other one."""
    declared = [at.get("lang") or at.get("xml:lang") for at in root.iter("html", "body", "article")]
    declared += meta.get("og:locale", []) + meta.get("content-language", [])
    code = next((value.strip().lower()[:2] for value in declared if value), "")
    hangul = sum("가" <= char <= "힣" for char in text)
    latin = sum("a" <= char <= "z" or "A" <= char <= "Z" for char in text)
    # templates say "en" on Korean pages; LaTeXML says it of every paper that names no language
    if code == "en" and hangul * 6 < max(latin, 1):
        return "en"
    return "ko" if code == "ko" and hangul else None


def meta_authors(meta: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the authors that `meta` tags name, given name first."""
    names = meta.get("citation_author") or meta.get("dc.creator") or []
    if not names:
        listed = [value for value in meta.get("author", []) + meta.get("article:author", []) if "://" not in value]
        names = [name for value in listed for name in re.split(r"\s*[,;]\s*|\s+and\s+", value)]
    else:
        names = [" ".join(reversed(re.split(r"\s*,\s*", name, maxsplit=1))) for name in names]
    return tuple(dict.fromkeys(clean(name) for name in names if clean(name)))


def title_page(authors: Element) -> tuple[tuple[str, ...], list[str]]:
    """Return the names in LaTeXML's block of authors, and its other lines: affiliations, addresses, notes."""
    names: list[str] = []
    others: list[str] = []
    people = [at for at in authors.iter("*") if "ltx_personname" in classes(at)]
    for person in people:
        found, rest = names_in(_lines(person))
        names += found
        others += rest
    for at in authors.iter("*"):
        if "ltx_contact" in classes(at) and (line := clean(text_of(at))):
            others.append(line)
    return tuple(dict.fromkeys(names)), list(dict.fromkeys(others))


def _lines(person: Element) -> list[str]:
    """Return a person's lines; a MARK stands for marks of affiliation."""
    return [line for line in "".join(_pieces(person)).split("\n") if clean(line)]


def _pieces(at: Element) -> Iterator[str]:
    yield (at.text or "").replace("\n", " ")
    for child in at:
        if child.tag in ("br", "p", "div", "table", "tr"):
            yield "\n"
        if child.tag in ("td", "th"):
            yield MARK
        if child.tag in ("sup", "x-tex", "x-note", "x-mark"):
            yield MARK
        elif "ltx_contact" not in classes(child):
            yield from _pieces(child)
        if child.tag in ("p", "div", "table", "tr"):
            yield "\n"
        yield (child.tail or "").replace("\n", " ")
