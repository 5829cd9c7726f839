"""What a claim is judged by its source: figures, units, negation, names, subjects, quotations, in both languages."""

from collections.abc import Iterator

import pytest

import seeds
from index.analyse import Analyser
from index.embed import MODEL_FOLDER, Embedder
from qa.bridge import Bridge
from qa.category.taxonomy import Taxonomy
from qa.check.checker import ClaimChecker
from qa.check.judgement import Source, reason

EN = "Orchid-2 was trained on 15.6T tokens of web pages and code. Orchid-2 reaches an accuracy of 83.5 points. The baseline reaches 71.2 points. Self-play does not need new human data."
KO = "오키드-2는 웹 문서와 코드 15.6조 토큰으로 학습했다. 정확도는 83.5점이다. 셀프 플레이는 사람이 새로 만든 데이터가 필요하지 않다."


@pytest.fixture(scope="module")
def checker(analyser: Analyser, embedder: Embedder) -> Iterator[ClaimChecker]:
    bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser, Taxonomy.load(seeds.TAXONOMY).korean_names())
    yield ClaimChecker(analyser, embedder, bridge, frozenset({"Orchid-2"}))


@pytest.mark.parametrize(
    ("claim", "language", "source"),
    [
        ("Orchid-2 reaches an accuracy of 83.5 points.", "en", "en"),
        ("The training of Orchid-2 used 15.6T tokens of web pages and code.", "en", "en"),
        ("정확도는 83.5점이다.", "ko", "ko"),
        ("Orchid-2는 웹 문서와 코드 15.6조 토큰으로 학습했습니다.", "ko", "en"),
        ("다음과 같다.", "ko", "ko"),
    ],
)
def test_what_the_source_says_is_supported(checker: ClaimChecker, claim: str, language: str, source: str) -> None:
    given = Source(EN if source == "en" else KO, source)  # type: ignore[arg-type]
    judgement = checker.check(claim, language, [given])  # type: ignore[arg-type]
    assert (judgement.verdict, reason(judgement, "ko")) == ("supported", "")


@pytest.mark.parametrize(
    ("claim", "cause"),
    [
        ("Orchid-2 was trained on 900B tokens of web pages and code.", "number"),
        ("Orchid-2 reaches an accuracy of 71.2 points.", "number"),
        ("Self-play needs new human data.", "negation"),
        ("정확도는 38.5점이다.", "number"),
        ("셀프 플레이는 사람이 새로 만든 데이터가 필요하다.", "negation"),
    ],
)
def test_what_it_does_not_say_is_struck_with_the_cause(checker: ClaimChecker, claim: str, cause: str) -> None:
    korean = "가" <= claim[0] <= "힣"
    judgement = checker.check(claim, "ko" if korean else "en", [Source(KO, "ko") if korean else Source(EN, "en")])
    assert (judgement.verdict, judgement.cause) == ("unsupported", cause)
    assert reason(judgement, "ko") and reason(judgement, "en")


def test_the_sentence_that_supports_best_is_pointed_at(checker: ClaimChecker) -> None:
    judgement = checker.check("The baseline reaches 71.2 points.", "en", [Source(KO, "ko"), Source(EN, "en")])
    assert judgement.source == 1
    assert EN[judgement.start : judgement.end] == "The baseline reaches 71.2 points."


def test_without_a_source_there_is_none(checker: ClaimChecker) -> None:
    assert checker.check("Orchid-2 is blue.", "en", []).cause == "uncited"
    assert checker.check("Orchid-2 is blue.", "en", [Source(" ", "en")]).cause == "missing"
