"""The source panel: a section opened from anywhere, its other edition beside it, nothing for what is not there."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import InputError, SurveyQAError
from index.library import Library
from index.pages.viewer import PageViewer
from qa.ask import Assistant, open_library
from qa.settings import Settings
from qa.web.conversation.view import Turn
from qa.web.source.place import beside, open_section, open_source
from qa.web.source.section import SourceView
from qa.web.source.sheet import SheetView, Span, sheet_of


def text(view: SourceView) -> str:
    return "\n".join("".join(s.text for cell in block.cells for s in cell) for block in view.blocks)


def marked(view: SourceView) -> list[str]:
    return [s.text for block in view.blocks for cell in block.cells for s in cell if s.mark == "chosen"]


def test_any_section_opens_with_its_place_marked(assistant: Assistant) -> None:
    document = assistant.document("align.en")
    assert document is not None
    start = document.text.index("A reward model")
    end = document.text.index("from 0 to 1.") + len("from 0 to 1.")
    section = next(s for s in document.sections if s.start <= start < s.end)
    view = open_section(assistant, "align.en", section.section_id, start, end)
    assert view is not None
    assert (view.turn, view.number, view.count, view.path[-1], view.other) == (None, None, 0, "Rewards", "ko")
    assert marked(view) == ["A reward model scores every answer from 0 to 1."]


def test_a_section_opens_from_its_beginning_without_a_place(assistant: Assistant) -> None:
    view = open_section(assistant, "align.en", "method")
    assert view is not None
    assert text(view).startswith("Behavior imitation trains a small model")
    assert marked(view) == []


def test_a_section_opens_in_the_other_language(assistant: Assistant) -> None:
    view = open_section(assistant, "align.en", "method", language="ko")
    assert view is not None
    assert (view.doc_id, view.language, view.other) == ("align.ko", "ko", "en")
    assert text(view).startswith("행동 모방은")


def test_both_editions_stand_beside_each_other(assistant: Assistant) -> None:
    view = open_section(assistant, "align.en", "method")
    assert view is not None
    both = beside(assistant, view)
    assert both.beside is not None
    assert (both.beside.language, both.beside.heading) == ("ko", "방법")
    assert both.beside.blocks[0].cells[0][0].text.startswith("행동 모방은")


def test_a_document_of_one_language_has_nothing_beside(assistant: Assistant) -> None:
    document = assistant.document("synthetic")
    assert document is not None
    view = open_section(assistant, "synthetic", document.sections[-1].section_id)
    assert view is not None
    assert (view.other, beside(assistant, view).beside) == (None, None)


@pytest.mark.parametrize(
    ("doc_id", "section_id"),
    [("nowhere", "method"), ("align.en", "nowhere"), (None, "method"), ("align.en", 3), ([], {})],
)
def test_what_is_not_stored_opens_nothing(assistant: Assistant, doc_id: object, section_id: object) -> None:
    assert open_section(assistant, doc_id, section_id) is None


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (0, 10**9), (5, 5), ("1", "2"), (True, 90), (None, 3)])
def test_a_place_outside_its_section_is_not_marked(assistant: Assistant, start: object, end: object) -> None:
    view = open_section(assistant, "align.en", "method", start, end)
    assert view is not None
    assert marked(view) == []


@pytest.fixture(scope="module")
def turns(assistant: Assistant) -> Iterator[tuple[Turn, ...]]:
    yield (Turn("q", assistant.ask("How many tokens was Orchid-2 trained on?"), done=True),)


def test_a_citation_opens_in_both_languages(assistant: Assistant, turns: tuple[Turn, ...]) -> None:
    here = open_source(assistant, turns, 0, 0)
    there = open_source(assistant, turns, 0, 0, "ko")
    assert here is not None and there is not None
    assert (here.language, here.other, here.is_cited) == ("en", "ko", True)
    assert (there.language, there.other, there.is_cited) == ("ko", "en", False)
    assert "15.6T" in marked(here)[0]


@pytest.mark.parametrize(("doc_id", "lost"), [("gone.en", "removed"), ("align.en", "changed")])
def test_a_quotation_that_stands_no_more_is_shown_as_kept_and_nothing_is_marked(
    assistant: Assistant, turns: tuple[Turn, ...], doc_id: str, lost: str
) -> None:
    answer = turns[0].answer
    assert answer is not None
    kept = replace(answer.citations[0], doc_id=doc_id, quote="It was **trained** on another text.")
    view = open_source(assistant, (Turn("q", replace(answer, citations=(kept,)), done=True),), 0, 0)
    assert view is not None
    assert (view.lost, view.is_cited, view.other, text(view)) == (lost, False, None, "It was trained on another text.")
    assert marked(view) == []
    assert bool(view.reference) == bool(view.bibtex) == (lost == "changed")


def test_of_two_quotations_in_a_section_only_the_one_that_stands_is_marked(
    assistant: Assistant, turns: tuple[Turn, ...]
) -> None:
    answer = turns[0].answer
    assert answer is not None
    here = answer.citations[0]
    moved = replace(here, start=here.start - 1, end=here.end - 1)
    view = open_source(assistant, (Turn("q", replace(answer, citations=(here, moved)), done=True),), 0, 0)
    assert view is not None and view.lost == ""
    assert {s.number for block in view.blocks for cell in block.cells for s in cell if s.mark} == {0}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A paper with pages."""
    folder = tmp_path_factory.mktemp("pages") / "library"
    with Library.open(folder, create=True) as library:
        library.decline_shipped()
        library.add([Path(__file__).parent / "pdf" / "korean.pdf"])
    with open_library(settings=Settings(library=folder, shipped_seeds=False)) as opened:
        yield opened


