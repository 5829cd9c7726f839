r"""Documents in, BibTeX entries and reference lines out. Reads no files and adds nothing that a document does not say.

Letters of any language stay as they are, in UTF-8; what LaTeX would take for a command is escaped. Braces keep capitals
that a style would lower ("{SPIN}", "{mPLUG}-{Owl3}") and names that are not to be turned around ("{홍길동}").
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import quote

from index.load import Document, Language

MOST_AUTHORS = 20  # in a reference line; of more, the first 19 and the last are named
_EAST = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.IGNORECASE)
_GROUPS = frozenset(
    "agency and association center centre collaboration committee consortium contributors corporation deepmind "
    "foundation google group inc inc. institute lab laboratory labs meta microsoft organization research school "
    "society team the university".split()
)
_OTHERS = ("others", "et al", "et al.", "and others")
_ESCAPED = {
    **{char: f"\\{char}" for char in "$&#_%"},
    # BibTeX counts braces, also those after a backslash
    **{"{": r"\textbraceleft{}", "}": r"\textbraceright{}", "\\": r"\textbackslash{}"},
    **{"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
}
_TOKEN = re.compile(r"\$(?=\S)(?P<formula>[^$]*[^\s$\\])\$(?!\d)|(?P<word>[0-9A-Za-z\u00c0-\u024f]+)|.", re.DOTALL)
_NOT_LATIN = r"[^0-9A-Za-z\u00c0-\u024f]"
_SMALL_WORDS = frozenset("a an and at by for from how in is of on or the to toward towards via what with".split())
# Letters that no decomposition makes ASCII.
_ASCII = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŋ": "n", "ħ": "h"}
)
_LANGID = {"ko": "korean", "en": "english"}


@dataclass(frozen=True, slots=True)
class Name:
    """An author's name. `given` is empty for what is not turned around: Korean names, groups, single words."""

    family: str
    given: str = ""
    suffix: str = ""


def bibtex(document: Document) -> str:
    """Return a document's BibTeX entry: @misc for arXiv, else @article with a DOI, else @misc."""
    return _entry(document, key_of(document))


def bibtex_all(documents: Iterable[Document]) -> str:
    """Return the entries of documents in their order, each with a key of its own.

    Of several with one key, the first keeps it and the others get "a", "b", … after it. The documents are read once,
    one at a time, and none is kept.
    """
    keyed = [(key_of(document), _entry(document, "")) for document in documents]
    taken = {key for key, _ in keyed}
    letters: dict[str, Iterator[str]] = {}
    entries = []
    for key, entry in keyed:
        unique = key
        if key in letters:
            unique = next(longer for letter in letters[key] if (longer := key + letter) not in taken)
        letters.setdefault(key, _letters())
        entries.append(entry.replace("{", f"{{{unique}", 1))
        taken.add(unique)
    return "\n".join(entries)


def key_of(document: Document) -> str:
    """Return a citation key: family name, year and first title word ("chen2024self"), in small ASCII letters.

    Where there is no author, or a name in other letters than Latin ones, the arXiv id or the document's id stands for
    all of it. The same document has the same key always.
    """
    family = _ascii(name_of(document.authors[0]).family) if document.authors else ""
    if not family[:1].isalpha():
        if document.arxiv:
            return f"arxiv-{_keyed(document.arxiv)}"
        name = _keyed(document.doc_id)
        if not document.doc_id.isascii() or not name:
            name = f"{name}-{hashlib.sha256(document.doc_id.encode()).hexdigest()[:8]}".lstrip("-")
        return name if name[0].isalpha() else f"doc-{name}"
    words = re.findall(r"[^\W_]+", document.title)
    word = next((word for word in words if word.lower() not in _SMALL_WORDS), "")
    return f"{family}{document.year or ''}{_ascii(re.split(_NOT_LATIN, word)[0])}"


def reference(document: Document, language: Language) -> str:
    """Return one line that names a document, for copying: near APA in English, as is usual in Korean for "ko"."""
    authors = _authors(document, language)
    title = _stopped(document.title)
    if not authors:
        head = f"{title} ({document.year})." if document.year else title
    else:
        year = f" ({document.year})." if document.year else ""
        names = authors if language == "ko" and year else _stopped(authors)
        head = f"{names}{year} {title}"
    where = [f"arXiv:{document.arxiv}."] if document.arxiv else []
    if document.doi:
        where.append(f"https://doi.org/{document.doi}")
    elif document.url:
        where.append(document.url)
    return " ".join([head, *where])


def cited(
    document: Document, section: str | None = None, page: int | None = None, language: Language | None = None
) -> str:
    """Return a document's reference line with a section's heading and a page; `language` None is the document's."""
    language = language or document.language
    heading = " ".join(section.split()) if section else ""
    if language == "ko":
        place = [f"“{heading}” 절"] * bool(heading) + [f"{page}쪽"] * bool(page)
    else:
        place = [f"Section “{heading}”"] * bool(heading) + [f"p. {page}"] * bool(page)
    line = reference(document, language)
    return f"{line} [{', '.join(place)}]" if place else line


