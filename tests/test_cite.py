"""The only door from a Draft to an Answer."""

from dataclasses import replace

import pytest

from index.load import Document, parse
from qa.answer import FOREIGN, Answer
from qa.reading.cite import Draft, DraftSentence, Evidence, cite

TEXT = "# 제목\n\n## 방법 {#method}\n\nSPIN은 미세 조정 방법이다. 둘째 문장이다.\n\n## 한계 {#limits}\n\n한계가 있다.\n"
DOCUMENT = parse(TEXT, doc_id="spin.ko", source="spin.ko.md")


def stored(doc_id: str) -> Document | None:
    return DOCUMENT if doc_id == "spin.ko" else None


def at(quote: str, section_id: str = "method", doc_id: str = "spin.ko") -> Evidence:
    start = TEXT.index(quote)
    return Evidence(doc_id, section_id, start, start + len(quote))


def draft(*sentences: DraftSentence, nearest: Evidence | None = None) -> Draft:
    return Draft("SPIN이 뭐야?", "ko", "definition", sentences, nearest, (), 0.9)


def answered(*sentences: DraftSentence) -> Answer:
    return cite(draft(*sentences), stored)


def test_a_citation_points_at_the_exact_characters() -> None:
    quote = "SPIN은 미세 조정 방법이다."
    (citation,) = answered(DraftSentence(quote, at(quote))).citations
    assert (citation.doc_id, citation.section, citation.section_id) == ("spin.ko", ("방법",), "method")
    assert DOCUMENT.text[citation.start : citation.end] == citation.quote == quote
    assert citation.title == "제목"


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence("spin.ko", "method", 0, 5),  # outside its section
        Evidence("spin.ko", "nowhere", 20, 30),  # no such section
        Evidence("other", "method", 20, 30),  # no such document
        Evidence("spin.ko", "method", 30, 30),  # nothing
        Evidence("spin.ko", "method", 30, 9999),  # past the end
    ],
)
def test_a_sentence_without_a_true_place_is_dropped(evidence: Evidence) -> None:
    answer = answered(DraftSentence("SPIN은 미세 조정 방법이다.", evidence))
    assert answer.abstained and answer.citations == ()


def test_other_places_are_checked_and_named_in_order() -> None:
    near = at("한계가 있다.", "limits"), Evidence("spin.ko", "nowhere", 20, 30), at("SPIN은 미세 조정 방법이다.")
    answer = cite(replace(draft(), others=near), stored)
    assert [other.quote for other in answer.others] == ["한계가 있다.", "SPIN은 미세 조정 방법이다."]
    assert answer.text.splitlines()[-3:] == ["그 밖에 가까운 부분:", "- 제목 › 한계", "- 제목 › 방법"]


def test_a_changed_quotation_is_dropped() -> None:
    answer = answered(DraftSentence("SPIN은 미세 조정 방법이 아니다.", at("SPIN은 미세 조정 방법이다.")))
    assert answer.abstained


def test_sentences_are_numbered_in_order_and_a_place_is_cited_once() -> None:
    first, second = "SPIN은 미세 조정 방법이다.", "한계가 있다."
    answer = answered(
        DraftSentence(first, at(first)), DraftSentence(second, at(second, "limits")), DraftSentence(first, at(first))
    )
    assert [sentence.citations for sentence in answer.sentences] == [(0,), (1,), (0,)]
    assert answer.text == f"{first} [1]\n{second} [2]\n{first} [1]"


def test_code_is_quoted_without_its_margin_and_fenced_in_text() -> None:
    text = "# T\n\n1. Run it:\n\n   ```\n   make\n     all\n   ```\n"
    document = parse(text, doc_id="t", source="t.md")
    said, code = text.index("Run it:"), text.index("   make")
    sentences = (
        DraftSentence("Run it:", Evidence("t", "0", said, said + 7)),
        DraftSentence("make\n  all", Evidence("t", "0", code, text.index("\n   ```\n", code)), "code"),
    )
    answer = cite(draft(*sentences), lambda _: document)
    assert answer.citations[1].quote == "   make\n     all"
    assert answer.text.removeprefix(f"{FOREIGN['ko']}\n") == "Run it: [1]\n```\nmake\n  all\n```\n[2]"


def test_an_abstention_names_the_nearest_section_in_the_language_of_the_question() -> None:
    answer = cite(draft(nearest=at("한계가 있다.", "limits")), stored)
    assert answer.abstained
    assert answer.text == "이 라이브러리에서는 답의 근거를 찾지 못했습니다. 가장 가까운 부분: 제목 › 한계"


def test_an_abstention_shows_the_nearest_sentence_where_one_is_near_enough() -> None:
    told = replace(draft(nearest=at("한계가 있다.", "limits")), nearest_is_sentence=True)
    answer = cite(told, stored)
    assert (answer.abstained, answer.citations, answer.nearest_quote) == (True, (), "한계가 있다.")
    assert answer.text.endswith("가장 가까운 부분: 제목 › 한계\n“한계가 있다.”")
    lost = cite(replace(told, nearest=Evidence("lost", "limits", 0, 3)), stored)
    assert (lost.nearest, lost.nearest_is_sentence, lost.nearest_quote) == (None, False, "")


def test_foreign_quotations_are_announced() -> None:
    quote = "한계가 있다."
    english = Draft("its limits?", "en", "other", (DraftSentence(quote, at(quote, "limits")),), None, (), 0.9)
    answer = cite(english, stored)
    assert answer.foreign
    assert answer.text.startswith("This was found in a Korean source, so the Korean original is quoted.")


def test_a_citation_names_the_page_that_its_quotation_begins_on() -> None:
    first, second = "SPIN은 미세 조정 방법이다.", "둘째 문장이다."
    paged = replace(DOCUMENT, pages=(0, TEXT.index(second)))
    made = draft(DraftSentence(first, at(first)), DraftSentence(second, at(second)))
    assert [citation.page for citation in cite(made, lambda _: paged).citations] == [1, 2]
    assert [citation.page for citation in cite(made, stored).citations] == [None, None]


@pytest.mark.parametrize(
    ("probability", "kind", "unsure"), [(0.49, "other", True), (0.5, "other", False), (0.49, "category", False)]
)
def test_an_answer_says_that_it_may_not_be_one(probability: float, kind: str, unsure: bool) -> None:
    quote = "한계가 있다."
    sentences = (DraftSentence(quote, at(quote, "limits")),)
    answer = cite(Draft("한계는?", "ko", kind, sentences, None, (), probability), stored)
    assert answer.unsure is unsure
    note = "물으신 것을 꼭 집어 답하는지 확실하지 않습니다. 가장 가까운 내용입니다.\n" if unsure else ""
    assert answer.text == f"{note}{quote} [1]"
    assert not cite(Draft("한계는?", "ko", kind, (), None, (), probability), stored).unsure
