"""What a user typed, as an arXiv paper, a web address or neither. Asks no network and looks at no file.

Understood are arXiv ids old and new, with or without "arXiv:" and version; links to a paper on arXiv, ar5iv, alphaXiv
and Hugging Face; DOIs; any other http(s) address. Angle brackets, quotes, Markdown links and a full stop around it are
dropped. The rest is a path: "2408.03281.md", "./2408.03281", "notes/0112017".
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from index.errors import InputError

ARXIV_API = "https://export.arxiv.org/api/query"
ARXIV_SITE = "https://arxiv.org"
_LOOKS = "an arXiv id looks like 2408.03281, 2408.03281v2 or hep-th/9901001"
# The archives that gave out ids until March 2007; a closed list, so that "notes/0112017" stays a path.
_ARCHIVES = frozenset(
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int supr-con".split()
)
_NEW = re.compile(r"(?P<yy>\d\d)(?P<mm>\d\d)\.(?P<number>\d{4,})(?:v(?P<version>\d{0,5}))?", re.IGNORECASE | re.ASCII)
_OLD = re.compile(
    r"(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z-]+)?/(?P<yy>\d\d)(?P<mm>\d\d)(?P<number>\d{3})(?:v(?P<version>\d{0,5}))?",
    re.IGNORECASE | re.ASCII,
)
_PREFIXED = re.compile(r"(?:arxiv\s+(?:e-?print|preprint)\s+)?arxiv\s*:\s*(\S+)(?:\s+\[[\w.-]+\].*)?", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_KNOWN_HOST = re.compile(
    r"(?:www\.[\w.-]+|(?:[\w-]+\.)*(?:arxiv|ar5iv|alphaxiv|doi)\.org|(?:www\.)?(?:huggingface|hf)\.co)/",
    re.IGNORECASE,
)
_ON_ARXIV = re.compile(r"/(?:abs|pdf|html|format|src|e-print|ps|tb)/(?P<id>.+?)(?:\.pdf|\.ps)?/?")
_ELSEWHERE = {
    "ar5iv.org": re.compile(r"/(?:abs|html|pdf|papers)/(?P<id>.+?)/?"),
    "alphaxiv.org": re.compile(r"/(?:abs|pdf|overview|html)/(?P<id>.+?)(?:\.pdf)?/?"),
    "huggingface.co": re.compile(r"/papers/(?P<id>.+?)/?"),
    "hf.co": re.compile(r"/papers/(?P<id>.+?)/?"),
}
_NEVER = re.compile("[\\s\\\\\x00-\x1f\x7f\ud800-\udfff]")  # surrogates: bytes of an argument that are no UTF-8
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_MARKDOWN = re.compile(r"""!?\[.*\]\(\s*(\S+?)(?:\s+["'(].*)?\s*\)""", re.DOTALL)
_QUOTES = "<>\"'`“”‘’«»‹›「」『』《》〈〉【】（）"
_STOPS = ".,;:!?…、。，；"


@dataclass(frozen=True, slots=True)
class ArxivId:
    """A paper on arXiv: `id` without version ("2408.03281", "hep-th/9901001"); no version means the latest."""

    id: str
    version: int | None = None

    @property
    def canonical(self) -> str:
        """The id as arXiv writes it in addresses: "2408.03281v2"."""
        return self.id if self.version is None else f"{self.id}v{self.version}"


@dataclass(frozen=True, slots=True)
class Url:
    """An http(s) address, scheme and host in lower case, without fragment."""

    url: str


Address = ArxivId | Url


def parse(text: str) -> Address | None:
    """Return what `text` points at, or None where it can only be a path.

    Raises InputError for what is meant as an arXiv id or an address but is none.
    """
    text = _bare(text)
    if prefixed := _PREFIXED.fullmatch(text):
        return _id(prefixed[1].rstrip(_STOPS), seen=text)
    if doi := _DOI.fullmatch(text):
        return _doi(doi[1], seen=text)
    if _SCHEME.match(text):
        return _url(text)
    if _KNOWN_HOST.match(text):
        return _url(f"https://{text}")
    old = _OLD.fullmatch(text)
    if _NEW.fullmatch(text) or (old and old["archive"].lower() in _ARCHIVES):
        return _id(text, seen=text)
    return None


def _bare(text: str) -> str:
    """Return `text` without what mail, Markdown and sentences put around an address."""
    text = _INVISIBLE.sub("", text).strip()
    if link := _MARKDOWN.fullmatch(text):
        text = link[1]
    before = None
    while text != before:
        before = text
        text = text.strip().strip(_QUOTES).rstrip(_STOPS)
        for left, right in ("()", "[]", "{}"):
            spare = text.count(left) - text.count(right)
            if text.startswith(left) and (spare > 0 or text.endswith(right)):
                text = text[1:]
                spare -= 1
            if text.endswith(right) and spare < 0:
                text = text[:-1]
    return text


def _id(text: str, *, seen: str) -> ArxivId:
    """Return the id that `text` writes. Raises InputError, quoting `seen`, where arXiv never gave out such an id."""
    new, old = _NEW.fullmatch(text), _OLD.fullmatch(text)
    found = new or old
    if not found:
        raise InputError(f"{seen!r} holds no arXiv id; {_LOOKS}; check it")
    wrong = _wrong_new(found) if new else _wrong_old(found)
    version = found["version"]
    if version is not None and not int(version or 0):
        wrong = wrong or "versions count from v1"
    if wrong:
        raise InputError(f"{seen!r} is no arXiv id: {wrong}; {_LOOKS}; check it")
    yymm = found["yy"] + found["mm"]
    paper = f"{yymm}.{found['number']}" if new else f"{found['archive'].lower()}/{yymm}{found['number']}"
    return ArxivId(paper, int(version) if version else None)


def _wrong_new(found: re.Match[str]) -> str | None:
    yymm, number = found["yy"] + found["mm"], found["number"]
    digits = 4 if yymm <= "1412" else 5
    if not "01" <= found["mm"] <= "12":
        return f"there is no month {found['mm']}"
    if yymm < "0704":
        return "ids of this form begin with April 2007 (0704)"
    if len(number) != digits:
        return f"in {yymm} the number has {digits} digits, not {len(number)}"
    return None if int(number) else "numbers count from 1"


def _wrong_old(found: re.Match[str]) -> str | None:
    year = int(found["yy"]) + (1900 if found["yy"] >= "91" else 2000)
    if found["archive"].lower() not in _ARCHIVES:
        return f"there was no archive {found['archive']!r}"
    if not "01" <= found["mm"] <= "12":
        return f"there is no month {found['mm']}"
    if not (1991, 7) <= (year, int(found["mm"])) <= (2007, 3):
        return "ids of this form end with March 2007 (0703)"
    return None if int(found["number"]) else "numbers count from 1"


def _doi(doi: str, *, seen: str) -> Address:
    if ours := _ARXIV_DOI.fullmatch(doi):
        return _id(ours[1], seen=seen)
    return Url(f"https://doi.org/{quote(doi, safe='/:;()._-')}")


def _url(text: str) -> Address:
    scheme = text.partition("://")[0].lower()
    if scheme not in ("http", "https"):
        do = "give the path itself" if scheme == "file" else "save the file and add it"
        raise InputError(f"{text!r} begins with {scheme}://; only http:// and https:// are fetched, so {do}")
    try:
        parts = urlsplit(text)
        host, port, known_user = (parts.hostname or "").rstrip("."), parts.port, parts.username is not None
    except ValueError as error:
        raise InputError(f"{text!r} is no web address ({error}); check it") from error
    if not host or _NEVER.search(text):
        what = "a character that no address has" if host else "no host"
        raise InputError(f"{text!r} is no web address: it has {what}; check it")
    if known_user:  # it would be kept in the cache, and "https://arxiv.org@other.example" only looks like arXiv
        raise InputError(f"the address of {host} holds a user name or password before the @; give it without them")
    if paper := _paper(host.removeprefix("www."), unquote(parts.path), seen=text):
        return paper
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    return Url(urlunsplit((scheme, netloc, parts.path or "/", parts.query, "")))


def _paper(host: str, path: str, *, seen: str) -> Address | None:
    """Return the paper that a link to a known site leads to, None for its other pages (listings, figures)."""
    if host in ("doi.org", "dx.doi.org"):
        ours = _ARXIV_DOI.fullmatch(path.lstrip("/"))
        return _id(ours[1], seen=seen) if ours else None
    on_arxiv = host == "arxiv.org" or host.endswith(".arxiv.org")
    form = _ON_ARXIV if on_arxiv else _ELSEWHERE.get(host)
    found = form.fullmatch(path) if form else None
    if not found:
        return None
    text = re.sub(r"^arxiv:", "", found["id"], flags=re.IGNORECASE)
    begun = _NEW.match(text) or _OLD.match(text)
    if (begun and text[begun.end() :].startswith("/")) or not (begun or on_arxiv):
        return None
    return _id(text, seen=seen)
