"""An archive's bytes in, its files as {name: bytes} out. Nothing is written to disk; archives inside it stay closed.

Zip, tar, tar.gz/.bz2/.xz and one gzipped file are read. What counts against the limits is what is really unpacked,
never what a header claims. One hostile member (a name that leads out, a device, a link to outside) refuses them all.
"""

import bz2
import gzip
import io
import lzma
import re
import stat
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Protocol

from index.errors import InputError

MAX_BYTES = 200_000_000
MAX_MEMBERS = 5_000

_BLOCK_BYTES = 1 << 16
_XZ_MAGIC = b"\xfd7zXZ\0"
_XZ_MEMORY_BYTES = 1 << 28  # an .xz header may ask for a dictionary of 4 GiB
_TAR_BYTES_A_MEMBER = 4_096  # header, long names and padding, generously
_DRIVE = re.compile(r"[A-Za-z]:")
_HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]")
_TEX = re.compile(rb"^\s*\\(?:documentclass|documentstyle|begin)\b", re.MULTILINE)
_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


def members(
    data: bytes,
    name: str,
    *,
    max_bytes: int = MAX_BYTES,
    max_members: int = MAX_MEMBERS,
    wanted: Callable[[str], bool] | None = None,
) -> dict[str, bytes]:
    """Return the files in an archive by relative POSIX name (NFC), in the archive's order; of two alike, the last.

    Folders and what macOS adds of its own are left out, and so is what `wanted` (given a name) declines: it is not
    unpacked. Raises InputError, with `name`, for what is no archive, is damaged, encrypted, hostile or too large.
    """
    unpacked = _Unpacked(name, max_bytes, max_members, wanted or (lambda member: True))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _unzip(data, unpacked)
    if is_tar(data):
        return _untar(data, unpacked)
    content = _decompress(data, name, max_bytes, spare=max_members * _TAR_BYTES_A_MEMBER)
    if is_tar(content):
        return _untar(content, unpacked)
    unpacked.add(_name_of_single(data, content, name), (content,))
    return unpacked.files


def is_tar(data: bytes) -> bool:
    """Tell whether `data` begins with a tar header: its check sum is right."""
    header = data[:512]
    if len(header) < 512 or not header[0]:
        return False
    found = re.fullmatch(rb"[ 0]*([0-7]+)[ \0]*", header[148:156])
    own = sum(header) - sum(header[148:156]) + 8 * 32  # as if the field of the sum itself held spaces
    return found is not None and int(found[1], 8) == own


def safe_name(raw: str, archive: str) -> str:
    """Return a member's name as a relative POSIX path in NFC. Raises InputError for one that leads out of it all."""
    plain = unicodedata.normalize("NFC", raw.replace("\\", "/"))
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    if "\0" in raw or plain.startswith("/") or _DRIVE.match(plain) or ".." in parts or not parts:
        raise InputError(
            f"{archive}: the member {raw!r} points outside the archive; nothing was read, as it may be meant to do harm"
        )
    return "/".join(parts)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Unpacked:
    """What was taken from one archive, and how much more may be."""

    def __init__(self, name: str, max_bytes: int, max_members: int, wanted: Callable[[str], bool]) -> None:
        self.name = name
        self.max_bytes = max_bytes
        self.max_members = max_members
        self.wanted = wanted
        self.read_bytes = 0
        self.files: dict[str, bytes] = {}
        self.links: list[tuple[str, str]] = []

    def allow(self, count: int) -> None:
        if count > self.max_members:
            raise InputError(
                f"{self.name}: the archive has more than {self.max_members:,} members; pack the paper's own files only"
            )

    def add(self, member: str, blocks: Iterable[bytes]) -> None:
        kept = []
        for block in blocks:
            self.read_bytes += len(block)
            if self.read_bytes > self.max_bytes:
                raise _too_large(self.name, self.max_bytes)
            kept.append(block)
        self.files.pop(member, None)
        self.files[member] = b"".join(kept)

    def link(self, member: str, target: str, folder: tuple[str, ...]) -> None:
        """Note a link, `target` as it is written, from inside `folder`. Raises InputError for one that leads out."""
        parts = list(folder)
        for part in target.replace("\\", "/").split("/"):
            if part == ".." and parts and parts[-1] != "..":
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        if target.startswith(("/", "\\")) or _DRIVE.match(target) or ".." in parts or "\0" in target:
            raise InputError(
                f"{self.name}: the member {member!r} is a link to {target!r}, outside the archive; nothing was read, "
                "as it may be meant to do harm"
            )
        self.links.append((member, unicodedata.normalize("NFC", "/".join(parts))))

    def resolve(self) -> dict[str, bytes]:
        """Return the files; a link to one of them has its bytes, a link to a folder or to nothing is dropped."""
        for member, target in self.links:
            if target in self.files and self.wanted(member):
                self.add(member, (self.files[target],))
        return self.files


def _too_large(name: str, max_bytes: int) -> InputError:
    return InputError(f"{name}: the archive unpacks to more than {max_bytes:,} bytes; remove what is not text from it")


def _damaged(name: str, member: str, reason: object) -> InputError:
    where = f"{name}: {member!r}" if member else name
    return InputError(f"{where}: the archive is damaged or cut short ({reason}); get or pack it again")


