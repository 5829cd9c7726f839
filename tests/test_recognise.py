"""What a file is, by its content and then its suffix, and what is said of files that cannot be read."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import time
import zipfile

import pytest

from index.errors import InputError
from index.readers.recognise import SUFFIXES, Kind, is_whole_latex, kind_of

WORD_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document2.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def zipped(*names: str, **contents: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, contents.get(name, "x"))
        for name in contents.keys() - set(names):
            archive.writestr(name, contents[name])
    return out.getvalue()


def tarred(name: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(name))
    return out.getvalue()


def ole(*streams: str) -> bytes:
    return OLE + b"".join(stream.encode("utf-16-le") + bytes(20) for stream in streams)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbfjunk of a mail program\n" * 20 + b"%PDF-1.4\n1 0 obj\nstartxref\n9\n%%EOF", "pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "word"),
        (zipped("word/document2.xml", **{"[Content_Types].xml": WORD_TYPES}), "word"),  # as SharePoint names it
        (zipped("x", **{"[Content_Types].xml": WORD_TYPES.replace("document.main", "template.main")}), "word"),
        (zipped("mimetype", "Contents/content.hpf", mimetype="application/hwp+zip"), "hwpx"),
        (zipped("Contents/content.hpf", "Contents/section0.xml"), "hwpx"),
        (zipped("mimetype", mimetype="application/hwp+zip\n"), "hwpx"),
        (zipped("paper/main.tex", "paper/fig.png"), "archive"),
        (zipped("MAIN.TEX"), "archive"),
        (tarred("main.tex"), "archive"),
        (gzip.compress(tarred("main.tex"), mtime=0), "archive"),
        (gzip.compress(b"\\documentclass{article}", mtime=0), "archive"),
        (bz2.compress(b"x"), "archive"),
        (lzma.compress(b"x"), "archive"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"\xef\xbb\xbf\r\n<?xml version='1.0'?>\n<!-- a -->\n<!-- <b> -->\n<HTML lang='ko'>", "html"),
        (b"<head><title>x</title>", "html"),
        ("\ufeff<!doctype HTML public>".encode("utf-16-le"), "html"),
        (b"\\documentclass{article}\n", "latex"),
        (b"% a comment\n\n%\\iffalse\n\\RequirePackage{x}\n  \\documentclass[a4]{article}\n", "latex"),
        (b"\\section{Introduction}\nText.\n", "latex"),
        (b"\\begin{document}\nText.\n", "latex"),
    ],
)
@pytest.mark.parametrize("suffix", ["", ".md", ".txt", ".pdf", ".dat"])
def test_content_counts_before_the_suffix(data: bytes, kind: Kind, suffix: str) -> None:
    assert kind_of(data, suffix) == kind


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".md", "markdown"),
        (".Markdown", "markdown"),
        (".txt", "text"),
        (".TEXT", "text"),
        ("", "text"),
        (".log", "text"),
        (".html", "html"),
        (".htm", "html"),
        (".xhtml", "html"),
        (".tex", "latex"),
        (".ltx", "latex"),
    ],
)
@pytest.mark.parametrize("data", ["자기 개선은 방법이다.\n".encode(), b"Plain words.\n", "낱말".encode("cp949"), b""])
def test_the_suffix_tells_what_the_content_does_not(data: bytes, suffix: str, kind: Kind) -> None:
    assert kind_of(data, suffix) == kind


@pytest.mark.parametrize(
    ("text", "suffix", "kind"),
    [
        ("# How to write\n\n```latex\n\\documentclass{article}\n\\section{A}\n```\n", ".md", "markdown"),
        ("A note on \\section{x} and %PDF-1.4 headers.\n", ".txt", "text"),
        ("Some words first.\n\\section{A}\n", "", "latex"),
        ("<!-- note -->\n# Title\n<html>\n", ".md", "markdown"),
        ("<p align='center'>A logo</p>\n\n# Title\n", ".md", "markdown"),
        ("Words about <html> and <head>.\n", ".txt", "text"),
        ("<header>not a head</header>\n", ".txt", "text"),
        ("\\documentclass is a command, and this is no LaTeX\n", ".html", "html"),
    ],
)
def test_marks_inside_a_text_do_not_mislead(text: str, suffix: str, kind: Kind) -> None:
    assert kind_of(text.encode(), suffix) == kind


@pytest.mark.parametrize(
    ("data", "called", "remedy"),
    [
        (ole("Root Entry", "WordDocument", "Workbook"), "an old Word document (.doc)", "save it as DOCX in Word"),
        (
            ole("FileHeader", "DocInfo", "\x05HwpSummaryInformation"),
            "a Hangul 5 document (.hwp)",
            "save it as HWPX in Hancom",
        ),
        (ole("EncryptedPackage", "EncryptionInfo"), "an Office document with a password", "remove the password"),
        (ole("PowerPoint Document"), "an old PowerPoint presentation (.ppt)", "save it as PDF or DOCX"),
        (ole("Workbook"), "an old Excel workbook (.xls)", "save it as PDF or DOCX"),
        (ole("Other"), "an old Office document", "save it as PDF or DOCX"),
        (
            b"HWP Document File V3.00 \x1a\1\2\3\4\5",
            "an old Hangul document (.hwp)",
            "save it as HWPX in Hancom Office",
        ),
        (
            b"<?xml version='1.0'?>\n<HWPML Version='2.8'>",
            "a Hangul document in HWPML",
            "save it as HWPX in Hancom Office",
        ),
        (zipped("ppt/presentation.xml"), "a PowerPoint presentation (.pptx)", "save it as PDF or DOCX"),
        (zipped("xl/workbook.xml"), "an Excel workbook (.xlsx)", "save it as PDF or DOCX"),
        (
            zipped("mimetype", mimetype="application/vnd.oasis.opendocument.text"),
            "an OpenDocument text (.odt)",
            "save it as",
        ),
        (
            zipped("mimetype", mimetype="application/vnd.oasis.opendocument.presentation"),
            "an OpenDocument file",
            "save it as",
        ),
        (zipped("mimetype", mimetype="application/epub+zip"), "an EPUB book", "save it as PDF or DOCX"),
        (zipped("Index/Document.iwa"), "an iWork document", "export it as PDF or DOCX"),
        (zipped("readme.md"), "a zip archive without LaTeX sources", "unpack it and add the papers in it"),
        (zipped(), "a zip archive without LaTeX sources", "unpack it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a PNG image", "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "a JPEG image", "OCR"),
        (b"II*\0" + bytes(50), "a TIFF image", "OCR"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP image", "OCR"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "a HEIC or AVIF image", "OCR"),
        (b"Rar!\x1a\7\0", "a RAR archive", "unpack it"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "a 7-Zip archive", "unpack it"),
        (b"{\\rtf1\\ansi x}", "a rich-text document (.rtf)", "save it as PDF or DOCX"),
        (b"%!PS-Adobe-3.0\n", "a PostScript file", "convert it to PDF"),
        (b"<?xml version='1.0'?><article/>", "an XML file of another kind", "save it as HTML, PDF or DOCX"),
        (b"<svg xmlns='x'/>", "an XML file of another kind", "save it"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n", "a web archive (.mhtml)", "save the page as HTML"),
        (
            bytes(range(256)) * 4,
            "binary data of an unknown kind",
            "add a PDF, DOCX, HWPX, HTML, LaTeX, Markdown or text",
        ),
        (b"text with \0 in it", "binary data of an unknown kind", "add a PDF"),
        (b"\1\2\3\4\5\6" * 50, "binary data of an unknown kind", "add a PDF"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(data: bytes, called: str, remedy: str) -> None:
    with pytest.raises(InputError) as caught:
        kind_of(data, "")
    assert str(caught.value).startswith(f"the file is {called}; ")
    assert remedy in str(caught.value)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".hwpx", ".zip", ".gz"])
def test_a_message_saved_under_a_papers_name_is_no_paper(suffix: str) -> None:
    with pytest.raises(InputError, match=rf"^the file is text and no \{suffix} file; get it again, or name it \.txt"):
        kind_of(b"Rate exceeded.\n", suffix)


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        (rb"\documentclass{article}", True),
        (b"% \\documentclass{x}\n  \\documentclass[\n11pt]\n{book}", True),
        (rb"\documentstyle[12pt]{article}", True),
        (rb"% \documentclass{article}", False),
        (rb"\section{Method}", False),
        (rb"\documentclass[../main.tex]{subfiles}", False),
        (rb"\documentclass[tikz]{standalone}", False),
    ],
)
def test_a_fragment_is_told_from_a_paper(source: bytes, whole: bool) -> None:
    assert is_whole_latex(source) is whole


def test_a_folder_is_walked_for_papers_and_not_for_fragments() -> None:
    names = [
        "a.md",
        "a.txt",
        "a.HTML",
        "a.pdf",
        "a.docx",
        "a.hwpx",
        "2401.00001.tar.gz",
        "a.tgz",
        "a.tex",
        "a.zip",
        "a.gz",
        "a.py",
    ]
    assert [name for name in names if name.lower().endswith(SUFFIXES)] == names[:8]


def test_a_hostile_zip_is_refused_before_it_is_named() -> None:
    with pytest.raises(InputError, match=r"^the file: the member '\.\./x' points outside the archive"):
        kind_of(zipped("word/document.xml", "../x"), ".docx")


def test_many_comments_cost_little() -> None:
    begun = time.perf_counter()
    assert kind_of(b"<!-- a -->\n" * 5_000, ".md") == "markdown"
    assert kind_of(b"%\n" * 30_000 + b"x", ".md") == "markdown"
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("seed", range(4))
def test_any_bytes_have_a_kind_or_are_refused(seed: int) -> None:
    rng = random.Random(seed)
    sources = [
        zipped("word/document.xml"),
        tarred("a.tex"),
        gzip.compress(b"a" * 50, mtime=0),
        ole("WordDocument"),
        b"<html>",
        b"\\section{A}",
    ]
    for _ in range(300):
        data = bytearray(rng.choice(sources)) + rng.randbytes(rng.randrange(3))
        for _ in range(rng.choice((0, 1, 5))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            assert kind_of(bytes(data), rng.choice(("", ".md", ".tex", ".pdf"))) in Kind.__args__  # type: ignore[attr-defined]
        except InputError as error:
            assert str(error).startswith("the file")
