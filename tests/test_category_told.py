"""Whether a method's filing answers better than the sentences that were found."""

import pytest

import seeds
from qa.category.names import NameFinder
from qa.category.taxonomy import Taxonomy
from qa.category.told import filing_is_better

TELLS = "Self-Instruct starts from a small seed set."
NAMES = "AutoIF differs from Self-Instruct, which writes instructions only."
NEITHER = "Alignment shapes what a model does."


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return NameFinder(Taxonomy.load(seeds.TAXONOMY), lambda token: token in ("debate", "aligner"))


@pytest.mark.parametrize(
    ("told", "sure", "better"),
    [
        ([], True, True),
        ([NEITHER], True, True),
        ([NAMES], True, False),
        ([NAMES], False, True),
        ([NEITHER, TELLS], False, False),
        (["“Self-Instruct” starts small."], False, False),
        (["SPIN plays against itself."], True, True),
    ],
)
def test_a_sentence_has_to_tell_of_the_method(finder: NameFinder, told: list[str], sure: bool, better: bool) -> None:
    for question in (
        "What is Self-Instruct?",
        "Self-Instruct가 뭐야?",
        "Self-Instruct 설명해줘",
        "explain Self-Instruct",
    ):
        assert filing_is_better(question, told, finder, sure=sure) is better


@pytest.mark.parametrize(
    "question",
    [
        "What are the limits of Self-Instruct?",  # asks for more
        "How does Self-Instruct work?",
        "Why Self-Instruct?",
        "What is the seed set of Self-Instruct?",
        "Self-Instruct와 SPIN은 뭐야?",  # of two
        "What is self-play?",  # of a category
        "What is Self-Instrukt?",  # of a name that may be another one
        "What is Foobar-9?",
    ],
)
def test_only_what_one_filed_method_is_can_be_answered_so(finder: NameFinder, question: str) -> None:
    assert not filing_is_better(question, [], finder, sure=True)
