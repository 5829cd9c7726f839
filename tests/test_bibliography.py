"""BibTeX entries and reference lines: what they say, and that a strict reader of BibTeX gets it back."""

import hashlib
import random
import re
from dataclasses import replace

import pytest

from index.copies.bibliography import Name, bibtex, bibtex_all, cited, key_of, name_of, reference
from index.load import Document, parse

PAPER = replace(
    parse("Text.\n", doc_id="arxiv-2401.01335", source="arXiv:2401.01335"),
    title="Weak LLMs to Strong: SPIN & 100% Self-Play",
    authors=("Zixiang Chen", "Yihe Deng", "Ludwig van Dorn"),
    year=2024,
    arxiv="2401.01335",
    url="https://arxiv.org/abs/2401.01335v2",
)
NOTES = parse("# 자기 개선 노트\n본문이다.\n", doc_id="자기개선", source="자기개선.md")
KOREAN = replace(NOTES, authors=("홍길동", "김철수"), year=2022)

Entry = tuple[str, str, dict[str, str]]
_HEAD = re.compile(r"@(article|misc)\{([a-z][a-z0-9.-]*),\n")
_FIELD = re.compile(r"  ([a-zA-Z]+) +=[ ]\{")


def read_bibtex(text: str) -> list[Entry]:
    """Read entries as BibTeX does, but forgive nothing: any other character than those expected fails."""
    entries: list[Entry] = []
    at = 0
    while at < len(text):
        head = _HEAD.match(text, at)
        assert head, f"no entry at {text[at : at + 40]!r}"
        at, fields = head.end(), dict[str, str]()
        while not text.startswith("}\n", at):
            field = _FIELD.match(text, at)
            assert field and field[1] not in fields, f"no field at {text[at : at + 40]!r}"
            depth, start, at = 1, field.end(), field.end()
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)  # BibTeX counts braces after a backslash, too
                at += 1
            fields[field[1]] = text[start : at - 1]
            at += 1 if text.startswith(",\n  ", at) else 0
            assert text[at] == "\n"
            at += 1
        assert text.startswith("}\n", at)
        at += 2
        entries.append((head[1], head[2], fields))
        assert at == len(text) or text[at] == "\n", "an empty line between entries"
        at += 1
    return entries


