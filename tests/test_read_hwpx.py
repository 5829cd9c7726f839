"""HWPX files as text, zipped here from XML as Hangul writes it: outlines, tables, notes, formulas, what is dropped."""

import io
import random
import re
import zipfile

import pytest

from index.errors import InputError
from index.outline import outline_markdown
from index.readers import hwpx
from index.readers.office.hwp_equation import tex
from index.readers.reading import Reading
from index.readers.recognise import kind_of

NS = " ".join(
    f'xmlns:{prefix}="http://www.hancom.co.kr/hwpml/2011/{name}"'
    for prefix, name in (("hp", "paragraph"), ("hs", "section"), ("hh", "head"), ("hc", "core"))
)
# Characters: 0 plain, 1 bold, 2 bold and large, 3 white, 4 tiny, 5 raised, 6 white on black, 7 lowered
FACES = (
    ("1000", "#000000", "none", ""),
    ("1000", "#000000", "none", "<hh:bold/>"),
    ("1800", "#000000", "none", "<hh:bold/>"),
    ("1000", "#FFFFFF", "none", ""),
    ("100", "#000000", "none", ""),
    ("1000", "#000000", "none", "<hh:supscript/>"),
    ("1000", "#FFFFFF", "#000000", ""),
    ("1000", "#000000", "none", "<hh:subscript/>"),
)
# Paragraphs: 0 plain, 1 to 3 and 8 of an outline, 4 and 5 numbered, 6 with a bullet, 7 on a coloured ground
SHAPES = (
    *(("NONE", 0, 0), ("OUTLINE", 0, 0), ("OUTLINE", 0, 1), ("OUTLINE", 0, 2), ("NUMBER", 2, 0), ("NUMBER", 2, 1)),
    *(("BULLET", 1, 0), ("NONE", 0, 0), ("OUTLINE", 0, 6)),
)
STYLES = ("바탕글", "개요 1", "개요 2", "제목", "저자", "차례 1", "초록", "캡션", "장제목")
HEADS = ("^1.", "DIGIT"), ("^2.", "HANGUL_SYLLABLE"), ("^3)", "DIGIT"), ("^4)", "HANGUL_SYLLABLE")
PATHS = ("^1.", "DIGIT"), ("^1.^2.", "DIGIT"), ("^1.^2.^3.", "DIGIT")


def numbering(number_id: int, heads: tuple[tuple[str, str], ...]) -> str:
    inner = "".join(
        f'<hh:paraHead start="1" level="{at}" numFormat="{form}">{text}</hh:paraHead>'
        for at, (text, form) in enumerate(heads, start=1)
    )
    return f'<hh:numbering id="{number_id}" start="0">{inner}</hh:numbering>'


def header(outline: tuple[tuple[str, str], ...] = HEADS) -> str:
    faces = "".join(
        f'<hh:charPr id="{at}" height="{height}" textColor="{colour}" shadeColor="{shade}">{marks}</hh:charPr>'
        for at, (height, colour, shade, marks) in enumerate(FACES)
    )
    shapes = "".join(
        f'<hh:paraPr id="{at}"><hh:heading type="{kind}" idRef="{list_id}" level="{level}"/>'
        f'<hh:border borderFillIDRef="{2 if at == 7 else 1}"/></hh:paraPr>'
        for at, (kind, list_id, level) in enumerate(SHAPES)
    )
    styles = "".join(f'<hh:style id="{at}" type="PARA" name="{name}" engName=""/>' for at, name in enumerate(STYLES))
    fills = '<hh:borderFill id="1"/><hh:borderFill id="2"><hc:fillBrush><hc:winBrush faceColor="#1F3864"/></hc:fillBrush></hh:borderFill>'
    return f"<hh:head {NS}><hh:refList>{fills}{faces}{numbering(1, outline)}{numbering(2, PATHS)}{shapes}{styles}</hh:refList></hh:head>"


