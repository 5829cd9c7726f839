"""Files as Documents: encodings, normal forms, front matter and what is refused."""

import hashlib
import os
import re
import time
import unicodedata
from pathlib import Path

import pytest

from index.decode import decode, normalise, repaired
from index.errors import InputError
from index.load import MAX_TEXT_BYTES, SimilarPaper, detect_language, doc_id_of, load, parse

KOREAN = "자기 개선은 모델이 스스로 배우는 방법이다.\n"
CURLY = "It doesn\u2019t matter: the model\u2019s \u201cscore\u201d isn\u2019t high \u2013 we\u2019re done.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949", "euc-kr"])
def test_korean_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(KOREAN.encode(encoding))
    document = load(path)
    assert (document.text, document.language) == (KOREAN, "ko")


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_a_mark_is_read_in_either_byte_order(order: str) -> None:
    assert decode(("\ufeff" + KOREAN).encode(order), name="a.md") == KOREAN


def test_cp949_with_rare_syllables_is_read() -> None:
    assert decode("햏과 뷁은 확장 완성형에만 있는 글자이다.".encode("cp949"), name="a.md").startswith("햏과 뷁은")


def test_cp1252_english_is_not_taken_for_korean() -> None:
    assert decode(CURLY.encode("cp1252"), name="a.md") == CURLY
    assert decode("A café in Zürich costs 5 €.".encode("cp1252"), name="a.md") == "A café in Zürich costs 5 €."


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(1, 32)) * 50,
        b"text with \x00 in it",
        b"x" * 9000 + b"\x00",
        "\ufeffa NUL \x00 in UTF-16".encode("utf-16-le"),
        b"\xff\xfe\x00",
    ],
)
def test_binary_files_are_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "paper.md"
    path.write_bytes(data)
    with pytest.raises(
        InputError, match=f"^{re.escape(str(path))}: the (file is binary|text is neither|file is binary data)"
    ):
        load(path)


def test_other_files_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "blank.md").write_text("\ufeff \n\t\n", encoding="utf-8")
    (tmp_path / "paper.pdf").write_text("text", encoding="utf-8")
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")  # reading it would wait for ever
    with (tmp_path / "huge.txt").open("wb") as file:
        file.write(b"a" * (MAX_TEXT_BYTES + 1))
    for name, reason in (
        ("empty.md", "the file is empty"),
        ("blank.md", "the file has no text"),
        ("paper.pdf", "the file is text and no .pdf file; get it again"),
        ("folder.md", "is no regular file"),
        ("pipe.md", "is no regular file"),
        ("huge.txt", "the file has 20,000,001 bytes; of text at most 20,000,000"),
        ("missing.md", r"cannot be read \(No such file or directory\)"),
    ):
        with pytest.raises(InputError, match=reason) as caught:
            load(tmp_path / name)
        assert str(caught.value).startswith(f"{tmp_path / name}: ")


def test_text_is_stored_composed_with_line_feeds_and_without_a_mark() -> None:
    raw = "\ufeff" + unicodedata.normalize("NFD", "자기 개선") + "\r\nb\rc\n"
    assert normalise(raw) == "자기 개선\nb\nc\n"


def test_the_digest_is_that_of_the_stored_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(unicodedata.normalize("NFD", KOREAN).replace("\n", "\r\n").encode())
    document = load(path)
    assert document.text == KOREAN
    assert document.sha256 == hashlib.sha256(KOREAN.encode()).hexdigest()
    assert document.source == str(path)
    assert load(path, "seeds/a.md").source == "seeds/a.md"


def test_offsets_count_characters_of_the_stored_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeff# 제목\r\n\r\n## 가\r\n본문 🙂\r\n## 나\r\n끝\r\n".encode())
    document = load(path)
    assert [document.text[s.start : s.end] for s in document.sections] == ["본문 🙂\n", "끝\n"]


def test_front_matter_names_the_document() -> None:
    text = (
        "---\ntitle: 'A: B'\nwork: w1\nlanguage: ko\nauthors: [Kim, Lee]\nyear: 2024\narxiv: 2406.01252\n---\n"
        "# Other\nbody\n"
    )
    document = parse(text, doc_id="x.en", source="x.en.md")
    assert (document.title, document.work, document.language) == ("A: B", "w1", "ko")
    assert (document.authors, document.year, document.arxiv) == (("Kim", "Lee"), 2024, "2406.01252")


def test_front_matter_may_have_spaces_after_its_marks() -> None:
    document = parse("--- \ntitle: Moss\n---\t\nText.\n", doc_id="a", source="a.md")
    assert (document.title, document.text[document.sections[0].start :]) == ("Moss", "Text.\n")


def test_front_matter_values_are_text_as_written() -> None:
    text = "---\narxiv: 2407.10670\nwork: 2407.10670\nauthors: Kim\nyear: 2024-13-01\n---\nbody\n"
    document = parse(text, doc_id="x", source="x.md")
    assert (document.arxiv, document.work) == ("2407.10670", "2407.10670")
    assert (document.authors, document.year) == (("Kim",), None)


