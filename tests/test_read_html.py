"""HTML pages as Readings: LaTeXML's papers, documentation, Korean pages, fragments, and what nobody sees."""

import random
import time
import unicodedata
from pathlib import Path

import pytest

from index.errors import InputError
from index.outline import outline_markdown, plain
from index.readers.html import read
from index.readers.reading import Reading

PAGES = Path(__file__).parent / "html"


def page(name: str) -> bytes:
    return (PAGES / f"{name}.html").read_bytes()


def body(html: str) -> str:
    """The text that a fragment becomes, without the line end."""
    return read(html.encode(), "f.html").text.removesuffix("\n")


def tree(reading: Reading) -> tuple[str | None, list[tuple[int, str]]]:
    title, sections = outline_markdown(reading.text)
    return title, [(section.level, " > ".join(section.path)) for section in sections]


def test_a_paper_of_arxiv_has_its_sections() -> None:
    assert tree(read(page("arxiv"), "p.html")) == (
        "Rehearsal Buffers for Small Models",
        [
            (0, ""),
            (2, "Abstract"),
            (2, "1 Introduction"),
            (2, "2 Method for n tasks"),
            (3, "2 Method for n tasks > 2.1 Objective"),
            (4, "2 Method for n tasks > 2.1 Objective > Choice of k."),
            (2, "References"),
            (2, "Appendix A Proofs"),
            (3, "Appendix A Proofs > A.1 Counting"),
        ],
    )


def test_a_paper_of_arxiv_says_whose_and_when_it_is() -> None:
    reading = read(page("arxiv"), "p.html")
    assert reading.title == "Rehearsal Buffers for Small Models"
    assert reading.authors == ("Mina Park", "Jonas de Vries", "Ádám Nagy")
    assert (reading.arxiv, reading.year, reading.language) == ("2503.01234", 2025, "en")  # not the last version's 2026
    assert reading.text.startswith(
        "# Rehearsal Buffers for Small Models\n\nMina Park, Jonas de Vries, Ádám Nagy\n\n"
        "Institute of Quiet Learning, Daejeon; {mina,adam}@quiet.example; Harbour University\n\n"
        "Work done during an internship.\n\n## Abstract\n\n"
        "Small models forget quickly. We keep $k$ old examples per task.\n\nKeywords: forgetting, rehearsal\n"
    )


def test_a_paper_of_arxiv_keeps_citations_notes_lists_and_formulas() -> None:
    text = read(page("arxiv"), "p.html").text
    for part in (
        "Forgetting was described early (Lind and Ito, 2019; 2021).[^1] It costs accuracy in Section 2.1, and the "
        "`replay()` call is cheap.\n\n[^1]: Code: https://example.org/rb\n\nOur claims:\n\n"
        "- buffers of 64 suffice;\n- order matters:\n  1. new first,\n  - (b) old last.\n\n- Buffer: what is kept.\n",
        "$$L=\\sum_{i}\\ell_{i}$$ (1)\n\n$$a =b$$ (2)\n\n$$=c$$\n\nwhere $\\ell_{i}$ is per task. See also the appendix.\n",
        "Theorem 1 (Bound). Forgetting is at most $1/k$.\n\nProof. By counting. ∎\n",
        "Figure 1: Buffers over time[^2].\n\n[^2]: Smoothed.\n\nTable 1: Accuracy.\n\n"
        "| Model | Accuracy old | Accuracy new |\n|---|---|---|\n| Tiny | 41.0 | P(a\\|b) |\n| Tiny | 43.5 (best) | 44.1 |\n",
        "Algorithm 1 Replay\n\n```\nfor each task $t$ do\n   draw from buffer\n```\n",
        "## References\n\nLind and Ito (2019) O. Lind and K. Ito. On forgetting. Notes on Memory, 4:1–9, 2019.\n\n"
        "[2] O. Lind. More on forgetting. 2021.\n",
    ):
        assert part in text


@pytest.mark.parametrize(
    "unseen",
    [
        "IGNORE",
        "praise",
        "undefinedmacro",
        "italic_k",
        "Report",
        "License",
        "Generated",
        "leak",
        "Conversion",
        "Refer to",
    ],
)
def test_a_paper_of_arxiv_is_without_what_is_not_its_text(unseen: str) -> None:
    assert unseen not in read(page("arxiv"), "p.html").text