def t(text: str, face: int = 0) -> str:
    return f'<hp:run charPrIDRef="{face}"><hp:t>{text}</hp:t></hp:run>'


def run(inner: str) -> str:
    return f'<hp:run charPrIDRef="0">{inner}</hp:run>'


def ctrl(inner: str) -> str:
    return run(f"<hp:ctrl>{inner}</hp:ctrl>")


def p(*runs: str, shape: int = 0, style: str = "바탕글", face: int = 0) -> str:
    inner = "".join(at if at.startswith("<hp:run") else t(at, face) for at in runs)
    lines = '<hp:linesegarray><hp:lineseg textpos="0" vertpos="0"/></hp:linesegarray>'
    return f'<hp:p id="0" paraPrIDRef="{shape}" styleIDRef="{STYLES.index(style)}">{inner}{lines}</hp:p>'


def sub(*blocks: str) -> str:
    return f"<hp:subList>{''.join(at if at.startswith('<hp:p') else p(at) for at in blocks)}</hp:subList>"


def tc(*blocks: str, columns: int = 1, rows: int = 1, heads: bool = False) -> str:
    span = f'<hp:cellAddr colAddr="0" rowAddr="0"/><hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/>'
    return f'<hp:tc header="{int(heads)}">{sub(*blocks)}{span}</hp:tc>'


def tbl(*rows: list[str], caption: str = "", side: str = "BOTTOM") -> str:
    above = f'<hp:caption side="{side}">{sub(caption)}</hp:caption>' if caption else ""
    return run(f"<hp:tbl>{above}{''.join('<hp:tr>' + ''.join(row) + '</hp:tr>' for row in rows)}</hp:tbl>")


def note(text: str, kind: str = "footNote", number: int = 0) -> str:
    own = f' number="{number}"' if number else ""
    mark = f'<hp:ctrl><hp:autoNum num="1" numType="{kind.upper()}"><hp:autoNumFormat type="DIGIT" suffixChar=")"/></hp:autoNum></hp:ctrl>'
    return ctrl(f"<hp:{kind}{own}>{sub(p(run(mark), t(text)))}</hp:{kind}>")


