"""The whole corpus against its rules, and every rule against one sound and one broken example."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import seeds
from index.sentences import sentence_spans
from tests import question_rules, seed_rules, table_rules
from tests.seed_rules import Edition, edition
from tests.table_rules import Record, Row, Taxonomy, records, rows

ROOT = Path(__file__).resolve().parents[1]
SURVEY_NOTES = "2406.01252-notes"
USERS_DOCUMENT = "2406.01252.ko.md"
USERS_DOCUMENT_SHA256 = "8e4e74fc41eaf44d688428d5aea5347692978a9608cc0da6994d5a8dc406cbaf"
SENTENCES = ROOT / "bench" / "questions" / "sentences.jsonl"
QUESTION_FILES = sorted(set((ROOT / "bench" / "questions").glob("*.jsonl")) - {SENTENCES})
TRANSFER_FILES = sorted((ROOT / "bench" / "questions" / "transfer").glob("*.jsonl"))
CATEGORY_FILES = sorted((ROOT / "bench" / "questions" / "category").glob("*.jsonl"))
PAIR_FILES = sorted((ROOT / "train" / "data").glob("*.tsv"))
TEXTS = [
    *(*seeds.documents(), seeds.TAXONOMY, seeds.GLOSSARY, seeds.QUESTIONS, seeds.OPEN_QUESTIONS, seeds.SECTION_TEXTS),
    *(*QUESTION_FILES, SENTENCES, *TRANSFER_FILES, *CATEGORY_FILES, *PAIR_FILES),
]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def read(path: Path) -> str:
    """Return a file's text as it is, line ends too; the message of a wrong byte has file and line."""
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"{name_of(path)}:{data.count(10, 0, error.start) + 1}: not UTF-8") from error


@dataclass(frozen=True)
class Corpus:
    editions: list[Edition]
    taxonomy: Taxonomy
    glossary: list[Row]
    pairs: list[Row]
    questions: list[Record]
    category_questions: list[Record]
    known: list[Row]
    open: list[Row]
    section_texts: list[Row]
    transfer_questions: list[Record]
    sentences: list[Record]

    @property
    def notes(self) -> list[Edition]:
        return [found for found in self.editions if found.is_notes]

    @property
    def twins(self) -> list[tuple[Edition, Edition]]:
        """The Korean and the English edition of every work that has both."""
        kept = {(found.document.work, found.document.language): found for found in self.editions}
        return [
            (ko, kept[work, "en"]) for (work, language), ko in kept.items() if language == "ko" and (work, "en") in kept
        ]

    def section_ids(self, work: str, language: str) -> set[str]:
        return {
            section.section_id
            for found in self.editions
            if (found.document.work, found.document.language) == (work, language)
            for section in found.document.sections
        }

    def sections_of_both(self) -> dict[str, set[str]]:
        works = {found.document.work for found in self.editions}
        return {work: self.section_ids(work, "ko") & self.section_ids(work, "en") for work in works}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(
        editions=[edition(read(path), name_of(path)) for path in seeds.documents()],
        taxonomy=table_rules.taxonomy(read(seeds.TAXONOMY), name_of(seeds.TAXONOMY)),
        glossary=rows(read(seeds.GLOSSARY), name_of(seeds.GLOSSARY)),
        pairs=[row for path in PAIR_FILES for row in rows(read(path), name_of(path))],
        questions=[record for path in QUESTION_FILES for record in records(read(path), name_of(path))],
        category_questions=[record for path in CATEGORY_FILES for record in records(read(path), name_of(path))],
        known=rows(read(seeds.QUESTIONS), name_of(seeds.QUESTIONS)),
        open=rows(read(seeds.OPEN_QUESTIONS), name_of(seeds.OPEN_QUESTIONS)),
        section_texts=rows(read(seeds.SECTION_TEXTS), name_of(seeds.SECTION_TEXTS)),
        transfer_questions=[record for path in TRANSFER_FILES for record in records(read(path), name_of(path))],
        sentences=records(read(SENTENCES), name_of(SENTENCES)),
    )


def assert_sound(problems: Iterable[str]) -> None:
    found = list(problems)
    assert not found, "\n" + "\n".join(found)  # as a message, pytest shows all of it


# The corpus


def test_nothing_is_left_out_of_the_check(corpus: Corpus) -> None:
    assert len(corpus.editions) == 2 * (1 + 1 + 9)  # the user's document, the survey notes, the nine related papers
    assert len(corpus.notes) == 2 * (1 + 9)
    assert len(corpus.twins) == 1 + 1 + 9
    assert len(corpus.taxonomy.categories) == 33
    assert len({row.cells[0] for row in corpus.glossary}) >= 1300
    assert len(corpus.pairs) >= 4000
    assert sum(bool(record.data["gold"]) for record in corpus.questions) >= 300
    assert sum(not record.data["gold"] for record in corpus.questions) >= 80
    assert len(corpus.known) >= 2900
    corpora = [
        "courses",
        "d2l",
        "fastapi",
        "iml",
        "mixed",
        "mixed_later",
        "old",
        "old_later",
        "pages",
        "pages_later",
        "progit",
        "react",
        "reports",
        "reviews",
    ]
    assert [path.stem for path in TRANSFER_FILES] == corpora
    assert len(corpus.transfer_questions) >= 1_800
    assert len(corpus.sentences) >= 170


