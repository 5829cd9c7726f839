"""Made papers: the same for a seed, and with the statistics of papers. Vocabulary, topics and names are the real ones."""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from numpy.random import default_rng

from bench.generate import World, copied_from, language_of, papers, write
from bench.vocabulary import Forms, cumulative, inflected
from index.analyse import Analyser
from index.decode import normalise
from index.embed import MODEL_FOLDER
from index.load import Document, detect_language, load, parse
from index.split import PASSAGE_CHARS, split

PAPERS = 24
SEED = 7


@pytest.fixture(scope="module")
def world() -> World:
    return World(SEED)


@pytest.fixture(scope="module")
def documents(world: World) -> list[Document]:
    made = [world.paper(number) for number in range(PAPERS)]
    return [parse(normalise(paper.text), doc_id=f"p{paper.number}", source="made") for paper in made]


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser.load(MODEL_FOLDER / "korean.tsv")


def passages_of(document: Document) -> list[str]:
    return [document.text[passage.start : passage.end] for passage in split(document)]


def test_a_paper_depends_on_its_number_and_the_seed_alone(world: World) -> None:
    assert world.paper(5) == list(papers(6, SEED))[5]
    assert world.paper(5).text != world.paper(6).text
    assert world.paper(5).text != World(SEED + 1).paper(5).text


def test_every_third_paper_is_korean_and_reads_so(documents: list[Document]) -> None:
    languages = [detect_language(document.text) for document in documents]
    assert languages == [language_of(number) for number in range(PAPERS)]
    assert languages.count("ko") == PAPERS / 3


def test_a_paper_is_markdown_with_a_title_and_sections(documents: list[Document]) -> None:
    for document in documents:
        assert document.text.startswith(f"# {document.title}\n")
        assert len(document.sections) == round(60 * 0.93)


def test_passages_are_as_many_and_as_long_as_asked_for(documents: list[Document]) -> None:
    for language, shortest, longest in (("ko", 230, 350), ("en", 380, 560)):
        found = [passages_of(document) for document in documents if document.language == language]
        assert 52 < np.mean([len(passages) for passages in found]) < 70
        lengths = [len(passage) for passages in found for passage in passages]
        assert shortest < np.median(lengths) < longest  # 270 and 418 in the shipped corpus
        assert max(lengths) <= PASSAGE_CHARS


def test_fewer_passages_make_a_shorter_paper() -> None:
    (paper,) = papers(1, SEED, passages_per_paper=5)
    assert paper.text.count("\n## ") + paper.text.count("\n### ") == round(5 * 0.93)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_words_follow_zipf_and_the_vocabulary_grows(
    documents: list[Document], analyser: Analyser, language: str
) -> None:
    terms = [analyser.words(one.text) for one in documents if one.language == language]
    counts = np.array(sorted(Counter(term for words in terms for term in words).values(), reverse=True))
    ranks = np.arange(10, 1_000)
    slope = np.polyfit(np.log(ranks), np.log(counts[ranks - 1]), 1)[0]
    assert -1.2 < slope < -0.7  # -0.89 and -0.92 in the shipped corpus
    seen: set[str] = set()
    new = []
    for words in terms:
        new.append(len(set(words) - seen))
        seen.update(words)
    assert new[0] > new[-1] > 200  # fewer and fewer, but never none


def test_words_are_bursty(documents: list[Document], analyser: Analyser) -> None:
    english = [one for one in documents if one.language == "en"]
    terms = [analyser.words(passage) for one in english for passage in passages_of(one)]
    share = sum(len(set(words)) for words in terms) / sum(len(words) for words in terms)
    assert 0.6 < share < 0.76  # 0.68 in the shipped corpus


def test_papers_of_a_topic_cite_names_that_earlier_ones_coined(world: World) -> None:
    cited = 0
    for number in range(60):
        text = world.paper(number).text
        cited += any(name in text for earlier in range(number) for name in world.names(earlier) if len(name) > 5)
    assert cited > 5


def test_a_paper_names_itself_in_its_title(world: World) -> None:
    paper = world.paper(3)
    assert paper.title.startswith(f"{paper.names[0]}: ")
    assert paper.names == world.names(3)


def test_questions_have_two_to_eight_words_in_both_languages_about_the_first_papers(
    world: World, analyser: Analyser
) -> None:
    made = [world.question(number, among=10) for number in range(60)]
    assert [question.language for question in made[:4]] == ["en", "ko", "en", "ko"]
    assert {question.about for question in made} <= set(range(10))
    assert 4.5 < np.mean([len(analyser.words(question.text)) for question in made]) < 9  # 6.5 in real questions
    assert world.question(9, among=10) == made[9]


def test_a_question_shares_words_with_its_paper(world: World, analyser: Analyser) -> None:
    same = [question for question in (world.question(number, 10) for number in range(60))]
    same = [question for question in same if question.language == language_of(question.about)]
    shares = []
    for question in same:
        held = set(analyser.words(world.paper(question.about).text))
        words = analyser.words(question.text)
        shares.append(sum(word in held for word in words) / len(words))
    assert np.mean(shares) > 0.7


def test_words_are_copied_from_before_and_never_from_a_copy() -> None:
    source = copied_from(default_rng(1), 5_000)
    assert (source <= np.arange(5_000)).all()
    assert (source[source] == source).all()
    assert 0.5 < np.mean(source != np.arange(5_000)) < 0.6  # REPEATS, less those from before the beginning


def test_zipf_mandelbrot_ranks() -> None:
    shares = [1 / (1 + 2), 1 / (2 + 2), 1 / (3 + 2)]
    expected = [shares[0] / sum(shares), (shares[0] + shares[1]) / sum(shares), 2.0]
    assert cumulative(3, exponent=1, offset=2) == pytest.approx(expected)


def test_particles_suit_the_last_sound() -> None:
    assert {"모델은", "모델을", "모델이", "모델"} <= set(inflected("모델", verb=False))
    assert {"데이터는", "데이터를", "데이터가"} <= set(inflected("데이터", verb=False))
    assert "모델는" not in inflected("모델", verb=False)
    assert "배우고" in inflected("배우", verb=True)


def test_the_first_forms_are_chosen_oftener() -> None:
    forms = Forms.of([["a"], ["b", "bs", "bed"]])
    chosen = Counter(forms.choose(np.ones(3_000, np.int64), default_rng(1).random(3_000)).tolist())
    assert chosen["b"] > chosen["bs"] > chosen["bed"] > 0
    assert forms.choose(np.array([0]), np.array([0.999])).tolist() == ["a"]


def test_papers_are_written_in_shards_that_the_library_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.generate.PAPERS_PER_FOLDER", 2)
    write(tmp_path, 3, SEED)
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md"))
    assert names == ["0000/paper-000000.en.md", "0000/paper-000001.ko.md", "0001/paper-000002.en.md"]
    korean = load(tmp_path / names[1])
    assert (korean.language, korean.doc_id) == ("ko", "paper-000001.ko")
    assert re.match(r"# \S+: ", korean.text)