def test_a_paper_of_ar5iv_is_read() -> None:
    reading = read(page("ar5iv"), "p.html")
    assert tree(reading) == (
        "A Short Walk Through Long Sums",
        [
            (0, ""),
            (2, "Abstract"),
            (2, "I Walking"),
            (3, "I Walking > Unnumbered part"),
            (4, "I Walking > Unnumbered part > I-A1 Deep part"),
            (2, "Acknowledgements"),
            (2, "References"),
        ],
    )
    assert (reading.authors, reading.year, reading.arxiv) == (("Ruth Okoro", "Paul Brun"), 2021, "2105.00042")
    assert "Department of Counting; Lakeside College; ruth@lake.example\n\n(4 May 2021)\n" in reading.text
    assert (
        "Steps of $10$ are enough.[^3]\n\n[^3]: Twelve on hills.\n\n> Walk, and count.\n>\n> Then rest.\n"
        in reading.text
    )
    assert (
        "```\nsum(x\n    for x in xs)\n```\n\nA boxed line.\n\n| Hill | Steps |\n|---|---|\n| low | 12 |\n"
        in reading.text
    )
    assert "## References\n\n[Bru01] Paul Brun. Slow walks, 2001.\n" in reading.text
    assert "lucky" not in reading.text and "Copyright" not in reading.text


def test_a_page_of_documentation_is_read() -> None:
    reading = read(page("docs"), "d.html")
    assert tree(reading) == ("Cache settings", [(0, ""), (2, "Cookies"), (2, "Limits"), (3, "Limits > Size")])
    assert (reading.authors, reading.year, reading.language) == (("Tess Ono", "Ben Ali"), 2023, "en")
    assert reading.text == (
        "# Cache settings\n\n"
        "Larder keeps answers in a cache. It holds 10^6 items; see here (https://example.org/why) or the guide.[^1]\n\n"
        "[^1]: On disk.\n\nNote\n\n\\# is not a heading here.\n\n"
        "## Cookies\n\n1\\. is not a list.\n\n"
        "````python\nimport larder\n\nlarder.open()  # ``` inside\n````\n\n"
        "- open(path): Open a larder.\n  - Returns: a larder\n\n"
        "3. Warm up.\n\n   ```bash\n   larder warm\n   ```\n\n4. Serve:\n   - locally, or\n   - by `ssh`.\n\n"
        "## Limits\n\n### Size\n\nSizes\n\n| Plan | Items \\| day |\n|---|---|\n| free | ten only |\n\n"
        "> Small is quick.\n>\n> A user\n\nWhy so few?\n\nDisks fill.\n\n"
        "$$E = mc^2$$\n\nWith $m$ as mass, and H2O at 20 m^2.\n\nFigure 3. Growth.\n"
    )


@pytest.mark.parametrize("encoding", ["cp949", "utf-8-sig", "utf-16"])
def test_a_korean_page_laid_out_by_a_table_is_read(encoding: str) -> None:
    reading = read(page("korean").decode().encode(encoding), "k.html")
    assert tree(reading) == (
        "작은 모형의 기억",
        [(2, "1. 들어가며"), (3, "1. 들어가며 > 1.1 방법"), (2, "2. 결과"), (2, "참고 문헌")],
    )
    assert "작은 모형은 쉽게 잊는다. 그래서 예문을 남긴다.\n\n남기는 수는 64개이다.\n" in reading.text
    assert "1. 무작위\n2. 최근 것\n3. 어려운 것\n" in reading.text
    assert "| 방법 | 정확도 |\n|---|---|\n| 무작위 | 41.0 |\n" in reading.text
    assert "칭찬" not in reading.text and "처음" not in reading.text
    assert (reading.authors, reading.language) == (("김하늘",), None)  # the template's "en" is not believed


def test_korean_is_read_without_a_declaration() -> None:
    html = "<p>자기 개선은 모델이 스스로 배우는 방법이다.</p>"
    for encoding in ("utf-8", "cp949"):
        assert read(html.encode(encoding), "k.html").text == "자기 개선은 모델이 스스로 배우는 방법이다.\n"
    cp1252 = "<p>It doesn\u2019t cost 5 \u20ac in Z\u00fcrich.</p>"
    assert read(cp1252.encode("cp1252"), "e.html").text == "It doesn\u2019t cost 5 \u20ac in Zürich.\n"


