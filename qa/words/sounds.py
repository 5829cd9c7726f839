"""A Hangul word and a Latin name in, whether the first may spell how the second sounds out: 샤잠 and Shazam.

Consonants are compared by classes that Korean spelling runs together (p, b, f and v; r and l), as the sound keys of
Soundex do (Russell, 1918), and what stands between them by which vowels a letter may be read as.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

Heard = tuple[tuple[str, str], ...]  # each consonant with the vowels after it; the first one is empty

_FIRST, _LAST = 0xAC00, 0xD7A3
_ONSETS = "K K N T T L M P P S S . S S S K T P H".split()
_VOWELS = "a e a e @ e @ e o a e e o u @ e i u _ i i".split()  # "@" is ㅓ, "_" is ㅡ
_CODAS = ". K K . N . . T L . . . . . . . M P . T T N T T K T P H".split()
_GREEK = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta"},
    **{"η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho"},
    **{"σ": "sigma", "τ": "tau", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega"},
}
# What letters sound like, the first that fits; alternatives are parted by "/".
_SOUNDS = (
    ("tion", "SoN"),
    ("tch|sch|sh", "S"),
    ("ch", "S/K"),
    ("ph", "P"),
    ("th", "T/S"),
    ("ck|qu|q", "K"),
    ("^kn", "N"),
    ("gh", "/K"),
    ("mb$", "M"),
    ("ng", "N/NK"),
    ("^x", "S"),
    ("x", "KS"),
    ("c(?=[eiy])", "S"),
    ("g(?=[eiy])", "S/K"),
    ("[ckg]", "K"),
    ("[jzs]", "S"),
    ("[bpfv]", "P"),
    ("[dt]", "T"),
    ("l", "L"),
    ("r(?=[aeiouy])", "L"),
    ("(?:^|(?<=[aeiouy]))h(?=[aeiouy])", "H"),
    ("m", "M"),
    ("n", "N"),
    (r"(?<=[^aeiouy])e(?=\||$)", ""),
    *((vowel, vowel) for vowel in "aeiouy"),
    (".", ""),
)
_LETTERS = re.compile("|".join(f"(?P<s{at}>{pattern})" for at, (pattern, _) in enumerate(_SOUNDS)))
_READ_AS = {"a": "ae@o", "e": "ei@_", "i": "ia", "o": "oa@u", "u": "u@a", "y": "ia"}
_MOST_ALTERNATIVES = 16
_LEAST_SOUNDS = 5  # of a name: consonants, and vowels between them


def sounds_like(hangul: str, latin: str) -> bool:
    """Whether a Hangul word may spell a Latin name, of whatever case, spaces, hyphens and Greek letters."""
    korean = _of_hangul(hangul)
    return any(_alike(korean, heard) for heard in _of_latin(_letters(latin)))


def consonants_of(latin: str) -> set[str]:
    """Return the classes of consonants that a Latin name may sound, to look names up by."""
    return {"".join(one for one, _ in heard) for heard in _of_latin(_letters(latin))}


def consonants_of_hangul(word: str) -> str:
    """Return those of a Hangul word."""
    return "".join(one for one, _ in _of_hangul(word))


def spoken(latin: str) -> str:
    """Return a name in small letters with its Greek ones as words: τ-bench is tau-bench."""
    return "".join(_GREEK.get(char, char) for char in latin.lower())


def _letters(latin: str) -> str:
    """Return the small letters of a name, its parts divided by bars: MobileNet is mobile|net."""
    return re.sub("[^a-z|]", "", spoken(re.sub("(?<=[a-z])(?=[A-Z])", "|", latin)))


def _alike(korean: Heard, latin: Heard) -> bool:
    """Whether the consonants are the same, and each vowel is one that the letters there may be read as."""
    sounds = sum(1 + bool(letters) for _, letters in latin[1:]) + bool(latin[0][1])
    if len(korean) != len(latin) or sounds < _LEAST_SOUNDS:
        return False
    return all(
        one == other and _may_be(vowels, letters) for (one, vowels), (other, letters) in zip(korean, latin, strict=True)
    )


def _may_be(vowels: str, letters: str) -> bool:
    """Whether Korean vowels spell these letters; none but what Korean puts between consonants where there are none."""
    if not letters:
        return vowels in ("", "_", "i")
    return bool(vowels) and any(vowels[0] in _READ_AS[letter] for letter in letters)


@lru_cache(maxsize=4_096)
def _of_hangul(word: str) -> Heard:
    return _parted("".join(_sounds_of(word)))


def _sounds_of(word: str) -> Iterator[str]:
    for char in word:
        if _FIRST <= ord(char) <= _LAST:
            code = ord(char) - _FIRST
            yield from (_ONSETS[code // 588], _VOWELS[code % 588 // 28], _CODAS[code % 28])


@lru_cache(maxsize=16_384)
def _of_latin(word: str) -> tuple[Heard, ...]:
    """Return what a word of small letters may sound like, its parts divided by bars."""
    heard = [_SOUNDS[int((found.lastgroup or "s0")[1:])][1].split("/") for found in _LETTERS.finditer(word)]
    several = 1
    for alternatives in heard:
        several *= len(alternatives)
    ways = product(*heard) if several <= _MOST_ALTERNATIVES else [tuple(one[0] for one in heard)]
    return tuple(dict.fromkeys(_parted("".join(way)) for way in ways))


def _parted(sounds: str) -> Heard:
    once = re.sub(r"([A-Z])\1+", r"\1", sounds.replace(".", ""))
    first = re.match("[^A-Z]*", once)
    return (("", first.group() if first else ""), *re.findall("([A-Z])([^A-Z]*)", once))
