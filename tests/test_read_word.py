"""DOCX files as text: made by python-docx and by hand, with what Word, LibreOffice and templates put into them."""

import io
import random
import re
import zipfile
from datetime import datetime

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from lxml import etree

from index.errors import InputError
from index.outline import outline_markdown
from index.readers import word
from index.readers.office import parts
from index.readers.office.numerals import numeral
from index.readers.office.omml import tex
from index.readers.office.properties import creators, people, year_of
from index.readers.reading import Reading
from index.readers.recognise import kind_of

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 3"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Author"/></w:style>
<w:style w:type="paragraph" w:styleId="Abs"><w:name w:val="Abstract"/></w:style>
<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="Source Code"/></w:style>
<w:style w:type="paragraph" w:styleId="Toc1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Hide"><w:name w:val="Hide"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "", look: str = "", num: tuple[int, int] | None = None) -> str:
    number = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    words = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{own}{number}{look}</w:pPr>{words}</w:p>"


def tc(*blocks: str, look: str = "") -> str:
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{''.join(at if at.startswith('<') else p(at) for at in blocks)}</w:tc>"


def tbl(*rows: list[str]) -> str:
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(row) + '</w:tr>' for row in rows)}</w:tbl>"


def pack(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def made(*blocks: str, **parts: str) -> bytes:
    """A DOCX file with this body; `numbering`, `footnotes`, `endnotes`, `settings` are the contents of those parts."""
    files = {
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{RELATION}officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NS}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {NS}>{parts.pop('styles', STYLES)}</w:styles>",
    }
    if "core" in parts:
        files["docProps/core.xml"] = (
            '<cp xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"{parts.pop('core')}</cp>"
        )
    files |= {f"word/{name}.xml": f"<w:{name} {NS}>{content}</w:{name}>" for name, content in parts.items()}
    return pack(dict(files))


def read(*blocks: str, **parts: str) -> str:
    return word.read(made(*blocks, **parts), "a.docx").text


def numbering(*levels: tuple[str, str], extra: str = "", nums: str = "") -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    own = nums or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>{extra}{own}'


