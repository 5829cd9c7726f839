"""Sections: paths of headings, ids and offsets."""

import time

import pytest

from index.outline import (
    Section,
    lists_contents,
    lists_references,
    names_references,
    outline_markdown,
    outline_text,
    plain,
)


def bodies(text: str) -> list[str]:
    return [text[section.start : section.end] for section in outline_markdown(text)[1]]


def test_sections_hold_their_own_text_and_the_path_above() -> None:
    text = "# Title\nintro\n## A\none\n### A1\ntwo\n## B\nthree\n"
    title, sections = outline_markdown(text)
    assert title == "Title"
    assert [(s.section_id, s.path, s.level) for s in sections] == [
        ("0", (), 0),
        ("1", ("A",), 2),
        ("1.1", ("A", "A1"), 3),
        ("2", ("B",), 2),
    ]
    assert bodies(text) == ["intro\n", "one\n", "two\n", "three\n"]


def test_a_title_without_text_below_it_makes_no_section() -> None:
    assert outline_markdown("# Title\n\n## A\none\n")[1] == (Section("1", ("A",), 2, len("# Title\n\n## A\n"), 18),)


def test_two_level_one_headings_are_sections_and_no_title() -> None:
    title, sections = outline_markdown("# One\na\n# Two\nb\n")
    assert title is None
    assert [(s.section_id, s.path) for s in sections] == [("1", ("One",)), ("2", ("Two",))]


def test_text_before_the_first_heading_is_a_section() -> None:
    text = "before\n\n## A\nbody\n"
    assert outline_markdown(text)[0] is None
    assert bodies(text) == ["before\n\n", "body\n"]


def test_a_heading_right_above_one_as_high_is_the_title() -> None:
    title, sections = outline_markdown("# Barratt Scale\n\n# 바랫 척도\n\nText.\n\n## Items\n\nMore.\n")
    assert title == "Barratt Scale"
    assert [section.path for section in sections] == [("바랫 척도",), ("바랫 척도", "Items")]
    title, sections = outline_markdown("# One\n\n## Of one\n\nText.\n\n# Two\n\nMore.\n")
    assert title is None
    assert [section.path for section in sections] == [("One",), ("One", "Of one"), ("Two",)]


def test_a_skipped_level_still_nests() -> None:
    sections = outline_markdown("# T\n## A\n#### Deep\nx\n### Less deep\ny\n## B\nz\n")[1]
    assert [(s.section_id, s.path) for s in sections] == [
        ("1", ("A",)),
        ("1.1", ("A", "Deep")),
        ("1.2", ("A", "Less deep")),
        ("2", ("B",)),
    ]


def test_setext_headings_end_after_their_underline() -> None:
    text = "Title\n=====\nintro\n\nPart\n----\nbody\n"
    title, sections = outline_markdown(text)
    assert title == "Title"
    assert [(s.path, text[s.start : s.end]) for s in sections] == [((), "intro\n\n"), (("Part",), "body\n")]


def test_hashes_in_code_lists_and_quotes_are_no_headings() -> None:
    text = "# T\n## A\n```sh\n# a comment\n## more\n```\n\n    # indented\n\n- # in a list\n\n> # quoted\n\n#hashtag\n"
    assert [s.path for s in outline_markdown(text)[1]] == [("A",)]


def test_heading_ids_are_taken_and_left_out_of_the_words() -> None:
    title, sections = outline_markdown("# T\n## Method {#method-1}\nx\n## Next\ny\n")
    assert [(s.section_id, s.path) for s in sections] == [("method-1", ("Method",)), ("2", ("Next",))]


def test_spaces_around_a_heading_id_do_not_matter() -> None:
    _, sections = outline_markdown("# T\n## Title { #anchor }\nx\n## Next{#next}\ny\n## Use {braces}\nz\n")
    assert [(s.section_id, s.path) for s in sections] == [
        *(("anchor", ("Title",)), ("next", ("Next",))),
        ("3", ("Use {braces}",)),
    ]


def test_a_repeated_id_gets_a_running_number() -> None:
    sections = outline_markdown("# T\n## A {#same}\nx\n## B {#same}\ny\n## C {#same}\nz\n")[1]
    assert [s.section_id for s in sections] == ["same", "same-2", "same-3"]