def _unzip(data: bytes, unpacked: _Unpacked) -> dict[str, bytes]:
    unpacked.allow(data.count(b"PK\x01\x02") // 20)  # before zipfile makes an object of each; zips inside count too
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*_DAMAGED, NotImplementedError) as error:
        raise _damaged(unpacked.name, "", error) from error
    infos = archive.infolist()
    unpacked.allow(len(infos))
    for info in infos:
        member = safe_name(_zip_name(info), unpacked.name)
        if info.is_dir() or _is_of_macos(member) or not unpacked.wanted(member):
            continue
        if info.flag_bits & 0x1:
            raise InputError(
                f"{unpacked.name}: the archive is encrypted; unpack it with its password and add what is in it"
            )
        try:
            with archive.open(info) as file:
                unpacked.add(member, _blocks(file))
        except NotImplementedError as error:
            raise InputError(f"{unpacked.name}: {member!r}: {error}; pack it again with the usual Deflate") from error
        except (*_DAMAGED, RuntimeError) as error:
            raise _damaged(unpacked.name, member, error) from error
        if stat.S_ISLNK(info.external_attr >> 16):
            target = unpacked.files.pop(member).decode("utf-8", "replace")
            unpacked.link(member, target, PurePosixPath(member).parent.parts)
    return unpacked.resolve()


def _blocks(file: _Readable) -> Iterator[bytes]:
    while block := file.read(_BLOCK_BYTES):
        yield block


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return the stored name; without the mark for UTF-8 it was read as CP437, whatever its maker wrote."""
    raw = info.orig_filename
    if info.flag_bits & 0x800 or raw.isascii():
        return raw
    return _decoded(raw.encode("cp437", "replace"), otherwise=raw)


def _decoded(stored: bytes, otherwise: str) -> str:
    for encoding in ("utf-8", "cp949"):
        try:
            text = stored.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _HANGUL.search(text):
            return text
    return otherwise


def _untar(data: bytes, unpacked: _Unpacked) -> dict[str, bytes]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            for count, info in enumerate(archive, start=1):
                unpacked.allow(count)
                _take(archive, info, unpacked)
            rest = data[archive.offset : archive.offset + 512]
    except _DAMAGED as error:
        raise _damaged(unpacked.name, "", error) from error
    if rest.strip(b"\0"):  # tarfile stops without a word at a header that it cannot read
        raise _damaged(unpacked.name, "", "a header cannot be read")
    return unpacked.resolve()


def _take(archive: tarfile.TarFile, info: tarfile.TarInfo, unpacked: _Unpacked) -> None:
    stored = info.name.encode("utf-8", "surrogateescape")
    raw = _decoded(stored, otherwise=stored.decode("latin-1"))
    if info.isdir() and not PurePosixPath(raw).parts:
        return  # "./"
    member = safe_name(raw, unpacked.name)
    if info.issym() or info.islnk():
        folder = PurePosixPath(member).parent.parts if info.issym() else ()  # a hard link's target starts at the top
        unpacked.link(member, info.linkname, folder)
    elif info.isfile():
        file = archive.extractfile(info)
        if file is None or _is_of_macos(member) or not unpacked.wanted(member):
            return
        unpacked.add(member, _blocks(file))
        if len(unpacked.files[member]) != info.size:
            raise _damaged(unpacked.name, member, f"{len(unpacked.files[member]):,} of {info.size:,} bytes are there")
    elif not info.isdir():
        raise InputError(
            f"{unpacked.name}: the member {member!r} is a device; nothing was read, as it may be meant to do harm"
        )


def _is_of_macos(member: str) -> bool:
    parts = member.split("/")
    return parts[0] == "__MACOSX" or parts[-1] == ".DS_Store" or parts[-1].startswith("._")


def _decompress(data: bytes, name: str, max_bytes: int, spare: int) -> bytes:
    if data.startswith(b"\x1f\x8b"):
        blocks = _blocks(gzip.GzipFile(fileobj=io.BytesIO(data)))
    elif data.startswith(b"BZh"):
        blocks = _blocks(bz2.BZ2File(io.BytesIO(data)))
    elif data.startswith(_XZ_MAGIC):
        blocks = _unxz(data)
    else:
        raise InputError(
            f"{name}: is no archive that can be read; give a .zip, .tar.gz, .tar.xz, .tar.bz2, .tar or .gz"
        )
    kept: list[bytes] = []
    unpacked_bytes = 0
    try:
        for block in blocks:
            unpacked_bytes += len(block)
            if unpacked_bytes > max_bytes + spare:
                raise _too_large(name, max_bytes)
            kept.append(block)
    except _DAMAGED as error:
        raise _damaged(name, "", error) from error
    return b"".join(kept)


def _unxz(data: bytes) -> Iterator[bytes]:
    while data.startswith(_XZ_MAGIC):
        unpack = lzma.LZMADecompressor(memlimit=_XZ_MEMORY_BYTES)
        yield unpack.decompress(data, _BLOCK_BYTES)
        while not unpack.eof:
            if unpack.needs_input:
                raise EOFError("its end is missing")
            yield unpack.decompress(b"", _BLOCK_BYTES)
        data = unpack.unused_data


def _name_of_single(data: bytes, content: bytes, name: str) -> str:
    """Return what the one file in a gzip file is called; arXiv serves TeX so, often without a name or suffix."""
    stored = b""
    if data.startswith(b"\x1f\x8b") and data[3] & 0xC == 0x8:  # a name and no extra field before it
        stored = data[10:266].split(b"\0")[0]
    raw = _decoded(stored, stored.decode("latin-1")) or re.sub(r"(?i)\.(gz|bz2|xz)$", "", name)
    base = unicodedata.normalize("NFC", re.split(r"[/\\]", raw)[-1]).strip(". ") or "paper"
    named = re.search(r"\.[A-Za-z]{1,5}$", base)
    return f"{base}.tex" if not named and _TEX.search(content) else base
