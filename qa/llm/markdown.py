"""A line of an answer in, what kind of line it is and its plain text out. Keeps marks of citations and `code` as is."""

import html
import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "item", "row", "rule", "fence", "heading", "blank"]

_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_FENCE = re.compile(r"\s*(?:```+|~~~+)\s*(\w*)\s*$")
_HEADING = re.compile(r"\s*#{1,6}(?:\s|$)")
_BOLD_LINE = re.compile(r"\s*(\*\*|__)(?!\s)[^*_\[\]]{1,80}\1\s*[:：]?\s*$")
_RULE = re.compile(r"[\s|:\-=_*~]+$")
_ITEM = re.compile(
    r"\s*(?:[-*+•‣◦▪–—]\s+|\d{1,3}[.)](?:\s+|$)|\(\d{1,2}\)\s+|[①-⑳]\s*|[가나다라마바사아자차카타파하a-h][.)]\s+)"
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((?:https?:|mailto:|#|/|\.)[^()\s]{0,500}(?:\s\"[^\"\n]{0,100}\")?\)")
_AUTOLINK = re.compile(r"<((?:https?:|mailto:)[^<>\s]+)>")
_TAG = re.compile(r"</?(?:b|i|u|em|strong|p|span|div|ul|ol|li|mark|small|code|sub)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STRONG = re.compile(r"\*{2,3}|~~|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]*[^\s*_])\1(?![\w*])")
_ESCAPED = re.compile(r"\\([*_#`~>+.!|{}()-])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line's kind, and its content without the marks of that kind; of a table's row, its cells."""

    kind: Kind
    content: str = ""


def line_of(raw: str) -> Line:
    """Return what a line is. A line of bold words only is a heading; one of only marks is a rule."""
    raw = _QUOTE.sub("", raw)
    if not raw.strip():
        return Line("blank")
    if fence := _FENCE.match(raw):
        return Line("fence", fence[1].lower())
    if _RULE.match(raw):
        return Line("rule")
    if _HEADING.match(raw) or _BOLD_LINE.match(raw):
        return Line("heading", raw.strip())
    if raw.lstrip().startswith("|"):
        cells = [cell.strip() for cell in raw.strip().strip("|").split("|")]
        return Line("row", " · ".join(filter(None, cells)))
    if item := _ITEM.match(raw):
        return Line("item", raw[item.end() :])
    return Line("text", raw)


def plain(content: str) -> str:
    """Return a content without the marks of emphasis, links, images and HTML."""
    text = _AUTOLINK.sub(r"\1", _LINK.sub(_label, _IMAGE.sub("", content)))
    text = _TAG.sub("", _BREAK.sub(" ", text))
    text = _EMPHASIS.sub(r"\2", _STRONG.sub("", text))
    return html.unescape(_ESCAPED.sub(r"\1", text)).replace("\u00a0", " ")


def _label(link: re.Match[str]) -> str:
    """Return what a link is called; one called by numbers is a mark of a citation."""
    return link[0] if re.fullmatch(r"[\d\s,^-]+", link[1]) else link[1]