def test_section_ids_are_distinct_whatever_the_headings_say() -> None:
    sections = outline_markdown("# T\n## A {#x}\na\n## B {#x-2}\nb\n## C {#x}\nc\n## D {#1}\nd\n")[1]
    assert [s.section_id for s in sections] == ["x", "x-2", "x-3", "1"]


def test_marks_are_left_out_of_headings() -> None:
    assert plain("**Bold** and `code` of [a paper](2406.01252.md)") == "Bold and code of a paper"
    assert plain("snake_case stays") == "snake_case stays"


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ('안정 버전 <sup class="badge" data-text="3.5+" />', "안정 버전"),
        ('<a name="intro"></a>Intro <!-- moved -->', "Intro"),
        ("x<sup>2</sup> and <b>bold</b>", "x2 and bold"),
        ('<img src="logo.png" alt="FastAPI logo"> FastAPI', "FastAPI logo FastAPI"),
        ("The `<sup>` element <sup>new</sup>", "The <sup> element new"),
        ('<img src="logo.png">', '<img src="logo.png">'),
        ("Mutex<T> and `Vec<i32>`", "Mutex<T> and Vec<i32>"),
    ],
)
def test_tags_that_only_say_how_a_heading_looks_are_left_out(heading: str, words: str) -> None:
    title, sections = outline_markdown(f"# {heading}\n\n## {heading} {{#here}}\n\ntext\n")
    assert title == words
    assert [(one.section_id, one.path) for one in sections] == [("here", (words,))]


def test_body_start_leaves_front_matter_out() -> None:
    text = "---\nkey: 1\n---\n# T\nbody\n"
    title, sections = outline_markdown(text, 15)
    assert (title, text[sections[0].start : sections[0].end]) == ("T", "body\n")


def test_a_table_of_contents_is_a_list_of_links_without_a_heading() -> None:
    entries = "- [One](one.md)\n- Part\n  - [Two](two.md#x){.wide}\n  - [The [3]](../three.md)\n"
    assert lists_contents((), entries)
    assert not lists_contents(("Related papers",), entries)
    assert not lists_contents((), entries + "\nIt ends.\n")
    assert not lists_contents((), entries.replace("two.md", "https://two.example"))  # leads elsewhere
    assert not lists_contents((), "- [One](one.md)\n- Part\n")


def test_a_table_of_contents_is_known_by_its_heading_too() -> None:
    entries = "1. Moss\n2. Fern and differences from moss\n"
    assert lists_contents(("Contents",), entries)
    assert lists_contents(("목 차",), entries)
    assert not lists_contents(("Moss",), entries)
    assert not lists_contents(("Contents",), "Moss is told of first. Then come ferns.\n")


@pytest.mark.parametrize(
    ("heading", "is_one"),
    [
        ("References", True),
        ("7. REFERENCES", True),
        ("VII. References and Notes", True),
        ("Reference list:", True),
        ("Literature cited", True),
        ("참 고 문 헌", True),
        ("6 참고 자료", True),
        ("참조문헌", True),
        ("인용 문헌", True),
        ("Reference", False),
        ("References to other work", False),
        ("참고문헌의 범위", False),
        ("7.", False),
    ],
)
def test_lists_of_references_are_known_by_their_names(heading: str, is_one: bool) -> None:
    assert names_references(heading) == is_one
    assert lists_references(("Part", heading, "A")) == is_one


def test_ids_that_are_repeated_often_and_long_gaps_cost_no_more_than_their_number() -> None:
    begun = time.perf_counter()
    sections = outline_markdown("## A {#x}\n\n" * 4_000 + "## B {#x-3}\n\n## C" + " " * 40_000 + "D\n")[1]
    assert [one.section_id for one in sections[:3]] == ["x", "x-2", "x-4"]
    assert [one.section_id for one in sections[-3:]] == ["x-4001", "x-3", "4002"]
    assert time.perf_counter() - begun < 5


def test_plain_text_is_one_section() -> None:
    assert outline_text("# not a heading\nx") == (None, (Section("0", (), 0, 0, 17),))


def test_sections_are_in_order_and_do_not_overlap() -> None:
    text = "intro\n" + "".join(f"{'#' * (1 + n % 4)} H{n}\nbody {n}\n\n" for n in range(40))
    sections = outline_markdown(text)[1]
    assert len(sections) == 41
    assert all(a.end <= b.start for a, b in zip(sections, sections[1:], strict=False))
    assert sections[-1].end == len(text)
