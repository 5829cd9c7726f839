import pytest

import seeds
from qa.category.intent import interpret
from qa.category.names import NameFinder, fold, key_of
from qa.category.spelling import allowed, distance, spelled_out
from qa.category.taxonomy import Taxonomy


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return NameFinder(Taxonomy.load(seeds.TAXONOMY), lambda word: word in {"sky", "sparse", "answers"})


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("SPIN은 어느 범주야?", ("spin",)),
        ("스핀은 어느 범주야?", ("spin",)),
        ("RLHF의 범주", ("rlhf",)),
        ("헌법적인공지능 분류", ("constitutional-ai",)),
        ("위저드엘엠은?", ("wizardlm",)),
        ("tree-of-thought category", ("tree-of-thoughts",)),
        ("SELF INSTRUCT", ("self-instruct",)),
        ("알엘에이치에프 범주", ("rlhf",)),
        ("arXiv 2401.01335v2", ("spin",)),
        ("Math-Shepherd?", ("math-shepherd",)),
        ("Shepherd?", ("shepherd",)),
        ("CriticBench?", ("criticbench-luo", "criticbench-lin", "criticbench-lan")),
        ("star는 어느 범주야?", ("star",)),
        ("MORE는 어느 범주야?", ("more",)),
        ("tell me more about CCAI", ("collective-constitutional-ai",)),
        ("Constitutionl AI 범주", ("constitutional-ai",)),
        ("콘스티투셔널 AI 분류", ("constitutional-ai",)),
        ("Let's verify step 분류", ("prm800k",)),
        ("training verifiers to solve math", ("gsm8k-verifiers",)),
    ],
)
def test_names_are_found_as_people_type_them(finder: NameFinder, text: str, ids: tuple[str, ...]) -> None:
    assert [mention.ids for mention in interpret(text, finder).mentions] == [ids]


@pytest.mark.parametrize(
    "text",
    [
        "The brightest star in the sky belongs to which category?",
        "James Bond belongs to which film genre?",
        "A film critic writes reviews: which category of job is it?",
        "How do I multiply a sparse matrix with more cores?",
        "Q-STaR?",
        "tell me more",
        "I'd like to know more about the rest of the methods",
    ],
)
def test_ordinary_words_are_no_methods(finder: NameFinder, text: str) -> None:
    assert [m for m in interpret(text, finder).mentions if m.kind == "method"] == []


def test_a_mention_knows_its_place(finder: NameFinder) -> None:
    (mention,) = finder.find("논문 Self-Rewarding LM의 범주")
    assert "논문 Self-Rewarding LM의 범주"[mention.start : mention.end] == mention.written
    assert mention.ids == ("self-rewarding-lm",)


def test_folding_keeps_the_length() -> None:
    assert fold("Köksal ΨPO ＡＩ 스핀") == "koksal ψpo ai 스핀"
    assert key_of("Self-Rewarding LMs!") == "selfrewardinglms"


def test_letters_to_change() -> None:
    assert distance("spin", "spni", 2) == 1  # a swap
    assert distance("instrct", "instruct", 2) == 1
    assert distance("abc", "xyz", 2) == 3  # more than the limit is limit + 1
    assert [allowed(size, korean=False) for size in (5, 6, 9)] == [0, 1, 2]


def test_acronyms_are_spelled_out() -> None:
    assert list(spelled_out("DPO")) == ["디피오"]
    assert set(spelled_out("CLG")) == {"씨엘지", "시엘지"}
    assert list(spelled_out("WizardLM")) == []
