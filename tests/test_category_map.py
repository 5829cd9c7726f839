"""The picture of the taxonomy and its cards: counts, names, disagreements, neighbours; what is found as typed; questions."""

import json
import re
from dataclasses import replace

import pytest

import seeds
from index.analyse import Analyser
from index.embed import MODEL_FOLDER, Embedder
from index.load import Document, load
from qa.answer import Answer, Citation, Sentence
from qa.category.categorise import CategoryFinder
from qa.category.lookup import Lookup
from qa.category.map import CategoryMap, Node, agrees, authors
from qa.category.questions import Subject, about_category, about_method, compares, explains, files
from qa.category.taxonomy import Method, Taxonomy
from qa.words.bridge import Bridge

RAW = json.loads(seeds.TAXONOMY.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    kept = [path for path in seeds.documents() if path.name.startswith("2406.01252")]
    return {document.doc_id: document for document in map(load, kept)}


@pytest.fixture(scope="module")
def drawn(analyser: Analyser, embedder: Embedder, documents: dict[str, Document]) -> CategoryMap:
    def edition(work: str, language: str) -> Document | None:
        return next((d for d in documents.values() if (d.work, d.language) == (work, language)), None)

    bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser)
    finder = CategoryFinder(Taxonomy.load(seeds.TAXONOMY), analyser, embedder, bridge, documents.get, edition)
    return CategoryMap(finder, embedder)


@pytest.fixture(scope="module")
def lookup() -> Lookup:
    return Lookup(Taxonomy.load(seeds.TAXONOMY))


def held_by(category_id: str) -> set[str]:
    """The methods that the file files under a category or one below it, each once."""
    return {row["id"] for row in RAW["methods"] for path in row["categories"] if category_id in path}


def test_a_method_counts_once_in_each_category_and_once_in_the_total(drawn: CategoryMap) -> None:
    tree = drawn.tree
    assert {node.category_id: node.count for node in tree.nodes} == {
        row["id"]: len(held_by(row["id"])) for row in RAW["categories"]
    }
    places = [path for row in RAW["methods"] for path in row["categories"]]
    assert (tree.total, tree.filings) == (len(RAW["methods"]), len(places)) == (205, 235)
    assert tree.shared == sum(len(row["categories"]) > 1 for row in RAW["methods"]) == 25
    assert sum(node.own for node in tree.nodes) == tree.filings
    assert {row.method_id: row.leaves[0] for row in tree.rows}["constitutional-ai"] == "self-judge"


def test_the_own_methods_of_a_category_are_those_of_no_child(drawn: CategoryMap) -> None:
    nodes = {node.category_id: node for node in drawn.tree.nodes}
    assert (nodes["self-play"].count, nodes["self-play"].own) == (12, 1)
    assert nodes["generator-discriminator"].count + nodes["debate"].count + 1 == 12
    assert nodes["inductive-bias"].own == 0 and nodes["inductive-bias"].parent is None


def test_names_are_complete_in_both_languages(drawn: CategoryMap) -> None:
    for node in drawn.tree.nodes:
        for korean in (node.name_ko, node.short_ko):
            assert re.search("[가-힣]", korean), node
        for english in (node.name_en, node.short_en):
            assert english and not re.search("[가-힣]", english), node
        assert node.short_ko in node.name_ko and node.short_en.casefold() in node.name_en.casefold()
    tops = {node.category_id: (node.short_ko, node.short_en) for node in drawn.tree.nodes if node.parent is None}
    assert tops == {
        "inductive-bias": ("귀납적 편향", "Inductive bias"),
        "behavior-imitation": ("행동 모방", "Behavior imitation"),
        "model-feedback": ("모델 피드백", "Model feedback"),
        "environment-feedback": ("환경 피드백", "Environment feedback"),
        "mechanisms": ("기저 메커니즘", "Underlying mechanisms"),
    }


def test_a_category_shows_what_the_survey_says_of_it(drawn: CategoryMap, documents: dict[str, Document]) -> None:
    for category_id in drawn.taxonomy.categories:
        told = drawn.category(category_id, "ko").told
        assert told and told.language == "ko"
        assert documents[told.doc_id].text[told.start : told.end] == told.quote
    told = drawn.category("debate", "en").told
    assert told and told.quote.startswith("Debate is a form of self-play")
    with pytest.raises(KeyError):
        drawn.category("no-such", "en")