def section(*blocks: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hs:sec {NS}>{''.join(blocks)}</hs:sec>"


CONTENT = (
    '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:metadata>%s</opf:metadata><opf:manifest>'
    '<opf:item id="header" href="Contents/header.xml"/>%s</opf:manifest><opf:spine><opf:itemref idref="header"/>%s</opf:spine></opf:package>'
)


def pack(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def files_of(*sections: str, meta: str = "", head: str = "") -> dict[str, str | bytes]:
    names = [f"section{at}" for at in range(len(sections))]
    items = "".join(f'<opf:item id="{name}" href="Contents/{name}.xml"/>' for name in names)
    spine = "".join(f'<opf:itemref idref="{name}"/>' for name in names)
    return {
        "mimetype": "application/hwp+zip",
        "META-INF/container.xml": '<c><rootfile full-path="Contents/content.hpf" media-type="application/hwpml-package+xml"/></c>',
        "META-INF/manifest.xml": '<odf:manifest xmlns:odf="urn:x"/>',
        "Contents/content.hpf": CONTENT % (meta, items, spine),
        "Contents/header.xml": head or header(),
        **{f"Contents/{name}.xml": content for name, content in zip(names, sections, strict=True)},
        "Preview/PrvText.txt": "A preview",
    }


def made(*blocks: str, meta: str = "", head: str = "") -> bytes:
    return pack(files_of(section(*blocks), meta=meta, head=head))


def read(*blocks: str, head: str = "") -> str:
    return hwpx.read(made(*blocks, head=head), "a.hwpx").text


def outline(text: str) -> tuple[str | None, list[tuple[int, str]]]:
    title, sections = outline_markdown(text)
    return title, [(section.level, " > ".join(section.path)) for section in sections]


META = (
    "<opf:title>김지윤</opf:title><opf:language>ko</opf:language><opf:meta name='creator'>user</opf:meta>"
    "<opf:meta name='CreatedDate'>2004-11-16T08:29:58Z</opf:meta><opf:meta name='ModifiedDate'>2022-11-17T04:37:16Z</opf:meta>"
)


def korean_paper() -> bytes:
    first = run(
        '<hp:secPr outlineShapeIDRef="1"><hp:footNotePr><hp:autoNumFormat type="DIGIT"/></hp:footNotePr></hp:secPr>'
    )
    return made(
        p(first, t("놀이로 배우는", 2), style="제목"),
        p("언어 모형", style="제목", face=2),
        p("김지윤¹, 이도현²*", style="저자"),
        p("요 약 : 모형은 스스로 배울 수 있다. 그 방법을 보인다."),
        p("서론", shape=1, style="개요 1"),
        p("자료가 부족하다", note(" 자료의 뜻은 넓다.", number=1), "."),
        p("연구 배경", shape=2, style="개요 2"),
        p("첫째", shape=4),
        p("둘째", shape=4),
        p("자세히", shape=5),
        p("점", shape=6),
        p("방법", shape=1, style="개요 1"),
        p(
            tbl(
                [tc("모형", rows=2), tc("점수", columns=2)],
                [tc("개발"), tc("시험")],
                [tc("기준"), tc("0.5"), tc("0.6|0.7")],
                caption="표 1. 결과",
                side="TOP",
            )
        ),
        p(
            "식은 ",
            run(
                "<hp:equation><hp:shapeComment>수식입니다.</hp:shapeComment><hp:script>{a} over {b}</hp:script></hp:equation>"
            ),
            "이다.",
        ),
        p("참 고 문 헌", face=1),
        p("[1] 김지윤, 놀이, 2020."),
        meta=META,
    )


def test_a_korean_paper_made_in_hangul_is_read_whole() -> None:
    data = korean_paper()
    assert kind_of(data, ".hwpx") == "hwpx"
    reading = hwpx.read(data, "a.hwpx")
    assert reading == Reading(
        "# 놀이로 배우는 언어 모형\n\n김지윤¹, 이도현²*\n\n"
        "## 요약\n\n모형은 스스로 배울 수 있다. 그 방법을 보인다.\n\n"
        "## 1. 서론\n\n자료가 부족하다[^1].\n\n[^1]: 자료의 뜻은 넓다.\n\n"
        "### 가. 연구 배경\n\n1. 첫째\n2. 둘째\n    - 2.1. 자세히\n- 점\n\n"
        "## 2. 방법\n\n표 1. 결과\n\n"
        "| 모형 | 점수 개발 | 점수 시험 |\n|---|---|---|\n| 기준 | 0.5 | 0.6\\|0.7 |\n\n"
        "식은 $\\frac{a}{b}$이다.\n\n"
        "## 참고문헌\n\n[1] 김지윤, 놀이, 2020.\n",
        "놀이로 배우는 언어 모형",
        ("김지윤", "이도현"),
        2022,
    )
    assert outline(reading.text)[1] == [
        (0, ""),
        (2, "요약"),
        (2, "1. 서론"),
        (3, "1. 서론 > 가. 연구 배경"),
        (2, "2. 방법"),
        (2, "참고문헌"),
    ]


def test_typed_numbers_make_sections_where_no_outline_is_used() -> None:
    text = read(
        p("놀이로 배우기", face=2),
        p("한국대학교 김지윤"),
        p("Ⅰ. 서론", face=1),
        p("자료가 부족하다. " * 9),
        p("1. 연구 배경", face=1),
        p("가. 첫째 문제", face=1),
        p("1. 굵지 않은 항목"),
        p("Ⅱ. 방법", face=1),
        p("이것은 굵은 문장이다.", face=1),
        p("그림 1. 모형", face=1),
        p("참고문헌"),
        p("1. 김지윤, 놀이, 2020."),
    )
    assert outline(text) == (
        "놀이로 배우기",
        [
            (0, ""),
            (2, "Ⅰ. 서론"),
            (3, "Ⅰ. 서론 > 1. 연구 배경"),
            (4, "Ⅰ. 서론 > 1. 연구 배경 > 가. 첫째 문제"),
            (2, "Ⅱ. 방법"),
            (2, "참고문헌"),
        ],
    )
    assert text.endswith("## 참고문헌\n\n1\\. 김지윤, 놀이, 2020.\n")


@pytest.mark.parametrize(
    ("heads", "labels"),
    [
        (HEADS, ["1.", "가.", "1)", "나.", "2.", "가."]),
        (PATHS, ["1.", "1.1.", "1.1.1.", "1.2.", "2.", "2.1."]),
        (
            (("제^1장", "DIGIT"), ("제^2절", "DIGIT"), ("^n", "DIGIT")),
            ["제1장", "제1절", "1.1.1", "제2절", "제2장", "제1절"],
        ),
        (
            (("^1", "ROMAN_CAPITAL"), ("^N", "DIGIT"), ("(^3)", "LATIN_SMALL")),
            ["I", "I.1.", "(a)", "I.2.", "II", "II.1."],
        ),
        ((("", "DIGIT"), ("^9", "DIGIT"), ("^3", "CIRCLED_DIGIT")), ["", "", "①", "", "", ""]),
    ],
)
def test_outlines_have_the_numbers_that_hangul_shows(heads: tuple[tuple[str, str], ...], labels: list[str]) -> None:
    text = read(*(p("절", shape=at) for at in (1, 2, 3, 2, 1, 2)), p("끝"), head=header(heads))
    assert re.findall(r"^#+ (.*)$", text, re.MULTILINE) == [f"{label} 절".strip() for label in labels]


def test_a_section_may_change_the_numbering_of_headings() -> None:
    change = run('<hp:secPr outlineShapeIDRef="2"/>')
    data = pack(
        files_of(section(p("하나", shape=1), p("둘", shape=2)), section(p(change, "셋", shape=1), p("넷", shape=2)))
    )
    assert re.findall(r"^#+ (.*)$", hwpx.read(data, "a").text, re.MULTILINE) == [
        "1. 하나",
        "가. 둘",
        "1. 셋",
        "1.1. 넷",
    ]


def test_outlines_used_for_sentences_or_as_lists_are_no_headings() -> None:
    long = "이 문단은 개요로 만들었으나 제목이 아니라 한 문장이며 끝까지 읽어 보면 마침표로 끝나는 아주 긴 글이라서 문단으로 남아야 하는 것이 옳다고 본다."
    assert len(long) > 75
    text = read(
        p("서론", shape=1),
        p(long, shape=2),
        p("짧은 문장이다.", shape=2),
        p("깊은 항목", shape=8),
        p("", shape=1),
        p("결론", shape=1),
    )
    assert text == f"## 1. 서론\n\n가. {long}\n\n나. 짧은 문장이다.\n\n깊은 항목\n\n## 2. 결론\n"


def test_headings_are_told_by_the_names_of_styles_too() -> None:
    text = read(
        p("제1장 서론", style="장제목"),
        p("배경", style="개요 2"),
        p("차례의 줄", style="차례 1"),
        p("문장이다.", style="차례 1"),
        p("끝"),
    )
    assert text == "## 제1장 서론\n\n### 배경\n\n문장이다.\n\n끝\n"


def test_notes_stand_after_the_paragraph_that_calls_them() -> None:
    text = read(
        p("제목", note("붙은 주.", number=1), shape=1),
        p("하나", note("첫 주.", number=2), ", 둘", note("끝 주.", "endNote", number=1), "."),
        p(tbl([tc(p("가", note("셀의 주."))), tc("나")], [tc("다"), tc("라")])),
        p("항목", note("기다리는 주.", number=4), shape=6),
        p("항목", shape=6),
    )
    assert text == (
        "## 1. 제목\n\n[^1]: 붙은 주.\n\n하나[^2], 둘[^e1].\n\n[^2]: 첫 주.\n\n[^e1]: 끝 주.\n\n"
        "| 가[^3] | 나 |\n|---|---|\n| 다 | 라 |\n\n[^3]: 셀의 주.\n\n"
        "- 항목[^4]\n- 항목\n\n[^4]: 기다리는 주.\n"
    )


def test_tracked_deletions_are_dropped_and_insertions_kept() -> None:
    begin, end = '<hp:deleteBegin Id="1" TcId="7"/>', '<hp:deleteEnd Id="1" TcId="7" paraend="0"/>'
    inserted = '<hp:insertBegin Id="2" TcId="8"/>새로<hp:insertEnd Id="2" TcId="8"/>'
    assert read(p(f"앞 {begin}지운{end}{inserted} 뒤")) == "앞 새로 뒤\n"
    assert read(p(f"앞{begin}지운"), p("지운 줄"), p(f"지운{end} 뒤")) == "앞\n\n뒤\n"
    assert read(p(f"앞{begin} 남은"), p("뒤")) == "앞 남은\n\n뒤\n"  # a deletion without an end deletes nothing


@pytest.mark.parametrize(
    "inner",
    [
        f"<hp:hiddenComment>{sub('숨은 설명')}</hp:hiddenComment>",
        f"<hp:header>{sub('머리말')}</hp:header>",
        f"<hp:footer>{sub('꼬리말')}</hp:footer>",
        f'<hp:fieldBegin id="1" type="MEMO"><hp:parameters><hp:stringParam>메모</hp:stringParam></hp:parameters>{sub("메모")}</hp:fieldBegin>',
        "<hp:indexmark><hp:firstKey>색인</hp:firstKey></hp:indexmark>",
        '<hp:autoNum num="3" numType="PAGE"><hp:autoNumFormat type="DIGIT"/></hp:autoNum>',
        '<hp:pageNum pos="BOTTOM_CENTER"/><hp:bookmark name="x"/><hp:newNum num="1" numType="PAGE"/>',
    ],
)
def test_what_is_not_in_the_text_is_dropped(inner: str) -> None:
    assert read(p("본문", ctrl(inner), "이다.")) == "본문이다.\n"


def test_a_table_of_contents_is_dropped_and_other_fields_keep_their_words() -> None:
    begin = ctrl('<hp:fieldBegin id="5" type="TABLEOFCONTENTS"><hp:parameters/></hp:fieldBegin>')
    link = ctrl(
        '<hp:fieldBegin id="6" type="HYPERLINK"><hp:parameters><hp:stringParam>http://x</hp:stringParam></hp:parameters></hp:fieldBegin>'
    )
    ends = {at: ctrl(f'<hp:fieldEnd beginIDRef="{at}"/>') for at in (5, 6)}
    text = read(
        p(begin, "차례"), p(link, "1. 서론<hp:tab/>1", ends[6]), p(ends[5], "뒤"), p(link, "고리", ends[6], " 글")
    )
    assert text == "뒤\n\n고리 글\n"
    assert read(p(begin, "끝이 없는 차례"), p("본문")) == "끝이 없는 차례\n\n본문\n"


def test_text_that_nobody_sees_is_dropped_but_not_on_a_coloured_ground() -> None:
    assert read(p("보임", t(" 흰 글", 3), t(" 작은 글", 4), t(" 바탕", 6))) == "보임 바탕\n"
    assert read(p(t("흰 글", 3), shape=7)) == "흰 글\n"
    assert read(p(tbl([tc(p("머리", face=3)), tc("나")], [tc("다"), tc("라")]))).startswith("| 머리 | 나 |")


def test_tables_have_their_spans_captions_and_nested_tables() -> None:
    inner = p(tbl([tc("i"), tc("j")], [tc("k"), tc("l")]))
    text = read(
        p(
            "앞",
            tbl([tc("가", heads=True), tc("나", heads=True)], [tc("다", "라"), tc(inner)], caption="표 2. 둘"),
            "뒤",
        )
    )
    assert text == "앞뒤\n\n| 가 | 나 |\n|---|---|\n| 다 라 | i, j; k, l |\n\n표 2. 둘\n"
    bare = tbl([tc("가"), tc("나")], [tc("다"), tc("라")]).replace("<hp:subList>", "").replace("</hp:subList>", "")
    assert read(p(bare)) == "| 가 | 나 |\n|---|---|\n| 다 | 라 |\n"
    assert read(p(tbl([tc("a", rows=99, columns=9_999_999), tc("b")], [tc("c")]))).count("|") < 800


def test_a_frame_around_text_is_no_table() -> None:
    assert read(p(tbl([tc(p("방법", shape=1), p("본문."))]))) == "## 1. 방법\n\n본문.\n"
    banners = [
        p(tbl([tc(mark), tc(" "), tc(words)])) for mark, words in (("Ⅰ", "서론"), ("1", "연구 배경"), ("Ⅱ", "결론"))
    ]
    assert outline(read(*banners))[1] == [(2, "Ⅰ 서론"), (3, "Ⅰ 서론 > 1 연구 배경"), (2, "Ⅱ 결론")]


def test_shapes_and_pictures_give_their_text_and_captions() -> None:
    number = ctrl('<hp:autoNum num="2" numType="PICTURE"><hp:autoNumFormat type="DIGIT" suffixChar="."/></hp:autoNum>')
    caption = f'<hp:caption side="BOTTOM">{sub(p("그림 ", number, " 모형"))}</hp:caption>'
    picture = run(f"<hp:pic><hp:shapeComment>그림입니다.</hp:shapeComment>{caption}</hp:pic>")
    box = f"<hp:rect><hp:drawText>{sub('상자 안')}</hp:drawText></hp:rect>"
    text = read(
        p("본문", picture),
        p(run(f"<hp:container>{box}{box.replace('상자', '둘째 상자')}</hp:container>")),
        p(run('<hp:textart text="글맵시"/>')),
        p(run(f"<hp:switch><hp:case>{box}</hp:case><hp:default><hp:t>대신</hp:t></hp:default></hp:switch>")),
        p(
            run(
                '<hp:compose composeText="AO"/><hp:dutmal><hp:mainText>본말</hp:mainText><hp:subText>덧말</hp:subText></hp:dutmal>'
            )
        ),
    )
    assert text == "본문\n\n그림 2. 모형\n\n상자 안\n\n둘째 상자 안\n\n글맵시\n\n대신\n\nAO본말\n"


def test_what_stands_inside_a_line_is_read() -> None:
    text = read(
        p("탭<hp:tab/>빈<hp:nbSpace/>칸<hp:fwSpace/>줄<hp:lineBreak/>바꿈<hp:hyphen/>끝"),
        p('<hp:markpenBegin color="#FF0"/>형광<hp:markpenEnd/><hp:titleMark ignore="1"/>펜'),
        p("10", t("-3", 5), " m", t("2", 5), ", x", t("max", 7), ", 낱말", t("1", 5)),
        p("# 제목 아님"),
        p("- 항목 아님"),
    )
    assert text == "탭 빈 칸 줄 바꿈-끝\n\n형광펜\n\n10^-3 m^2, x_max, 낱말1\n\n\\# 제목 아님\n\n\\- 항목 아님\n"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("{a} over {b}", r"\frac{a}{b}"),
        ("a over b", r"\frac{a}{b}"),
        ("x = {-b +- sqrt {b^2 -4ac}} over {2a}", r"x=\frac{-b\pm\sqrt{b^{2}-4ac}}{2a}"),
        ("sum from {i=1} to n x_i^2", r"\sum_{i=1}^{n}x_{i}^{2}"),
        ("SUM _{34} ^{12}", r"\sum_{34}^{12}"),
        ("int _0 ^1 f(x)dx", r"\int_{0}^{1}f(x)dx"),
        ("root 3 of {x+1}", r"\sqrt[3]{x+1}"),
        ("left ( {a} over {b} right )", r"\left(\frac{a}{b}\right)"),
        ("LEFT { a RIGHT .", r"\left\{a\right."),
        ("matrix{a & b # c & d}", r"\begin{matrix}a & b \\ c & d\end{matrix}"),
        ("cases{x & (x GEQ 0) # -x & (x<0)}", r"\begin{cases}x & (x\geq0) \\ -x & (x<0)\end{cases}"),
        ("alpha GAMMA BETA Theta", r"\alpha\Gamma\mathrm{B}\Theta"),
        ("hat y cdot bold{x} -> inf", r"\hat{y}\cdot\mathbf{x}\to\infty"),
        ("lim _{x -> 0} {sin x} over x", r"\lim_{x\to0}\frac{\sin x}{x}"),
        ('"if" ~ x != y', r"\text{if}\ x\ne y"),
        ("a in A cup B", r"a\in A\cup B"),
        ("{a+b} over {c over d} ^2", r"\frac{a+b}{{\frac{c}{d}}^{2}}"),
        ("unknown word", "unknown word"),
        ("$5%", r"\$5\%"),
        ("{", "{}"),
        ("over", r"\frac{}{}"),
        ("^", "{}^{}"),
        ("", ""),
    ],
)
def test_formulas_become_tex(script: str, expected: str) -> None:
    assert tex(script) == expected