def test_a_declaration_is_believed_only_when_it_can_be() -> None:
    assert body("<meta charset=utf-16><p>café") == "café"
    assert body("<meta charset=nonsense><p>café") == "café"
    assert body("<meta charset=euc-kr><p>한글 저장") == "한글 저장"  # saved anew as UTF-8
    assert read(b"<meta charset=utf-8><p>caf\xe9 au lait", "f").text == "caf\ufffd au lait\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "holds no HTML tag"),
        (b"just words, a < b and c > d", "holds no HTML tag"),
        (b"%PDF-1.7 <p>", "is binary"),
        (b"<p>a\x00b</p>", "is binary"),
        (b"<!-- nothing -->", "the page has no text"),
        (b"<html><body><script>x()</script><p> &nbsp; </p></body></html>", "the page has no text"),
        (b"<div>" * 3000 + b"x", "nested more than 2,048 deep"),
    ],
)
def test_what_is_no_page_with_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        read(data, "page.html")
    assert str(caught.value).startswith("page.html: ")


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>X</p>",
        "<p aria-hidden=true>X</p>",
        "<p style='display: none !important'>X</p>",
        "<p style='VISIBILITY:hidden'>X</p>",
        "<span style='opacity:0'>X</span>",
        "<span style='font-size:0px'>X</span>",
        "<span style='font-size:1px'>X</span>",
        "<div style='position:absolute;left:-9999px'>X</div>",
        "<div style='clip: rect(0, 0, 0, 0)'>X</div>",
        "<span class='sr-only'>X</span>",
        "<style>.q{display:none}</style><p class='a q'>X</p>",
        "<style>/* } */ @media print{.k{display:none}} p.z, #q { visibility: hidden }</style><p id=q>X</p><p class=k></p>",
        "<script type='text/plain'>X</script>",
        "<noscript>X</noscript>",
        "<template>X</template>",
        "<!-- X -->",
        "<textarea>X</textarea>",
        "<svg><text>X</text></svg>",
        "<nav>X</nav>",
        "<header>X</header>",
        "<footer>X</footer>",
        "<form>X</form>",
        "<dialog open>X</dialog>",
        "<div class='cookie-banner visible'>X</div>",
        "<div role=navigation>X</div>",
        "<div class=related-posts>X</div>",
        "<div class=ar5iv-footer>X</div>",
        "<div class=footer>X</div>",
        "<div id=sidebar>X</div>",
        "<aside class=related>X</aside>",
        "<d-byline><h3>X</h3><p>Ada</p></d-byline>",
        "<div class='hidden lg:hidden'>X</div>",
    ],
)
def test_hidden_text_and_furniture_do_not_become_text(hidden: str) -> None:
    assert body(f"<main><p>before</p>{hidden}<p>after</p></main>") == "before\n\nafter"


@pytest.mark.parametrize(
    "shown",
    [
        "<h2 id=navigation>X</h2>",
        "<section id=cookies class=sidebar><p>X</p></section>",
        "<section id=sidebar><p>X</p></section>",
        "<div class=posts><p>X</p></div>",
        "<aside class=notice><p>X</p></aside>",
        "<div class='hidden md:block'>X</div>",
        "<div class='d-none d-lg-flex'>X</div>",
        "<p style='opacity:0.9'>X</p>",
        "<p style='font-size:12px;left:-2px'>X</p>",
        "<style>@media print{.q{display:none}}</style><p class=q>X</p>",
        "<article><header><h2>X</h2></header></article>",
        "<p style='color:#fff'>X</p>",
    ],
)
def test_what_only_resembles_furniture_stays(shown: str) -> None:
    assert "X" in body(f"<main><p>before</p>{shown}<p>after</p></main>")


@pytest.mark.parametrize(
    "place", ["div class=entry-content", "div id=main-content", "article", "main", "div role=main"]
)
def test_the_text_is_found_where_the_page_keeps_it(place: str) -> None:
    words = "These are the words of the page. " * 8
    page_html = f"<div>Menu of the site</div><{place}><p>{words}</p></{place.split()[0]}><div>All rights reserved</div>"
    assert body(page_html) == words.strip()
    short = f"<p>{words}</p><{place}>x</{place.split()[0]}>"
    assert body(short).startswith(words.strip())  # a place with hardly any text is not it


def test_a_formula_that_a_server_draws_is_read() -> None:
    page_html = r"<p>The rate <img src='https://latex.codecogs.com/png.image?\dpi{120}\alpha' alt='a'> falls.</p>"
    assert body(page_html) == r"The rate $\alpha$ falls."