def test_readmes_are_no_documents() -> None:
    assert (seeds.FOLDER / "README.md").exists()
    assert "README.md" not in {path.name for path in seeds.documents()}


def test_the_users_document_is_the_one_the_user_gave() -> None:
    assert hashlib.sha256((seeds.FOLDER / USERS_DOCUMENT).read_bytes()).hexdigest() == USERS_DOCUMENT_SHA256


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_every_file_is_clean_text(path: Path) -> None:
    assert_sound(seed_rules.mojibake(read(path), name_of(path)))


def test_every_document_has_both_editions(corpus: Corpus) -> None:
    assert_sound(seed_rules.missing_editions(corpus.editions))


def test_names_and_titles_agree(corpus: Corpus) -> None:
    assert_sound(problem for found in corpus.notes for problem in seed_rules.misnamed(found))


def test_editions_have_the_same_sections(corpus: Corpus) -> None:
    assert_sound(problem for twins in corpus.twins for problem in seed_rules.unequal_trees(*twins))


def test_editions_have_the_same_front_matter(corpus: Corpus) -> None:
    assert_sound(problem for twins in corpus.twins for problem in seed_rules.unequal_front_matter(*twins))


def test_headings_have_ids(corpus: Corpus) -> None:
    assert_sound(problem for found in corpus.notes for problem in seed_rules.bad_anchors(found))


def test_sections_have_text(corpus: Corpus) -> None:
    assert_sound(problem for found in corpus.notes for problem in seed_rules.empty_sections(found))


def test_sections_have_sources(corpus: Corpus) -> None:
    assert_sound(problem for found in corpus.notes for problem in seed_rules.bad_sources(found))


def test_editions_have_the_same_numbers(corpus: Corpus) -> None:
    assert_sound(problem for twins in corpus.twins for problem in seed_rules.differing_numbers(*twins))


def test_editions_are_in_their_language(corpus: Corpus) -> None:
    assert_sound(problem for found in corpus.editions for problem in seed_rules.wrong_language(found))


def test_similar_papers_have_notes(corpus: Corpus) -> None:
    works = {found.document.work for found in corpus.notes}
    listing = [found for found in corpus.editions if found.document.similar]
    assert [len(found.document.similar) for found in listing] == [9, 9]
    assert_sound(problem for found in listing for problem in seed_rules.unknown_similar(found, works))


def test_categories_are_defined_and_described(corpus: Corpus) -> None:
    sections = {language: corpus.section_ids(SURVEY_NOTES, language) for language in ("ko", "en")}
    assert_sound(table_rules.bad_categories(corpus.taxonomy, sections))


def test_methods_are_filed(corpus: Corpus) -> None:
    assert_sound(table_rules.bad_methods(corpus.taxonomy))


def test_an_alias_names_one_method(corpus: Corpus) -> None:
    assert_sound(table_rules.clashing_aliases(corpus.taxonomy))


def test_the_taxonomy_refers_to_what_is_there(corpus: Corpus) -> None:
    doc_ids = {found.document.doc_id for found in corpus.editions}
    assert_sound(table_rules.bad_taxonomy_references(corpus.taxonomy, doc_ids))


def test_the_glossary_is_well_formed(corpus: Corpus) -> None:
    assert_sound(table_rules.bad_glossary(corpus.glossary))


def test_training_pairs_are_well_formed(corpus: Corpus) -> None:
    assert_sound(table_rules.bad_pairs(corpus.pairs))


def test_questions_are_well_formed(corpus: Corpus) -> None:
    assert_sound(table_rules.bad_questions(corpus.questions, corpus.sections_of_both()))


def test_no_question_is_trained_on(corpus: Corpus) -> None:
    asked = [*corpus.questions, *corpus.category_questions]
    assert_sound(table_rules.leaked_questions(asked, corpus.pairs))


def test_known_questions_are_well_formed(corpus: Corpus) -> None:
    sections = corpus.sections_of_both()
    assert_sound(question_rules.bad_known_questions(corpus.known, sections))
    assert_sound(question_rules.bad_known_questions(corpus.open, sections, question_rules.HEADER))


def test_known_questions_say_which_sentences_answer_them(corpus: Corpus) -> None:
    assert_sound(question_rules.bad_answers(corpus.known, corpus.editions))
    assert_sound(question_rules.changed_sections(corpus.section_texts, corpus.editions))
    answered = sum(row.cells[4] != "-" for row in corpus.known[1:])
    assert answered > 0.99 * len(corpus.known)


def test_no_known_question_is_open(corpus: Corpus) -> None:
    assert_sound(question_rules.open_known_questions(corpus.open, corpus.known))


def test_every_section_has_known_questions(corpus: Corpus) -> None:
    assert_sound(question_rules.sections_seldom_asked_for(corpus.known, corpus.editions))


