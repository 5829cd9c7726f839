"""Markdown with raw HTML: what a reader of the page sees stays, to the letter, and nothing else."""

import time
from pathlib import Path

import pytest

from index.load import load, load_bytes, text_digest
from index.readers.as_shown import as_shown

# Lines


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("caf&eacute; A&nbsp;B &#8211; C", "café A B – C"),
        ("AT&amp;T, 3 &lt; 4 and 5 &gt; 4", "AT&T, 3 < 4 and 5 > 4"),
        (
            "&lt;b&gt; and &amp;lt; and `&eacute;` and $a &amp; b$",
            "&lt;b&gt; and &amp;lt; and `&eacute;` and $a &amp; b$",
        ),
        ("seen by {cite}`moss2013,fern2014` in {numref}`fig_one`", "seen by [moss2013, fern2014] in fig_one"),
        (
            "{doc}`the lecture <intro>`, {math}`x^2`, {func}`len`, ``{doc}`x` ``",
            "the lecture, $x^2$, `len`, ``{doc}`x` ``",
        ),
    ],
)
def test_what_a_line_says_in_the_words_of_a_site_is_what_it_shows(line: str, shown: str) -> None:
    assert as_shown(f"{line}\n").strip() == shown


def test_blocks_of_prose_are_prose_and_code_stays() -> None:
    text = "```{note} Mind\n:class: tip\nA note.\n```\n\n:::{warning}\nA warning.\n:::\n\n```{code-cell} python\nx = 1\n```\n"
    assert as_shown(text) == "Mind\n\nA note.\n\n\n\nA warning.\n\n\n```{code-cell} python\nx = 1\n```\n"
    assert as_shown("```{note}\nnever ends\n") == "```{note}\nnever ends\n"
    for code in ("```{r}\nx <- 1 &amp; 2\n```\n", "````md\n```{note}\nshown\n```\n:::{tip}\n````\n", "```\n:::\n```\n"):
        assert as_shown(f"&copy; one\n\n{code}") == f"© one\n\n{code}"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("A <b>bold</b> word.", "A bold word."),
        ('See <a href="https://x.example">the page</a>.', "See the page."),
        ("Press <kbd>Enter</kbd>.", "Press `Enter`."),
        ("x<sup>2</sup> and w<sub>i</sub>", "x^2 and w_i"),
        ("the results<sup>3</sup> of 5 km<sup>2</sup>", "the results3 of 5 km^2"),
        ("단일 왕복<sup>Single Roundtrip</sup>으로", "단일 왕복(Single Roundtrip)으로"),
        ("one<br>two <br/> three", "one two  three"),
        ("a <!-- not this --> b", "a  b"),
        ('a <svg width="1"><path d="M1"/></svg> b', "a  b"),
        ("a <script>run()</script> b", "a  b"),
        ('<CodeStep step="1">here</CodeStep>', "here"),
        ('**<abbr title="Retrieval">RAG</abbr>**', "**RAG**"),
        ('<span class="a">`x`</span><span class="b">`y`</span>', "`x` `y`"),
        ("she said <q>so</q>", "she said “so”"),
        ("of ![pi](https://latex.codecogs.com/gif.latex?%5Cpi_%7B%5Cphi%7D) here", r"of $\pi_{\phi}$ here"),
        (r'of <img src="https://latex.codecogs.com/svg.latex?\Large&space;x=1" title="x"/> here', "of $x=1$ here"),
        ('![r](https://render.githubusercontent.com/render/math?math=r%2B1 "t") is', "$r+1$ is"),
        (
            "`![a](https://latex.codecogs.com/gif.latex?a)` ![b](b.png)",
            "`![a](https://latex.codecogs.com/gif.latex?a)` ![b](b.png)",
        ),
    ],
)
def test_tags_in_a_line_go(line: str, shown: str) -> None:
    assert as_shown(f"{line}\n").strip() == shown


@pytest.mark.parametrize(
    "line",
    [
        "A `<b>code</b>` span.",
        "Mutex<T> and <EOS> and Vec<u8>",
        "git checkout -b <new-branch>",
        "the <input> of the <output>",
        "<s> starts, </s> ends a sentence",
        "where a <b and c> d",
        "$a<b>c$ holds",
        r"\<b>bold\</b>",
        "<https://x.example>",
        "x < y and y > z",
        "<think>words of a model</think>",
    ],
)
def test_what_only_looks_like_tags_stays(line: str) -> None:
    assert as_shown(f"Words: {line}\n") == f"Words: {line}\n"


# Blocks


def test_headings_and_tables_of_html_become_those_of_markdown() -> None:
    text = (
        '<h1 align="center"><img src="logo.png" alt="Kotaemon"></h1>\n\n'
        "<table>\n<tr><th>A</th><th>B</th></tr>\n\n<tr><td>1</td><td>2</td></tr>\n</table>\n"
    )
    assert as_shown(text) == "# Kotaemon\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n"


def test_what_is_quoted_in_html_is_quoted() -> None:
    text = "Before.\n\n<blockquote class='x'>\n“Words” ~<b>Ada</b>\n</blockquote>\n"
    assert as_shown(text) == "Before.\n\n> “Words” ~Ada\n\n"


def test_scripts_styles_and_comments_go_and_what_follows_stays() -> None:
    text = (
        "<style>\n.a { }\n\n.b { }\n</style>\nOne.\n\n<script>\nif (a < b) { }\n\n</script>\n\n<!-- x\n\ny -->\nTwo.\n"
    )
    assert as_shown(text).split() == ["One.", "Two."]