def test_a_formula_too_deep_or_too_long_stays_as_it_is() -> None:
    assert tex("sqrt " * 900 + "x") == ("sqrt " * 900 + "x")
    assert tex("{" * 3_000) == "{" * 3_000
    assert tex("x over " * 2_000) == ("x over " * 2_000).strip()


def test_the_title_is_the_texts_and_never_what_hangul_filled_in() -> None:
    filled = "<opf:title>놀이로 배우기</opf:title>"
    assert hwpx.read(made(p("놀이로 배우기"), p("본문이다."), meta=filled), "a").title == "놀이로 배우기"
    assert hwpx.read(made(p("다른 글"), p("본문이다."), meta=filled), "a").title is None
    assert hwpx.read(made(p("본문이다."), meta="<opf:title>본문이다.</opf:title>"), "a").title is None


def test_authors_and_the_year_are_those_of_the_metadata() -> None:
    meta = "<opf:meta name='creator' content='text'>김지윤;이도현</opf:meta><opf:meta name='date'>2021년 3월 4일</opf:meta>"
    reading = hwpx.read(made(p("본문"), meta=meta), "a")
    assert (reading.authors, reading.year, reading.language) == (("김지윤", "이도현"), 2021, None)


def test_sections_are_read_in_their_order() -> None:
    names = [f"{at}째" for at in range(12)]
    files = files_of(*(section(p(name)) for name in names))
    assert hwpx.read(pack(files), "a").text == "\n\n".join(names) + "\n"
    del files["Contents/content.hpf"]  # then by their numbers: 10 after 9, and not after 1
    assert hwpx.read(pack(files), "a").text == "\n\n".join(names) + "\n"


