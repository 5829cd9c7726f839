import json
from collections.abc import Callable
from dataclasses import replace

import pytest

import seeds
from index.analyse import Analyser
from index.embed import MODEL_FOLDER, Embedder
from index.load import Document, load
from qa.category.categorise import CategoryFinder
from qa.category.chat import as_answer
from qa.category.output import category_json, category_text
from qa.category.taxonomy import Taxonomy
from qa.words.bridge import Bridge


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    kept = [path for path in seeds.documents() if path.name.startswith("2406.01252")]
    return {document.doc_id: document for document in map(load, kept)}


@pytest.fixture(scope="module")
def finder(analyser: Analyser, embedder: Embedder, documents: dict[str, Document]) -> CategoryFinder:
    def edition(work: str, language: str) -> Document | None:
        return next((d for d in documents.values() if (d.work, d.language) == (work, language)), None)

    bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser)
    return CategoryFinder(Taxonomy.load(seeds.TAXONOMY), analyser, embedder, bridge, documents.get, edition)


def test_a_filed_method_with_its_disagreement(finder: CategoryFinder, documents: dict[str, Document]) -> None:
    answer = finder.answer("SPIN은 어느 범주야?")
    assert answer.method and answer.method.method_id == "spin"
    assert [filing.path for filing in answer.categories] == [("inductive-bias", "self-play", "generator-discriminator")]
    citation = answer.categories[0].citation
    assert citation and (citation.doc_id, citation.section_id) == ("2406.01252-notes.ko", "generator-discriminator")
    assert "SPIN" in citation.quote
    assert documents[citation.doc_id].text[citation.start : citation.end] == citation.quote
    (conflict,) = answer.conflicts
    assert (conflict.doc_id, conflict.path) == ("2406.01252.ko", ("behavior-imitation",))
    assert conflict.citation and "SPIN 모델" in conflict.citation.quote
    assert "행동 모방" in answer.answer and "[1]" in answer.answer and "[2]" in answer.answer


def test_every_citation_of_every_method_is_verbatim(finder: CategoryFinder, documents: dict[str, Document]) -> None:
    for method in finder.taxonomy.methods.values():
        for filing in finder.filer.filings(method, "en"):
            assert filing.citation and filing.citation.section_id == filing.path[-1]
            for citation in filter(None, (filing.citation, filing.detail)):
                assert documents[citation.doc_id].text[citation.start : citation.end] == citation.quote


def test_all_categories_the_main_one_first(finder: CategoryFinder) -> None:
    answer = finder.answer("where does Constitutional AI fall?")
    leaves = [filing.path[-1] for filing in answer.categories]
    assert leaves == ["self-judge", "scalar-reward", "collective-intelligence", "weak-to-strong-feasibility"]
    assert answer.conflicts == () and [other.path for other in answer.agreements] == [("inductive-bias",)]
    assert answer.language == "en" and answer.answer.startswith("Constitutional AI (2022) is filed under:")


def test_an_ambiguous_name_lists_its_candidates(finder: CategoryFinder) -> None:
    answer = finder.answer("ILF는 어디에 속해?")
    assert answer.kind == "ambiguous" and answer.method is None
    assert [method.method_id for method in answer.candidates] == ["ilf-scheurer", "ilf-chen"]
    assert [method.name for method in finder.answer("Shepherd?").similar] == ["Math-Shepherd"]


@pytest.mark.parametrize(
    ("question", "belongs"),
    [
        ("Is SPIN a behavior imitation method?", False),
        ("SPIN은 셀프 플레이에 속해?", True),
        ("Does Constitutional AI only belong to inductive bias?", False),  # to others, too
        ("Constitutional AI는 귀납적 편향에만 속해?", False),
        ("SPIN은 귀납적 편향에만 속해?", True),
        ("헷갈리지만 이 Constitutional AI는 귀납적 편향에 속해?", True),
        ("Is SPIN behavior imitation or self-play?", None),  # that is no matter of yes or no
    ],
)
def test_membership(finder: CategoryFinder, question: str, belongs: bool | None) -> None:
    assert finder.answer(question).belongs is belongs


def test_a_list_with_counts_and_years(finder: CategoryFinder) -> None:
    answer = finder.answer("모델 피드백에는 어떤 방법이 있어?")
    assert answer.kind == "list" and answer.total == 62
    assert [(group.path[-1], group.count) for group in answer.groups] == [
        ("scalar-reward", 37),
        ("binary-verifier", 17),
        ("text-critic", 8),
    ]
    assert "RLHF (2017)" in answer.answer