@pytest.mark.parametrize("opening", ["<script>", "<style>", "<!-- a", "<script src='x'>"])
def test_what_never_ends_takes_nothing_with_it(opening: str) -> None:
    text = f"One.\n\n{opening}\n\nTwo.\n"
    assert as_shown(text) == text


def test_markdown_within_elements_is_markdown() -> None:
    text = '<Note>\n#### Title\n- one <b>item</b>\n\n</Note>\n\n<div markdown="1">\n*kept*\n- two\n</div>\n'
    assert as_shown(text).split() == "#### Title - one item *kept* - two".split()


def test_elements_that_hold_markdown_stand_apart() -> None:
    one = '<div class="a" markdown="1">\n- one\n- two\n<span>\nThree.\n</span>\n</div>\n'
    text = f'{one}\n<div markdown="0"><img src="x.png" /></div>\n\n{one}\nAfter.\n'
    assert as_shown(text).split() == "- one - two Three. - one - two Three. After.".split()
    assert as_shown(text).count("- one\n- two\n") == 2


def test_tags_that_look_like_code_within_an_element_are_read_with_it() -> None:
    text = "<div>\n\n    <h2>Title</h2>\n\n    <p>Words.</p>\n\n</div>\n\n    <p>code</p>\n"
    assert as_shown(text) == "## Title\n\nWords.\n\n\n    <p>code</p>\n"


def test_blocks_within_items_and_quotations_stay_there() -> None:
    text = "- one\n- <div>two</div>\n- three\n\n> before\n>\n> <p>a</p>\n> b\n>\n> after\n"
    lines = [line for line in as_shown(text).split("\n") if line.strip(" >")]
    assert lines == ["- one", "- two", "- three", "> before", "> a", "> b", "> after"]


@pytest.mark.parametrize(
    "text",
    [
        "```html\n<div>\n<b>x</b>\n</div>\n```\n",
        "    <div>x</div>\n\nwords\n",
        "<branch>\n\nwords\n",
        "<instruction>\nDo it.\n</instruction>\n",
        "Words.\n\n$$\na <b> c\n$$\n",
    ],
)
def test_code_and_words_in_angle_brackets_stay(text: str) -> None:
    assert as_shown(text) == text


def test_asides_and_footers_are_the_authors_own() -> None:
    assert as_shown("<aside>\n💡 A hint.\n</aside>\n").strip() == "💡 A hint."
    assert as_shown('<div id="footer">Words</div>\n').strip() == "Words"


def test_a_thousand_open_elements_are_read() -> None:
    text = "<div>" * 3000 + "deep" + "</div>" * 3000
    assert as_shown(text).split() == ["deep"]


def test_components_nested_deep_are_read() -> None:
    text = "".join(f"<C{at}>\n# {at}\n" for at in range(400)) + "deep\n" + "".join(f"</C{at}>\n" for at in range(400))
    shown = as_shown(text)
    assert "deep" in shown.split()
    assert "C399" not in shown


def test_many_tags_in_one_line_take_no_longer_than_their_number() -> None:
    text = "word " + "<b>x</b> <i>y " * 20_000
    assert as_shown(f"{text}\n") == ("word " + "x <i>y " * 20_000) + "\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x {/*" * 60_000, None),
        ("x" + " " * 60_000 + "y {/* z */}", "x" + " " * 60_000 + "y"),
        ("<div>\n" + "<!-- " * 60_000, None),
        ("<div>\n" + "<script>" * 60_000, None),
        ("<div>\n" + "<script>a</script><style>b</style><!-- c -->" * 2_000 + "d\n</div>", "d"),
        ("word " + "<script>" * 20_000 + "</script>", "word "),
    ],
)
def test_what_begins_and_never_ends_takes_no_longer_than_its_length(text: str, shown: str | None) -> None:
    begun = time.perf_counter()
    assert as_shown(f"{text}\n").strip("\n") == (text if shown is None else shown)
    assert time.perf_counter() - begun < 4


# Links


def test_links_stand_where_they_are_used() -> None:
    text = "See [`Drop`][d], [d] and [x](y).[^1]\n\n[d]: https://x.example/d 'Title'\n[^1]: https://x.example/note\n"
    shown = (
        "See [`Drop`](https://x.example/d), [d](https://x.example/d) and [x](y).[^1]\n\n[^1]: https://x.example/note\n"
    )
    assert as_shown(text) == shown


# Files


def test_a_file_is_stored_as_it_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "readme.md"
    path.write_text('<h1 align="center">Name</h1>\n\nWhat it <b>is</b>.\n\n## Use\n\nCall it.\n', encoding="utf-8")
    document = load(path)
    assert (document.title, [section.path for section in document.sections]) == ("Name", [(), ("Use",)])
    assert document.text == "# Name\n\n\nWhat it is.\n\n## Use\n\nCall it.\n"
    assert text_digest(path) == document.sha256


def test_front_matter_can_say_that_tags_are_text() -> None:
    text = "---\nsurveyqa: as is\n---\n# A\n\nA list is <ul><li></li></ul>.\n"
    assert load_bytes(text.encode(), Path("a.md"), "a.md").text == text
    plain = "<b>x</b> in plain text\n"
    assert load_bytes(plain.encode(), Path("a.txt"), "a.txt").text == plain