def test_no_known_question_is_measured_on(corpus: Corpus) -> None:
    asked = [*corpus.questions, *corpus.category_questions, *corpus.transfer_questions]
    for found in (corpus.known, corpus.open):
        assert_sound(question_rules.known_development_questions(found, asked))


def test_questions_on_other_corpora_are_well_formed(corpus: Corpus) -> None:
    assert_sound(question_rules.bad_transfer_questions(corpus.transfer_questions))
    ids = {record.data["id"] for record in corpus.questions}
    assert not ids & {record.data["id"] for record in corpus.transfer_questions}


def test_no_question_on_other_corpora_is_trained_on(corpus: Corpus) -> None:
    assert_sound(table_rules.leaked_questions(corpus.transfer_questions, corpus.pairs))


def test_gold_sentences_are_in_the_documents(corpus: Corpus) -> None:
    cut: dict[str, set[str]] = {"ko": set(), "en": set()}
    for found in corpus.editions:
        document = found.document
        for section in document.sections:
            spans = sentence_spans(document.text, section.start, section.end)
            cut[document.language] |= {document.text[start:end] for start, end in spans}
    assert_sound(question_rules.bad_sentences(corpus.sentences, corpus.questions, cut))


# The rules: the examples below are sound; each test breaks one thing

KO = """---
title: "작은 노트"
title_ko: "작은 노트"
title_en: "Small notes"
language: ko
work: "2401.00001"
arxiv: "2401.00001"
kind: notes
authors: ["Ada Kim"]
year: 2024
sources:
  method: ["N §1: facts 1-2"]
  results: ["N §1.1: fact 3"]
---
# 작은 노트

## 1. 방법 {#method}
Orchid-2는 셀프 플레이(self-play)로 학습하는 방법이다.

### 1.1 결과 {#results}
- Orchid-2는 12,000개 문항에서 83.5점을 얻었다.

| Model | Score |
|---|---|
| larger than the base model | 71.2 |
"""
EN = """---
title: "Small notes"
title_ko: "작은 노트"
title_en: "Small notes"
language: en
work: "2401.00001"
arxiv: "2401.00001"
kind: notes
authors: ["Ada Kim"]
year: 2024
sources:
  method: ["N §1: facts 1-2"]
  results: ["N §1.1: fact 3"]
---
# Small notes

## 1. Method {#method}
Orchid-2 is a method that trains by self-play.

### 1.1 Results {#results}
- Orchid-2 scores 83.5 on 12000 questions.

| Model | Score |
|---|---|
| larger than the base model | 71.2 |
"""


def korean(old: str = "", new: str = "", file: str = "2401.00001.ko.md") -> Edition:
    assert old in KO
    return edition(KO.replace(old, new, 1) if old else KO, file)


def english(old: str = "", new: str = "", file: str = "2401.00001.en.md") -> Edition:
    assert old in EN
    return edition(EN.replace(old, new, 1) if old else EN, file)


def test_rule_missing_editions() -> None:
    assert seed_rules.missing_editions([korean(), english()]) == []
    assert seed_rules.missing_editions([korean()]) == [
        "2401.00001.ko.md:1: 2401.00001 has the editions ['ko']; expected ko and en, once each"
    ]
    assert len(seed_rules.missing_editions([korean(), korean(), english()])) == 1


def test_rule_misnamed() -> None:
    assert seed_rules.misnamed(korean()) == seed_rules.misnamed(english()) == []
    assert seed_rules.misnamed(korean(file="2401.00002.ko.md")) == [
        "2401.00002.ko.md:1: the front matter says 2401.00001, ko; rename one"
    ]
    assert seed_rules.misnamed(korean("# 작은 노트", "# 큰 노트"))[0].startswith(
        "2401.00001.ko.md:2: the titles differ"
    )
    assert seed_rules.misnamed(korean("year: 2024\n")) == ["2401.00001.ko.md:1: the front matter lacks year"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("{#results}", "{#result}", 20),  # another id
        ("### 1.1", "## 1.1", 20),  # another level
        ("### 1.1 결과 {#results}\n", "", 24),  # a section is missing
        ("### 1.1", "### 1.2", 20),  # another number
    ],
)
def test_rule_unequal_trees(old: str, new: str, line: int) -> None:
    assert seed_rules.unequal_trees(korean(), english()) == []
    (problem,) = seed_rules.unequal_trees(korean(old, new), english())
    assert problem.startswith(f"2401.00001.ko.md:{line}: ")
    assert "2401.00001.en.md:20: " in problem


def test_rule_unequal_trees_sees_another_order() -> None:
    swapped = KO.replace("{#method}", "{#x}").replace("{#results}", "{#method}").replace("{#x}", "{#results}")
    (problem,) = seed_rules.unequal_trees(edition(swapped, "2401.00001.ko.md"), english())
    assert problem.startswith("2401.00001.ko.md:17: #results")


def test_rule_unequal_front_matter() -> None:
    assert seed_rules.unequal_front_matter(korean(), english()) == []
    assert seed_rules.unequal_front_matter(korean("year: 2024", "year: 2023"), english()) == [
        "2401.00001.ko.md:10: year is 2023, but 2024 in 2401.00001.en.md"
    ]


