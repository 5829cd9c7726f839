"""Archives as {name: bytes}: every container, hostile members, bombs, damage and names in old encodings."""

import bz2
import gzip
import io
import lzma
import random
import stat
import struct
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable

import pytest

from index.errors import InputError
from index.readers.archive import is_tar, members, safe_name

MAIN = rb"""\documentclass{article}
\begin{document}\input{sections/method}\end{document}
"""
METHOD = b"\\section{Method}\nWe train twice.\n"
FILES = {"main.tex": MAIN, "sections/method.tex": METHOD}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tarred(files: dict[str, bytes], *extra: tarfile.TarInfo, **options: int | str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", **options) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in extra:
            archive.addfile(info)
    return out.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def zipped_with_flag(name: bytes, data: bytes = b"x", flag: int = 0) -> bytes:
    """One stored member whose name is any bytes, as other makers write it."""
    ascii_name = b"n" * len(name)
    raw = zipped({ascii_name.decode(): data}, zipfile.ZIP_STORED).replace(ascii_name, name)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.index(mark) + at
        raw = raw[:start] + struct.pack("<H", flag) + raw[start + 2 :]
    return raw


@pytest.mark.parametrize(
    "pack",
    [
        zipped,
        lambda files: zipped(files, zipfile.ZIP_STORED),
        lambda files: zipped(files, zipfile.ZIP_BZIP2),
        lambda files: zipped(files, zipfile.ZIP_LZMA),
        tarred,
        lambda files: tarred(files, format=tarfile.USTAR_FORMAT),
        lambda files: tarred(files, format=tarfile.GNU_FORMAT),
        lambda files: gzip.compress(tarred(files), mtime=0),
        lambda files: bz2.compress(tarred(files)),
        lambda files: lzma.compress(tarred(files)),
    ],
    ids="zip stored bzip2 lzma pax ustar gnu tar.gz tar.bz2 tar.xz".split(),
)
def test_every_usual_container_gives_the_same_files(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    assert members(pack(FILES), "a") == FILES


@pytest.mark.parametrize(
    ("name", "header_name", "content", "expected"),
    [
        ("2401.00001.gz", "", MAIN, "2401.00001.tex"),  # as arXiv serves a paper of one file
        ("2401.00001", "", MAIN, "2401.00001.tex"),
        ("x.gz", "paper.tex", MAIN, "paper.tex"),
        ("notes.txt.gz", "", b"plain", "notes.txt"),
        ("data.gz", "", b"plain", "data"),
        ("x.gz", "../../etc/paper.tex", MAIN, "paper.tex"),
        ("x.gz", "..", MAIN, "paper.tex"),
    ],
)
def test_one_gzipped_file_is_named(name: str, header_name: str, content: bytes, expected: str) -> None:
    data = gzip.compress(content, mtime=0)
    if header_name:
        data = data[:3] + b"\x08" + data[4:10] + header_name.encode() + b"\0" + data[10:]
    assert members(data, name) == {expected: content}


def test_gzip_files_joined_are_one() -> None:
    assert members(gzip.compress(b"one ") + gzip.compress(b"two"), "a.txt.gz") == {"a.txt": b"one two"}
    assert members(lzma.compress(b"one ") + lzma.compress(b"two"), "a.txt.xz") == {"a.txt": b"one two"}


HOSTILE = [
    "../up.tex",
    "a/../../up.tex",
    "/etc/passwd",
    "C:/x.tex",
    "c:x.tex",
    "..\\up.tex",
    "\\\\host\\x.tex",
    "..",
    ".",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_leads_out_refuses_the_whole_archive(name: str) -> None:
    for data in (zipped({**FILES, name: b"x"}), tarred({**FILES, name: b"x"}), gzip.compress(tarred({name: b"x"}))):
        with pytest.raises(InputError) as caught:
            members(data, "paper.zip")
        assert f"paper.zip: the member {name!r} points outside the archive; nothing was read" in str(caught.value)


def test_a_name_with_a_nul_is_refused() -> None:
    with pytest.raises(InputError, match="points outside"):
        members(zipped_with_flag(b"a.tex\0.png"), "a.zip")


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_a_device_refuses_the_whole_archive(kind: bytes) -> None:
    with pytest.raises(InputError, match=r"^p\.tar: the member 'dev/x' is a device; nothing was read"):
        members(tarred(FILES, special("dev/x", kind)), "p.tar")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
@pytest.mark.parametrize("target", ["/etc/passwd", "../../etc/passwd", "C:\\x", "a/../../b"])
def test_a_link_that_leads_out_refuses_the_whole_archive(kind: bytes, target: str) -> None:
    with pytest.raises(InputError, match=r"^p\.tar: the member 'x\.tex' is a link to .*, outside the archive"):
        members(tarred(FILES, special("x.tex", kind, target)), "p.tar")


def test_a_link_inside_has_its_files_bytes_and_other_links_are_dropped() -> None:
    links = (
        special("sections/copy.tex", tarfile.SYMTYPE, "../main.tex"),
        special("hard.tex", tarfile.LNKTYPE, "sections/method.tex"),
        special("nowhere.tex", tarfile.SYMTYPE, "missing.tex"),
        special("folder", tarfile.SYMTYPE, "sections"),
        special("loop.tex", tarfile.SYMTYPE, "loop.tex"),
    )
    assert members(tarred(FILES, *links), "p.tar") == {**FILES, "sections/copy.tex": MAIN, "hard.tex": METHOD}


@pytest.mark.parametrize(("target", "outside"), [("main.tex", False), ("../../etc/passwd", True)])
def test_a_link_in_a_zip_is_a_link(target: str, outside: bool) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("main.tex", MAIN)
        link = zipfile.ZipInfo("link.tex")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, target)
    if outside:
        with pytest.raises(InputError, match="outside the archive"):
            members(out.getvalue(), "a.zip")
    else:
        assert members(out.getvalue(), "a.zip") == {"main.tex": MAIN, "link.tex": MAIN}


def test_links_count_against_the_limit_like_their_files() -> None:
    links = [special(f"{at}.tex", tarfile.LNKTYPE, "big") for at in range(10)]
    with pytest.raises(InputError, match="unpacks to more than 5,000 bytes"):
        members(tarred({"big": b"x" * 1000}, *links), "a.tar", max_bytes=5_000)


BOMB = b"\0" * 3_000_000


@pytest.mark.parametrize(
    "data",
    [
        zipped({"a": BOMB}),
        zipped({f"{at}": BOMB[:300_000] for at in range(10)}),
        gzip.compress(BOMB),
        bz2.compress(BOMB),
        lzma.compress(BOMB),
        gzip.compress(tarred({"a": BOMB})),
        tarred({"a": BOMB}),
    ],
    ids="zip many gzip bzip2 xz tar.gz tar".split(),
)
def test_a_bomb_is_stopped_while_it_is_read(data: bytes) -> None:
    with pytest.raises(
        InputError, match=r"^b: the archive unpacks to more than 1,000,000 bytes; remove what is not text"
    ):
        members(data, "b", max_bytes=1_000_000, max_members=100)


def test_true_bytes_count_and_not_what_the_header_claims() -> None:
    data = zipped({"a": BOMB})
    claim = struct.pack("<I", len(BOMB))
    assert data.count(claim) == 2
    with pytest.raises(InputError):  # 10 bytes claimed, three million there
        members(data.replace(claim, struct.pack("<I", 10)), "a.zip", max_bytes=1_000_000)
    small = zipped({"a": b"small"}, zipfile.ZIP_STORED)
    claimed = small.replace(struct.pack("<II", 5, 5), struct.pack("<II", 5, 0xFFFFFFF0))
    assert claimed != small
    assert members(claimed, "a.zip", max_bytes=5) == {"a": b"small"}  # 4 GB claimed, five bytes there


def test_a_tar_that_claims_to_be_large_takes_no_memory() -> None:
    info = tarfile.TarInfo("a")
    info.size = 1 << 40
    with pytest.raises(InputError, match="damaged or cut short"):
        members(info.tobuf(tarfile.GNU_FORMAT) + b"x" * 512, "a.tar")


def test_too_many_members_are_refused() -> None:
    many = {f"{at}.tex": b"" for at in range(51)}
    for data in (zipped(many), tarred(many)):
        with pytest.raises(InputError, match="has more than 50 members; pack the paper's own files only"):
            members(data, "a", max_members=50)
        assert len(members(data, "a", max_members=51)) == 51


def test_an_encrypted_zip_says_what_to_do() -> None:
    with pytest.raises(InputError, match=r"^a\.zip: the archive is encrypted; unpack it with its password"):
        members(zipped_with_flag(b"a.tex", flag=1), "a.zip")


def test_an_unknown_packing_method_says_what_to_do() -> None:
    data = zipped({"a.tex": MAIN}).replace(struct.pack("<HH", 0, 8), struct.pack("<HH", 0, 9))
    with pytest.raises(InputError, match=r"'a\.tex': .*; pack it again with the usual Deflate"):
        members(data, "a.zip")


@pytest.mark.parametrize(
    "data",
    [
        zipped(FILES)[:-30],
        zipped(FILES).replace(b"sections/method.tex", b"sections/methoe.tex", 1),
        zipped(FILES, zipfile.ZIP_STORED).replace(METHOD, METHOD.upper()),
        gzip.compress(tarred(FILES))[:-20],
        bz2.compress(tarred(FILES))[:-20],
        lzma.compress(tarred(FILES))[:-30],
        tarred(FILES)[:1600],
        tarred(FILES)[:1100] + b"\1" * 1000,
    ],
    ids="zip header stored gzip bzip2 xz tar-cut tar-header".split(),
)
def test_damage_is_told(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a: .*(damaged or cut short|no archive).*; (get|give) "):
        members(data, "a")


def test_of_two_alike_the_last_counts() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for data in (b"old", b"new"):
            info = tarfile.TarInfo("main.tex")
            info.size = 3
            archive.addfile(info, io.BytesIO(data))
    assert members(out.getvalue(), "a.tar") == {"main.tex": b"new"}
    twice = zipped({"main.tex": b"old", "nain.tex": b"new"}).replace(b"nain.tex", b"main.tex")
    assert members(twice, "a.zip") == {"main.tex": b"new"}


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_korean_names_without_a_mark_are_read(encoding: str) -> None:
    assert members(zipped_with_flag("서론.tex".encode(encoding)), "a.zip") == {"서론.tex": b"x"}


def test_names_in_cp437_latin_and_decomposed_are_read() -> None:
    assert members(zipped_with_flag("r\u00e9sum\u00e9.tex".encode("cp437")), "a.zip") == {"r\u00e9sum\u00e9.tex": b"x"}
    assert members(zipped({unicodedata.normalize("NFD", "서론.tex"): b"x"}), "a.zip") == {"서론.tex": b"x"}
    info = tarfile.TarInfo("서론.tex")
    assert members(info.tobuf(tarfile.GNU_FORMAT, encoding="cp949") + bytes(1024), "a.tar") == {"서론.tex": b""}


def test_backslashes_folders_and_what_macos_adds_are_put_right() -> None:
    files = {
        "sec\\intro.tex": b"a",
        "./main.tex": b"b",
        "fig/": b"",
        "__MACOSX/._main.tex": b"c",
        "x/._a": b"",
        ".DS_Store": b"d",
    }
    assert members(zipped(files), "a.zip") == {"sec/intro.tex": b"a", "main.tex": b"b"}
    folder = special("./", tarfile.DIRTYPE)
    assert members(tarred({"./main.tex": b"b", "._main.tex": b"c"}, folder), "a.tar") == {"main.tex": b"b"}


def test_only_what_is_wanted_is_unpacked() -> None:
    def is_tex(name: str) -> bool:
        return name.endswith(".tex")

    for pack in (zipped, tarred):
        data = pack({"main.tex": MAIN, "image.png": BOMB})
        assert members(data, "a", max_bytes=1_000, wanted=is_tex) == {"main.tex": MAIN}


def test_archives_inside_stay_closed() -> None:
    inner = zipped({"../evil": b"x"})
    assert members(zipped({"inner.zip": inner}), "a.zip") == {"inner.zip": inner}


@pytest.mark.parametrize(
    "data", [b"", b"plain text", b"%PDF-1.7", b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ\0", b"\1" * 600]
)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a: "):
        members(data, "a")


def test_an_empty_zip_has_no_files() -> None:
    assert members(zipped({}), "a.zip") == {}


def test_a_tar_is_told_by_its_check_sum() -> None:
    data = tarred(FILES)
    assert is_tar(data)
    assert not is_tar(data[:1] + b"x" + data[2:])
    assert not is_tar(data[:500]) and not is_tar(bytes(512)) and not is_tar(b"text " * 200)


def test_safe_names_are_relative_and_composed() -> None:
    assert safe_name("./a//b/./c.tex", "x") == "a/b/c.tex"
    assert safe_name("a\\b.tex", "x") == "a/b.tex"
    assert safe_name("a..b/...tex", "x") == "a..b/...tex"


@pytest.mark.parametrize("seed", range(6))
def test_mutated_archives_are_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    sources = [
        zipped(FILES),
        zipped(FILES, zipfile.ZIP_LZMA),
        tarred(FILES, special("l", tarfile.SYMTYPE, "main.tex")),
        tarred({"x" * 150: b"y"}, format=tarfile.GNU_FORMAT),
        tarred({"x" * 150 + "서": b"y"}),
        gzip.compress(tarred(FILES)),
        bz2.compress(MAIN),
        lzma.compress(MAIN),
    ]
    refused = 0
    for _ in range(250):
        data = bytearray(rng.choice(sources))
        for _ in range(rng.choice((1, 1, 3, 20))):
            data[rng.randrange(len(data))] = rng.choice((0, 0x20, 0x30, 0xFF, rng.randrange(256)))
        if rng.random() < 0.2:
            del data[rng.randrange(len(data)) :]
        try:
            for name, content in members(bytes(data), "m", max_bytes=100_000, max_members=20).items():
                assert name and not name.startswith("/") and ".." not in name.split("/") and isinstance(content, bytes)
        except InputError as error:
            refused += 1
            assert str(error).startswith("m: ")
    assert refused > 50
