"""Which sentences say what a thing is, in both languages, and how much of a question that is worth."""

import pytest

from index.load import Language
from qa.retrieval.defining import defines, introduces, share_defined, spells_out
from qa.words.bridge import Unit
from tests.made import unit

REWARD = unit("reward", ["reward"], ["보상"])


@pytest.mark.parametrize(
    ("text", "unit_", "defined"),
    [
        ("Reward is what a model learns from.", REWARD, True),
        ("The rewards are numbers.", REWARD, True),
        ("Reward (RW) means a number.", REWARD, True),
        ("Reward models score answers.", REWARD, False),
        ("Without reward is nothing.", REWARD, False),
        ("Reward is strong in games.", REWARD, False),
        ("Rewards are not enough.", REWARD, False),
        ("Reward is only outdone by hope.", REWARD, False),
        ("Reward is surpassed by hope.", REWARD, False),
        ("Reward is based on a count.", REWARD, True),
        ("Reward, defined as a number, is fed back.", REWARD, True),
        ("Reward, or the number that a model learns from, is fed back.", REWARD, True),
    ],
)
def test_a_sentence_that_opens_with_a_name_and_a_verb_defines(text: str, unit_: Unit, defined: bool) -> None:
    assert defines(text, unit_, "en") is defined


def test_korean_particles_define_too() -> None:
    assert defines("보상이란 모델이 배우는 것이다.", REWARD, "ko") and defines("보상(reward)은 수이다.", REWARD, "ko")
    assert defines("보상(reward)이란 배운 것을 합산하여", REWARD, "ko")  # goes on elsewhere
    assert not defines("보상이란 무엇인가?", REWARD, "ko")
    assert not defines("보상을 준다.", REWARD, "ko") and not defines("보상은 게임에서 강하다.", REWARD, "ko")


@pytest.mark.parametrize(
    ("language", "text", "name", "defined"),
    [
        ("en", "DPO-Zero, a model trained without labels, is fast.", "DPO-Zero", True),
        ("en", "DPO-Zero, however, is fast.", "DPO-Zero", False),
        ("en", "The Workload Characterization Tool (WCT) tool is a plugin of a simulator.", "WCT", True),
        ("en", "The runs of the tool (see WCT) took hours.", "WCT", False),
        ("en", "Points on the margin are called support vectors.", "support vectors", True),
        ("en", "Points on the margin are called support vectorsets.", "support vectors", False),
        ("en", "Water stays in a trap which we call a river sink.", "river sink", True),
        ("en", "We call this slow effect chain throttling.", "chain throttling", True),
        ("en", "We call the plumber at the river sink.", "river sink", False),
        ("en", "Programs call river sinks.", "river sinks", False),
        ("en", "**A counterfactual of a forecast describes the smallest change.**", "counterfactual", True),
        ("en", "Specifically, MagDR employs a filter.", "MagDR", True),
        ("en", "We compare with MagDR, which employs a filter.", "MagDR", False),
        ("en", "We propose a new metric, spatial locality, to measure access.", "spatial locality", True),
        ("en", "We measure spatial locality, too.", "spatial locality", False),
        ("ko", "물리 신경망 (Physics Networks; PINN)은 신경망의 일종으로서, 식을 만족한다.", "PINN", True),
        ("ko", "PINN은 식을 빠르게 풀었다.", "PINN", False),
        ("ko", '**"렌더링"은 컴포넌트를 부르는 것입니다.**', "렌더링", True),
        ("ko", "대사증후군은 비만과 혈당이 겹치는 질환으로, 예방이 중요하다.", "대사증후군", True),
        ("ko", "대사증후군은 예방이 중요하다.", "대사증후군", False),
        ("ko", "이런 점을 서포트 벡터라고 부른다.", "서포트 벡터", True),
        ("ko", "이런 행동들을 NDRA(Non-Driving Related Activities)라고 하며, 셋으로 나눈다.", "NDRA", True),
        ("ko", "여기에서 XL이란 아주 길다는 뜻입니다.", "XL", True),
        ("en", "Baker defined gaming the system as attempting to succeed by hints.", "gaming the system", True),
        ("en", "We define the tools that game the system.", "game the system", False),
        ("ko", "우리는 표본을 고르는 LESS를 제안한다.", "LESS", True),
        ("ko", "우리는 LESS를 비교한다.", "LESS", False),
    ],
)
def test_names_are_defined_in_several_ways(language: Language, text: str, name: str, defined: bool) -> None:
    assert defines(text, unit(name, [name], [name]), language) is defined


@pytest.mark.parametrize(
    ("text", "introduced"),
    [
        ("Reward (what a model is given for an answer) guides training.", True),
        ("Reward (RW) guides training.", False),
        ("Reward guides training.", False),
        ("A reward (what a model is given) guides training.", False),
    ],
)
def test_a_name_that_is_spelt_out_is_introduced(text: str, introduced: bool) -> None:
    assert introduces(text, REWARD) is introduced


def test_what_stands_together_in_a_question_is_one_thing() -> None:
    units = [unit(word, [word]) for word in ("local", "memory", "usage", "limits")]
    idfs = (0.2, 0.3, 0.1, 0.4)
    question = "What are the limits of local memory usage?"
    text = "Local memory usage is a share of all accesses."
    together, limits = units[:3], [units[3]]
    assert share_defined(text, "en", question, together, idfs[:3]) == pytest.approx(1.0)
    assert share_defined(text, "en", question, [*limits, *together], (0.4, 0.2, 0.3, 0.1)) == pytest.approx(0.6)
    assert share_defined(text, "en", "Is local or memory usage it?", together, idfs[:3]) == 0.0  # not said as one
    assert share_defined("Memory usage is a share.", "en", question, together, idfs[:3]) == 0.0
    assert share_defined("Usage is a share.", "en", question, together, idfs[:3]) == pytest.approx(0.1 / 0.6)
    assert share_defined(text, "en", "", [], ()) == 0.0


@pytest.mark.parametrize(
    ("text", "short", "spelt"),
    [
        ("We call it Multi-head Latent Attention (MLA).", "MLA", True),
        ("Reinforcement Learning from Human Feedback (RLHF) came later.", "RLHF", True),
        ("다중 헤드 잠재 어텐션(Multi-head Latent Attention, MLA)을 쓴다.", "MLA", True),
        ("Large Language Models (LLMs) write.", "LLM", True),
        ("Large Language Models (LLMs) write.", "LLMs", True),
        ("We use it well (MLA).", "MLA", False),
        ("Latent Attention Maps (MLA) lie.", "MLA", False),
        ("Feedback (RLHF) helps.", "RLHF", False),
        ("A reward is paid (token).", "token", False),
    ],
)
def test_an_abbreviation_is_spelt_out_by_words_with_its_letters(text: str, short: str, spelt: bool) -> None:
    assert spells_out(text, short) is spelt
    assert defines(text, unit(short, [short.lower()], []), "en") is spelt