def test_rule_bad_anchors() -> None:
    assert seed_rules.bad_anchors(korean()) == []
    assert seed_rules.bad_anchors(korean(" {#results}")) == [
        "2401.00001.ko.md:20: '1.1 결과' has the id ''; expected {#lower-case}"
    ]
    assert len(seed_rules.bad_anchors(korean("{#results}", "{#Results_1}"))) == 1
    assert seed_rules.bad_anchors(korean("{#results}", "{#method}")) == [
        "2401.00001.ko.md:20: the id method is already taken"
    ]


def test_rule_empty_sections() -> None:
    assert seed_rules.empty_sections(english()) == []
    assert seed_rules.empty_sections(english("Orchid-2 is a method that trains by self-play.")) == [
        "2401.00001.en.md:17: #method has no text"
    ]


def test_rule_bad_sources() -> None:
    assert seed_rules.bad_sources(korean()) == []
    assert seed_rules.bad_sources(korean("  results: ", "  result: ")) == [
        "2401.00001.ko.md:20: the front matter gives no sources for #results",
        "2401.00001.ko.md:13: sources for #result, which is no section",
    ]
    assert len(seed_rules.bad_sources(korean('["N §1.1: fact 3"]', "[]"))) == 1


def test_rule_differing_numbers() -> None:
    assert seed_rules.differing_numbers(korean(), english()) == []
    assert seed_rules.differing_numbers(korean("83.5점", "85.3점"), english()) == [
        "2401.00001.ko.md:20: #results has ['85.3'] only in Korean and ['83.5'] only in English (2401.00001.en.md:20)"
    ]
    assert len(seed_rules.differing_numbers(korean("Orchid-2는", "Orchid-3는"), english())) == 1
    assert len(seed_rules.differing_numbers(korean("| 71.2 |", "| 72.1 |"), english())) == 1


def test_numbers_keep_ranges_and_dates_apart_from_names() -> None:
    assert seed_rules.numbers("GPT-4 and LLaMA-2 7B: 7-8 of 1,200, 15.6T, 38%.") == set(
        "GPT-4 LLaMA-2 7 8 1200 15.6 38".split()
    )
    assert seed_rules.numbers("2024-07-17에 GLM-4.") == {"2024", "07", "17", "GLM-4"}


def test_rule_wrong_language() -> None:
    assert seed_rules.wrong_language(korean()) == seed_rules.wrong_language(english()) == []
    assert seed_rules.wrong_language(korean("방법이다.", "방법이다. SPIN samples its own answers.")) == [
        "2401.00001.ko.md:18: not in ko: SPIN samples its own answers."
    ]
    assert len(seed_rules.wrong_language(korean("1.1 결과", "1.1 Results of the method"))) == 1
    assert seed_rules.wrong_language(english("scores 83.5", "점수는 83.5")) == [
        "2401.00001.en.md:21: not in en: Orchid-2 점수는 83.5 on 12000 questions."
    ]


def test_rule_unknown_similar() -> None:
    listing = edition("# Notes\n\n## Similar Papers\n- [Small notes](2401.00001.md)\n", "list.en.md")
    assert seed_rules.unknown_similar(listing, {"2401.00001"}) == []
    assert seed_rules.unknown_similar(listing, {"2401.00002"}) == ["list.en.md:4: no notes on Small notes"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("정\ufffd렬", "the characters U+FFFD"),
        ("a\x07b", "the characters U+0007"),
        ("정렬\r", "the characters U+000D"),
        ("\ufeff정렬", "the characters U+FEFF"),
        ("ab\u200bcd", "the characters U+200B"),
        (unicodedata.normalize("NFD", "정렬"), "not in Unicode NFC"),
        ("The modelâ€™s", "'â€™' reads as '’' in UTF-8"),
        ("cafÃ©", "'Ã©' reads as 'é' in UTF-8"),
        ("정렬".encode().decode("latin-1"), None),
        ("占쏙옙", "reads as 'unreadable Hangul'"),
        ("뭐야".encode().decode("cp949", "replace"), None),
    ],
)
def test_rule_mojibake(text: str, message: str | None) -> None:
    assert seed_rules.mojibake("정렬은 “naïve” — 85% ± 3 × π, café’s…\n\ttext\n", "a.md") == []
    (problem, *_) = seed_rules.mojibake(f"sound\n{text}\n", "a.md")
    assert problem.startswith("a.md:2: ")
    assert message is None or message in problem


TAXONOMY: dict[str, list[dict[str, Any]]] = {
    "categories": [
        {
            "id": name,
            "parent": parent,
            "name_en": name,
            "name_ko": "범주",
            "definition_en": "A category.",
            "definition_ko": "범주이다.",
            "section": name,
        }
        for name, parent in (("bias", None), ("play", "bias"))
    ],
    "methods": [
        {
            "id": name.lower(),
            "name": name,
            "title": f"The paper on {name}",
            "aliases": ["Chen et al."],
            "aliases_ko": [korean_name],
            "categories": [["bias", "play"]],
            "main": 0,
        }
        for name, korean_name in (("SPIN", "스핀"), ("SPAG", "스팩"))
    ],
    "ambiguous": [{"alias": "Chen et al", "methods": ["spin", "spag"], "note_en": "Two.", "note_ko": "둘이다."}],
    "document_placements": [
        {"method": "spin", "path": ["bias"], "doc_id": "a.ko", "note_en": "There.", "note_ko": "거기."}
    ],
}