def unescaped(latex: str) -> str:
    """Return the text that LaTeX sets; braces that only group are gone."""
    named = {"textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\"}
    named |= {"textasciitilde": "~", "textasciicircum": "^"}
    pattern = re.compile(r"\\(text[a-z]+)\{\}|\\([$&#_%])|([{}])|([$&#_%~^\\])|(.)", re.DOTALL)
    text = ""
    for found in pattern.finditer(latex):
        assert not found[4], f"{found[4]!r} is not escaped in {latex!r}"
        text += named[found[1]] if found[1] else found[2] or found[5] or ""
    return text


def fields_of(document: Document) -> dict[str, str]:
    ((_, _, fields),) = read_bibtex(bibtex(document))
    return fields


def titled(title: str) -> str:
    return fields_of(replace(PAPER, title=title))["title"]


def by(*authors: str) -> str:
    return fields_of(replace(PAPER, authors=authors))["author"]


# Entries


def test_an_arxiv_paper_is_this_entry() -> None:
    assert (
        bibtex(PAPER)
        == r"""@misc{chen2024weak,
  author        = {Chen, Zixiang and Deng, Yihe and van Dorn, Ludwig},
  title         = {Weak {LLMs} to Strong: {SPIN} \& 100\% Self-Play},
  year          = {2024},
  eprint        = {2401.01335},
  archivePrefix = {arXiv},
  url           = {https://arxiv.org/abs/2401.01335v2},
  langid        = {english}
}
"""
    )


def test_a_korean_document_stays_korean() -> None:
    assert read_bibtex(bibtex(KOREAN)) == [
        (
            "misc",
            f"doc-{hashlib.sha256('자기개선'.encode()).hexdigest()[:8]}",
            {"author": "{홍길동} and {김철수}", "title": "자기 개선 노트", "year": "2022", "langid": "korean"},
        )
    ]


def test_the_kind_of_entry_follows_what_is_known() -> None:
    bare = replace(PAPER, arxiv=None, url=None)
    for document, kind, names in (
        (bare, "misc", set()),
        (replace(bare, url="https://a.example/p"), "misc", {"url"}),
        (replace(bare, doi="10.1000/x"), "article", {"doi"}),
        (replace(bare, doi="10.1000/x", arxiv="2401.01335"), "misc", {"doi", "eprint", "archivePrefix"}),
    ):
        ((found, _, fields),) = read_bibtex(bibtex(document))
        assert (found, set(fields)) == (kind, names | {"author", "title", "year", "langid"})


def test_what_is_not_known_is_left_out() -> None:
    assert fields_of(NOTES) == {"title": "자기 개선 노트", "langid": "korean"}
    assert "author" not in fields_of(replace(PAPER, authors=("", " ")))


def test_addresses_go_as_they_are_but_for_what_would_end_a_field() -> None:
    fields = fields_of(
        replace(PAPER, url="https://a.example/b_c%20d?e=f&g#h~i{j}", doi="10.1002/(SICI)1<33::AID>3.0_2")
    )
    assert fields["url"] == "https://a.example/b_c%20d?e=f&g#h~i%7Bj%7D"
    assert fields["doi"] == "10.1002/(SICI)1<33::AID>3.0_2"
    assert fields_of(replace(NOTES, url="https://a.example/문서"))["url"] == "https://a.example/%EB%AC%B8%EC%84%9C"


# Titles


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("mPLUG-Owl3 and Qwen2: GPT-4o in 3D", "{mPLUG}-{Owl3} and {Qwen2}: {GPT}-4o in {3D}"),
        ("A K-means Plan B for A* and C++", "A {K}-means Plan {B} for {A}* and {C}++"),
        ("LLM의 정렬과 RLHF", "{LLM}의 정렬과 {RLHF}"),
        ("Reading tables of Korean words: Results count", "Reading tables of {Korean} words: Results count"),
        ("Learning Tables of Korean Words", "Learning Tables of Korean Words"),
        ("Sums in $O(n^2)$ and $\\alpha_{i}$", "Sums in {$O(n^2)$} and {$\\alpha_{i}$}"),
        ("From $5 to $10", r"From \$5 to \$10"),
        ("It costs 5$ or 6$", r"It costs 5\$ or 6\$"),
        ("An open $x{y$ brace", r"An open \$x\textbraceleft{}y\$ brace"),
        ("a_b#c~d^e\\f{g", r"a\_b\#c\textasciitilde{}d\textasciicircum{}e\textbackslash{}f\textbraceleft{}g"),
        ("two\n lines", "two lines"),
    ],
)
def test_titles_keep_their_capitals_and_lose_no_character(title: str, expected: str) -> None:
    assert titled(title) == expected


def test_any_title_and_name_is_read_back() -> None:
    chance = random.Random(3)
    pieces = [*"{}\\$&#_%~^\"'`<>|@,=*[] ", "SPIN", "model", "가나", "é", "🙂", "and", "A", "10", "\\{", "{}", "$$"]
    for _ in range(1500):
        title = "".join(chance.choices(pieces, k=chance.randint(1, 12)))
        title = title.replace("$", "", title.count("$") - 1) if "$" in title else title  # two would be a formula
        author = "".join(chance.choices(pieces, k=chance.randint(1, 8))).replace(",", "")
        document = replace(PAPER, title=title, authors=(author, "Bo Lee"))
        fields = fields_of(document)
        assert unescaped(fields.get("title", "")) == " ".join(title.split())
        first = re.split(r" and (?=Lee, Bo$)", fields.get("author", ""))[0]
        words = unescaped(first).replace(",", "").split()
        assert sorted(words) == sorted(author.split()) or not author.strip()