@pytest.mark.parametrize(
    ("year", "read"),
    [("2024", 2024), ("'1999'", 1999), ("99999999999999999999", None), ("9" * 5_000, None), ("٢٠٢٤", None)],
)
def test_a_year_has_four_digits(year: str, read: int | None) -> None:
    assert parse(f"---\nyear: {year}\n---\nbody\n", doc_id="x", source="x.md").year == read


@pytest.mark.parametrize(
    ("block", "line"), [("title: a\nyear: [1\n", 3), ("title: 'a\n", 2), ("a: 1\n- b\n", 3), ("\tx: 1\n", 2)]
)
def test_broken_front_matter_is_refused_with_its_line(block: str, line: int) -> None:
    with pytest.raises(InputError, match=rf"^notes\.md:{line}: the front matter is not YAML"):
        parse(f"---\n{block}---\nbody\n", doc_id="notes", source="notes.md")


def test_front_matter_that_is_no_mapping_or_names_another_language_is_refused() -> None:
    with pytest.raises(InputError, match=r"^n\.md:2: the front matter is not a list of 'key: value' lines"):
        parse("---\n- a\n- b\n---\nbody\n", doc_id="n", source="n.md")
    with pytest.raises(InputError, match="language is 'fr'; expected 'ko' or 'en'"):
        parse("---\nlanguage: fr\n---\nbody\n", doc_id="n", source="n.md")


def test_front_matter_is_only_read_in_markdown() -> None:
    document = parse("---\n- a\n---\nbody\n", doc_id="n", source="n.txt", markdown=False)
    assert (document.title, len(document.sections)) == ("n", 1)


@pytest.mark.parametrize(
    ("doc_id", "work", "title", "language", "arxiv"),
    [
        ("2406.01252.ko", "2406.01252", "2406.01252", "ko", "2406.01252"),
        ("2406.01252", "2406.01252", "2406.01252", "en", "2406.01252"),
        ("v1.2-notes", "v1.2-notes", "v1.2-notes", "en", None),
        ("notes.en", "notes", "notes", "en", None),
    ],
)
def test_a_file_name_stands_in_for_what_the_text_does_not_say(
    doc_id: str, work: str, title: str, language: str, arxiv: str | None
) -> None:
    document = parse("some text\n", doc_id=doc_id, source="s")
    assert (document.work, document.title, document.language, document.arxiv) == (work, title, language, arxiv)


def test_similar_papers_are_read_from_the_list() -> None:
    text = "# T\n- [The Llama 3 Herd](2407.21783.md)\n* [Qwen2](2407.10671v2.md)\n- [no](other.md)\n"
    assert parse(text, doc_id="t", source="t").similar == (
        SimilarPaper("The Llama 3 Herd", "2407.21783"),
        SimilarPaper("Qwen2", "2407.10671"),
    )


def test_titles_of_similar_papers_may_be_wrapped_and_hold_brackets() -> None:
    text = (
        "- [One\n [of two](2407.21783.md) [x] - [no](2407.00001.md)\n\n  + [Two](2407.10671.md)\n- [](2407.00002.md)\n"
    )
    assert parse(text, doc_id="t", source="t").similar == (
        SimilarPaper("One\n [of two", "2407.21783"),
        SimilarPaper("Two", "2407.10671"),
    )


def test_what_looks_like_a_list_of_papers_costs_no_more_than_its_length() -> None:
    begun = time.perf_counter()
    for text in ("\n" * 200_000, "- [a\n" * 50_000):
        assert parse(f"x{text}", doc_id="t", source="t", markdown=False).similar == ()
    assert time.perf_counter() - begun < 2


def test_a_seventh_of_hangul_is_korean() -> None:
    assert detect_language("가" * 1 + "a" * 6) == "ko"
    assert detect_language("가" * 1 + "a" * 7) == "en"
    assert detect_language("123") == "en"


def test_code_says_nothing_of_the_language_around_it() -> None:
    code = "```python\ndef annotate(prompt, response):\n    return judge(prompt, response)\n```"
    assert detect_language(f"사람의 비용이 병목이다.\n\n{code}\n\n그래서 AI가 판단한다.\n") == "ko"
    assert detect_language("The labels cost much.\n\n~~~\n# 사람이 비교한다\n~~~\n") == "en"
    assert detect_language("```\n# 사람이 답변을 비교한다\ncompare(a, b)\n```") == "ko"  # nothing but code
    assert detect_language("가나다\n" + "~~~~\n가\n" * 3 + "abcdefghi") == "ko"  # a fence that nothing closes


def test_document_ids_are_stems_without_what_shells_trip_over() -> None:
    assert doc_id_of(Path("My notes (v2)!.md")) == "My-notes-v2"
    assert doc_id_of(Path(unicodedata.normalize("NFD", "자기개선.ko.md"))) == "자기개선.ko"
    assert doc_id_of(Path("???.md")) == "document"