def test_disagreements_stand_with_both_sides(drawn: CategoryMap) -> None:
    def methods(category_id: str) -> list[str]:
        return [one.method.method_id for one in drawn.category(category_id, "ko").disagreements]

    assert methods("behavior-imitation") == methods("self-play") == ["spin", "consensus-game"]
    assert methods("generator-discriminator") == ["spin", "consensus-game"]
    assert methods("model-feedback") == []
    spin, game = drawn.disagreements("ko")
    assert (spin.survey[-1], spin.other.path, spin.other.doc_id) == (
        "generator-discriminator",
        ("behavior-imitation",),
        "2406.01252.ko",
    )
    assert spin.other.citation and "SPIN 모델" in spin.other.citation.quote
    assert game.method.method_id == "consensus-game"


def test_agreements_are_no_disagreements(drawn: CategoryMap) -> None:
    card = drawn.method("constitutional-ai", "ko")
    assert card.conflicts == () and [other.path for other in card.agreements] == [("inductive-bias",)]
    placements = {placement.method_id: placement for placement in drawn.taxonomy.placements}
    assert agrees(placements["constitutional-ai"], drawn.taxonomy.methods["constitutional-ai"])
    assert not agrees(placements["spin"], drawn.taxonomy.methods["spin"])


def test_a_card_has_filings_sentences_and_neighbours(drawn: CategoryMap, documents: dict[str, Document]) -> None:
    card = drawn.method("spin", "ko")
    assert (card.authors, card.method.arxiv_id) == ("Chen et al.", "2401.01335")
    assert [filing.source for filing in card.filings] == ["survey"]
    assert {other.method_id for other in card.neighbours} == {"apo", "consensus-game"}
    assert card.nearest[0].method_id == "consensus-game"
    assert "spin" not in {other.method_id for other in card.nearest}
    assert [one.alias for one in card.ambiguities] == ["Chen et al."]
    told = [card.told, *card.sentences]
    assert any(citation and "SPIN의 한계는" in citation.quote for citation in told)
    assert len(set(told)) == len(told) <= 1 + 4
    for citation in told:
        assert citation and documents[citation.doc_id].text[citation.start : citation.end] == citation.quote


def test_every_card_can_be_drawn_and_speaks_its_language(drawn: CategoryMap) -> None:
    for method_id, method in drawn.taxonomy.methods.items():
        card = drawn.method(method_id, "en")
        assert [filing.path for filing in card.filings] == list(method.paths)
        assert all(citation.language == "en" for citation in card.sentences)
        assert method not in (*card.neighbours, *card.nearest)


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        (("self-play tuning", "Chen et al."), "Chen et al."),
        (("Christiano et al. 2018",), "Christiano et al."),
        (("Grandvalet and Bengio",), "Grandvalet and Bengio"),
        (("Köksal et al.", "Koksal et al."), "Köksal et al."),
        (("Brown-Cohen et al.",), "Brown-Cohen et al."),
        (("Chaudhary 2023",), "Chaudhary"),
        (("ICL and IT", "GPT 2023", "learning and planning"), ""),
        ((), ""),
    ],
)
def test_authors(drawn: CategoryMap, aliases: tuple[str, ...], expected: str) -> None:
    assert authors(replace(drawn.taxonomy.methods["spin"], aliases=aliases)) == expected


def test_a_paper_elsewhere_than_on_arxiv_has_no_arxiv_id(drawn: CategoryMap) -> None:
    card = drawn.method("consensus-game", "en")
    assert card.method.arxiv_id is None and card.method.url and "openreview" in card.method.url


@pytest.mark.parametrize(
    ("typed", "first", "how"),
    [
        ("SPIN", "spin", "whole"),
        ("spi", "spin", "begins"),
        ("스핀", "spin", "whole"),
        ("스ㅍ", "spin", "other spelling begins"),  # between two key strokes
        ("스핀은", "spin", "whole"),
        ("ㅎㄷㅁㅂ", "behavior-imitation", "other spelling begins"),
        ("행동모방", "behavior-imitation", "whole"),
        ("constitu", "constitutional-ai", "begins"),
        ("constituional", "constitutional-ai", "typo"),
        ("불확실성 필더링", "uncertainty-filtering", "typo"),
        ("2401.01335", "spin", "whole"),
        ("2307.09288", "llama-2", "whole"),  # its address is that of a PDF
        ("fine-tuning converts", "spin", "a word begins"),
        ("알엘에이치에프", "rlhf", "whole"),
        ("scalar", "scalar-reward", "begins"),
    ],
)
def test_what_is_typed_is_found(lookup: Lookup, typed: str, first: str, how: str) -> None:
    found = lookup.find(typed)
    assert (found[0].owner_id, found[0].how) == (first, how)