@pytest.mark.parametrize("title", ["$a$ b$c$", "$$x$$", "$\\{$", "$a%b$", "$}{$", "$", "$ a $", "\\$a$b$"])
def test_what_looks_like_a_formula_leaves_the_braces_balanced(title: str) -> None:
    assert fields_of(replace(PAPER, title=title))["title"]


# Names


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ada Kim", Name("Kim", "Ada")),
        ("Kim, Ada", Name("Kim", "Ada")),
        ("  Ada \n B.  Kim ", Name("Kim", "Ada B.")),
        ("Maria de la Cruz", Name("de la Cruz", "Maria")),
        ("John Smith Jr.", Name("Smith", "John", "Jr.")),
        ("John Smith, Jr.", Name("Smith", "John", "Jr.")),
        ("Smith, Jr., John", Name("Smith", "John", "Jr.")),
        ("A. B. Lee III", Name("Lee", "A. B.", "III")),
        ("홍길동", Name("홍길동")),
        ("홍 길동", Name("홍 길동")),
        ("鈴木 花子", Name("鈴木 花子")),
        ("OpenAI", Name("OpenAI")),
        ("Qwen Team", Name("Qwen Team")),
        ("Barnes and Noble", Name("Barnes and Noble")),
        ("Ai Wei", Name("Wei", "Ai")),
    ],
)
def test_names_are_taken_apart_where_that_can_be_told(author: str, expected: Name) -> None:
    assert name_of(author) == expected


def test_names_are_written_so_that_bibtex_reads_them() -> None:
    assert by("John Smith Jr.", "홍길동", "Barnes and Noble", "others") == (
        "Smith, Jr., John and {홍길동} and {Barnes and Noble} and others"
    )
    assert by("Ada O'Neil_{x") == r"O'Neil\_\textbraceleft{}x, Ada"


# Keys


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({}, "chen2024weak"),
        ({"title": "The Llama 3 Herd of Models"}, "chen2024llama"),
        ({"title": "3D-Tables"}, "chen20243d"),
        ({"title": "LLM의 정렬"}, "chen2024llm"),
        ({"title": "정렬"}, "chen2024"),
        ({"year": None}, "chenweak"),
        ({"authors": ("Łukasz Żółć",)}, "zolc2024weak"),
        ({"authors": ("Jörg Müßig-Ørsted",)}, "mussigorsted2024weak"),
        ({"authors": ("Qwen Team",)}, "qwenteam2024weak"),
        ({"authors": ("01.AI",)}, "arxiv-2401.01335"),
        ({"authors": ("홍길동",)}, "arxiv-2401.01335"),
        ({"authors": ()}, "arxiv-2401.01335"),
        ({"authors": (), "arxiv": "hep-th/9901001"}, "arxiv-hep-th-9901001"),
        ({"authors": (), "arxiv": None}, "arxiv-2401.01335"),
        ({"authors": (), "arxiv": None, "doc_id": "2401.Notes (v2)"}, "doc-2401.notes-v2"),
        (
            {"authors": (), "arxiv": None, "doc_id": "개선-v2.ko"},
            f"v2.ko-{hashlib.sha256('개선-v2.ko'.encode()).hexdigest()[:8]}",
        ),
        ({"authors": (), "arxiv": None, "doc_id": "~"}, f"doc-{hashlib.sha256(b'~').hexdigest()[:8]}"),
    ],
)
def test_keys_are_small_ascii_and_say_who_when_and_what(change: dict[str, object], key: str) -> None:
    document = replace(PAPER, **change)  # type: ignore[arg-type]
    assert key_of(document) == key
    assert read_bibtex(bibtex(document))[0][1] == key