def span(papers: Assistant, quote: str, number: int | None = 0) -> Span:
    document = papers.document("korean")
    assert document is not None
    start = document.text.index(quote)
    return Span(start, start + len(quote), "chosen", number)


def test_a_sheet_has_the_page_of_the_first_span_and_all_marks_on_it(papers: Assistant) -> None:
    spans = [
        span(papers, "오래된 모델과 작은 모델이 그린 지도를 견주어 배운다."),
        span(papers, "강은 움직이는 선이다.", 1),
    ]
    sheet = sheet_of(papers, "korean", [*spans, span(papers, "김가람. 2019.", 2)])
    assert sheet is not None
    assert (sheet.number, sheet.pages, sheet.is_unmarked, sheet.trouble) == (1, 2, False, "")
    assert [(mark.number, len(mark.boxes)) for mark in sheet.marks] == [(0, 2), (1, 1)]
    assert all(0 < side < 1 for mark in sheet.marks for box in mark.boxes for side in box)
    assert sheet.image.startswith("data:image/png;base64,")
    assert b64decode(sheet.image.partition(",")[2]).startswith(b"\x89PNG")
    assert sheet.width / sheet.height == pytest.approx(420 / 595, abs=0.01)


def test_a_sheet_of_another_page_has_no_marks_and_one_past_the_end_is_the_last(papers: Assistant) -> None:
    spans = [span(papers, "강은 움직이는 선이다.")]
    for number in (2, 7):
        sheet = sheet_of(papers, "korean", spans, number)
        assert sheet is not None
        assert (sheet.number, sheet.marks, sheet.is_unmarked) == (2, (), False)


def test_a_sheet_says_why_it_has_no_picture(papers: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise SurveyQAError("no process can be started")

    monkeypatch.setattr(PageViewer, "page", fails)
    assert sheet_of(papers, "korean", [], 2) == SheetView(2, 2, trouble="failed")
    monkeypatch.setattr(PageViewer, "has", lambda *_: False)
    last = span(papers, "김가람. 2019.")
    assert sheet_of(papers, "korean", [last]) == SheetView(2, 2, trouble="missing")


def test_a_document_without_pages_and_one_that_is_not_there_have_no_sheet(
    assistant: Assistant, papers: Assistant
) -> None:
    assert sheet_of(assistant, "align.en", []) is None
    assert sheet_of(papers, "nowhere", []) is None
    with pytest.raises(InputError, match="no document is called 'nowhere'"):
        papers.page("nowhere")
    view = open_section(assistant, "align.en", "method")
    assert view is not None and (view.pages, view.page) == (0, None)


def test_a_section_without_a_citation_names_the_page_of_its_beginning(papers: Assistant) -> None:
    document = papers.document("korean")
    assert document is not None
    views = [open_section(papers, "korean", section.section_id) for section in document.sections]
    assert [(view.page, view.pages, view.spans) for view in views if view] == [
        (document.page(section.start), 2, ()) for section in document.sections
    ]