def test_a_page_that_opens_no_body_is_read() -> None:
    head = "<!doctype html><meta charset=utf-8><script>x()</script>"
    own = "<my-article><h1>T</h1><p>The words of the page.</p></my-article><my-notes><p>A note.</p></my-notes>"
    assert (
        read(f"{head}{own}<script>y()</script>".encode(), "f.html").text == "# T\n\nThe words of the page.\n\nA note.\n"
    )
    assert read(f"{head}{own}<p>More.</p>".encode(), "f.html").text.endswith("A note.\n\nMore.\n")


def test_lines_that_begin_with_a_bullet_are_paragraphs() -> None:
    assert body("<p>Notes<br>• One is here.<br/><sup>\n• Two is here.</sup><br>and more</p>") == (
        "Notes\n\n• One is here.\n\n• Two is here. and more"
    )


def test_a_raised_word_renders_the_korean_one_before_it() -> None:
    assert body("<p>단일 왕복<sup>Single Roundtrip</sup>으로, 2<sup>nd</sup>, 값<sup>2</sup></p>") == (
        "단일 왕복(Single Roundtrip)으로, 2nd, 값^2"
    )


def test_a_raised_number_is_a_power_after_a_number_a_letter_or_a_length_and_not_after_a_word() -> None:
    assert (
        body(
            "<p>Our results<sup>3</sup> say 10<sup>6</sup>, <i>x</i><sup>2</sup>, (a+b)<sup>2</sup>, 20 m<sup>2</sup>, "
            "5km<sup>2</sup>, the sum<sup>4</sup>, 방법<sup>5</sup></p>"
        )
        == "Our results3 say 10^6, x^2, (a+b)^2, 20 m^2, 5km^2, the sum4, 방법5"
    )


def test_characters_that_show_nothing_are_dropped() -> None:
    assert (
        body("<p>co\u00adop\u200berate\u00a0&amp; wa\u2060it\U000e0041\u202e &lt;b&gt; &hellip;</p>")
        == "cooperate & wait <b> …"
    )
    assert unicodedata.is_normalized("NFC", body("<p>e\u00ad\u0301 caf<b>e</b>\u0301</p>"))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p># x</p>", "\\# x"),
        ("<p>- x</p>", "\\- x"),
        ("<p>12) x</p>", "12\\) x"),
        ("<p>&gt; x</p>", "\\> x"),
        ("<p>| x</p>", "\\| x"),
        ("<p>---</p><p>x</p>", "\\---\n\nx"),
        ("<p>&lt;!-- x</p><h2>y</h2>", "\\<!-- x\n\n## y"),
        ("<ul><li># x</li></ul>", "- \\# x"),
        ("<dl><dt>1. a</dt><dd>b</dd></dl>", "- 1\\. a: b"),
        ("<pre># x</pre>", "```\n# x\n```"),
        ("<p>``` x</p>", "\\``` x"),
    ],
)
def test_text_makes_no_marks_by_accident(html: str, text: str) -> None:
    assert body(html) == text
    assert [s.level for s in outline_markdown(text)[1] if s.level] == ([2] if "## y" in text else [])


@pytest.mark.parametrize(
    ("html", "title", "sections"),
    [
        ("<title>A | Site</title><h2>x</h2>1<h4>y</h4>2<h3>z</h3>3", "A", ["2 x", "3 x > y", "3 x > z"]),
        ("<title>B - S</title><h1>x</h1>1<h2>y</h2>2<h1>z</h1>3", "B", ["2 x", "3 x > y", "2 z"]),
        ("<title>One: more</title><h1>One</h1>1<h1>z</h1>3", "One", ["0 ", "2 z"]),
        ("<title>T</title><div class=site-header><h1>L</h1></div><main><h1>M</h1><p>1<h2>y</h2>2", "M", ["0 ", "2 y"]),
        ("<title>T</title><div class=logo><h1>L</h1></div><main><h2>y</h2>2" + "x" * 99, "T", ["2 y"]),
        ("<title>T - L</title><div><h1>T</h1></div><main><h2>y</h2>2" + "x" * 99, "T", ["2 y"]),
        ("<meta name=citation_title content='C'><title>D</title><p>1", "C", ["0 "]),
        ("<h1>T</h1><h2>x<a href='#x'>§</a></h2>1<h2><a href='#y'>y</a></h2>2", "T", ["2 x", "2 y"]),
        ("<h3>x</h3>1<h5>y</h5>2", None, ["2 x", "3 x > y"]),
        ("<h1>T</h1><h2></h2><ul><li><h2>x</h2>1</li><li><h2>y</h2>2</li></ul>", "T", ["2 x", "2 y"]),
        ("<h1>T</h1><table><tr><td><h2>x</h2></td><td>1</td></tr></table>", "T", ["2 x"]),
    ],
)
def test_titles_and_levels_are_found(html: str, title: str | None, sections: list[str]) -> None:
    reading = read(html.encode(), "f.html")
    found, parts = outline_markdown(reading.text)
    assert (reading.title, found) == (title, title)
    assert [f"{part.level} {' > '.join(part.path)}" for part in parts] == sections