def test_equal_keys_get_letters_that_no_other_key_has() -> None:
    same = replace(PAPER, title="정렬")
    other = replace(PAPER, title="á")  # by itself chen2024a
    keys = [key for _, key, _ in read_bibtex(bibtex_all([same, other, same, PAPER, same]))]
    assert keys == ["chen2024", "chen2024a", "chen2024b", "chen2024weak", "chen2024c"]


def test_letters_go_on_after_z() -> None:
    keys = [key for _, key, _ in read_bibtex(bibtex_all(PAPER for _ in range(29)))]
    assert [keys[at].removeprefix("chen2024weak") for at in (0, 1, 26, 27, 28)] == ["", "a", "z", "aa", "ab"]


def test_entries_stand_in_the_order_given_and_none_is_no_entry() -> None:
    assert bibtex_all([KOREAN, PAPER]) == f"{bibtex(KOREAN)}\n{bibtex(PAPER)}"
    assert bibtex_all([]) == ""


# Reference lines


def test_reference_lines_in_both_languages() -> None:
    title = "Weak LLMs to Strong: SPIN & 100% Self-Play. arXiv:2401.01335. https://arxiv.org/abs/2401.01335v2"
    assert reference(PAPER, "en") == f"Chen, Z., Deng, Y., & van Dorn, L. (2024). {title}"
    assert reference(PAPER, "ko") == f"Chen, Z., Deng, Y., van Dorn, L. (2024). {title}"
    assert reference(KOREAN, "ko") == "홍길동, 김철수 (2022). 자기 개선 노트."
    assert reference(KOREAN, "en") == "홍길동, & 김철수. (2022). 자기 개선 노트."


@pytest.mark.parametrize(
    ("change", "english", "korean"),
    [
        ({}, "자기 개선 노트.", "자기 개선 노트."),
        ({"year": 2022}, "자기 개선 노트. (2022).", "자기 개선 노트. (2022)."),
        ({"authors": ("홍길동",)}, "홍길동. 자기 개선 노트.", "홍길동. 자기 개선 노트."),
        ({"title": "왜?", "doi": "10.1/x"}, "왜? https://doi.org/10.1/x", "왜? https://doi.org/10.1/x"),
        ({"url": "https://a.example/"}, "자기 개선 노트. https://a.example/", "자기 개선 노트. https://a.example/"),
        (
            {"authors": ("Jean-Pierre B. Serre", "et al."), "year": 2001},
            "Serre, J.-P. B., et al. (2001). 자기 개선 노트.",
            "Serre, J.-P. B. 외 (2001). 자기 개선 노트.",
        ),
    ],
)
def test_a_reference_line_says_only_what_is_known(change: dict[str, object], english: str, korean: str) -> None:
    document = replace(NOTES, **change)  # type: ignore[arg-type]
    assert (reference(document, "en"), reference(document, "ko")) == (english, korean)


def test_of_many_authors_nineteen_and_the_last_are_named() -> None:
    authors = tuple(f"A{chr(ord('a') + at)} Kim" for at in range(21))
    assert reference(replace(KOREAN, authors=authors[:20]), "en").count("Kim") == 20
    line = reference(replace(KOREAN, authors=authors), "en")
    assert line.count("Kim") == 20 and ", Kim, A., … Kim, A. (2022)." in line


def test_a_citation_says_section_and_page() -> None:
    line = reference(PAPER, "en")
    assert cited(PAPER) == line
    assert cited(PAPER, "3.1  Training", 5) == f"{line} [Section “3.1 Training”, p. 5]"
    assert cited(PAPER, page=5) == f"{line} [p. 5]"
    assert cited(PAPER, "Training", 5, language="ko") == f"{reference(PAPER, 'ko')} [“Training” 절, 5쪽]"
    assert cited(KOREAN, "방법", None) == "홍길동, 김철수 (2022). 자기 개선 노트. [“방법” 절]"
