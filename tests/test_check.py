"""What a claim is judged by its source: figures, names, yes and no, opposites, subjects, quotations, in both languages."""

import threading

import pytest

import seeds
from index.analyse import Analyser
from index.embed import MODEL_FOLDER, Embedder
from index.load import Language, load
from index.sentences import sentence_spans
from qa.category.taxonomy import Taxonomy
from qa.check import ClaimChecker, Judgement, Source, reason
from qa.check.comparisons import comparisons, deeds
from qa.check.framing import says_nothing
from qa.check.judgement import Cause
from qa.check.naming import names
from qa.check.polarity import negations, opposites_by_prefix, poles
from qa.check.quantities import agreement, quantities
from qa.check.statement import statements
from qa.check.weigh import FEATURES, fitted_weights
from qa.words.bridge import Bridge
from tests.waiting import wait

EN = Source(
    "Orchid-2 is a language model with 405B parameters that was trained on 15.6T tokens. Its accuracy on MathBench "
    "rose from 61.2 points to 83.5 points. On CodeBench, Orchid-2 scores 74.1 and Willow-7 scores 79.8. The team did "
    "not use human labels. Training took 15,000 GPU hours. Three reviewers read every answer. The teacher model rates "
    "the answers of the student model. Larger batches increase the speed of training. The report was published on 16 "
    "May 2024.",
    "en",
    "Orchid-2",
)
KO = Source(
    "Orchid-2는 매개변수가 4050억 개인 언어 모델이며 15.6조 토큰으로 학습했다. MathBench 정확도는 61.2점에서 83.5점으로 "
    "올랐다. CodeBench에서 Orchid-2는 74.1점, Willow-7은 79.8점을 얻었다. 연구진은 사람이 붙인 정답을 쓰지 않았다. "
    "학습에는 GPU 1만 5천 시간이 들었다. 검토자 세 명이 모든 답을 읽었다. 교사 모델이 학생 모델의 답을 평가한다. "
    "배치가 클수록 학습 속도가 증가한다. 보고서는 2024년 5월 16일에 나왔다.",
    "ko",
    "Orchid-2",
)
SOURCES: dict[str, Source] = {"en": EN, "ko": KO}


@pytest.fixture(scope="module")
def bridge(analyser: Analyser) -> Bridge:
    return Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser, Taxonomy.load(seeds.TAXONOMY).korean_names())


@pytest.fixture(scope="module")
def checker(analyser: Analyser, embedder: Embedder, bridge: Bridge) -> ClaimChecker:
    return ClaimChecker(analyser, embedder, bridge, frozenset({"Orchid-2", "Willow-7"}))


def language_of(text: str) -> Language:
    return "ko" if any("가" <= char <= "힣" for char in text) else "en"


def judged(checker: ClaimChecker, claim: str, *sources: Source) -> Judgement:
    return checker.check(claim, language_of(claim), sources)