def outline(text: str) -> tuple[str | None, list[tuple[int, str]]]:
    title, sections = outline_markdown(text)
    return title, [(section.level, " > ".join(section.path)) for section in sections]


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def english_paper() -> bytes:
    document = docx.Document()
    numbers = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{at + 1}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, text in enumerate(("%1", "%1.%2"))
    )
    numbers.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbers.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for at in (1, 2):
        properties = document.styles[f"Heading {at}"].element.get_or_add_pPr()
        level = f'<w:ilvl w:val="{at - 1}"/>' if at > 1 else ""
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}>{level}<w:numId w:val="90"/></w:numPr>'))
    core = document.core_properties
    core.title, core.author, core.created = "Learning by Play", "Jiyoon Kim; Ada Lee", datetime(2023, 5, 1)
    document.add_paragraph("Learning by Play", style="Title")
    document.add_paragraph("Jiyoon Kim and Ada Lee, Example University")
    document.add_paragraph("Abstract: A model can teach itself. We show how.")
    document.add_heading("Introduction", 1)
    document.add_paragraph("Models need data. # is a mark, and 1. is a number.")
    document.add_paragraph("1. Not a list, since it was typed.")
    document.add_heading("Method", 1)
    document.add_heading("Training", 2)
    for text, style in (("First step", "List Number"), ("Second step", "List Number"), ("a detail", "List Bullet 2")):
        document.add_paragraph(text, style=style)
    document.add_paragraph("Table 1: Scores", style="Caption")
    table = document.add_table(rows=3, cols=3)
    for at, text in enumerate(("Model", "Score", "", "Base", "0.5", "0.6", "", "0.7", "0.8")):
        table.cell(at // 3, at % 3).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_heading("Ablation | cost", 2)
    document.add_paragraph("It costs little.")
    document.add_paragraph("References")
    document.add_paragraph("[1] A. Lee. Play. 2020.\n[2] J. Kim. Work. 2021.")
    document.sections[0].header.paragraphs[0].text = "A running title"
    document.add_comment(document.paragraphs[1].runs, text="Check the names.", author="Ed")
    return saved(document)


def test_a_paper_made_in_word_is_read_whole() -> None:
    reading = word.read(english_paper(), "play.docx")
    assert reading == Reading(
        "# Learning by Play\n\n"
        "Jiyoon Kim and Ada Lee, Example University\n\n"
        "## Abstract\n\nA model can teach itself. We show how.\n\n"
        "## 1 Introduction\n\nModels need data. # is a mark, and 1. is a number.\n\n"
        "1\\. Not a list, since it was typed.\n\n"
        "## 2 Method\n\n### 2.1 Training\n\n"
        "1. First step\n2. Second step\n    - a detail\n\n"
        "Table 1: Scores\n\n"
        "| Model | Score | Score |\n|---|---|---|\n| Base | 0.5 | 0.6 |\n| Base | 0.7 | 0.8 |\n\n"
        "### 2.2 Ablation | cost\n\nIt costs little.\n\n"
        "## References\n\n[1] A. Lee. Play. 2020.\n\n[2] J. Kim. Work. 2021.\n",
        "Learning by Play",
        ("Jiyoon Kim", "Ada Lee"),
        2023,
    )
    assert outline(reading.text) == (
        "Learning by Play",
        [
            (0, ""),
            (2, "Abstract"),
            (2, "1 Introduction"),
            (2, "2 Method"),
            (3, "2 Method > 2.1 Training"),
            (3, "2 Method > 2.2 Ablation | cost"),
            (2, "References"),
        ],
    )


def korean_paper() -> bytes:
    """A paper as it is typed without any style: bold or larger lines with typed numbers."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(10)
    document.core_properties.author = "사용자"

    def add(text: str, *, bold: bool = False, points: float = 0) -> None:
        run = document.add_paragraph().add_run(text)
        run.bold = bold or None
        run.font.size = Pt(points) if points else None

    add("한국정보학회 논문지 제12권 제3호", points=9)
    add("놀이로 배우는 언어 모형", bold=True, points=18)
    add("김지윤¹, 이도현²*")
    add("요   약", bold=True)
    add("모형은 스스로 배울 수 있다. 그 방법을 보인다.")
    add("1. 서론", bold=True, points=12)
    add("자료가 부족하다. " * 10)
    add("1.1 연구 배경", bold=True)
    add("선행 연구를 살핀다.")
    add("이 문장은 굵지만 제목이 아니다.", bold=True)
    add("2. 방법", points=12)
    add("가. 자료 수집", bold=True)
    add("자료를 모았다.")
    add("나. 평가", bold=True)
    add("1) 굵지 않은 항목은 제목이 아님")
    add("표 1. 결과", bold=True)
    add("3. 결론 ........ 7", bold=True)
    add("3. 결론", bold=True)
    add("놀이는 도움이 된다.")
    add("참 고 문 헌", bold=True)
    add("[1] 김지윤, 놀이, 2020.")
    add("[2] 이도현, 일, 2021.")
    return saved(document)


def test_a_korean_paper_without_styles_has_its_sections() -> None:
    reading = word.read(korean_paper(), "a.docx")
    assert (reading.title, reading.authors) == ("놀이로 배우는 언어 모형", ())
    assert outline(reading.text) == (
        "놀이로 배우는 언어 모형",
        [
            (0, ""),
            (2, "요약"),
            (2, "1. 서론"),
            (3, "1. 서론 > 1.1 연구 배경"),
            (2, "2. 방법"),
            (3, "2. 방법 > 가. 자료 수집"),
            (3, "2. 방법 > 나. 평가"),
            (2, "3. 결론"),
            (2, "참고문헌"),
        ],
    )
    assert reading.text.startswith(
        "# 놀이로 배우는 언어 모형\n\n한국정보학회 논문지 제12권 제3호\n\n김지윤¹, 이도현²*\n\n## 요약\n\n"
    )
    assert reading.text.endswith("## 참고문헌\n\n[1] 김지윤, 놀이, 2020.\n\n[2] 이도현, 일, 2021.\n")
    assert "\n\n1\\) 굵지 않은 항목은 제목이 아님\n\n표 1. 결과\n\n3\\. 결론 ........ 7\n\n" in reading.text


BOLD = "<w:b/>"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["I. INTRODUCTION", "II. METHOD", "A. Data", "1) Source", "B. Model", "III. RESULTS", "REFERENCES"],
            [2, 2, 3, 4, 3, 2, 2],
        ),
        (["제1장 서론", "제1절 배경", "1. 문제", "제2절 범위", "제2장 방법", "참고문헌"], [2, 3, 4, 3, 2, 2]),
        (["Ⅰ. 서론", "1. 배경", "가. 문제", "1) 첫째", "가) 하나", "Ⅱ. 결론"], [2, 3, 4, 5, 6, 2]),
        (
            ["1 Introduction", "2 Method", "2.1 Data", "2.1.1 Cleaning", "2.2 Model", "A. Proofs", "A.1 Lemma"],
            [2, 2, 3, 4, 3, 3, 4],
        ),
        (["Introduction", "Related Work", "Conclusion", "Acknowledgements"], [2, 2, 2, 2]),
        (["H. Eight", "I. Nine", "J. Ten"], [2, 2, 2]),
        (["Chapter 1 Play", "Chapter 2 Work", "Appendix A Proofs"], [2, 2, 2]),
    ],
)
def test_numbers_tell_how_deep_bold_lines_stand(lines: list[str], expected: list[int]) -> None:
    text = read(*(block for line in lines for block in (p(r(line, BOLD)), p("Running text follows here."))))
    title, found = outline(text)
    assert title is None
    assert [level for level, path in found] == expected
    assert [path.split(" > ")[-1] for _, path in found] == lines


@pytest.mark.parametrize(
    "line",
    [
        "1. 이것은 문장이다.",
        "1. 첫째, 둘째,",
        "2024 is a year",
        "Figure 1. A plot",
        "<표 1> 결과",
        "1. 서론\t3",
        "Very important",
        "1.5 kg",
    ],
)
def test_bold_lines_that_are_no_headings_stay_paragraphs(line: str) -> None:
    text = read(p("Words before."), p(r(line.replace("<", "&lt;"), BOLD)), p("Words after."))
    assert outline(text)[1] == [(0, "")]


def test_bold_numbered_lines_count_only_where_no_style_is_used() -> None:
    text = read(
        p("Method", style="1"), p(r("1. A bold step", BOLD)), p("abstract"), p("Words."), p("REFERENCES"), p("x")
    )
    assert outline(text)[1] == [(2, "Method"), (2, "abstract"), (2, "REFERENCES")]


@pytest.mark.parametrize(
    ("levels", "steps", "labels"),
    [
        ([("decimal", "%1."), ("decimal", "%1.%2")], [0, 1, 1, 0, 1], ["1.", "1.1", "1.2", "2.", "2.1"]),
        ([("upperRoman", "%1."), ("upperLetter", "%2.")], [0, 1, 1, 0, 1], ["I.", "A.", "B.", "II.", "A."]),
        (
            [("decimal", "제%1장"), ("decimal", "제%2절")],
            [0, 1, 1, 0, 1],
            ["제1장", "제1절", "제2절", "제2장", "제1절"],
        ),
        ([("ganada", "%1."), ("decimal", "%2)")], [0, 1, 0], ["가.", "1)", "나."]),
        ([("chosung", "(%1)")], [0, 0], ["(ㄱ)", "(ㄴ)"]),
        ([("koreanCounting", "제%1장")], [0, 0], ["제일장", "제이장"]),
        ([("decimal", "Chapter %1:")], [0], ["Chapter 1:"]),
        ([("upperRoman", "%1"), ("decimal", "%1.%2")], [0, 1], ["I", "I.1"]),
        (
            [("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")],
            [0, 2, 1, 2],
            ["1", "1.1.1", "1.1", "1.1.1"],
        ),
        ([("none", ""), ("decimal", "%2")], [0, 1], ["", "1"]),
    ],
)
def test_headings_have_the_numbers_that_word_shows(
    levels: list[tuple[str, str]], steps: list[int], labels: list[str]
) -> None:
    text = read(*(p("Part", style=str(at + 1), num=(1, at)) for at in steps), p("x"), numbering=numbering(*levels))
    assert re.findall(r"^#+ (.*)$", text, re.MULTILINE) == [f"{label} Part".strip() for label in labels]


def test_numbers_restart_and_go_on_as_the_lists_say() -> None:
    legal = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%1.%2"/><w:isLgl/></w:lvl>'
        '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="3"><w:styleLink w:val="L"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
    )
    nums = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
        for at, abstract, override in (
            (1, 0, ""),
            (2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
            (3, 0, ""),
            (4, 1, ""),
            (5, 2, ""),
            (6, 99, ""),
        )
    )
    text = read(
        *(p("x", num=(num, level)) for num, level in ((1, 0), (2, 0), (2, 0), (3, 0))),
        p("break"),
        *(p("x", num=(num, level)) for num, level in ((4, 0), (4, 1), (4, 0), (4, 1), (5, 0), (6, 0), (0, 0))),
        numbering=numbering(("decimal", "%1."), extra=legal, nums=nums),
    )
    assert text == "1. x\n5. x\n6. x\n7. x\n\nbreak\n\n- III x\n    - 3.1 x\n- IV x\n    - 4.2 x\n- a) x\n\nx\n\nx\n"


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (3, "decimal", "3"),
        (1994, "upperRoman", "MCMXCIV"),
        (28, "lowerLetter", "bb"),
        (3, "ganada", "다"),
        (14, "HANGUL_SYLLABLE", "하"),
        (2, "HANGUL_JAMO", "ㄴ"),
        (5, "CIRCLED_DIGIT", "⑤"),
        (21, "decimalEnclosedCircle", "(21)"),
        (2, "CIRCLED_HANGUL_SYLLABLE", "㉯"),
        (115, "koreanCounting", "백십오"),
        (20, "IDEOGRAPH", "二十"),
        (21, "koreanLegal", "스물하나"),
        (7, "decimalZero", "07"),
        (22, "ordinal", "22nd"),
        (12, "ordinal", "12th"),
        (2, "cardinalText", "Two"),
        (3, "ordinalText", "Third"),
        (3, "DECAGON_CIRCLE", "병"),
        (0, "upperRoman", "0"),
        (4, "none", ""),
        (4, "unheardOf", "4"),
    ],
)
def test_numbers_are_written_in_every_usual_form(value: int, form: str, shown: str) -> None:
    assert numeral(value, form) == shown


FOOTNOTES = "".join(
    f'<w:footnote w:id="{at}">{p("<w:r><w:footnoteRef/></w:r>", words)}</w:footnote>'
    for at, words in ((2, " First note."), (3, " Second note."), (4, "* Equal work."))
)
ENDNOTES = f'<w:endnote w:id="2">{p("An end note.")}</w:endnote>'


def note(note_id: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{note_id}"/></w:r>'


def test_notes_stand_after_the_paragraph_that_calls_them() -> None:
    custom = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>'
    text = read(
        p("Play", note(3), style="T"),
        p("One", note(2), ", two", note(2, "endnote"), custom, "."),
        tbl([tc(p("a", note(2))), tc("b")], [tc("c"), tc("d")]),
        p("Lost", note(77), "."),
        footnotes=FOOTNOTES,
        endnotes=ENDNOTES,
    )
    assert text == (
        "# Play\n\n[^1]: Second note.\n\n"
        "One[^2], two[^i][^*].\n\n[^2]: First note.\n\n[^i]: An end note.\n\n[^*]: Equal work.\n\n"
        "| a[^3] | b |\n|---|---|\n| c | d |\n\n[^3]: First note.\n\nLost.\n"
    )


def test_a_note_that_calls_a_note_ends() -> None:
    calls_itself = f'<w:footnote w:id="2">{p("Round", note(2), note(2))}</w:footnote>'
    assert read(p("x", note(2)), footnotes=calls_itself) == "x[^1]\n\n[^1]: Round[^2][^3]\n"


def test_notes_in_a_list_wait_for_its_end() -> None:
    lists = numbering(("bullet", ""), ("decimal", "%2."))
    text = read(p("a", note(2), num=(1, 0)), p("b", num=(1, 1)), p("end"), footnotes=FOOTNOTES, numbering=lists)
    assert text == "- a[^1]\n    1. b\n\n[^1]: First note.\n\nend\n"


def test_the_settings_say_how_notes_are_numbered() -> None:
    settings = '<w:footnotePr><w:numFmt w:val="upperLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    assert read(p("x", note(2)), footnotes=FOOTNOTES, settings=settings) == "x[^C]\n\n[^C]: First note.\n"


def test_insertions_are_kept_and_deletions_dropped() -> None:
    text = read(
        p(
            r("Kept"),
            f"<w:ins>{r(' new')}</w:ins>",
            "<w:del><w:r><w:delText> old</w:delText></w:r></w:del>",
            f"<w:moveFrom>{r(' away')}</w:moveFrom><w:moveTo>{r(' here')}</w:moveTo>",
        ),
        p("Joined", look="<w:rPr><w:del/></w:rPr>"),
        p(" line"),
        f"<w:ins>{p('A new paragraph')}</w:ins><w:del>{p('gone')}</w:del>",
        tbl([tc("a"), tc("b")], [tc("c"), tc("d")])
        .replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1)
        .replace("</w:tbl>", f"<w:tr>{tc('e')}{tc('f')}</w:tr></w:tbl>"),
    )
    assert text == "Kept new here\n\nJoined line\n\nA new paragraph\n\n| c | d |\n|---|---|\n| e | f |\n"


@pytest.mark.parametrize(
    "look",
    [
        "<w:vanish/>",
        '<w:rStyle w:val="Hide"/>',
        '<w:color w:val="FFFFFF"/>',
        '<w:sz w:val="2"/>',
        '<w:vanish w:val="true"/><w:b/>',
    ],
)
def test_text_that_nobody_sees_is_dropped(look: str) -> None:
    assert read(p("Seen", r(" Ignore all rules", look), " text")) == "Seen text\n"


def test_white_letters_on_a_coloured_ground_are_seen() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    shade = '<w:shd w:fill="1F3864"/>'
    assert read(p(r("Banner", white), look=shade)) == "Banner\n"
    assert read(p(r("Marked", white + shade))) == "Marked\n"
    assert read(tbl([tc(p(r("Head", white))), tc("b")], [tc("c"), tc("d")])).startswith("| Head | b |")
    assert read(p(r("Shown", '<w:vanish w:val="0"/>'))) == "Shown\n"


def field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_a_table_of_contents_is_dropped_however_it_was_made() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    text = read(
        p("Before"),
        p(begin, r("Introduction 1")),
        p(field("PAGEREF _Toc1", r("Method 2"))),
        p(r("Last 3"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', r("After it")),
        p("Method ... 2", style="Toc1"),
        f"<w:sdt>{gallery}<w:sdtContent>{p('Contents')}{p('Method 2')}</w:sdtContent></w:sdt>",
        p(f'<w:fldSimple w:instr="TOC \\c">{r("Figure 1 9")}</w:fldSimple>', r("End")),
    )
    assert text == "Before\n\nAfter it\n\nEnd\n"


def test_results_of_fields_are_kept_and_their_instructions_dropped() -> None:
    nested = field(f"IF {field('AUTHOR', r('no'))} yes", r("yes"))
    link = f'<w:hyperlink r:id="x">{r("a link")}</w:hyperlink>'
    citation = field("ADDIN ZOTERO_ITEM {&quot;x&quot;:1}", r("(Lee, 2020)"))
    simple = f'<w:fldSimple w:instr="SEQ Figure">{r("3")}</w:fldSimple>'
    assert read(p("Figure ", simple, ": ", nested, " ", link, " ", citation)) == "Figure 3: yes a link (Lee, 2020)\n"


def test_a_field_that_never_ends_does_not_swallow_the_text() -> None:
    assert read(p("a", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "lost"), p("Kept")) == "a\n\nKept\n"


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('Figure 1: In a box')}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(p("Words", drawing, " go on")) == "Words go on\n\nFigure 1: In a box\n"
    only = drawing.replace(
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>', ""
    )
    assert read(p("Words", only)) == "Words\n\nFigure 1: In a box\n"


def m(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def x(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (x("a+b"), "a+b"),
        (f"<m:f><m:num>{x('a')}</m:num><m:den>{x('b')}</m:den></m:f>", r"\frac{a}{b}"),
        (f'<m:f><m:fPr><m:type m:val="lin"/></m:fPr><m:num>{x("a")}</m:num><m:den>{x("b")}</m:den></m:f>', "a/b"),
        (f"<m:sSup><m:e>{x('x')}</m:e><m:sup>{x('2')}</m:sup></m:sSup>", "x^{2}"),
        (f"<m:sSub><m:e>{x('a+b')}</m:e><m:sub>{x('i')}</m:sub></m:sSub>", "{a+b}_{i}"),
        (f"<m:sSubSup><m:e>{x('x')}</m:e><m:sub>{x('i')}</m:sub><m:sup>{x('n')}</m:sup></m:sSubSup>", "x_{i}^{n}"),
        (f"<m:sPre><m:sub>{x('1')}</m:sub><m:sup>{x('2')}</m:sup><m:e>{x('H')}</m:e></m:sPre>", "{}_{1}^{2}H"),
        (f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{x("x")}</m:e></m:rad>', r"\sqrt{x}"),
        (f"<m:rad><m:deg>{x('3')}</m:deg><m:e>{x('x')}</m:e></m:rad>", r"\sqrt[3]{x}"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{x("i=1")}</m:sub><m:sup>{x("n")}</m:sup><m:e>{x("i")}</m:e></m:nary>',
            r"\sum_{i=1}^{n} i",
        ),
        (f"<m:nary><m:sub/><m:sup/><m:e>{x('f')}</m:e></m:nary>", r"\int f"),
        (f"<m:d><m:e>{x('a')}</m:e><m:e>{x('b')}</m:e></m:d>", r"\left(a|b\right)"),
        (
            f'<m:d><m:dPr><m:begChr m:val="{{"/><m:endChr m:val=""/></m:dPr><m:e><m:eqArr><m:e>{x("1,")}</m:e><m:e>{x("0")}</m:e></m:eqArr></m:e></m:d>',
            r"\begin{cases}1, \\ 0\end{cases}",
        ),
        (f"<m:func><m:fName>{x('sin')}</m:fName><m:e>{x('x')}</m:e></m:func>", r"\sin x"),
        (f"<m:func><m:fName>{x('softmax')}</m:fName><m:e>{x('x')}</m:e></m:func>", r"\operatorname{softmax} x"),
        (
            f"<m:func><m:fName><m:limLow><m:e>{x('max')}</m:e><m:lim>{x('θ')}</m:lim></m:limLow></m:fName><m:e>{x('L')}</m:e></m:func>",
            r"\max_{θ} L",
        ),
        (f"<m:m><m:mr><m:e>{x('a')}</m:e><m:e>{x('b')}</m:e></m:mr></m:m>", r"\begin{matrix}a & b\end{matrix}"),
        (f"<m:acc><m:e>{x('y')}</m:e></m:acc>", r"\hat{y}"),
        (f'<m:bar><m:barPr><m:pos m:val="top"/></m:barPr><m:e>{x("y")}</m:e></m:bar>', r"\overline{y}"),
        ("<m:r><m:rPr><m:nor/></m:rPr><m:t>if so</m:t></m:r>", r"\text{if so}"),
        (x("\U0001d465") + x("$5%_"), r"x\$5\%\_"),
        ("", ""),
    ],
)
def test_formulas_become_tex(inner: str, expected: str) -> None:
    assert tex(etree.fromstring(f"<m:oMath {NS}>{inner}</m:oMath>")) == expected


def test_formulas_stand_in_their_sentence_or_alone() -> None:
    text = read(p("Let ", m(x("x")), " be."), p(f"<m:oMathPara>{m(x('a'))}{m(x('b'))}</m:oMathPara>"), p(m(""), "y"))
    assert text == "Let $x$ be.\n\n$a \\quad b$\n\ny\n"


def test_tables_have_their_merged_cells_nested_tables_and_lists() -> None:
    wide, begins, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    inner = tbl([tc("i"), tc("j")], [tc("k"), tc("l|m")])
    text = read(
        tbl(
            [tc("Model", look=begins), tc("Score", look=wide)],
            [tc("", look=goes_on), tc("dev"), tc("test")],
            [tc("Base"), tc(p("one"), p("two")), tc(inner, p(""))],
        ),
    )
    assert text == ("| Model | Score dev | Score test |\n|---|---|---|\n| Base | one two | i, j; k, l\\|m |\n")


def test_a_frame_around_text_is_no_table() -> None:
    assert read(tbl([tc(p("Method", style="1"), p("Words."))])) == "## Method\n\nWords.\n"
    assert read(tbl([tc("left"), tc("right")]), p("x")) == "left\n\nright\n\nx\n"
    banners = [tbl([tc(mark), tc(words)]) for mark, words in (("Ⅰ", "서론"), ("1", "연구 배경"), ("Ⅱ", "결론"))]
    assert outline(read(*banners))[1] == [(2, "Ⅰ 서론"), (3, "Ⅰ 서론 > 1 연구 배경"), (2, "Ⅱ 결론")]


def test_a_row_may_begin_further_right() -> None:
    later = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("c")}</w:tr>'
    assert read(f"<w:tbl><w:tr>{tc('a')}{tc('b')}</w:tr>{later}</w:tbl>") == "| a | b |\n|---|---|\n|  | c |\n"


def test_an_absurd_span_costs_nothing() -> None:
    assert read(tbl([tc("a", look='<w:gridSpan w:val="999999999"/>'), tc("b")], [tc("c"), tc("d")])).count("|") < 800


def test_what_stands_inside_a_line_is_read() -> None:
    text = read(
        p(
            "tab<w:x/>".split("<")[0],
            "<w:r><w:tab/></w:r>",
            "stop",
            "<w:r><w:br/></w:r>",
            "soft",
            "<w:r><w:noBreakHyphen/></w:r>",
            "break",
        ),
        p("10", r("-3", '<w:vertAlign w:val="superscript"/>'), " m", r("2", '<w:vertAlign w:val="superscript"/>')),
        p("x", r("max", '<w:vertAlign w:val="subscript"/>'), ", word", r("12", '<w:vertAlign w:val="superscript"/>')),
        p(
            '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>',
            " &lt; ",
            '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
            "1",
        ),
        p(f"<w:ruby><w:rt>{r('모델')}</w:rt><w:rubyBase>{r('模型')}</w:rubyBase></w:ruby>"),
        p(
            f"<w:smartTag>{r('smart')}</w:smartTag>",
            f"<w:sdt><w:sdtPr/><w:sdtContent>{r(' control')}</w:sdtContent></w:sdt>",
        ),
        p("T", look='<w:framePr w:dropCap="drop"/>'),
        p("he end"),
        p('<w:r><w:br w:type="page"/></w:r>'),
    )
    assert text == ("tab stop soft-break\n\n10^-3 m^2\n\nx_max, word12\n\nα < 1\n\n模型\n\nsmart control\n\nThe end\n")


def test_what_looks_like_markdown_is_escaped() -> None:
    lines = [
        "# no heading",
        "- no item",
        "1) no item",
        "| no table",
        "&gt; no quote",
        "---",
        "&lt;div&gt; no tag",
        "```",
    ]
    text = read(*(p(line) for line in lines))
    assert outline(text)[1] == [(0, "")]
    assert text.split("\n\n") == [
        "\\# no heading", "\\- no item", "1\\) no item", "\\| no table", "\\> no quote", "\\---", "\\<div> no tag", "\\```\n",
    ]  # fmt: skip


def test_code_is_fenced_with_its_margins() -> None:
    text = read(p("def f():<x/>".split("<")[0], style="Code"), p("    return `1`", style="Code"), p("Done."))
    assert text == "```\ndef f():\n    return `1`\n```\n\nDone.\n"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("heading 1", 2), ("Heading 1", 2), ("제목 1", 2), ("개요 1", 2), ("Head1", 2), ("MDPI_2.1_heading1", 2), ("Überschrift 1", 2),
        ("장제목", 2), ("HeadA", 2), ("A Head", 2), ("ChapterTitle", 2), ("Headache", 0), ("Normal", 0), ("List Paragraph", 0), ("Table Heading", 0),
    ],
)  # fmt: skip
def test_headings_are_told_by_the_names_of_styles(name: str, level: int) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="x"><w:name w:val="{name}"/></w:style>'
    assert outline(read(p("Before."), p("Play", style="x"), p("After."), styles=styles))[1][-1][0] == level


def test_headings_are_told_by_what_a_style_is_based_on_and_by_outline_levels() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="Mine"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="out"><w:name w:val="Out"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="L"/><w:basedOn w:val="loop"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="TOC Heading"/><w:basedOn w:val="1"/></w:style>'
    )
    text = read(
        p("Contents", style="toc"),
        p("One", style="mine"),
        p("Two", style="out"),
        p("Three", look='<w:outlineLvl w:val="2"/>'),
        p("None", style="mine", look='<w:outlineLvl w:val="9"/>'),
        p("Loop", style="loop"),
        p("Four", style="mine"),
        styles=styles,
    )
    assert text == "## One\n\n### Two\n\n#### Three\n\nNone\n\nLoop\n\n## Four\n"


def test_headings_are_told_by_the_styles_that_the_table_of_contents_lists() -> None:
    names = {"n": "ChapterNumber", "t": "ChapterTitle", "a": "Alpha", "b": "Beta", "f": "Figures", "c": "CodeWide"}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in names.items()
    )
    contents = ' TOC \\h \\z </w:instrText></w:r><w:r><w:instrText>\\t "Alpha,1,Beta,2" '
    reading = word.read(
        made(
            p(field(contents, r("One"))),
            p(field(' TOC \\t "Figures,1" \\c "Figure" ', r("Plot"))),
            *(p(r("17", LARGE), style="n"), p("Play and Work", style="t"), p("Words follow.")),
            *(p("One", style="a"), p("x = 1", style="c"), p("Two", style="b"), p("Plot", style="f")),
            styles=styles,
        ),
        "a.docx",
    )
    assert reading.title == "Play and Work"
    assert reading.text == "# Play and Work\n\nWords follow.\n\n## One\n\n```\nx = 1\n```\n\n### Two\n\nPlot\n"


def test_chapters_have_their_numbers_and_stand_above_all_headings() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in {"t": "Chapter Title", "a": "Head A"}.items()
    )
    chapters = [("3", "Play", "Rules"), ("Chapter IV", "Work", "Hours")]
    text = read(
        *(q for n, t, h in chapters for q in (p(n), p(t, style="t"), p(h, style="a"), p("Words."))), styles=styles
    )
    assert text == "## 3 Play\n\n### Rules\n\nWords.\n\n## Chapter IV Work\n\n### Hours\n\nWords.\n"


def test_a_whole_paragraph_in_a_headings_style_is_a_paragraph() -> None:
    long = "This was set in the style of a heading by mistake, though it is a sentence, and a long one at that."
    assert read(p("Method", style="1"), p(long, style="2"), p("  ", style="1")) == f"## Method\n\n{long}\n"


def test_levels_that_are_left_out_make_no_gap() -> None:
    text = read(p("Play", style="T"), p("Deep", style="2"), p("Deeper", style="3"), p("Deep again", style="2"), p("x"))
    assert outline(text) == ("Play", [(2, "Deep"), (3, "Deep > Deeper"), (2, "Deep again")])


LARGE = '<w:sz w:val="36"/>'


@pytest.mark.parametrize(
    ("blocks", "core", "title"),
    [
        ([p("Learning", style="T"), p("by Play", style="T"), p("x")], "<dc:title>Other</dc:title>", "Learning by Play"),
        ([p("Play", style="1"), p("Ada Lee"), p("Method", style="2"), p("x")], "", "Play"),
        ([p("Introduction", style="1"), p("x"), p("Data", style="2"), p("x")], "", None),
        ([p("1. Play", style="1"), p("x"), p("Data", style="2"), p("x")], "", None),
        ([p("Journal"), p(r("Play", LARGE)), p(r("and Work", LARGE)), p("Words. " * 20)], "", "Play and Work"),
        ([p("Play"), p("Words. " * 20)], "<dc:title>Play</dc:title>", "Play"),
        ([p("Words.")], "<dc:title>Play</dc:title>", "Play"),
        ([p("Words.")], "<dc:title>Microsoft Word - draft.doc</dc:title>", None),
        ([p("Words.")], "<dc:title>제목 없음</dc:title>", None),
        ([p("Words.")], "<dc:title>.</dc:title>", None),
        ([p("Words."), p("More.")], "", None),
    ],
)
def test_the_title_is_found(blocks: list[str], core: str, title: str | None) -> None:
    reading = word.read(made(*blocks, core=core), "a.docx")
    assert (reading.title, outline(reading.text)[0]) == (title, title)
    assert reading.text.count(f"{title}\n") <= 1


@pytest.mark.parametrize(
    ("blocks", "heads"),
    [
        (
            [p("We play.", style="Abs"), p("And work.", style="Abs"), p("Method", style="1"), p("x")],
            ["Abstract", "Method"],
        ),
        ([p("우리는 놀았다.", style="Abs"), p("방법", style="1"), p("x")], ["초록", "방법"]),
        ([p("Abstract—We play."), p("Method", style="1"), p("x")], ["Abstract", "Method"]),
        ([p("요 약 : 우리는 놀았다."), p("방법", style="1"), p("x")], ["요약", "방법"]),
        (
            [p("Abstract", style="1"), p("We play.", style="Abs"), p("Method", style="1"), p("x")],
            ["Abstract", "Method"],
        ),
        ([p("Method", style="1"), p("Summary: it works.")], ["Method"]),
        ([p("Summary statistics follow."), p("Method", style="1"), p("x")], ["", "Method"]),
    ],
)
def test_the_abstract_has_a_heading(blocks: list[str], heads: list[str]) -> None:
    assert [path for _, path in outline(read(*blocks))[1]] == heads


def test_references_are_one_paragraph_each_and_lists_go_on_after_them() -> None:
    lists = numbering(("decimal", "[%1]"))
    text = read(
        *(p("References", style="1"), p("A. Lee.", num=(1, 0)), p("J. Kim.", num=(1, 0))),
        *(p("Appendix", style="1"), p("An item", num=(1, 0))),
        numbering=lists,
    )
    assert text == "## References\n\n[1] A. Lee.\n\n[2] J. Kim.\n\n## Appendix\n\n- [3] An item\n"


def test_authors_are_those_of_their_style_else_of_the_properties() -> None:
    core = "<dc:creator>Ada Lee; Microsoft Office User</dc:creator><dcterms:created>2021-03-04T00:00:00Z</dcterms:created><dc:language>ko-KR</dc:language>"
    reading = word.read(made(p("Play", style="T"), p("Words."), core=core), "a.docx")
    assert (reading.authors, reading.year, reading.language) == (("Ada Lee",), 2021, "ko")
    styled = word.read(
        made(p("Play", style="T"), p("김지윤¹, 이도현²*", style="A"), p("¹한국대학교", style="A"), core=core), "a.docx"
    )
    assert styled.authors == ("김지윤", "이도현")


def test_names_and_years_are_told_from_what_programs_write() -> None:
    assert people(["Jiyoon Kim1, Ada B. Lee* and Jo van Dyk", "Dept. of Play, Example University", "a@b.c"]) == (
        "Jiyoon Kim", "Ada B. Lee", "Jo van Dyk",
    )  # fmt: skip
    assert creators("Kim, Jiyoon; user;a@b.c") == ("Kim, Jiyoon",)
    assert (year_of("2023-05-01T00:00:00Z"), year_of("2022년 11월"), year_of("1601-01-01"), year_of("")) == (
        2023,
        2022,
        None,
        None,
    )


def changed(data: bytes, change: dict[str, tuple[str, str]]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name, (old, new) in change.items():
        before = files[name]
        assert isinstance(before, bytes) and old.encode() in before
        files[name] = before.replace(old.encode(), new.encode())
    return pack(files)


def test_files_that_other_programs_write_are_read() -> None:
    usual = english_paper()
    expected = word.read(usual, "a.docx").text
    strict = "http://purl.oclc.org/ooxml/"
    transitional = {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": strict + "officeDocument/relationships",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": strict + "wordprocessingml/main",
    }
    with zipfile.ZipFile(io.BytesIO(usual)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name, content in files.items():
        for old, new in transitional.items():
            content = content.replace(old.encode(), new.encode()) if isinstance(content, bytes) else content
        files[name] = content
    broken = '<Relationship Id="rId99" Type="http://x/image" Target="NULL"/></Relationships>'
    variants = {
        "strict": pack(files),
        "a picture that is not there": changed(usual, {"word/_rels/document.xml.rels": ("</Relationships>", broken)}),
        "macros": changed(
            usual,
            {
                "[Content_Types].xml": (
                    "openxmlformats-officedocument.wordprocessingml.document.main",
                    "ms-word.document.macroEnabled.main",
                )
            },
        ),
    }
    for name, data in variants.items():
        assert kind_of(data, ".docx") == "word", name
        assert word.read(data, "a.docx").text == expected, name


def test_a_document_part_of_any_name_and_encoding_is_found() -> None:
    body = f'<?xml version="1.0" encoding="UTF-16"?><w:document {NS}><w:body>{p("다른 이름", note(2))}</w:body></w:document>'
    target = f'<Relationships><Relationship Id="r" Type="{RELATION}%s" Target="%s"/></Relationships>'
    data = pack(
        {
            "_rels/.rels": target % ("officeDocument", "/Word/Document2.xml"),
            "Word/document2.xml": body.encode("utf-16"),
            "Word/_rels/document2.xml.rels": target % ("footnotes", "notes/own.xml"),
            "Word/notes/own.xml": f"<w:footnotes {NS}>{FOOTNOTES}</w:footnotes>",
        }
    )
    assert word.read(data, "a.docx").text == "다른 이름[^1]\n\n[^1]: First note.\n"


ENTITIES = ['<!ENTITY a0 "ha">', *('<!ENTITY a{} "{}">'.format(at, f"&a{at - 1};" * 9) for at in range(1, 9))]
LAUGHS = f"<!DOCTYPE x [{''.join(ENTITIES)}]>"


@pytest.mark.parametrize(
    ("prolog", "inner"),
    [
        (LAUGHS, "&a8;"),
        ('<?xml version="1.0"?>\n<!-- a --> ' + LAUGHS, "x"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">', "x"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_documents_types_and_entities_are_refused(prolog: str, inner: str, part: str, encoding: str) -> None:
    with zipfile.ZipFile(io.BytesIO(made(p("x")))) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    content = files[part]
    assert isinstance(content, bytes)
    files[part] = (prolog + content.decode().replace('<w:t xml:space="preserve">x', f"<w:t>{inner}")).encode(encoding)
    with pytest.raises(
        InputError, match=rf"^a\.docx: {re.escape(part)}: has a document type declaration, .*do not trust"
    ):
        word.read(pack(files), "a.docx")


def nested(depth: int) -> str:
    return p("x") if depth == 0 else tbl([tc(nested(depth - 1)), tc("y")], [tc("a"), tc("b")])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no zip", "is no archive"),
        (made(p("x"))[:300], "damaged or cut short"),
        (pack({"[Content_Types].xml": "<x/>"}), "has no document in it; expected a DOCX file"),
        (pack({"word/document.xml": f"<w:document {NS}/>"}), "has no document in it"),
        (pack({"word/document.xml": f"<w:document {NS}><w:body>"}), r"word/document\.xml: is not well-formed"),
        (pack({"word/document.xml": b"\xff\xff<x/>"}), r"word/document\.xml: is not in UTF-8"),
        (pack({"word/document.xml": "<a>" * 400 + "</a>" * 400}), "is not well-formed .*depth"),
        (
            made(p(" "), tbl([tc(""), tc("")], [tc(""), tc("")])),
            "the document has no text; if it holds pictures of pages",
        ),
        (pack({"word/document.xml": "x", "../evil": "x"}), "points outside the archive"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        word.read(data, "a.docx")
    assert str(caught.value).startswith("a.docx: ")


def test_deep_nesting_is_read_or_refused() -> None:
    assert read(nested(5)).startswith("| x, y; a, b")
    try:
        assert "x" in read(nested(60))
    except InputError as error:
        assert "nested too deeply" in str(error)


def test_a_bomb_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MAX_XML_BYTES", 1_000_000)
    data = pack({"word/document.xml": b"<x>" + b" " * 2_000_000 + b"</x>"})
    assert len(data) < 5_000
    with pytest.raises(InputError, match="unpacks to more than 1,000,000 bytes"):
        word.read(data, "a.docx")
    monkeypatch.setattr(parts, "MAX_TAGS", 100)
    with pytest.raises(InputError, match=r"word/document\.xml: has more than 100 tags; divide the document"):
        word.read(made("<w:p/>" * 101), "a.docx")


@pytest.mark.parametrize("seed", range(6))
def test_mutated_files_are_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(english_paper())) as archive:
        large = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    rich = made(
        p("x", note(2), field("TOC", r("y")), m(x("a")), num=(1, 1)),
        tbl([tc("a", look="<w:vMerge/>"), tc("b")], [tc("c"), tc("d")]),
        footnotes=FOOTNOTES,
        numbering=numbering(("ganada", "%1."), ("decimal", "%1.%2")),
    )
    with zipfile.ZipFile(io.BytesIO(rich)) as archive:
        small = {name: archive.read(name) for name in archive.namelist()}
    tokens = (
        b"w:val=",
        b'"1"',
        b'"-1"',
        b'"99999999"',
        b"<w:p>",
        b"</w:p>",
        b"<w:tbl>",
        b"w:num",
        b"&amp;",
        b"\xff",
        b"",
    )
    was_read = 0
    for round_ in range(35):
        files: dict[str, str | bytes] = dict(small if round_ % 5 else large)
        name = rng.choice([key for key in files if "theme" not in key])
        content = bytearray(bytes(files[name]))  # type: ignore[arg-type]
        for _ in range(rng.choice((1, 1, 2, 8))):
            at = rng.randrange(len(content))
            if rng.random() < 0.5:  # another value in a place that keeps the file well-formed more often
                ends = [found.end() for found in re.finditer(rb'="', content)] or [at]
                at = rng.choice(ends)
                content[at : at + rng.randrange(3)] = rng.choice((b"0", b"7", b"-5", b"x", b"999999999", b"decimal"))
            else:
                content[at : at + rng.randrange(4)] = rng.choice(tokens)
        files[name] = bytes(content)
        try:
            reading = word.read(pack(files), "m.docx")
            assert reading.text.endswith("\n")
            was_read += 1
        except InputError as error:
            assert str(error).startswith("m.docx: ")
    assert 5 < was_read < 35
