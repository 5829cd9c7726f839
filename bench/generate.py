"""A seed in, made papers and questions about them out: Markdown of any amount, with the statistics of real papers.

`python -m bench.generate --papers 1000 FOLDER` writes files; `bench.likeness` compares them with the shipped
corpus. The sentences have no grammar and mean nothing: what is learnt from them is time, memory, and whether one
search finds what another finds, never whether an answer is right.

Paper k depends on the seed and k alone. Words follow Zipf–Mandelbrot, in general, within fields and within topics; a
section keeps near one word of its topic; a paper repeats what it has said, as in Simon (1955), which makes words
bursty; it coins names that later papers of its topic cite, the older the oftener, so that the vocabulary keeps growing.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from bench.vocabulary import FIELD_WORDS, FIELDS, FOCUS_WORDS, TOPIC_WORDS, TOPICS, Vocabulary, cumulative
from index.load import Language

MAX_PAPERS = 200_000
PASSAGES_PER_PAPER = 60
PAPERS_PER_FOLDER = 1_000
FAMOUS_NAMES = 300

# What a word is where the paper does not repeat an earlier one: general, near the section's focus, of the field, a
# name, a number, a word that nobody else uses; the others are of the section's topic.
SHARES = np.array([0.14, 0.24, 0.32, 0.05, 0.08, 0.01])
GENERAL, FOCUS, FIELD, NAME, NUMBER, RARE, TOPIC = range(7)
REPEATS = 0.58  # so many words are copied from what the paper said before,
NEAR = 0.55  # such a share of them from about NEAR_WORDS back, the others from anywhere before
NEAR_WORDS = 25
GLOSSES = 0.06  # Korean words followed by their English in brackets
# Median number of a section's words, function words not counted, and the spread of its logarithm.
SECTION_WORDS: dict[Language, tuple[float, float]] = {"ko": (46.0, 0.70), "en": (43.0, 0.70)}
SENTENCE_WORDS: dict[Language, float] = {"ko": 13.0, "en": 11.0}
SECTIONS_PER_PASSAGE = 0.93  # long sections are divided
FUNCTION_WORDS = "the of and to in a for that is with on as by are from we this which be can an it at our not".split()
UNITS: dict[Language, list[str]] = {"ko": ["", "", "", "개", "%", "가지"], "en": ["", "", "", "", "%", "x"]}
ENDS: dict[Language, list[str]] = {"ko": [" 한다", " 했다", " 된다", " 있다"], "en": [""]}
ASKING: dict[Language, list[str]] = {
    "ko": ["{}이 뭐야?", "{} 어떻게 하나요?", "{}", "{}의 한계는?", "{} 설명해줘", "{}, 왜 그런가요?"],
    "en": ["What is {}?", "how does {} work", "{}", "why {}?", "What are the limits of {}?", "compare {}"],
}


@dataclass(frozen=True, slots=True)
class MadePaper:
    """One paper in Markdown; `names` are those that it coined."""

    number: int
    language: Language
    title: str
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    """A question about a section of made paper `about`, which may be in the other language."""

    text: str
    language: Language
    about: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper before its words have forms: word i is concepts[i], or made[i] where that is not empty.

    Section j ends before word ends[j] and has topic topics[j].
    """

    concepts: NDArray[np.int64]
    made: NDArray[np.object_]
    ends: list[int]
    topics: list[int]

    def words(self, vocabulary: Vocabulary, language: Language, rng: Generator) -> NDArray[np.object_]:
        """Return the words in one language, Korean ones sometimes with their English."""
        words = vocabulary.forms[language].choose(self.concepts, rng.random(len(self.concepts)))
        if language == "ko":
            glossed = np.flatnonzero(rng.random(len(words)) < GLOSSES)
            english = vocabulary.forms["en"].choose(self.concepts[glossed], rng.random(len(glossed)))
            words[glossed] = words[glossed] + "(" + english + ")"
        return np.where(self.made == "", words, self.made)


def papers(
    count: int, seed: int, passages_per_paper: int = PASSAGES_PER_PAPER, *, first: int = 0
) -> Iterator[MadePaper]:
    """Yield made papers from number `first` on, every third in Korean; each splits into about so many passages."""
    world = World(seed, passages_per_paper)
    return (world.paper(number) for number in range(first, first + count))


def questions(
    count: int, seed: int, among: int = 100, passages_per_paper: int = PASSAGES_PER_PAPER
) -> Iterator[MadeQuestion]:
    """Yield questions, every other one in Korean, about the first `among` papers of the same seed."""
    world = World(seed, passages_per_paper)
    return (world.question(number, among) for number in range(count))