def values(text: str) -> list[tuple[float, str]]:
    return [(quantity.value, quantity.unit) for quantity in quantities(text) if not quantity.label]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("405B parameters", [(405e9, "")]),
        ("4050억 개", [(405e9, "")]),
        ("4,050억 개", [(405e9, "")]),
        ("405 billion", [(405e9, "")]),
        ("15.6T tokens", [(15.6e12, "")]),
        ("15.6조 토큰", [(15.6e12, "")]),
        ("1만 5천 개", [(15_000, "")]),
        ("15,000 and 15 thousand", [(15_000, ""), (15_000, "")]),
        ("three models", [(3, "")]),
        ("모델 세 개와 3개", [(3, ""), (3, "")]),
        ("열여덟 명과 스물네 개", [(18, ""), (24, "")]),
        ("two hundred and five", [(205, "")]),
        ("half a million", [(500_000, "")]),
        ("0 errors", [(0, "")]),
        ("0.5%", [(0.5, "%")]),
        ("83.5 points, 83.5점", [(83.5, "point"), (83.5, "point")]),
        ("half of it", [(50, "%")]),
        ("10-30%", [(10, "%"), (30, "%")]),
        ("2배, twice, 2x as fast", [(2, "times"), (2, "times"), (2, "times")]),
        ("90 hours, 90시간", [(90, "hour"), (90, "hour")]),
        ("12GB", [(12e9, "byte")]),
        ("$3 million, 300만 달러", [(3e6, "money"), (3e6, "money")]),
        ("3.8e25", [(3.8e25, "")]),
    ],
)
def test_quantities_are_read_in_digits_and_words(text: str, expected: list[tuple[float, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text", ["GPT-4", "GPT-4와 H100", "Llama 3", "Llama 3.1", "Section 4.2", "Mixtral-8x22B", "4D"]
)
def test_numbers_of_names_are_no_quantities(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["2024-05-16", "2024년 5월 16일", "16 May 2024", "May 16, 2024"])
def test_dates_are_read_however_they_are_written(text: str) -> None:
    assert [quantity.date for quantity in quantities(text)] == [(2024, 5, 16)]


@pytest.mark.parametrize(
    ("claimed", "stated", "expected"),
    [
        ("4050억", "405B", "same"),
        ("세 개", "three", "same"),
        ("405M", "405B", "magnitude"),
        ("83.5%", "83.5 points", "unit"),
        ("83.5", "83.5%", "same"),  # a bare score may be either
        ("90 hours", "90%", "unit"),
        ("more than 90", "less than 90", "no"),
        ("about 6,100", "6,132", "same"),
        ("6,100", "6,132", "no"),
        ("50%", "0.5", "same"),
        ("0", "0.0", "same"),
        ("May 2024", "16 May 2024", "same"),
        ("16 May 2024", "May 2024", "no"),  # more exact than the source
        ("2023년", "16 May 2024", "no"),
    ],
)
def test_quantities_agree_or_not(claimed: str, stated: str, expected: str) -> None:
    (one,), (other,) = quantities(claimed), quantities(stated)
    assert agreement(one, other) == expected


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The model is not trained on text.", ["trained"]),
        ("It works without human labels.", ["human labels"]),
        ("It doesn't use any examples.", ["use any examples"]),
        ("It fails to improve.", ["improve"]),
        ("Not only text but images are used.", []),
        ("모델을 학습하지 않았다.", ["학습하"]),
        ("사람의 정답이 없다.", ["정답"]),
        ("학습할 수 없다.", ["학습할"]),
        ("새 데이터가 아니다.", ["새 데이터"]),
        ("글뿐만 아니라 그림도 쓴다.", []),
    ],
)
def test_a_negation_says_no_to_what_stands_next_to_it(text: str, denied: list[str]) -> None:
    assert [text[slice(*found.focus)] for found in negations(text) if found.focus] == denied


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The error decreases.", [("change", -1)]),
        ("The error does not decrease.", [("change", 1)]),
        ("오류가 줄었다.", [("change", -1)]),
        ("더 높다", [("level", 1)]),
        ("the encoder", [("coder", 1)]),
        ("not the decoder", [("coder", -1)]),  # to deny a thing does not say the other
        ("재현율", [("measure", -1)]),
    ],
)
def test_words_stand_at_one_end_of_an_axis(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(pole.axis, pole.sign) for pole in poles(text, negations(text))] == expected


def test_a_prefix_makes_an_opposite() -> None:
    assert opposites_by_prefix("reliable", "unreliable") and opposites_by_prefix("효율", "비효율")
    assert not opposites_by_prefix("it", "unit") and not opposites_by_prefix("reliable", "relied")