def test_comparisons(finder: CategoryFinder) -> None:
    methods = finder.answer("RLHF와 RLAIF의 차이")
    assert [side.method.name for side in methods.compared if side.method] == ["RLHF", "RLAIF"]
    assert all(side.citation for side in methods.compared) and "스칼라 보상" in methods.answer.splitlines()[-1]
    categories = finder.answer("scalar reward vs binary verifier")
    assert [side.count for side in categories.compared] == [37, 17]
    assert categories.answer.splitlines()[-1] == "Both are under Aligning through model feedback [1] [2]"
    shared = as_answer(methods)
    assert shared is not None
    assert [shared.citations[at].section[-1] for at in shared.sentences[-1].citations][:1] == [
        "5.1 스칼라 보상(Scalar reward)"
    ]
    assert all(sentence.citations for sentence in shared.sentences)


def test_a_line_at_the_end_that_points_elsewhere_cites_nothing(finder: CategoryFinder) -> None:
    found = finder.answer("AlphaGo Zero는 어느 범주야?")
    similar = replace(
        found, similar=(finder.taxonomy.methods["spin"],), answer=f"{found.answer}\nMethods with similar names: SPIN"
    )
    answer = as_answer(similar)
    assert answer is not None
    assert (answer.sentences[-1].text, answer.sentences[-1].citations) == ("Methods with similar names: SPIN", ())
    assert answer.sentences[0].citations


@pytest.mark.parametrize(
    "question",
    ["SPIN?", "SPIN은 어느 범주야?", "where does RLAIF fall?", "헌법적 AI 분류", "list self-play methods", "RLHF와 RLAIF의 차이",
     "모델 피드백에는 어떤 방법이 있어?", "Which methods use self-play?", "토론을 사용하는 기법들은?", "두 모델이 토론하고 심판이 판정하는 방법은 어느 범주야?",
     "MACPO와 SPIN은 어느 쪽이야?"],
)  # fmt: skip
def test_questions_for_the_finder(finder: CategoryFinder, question: str) -> None:
    assert finder.recognise(question)


@pytest.mark.parametrize(
    "question",
    ["SPIN이 뭐야?", "What is SPIN?", "what is spin", "What is Constitutional AI", "What are the limits of SPIN?", "RLHF의 저자는 누구야?", "How does RLAIF work?", "모델 피드백?",
     "How many categories does the survey have?", "자동 정렬 방법 4가지 분류", "Where does SPIN fall short?", "What category of data does SPIN use?",
     "Which methods use self-play data?", "What does SPIN use?", "Llama 3와 Qwen2 중 어느 쪽이 학습 토큰이 더 많아?",
     "Tell me about weak-to-strong alignment"],
)  # fmt: skip
def test_questions_for_retrieval(finder: CategoryFinder, question: str) -> None:
    assert not finder.recognise(question)


def test_json_holds_the_fields_of_the_contract(finder: CategoryFinder) -> None:
    row = json.loads(category_json(finder.answer("SPIN?")))
    assert {"question", "language", "method", "categories", "conflicts", "predicted", "answer"} <= set(row)
    assert row["method"]["id"] == "spin" and row["predicted"] == []
    assert row["categories"][0]["names_en"][-1] == "Generator-discriminator"
    assert category_text(finder.answer("SPIN?")).count("[1]") == 2


def test_a_name_and_its_year_take_the_particle_of_the_name(finder: CategoryFinder) -> None:
    text = category_text(finder.answer("OpenChat은 어느 범주야?"))
    assert text.startswith("OpenChat(2024)은 다음 범주에 속합니다.")


@pytest.fixture(scope="module")
def nothing(analyser: Analyser, embedder: Embedder) -> Callable[[str], CategoryFinder]:
    def make(_: str) -> CategoryFinder:
        bridge = Bridge([], [], {}, analyser)
        taxonomy = Taxonomy.load(seeds.TAXONOMY)
        return CategoryFinder(taxonomy, analyser, embedder, bridge, lambda _: None, lambda *_: None)

    return make


def test_a_library_without_the_notes_still_answers(nothing: Callable[[str], CategoryFinder]) -> None:
    answer = nothing("").answer("SPIN?")
    assert answer.method and answer.categories[0].citation is None and answer.citations == ()