def test_formulas_of_other_tools_are_read() -> None:
    katex = (
        "<span class=katex><span class=katex-mathml><math><semantics><mi>x</mi><annotation encoding='application/x-tex'>"
        "x^2</annotation></semantics></math></span><span class=katex-html aria-hidden=true>x2</span></span>"
    )
    wiki = (
        "<span class=mwe-math-element><span style='display: none'><math alttext='q'></math></span>"
        "<img class='mwe-math-fallback-image-inline' alt='{\\displaystyle p}'></span>"
    )
    mathjax = "<span class=MathJax>xyz</span><script type='math/tex; mode=display'>y=1</script>"
    mathml = "<math><mi>a</mi><mo>+</mo><mi>b</mi></math>"
    assert body(f"<p>A {katex} b {wiki} c {mathml}.</p>{mathjax}") == "A $x^2$ b $p$ c $a+b$.\n\n$$y=1$$"


@pytest.mark.parametrize(
    "notes",
    [
        "<sup id=r><a class=footnote-ref href='#n'>1</a></sup> two.</p><p>Next.</p>"
        "<div class=footnote><hr><ol><li id=n><p>Why. <a class=footnote-backref href='#r'>↩</a></p></li></ol></div>",
        "<sup><a href='#n' data-footnote-ref>1</a></sup> two.</p><p>Next.</p>"
        "<section class=footnotes><h2 class=sr-only hidden>Footnotes</h2><ol><li id=n><p>Why.</p></li></ol></section>",
        "<a class='footnote-reference' href='#n'>[1]</a> two.</p><p>Next.</p>"
        "<dl class='footnote brackets'><dt class=label id=n><span>1</span></dt><dd><p>Why.</p></dd></dl>",
        "<sup class=footnote-reference><a href='#n'>1</a></sup> two.</p><p>Next.</p><div class=footnote-definition id=n>Why.</div>",
    ],
)
def test_footnotes_stand_after_the_paragraph_that_calls_them(notes: str) -> None:
    assert body(f"<main><p>One{notes}</main>") == "One[^1] two.\n\n[^1]: Why.\n\nNext."


def test_a_footnote_that_calls_itself_is_left_where_it_is() -> None:
    assert body("<div id=n><p>One <a class=footnote-ref href='#n'>1</a></p></div>") == "One 1"


def test_tables_with_spans_are_filled_and_bounded() -> None:
    assert body("<table><tr><th rowspan=2>A<th colspan=2>B<tr><th>c<th>d<tr><td>1<td colspan=2>2</table>") == (
        "| A | B c | B d |\n|---|---|---|\n| 1 | 2 |  |"
    )
    assert (
        body("<table><tr><td>x<td rowspan=99999>y<tr><td>z<td>w</table>")
        == "| x | y |  |\n|---|---|---|\n| z | y | w |"
    )
    wide = body("<table><tr><td colspan=99999>x<td>y<tr><td>1<td>2</table>")
    assert wide == "| x | x |\n|---|---|\n| 1 | 2 |"