@pytest.mark.parametrize("typed", ["", "  ", "??", "김치찌개", "qqqq", "x" * 5_000])
def test_nothing_is_found_in_what_is_no_name(lookup: Lookup, typed: str) -> None:
    assert lookup.find(typed) == []


def test_each_is_found_once_and_a_shared_name_finds_all(lookup: Lookup) -> None:
    found = lookup.find("criticbench")
    assert [one.owner_id for one in found] == ["criticbench-luo", "criticbench-lin", "criticbench-lan"]
    assert {one.how for one in found} == {"whole"}
    many = lookup.find("se", top_k=100)
    assert len({(one.kind, one.owner_id) for one in many}) == len(many) > 20
    assert len(lookup.find("se")) == 8
    assert all(one.how == "a word begins" or one.written.lower().startswith("se") for one in many)


def citation(quote: str, section: tuple[str, ...] = ("3. Play",)) -> Citation:
    return Citation("notes", "Notes", "en", "s", section, quote, 0, len(quote), None, "notes.md")


def reply(
    question: str, quote: str = "", probability: float = 0.9, kind: str = "other", **place: tuple[str, ...]
) -> Answer:
    told = (citation(quote, **place),) if quote else ()
    sentences = tuple(Sentence(quote, (0,)) for _ in told)
    return Answer(question, "en", kind, sentences, told, None, (), probability)


def test_only_questions_whose_answer_speaks_of_them_are_offered() -> None:
    answers = {
        "What are the limitations of self-play?": reply("", "A weakness of self-play is its cost."),
        "What are the strengths of self-play?": reply("", "Self-play has a weakness, and no strength is told."),
        "Why use self-play?": reply("", "Debate is used because it scales."),
        "What is the difference between self-play and debate?": reply("", "Both.", kind="category"),
    }
    subject = Subject("self-play", ("Self-play", "셀프 플레이"), ("3. Play",), "debate")
    assert about_category(subject, "en", answers.__getitem__) == (
        "What are the limitations of self-play?",
        "What is the difference between self-play and debate?",
    )


@pytest.mark.parametrize(
    "answer",
    [
        reply("", "A weakness of self-play is its cost.", probability=0.5),
        reply("", "A weakness of self-play is its cost.", section=("4. Other",)),
        reply("", "A weakness of the method is its cost."),
        reply(""),
    ],
    ids=["unsure", "another section", "another subject", "abstained"],
)
def test_a_question_is_not_offered(answer: Answer) -> None:
    assert about_category(Subject("self-play", ("self-play",), ("3. Play",)), "en", lambda _: answer) == ()


def test_a_method_is_asked_what_it_is_or_else_where_it_belongs() -> None:
    subject = Subject("SPIN", ("SPIN",))
    told = about_method(subject, "ko", lambda question: reply(question, "SPIN의 한계는 응답이다."))
    assert told == ("SPIN은 어떤 방법이야?", "SPIN의 한계는?")
    assert about_method(subject, "ko", lambda question: reply(question)) == ("SPIN은 어느 범주야?",)


def test_questions_read_well_in_korean() -> None:
    assert explains("RLHF", "ko") == "RLHF는 어떤 방법이야?" and files("SPIN", "ko") == "SPIN은 어느 범주야?"
    assert files("AgentTuning", "ko") == "AgentTuning은 어느 범주야?"
    assert compares("Parrot", "APO", "ko") == "Parrot과 APO의 차이는?"
    assert compares("SPIN", "APO", "ko") == "SPIN과 APO의 차이는?"
    assert compares("토론", "셀프 플레이", "ko") == "토론과 셀프 플레이의 차이는?"
    assert compares("셀프 플레이", "토론", "ko") == "셀프 플레이와 토론의 차이는?"
    assert compares("SPIN", "APO", "en") == "What is the difference between SPIN and APO?"


def test_a_category_is_named_as_within_a_sentence(drawn: CategoryMap) -> None:
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return reply(question)

    drawn.questions("self-play", "ko", ask)
    drawn.questions("self-play", "en", ask)
    assert "셀프 플레이의 한계는?" in asked and "What are the limitations of self-play?" in asked
    with pytest.raises(KeyError):
        drawn.questions("no-such", "ko", ask)


def test_nodes_and_methods_are_of_the_taxonomy(drawn: CategoryMap) -> None:
    assert all(isinstance(node, Node) for node in drawn.tree.nodes)
    assert all(isinstance(drawn.taxonomy.methods[row.method_id], Method) for row in drawn.tree.rows)