def small_taxonomy(kind: str = "methods", at: int = 0, **changes: object) -> Taxonomy:
    """The sound example, one of its records changed; categories stand from line 3, methods from line 7."""
    data = {name: [dict(row) for row in found] for name, found in TAXONOMY.items()}
    data[kind][at] |= changes
    lists = []
    for name, found in data.items():
        lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in found)
        lists.append(f'  "{name}": [\n{lines}\n  ]')
    return table_rules.taxonomy("{\n" + ",\n".join(lists) + "\n}\n", "t.json")


BOTH = {"ko": {"bias", "play"}, "en": {"bias", "play"}}


def test_the_taxonomy_needs_a_line_a_record() -> None:
    assert [record.line for record in small_taxonomy().categories] == [3, 4]
    with pytest.raises(ValueError, match=r"t.json:1: a record does not stand on a line of its own"):
        table_rules.taxonomy('{\n  "categories": [{"id": "bias"}]\n}\n', "t.json")
    with pytest.raises(ValueError, match=r"t.json:3: not JSON"):
        table_rules.taxonomy('{\n  "categories": [\n    {"id": }\n  ]\n}', "t.json")
    with pytest.raises(ValueError, match=r"t.json:4: not JSON"):
        table_rules.taxonomy('{\n  "categories": [\n    {"id": "bias"},\n  ]\n}', "t.json")


def test_rule_bad_categories() -> None:
    assert table_rules.bad_categories(small_taxonomy(), BOTH) == []
    for changes, fault in (
        ({"definition_ko": ""}, "play has no definition_ko"),
        ({"parent": "game"}, "play has the parent 'game', which is no category"),
        ({"id": "bias", "section": "bias"}, "the id bias is already taken"),
    ):
        assert table_rules.bad_categories(small_taxonomy("categories", 1, **changes), BOTH) == [f"t.json:4: {fault}"]
    assert table_rules.bad_categories(small_taxonomy(), BOTH | {"en": {"bias"}}) == [
        "t.json:4: play names the section 'play', which the en notes lack"
    ]
    assert len(table_rules.bad_categories(small_taxonomy("categories", 1, section=None), BOTH)) == 2


def test_rule_bad_methods() -> None:
    assert table_rules.bad_methods(small_taxonomy()) == []
    for changes, fault in (
        ({"categories": []}, "spin has no category"),
        ({"categories": [["play"]]}, "spin has the path ['play']; expected ['bias', 'play']"),
        ({"categories": [["bias", "game"]]}, "spin has the path ['bias', 'game']; expected None"),
        ({"categories": [[]]}, "spin has the path []; expected None"),
        ({"main": 1}, "spin has main 1, but 1 categories"),
        ({"title": ""}, "spin has no name or no title"),
    ):
        assert table_rules.bad_methods(small_taxonomy(**changes)) == [f"t.json:7: {fault}"]
    assert table_rules.bad_methods(small_taxonomy(at=1, id="spin")) == ["t.json:8: the id spin is already taken"]


def test_a_circle_of_parents_ends() -> None:
    circle = small_taxonomy("categories", 0, parent="play")
    assert table_rules.category_paths(circle) == {"bias": ["play", "bias"], "play": ["bias", "play"]}


def test_rule_clashing_aliases() -> None:
    assert table_rules.clashing_aliases(small_taxonomy()) == []
    assert table_rules.clashing_aliases(small_taxonomy(at=1, aliases_ko=["스 핀"])) == [
        "t.json:8: '스 핀' names spin, spag; list it under ambiguous or drop it"
    ]
    assert len(table_rules.clashing_aliases(small_taxonomy("ambiguous", methods=["spin", "other"]))) == 1


def test_rule_bad_taxonomy_references() -> None:
    assert table_rules.bad_taxonomy_references(small_taxonomy(), {"a.ko"}) == []
    for kind, line, changes, fault in (
        (
            "ambiguous",
            11,
            {"methods": ["spin", "spin"]},
            "'Chen et al' fits only ['spin', 'spin']; ambiguous needs two",
        ),
        ("ambiguous", 11, {"methods": ["spin", "spun"]}, "spun is no method"),
        ("ambiguous", 11, {"note_ko": ""}, "no note_ko"),
        ("document_placements", 14, {"method": "spun"}, "spun is no method"),
        ("document_placements", 14, {"path": ["play"]}, "['play'] is no path of categories"),
        ("document_placements", 14, {"doc_id": "b.ko"}, "b.ko is no seed document"),
    ):
        (problem,) = table_rules.bad_taxonomy_references(small_taxonomy(kind, **changes), {"a.ko"})
        assert problem.startswith(f"t.json:{line}: {fault}")