def test_authors_dates_and_ids_of_publishers_are_read() -> None:
    head = (
        "<meta name=citation_author content='Okafor, Nadia'><meta name=citation_author content='Li Wei'>"
        "<meta name=citation_publication_date content='2019/07/01'><meta name=citation_arxiv_id content='1907.00001v3'>"
    )
    reading = read(f"<html lang=en-GB><head>{head}</head><p>text of the page</p>".encode(), "f.html")
    assert (reading.authors, reading.year, reading.arxiv) == (("Nadia Okafor", "Li Wei"), 2019, "1907.00001")
    assert reading.language == "en"
    linked = "<p>See <a href='https://arxiv.org/abs/1706.03762'>that</a>."
    assert read(linked.encode(), "f.html").arxiv is None  # a link to another paper is no id
    old = "<link rel=canonical href='https://arxiv.org/abs/hep-th/9901001v2'><p>x"
    assert (read(old.encode(), "f.html").arxiv, read(old.encode(), "f.html").year) == ("hep-th/9901001", 1999)


def test_authors_are_told_from_their_affiliations() -> None:
    def authors(names: str) -> tuple[str, ...]:
        html = (
            "<article class=ltx_document><h1 class='ltx_title ltx_title_document'>T</h1><div class=ltx_authors>"
            f"<span class='ltx_creator ltx_role_author'><span class=ltx_personname>{names}</span></span></div><p>x</p></article>"
        )
        return read(html.encode(), "f.html").authors

    assert authors("Ana B. Cruz<sup>1</sup> Bo Li<sup>2</sup><br>Kai Ito<br>Google Research<br>Zed Lab") == (
        "Ana B. Cruz",
        "Bo Li",
        "Kai Ito",
    )
    assert authors("김하늘, 박솔<br>한빛대학교") == ("김하늘", "박솔")
    assert authors("Ludwig van Beethoven & Vincent van Gogh") == ("Ludwig van Beethoven", "Vincent van Gogh")
    assert authors("Qwen Team") == ("Qwen Team",)
    assert authors("12 anonymous authors<br>Somewhere 5") == ()


def test_xhtml_and_tags_that_are_never_closed_are_read() -> None:
    xhtml = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a"/></head>'
    assert body(f'{xhtml}<body><p>a<a id="b"/>c</p><h2>d</h2></body></html>') == "ac\n\n## d"
    fonts = "".join(f"<font color=red><p>line {number}</p>" for number in range(3000))
    assert body(f"<h1>T</h1>{fonts}<h2>last</h2>").endswith("line 2998\n\nline 2999\n\n## last")
    deep = "<div>" * 1000 + "deep" + "</div>" * 1000
    assert body(f"<p>a</p>{deep}<h2>b</h2>") == "a\n\ndeep\n\n## b"
    lists = "<ul><li>x" * 60
    assert body(lists).count("x") == 60


def test_a_long_page_is_read_in_time_that_grows_with_its_length() -> None:
    part = page("arxiv").decode().split("<section", 1)[1].split("</article>")[0]
    html = f"<article class=ltx_document>{f'<section{part}' * (500_000 // len(part))}</article>".encode()
    start = time.perf_counter()
    text = read(html, "big.html").text
    assert time.perf_counter() - start < 5
    assert text.count("## 1 Introduction") == 500_000 // len(part)


def test_a_tag_that_is_spelt_out_in_a_heading_is_text() -> None:
    page = "<h1>&lt;sup&gt;: The Superscript</h1><h2>Use <code>&lt;a&gt;</code> and &lt;b&gt;</h2><p>It stands above the line.</p>"
    reading = read(page.encode(), "sup.html")
    title, sections = outline_markdown(reading.text)
    assert title == reading.title == "<sup>: The Superscript"
    assert [section.path for section in sections] == [("Use <a> and <b>",)]


@pytest.mark.parametrize("name", ["arxiv", "ar5iv", "docs", "korean"])
def test_damaged_pages_are_read_or_refused(name: str) -> None:
    rng = random.Random(f"html {name}")
    whole = page(name)
    pieces = [
        b"<",
        b">",
        b"</div>",
        b"<table><tr><td>",
        b"\xff",
        b"&#0;",
        b"&#xD800;",
        b"<math>",
        b"<a href='#f1'>",
        b'"',
    ]
    for _ in range(40):
        data = bytearray(whole[: rng.randrange(len(whole))] if rng.random() < 0.5 else whole)
        for _ in range(rng.randrange(12)):
            at = rng.randrange(len(data) + 1)
            data[at : at + rng.randrange(30)] = rng.choice(pieces)
        try:
            reading = read(bytes(data), "f.html")
        except InputError:
            continue
        assert unicodedata.is_normalized("NFC", reading.text)
        assert outline_markdown(reading.text)[0] == (plain(reading.title) if reading.title else None)