@pytest.mark.parametrize(
    ("text", "more", "less"),
    [
        ("Orchid-2 is better than Willow-7", "Orchid-2", "Willow-7"),
        ("Orchid-2 is worse than Willow-7", "Willow-7", "Orchid-2"),
        ("Orchid-2 is beaten by Willow-7", "Willow-7", "Orchid-2"),
        ("Orchid-2는 Willow-7보다 높다", "Orchid-2", "Willow-7"),
        ("Willow-7보다 Orchid-2가 낮다", "Willow-7", "Orchid-2"),
        ("Orchid-2는 Willow-7을 앞섰다", "Orchid-2", "Willow-7"),
    ],
)
def test_comparisons_tell_which_has_more(text: str, more: str, less: str) -> None:
    (found,) = comparisons(text, poles(text, negations(text)))
    assert more in text[slice(*found.more)] and less in text[slice(*found.less)]
    assert less not in text[slice(*found.more)] and more not in text[slice(*found.less)]


@pytest.mark.parametrize(
    ("text", "subject", "thing"),
    [
        ("The teacher guides the student.", "teacher", "student"),
        ("THE TEACHER GUIDES THE STUDENT.", "TEACHER", "STUDENT"),
        ("The student is guided by the teacher.", "teacher", "student"),
        ("교사가 학생을 가르친다.", "교사", "학생"),
        ("학생을 교사가 가르친다.", "교사", "학생"),
    ],
)
def test_deeds_tell_who_does_it_to_whom(text: str, subject: str, thing: str) -> None:
    (deed,) = deeds(text)
    assert subject in " ".join(text[slice(*span)] for span in deed.subject)
    assert thing in " ".join(text[slice(*span)] for span in deed.objects)


def test_names_are_told_apart_by_letters_and_digits_and_not_by_hyphens() -> None:
    (name,) = names("모델은 GPT-4이다.")
    assert name.written == "GPT-4"
    assert name.places("GPT 4를 썼다.") and name.places("GPT-4-Turbo") and not name.places("GPT-4o")
    (name,) = names("It is written in C++.")
    assert name.places("C++17") == [(0, 3)] and not name.places("C, C# and Objective-C")
    (name,) = names("It is written in C.")
    assert name.places("C++, C#, C") == [(9, 10)]


