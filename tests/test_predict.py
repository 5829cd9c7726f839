from collections.abc import Sequence

import pytest

import seeds
from bench.reliability import bins, calibration_error, reliability_svg
from index.analyse import Analyser
from index.embed import MODEL_FOLDER, Embedder
from index.load import Document, load
from index.storage.record import StoredPassage
from qa.category.categorise import CategoryFinder
from qa.category.predict import FEATURES, Fitted
from qa.category.taxonomy import Taxonomy
from qa.words.bridge import Bridge

ORCHID = "Orchid-9 lets two copies of a model argue for opposite answers, and a weaker judge decides the debate."


@pytest.fixture(scope="module")
def finder(analyser: Analyser, embedder: Embedder) -> CategoryFinder:
    kept = [load(path) for path in seeds.documents() if path.name.startswith("2406.01252")]
    documents = {document.doc_id: document for document in kept}

    def edition(work: str, language: str) -> Document | None:
        return next((d for d in kept if (d.work, d.language) == (work, language)), None)

    def search(text: str) -> Sequence[StoredPassage]:
        return [StoredPassage(1, "p", "d", "w", "T", "en", "", "s", ("S",), 0, len(ORCHID), None, ORCHID)]

    bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser)
    return CategoryFinder(Taxonomy.load(seeds.TAXONOMY), analyser, embedder, bridge, documents.get, edition, search)


@pytest.mark.parametrize(
    ("question", "leaf"),
    [
        ("Two copies of a model argue for opposite answers and a judge picks the winner; which category?", "debate"),
        ("여러 언어 모델이 서로의 답을 반박하는 토론을 벌여 답을 모으는 방법은 어디로 분류돼?", "debate"),
        ("WARM averages several reward models against reward hacking. Which category?", "scalar-reward"),
        ("로봇이 부엌에서 컵을 옮기며 얻은 성공 신호로 학습하는 방법은 어느 범주야?", "embodied-environment"),
    ],
)
def test_a_described_method_is_predicted_with_evidence(finder: CategoryFinder, question: str, leaf: str) -> None:
    answer = finder.answer(question)
    assert answer.kind == "predicted" and answer.method is None and answer.categories == ()
    best = answer.predicted[0]
    assert best.path[-1] == leaf and answer.family == best.path[0]
    assert finder.predictor.asserted_from <= best.probability <= answer.family_probability <= 1 + 1e-9
    assert best.evidence and best.citation and best.citation.section_id == leaf


@pytest.mark.parametrize(
    "question",
    ["BERT", "Dijkstra", "광합성", "광합성은 어느 범주에 속해?", "페이지 교체를 LRU로 하는 운영체제 기법은 어느 범주인가",
     "A B-tree index speeds up range queries in a database; where would it be filed?"],
)  # fmt: skip
def test_what_is_no_alignment_method_is_refused(finder: CategoryFinder, question: str) -> None:
    answer = finder.answer(question)
    assert answer.kind in ("refused", "unknown") and answer.predicted == () and answer.answer


def test_a_name_found_nowhere_is_said_to_be_unknown(finder: CategoryFinder) -> None:
    answer = finder.answer("Zzqnet-7은 어느 범주야?")
    assert answer.kind == "unknown" and "Zzqnet-7" in answer.answer


def test_a_name_of_the_survey_text_is_placed_by_its_section(finder: CategoryFinder) -> None:
    answer = finder.answer("RAIN은 어느 범주야?")
    assert answer.predicted[0].path == ("inductive-bias", "self-judge")
    citation = answer.predicted[0].citation
    assert citation and "RAIN" in citation.quote


def test_a_name_of_the_users_paper_is_predicted_from_it(finder: CategoryFinder) -> None:
    assert finder.answer("Orchid-9은 어느 범주야?").predicted[0].path[-1] == "debate"


def test_what_is_left_out_does_not_speak_for_itself(finder: CategoryFinder) -> None:
    column = FEATURES.index("cosine method")
    row = finder.predictor.leaves.index("embodied-environment")
    title = "Voyager: An Open-Ended Embodied Agent with Large Language Models"
    with_it, _ = finder.predictor.features(title)
    without, _ = finder.predictor.features(title, without="voyager")
    assert with_it[row, column] == pytest.approx(1.0, abs=1e-3) and without[row, column] < 0.9


def test_the_fitted_parameters_name_every_feature() -> None:
    fitted = Fitted.load()
    assert fitted.weights.shape == (len(FEATURES),)
    assert 0 < fitted.relevant_from < 1 and 0 < fitted.asserted_from < 1


def test_calibration_error_by_hand() -> None:
    assert calibration_error([0.95, 0.95, 0.15, 0.15], [True, False, False, False]) == pytest.approx(
        0.5 * abs(0.95 - 0.5) + 0.5 * abs(0.15 - 0.0)
    )
    assert bins([1.0], [True]) == [(1.0, 1.0, 1.0)]
    assert "n = 1" in reliability_svg({"title": ([1.0], [True])})