def test_front_matter_of_an_export_names_the_paper_and_its_pages() -> None:
    head = (
        "---\ndoc_id: arxiv-2408.03281\ndoi: 10.1/x\nurl: https://a.example/x\nidentity: arxiv-2408.03281\n"
        "pages: [0, 5]\n---\n"
    )
    document = parse(head + "one\ntwo\nthree\n", doc_id="file", source="file.md")
    assert (document.doc_id, document.identity) == ("arxiv-2408.03281", "arxiv-2408.03281")
    assert (document.doi, document.url) == ("10.1/x", "https://a.example/x")
    assert document.pages == (len(head), len(head) + 5)
    assert document.page(len(head) + 4) == 1 and document.page(len(head) + 5) == 2


def test_aliases_in_front_matter_may_not_stand_for_gigabytes() -> None:
    assert parse("---\ntitle: &a Old\nx: *a\n---\ntext\n", doc_id="n", source="n.md").title == "Old"
    lines = ["a0: &a0 [x, x]", *(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 12))]
    text = "---\n" + "\n".join(lines) + "\n---\ntext\n"
    with pytest.raises(InputError, match=r"^n\.md:2: the front matter stands for [\d,]{14,} values by its aliases"):
        parse(text, doc_id="n", source="n.md")


def test_control_characters_are_not_stored() -> None:
    assert normalise("red\x1b[31m\x07\tand\x85\n\x0cgreen\x00") == "red[31m\tand\n\x0cgreen"
    document = parse('---\ntitle: "Evil \\e[2J\\nsecond"\n---\ntext\n', doc_id="n", source="n.md")
    assert document.title == "Evil [2J\nsecond"


def test_half_characters_are_replaced() -> None:
    assert repaired("a\ud83d b") == "a\ufffd b"
    assert repaired("\ud83d\ude00 가 é") == "😀 가 é"


def test_front_matter_may_be_toml() -> None:
    head = '+++\ntitle = "졸업 안내"\ndate = 2019-06-19T11:52:20+09:00\ndraft = true\nlanguage = "ko-KR"\n# A comment\ntags = ["a"]\n+++\n'
    document = parse(head + "## 첫째\n\none\n", doc_id="file", source="file.md")
    assert (document.title, document.language) == ("졸업 안내", "ko")
    assert [section.path for section in document.sections] == [("첫째",)]
    assert document.sections[0].start >= len(head)
    with pytest.raises(
        InputError, match=r"^n\.md:3: the front matter is not TOML; mend it or remove the '\+\+\+' block"
    ):
        parse("+++\ntitle = 'a'\nb\nc = 1\n+++\ntext\n", doc_id="n", source="n.md")
    assert parse("+++\nfor and against\n", doc_id="n", source="n.md").sections[0].start == 0


@pytest.mark.parametrize("pages", ["[a]", "[5, 0]", "[0, 999]", "7", "[-1]", "[[1]]", "[" + "9" * 5_000 + "]"])
def test_pages_that_do_not_fit_are_left_out(pages: str) -> None:
    assert parse(f"---\npages: {pages}\n---\nshort text\n", doc_id="f", source="f.md").pages == ()


DIVIDED = """회사는 올해부터 모든 직원의 근무 시
간을 스스로 정하도록 하였다. 근무 시간은 직
원이 정하고 부서장이 확인하며, 하루에는
네 시간 넘게 일해야 한다. 시간을 바꾸려는 직
원은 사흘 앞서 부서장에게 알린다."""
WHOLE = """회사는 올해부터 모든 직원의 근무 시간을
스스로 정하도록 하였다. 근무 시간은 직원이
정하고 부서장이 확인하며, 직원은 하루 네 시간
넘게 일해야 한다. 시간을 바꾸려는 직원은
사흘 앞서 부서장에게 알린다."""


def test_words_that_the_lines_of_a_text_file_divide_are_whole_again(tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_text(DIVIDED, encoding="utf-8")
    text = load(path).text
    assert "근무 시간을 스스로" in text and "근무 시간은 직원이 정하고" in text and "바꾸려는 직원은" in text
    assert "하루에는\n네 시간" in text  # ends with a word: as it was
    assert text.replace("\n", "") == DIVIDED.replace("\n", "")


NOTES = """골목 답사 메모
월세 최근 5년간 2배
나가라고 한 적은 없는데 재계약 때 올려달라 함
아들은 안 물려받음

3. 느낀점/쟁점
젠트리피케이션 = 여기선 예술가가 가해자이자 피해자?
구청 계획: 통째로 이전
지식산업센터 들어오면 분진 민원 늘듯
상생협약 있는데 강제력 X
"""


def test_the_lines_of_a_note_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(NOTES, encoding="utf-8")
    assert load(tmp_path / "note.txt").text == NOTES


@pytest.mark.parametrize("name", ["whole.txt", "divided.md"])
def test_lines_that_end_with_their_words_and_markdown_stay_as_they_are(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    written = WHOLE if name == "whole.txt" else DIVIDED
    path.write_text(written, encoding="utf-8")
    assert load(path).text == written