def name_of(author: str) -> Name:
    """Return an author's name in its parts, as well as can be told: family names last, lower-case particles with them.

    "Family, Given" is taken at its word.
    """
    author = " ".join(author.split())
    family, *rest = (part.strip() for part in author.split(","))
    if len(rest) == 1 and rest[0] and not _SUFFIX.fullmatch(rest[0]):
        return Name(family, rest[0])
    if len(rest) == 2 and _SUFFIX.fullmatch(rest[0]):
        return Name(family, rest[1], rest[0])
    words = (family if rest and _SUFFIX.fullmatch(rest[0]) else author).split()
    suffix = rest[0] if len(rest) == 1 and rest[0] else ""
    if len(words) > 2 and not suffix and _SUFFIX.fullmatch(words[-1]):
        *words, suffix = words
    if len(words) < 2 or _EAST.search(author) or "AI" in words or _GROUPS & {*author.lower().split()}:
        return Name(author)
    last = next((at for at in range(1, len(words) - 1) if words[at][0].islower()), len(words) - 1)
    return Name(" ".join(words[last:]), " ".join(words[:last]), suffix)


def _entry(document: Document, key: str) -> str:
    kind = "article" if document.doi and not document.arxiv else "misc"
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in document.authors if author.strip()),
        "title": _bibtex_title(document.title),
        "year": str(document.year or ""),
        "eprint": _address(document.arxiv or ""),
        "archivePrefix": "arXiv" if document.arxiv else "",
        "doi": _address(document.doi or ""),
        "url": _address(document.url or ""),
        "langid": _LANGID[document.language],
    }
    lines = [f"  {name:13} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_name(author: str) -> str:
    if _is_others(author):
        return "others"
    name = name_of(author)
    if not name.given:
        return f"{{{_escape(name.family)}}}"
    return ", ".join(_escape(part) for part in (name.family, name.suffix, name.given) if part)


def _bibtex_title(title: str) -> str:
    """Return an escaped title with braces around capitals that must stay; formulas stay as they are."""
    title = " ".join(title.split())
    words = [word for word in re.findall(r"[A-Za-z]{4,}", title)[1:] if not _holds_capitals(word, "")]
    sentence_case = 2 * sum(word[0].islower() for word in words) > len(words)

    def token(found: re.Match[str]) -> str:
        if found["formula"] and _is_formula(found["formula"]):
            return f"{{{found[0]}}}"
        word = found["word"]
        if not word:
            return _escape(found[0])
        opens = not found.start() or title[: found.start()].rstrip().endswith((":", "?", "!", ".", "—"))
        is_name = sentence_case and not opens and word[0].isupper() and len(word) > 1
        return f"{{{word}}}" if is_name or _holds_capitals(word, title[found.end() : found.end() + 1]) else word

    return _TOKEN.sub(token, title)


def _holds_capitals(word: str, following: str) -> bool:
    """Whether a word has capitals that are not those of a title's spelling: SPIN, mPLUG, Qwen2, K-means, A*."""
    if len(word) == 1:
        return word.isupper() and (word != "A" or following not in ("", " ", ","))
    return word[1:] != word[1:].lower() or (word[0].isupper() and any(char.isdigit() for char in word))


def _is_formula(formula: str) -> bool:
    depth = 0
    for char in re.sub(r"\\.", "", formula):
        depth += (char == "{") - (char == "}")
        if depth < 0 or char in "%#&":
            return False
    return depth == 0 and r"\{" not in formula and r"\}" not in formula  # BibTeX would count these


def _escape(text: str) -> str:
    return "".join(_ESCAPED.get(char, char) for char in text)


def _address(text: str) -> str:
    """Return an id or an address as LaTeX takes it verbatim, without what would end the field."""
    return quote(text.strip(), safe="!#$%&'()*+,/:;<=>?@[]~")


def _authors(document: Document, language: Language) -> str:
    """Return the authors as a reference line names them."""
    authors, more = [author for author in document.authors if author.strip()], ""
    if len(authors) > 1 and _is_others(authors[-1]):
        authors, more = authors[:-1], " 외" if language == "ko" else ", et al."
    names = [_short(author) for author in authors]
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(names[: MOST_AUTHORS - 1])}, … {names[-1]}"
    if language == "ko" or more or len(names) < 2:
        return ", ".join(names) + more
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _is_others(author: str) -> bool:
    return " ".join(author.lower().split()) in _OTHERS


def _short(author: str) -> str:
    """Return "Family, G. N."; names that are not turned around as they are."""
    name = name_of(author)
    given = ["-".join(f"{part[0]}." for part in word.split("-") if part) for word in name.given.split()]
    return ", ".join(filter(None, (name.family, " ".join(given), name.suffix)))


def _stopped(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "?", "!", "。")) else f"{text}."


def _ascii(text: str) -> str:
    """Return the Latin letters and digits of a text as ASCII, small; nothing where other letters are among them."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_ASCII))
    letters = "".join(char for char in plain if char.isalnum())
    return letters if letters.isascii() else ""


def _keyed(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")


def _letters() -> Iterator[str]:
    """Yield "a" to "z", "aa", "ab", …."""
    for number in count():
        letters = ""
        while number >= 0:
            number, letter = divmod(number, 26)
            letters = chr(ord("a") + letter) + letters
            number -= 1
        yield letters
