"""An Embedder in, what it cannot do with Korean out. A look at 36 sentences, no benchmark.

An embedder made for English reads Korean as unknown words or loose letters: it loads, it gives unit vectors, and
nothing that it finds in Korean means anything. That is to be said at the start, not noticed after a hundred questions.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embed import BUNDLED, Embedder

# A sentence, the same in other words, and one about something else. The first two share hardly a word, so that it takes
# more than spelling to pair them.
TRIPLES = (
    ("모델이 스스로 만든 답으로 다시 배운다", "인공지능이 자기 출력을 학습 자료로 쓴다", "가을에는 사과와 배가 맛있다"),
    (
        "사람의 선호에 언어 모델을 맞춘다",
        "이용자가 좋아하는 답변을 하도록 챗봇을 정렬한다",
        "난로의 온도를 낮추고 창문을 연다",
    ),
    ("보상을 늘리도록 행동을 고친다", "시행착오로 점수를 높이는 강화 학습", "거북이는 아주 느리게 걷는다"),
    ("의사가 환자의 병을 진단했다", "병원에서 아픈 이가 무슨 질환인지 알아냈다", "거실 벽에 그림을 걸었다"),
    ("비가 많이 와서 강이 넘쳤다", "폭우로 홍수가 났다", "포도주의 값은 해마다 다르다"),
    ("은행에서 돈을 빌렸다", "금융 기관의 대출을 받았다", "마당의 낙엽을 쓸었다"),
    ("아이가 걸어서 학교에 간다", "초등학생이 도보로 등교한다", "소금은 물에 잘 녹는다"),
    ("새 자동차의 값이 올랐다", "신형 차량 가격이 비싸졌다", "둥지에서 새끼들이 운다"),
)
TRANSLATIONS = (
    ("기계 번역의 품질을 평가한다", "evaluating the quality of machine translation"),
    ("어린이를 위한 옛날이야기 책", "a book of old tales for children"),
    ("태양광 발전소를 짓는 비용", "the cost of building a solar power plant"),
    ("말라리아를 옮기는 모기", "mosquitoes that carry malaria"),
    ("중앙은행이 금리를 내렸다", "the central bank lowered interest rates"),
    ("언어 모델이 사람의 되먹임에서 배운다", "language models learn from human feedback"),
)
# Seen: 7 and 6 by the bundled model, 8 and 6 by multilingual-e5-small, 0 and 1 by the English all-MiniLM-L6-v2.
ENOUGH_PARAPHRASES = 5
ENOUGH_TRANSLATIONS = 4
SAME = 0.999  # cosine; two of these sentences come to 0.93 at most in models whose cosines are all high
_REMEDY = f"Use '{BUNDLED}', or a model that knows Korean, such as --embedder bge-m3-ko or --embedder e5-small"


def korean_blindness(embedder: Embedder) -> str | None:
    """Return what an embedder cannot do with Korean, for the user to read; None when there is nothing to say.

    Each first sentence must find its paraphrase among all others, each Korean phrase its translation among all
    translations, and no two Korean sentences may get (nearly) the same vector.
    """
    sentences, paraphrases, others = zip(*TRIPLES, strict=True)
    korean, english = zip(*TRANSLATIONS, strict=True)
    texts = [*sentences, *paraphrases, *others, *korean, *english]
    vectors = np.nan_to_num(embedder.embed_passages(texts))
    first, candidates, ko, en = np.split(vectors, np.cumsum([len(TRIPLES), 2 * len(TRIPLES), len(TRANSLATIONS)]))
    found, translated = _pairs(first, candidates), _pairs(ko, en)
    alike, highest = _alike(np.concatenate([first, candidates, ko]))
    seen = f"{found} of {len(TRIPLES)} Korean paraphrases found, at least {ENOUGH_PARAPHRASES} expected; "
    across = f"{translated} of {len(TRANSLATIONS)} translations found, at least {ENOUGH_TRANSLATIONS} expected"
    if alike or found < ENOUGH_PARAPHRASES:
        same = f"{alike} sentences with another's vector (highest cosine {highest:.3f}), none expected; "
        return (
            f"the embedder {embedder.name!r} cannot tell Korean sentences apart: {seen}{same}{across}. In Korean, its "
            f"nearness means nothing: passages are found by their words at best, and some wrongly. {_REMEDY}"
        )
    if translated < ENOUGH_TRANSLATIONS:
        return (
            f"the embedder {embedder.name!r} does not bring Korean and English together: {across}. Questions in one "
            f"language find passages in the other by their words at best. {_REMEDY}"
        )
    return None


def _pairs(first: NDArray[np.float32], candidates: NDArray[np.float32]) -> int:
    """Return how many vectors have the candidate of the same place as the one nearest to them, ahead of all others."""
    cosines = first @ candidates.T
    own = np.diagonal(cosines).copy()
    np.fill_diagonal(cosines, -np.inf)
    return int(np.sum(own > cosines.max(axis=1)))


def _alike(vectors: NDArray[np.float32]) -> tuple[int, float]:
    """Return how many vectors are the same as another, and the highest cosine of any two."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    nearest: Sequence[float] = cosines.max(axis=1).tolist()
    return sum(cosine >= SAME for cosine in nearest), max(nearest)
