"""A folder's files in, one archive file out, and back: checked to the last byte before any is unpacked. Knows no SQL.

An archive is a zip file, so that people without this program can get at what is in it. Its `manifest.json` names every
other member, with its SHA-256 and length. The database is deflated, fast, which leaves two fifths of its text (the
slower default, three times as long, leaves a third); vectors do not shrink and are stored.
"""

import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from index.durable import sync_file
from index.errors import InputError

ARCHIVE_FORMAT = 1
MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 16_000_000
_KIND = "surveyqa-backup"
_DEFLATED = (".sqlite", ".json")
_COMPRESSION_LEVEL = 1
_AT_ONCE_BYTES = 1 << 20
_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_NAME = re.compile(rf"{_PART}(?:/{_PART}){{0,2}}")  # nothing that leads out of a folder
# What zipfile raises for damaged archives, by the byte that is damaged.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive."""

    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself and of the Library in it, whose database has the format `library_format`.

    `created` is a moment in UTC ("2024-06-14T09:30:00Z"), `version` that of the program.
    """

    version: str
    created: str
    library_format: int
    documents: int
    passages: int
    embedder: str | None
    members: tuple[Member, ...] = ()
    format: int = ARCHIVE_FORMAT
    kind: str = _KIND

    @property
    def size_bytes(self) -> int:
        """The length of all members, unpacked."""
        return sum(member.size_bytes for member in self.members)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Manifest":
        """Return the manifest that JSON holds. Raises ValueError for anything else."""
        try:
            manifest = cls(**stored | {"members": tuple(Member(**member) for member in stored["members"])})
        except (TypeError, KeyError) as error:
            raise ValueError(f"the manifest has other fields: {error}") from error
        numbers = [manifest.format, manifest.library_format, manifest.documents, manifest.passages]
        numbers += [member.size_bytes for member in manifest.members]
        words = [manifest.version, manifest.created, manifest.embedder or ""]
        words += [word for member in manifest.members for word in (member.name, member.sha256)]
        if not all(type(number) is int and number >= 0 for number in numbers) or not all(type(w) is str for w in words):
            raise ValueError("the manifest has values of another kind")
        return manifest


def is_name(name: str) -> bool:
    """Whether a file of that relative path, with "/" between its parts, can be a member."""
    return _NAME.fullmatch(name) is not None and name != MANIFEST


def pack(folder: Path, names: Iterable[str], archive: Path, manifest: Manifest) -> Manifest:
    """Write an archive of some of a folder's files, to the disk itself; return its manifest with the members.

    Raises OSError where that is not possible.
    """
    members = []
    with zipfile.ZipFile(archive, "x") as packed:
        for name in names:
            method = zipfile.ZIP_DEFLATED if name.endswith(_DEFLATED) else zipfile.ZIP_STORED
            packed.write(folder / name, name, method, _COMPRESSION_LEVEL)
            with (folder / name).open("rb") as source:
                members.append(Member(name, *_copied(source, None)))
        manifest = replace(manifest, members=tuple(members))
        packed.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1), zipfile.ZIP_DEFLATED)
    sync_file(archive)
    return manifest


@contextmanager
def opened(archive: Path, library_format: int) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Give an archive, all of it checked, with its manifest.

    Raises InputError for a file that is none, is damaged, has other members than its manifest says, or is newer than
    this program, which reads Libraries up to `library_format`.
    """
    with ExitStack() as stack:
        try:
            with _readable(archive):
                packed = stack.enter_context(zipfile.ZipFile(archive))
                manifest = _manifest_of(packed, archive, library_format)
                _check(packed, manifest, archive)
        except OSError as error:
            what = f"cannot be read ({error.strerror or error}), a whole backup was expected"
            raise InputError(f"{archive}: {what}; check the path and its rights, or take another backup") from error
        yield packed, manifest


def unpack(packed: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Write all members of an opened archive into an empty folder, checking them again."""
    archive = Path(str(packed.filename))
    for member in manifest.members:
        path = folder / member.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with _readable(archive), packed.open(member.name) as source, path.open("xb") as sink:
            if _copied(source, sink) != (member.sha256, member.size_bytes):
                raise damaged(archive, f"{member.name} has changed while it was read")
            sink.flush()
            os.fsync(sink.fileno())


def damaged(archive: Path, what: str) -> InputError:
    """Return the error for an archive that cannot be trusted."""
    return InputError(f"{archive}: the backup is damaged ({what}); take another backup, or get this file again")


def _manifest_of(packed: zipfile.ZipFile, archive: Path, library_format: int) -> Manifest:
    info = next((info for info in packed.infolist() if info.filename == MANIFEST), None)
    if info is None or info.file_size > MAX_MANIFEST_BYTES or not _is_usual(info):
        raise _no_backup(archive)
    stored = json.loads(packed.read(info))
    if not isinstance(stored, dict) or stored.get("kind") != _KIND:
        raise _no_backup(archive)
    formats, known = (stored.get("format"), stored.get("library_format")), (ARCHIVE_FORMAT, library_format)
    if any(isinstance(found, int) and found > most for found, most in zip(formats, known, strict=True)):
        what = f"is a backup of format {formats[0]} of a Library of format {formats[1]}"
        do = "update it and restore again"
        raise InputError(f"{archive}: {what}, this surveyqa reads up to {known[0]} and {known[1]}; {do}")
    return Manifest.of(stored)


def _check(packed: zipfile.ZipFile, manifest: Manifest, archive: Path) -> None:
    """Raise InputError unless an archive has the members that its manifest names, and each as it was packed."""
    infos = {info.filename: info for info in packed.infolist()}
    names = [MANIFEST, *(member.name for member in manifest.members)]
    if sorted(names) != sorted(packed.namelist()) or len({name.casefold() for name in names}) < len(names):
        raise damaged(archive, "its members are not those that its manifest names")
    for member in manifest.members:
        info = infos[member.name]
        if not is_name(member.name) or info.file_size != member.size_bytes or not _is_usual(info):
            raise damaged(archive, f"{member.name!r} has a name, a size or a form that no backup has")
        with packed.open(info) as source:
            if _copied(source, None) != (member.sha256, member.size_bytes):
                raise damaged(archive, f"{member.name} is not what was packed, its SHA-256 differs")


def _is_usual(info: zipfile.ZipInfo) -> bool:
    """Whether a member is packed by one of the methods that `pack` uses, and not encrypted."""
    return info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not info.flag_bits & 1


def _copied(source: IO[bytes], sink: IO[bytes] | None) -> tuple[str, int]:
    """Read a stream to its end, into another if there is one; return its SHA-256 and its length."""
    digest, size_bytes = hashlib.sha256(), 0
    while data := source.read(_AT_ONCE_BYTES):
        digest.update(data)
        size_bytes += len(data)
        if sink:
            sink.write(data)
    return digest.hexdigest(), size_bytes


@contextmanager
def _readable(archive: Path) -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        raise damaged(archive, f"it cannot be unpacked: {str(error) or type(error).__name__}") from error


def _no_backup(archive: Path) -> InputError:
    return InputError(f"{archive}: is a zip file but no backup of a Library; give one that `surveyqa` wrote")
