"""PDFs whose letters are pictures, as TeX made them before about 2000, and those whose fonts do not say their letters."""

import pytest

from index.errors import InputError
from index.readers.pdf import read
from index.readers.pdf.fonts import Font, lighten

FONTS = (("CMR10", True), ("CMBX12", False), ("CMTI10", True))  # names, and whether only the weight says bold
EM = 83  # units of a glyph, of .12 points each: a font of ten points
TALL = dict.fromkeys("BDEFHIKLMNPRTXZ", 0.68) | dict.fromkeys("bdfhkl0123456789", 0.68)


def glyph(sign: str) -> bytes:
    high = round(EM * TALL.get(sign, 0.44))
    return b"%d 0 0 0 36 %d d1 4 0 32 %d re f" % (40, high, high)


def bitmap_pdf(lines: list[list[bytes]], formulas: list[list[bytes]] | None = None) -> bytes:
    """Return a PDF of lines of words in a Type 3 font of ten points: codes as they are, no signs for spaces.

    `formulas` are lines below them in another such font.
    """
    every = [*lines, *(formulas or ())]
    codes = sorted({code for line in every for word in line for code in word})
    drawn = [b"BT"]
    for row, line in enumerate(every):
        x = 72.0
        drawn.append(b"/F 1 Tf" if row < len(lines) else b"/G 1 Tf")
        for word in line:
            drawn.append(b"0.12 0 0 0.12 %.2f %.2f Tm <%s> Tj" % (x, 720 - 12 * row, word.hex().encode()))
            x += 0.12 * 40 * len(word) + 3.3
    content = b"\n".join([*drawn, b"ET"])
    names = b" ".join(b"%d /a%d" % (code, code) for code in codes)
    procs = b" ".join(b"/a%d %d 0 R" % (code, at) for at, code in enumerate(codes, start=7))
    widths = b" ".join(b"40" if code in codes else b"0" for code in range(256))
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 -2000 40 2000] /FontMatrix [1 0 0 1 0 0] /FirstChar 0 /LastChar 255 "
        b"/Widths [%s] /Encoding << /Type /Encoding /Differences [%s] >> /CharProcs << %s >> >>"
        % (widths, names, procs)
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 4 0 R /G 6 0 R >> >> /Contents 5 0 R >>",
        font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        font,
        *(
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(made), made)
            for made in (glyph(chr(code)) for code in codes)
        ),
    ]
    return pdf_of(objects)


def pdf_of(objects: list[bytes]) -> bytes:
    """Return a PDF of objects, the first of them its catalogue."""
    written, places = b"%PDF-1.3\n", []
    for at, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (at, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def words(*lines: str) -> list[list[bytes]]:
    return [line.encode("latin-1").split(b" ") for line in lines]


def test_letters_that_are_pictures_are_read_with_the_spaces_between_them() -> None:
    made = bitmap_pdf(words("Rivers subject maps to change", "and every map of them is old"))
    assert read(made, "a.pdf").text == "Rivers subject maps to change and every map of them is old\n"


def test_tex_has_ligatures_dashes_and_quotes_at_codes_of_its_own() -> None:
    made = bitmap_pdf(
        words('The \x0crst di\x0berence is \\small" and the o\x0ece \x0dows', "in pages 3{5 o\x0b the river")
    )
    assert read(made, "a.pdf").text == (
        "The first difference is “small” and the office flows in pages 3–5 off the river\n"
    )


def test_tex_draws_accents_beside_their_letters_and_has_fonts_of_256_signs() -> None:
    old = bitmap_pdf(words("the \x0crst o\x0ece of the na\x10ve river by the mill"))
    new = bitmap_pdf(words("the \x1crst \x10rivers\x11 on pages 3\x155 {as a set} are o\x1b"))
    assert read(old, "a.pdf").text == "the first office of the naıve river by the mill\n"
    assert read(new, "a.pdf").text == "the first “rivers” on pages 3–5 {as a set} are off\n"


def test_formulas_whose_codes_mean_nothing_are_left_out() -> None:
    made = bitmap_pdf(
        words("Rivers bend where the", "banks are soft at"), words("\x01\x03\x05a \x07\x02b \x08\x04c", "abc")
    )
    assert read(made, "a.pdf").text == "Rivers bend where the banks are soft at\n"


def test_a_brace_stays_one_where_no_sign_is_texs() -> None:
    made = bitmap_pdf(words("maps {rivers} and the stones beside them"))
    assert read(made, "a.pdf").text == "maps {rivers} and the stones beside them\n"


def test_fonts_that_do_not_say_their_letters_need_ocr() -> None:
    shifted = [[bytes(range(1, 9)), bytes(range(14, 25)), b"!#*(x"]] * 12
    with pytest.raises(
        InputError, match=r"a\.pdf: the PDF's fonts do not say .* run OCR .*`ocrmypdf --force-ocr a\.pdf"
    ):
        read(bitmap_pdf(shifted), "a.pdf")


def test_weights_that_would_make_most_text_bold_say_nothing() -> None:
    text, heading, slanted = (Font(name, True, False, False, False, False, heavy) for name, heavy in FONTS)
    lighten({text: 900, heading: 40, slanted: 60})
    assert [font.bold for font in (text, heading, slanted)] == [False, True, False]


def test_a_few_words_in_a_heavy_font_are_bold() -> None:
    text, heading = Font("Text", False, False, False, False, False), Font("Fx", True, False, False, False, False, True)
    lighten({text: 900, heading: 40})
    assert [text.bold, heading.bold] == [False, True]


def test_a_space_without_a_letter_is_one() -> None:
    content = b"BT /F 12 Tf 72 700 Td (rivers_and_maps of the) Tj 0 -14 Td (old_town) Tj ET"
    means = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <5F> <FFFE> endbfchar endcmap end end"
    )
    made = pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
            *(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream) for stream in (content, means)),
        ]
    )
    assert read(made, "a.pdf").text == "rivers and maps of the old town\n"
