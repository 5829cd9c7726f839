"""What is counted in the taxonomy: how many, the most, of which years; each number is counted anew from its file here."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from bench.tally import FOLDER, KINDS, is_right, measure, read
from qa import open_library
from qa.ask import Assistant
from qa.category.output import category_fields
from qa.category.years import UNCLEAR, years_in
from qa.host.reply import matter_of
from seeds import TAXONOMY
from tests.made import said

RAW = json.loads(TAXONOMY.read_text(encoding="utf-8"))
METHODS = {row["id"]: row for row in RAW["methods"]}
PARENT = {row["id"]: row["parent"] for row in RAW["categories"]}


def below(category_id: str | None) -> set[str]:
    """Return the ids of a category and of all below it; of all for None."""
    if category_id is None:
        return set(PARENT)
    return {category_id}.union(*(below(child) for child, parent in PARENT.items() if parent == category_id))


def held(category_id: str | None, years: Iterable[int] = range(3000)) -> set[str]:
    """Return the ids of the methods that are filed below a category, of some years."""
    inside = below(category_id)
    return {
        method_id
        for method_id, row in METHODS.items()
        if row["year"] in years and any(path[-1] in inside for path in row["categories"])
    }


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_library(tmp_path_factory.mktemp("tally") / "library")


def lines(assistant: Assistant, question: str) -> list[str]:
    answer = assistant.ask(question)
    assert answer.kind == "category" and answer.citations
    assert all(sentence.citations for sentence in answer.sentences)
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("question", "category_id", "said"),
    [
        ("How many methods does the survey cover?", None, "The survey's whole taxonomy: {} methods"),
        ("서베이에 방법이 모두 몇 개 나와?", None, "서베이의 분류 체계 전체: 방법 {}개"),
        ("환경 피드백에는 방법이 몇 개 있어?", "environment-feedback", "환경 피드백을 통한 정렬: 방법 {}개"),
        ("How many papers are listed under model feedback?", "model-feedback", "model feedback: {} methods"),
        ("행동 모방에 속한 논문은 몇 편이야?", "behavior-imitation", "행동 모방을 통한 정렬: 방법 {}개"),
        ("동반 목록의 스칼라 보상 논문 수는?", "scalar-reward", "스칼라 보상: 방법 {}개"),
        ("number of self-play methods", "self-play", "Self-play: {} methods"),
    ],
)
def test_how_many_methods_a_category_holds(
    assistant: Assistant, question: str, category_id: str | None, said: str
) -> None:
    first, *rows = lines(assistant, question)
    assert said.format(len(held(category_id))) in first
    children = [child for child, parent in PARENT.items() if parent == category_id]
    counted = [len(held(child)) for child in children]
    directly = sum(any(path[-1] == category_id for path in row["categories"]) for row in METHODS.values())
    numbers = [int(row.removesuffix("개").rsplit(": ", 1)[-1]) for row in rows]
    assert numbers == counted + ([directly] if children and directly else [])


def test_the_sentence_that_counts_is_cited(assistant: Assistant) -> None:
    for question in ("동반 목록에서 모델 피드백 논문은 몇 편?", "How many methods are filed under model feedback?"):
        (citation,) = assistant.ask(question).citations
        assert "62" in citation.quote and citation.doc_id.startswith("2406.01252-notes")


@pytest.mark.parametrize(
    ("question", "category_id", "years"),
    [
        ("환경 피드백에서 2023년에 나온 방법은 몇 개야?", "environment-feedback", [2023]),
        ("How many scalar reward papers since 2023?", "scalar-reward", range(2023, 2030)),
        ("How many debate papers came out between 2021 and 2023?", "debate", range(2021, 2024)),
        ("2020년 이전에 나온 방법은 몇 개야?", None, range(2021)),
        ("how many methods were published before 2020", None, range(2020)),
        ("2022년부터 2023년까지 나온 행동 모방 논문 수는?", "behavior-imitation", range(2022, 2024)),
    ],
)
def test_methods_of_some_years_are_counted(
    assistant: Assistant, question: str, category_id: str | None, years: Iterable[int]
) -> None:
    found = assistant.category(question)
    assert found.tally and found.tally.told == "number" and found.tally.count == len(held(category_id, years)) > 0


@pytest.mark.parametrize(
    ("question", "category_id", "years"),
    [
        ("환경 피드백에서 2023년에 나온 방법은?", "environment-feedback", [2023]),
        ("Which binary verifier methods are from 2024?", "binary-verifier", [2024]),
        ("2018년 방법 목록", None, [2018]),
    ],
)
def test_methods_of_some_years_are_named(
    assistant: Assistant, question: str, category_id: str | None, years: Iterable[int]
) -> None:
    found = assistant.category(question)
    named = {method.method_id for group in found.groups for method in group.methods}
    assert found.tally and found.tally.told == "names" and named == held(category_id, years) != set()
    assert all(METHODS[method_id]["name"] in found.answer for method_id in named)


def test_a_year_without_methods_is_said(assistant: Assistant) -> None:
    assert lines(assistant, "2015년에 나온 방법은?") == ["서베이의 분류 체계 전체, 2015년: 실린 방법이 없습니다."]
    assert lines(assistant, "debate papers in 2015") == ["Debate, 2015: no methods are listed."]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (
            "Which category has the most methods?",
            "The most methods are under Aligning through behavior imitation (69).",
        ),
        ("방법이 가장 많은 범주는?", "방법이 가장 많은 범주는 행동 모방을 통한 정렬입니다(69개)."),
        ("방법이 가장 적은 범주는 뭐야?", "방법이 가장 적은 범주는 자동화된 정렬의 기저 메커니즘입니다(32개)."),
        ("두 번째로 방법이 많은 범주는?", "방법이 두 번째로 많은 범주는 모델 피드백을 통한 정렬입니다(62개)."),
        (
            "행동 모방에서 방법이 가장 많은 하위 범주는?",
            "행동 모방을 통한 정렬: 방법이 가장 많은 범주는 응답 기반 증류입니다(34개).",
        ),
        ("Which has more papers, task decomposition or self-play?", "More methods are under Self-play (12)."),
        ("어느 해에 방법이 가장 많이 나왔어?", "방법이 가장 많이 나온 해는 2024년입니다(95개)."),
        (
            "Which year had the most environment feedback papers?",
            "Aligning through environment feedback: the most methods",
        ),
    ],
)
def test_what_holds_the_most(assistant: Assistant, question: str, first: str) -> None:
    assert lines(assistant, question)[0].startswith(first)


def test_a_ranking_is_in_order_and_names_the_best_below(assistant: Assistant) -> None:
    tally = assistant.category("Which category has the most methods?").tally
    assert tally is not None
    counted = [(row.path[-1], row.count) for row in tally.rows]
    top = [category_id for category_id, parent in PARENT.items() if parent is None]
    assert counted == sorted(((one, len(held(one))) for one in top), key=lambda row: -row[1])
    below_top = {one: len(held(one)) for one, parent in PARENT.items() if parent}
    assert [row.path[-1] for row in tally.lower] == [max(below_top, key=lambda one: below_top[one])]


def test_what_ties_is_told_together(assistant: Assistant) -> None:
    tally = assistant.category("Which subcategory of environment feedback has the fewest methods?").tally
    assert tally and [row.path[-1] for row in tally.best] == ["tool-execution-feedback", "embodied-environment"]
    assert {row.count for row in tally.best} == {7}


def test_the_years_are_spread(assistant: Assistant) -> None:
    tally = assistant.category("연도별 방법 수 알려줘").tally
    assert tally is not None
    years = sorted({row["year"] for row in METHODS.values()}, reverse=True)
    assert [(row.number, row.count) for row in tally.rows] == [(year, len(held(None, [year]))) for year in years]


@pytest.mark.parametrize(
    ("question", "category_id"),
    [
        ("귀납 편향의 하위 범주는?", "inductive-bias"),
        ("What are the subcategories of environment feedback?", "environment-feedback"),
        ("최상위 범주는 몇 개야?", None),
    ],
)
def test_what_stands_below(assistant: Assistant, question: str, category_id: str | None) -> None:
    tally = assistant.category(question).tally
    children = [child for child, parent in PARENT.items() if parent == category_id]
    assert tally and tally.told == "parts" and [row.path[-1] for row in tally.rows] == children


def test_a_category_without_others_below_says_so(assistant: Assistant) -> None:
    assert lines(assistant, "스칼라 보상에 하위 범주가 있어?") == [
        "스칼라 보상: 하위 범주 없이 방법 37개가 바로 실려 있습니다."
    ]


def test_levels_are_counted(assistant: Assistant) -> None:
    assert lines(assistant, "분류 체계는 몇 단계야?") == [
        "서베이의 분류 체계는 3단계입니다.", "1단계: 범주 5개", "2단계: 범주 19개", "3단계: 범주 9개",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "least", "most", "category_id"),
    [
        ("Which methods are filed under several categories?", 2, 9, None),
        ("여러 범주에 속한 방법은?", 2, 9, None),
        ("세 군데 이상 분류에 걸쳐 있는 방법은?", 3, 9, None),
        ("how many methods are filed under exactly three categories", 3, 3, None),
        ("여러 범주에 가장 많이 들어간 방법은?", 4, 4, None),
        ("문맥 증류 방법들 중 다른 범주에도 들어가 있는 건?", 2, 9, "context-distillation"),
    ],
)
def test_methods_in_several_categories(
    assistant: Assistant, question: str, least: int, most: int, category_id: str | None
) -> None:
    found = assistant.category(question)
    wanted = {one for one in held(category_id) if least <= len(METHODS[one]["categories"]) <= most}
    assert found.tally and {m.method_id for row in found.tally.rows for m in row.methods} == wanted != set()
    assert found.tally.count == len(wanted)


@pytest.mark.parametrize(
    "question", ["여러 범주에 가장 많이 들어간 방법은?", "Which method is in the most categories?"]
)
def test_what_is_listed_most_often_cites_what_says_so(assistant: Assistant, question: str) -> None:
    found = assistant.ask(question)
    assert found.sentences[1].text.endswith("Constitutional AI (2022)")
    assert "Constitutional AI" in found.citations[0].quote and "4" in found.citations[0].quote


def test_methods_in_both_of_two_categories(assistant: Assistant) -> None:
    found = assistant.category("스칼라 보상이랑 선호 기반 증류 둘 다에 있는 방법은?")
    wanted = held("scalar-reward") & held("preference-guided-distillation")
    assert found.tally and {m.method_id for row in found.tally.rows for m in row.methods} == wanted != set()


def test_a_category_may_be_told_by_one_of_its_methods(assistant: Assistant) -> None:
    found = assistant.category("How many methods are in the category of SPIN?")
    assert found.category and found.category.category_id == METHODS["spin"]["categories"][METHODS["spin"]["main"]][-1]
    assert found.tally and found.tally.count == len(held(found.category.category_id))


@pytest.mark.parametrize(
    "question",
    [
        "How many methods does SPIN beat?",
        "How many categories of harm does the safety data have?",
        "Llama 3는 2024년 언제 나왔어?",
        "서베이는 2024년에 나왔어?",
        "Which method has the highest score on GSM8K?",
        "한 기법이 여러 범주에 동시에 들어갈 수 있어?",
        "Must each method sit in just one family?",
        "17개 항목 중 코드가 공개된 건 몇 개인가요?",
        "Of the 17 binary verifier entries, how many are process verifiers?",
        "How many papers are listed under Similar Papers?",
        "How many entries does the companion list have as of 2025?",
        "H1~H5 각각에 속한 논문은 몇 편씩인가요?",
        "자기 피드백 보완책은 몇 가지이고 뭐야?",
        "self-play 방법 더 자세히 알려줘",
        "논문 몇 편 있어?",
    ],
)
def test_other_questions_count_nothing(assistant: Assistant, question: str) -> None:
    assert assistant.quoter.tallier.answer(question) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("methods from 2023", (2023, 2023)),
        ("from 2023 onwards", (2023, None)),
        ("since 2022", (2022, None)),
        ("after 2022", (2023, None)),
        ("before 2020", (None, 2019)),
        ("in or before 2020", (None, 2020)),
        ("between 2020 and 2023", (2020, 2023)),
        ("2022 or 2023", (2022, 2023)),
        ("2022년 이후", (2022, None)),
        ("2022년 이전", (None, 2022)),
        ("2022년 전에", (None, 2021)),
        ("2020년부터 2022년까지", (2020, 2022)),
        ("2021~2023년", (2021, 2023)),
        ("23년에 나온", (2023, 2023)),
        ("2018 or 2023", UNCLEAR),
        ("2020, 2021, 2023", UNCLEAR),
        ("12000 tokens", None),
        ("no year", None),
    ],
)
def test_years_of_a_text(text: str, years: object) -> None:
    assert years_in(text) == years


def test_a_tally_as_data(assistant: Assistant) -> None:
    fields = category_fields(assistant.category("Which category has the most methods?"))
    tally = fields["tally"]
    assert isinstance(tally, dict) and json.dumps(fields)
    assert (tally["told"], tally["count"], tally["filings"], tally["order"]) == ("categories", 205, 235, 1)
    assert tally["best"] == [
        {
            "path": ["behavior-imitation"],
            "names_ko": ["행동 모방을 통한 정렬"],
            "names_en": ["Aligning through behavior imitation"],
            "count": 69,
            "number": 0,
            "methods": [],
        }
    ]


def test_without_the_survey_nothing_is_counted(assistant: Assistant) -> None:
    answer = assistant.ask("방법이 가장 많은 범주는?", within={"2407.10671.ko"})
    assert answer.kind != "category"


def test_among_texts_of_ones_own_the_taxonomy_has_to_be_meant(tmp_path: Path) -> None:
    note = tmp_path / "merging.md"
    note.write_text("# Merging\n\n## Methods\n\nThere are 4 methods of merging models.\n", encoding="utf-8")
    with open_library(tmp_path / "library") as library:
        assert library.ask("How many methods are there?").kind == "category"
        library.add([note])
        plain = library.ask("How many methods are there?")
        assert plain.kind != "category"
        assert library.ask("How many methods are in the taxonomy?").kind == "category"


def test_the_library_is_not_listed_where_methods_are_counted() -> None:
    assert matter_of("서베이에 방법이 모두 몇 개 나와?") is None
    assert matter_of("논문 몇 편 있어?") == "holdings"


def test_a_conversation_goes_on_counting(assistant: Assistant) -> None:
    turns = [
        ("환경 피드백에는 방법이 몇 개 있어?", 34),
        ("모델 피드백은?", 62),
        ("그중 2023년에 나온 건 몇 개야?", len(held("model-feedback", [2023]))),
        ("방법이 가장 많은 범주는?", 69),
        ("반대로 가장 적은 범주는?", 32),
    ]
    for reply, (_, number) in zip(said(assistant, *[turn for turn, _ in turns]), turns, strict=True):
        assert f"{number}개" in reply.answer.sentences[0].text, reply.question


def test_questions_of_the_bench_hold_their_gold() -> None:
    asked = read(FOLDER / "dev.jsonl") + read(FOLDER / "test.jsonl")
    assert len(asked) == 260 == len({one.question_id for one in asked})
    assert {one.kind for one in asked} == set(KINDS)
    assert all((one.gold is None) == (one.kind == "other") for one in asked)
    for one in asked:
        gold = one.gold or {}
        assert set(gold.get("methods", [])) <= set(METHODS)
        assert {*gold.get("categories", []), *([gold["category"]] if "category" in gold else [])} <= set(PARENT)


def test_the_bench_judges_what_is_shown(assistant: Assistant) -> None:
    asked = {one.question_id: one for one in read(FOLDER / "dev.jsonl")}
    right = assistant.ask("방법이 가장 많은 범주는?")
    taxonomy = assistant.categories.taxonomy
    assert is_right(right, {"category": "behavior-imitation", "number": 69}, taxonomy)
    assert not is_right(right, {"category": "model-feedback", "number": 69}, taxonomy)
    assert not is_right(right, {"category": "behavior-imitation", "number": 6}, taxonomy)
    score, errors = measure(assistant, [asked["d003"]])
    assert (score.right["year_count"], errors) == (1, [])