def test_sources_are_taken_apart_beside_by_one_thread_that_ends_with_the_checker(
    analyser: Analyser, embedder: Embedder, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def running() -> int:
        return sum(thread.name.startswith("qa.check") for thread in threading.enumerate())

    def source(text: str, *_: object) -> None:
        goes_on.wait(10)
        prepared.append(text)

    before, goes_on, prepared = running(), threading.Event(), list[str]()
    own = ClaimChecker(analyser, embedder, bridge)
    with monkeypatch.context() as patch:
        patch.setattr(own._preparer, "source", source)
        for text in "abcd":
            own.prepare([Source(text, "en")])
        assert running() == before + 1
        goes_on.set()
        wait(lambda: len(prepared) == 4)
    assert prepared == ["a", "b", "c", "d"]
    del own
    wait(lambda: running() == before)


def test_rows_of_tables_have_known_names_as_sentences_have(analyser: Analyser) -> None:
    text = "We use orchid.\n\n| model | score |\n|---|---|\n| orchid | 83.5 |"
    found = statements(text, analyser, frozenset({"orchid"}))
    assert [[name.written for name in one.names] for one in found] == [["orchid"], [], ["orchid"]]


@pytest.mark.parametrize(
    ("said", "there"), [("C++", "C++"), ("C", "C"), ("C++", "C"), ("C", "C++"), ("C#", "C++"), ("C#", "C"), ("F#", "F")]
)
def test_a_name_with_another_mark_is_another_name(checker: ClaimChecker, said: str, there: str) -> None:
    source = Source(f"The trainer of Orchid-2 is written in {there}.", "en", "Orchid-2")
    judgement = judged(checker, f"The trainer of Orchid-2 is written in {said}.", source)
    assert (judgement.verdict == "supported") is (said == there)


@pytest.mark.parametrize("source", ["en", "ko"])
@pytest.mark.parametrize(
    "claim",
    [
        "Orchid-2, with 405 billion parameters, was trained on 15.6 trillion tokens.",
        "Orchid-2의 매개변수는 4,050억 개이고, 학습에 15.6T 토큰을 썼습니다.",
        "학습에는 GPU 1만 5천 시간이 걸렸습니다.",
        "검토자 3명이 모든 답을 읽었습니다.",
        "Every answer was read by 3 reviewers.",
        "보고서는 2024년 5월에 나왔습니다.",
        "The report was published on May 16, 2024 [1].",
        "On CodeBench, Willow-7 is ahead of Orchid-2.",
        "CodeBench에서 Willow-7은 Orchid-2보다 높습니다.",
    ],
)
def test_what_the_source_says_in_other_words_is_supported(checker: ClaimChecker, claim: str, source: str) -> None:
    judgement = judged(checker, claim, SOURCES[source])
    assert (judgement.verdict, judgement.cause, reason(judgement, "ko")) == ("supported", None, "")


@pytest.mark.parametrize(
    "claim",
    [
        "Yes, three reviewers read every answer.",
        "아니요, 연구진은 사람이 붙인 정답을 쓰지 않았습니다.",
        "둘째, 검토자 세 명이 모든 답을 읽었습니다.",
        "Secondly, training took 15,000 GPU hours.",
    ],
)
def test_how_a_sentence_begins_is_no_claim(checker: ClaimChecker, claim: str) -> None:
    assert judged(checker, claim, KO if claim[0] in "아둘" else EN).verdict == "supported"


def test_a_claim_that_names_both_of_two_opposites_is_held_to_each(checker: ClaimChecker) -> None:
    source = Source(
        "Evol-A rewrites instructions by hand-written principles. Evol-B makes its principles automatically. In the "
        "offline stage, Evol-B learns from pairs collected beforehand.",
        "en",
        "Evolution",
    )
    for claim in (
        "Evol-A relies on hand-written principles, and Evol-B makes them automatically.",
        "The online stage differs from the offline stage, in which Evol-B learns from pairs collected beforehand.",
    ):
        assert judged(checker, claim, source).cause != "opposite", claim
    for claim in ("Evol-A makes its principles automatically.", "Evol-B relies on hand-written principles."):
        assert judged(checker, claim, source).verdict == "unsupported", claim


def test_what_something_does_to_itself_is_not_turned_round(checker: ClaimChecker) -> None:
    source = Source("자신의 응답을 평가하고 고치는 모델의 능력을 정렬 신호로 쓴다.", "ko", "자기 판단")
    assert judged(checker, "모델이 자신의 응답을 평가하고 고치는 능력을 정렬 신호로 씁니다.", source).cause != "subject"


@pytest.mark.parametrize(
    ("claim", "sources", "cause"),
    [
        ("Orchid-2 was trained on 12T tokens.", "en ko", "number"),
        ("Orchid-2는 12조 토큰으로 학습했습니다.", "en ko", "number"),
        ("The report was published on 17 May 2024.", "en ko", "number"),
        ("보고서는 2023년 5월에 나왔습니다.", "en ko", "number"),
        ("On CodeBench, Orchid-2 scores 79.8.", "en ko", "number"),  # the other model's
        ("CodeBench에서 Orchid-2는 79.8점을 얻었습니다.", "en ko", "number"),
        ("Orchid-2 was trained on 15.6 billion tokens.", "en ko", "unit"),
        ("Orchid-2는 156억 토큰으로 학습했습니다.", "en ko", "unit"),
        ("Its accuracy on MathBench rose to 83.5%.", "en", "unit"),
        ("CodeBench에서 Willow-9는 79.8점입니다.", "en ko", "name"),
        ("Its accuracy on MathBench-Pro rose to 83.5 points.", "en ko", "name"),
        ("The team used human labels.", "en", "negation"),
        ("연구진은 사람이 붙인 정답을 썼습니다.", "ko", "negation"),
        ("Reviewers did not read the answers.", "en ko", "negation"),
        ("검토자는 답을 읽지 않았습니다.", "en ko", "negation"),
        ("Larger batches decrease the speed of training.", "en ko", "opposite"),
        ("배치가 클수록 학습 속도가 감소합니다.", "en ko", "opposite"),
        ("On CodeBench, Orchid-2 beats Willow-7.", "en ko", "subject"),
        ("CodeBench에서 Orchid-2는 Willow-7보다 높습니다.", "en ko", "subject"),
        ("The student model rates the answers of the teacher model.", "en", "subject"),
        ("학생 모델이 교사 모델의 답을 평가합니다.", "ko", "subject"),
        ("펭귄은 남극의 얼음 위에서 겨울을 납니다.", "en ko", "unrelated"),
    ],
)
def test_what_it_does_not_say_is_struck_with_the_cause(
    checker: ClaimChecker, claim: str, sources: str, cause: Cause
) -> None:
    for source in sources.split():
        judgement = judged(checker, claim, SOURCES[source])
        assert (judgement.verdict, judgement.cause) == ("unsupported", cause), source
        assert reason(judgement, "ko") and reason(judgement, "en")


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The team did not use human labels, because the lawyers of the university had advised against it.", EN),
        ("연구진은 사람이 붙인 정답을 쓰지 않았는데, 대학의 법무팀이 반대했기 때문입니다.", KO),
    ],
)
def test_a_detail_that_is_only_added_makes_it_partly_supported(
    checker: ClaimChecker, claim: str, source: Source
) -> None:
    judgement = judged(checker, claim, source)
    assert (judgement.verdict, judgement.cause) == ("partly", "terms")
    assert all(seen in claim for seen in judgement.seen)


