"""What the terms of a question are called in the other language."""

import math

import pytest

from index.analyse import Analyser
from index.embed import MODEL_FOLDER
from qa.question.query import understand
from qa.words.bridge import SYNONYM_WEIGHT, Bridge, Matcher, Unit
from qa.words.rename import Renamer

GLOSSARY = [
    ("귀납적 편향", "inductive bias"),
    ("유도 바이어스", "inductive bias"),
    ("보상", "reward"),
    ("보상 모델", "reward model"),
    ("보상 모델", "RM"),
]
TABLE = [("유도", "judo", 0.3), ("보상", "compens", 0.5), ("보상", "reward", 0.6), ("신호", "signal", 0.8)]
FREQUENCIES = {"": 10_000, "신호": 100, "signal": 100}


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser.load(MODEL_FOLDER / "korean.tsv")


@pytest.fixture(scope="module")
def bridge(analyser: Analyser) -> Bridge:
    return Bridge(GLOSSARY, TABLE, FREQUENCIES, analyser)


def units(bridge: Bridge, analyser: Analyser, question: str) -> list[Unit]:
    query = understand(question, analyser)
    return bridge.units(query.terms, query.text)


def test_the_longest_glossary_entry_is_one_unit(bridge: Bridge, analyser: Analyser) -> None:
    assert [unit.written for unit in units(bridge, analyser, "유도 바이어스와 보상 모델의 신호")] == [
        "유도 바이어스",
        "보상 모델",
        "신호",
    ]


def test_a_multi_word_entry_outranks_the_learned_table(bridge: Bridge, analyser: Analyser) -> None:
    (unit,) = units(bridge, analyser, "유도 바이어스")
    assert [form.terms for form in unit.forms["en"]] == [("induct", "bias")]
    assert unit.groups("en") == [{"induct": 1.0}, {"bias": 1.0}]


def test_terms_with_a_common_translation_are_synonyms(bridge: Bridge, analyser: Analyser) -> None:
    (unit,) = units(bridge, analyser, "유도 바이어스")
    synonym = unit.forms["ko"][1]
    assert (synonym.written, synonym.weight) == ("귀납적 편향", SYNONYM_WEIGHT)


def test_the_glossary_comes_before_the_table_for_one_word(bridge: Bridge, analyser: Analyser) -> None:
    (unit,) = units(bridge, analyser, "보상")
    assert [(form.terms, form.weight) for form in unit.forms["en"]] == [(("reward",), 1.0), (("compens",), 0.5 * 0.3)]


def test_the_table_translates_what_the_glossary_lacks_in_both_directions(bridge: Bridge, analyser: Analyser) -> None:
    (korean,) = units(bridge, analyser, "신호")
    assert korean.groups("en") == [{"signal": 0.8}]
    (english,) = units(bridge, analyser, "signal")
    assert {"signal": 1.0, "신호": 0.8} in english.groups("ko")


def test_a_name_is_one_unit_and_its_parts_count_less(bridge: Bridge, analyser: Analyser) -> None:
    (unit,) = units(bridge, analyser, "LLaMA-2")
    assert [(form.terms, form.weight) for form in unit.forms["ko"]] == [(("llama2",), 1.0), (("llama", "2"), 0.3)]
    assert unit.match({"llama2"}, "ko")[0] == 1.0
    assert unit.match({"2"}, "ko")[0] < 0.2


def test_a_match_is_the_share_of_the_best_form(bridge: Bridge, analyser: Analyser) -> None:
    (unit,) = units(bridge, analyser, "보상 모델")
    strength, form = unit.match({"reward"}, "en")
    assert strength == pytest.approx(1 / 2 * 0.95)
    assert form is not None and form.written == "reward model"
    assert unit.match({"table"}, "en") == (0.0, None)


def test_everyday_words_are_less_rare(bridge: Bridge, analyser: Analyser) -> None:
    common, unknown = units(bridge, analyser, "신호 과적합")
    assert common.rarity == pytest.approx(1 - math.log(100) / math.log(10_000))
    assert unknown.rarity == 1.0


def test_a_unit_of_verbs_and_adverbs_is_a_predicate() -> None:
    verbs = Analyser({"숨기": (1.0, "숨기"), "모델": (1.0, "모델")}, {"": 0.0, "는": 1.0}, frozenset({"숨기"}))
    found = units(Bridge([], [], {}, verbs), verbs, "숨기는 모델")
    assert [(unit.written, unit.predicate) for unit in found] == [("숨기", True), ("모델", False)]
    entry = units(Bridge([("숨기는 모델", "hiding model")], [], {}, verbs), verbs, "숨기는 모델")
    assert [(unit.written, unit.predicate) for unit in entry] == [("숨기는 모델", False)]  # a noun is in it


def test_a_matcher_says_how_well_words_hold_every_unit(bridge: Bridge, analyser: Analyser) -> None:
    matcher = Matcher(units(bridge, analyser, "보상 모델의 신호"))
    found = frozenset({"reward", "signal", "table"})
    assert matcher.strengths(found, "en") == pytest.approx((1 / 2 * 0.95, 0.8 * 0.95))
    assert matcher.coverage(found, "en", (0.6, 0.2)) == pytest.approx((0.6 * 0.475 + 0.2 * 0.76) / 0.8)
    assert matcher.strengths(found, "ko") == (0.5 * 1 / 2 * 0.95, 0.0)  # Korean texts may give a term in English
    assert [form and form.written for _, form in matcher.matches(found, "en")] == ["reward model", "signal"]
    assert matcher.matches(frozenset({"table"}), "en") == ((0.0, None), (0.0, None))
    assert Matcher([]).coverage(found, "en", ()) == 0.0


def test_names_in_korean_letters_are_put_as_the_sources_write_them(analyser: Analyser) -> None:
    glossary = [("오키드넷", "OrchidNet"), ("강화 학습", "RL"), ("보상", "Reward-1"), ("수련법", "pond method")]
    bridge = Bridge(glossary, [], {"": 10_000, "강화": 900, "학습": 2_000, "보상": 900}, analyser)
    query = understand(
        "오키드넷은 강화 학습의 보상과 수련법을 써?", analyser, rename=Renamer(bridge, set, analyser).in_latin
    )
    assert query.text == "OrchidNet은 강화 학습의 보상과 수련법을 써?"  # a meaning, an everyday word, no name
    assert (query.typed, query.renamed) == ("오키드넷은 강화 학습의 보상과 수련법을 써?", (("오키드넷", "OrchidNet"),))
    assert "orchidnet" in query.names and query.language == "ko"


def test_a_name_inside_another_word_is_left_alone(analyser: Analyser) -> None:
    bridge = Bridge([("랜", "LAN"), ("오키드", "Orchid-1")], [], {"": 10_000}, analyser)
    text = "랜덤 오키드는 오키드넷과 달라?"
    assert Renamer(bridge, set, analyser).in_latin(text, analyser.terms(text))[0] == "랜덤 Orchid-1는 오키드넷과 달라?"
