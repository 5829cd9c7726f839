"""Stored documents in, files that other programs read out: Markdown, BibTeX or JSON Lines. Changes no Library.

Documents are read one at a time. A file or a new folder is written beside its place and then renamed: it is there whole
or not at all. In a folder that is there already, files are moved to their places one after the other; where that fails,
those that replaced none are taken back.

Markdown is what a new Library can be made of. A document is one file, named by its id: YAML front matter, then the
stored text to the last character, so that sections keep their ids, paths and wording. Front matter that the text has
stays as it stands; keys are only added, or replaced where something else is known of the document. Title, authors,
year, arXiv id, language and work are what `index.load` reads back. For people and other programs there are `doi`,
`url`, `identity`; `source`, an address or the name of the file that was read; `pages`, the offsets at which they begin,
counted from the end of the front matter; `doc_id`, where the file's name does not say it; `surveyqa: as is`, where
what is stored looks like raw HTML. Text without marks is a `.txt` file without front matter. Exported, added to a new
Library and exported again, a document gives the same file.
"""

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import yaml

from index.copies.bibliography import bibtex_all
from index.copies.target import new_file, new_folder
from index.errors import InputError, LibraryError
from index.front_matter import AS_IS, FRONT_MATTER, KEPT
from index.load import Document, doc_id_of, parse
from index.outline import outline_markdown
from index.readers.as_shown import as_shown
from index.readers.recognise import SUFFIXES
from index.segments.derive import Progress
from index.storage.store import Store

Form = Literal["markdown", "bibtex", "jsonl"]

NAME_CHARS, NAME_BYTES = 120, 240  # of a file's name; file systems take 255 bytes, or UTF-16 units of decomposed text
_TEXT_SUFFIXES = (".txt", ".text")
_MARKED_SUFFIXES = tuple(suffix for suffix in (*SUFFIXES, ".tex", ".zip", ".gz") if suffix not in _TEXT_SUFFIXES)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\s\x00-\x1f\x7f]+')


def export(
    store: Store,
    target: Path,
    form: Form,
    doc_ids: Sequence[str] | None = None,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
    damaged: Callable[[str, LibraryError], object] | None = None,
) -> int:
    """Write documents, all or those with the given ids; return how many.

    A damaged document is left out and `damaged` called with its id and what is wrong; without it, and where all are
    damaged, its LibraryError is raised and nothing is changed.

    `target` is a folder for Markdown, made if there is none, and a file for the other forms. With `overwrite` files of
    the same names are replaced, and others in the folder left alone. Raises InputError for an unknown id, for a target
    that is there already or cannot be written, and where there is nothing to write; then nothing is changed.
    """
    target = Path(os.path.abspath(target))
    ids = _chosen(store, doc_ids)
    written = 0

    def documents() -> Iterator[Document]:
        nonlocal written
        for at, doc_id in enumerate(ids, start=1):
            try:
                document = store.document(doc_id)
            except LibraryError as error:
                if damaged is None or (at == len(ids) and not written):
                    raise
                damaged(doc_id, error)
                document = None
            if document is not None:  # else another process has removed it meanwhile
                written += 1
                yield document
            if progress:
                progress("export", at, len(ids))

    try:
        if form == "markdown":
            with new_folder(target, overwrite=overwrite) as folder:
                _write_markdown(documents(), folder)
        else:
            with new_file(target, overwrite=overwrite) as file:
                file.writelines([bibtex_all(documents())] if form == "bibtex" else map(json_line, documents()))
    except OSError as error:
        what = "check the path, its rights and the free space, then export again"
        raise InputError(f"{target}: could not be written ({error.strerror or error}); {what}") from error
    return written


def json_line(document: Document) -> str:
    """Return all that is stored of a document as one line of JSON; offsets count characters (code points) of `text`."""
    fields = asdict(document)
    text = fields.pop("text")
    fields["sections"] = [section | {"page": document.page(section["start"])} for section in fields["sections"]]
    return json.dumps({**fields, "text": text}, ensure_ascii=False) + "\n"


def file_of(document: Document, stem: str) -> tuple[str, str]:
    """Return the name and the text of the file that a document is exported as, `stem` being the name for it."""
    if _is_plain(document):
        return f"{stem}.txt", document.text
    held, meta, body = _front_matter(document)
    front = _completed(held, meta, document, f"{stem}.md", body)
    return f"{stem}.md", f"---\n{front}---\n{document.text[body:]}"


def safe_stem(doc_id: str, taken: set[str]) -> str:
    """Return a file name, without suffix, for a document, and note it in `taken`.

    It is the id, where that is a good name on Linux, macOS and Windows and not taken; else one near it, which ends in
    what the id digests to.
    """
    stem = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", doc_id)).strip(" .-~") or "document"
    stem = _RESERVED.sub(lambda found: f"{found[0]}_", stem) if _RESERVED.match(stem) else stem
    room = NAME_CHARS - len(".txt")
    if len(stem) > room or len(stem.encode()) > NAME_BYTES or _folded(stem) in taken:
        digest = hashlib.sha256(doc_id.encode()).hexdigest()[:12]
        cut = stem[: room - 13].encode()[: NAME_BYTES - 13].decode(errors="ignore").rstrip("-. ")
        stem = f"{cut}-{digest}"
    taken.add(_folded(stem))
    return stem