def test_rule_bad_glossary() -> None:
    sound = "ko\ten\tdomain\n보상 모델\treward model\tml\n보상 모델\tRM\tml\n"
    assert table_rules.bad_glossary(rows(sound, "g.tsv")) == []
    assert table_rules.bad_glossary(rows("보상\treward\tml\n", "g.tsv")) == [
        "g.tsv:1: the header is not ko, en, domain"
    ]
    for line, fault in (
        ("정렬\talignment", "2 columns; expected 3"),
        ("정렬\talignment\tcooking", "the domain 'cooking' is unknown"),
        ("정렬 \talignment\tml", "an empty cell or spare spaces"),
        ("정렬\t\tml", "an empty cell or spare spaces"),
        ("alignment\talignment\tml", "no Hangul in 'alignment'"),
        ("정렬\t정렬\tml", "'정렬' is not English"),
        ("보상 모델\tRM\tir", "the same pair as g.tsv:3"),
    ):
        assert table_rules.bad_glossary(rows(f"{sound}{line}\n", "g.tsv")) == [f"g.tsv:4: {fault}"]


def test_rule_bad_pairs() -> None:
    sound = "정렬이 뭐예요?\tWhat is alignment?\n정렬이란?\tWhat is alignment?\n"
    assert table_rules.bad_pairs(rows(sound, "p.tsv")) == []
    for line, fault in (
        ("정렬", "1 columns; expected 2"),
        ("", "1 columns; expected 2"),
        ("정렬\talignment\tml", "3 columns; expected 2"),
        ("Alignment\tAlignment", "no Hangul in 'Alignment'"),
        ("정렬\tThe word 정렬", "'The word 정렬' is not English"),
        ("정렬이 뭐예요?\tWhat is alignment?", "the same pair as p.tsv:1"),
    ):
        assert table_rules.bad_pairs(rows(f"{sound}{line}\n", "p.tsv")) == [f"p.tsv:3: {fault}"]


def question(**changes: object) -> list[Record]:
    sound = {"id": "q1", "question": "What is SPIN?", "language": "en", "kind": "definition"}
    row = {**sound, "gold": [["notes", "play"]], "answer": "a method", **changes}
    return records(f"{json.dumps(row)}\n", "q.jsonl")


def test_rule_bad_questions() -> None:
    sections = {"notes": {"play"}}
    assert table_rules.bad_questions(question(), sections) == []
    assert table_rules.bad_questions(question(kind="unanswerable", gold=[], answer=""), sections) == []
    empty = "gold and answer are empty for unanswerable questions and only for these"
    for changes, fault in (
        ({"gold": [["notes", "game"]]}, "the gold section notes#game is not in both editions"),
        ({"gold": [["note", "play"]]}, "the gold section note#play is not in both editions"),
        ({"kind": "unanswerable"}, empty),
        ({"gold": [], "answer": ""}, empty),
        ({"answer": ""}, empty),
        ({"kind": "riddle"}, "the language or kind is unknown: 'en', 'riddle'"),
        ({"question": "스핀이 뭐야?"}, "no question in en: '스핀이 뭐야?'"),
    ):
        assert table_rules.bad_questions(question(**changes), sections) == [f"q.jsonl:1: {fault}"]
    (problem,) = table_rules.bad_questions(question(note="?"), sections)
    assert problem.startswith("q.jsonl:1: the keys are")
    assert len(table_rules.bad_questions(question() + question(id="q2", question="what is spin"), sections)) == 2
    assert "q.jsonl:1: the id q1 is already taken" in table_rules.bad_questions(question() * 2, sections)
    with pytest.raises(ValueError, match=r"q.jsonl:2: not JSON"):
        records("{}\n{'a'}\n", "q.jsonl")


def test_rule_leaked_questions() -> None:
    pairs = rows("스핀이 뭐야?\tWhat is self-play?\n토론\tWhy, then, does debate among models help at all?\n", "p.tsv")
    assert table_rules.leaked_questions(question(question="What is SPIN?"), pairs) == []
    assert table_rules.leaked_questions(question(question="debate among models"), pairs) == []  # a term
    assert table_rules.leaked_questions(question(question="스핀이 뭐야"), pairs) == [
        "q.jsonl:1: '스핀이 뭐야' is in the training pairs at p.tsv:1"
    ]
    assert table_rules.leaked_questions(question(question="does debate among models help?"), pairs) == [
        "q.jsonl:1: 'does debate among models help?' is in the training pairs at p.tsv:2"
    ]


# Known questions, questions on other corpora, gold sentences

KNOWN = """work\tsection_id\tko\ten\tsentences
2401.00001\tmethod\tOrchid-2가 뭐야?\tWhat is Orchid-2?\t1
2401.00001\tmethod\t셀프 플레이란?\tself-play meaning\t-
2401.00001\tmethod\t어떻게 학습해?\thow does it train\t1
2401.00001\tmethod\t방법 설명\texplain the method\t1
2401.00001\tresults\tOrchid-2가 뭐야?\tWhat is Orchid-2?\t3,1
"""
PLACES = {"2401.00001": {"method", "results"}}


