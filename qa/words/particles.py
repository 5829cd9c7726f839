"""Words in, the same with the Korean particles that fit their sound. Decides nothing."""

import re

# With and without a consonant before: "SPIN은", "라마는".
_PARTICLES = (
    ("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("이랑", "랑"), ("으로", "로"), ("이나", "나"),
    ("이란", "란"), ("이라는", "라는"), ("이라도", "라도"), ("이면", "면"),
)  # fmt: skip
PAIR_OF = {form: pair for pair in _PARTICLES for form in pair}
_CLOSED_DIGITS, _CLOSED_CAPITALS = "013678", "LMNR"  # read aloud in Korean: 영 일 삼 육 칠 팔, 엘 엠 엔 알
_CLOSED_END = re.compile(r"(?:[lmn]|ng|[aeiou](?:ck|[ptkb]))$")
_BRACKETS = re.compile(r"\([^()]*\)\s*$")
_FOLLOWING = re.compile(rf"({'|'.join(sorted(PAIR_OF, key=len, reverse=True))})(?=요?(?![가-힣])|도|만|써|부터|는|은)")
_CODAS, _RIEUL = 28, 8  # final consonants of a syllable, none among them; which of them is ㄹ


def closed(word: str) -> bool:
    """Whether a word ends in a consonant when it is read aloud in Korean."""
    last = re.sub(r"[^\w]+$", "", _BRACKETS.sub("", word))[-3:]
    if not last:
        return False
    if "가" <= last[-1] <= "힣":
        return _coda(last[-1]) > 0
    if last[-1].isdigit():
        return last[-1] in _CLOSED_DIGITS
    return last[-1] in _CLOSED_CAPITALS if last.isupper() else bool(_CLOSED_END.search(last.lower()))


def with_particle(word: str, particle: str) -> str:
    """Return a word with a particle in the form that fits it: 은 or 는, 이 or 가."""
    pair = PAIR_OF.get(particle)
    if pair is None:
        return word + particle
    if pair == ("으로", "로") and _ends_in_l(word):
        return word + "로"
    return word + pair[0 if closed(word) else 1]


def put(text: str, start: int, end: int, instead: str) -> str:
    """Return `text` with other words in place of `text[start:end]`, and the particle after them made to fit."""
    following = _FOLLOWING.match(text, end)
    if following is None or not re.search(r"[\w)\]’']$", instead):
        return text[:start] + instead + text[end:]
    return text[:start] + with_particle(instead, following.group(1)) + text[following.end() :]


def _coda(syllable: str) -> int:
    return (ord(syllable) - ord("가")) % _CODAS


def _ends_in_l(word: str) -> bool:
    last = re.sub(r"[^\w]+$", "", word)[-1:]
    return _coda(last) == _RIEUL if "가" <= last <= "힣" else last in "1789lLrR"