def test_packages_of_other_programs_are_read() -> None:
    usual = files_of(section(p("하나", shape=1), p("둘")))
    content = str(usual["Contents/content.hpf"])
    newer = {name: str(text).replace("hwpml/2011", "hwpml/2024") for name, text in usual.items()}
    variants: dict[str, dict[str, str | bytes]] = {
        "paths from the package document": {**usual, "Contents/content.hpf": content.replace('"Contents/', '"')},
        "no container": {name: text for name, text in usual.items() if "META-INF" not in name},
        "other case": {name.replace("Contents/s", "contents/S"): text for name, text in usual.items()},
        "a newer namespace": {**newer},
    }
    for name, files in variants.items():
        assert hwpx.read(pack(files), "a").text == "## 1. 하나\n\n둘\n", name
    bare: dict[str, str | bytes] = {
        "mimetype": "application/hwp+zip",
        "Contents/section0.xml": section(p("하나", shape=1)),
    }
    assert hwpx.read(pack(bare), "a").text == "하나\n"


ENCRYPTED = (
    '<odf:manifest xmlns:odf="urn:x"><odf:file-entry odf:full-path="Contents/section0.xml">'
    '<odf:encryption-data odf:checksum-type="SHA256"/></odf:file-entry></odf:manifest>'
)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"META-INF/manifest.xml": ENCRYPTED, "Contents/section0.xml": b"\x93\x01\xff"},
            r"the document has a password; remove it in Hancom Office, save it as HWPX and add that",
        ),
        ({"Contents/section0.xml": None}, "has no sections; expected an HWPX file; save it again as HWPX"),
        ({"Contents/section0.xml": "<x>"}, r"Contents/section0\.xml: is not well-formed"),
        ({"Contents/section0.xml": section(p(" "), p(""))}, "the document has no text; if it holds pictures of pages"),
        ({"Contents/section0.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "has a document type declaration"),
        ({"Contents/header.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'}, "has a document type declaration"),
        ({"Contents/content.hpf": b"\xff\x00<x/>"}, "is not in UTF-8"),
        ({"../evil": "x"}, "points outside the archive"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(change: dict[str, str | bytes | None], message: str) -> None:
    files = {**files_of(section(p("본문"))), **change}
    with pytest.raises(InputError, match=message) as caught:
        hwpx.read(pack({name: content for name, content in files.items() if content is not None}), "a.hwpx")
    assert str(caught.value).startswith("a.hwpx: ")


def test_no_zip_and_half_a_zip_are_refused() -> None:
    for data in (b"HWP Document File", korean_paper()[:700], b""):
        with pytest.raises(InputError, match=r"^a\.hwpx: .*; (get|give) "):
            hwpx.read(data, "a.hwpx")


def test_deep_nesting_is_read_or_refused() -> None:
    block = p("x")
    for _ in range(25):
        block = p(tbl([tc(block), tc("y")], [tc("a"), tc("b")]))
    try:
        assert "x" in read(block)
    except InputError as error:
        assert re.search("nested too deeply|depth", str(error))


@pytest.mark.parametrize("seed", range(6))
def test_mutated_files_are_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(korean_paper())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    tokens = (b"<hp:p>", b"</hp:p>", b"<hp:tbl>", b"hp:t", b"<", b'"', b"&amp;", b"&#0;", b"\xff", b"")
    was_read = 0
    values = (b"", b"0", b"-1", b"7", b"999999999", b"OUTLINE", b"NUMBER", b"x")
    for _ in range(60):
        files: dict[str, str | bytes] = dict(parts)
        name = rng.choice([key for key in parts if key.endswith((".xml", ".hpf"))])
        content = bytearray(parts[name])
        for _ in range(rng.choice((1, 1, 2, 8))):
            ends = [found.end() for found in re.finditer(rb'="', content)]
            if ends and rng.random() < 0.7:  # another value leaves the file well-formed
                at = rng.choice(ends)
                content[at : content.find(b'"', at)] = rng.choice(values)
            else:
                at = rng.randrange(len(content))
                content[at : at + rng.randrange(4)] = rng.choice(tokens)
        files[name] = bytes(content)
        try:
            assert hwpx.read(pack(files), "m.hwpx").text.endswith("\n")
            was_read += 1
        except InputError as error:
            assert str(error).startswith("m.hwpx: ")
    assert 10 < was_read < 60