def known(old: str = "", new: str = "") -> list[Row]:
    assert old in KNOWN
    return rows(KNOWN.replace(old, new, 1) if old else KNOWN, "questions.tsv")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("work\tsection_id", "section_id\twork", "1: the header is not work, section_id, ko, en, sentences"),
        ("\tWhat is Orchid-2?", "", "2: 4 columns; expected 5"),
        ("\tself-play", "\t self-play", "3: an empty cell or spare spaces"),
        ("셀프 플레이란?", "", "3: an empty cell or spare spaces"),
        ("method\t셀프", "methods\t셀프", "3: the section 2401.00001#methods is not in both editions"),
        ("2401.00001\tresults", "2401.00002\tresults", "6: the section 2401.00002#results is not in both editions"),
        ("셀프 플레이란?", "self-play?", "3: no Hangul in 'self-play?'"),
        ("self-play meaning", "self-play란", "3: 'self-play란' is not English"),
        ("self-play meaning", "42?", "3: '42?' is not English"),
        ("self-play meaning", "what is orchid 2", "3: the same question as questions.tsv:2"),
        ("방법 설명", "어떻게 학습해", "5: the same question as questions.tsv:4"),
    ],
)
def test_rule_bad_known_questions(old: str, new: str, message: str) -> None:
    assert question_rules.bad_known_questions(known(), PLACES) == []
    assert question_rules.bad_known_questions(known(old, new), PLACES) == [f"questions.tsv:{message}"]


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("4", "the sentences are '4'; expected numbers from 1 to 3, or a dash"),
        ("0", "the sentences are '0'; expected numbers from 1 to 3, or a dash"),
        ("3, 1", "the sentences are '3, 1'; expected numbers from 1 to 3, or a dash"),
        ("", "the sentences are ''; expected numbers from 1 to 3, or a dash"),
        ("3,3", "the sentences are '3,3'; one is given twice"),
    ],
)
def test_rule_bad_answers(new: str, message: str) -> None:
    assert question_rules.bad_answers(known(), [korean(), english()]) == []
    assert question_rules.bad_answers(known("3,1", new), [korean(), english()]) == [f"questions.tsv:6: {message}"]


def test_rule_bad_answers_finds_editions_whose_sentences_cannot_be_numbered_alike() -> None:
    fewer = [english(), korean("| larger than the base model | 71.2 |\n", "")]
    assert question_rules.bad_answers(known(), fewer) == [
        "2401.00001.ko.md:20: 2 sentences; the other edition has 3, which are numbered alike"
    ]


def test_rule_changed_sections() -> None:
    editions = [korean(), english()]
    digests = question_rules.text_digests(editions)
    assert list(digests) == [("2401.00001", "method"), ("2401.00001", "results")]
    lines = ["\t".join((*place, *texts)) for place, texts in digests.items()]
    table = "\n".join(["work\tsection_id\tko\ten", *lines, ""])
    labelled = rows(table, "s.tsv")
    assert question_rules.changed_sections(labelled, editions) == []
    assert (
        question_rules.changed_sections(
            labelled, [english(), korean("셀프 플레이(self-play)로", "셀프  플레이(self-play)로")]
        )
        == []
    )
    changed = [korean("83.5점", "84.5점"), english()]
    new = question_rules.text_digests(changed)["2401.00001", "results"]
    assert question_rules.changed_sections(labelled, changed) == [
        "s.tsv:3: the text of 2401.00001#results has changed; "
        f"see whether its questions' sentences still answer them, then write {' '.join(new)}"
    ]
    assert question_rules.changed_sections(labelled[:2], editions) == [
        f"s.tsv: 2401.00001#results is missing; expected {' '.join(digests['2401.00001', 'results'])}"
    ]
    renamed = [korean("{#results}", "{#figures}"), english("{#results}", "{#figures}")]
    found = question_rules.changed_sections(labelled, renamed)
    assert found[0] == "s.tsv:3: no section 2401.00001#results" and len(found) == 2
    assert question_rules.changed_sections(labelled[1:], editions) == [
        "s.tsv:2: the header is not work, section_id, ko, en"
    ]


def test_rule_sections_seldom_asked_for() -> None:
    assert question_rules.sections_seldom_asked_for(known(), [korean(), english()]) == [
        "2401.00001.en.md:20: #results has 1 known questions; expected 4"
    ]
    one_fewer = known("2401.00001\tmethod\t방법 설명\texplain the method\t1\n")
    assert len(question_rules.sections_seldom_asked_for(one_fewer, [korean(), english()])) == 2
    text = KO[KO.index("- Orchid-2는 12,000") :]
    empty = [korean(text, "---\n"), english(EN[EN.index("- Orchid-2 scores") :], "---\n")]
    assert question_rules.sections_seldom_asked_for(known(), empty) == []


def test_rule_known_development_questions() -> None:
    asked = [Record("q.jsonl", 7, {"id": "s1", "question": "SELF-PLAY, meaning??", "gold": []})]
    assert question_rules.known_development_questions(known(), asked) == [
        "questions.tsv:3: 'self-play meaning' is the development question at q.jsonl:7"
    ]
    assert question_rules.known_development_questions(known("self-play meaning", "self-play sense"), asked) == []