def _chosen(store: Store, doc_ids: Sequence[str] | None) -> list[str]:
    """Return the ids to export. Raises InputError for unknown ones, and where there are none."""
    ids = [card.doc_id for card in store.cards()] if doc_ids is None else list(dict.fromkeys(doc_ids))
    missing = [] if doc_ids is None else [repr(doc_id) for doc_id in ids if doc_id not in store]
    if missing:
        what = "an id as `surveyqa library list` shows it was expected"
        raise InputError(f"no document is called {', '.join(missing)}; {what}; correct it or leave it out")
    if not ids:
        where = f"{store.path.parent}: the Library holds no documents" if doc_ids is None else "no document was chosen"
        raise InputError(f"{where}, at least one was expected; add papers, or name documents to export")
    return ids


def _write_markdown(documents: Iterable[Document], folder: Path) -> None:
    taken: set[str] = set()
    for document in documents:
        name, text = file_of(document, safe_stem(document.doc_id, taken))
        (folder / name).write_bytes(text.encode())


def _is_plain(document: Document) -> bool:
    """Whether a document's text is to be read without marks: it was so, and says all that is known, or has marks."""
    if document.source.lower().endswith(_MARKED_SUFFIXES) or document.pages:
        return False
    again = parse(document.text, doc_id=document.doc_id, source=document.source, markdown=False)
    if again.sections != document.sections:
        return False
    known = _told(document) != _told(again) or document.url or document.doi or document.identity
    return not known or outline_markdown(document.text)[1] != document.sections


def _told(document: Document) -> dict[str, Any]:
    """Return what front matter says of a document so that `index.load` reads it back, without what is not known."""
    told = {key: getattr(document, key) for key in ("title", "authors", "year", "arxiv", "language", "work")}
    told["authors"] = list(document.authors)
    return {key: value for key, value in told.items() if value}


def _front_matter(document: Document) -> tuple[str, dict[str, Any], int]:
    """Return the front matter in a document's text, as written and as read, and the offset at which its body begins."""
    found = FRONT_MATTER.match(document.text)
    if found is None or any(section.start < found.end() for section in document.sections):
        return "", {}, 0
    held = f"{found[1]}\n"
    try:
        meta = yaml.load(held, Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, RecursionError):
        return "", {}, 0
    return (held, meta, found.end()) if isinstance(meta, dict) else ("", {}, 0)


def _completed(held: str, meta: dict[str, Any], document: Document, name: str, body: int) -> str:
    """Return front matter that says what is known of a document: what is held, with keys replaced and added."""
    told = _told(document)
    wrong = {key for key, value in told.items() if key in meta and _as_read(key, meta[key]) != value}
    added = {key: value for key, value in told.items() if key in wrong or key not in meta}
    added |= {key: value for key, value in _extra(document, name, body).items() if key not in meta}
    if not added or not held:
        return held or _dump(added)
    whole = {key: value for key, value in meta.items() if key not in wrong} | added
    text = _without(held, wrong) + _dump(added)
    try:
        is_same = yaml.load(text, Loader=yaml.BaseLoader) == {key: _as_text(value) for key, value in whole.items()}
    except yaml.YAMLError:
        is_same = False
    return text if is_same else _dump(whole)  # it was in braces, ended by "...", or referred to what was taken out


def _extra(document: Document, name: str, body: int) -> dict[str, Any]:
    is_address = "://" in document.source or document.source.startswith("arXiv:")
    source = document.source if is_address else re.split(r"[/\\]", document.source)[-1]
    text = document.text[body:]
    extra = {
        **{key: getattr(document, key) for key in ("doi", "url", "identity")},
        "source": source if source != name else None,
        KEPT: AS_IS if as_shown(text) != text else None,
        "pages": [max(0, offset - body) for offset in document.pages],
        "doc_id": document.doc_id if doc_id_of(Path(name)) != document.doc_id else None,
    }
    return {key: value for key, value in extra.items() if value}


def _as_read(key: str, value: Any) -> Any:
    """Return a value of front matter as `index.load` reads it."""
    if key == "authors":
        return [str(name) for name in value] if isinstance(value, list) else [str(value)] * bool(value)
    if key == "year":
        return int(value) if str(value).isdecimal() else None
    return str(value)


def _as_text(value: Any) -> Any:
    return [_as_text(one) for one in value] if isinstance(value, list) else str(value) if type(value) is int else value


def _without(held: str, keys: set[str]) -> str:
    """Return YAML without the lines of some of its keys."""
    node = yaml.compose(held, Loader=yaml.BaseLoader) if keys else None
    if not isinstance(node, yaml.MappingNode):
        return held
    lines = held.splitlines(keepends=True)
    starts = [key.start_mark.line for key, _ in node.value] + [len(lines)]
    for at in reversed(range(len(node.value))):
        if node.value[at][0].value in keys:
            del lines[starts[at] : starts[at + 1]]
    return "".join(lines)


def _dump(values: dict[str, Any]) -> str:
    """Return YAML with a line for each key, lists too."""
    text = ""
    for key, value in values.items():
        flow = None if isinstance(value, list | dict) else False
        text += yaml.safe_dump({key: value}, allow_unicode=True, width=float("inf"), default_flow_style=flow)
    return text


def _folded(stem: str) -> str:
    """Return what two names share that are one on a file system that tells neither case nor composition."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", stem).casefold())