def test_a_figure_of_another_row_is_noticed(checker: ClaimChecker) -> None:
    table = Source("| Model | Accuracy | Hours |\n| Orchid-2 | 74.1 | 90 |\n| Willow-7 | 79.8 | 40 |", "en", "Results")
    assert judged(checker, "The accuracy of Willow-7 is 79.8.", table).verdict == "supported"
    assert judged(checker, "Willow-7의 정확도는 79.8이다.", table).verdict == "supported"
    wrong = judged(checker, "The accuracy of Willow-7 is 74.1.", table)
    assert (wrong.verdict, wrong.cause, wrong.seen) == ("unsupported", "number", ("74.1",))


def test_the_sentence_that_supports_best_is_pointed_at(checker: ClaimChecker) -> None:
    judgement = judged(checker, "Three reviewers read all of the answers.", KO, EN)
    assert judgement.source == 1
    assert EN.text[judgement.start : judgement.end] == "Three reviewers read every answer."


def test_several_sources_together_support(checker: ClaimChecker) -> None:
    claim = "Orchid-2 needs 15,000 GPU hours and three reviewers."
    hours = Source("Orchid-2 needs 15,000 GPU hours.", "en")
    reviewers = Source("The answers of Orchid-2 are read by three reviewers.", "en")
    assert judged(checker, claim, hours, reviewers).verdict == "supported"
    assert judged(checker, claim, hours).verdict != "supported"


def test_a_heading_names_what_its_sentences_are_about(checker: ClaimChecker) -> None:
    claim = "Willow-7 was trained for 40 hours."
    assert judged(checker, claim, Source("It was trained for 40 hours.", "en", "Willow-7")).verdict == "supported"
    assert judged(checker, claim, Source("It was trained for 40 hours.", "en", "Orchid-2")).cause == "name"


def test_without_a_source_there_is_no_support(checker: ClaimChecker) -> None:
    assert judged(checker, "Orchid-2 was trained on 15.6T tokens.") == Judgement("unsupported", "uncited")
    assert judged(checker, "Orchid-2 was trained on 15.6T tokens.", Source(" \n", "en")).cause == "missing"


@pytest.mark.parametrize(
    "claim",
    ["다음과 같다.", "주요 내용을 정리하면 다음과 같습니다.", "Here are three:", "[1][2]", "---", ""],
)
def test_what_says_nothing_needs_no_source(checker: ClaimChecker, claim: str) -> None:
    assert judged(checker, claim) == judged(checker, claim, EN) == Judgement("supported")


def test_that_the_sources_are_silent_needs_no_source(checker: ClaimChecker) -> None:
    assert judged(checker, "인용된 자료에는 비용에 대한 언급이 없습니다.", KO) == Judgement("supported")
    assert judged(checker, "The number of GPUs cannot be determined.") == Judgement("supported")