class World:
    """What the papers of one seed share: vocabulary, topics, and who coined which name."""

    def __init__(self, seed: int, passages_per_paper: int = PASSAGES_PER_PAPER) -> None:
        self._seed, self._sections = seed, max(1, round(passages_per_paper * SECTIONS_PER_PASSAGE))
        rng = default_rng([seed, 0])
        self._vocabulary = Vocabulary.make(rng)
        self._general = cumulative(len(self._vocabulary), exponent=0.95, offset=4)
        self._field = cumulative(FIELD_WORDS, exponent=1.1, offset=2)
        self._topic = cumulative(TOPIC_WORDS, exponent=1.15, offset=1)
        self._focus = cumulative(FOCUS_WORDS, exponent=1.2, offset=1)
        self._main = np.searchsorted(cumulative(TOPICS, exponent=0.7, offset=10), rng.random(MAX_PAPERS))
        self._of_topic = [np.flatnonzero(self._main == topic) for topic in range(TOPICS)]
        self._famous = [_coin(self._vocabulary.pieces, rng) for _ in range(FAMOUS_NAMES)]
        self.names = lru_cache(maxsize=50_000)(self._names)

    def paper(self, number: int) -> MadePaper:
        """Write paper `number`."""
        rng, language, draft = default_rng([self._seed, 1, number]), language_of(number), self._draft(number)
        words = draft.words(self._vocabulary, language, rng)
        title = f"{self.names(number)[0]}: {self._heading(rng, language, draft.topics[0], 4)}"
        lines, start = [f"# {title}\n"], 0
        for at, (end, topic) in enumerate(zip(draft.ends, draft.topics, strict=True)):
            lines.append(f"{'###' if at % 4 else '##'} {self._heading(rng, language, topic, 2)}\n")
            lines.append(" ".join(self._sentences(rng, words[start:end], language)) + "\n")
            start = end
        return MadePaper(number, language, title, "\n".join(lines), self.names(number))

    def question(self, number: int, among: int) -> MadeQuestion:
        """Ask with 2 to 8 words, most of them from one section, some general, some names."""
        rng = default_rng([self._seed, 2, number])
        language: Language = "ko" if number % 2 else "en"
        about = int(rng.integers(among))
        draft = self._draft(about)
        section = int(rng.integers(len(draft.ends)))
        start = draft.ends[section - 1] if section else 0
        size = int(np.clip(round(rng.normal(5.5, 1.8)), 2, 8))
        at = rng.permutation(np.arange(start, draft.ends[section]))[:size]
        general = np.searchsorted(self._general, rng.random(len(at)))
        asked = Draft(np.where(rng.random(len(at)) < 0.2, general, draft.concepts[at]), draft.made[at], [], [])
        words = asked.words(self._vocabulary, language, rng).tolist()
        if rng.random() < 0.25:
            words[0] = str(rng.choice(self.names(about)))
        text = str(rng.choice(ASKING[language])).format(" ".join(dict.fromkeys(words)))
        return MadeQuestion(text, language, about)

    def topics(self, number: int) -> list[int]:
        """Return a paper's topics, all of one field, the main one first."""
        rng, main = default_rng([self._seed, 3, number]), int(self._main[number])
        return [main, *((main + FIELDS * rng.integers(TOPICS // FIELDS, size=rng.integers(1, 4))) % TOPICS).tolist()]

    def _names(self, number: int) -> tuple[str, ...]:
        rng = default_rng([self._seed, 4, number])
        return tuple(_coin(self._vocabulary.pieces, rng) for _ in range(1 + int(rng.poisson(3))))

    def _draft(self, number: int) -> Draft:
        rng, (median, spread) = default_rng([self._seed, 5, number]), SECTION_WORDS[language_of(number)]
        lengths = 6 + (median * np.exp(spread * rng.standard_normal(self._sections))).astype(np.int64)
        topics = np.array(self.topics(number))
        topics = topics[np.where(rng.random(len(lengths)) < 0.5, 0, rng.integers(len(topics), size=len(lengths)))]
        focus = self._vocabulary.topics[topics, np.searchsorted(self._topic, rng.random(len(lengths)))]
        source = copied_from(rng, int(lengths.sum()))
        kinds = np.searchsorted(np.cumsum(SHARES), rng.random(len(source)), side="right")
        concepts = self._concepts(rng, kinds, np.repeat(topics, lengths), np.repeat(focus, lengths))
        made = np.full(len(source), "", object)
        for kind, make in ((NAME, self._cited), (NUMBER, self._numbers), (RARE, self._rare)):
            at = np.flatnonzero((kinds == kind) & (source == np.arange(len(source))))
            made[at] = make(rng, len(at), number)
        return Draft(concepts[source], made[source], np.cumsum(lengths).tolist(), topics.tolist())

    def _concepts(
        self, rng: Generator, kinds: NDArray[np.int64], topics: NDArray[np.int64], focus: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Draw a concept for each word; `topics` and `focus` are those of the words' sections."""
        chances = rng.random(len(kinds))
        general = np.searchsorted(self._general, chances)
        near = self._vocabulary.nearest[focus, np.searchsorted(self._focus, chances)]
        field = self._vocabulary.fields[topics % FIELDS, np.searchsorted(self._field, chances)]
        topic = self._vocabulary.topics[topics, np.searchsorted(self._topic, chances)]
        return np.select([kinds == GENERAL, kinds == FOCUS, kinds == FIELD], [general, near, field], topic)

    def _cited(self, rng: Generator, count: int, number: int) -> list[str]:
        """Return names: the paper's own, those of earlier papers on its topics, and famous ones."""
        before = [
            papers[: np.searchsorted(papers, number)] for papers in (self._of_topic[t] for t in self.topics(number))
        ]
        before = [papers for papers in before if len(papers)]
        found = []
        for kind, chance, age in rng.random((count, 3)).tolist():
            names = self._famous
            if kind < 0.35 or (kind < 0.75 and not before):
                names = list(self.names(number))
            elif kind < 0.75:
                earlier = before[int(len(before) * chance)]
                names = list(self.names(int(earlier[int(len(earlier) * age**2.5)])))
            found.append(names[int(len(names) * rng.random() ** 3)])
        return found

    def _numbers(self, rng: Generator, count: int, number: int) -> list[str]:
        """Return small numbers, shares with one decimal, years and large numbers, some with a unit."""
        units, found = rng.choice(UNITS[language_of(number)], count), []
        for kind, size in rng.random((count, 2)).tolist():
            if kind < 0.6:
                found.append(str(int(1 + 1 / (0.02 + size**1.5))))
            elif kind < 0.8:
                found.append(f"{100 * size:.1f}")
            else:
                found.append(str(2025 - int(30 * size**3)) if kind < 0.9 else f"{int(10 ** (2 + 4 * size)):,}")
        return [value + unit for value, unit in zip(found, units, strict=True)]

    def _rare(self, rng: Generator, count: int, number: int) -> list[str]:
        pieces = self._vocabulary.pieces
        pairs = rng.integers(len(pieces), size=(count, 2)).tolist()
        return [pieces[first] + pieces[second][: 3 + first % 3] for first, second in pairs]

    def _heading(self, rng: Generator, language: Language, topic: int, size: int) -> str:
        concepts = self._vocabulary.topics[topic, np.searchsorted(self._topic, rng.random(size))]
        return " ".join(self._vocabulary.forms[language].choose(concepts, rng.random(size) ** 3))

    def _sentences(self, rng: Generator, words: NDArray[np.object_], language: Language) -> Iterator[str]:
        """Divide words into sentences; English gets function words, Korean a last verb, some get a citation."""
        chances = rng.random((2, len(words)))
        if language == "en":
            before = np.array([*(f"{word} " for word in FUNCTION_WORDS), ""], object)
            words = before[(np.minimum(1, 1.9 * chances[0] ** 1.3) * len(FUNCTION_WORDS)).astype(np.int64)] + words
        listed = np.where(chances[1] < 0.06, words + ",", words).tolist()
        lengths = np.maximum(4, SENTENCE_WORDS[language] * np.exp(0.4 * rng.standard_normal(1 + len(words) // 4)))
        start = 0
        for end, chance in zip(np.cumsum(lengths.astype(int)).tolist(), rng.random(len(lengths)).tolist(), strict=True):
            end = end if end + 4 <= len(listed) else len(listed)
            text = " ".join(listed[start:end]).rstrip(",") + ENDS[language][int(chance * len(ENDS[language]))]
            if chance < 0.06:
                author = self._vocabulary.pieces[int(len(self._vocabulary.pieces) * (chance / 0.06) ** 2)]
                text += f" ({author.capitalize()} et al., {2025 - int(chance * 200)})"
            yield f"{text[0].upper()}{text[1:]}."
            start = end
            if start == len(listed):
                return


def copied_from(rng: Generator, size: int) -> NDArray[np.int64]:
    """Return for each word the position of the word that it repeats, its own where it repeats none, shape (size,)."""
    at = np.arange(size)
    back = np.where(rng.random(size) < NEAR, 1 + rng.exponential(NEAR_WORDS, size), 1 + rng.random(size) * at)
    source = at - back.astype(np.int64)
    source = np.where((rng.random(size) < REPEATS) & (source >= 0), source, at)
    while not np.array_equal(source, source[source]):  # copies of copies: few steps, each halves the way
        source = source[source]
    return source


def language_of(number: int) -> Language:
    """Return a made paper's language."""
    return "ko" if number % 3 == 1 else "en"


def _coin(pieces: list[str], rng: Generator) -> str:
    """Return a name as papers coin them: an acronym, two words in one, a word with letters, perhaps with a number."""
    first, second = (pieces[at].capitalize() for at in rng.integers(len(pieces), size=2))
    letters = "".join(chr(ord("A") + at) for at in rng.integers(26, size=rng.integers(3, 6)).tolist())
    name = (letters, first + second, first + letters[:2], f"{letters[:2]}-{first}")[int(rng.integers(4))]
    return f"{name}{rng.integers(1, 5)}" if rng.random() < 0.12 else name


def write(folder: Path, count: int, seed: int) -> None:
    """Write papers as Markdown files, PAPERS_PER_FOLDER a subfolder."""
    for paper in papers(count, seed):
        shard = folder / f"{paper.number // PAPERS_PER_FOLDER:04d}"
        shard.mkdir(parents=True, exist_ok=True)
        name = f"paper-{paper.number:06d}.{paper.language}.md"
        (shard / name).write_text(paper.text, encoding="utf-8", newline="\n")


def main() -> int:
    """Write papers."""
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.add_argument("--papers", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    write(options.folder, options.papers, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