def test_rule_open_known_questions() -> None:
    opened = rows("work\tsection_id\tko\ten\n2401.00001\tresults\t언제 나왔어?\tSELF-PLAY, meaning?\n", "open.tsv")
    assert question_rules.open_known_questions(opened, known()) == [
        "open.tsv:2: 'SELF-PLAY, meaning?' is the known question at questions.tsv:3"
    ]
    assert question_rules.open_known_questions(opened, known("self-play meaning", "self-play sense")) == []


TRANSFER: dict[str, Any] = {
    **{"id": "f1", "question": "What is it?", "language": "en", "kind": "detail"},
    **{"gold": ["a__b"], "answer": "a thing"},
}


def transferred(**changes: Any) -> list[Record]:
    other = TRANSFER | {"id": "f2", "question": "그게 뭐야?", "language": "ko"}
    return [Record("t.jsonl", 1, other), Record("t.jsonl", 2, TRANSFER | changes)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"more": 1}, "the keys are"),
        ({"language": "de"}, "the language or kind is unknown: 'de', 'detail'"),
        ({"kind": "odd"}, "the language or kind is unknown: 'en', 'odd'"),
        ({"language": "ko"}, "no question in ko: 'What is it?'"),
        ({"question": "What is 이것?"}, "no question in en"),
        ({"question": " "}, "no question in en"),
        ({"gold": [["w", "1"]]}, "gold is [['w', '1']]; expected names of documents"),
        ({"gold": "a__b"}, "gold is 'a__b'; expected names of documents"),
        ({"kind": "unanswerable"}, "gold and answer are empty"),
        ({"gold": []}, "gold and answer are empty"),
        ({"gold": [], "kind": "unanswerable"}, "gold and answer are empty"),
        ({"answer": ""}, "gold and answer are empty"),
        ({"needed": [["0123456789ab"]]}, "the keys are"),
        ({"needed": [], "fine": []}, "needed is []; expected groups"),
        ({"needed": [["0123456789ab"], []], "fine": []}, "needed or fine hold what is no digest"),
        ({"needed": [["A sentence."]], "fine": []}, "needed or fine hold what is no digest"),
        ({"needed": [["0123456789ab"]], "fine": ["Another."]}, "needed or fine hold what is no digest"),
    ],
)
def test_rule_bad_transfer_questions(changes: dict[str, Any], message: str) -> None:
    assert question_rules.bad_transfer_questions(transferred()) == []
    assert question_rules.bad_transfer_questions(transferred(kind="unanswerable", gold=[], answer="")) == []
    assert question_rules.bad_transfer_questions(transferred(needed=[["0123456789ab"]], fine=[])) == []
    (problem,) = question_rules.bad_transfer_questions(transferred(**changes))
    assert problem.startswith(f"t.jsonl:2: {message}")


def test_rule_bad_transfer_questions_sees_what_is_there_twice() -> None:
    assert question_rules.bad_transfer_questions(transferred(id="f2")) == [
        f"t.jsonl:{line}: the id f2 is there more than once" for line in (1, 2)
    ]
    assert question_rules.bad_transfer_questions(transferred(question="그게, 뭐야", language="ko")) == [
        f"t.jsonl:{line}: the question stands there more than once" for line in (1, 2)
    ]


GOLD: dict[str, Any] = {"id": "s1", "needed": [["One.", "Eins."], ["Two."]], "fine": ["Three."]}
CUT = {"en": {"One.", "Eins.", "Two.", "Three."}, "ko": {"하나."}}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "s2"}, "s2 is no answerable question"),
        ({"id": "s3"}, "s3 is no answerable question"),
        ({"needed": []}, "no sentence is needed"),
        ({"needed": [["One."], []]}, "no sentence is needed"),
        ({"fine": ["One."]}, "'One.' is given twice"),
        ({"fine": ["하나."]}, "no en document has the sentence '하나.'"),
        ({"needed": [["One. Two."]]}, "no en document has the sentence 'One. Two.'"),
    ],
)
def test_rule_bad_sentences(changes: dict[str, Any], message: str) -> None:
    asked = [
        Record("q.jsonl", 1, {"id": "s1", "language": "en", "gold": [["w", "1"]]}),
        Record("q.jsonl", 2, {"id": "s2", "language": "en", "gold": []}),
    ]
    assert question_rules.bad_sentences([Record("s.jsonl", 1, GOLD)], asked, CUT) == []
    assert question_rules.bad_sentences([Record("s.jsonl", 1, GOLD | changes)], asked, CUT) == [f"s.jsonl:1: {message}"]


def test_rule_bad_sentences_sees_an_id_twice() -> None:
    asked = [Record("q.jsonl", 1, {"id": "s1", "language": "en", "gold": [["w", "1"]]})]
    twice = [Record("s.jsonl", line, GOLD) for line in (1, 2)]
    assert len(question_rules.bad_sentences(twice, asked, CUT)) == 2