@pytest.mark.parametrize(
    ("text", "cited", "expected"),
    [
        ("The sources do not mention the cost.", True, True),
        ("The context length does not change.", True, False),
        ("Reviewers cannot tell the answers apart.", True, False),  # a finding
        ("The number of GPUs cannot be determined.", False, True),
        ("문서의 길이는 성능에 영향을 주지 않는다.", True, False),
        ("비용은 알 수 없습니다.", False, True),
        ("모델은 정답을 알 수 없는 질문에도 답한다.", True, False),
        ("Here are the three steps:", True, True),
        ("Orchid-2 follows: 405B.", True, False),
    ],
)
def test_only_what_says_nothing_goes_unchecked(analyser: Analyser, text: str, cited: bool, expected: bool) -> None:
    assert says_nothing(text, analyser, cited) is expected


@pytest.mark.parametrize(
    "claim",
    [
        "42",
        "3.14, 2.72",
        "Orchid-2",
        "`model.fit(x, y)` returns `None`.",
        "$$L = -\\sum_i p_i \\log q_i$$",
        "E = mc²이며 α ≥ 0.5이다.",
        "😀 ½ ①",
        "|-|-|",
        "가",
        "that " * 1_000,
        "정확도는 83.5점이다. " * 100,
    ],
)
def test_whatever_is_written_is_judged(checker: ClaimChecker, claim: str) -> None:
    for source in (EN, KO, Source(claim, language_of(claim)), Source("|-|\n|x|", "en")):
        assert judged(checker, claim, source) == judged(checker, claim, source)


def test_a_code_span_and_a_formula_are_quoted_as_they_are(checker: ClaimChecker) -> None:
    text = "The loss is `-log(p)`, i.e. $L = -\\log p$."
    assert judged(checker, "The loss is -log(p), i.e. $L = -\\log p$. [3]", Source(text, "en")).verdict == "supported"


def test_reasons_name_what_disagrees() -> None:
    judgement = Judgement("unsupported", "number", ("12T", "3"))
    assert reason(judgement, "en") == "A figure differs from the source or is not in it: 12T, 3."
    assert reason(judgement, "ko") == "수치가 출처와 다르거나 출처에 없습니다: 12T, 3."
    assert reason(Judgement("unsupported", "uncited"), "ko") == "출처를 밝히지 않은 문장입니다."
    assert reason(Judgement("supported"), "en") == ""


def test_fitted_weights_have_the_signs_that_they_must_have() -> None:
    weights = dict(zip(FEATURES, fitted_weights().weight.tolist(), strict=True))
    assert all(weights[name] >= 0 for name in ("fit", "cosine", "union", "weakest_part"))
    assert all(weights[name] <= 0 for name in ("run_missing", "share_missing", "counts_missing"))
    assert 0 < fitted_weights().partly < fitted_weights().supported < 1


def test_a_checker_made_anew_judges_the_same(
    checker: ClaimChecker, analyser: Analyser, embedder: Embedder, bridge: Bridge
) -> None:
    anew = ClaimChecker(analyser, embedder, bridge, frozenset({"Willow-7", "Orchid-2"}))
    for claim in ("Orchid-2 was trained on 12T tokens.", "검토자 세 명이 답을 읽었습니다.", "Willow-7 is fast."):
        assert judged(anew, claim, KO, EN) == judged(checker, claim, KO, EN)


def test_every_sentence_of_the_corpus_is_supported_by_its_own_section(checker: ClaimChecker) -> None:
    supported = total = 0
    for path in seeds.documents():
        document = load(path)
        for section in document.sections:
            text = document.text[section.start : section.end]
            source = Source(text, document.language, document.title)
            for start, end in sentence_spans(text):
                judgement = checker.check(text[start:end], document.language, [source])
                supported += judgement.verdict == "supported"
                total += 1
    assert total > 2_000
    assert supported / total >= 0.995
