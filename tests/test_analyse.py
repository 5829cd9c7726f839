"""Terms of both languages."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.analyse import Analyser, Term, english_stem, is_name_like, is_stopword


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("자기개선을", ["자기", "개선"]),
        ("자기 개선은", ["자기", "개선"]),
        ("합성 데이터를 생성한다", ["합성", "데이터", "생성"]),
        ("모델의 성능이 향상되었습니다", ["모델", "성능", "향상"]),
        ("언어모델에서", ["언어", "모델"]),
        ("보상 모델은 그 모델과 다르다", ["보상", "모델", "모델", "다르"]),
        ("The models are running", ["model", "run"]),
        ("LLaMA-2", ["llama2", "llama", "2"]),
        ("Llama 3", ["llama", "llama3", "3"]),
        ("Self-Instruct", ["selfinstruct", "self", "instruct"]),
        ("15.6T", ["156t", "15.6"]),
        ("C++", ["c++"]),
        ("6 ÷ 2, 224×224", ["224", "224", "6", "2"]),
        ("GPT-4o's", ["gpt4o", "gpt", "4", "o"]),
        ("1,234.5", ["1234.5"]),
        ("the of 그리고 것", []),
        ("?! … —", []),
        ("디펜던시를", ["디펜던시"]),
        ("임종석이", ["임종석"]),
    ],
)
def test_terms(analyser: Analyser, text: str, terms: list[str]) -> None:
    assert sorted(analyser.words(text)) == sorted(terms)


def test_remembered_words_give_the_texts_of_the_terms(analyser: Analyser) -> None:
    chance = random.Random(4)
    parts = [
        "Llama",
        "GPT-4o",
        "3",
        "15.6T",
        "모델을",
        "가나다",
        " ",
        " ",
        "  ",
        "\n",
        ",",
        "-",
        "'s",
        "é",
        "++",
        "(",
        "1,2",
    ]
    texts = ["".join(chance.choice(parts) for _ in range(chance.randint(0, 12))) for _ in range(3_000)]
    texts += ["", " ", "Llama 3", "Llama  3", "Llama, 3", "see Llama 3 8B", "a" * 200 + " 7", "C++ 17"]
    for text in texts:
        assert analyser.words(text) == [term.text for term in analyser.terms(text)], text
    assert analyser.words("Llama 3") == ["llama", "llama3", "3"]
    assert analyser.words("Llama  3") == ["llama", "3"]


def test_a_particle_does_not_change_the_terms(analyser: Analyser) -> None:
    for particle in ("", "은", "을", "의", "에서", "으로", "이란"):
        assert analyser.words(f"자기개선{particle}") == ["자기", "개선"]


def test_words_that_the_lexicon_lacks_lose_their_particles_too(analyser: Analyser) -> None:
    for particle in ("", "은", "이", "에서", "에서도", "으로"):
        terms = analyser.terms(f"사내망{particle}")
        assert "".join(term.text for term in terms) == "사내망" and terms[-1].end == 3


def test_predicates_are_the_stems_that_are_no_nouns(analyser: Analyser, tmp_path: Path) -> None:
    assert "숨기" in analyser.predicates
    assert "모델" not in analyser.predicates
    path = tmp_path / "korean.tsv"
    lines = [
        "total\t9",
        "stem\t모델\t\t3",
        "verb\t숨긴\t숨기\t2",
        "verb\t숨기\t\t1",
        "verb\t신\t\t1",
        "stem\t신발\t신\t1",
    ]
    path.write_text("\n".join([*lines, "tail\t\t\t1"]) + "\n", encoding="utf-8")
    assert Analyser.load(path).predicates == {"숨기"}  # 신 is a noun as well


def test_terms_say_where_they_stand(analyser: Analyser) -> None:
    text = "우리는 자기개선을 LLaMA-2에"
    start = text.index("자기")
    assert Term("자기", start, start + 2) in analyser.terms(text)
    assert Term("개선", start + 2, start + 4) in analyser.terms(text)
    name = text.index("LLaMA-2")
    assert Term("llama2", name, name + 7) in analyser.terms(text)


def test_the_cheapest_division_wins_by_hand() -> None:
    # one word of four: 가나 + 다라 costs 2 + 3; 가 + 나다라 costs 1 + 9; the tail 라 would leave 가나 + 다 at 2 + 4 + 0.5
    pieces = {
        "가나": (2.0, "가나"),
        "다라": (3.0, "다르"),
        "가": (1.0, "가"),
        "나다라": (9.0, "나다라"),
        "다": (4.0, "다"),
    }
    analyser = Analyser(pieces, {"": 0.0, "라": 0.5})
    assert analyser.terms("가나다라") == [Term("가나", 0, 2), Term("다르", 2, 4)]
    assert Analyser(pieces, {"": 2.0, "라": 0.5}).words("가나다라") == ["가나", "다"]


def test_an_unknown_word_stays_whole() -> None:
    assert Analyser({}, {"": 0.0, "을": 1.0}).words("뷁뷁을") == ["뷁뷁"]


def test_a_word_that_is_known_with_a_space_has_the_terms_of_its_parts(analyser: Analyser) -> None:
    pieces = {"자연어처리": (2.0, "자연어 처리"), "다라": (3.0, "다르")}
    assert Analyser(pieces, {"": 0.0, "를": 0.5}).terms("다라자연어처리를") == [
        *(Term("다르", 0, 2), Term("자연어", 2, 5), Term("처리", 5, 7))
    ]
    for whole, apart in (("허깅페이스의", "허깅 페이스의"), ("자연어처리는", "자연어 처리는")):
        assert analyser.words(whole) == analyser.words(apart) != []


def test_a_lexicon_is_read_with_costs_as_negative_logs(tmp_path: Path) -> None:
    path = tmp_path / "korean.tsv"
    path.write_text(
        "total\t100\nstem\t자기\t\t50\nstem\t개선하\t개선\t10\ntail\t\t\t60\ntail\t을\t\t40\n", encoding="utf-8"
    )
    analyser = Analyser.load(path)
    assert analyser.terms("자기개선하을") == [Term("자기", 0, 2), Term("개선", 2, 5)]


def test_small_parts() -> None:
    assert (english_stem("running"), english_stem("his"), english_stem("naïve")) == ("run", "his", "naïve")
    assert is_stopword("the") and is_stopword("것") and not is_stopword("model")
    assert [is_name_like(word) for word in ("LLaMA", "GPT-4", "15.6T", "Model", "model", "42")] == [
        *(True, True, True),
        *(False, False, False),
    ]


def test_many_threads_stem_as_one_does() -> None:
    words = [
        f"{beginning}{ending}"
        for beginning in ("align", "train", "compar", "relat")
        for ending in ("ing", "ed", "ation", "ational", "ness", "ments", "able", "ively")
    ]
    expected = {word: english_stem.__wrapped__(word) for word in words}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda word: (word, english_stem.__wrapped__(word)), words * 200))
    assert all(expected[word] == stem for word, stem in found)
