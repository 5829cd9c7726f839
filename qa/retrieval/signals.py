"""A Run in, what speaks for each of its hits out, as numbers. Orders nothing.

The signals do not depend on a Library's size or topic, so that weights fitted on one corpus serve another.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder
from index.load import Language
from index.segments.terms import Statistics
from qa.question.query import Query
from qa.retrieval.defining import defines
from qa.retrieval.evidence import Inspector, PassageView
from qa.retrieval.figures import figures_asked
from qa.retrieval.retrieve import Hit, Run
from qa.words.bridge import HOLDS, Unit
from qa.words.word_vectors import WordVectors, soft_strengths, weighed_rows

SIGNALS = (
    "fused",  # the retriever's score over the best of that language
    "words",  # BM25 over words, likewise
    "cosine",  # cosine less the best cosine of that language
    "soft_coverage",  # of what is asked, where words that mean nearly the same count too
    "steady_coverage",  # likewise, by single sentences: the mean of the best
    "best_coverage",  # of what tells the hits apart, by the best sentence
    "figure_coverage",  # likewise, by the best sentence with a figure, where one is asked for
    "bigram_coverage",  # of how a Korean question is spelt, in Korean passages
    "sentence_cosine",
    "heading_coverage",
    "heading_precision",
    "path_coverage",
    "title_coverage",
    "work",  # how the work's other sections do
    "opens_with_unit",
    "defines",
    "cue",
    "about_others",
    "survey",
    "cross",  # in the other language than the question
    "asked_words",  # likeness of the section's known questions
    "asked_meaning",
    "asked_well",
    "unasked",  # a section without known questions: the reranker has other weights for it
)
LIKENESS = SIGNALS[-4:]
# Those that count only where a section has no known questions, which tell better; the models of support do without.
OF_UNASKED = ("best_coverage", "figure_coverage")
UNASKED = SIGNALS.index("unasked")
_STEADY = 3  # sentences
_ASKED_WELL = 1.0  # likeness from which a known question is nearly the same question
_HANGUL = re.compile("[가-힣]+")
_SURVEY_TITLE = re.compile(r"survey|서베이", re.IGNORECASE)
_ABOUT_OTHERS = re.compile(r"relation|related work|compar|관계|관련|비교|confus|names|혼동", re.IGNORECASE)
_CUES = {
    "number": re.compile(r"\d"),
    "why": re.compile(r"because|reason|since|due to|때문|이유|까닭|므로", re.IGNORECASE),
    "who-when": re.compile(r"\b(?:19|20)\d\d\b|author|저자|소속", re.IGNORECASE),
    "list": re.compile(r":\s.*,|(?:,[^,]{2,40}){2,}"),
}


class SignalReader:
    """Reads the signals of hits; looks at sentences and headings."""

    def __init__(self, inspector: Inspector, embedder: Embedder) -> None:
        self._inspector = inspector
        self._embedder = embedder

    def read(self, run: Run) -> NDArray[np.float64]:
        """Return the signals of the run's hits, float64, shape (hits, SIGNALS)."""
        if not run.hits:
            return np.zeros((0, len(SIGNALS)))
        question = self._embedder.embed_question(run.query.text)
        views = [self._inspector.view(hit.passage) for hit in run.hits]
        softly = _coverages(run, views, self._inspector.word_vectors)
        spelt = _bigram_coverages(run)
        relative = _relative(run.hits)
        works = _work_support(run.hits, relative[:, 0])
        shares = [(*soft, one) for soft, one in zip(softly, spelt, strict=True)]
        beside = zip(run.hits, views, relative.tolist(), shares, works, strict=True)
        return np.array([self._of(run, hit, view, question, parts, held, w) for hit, view, parts, held, w in beside])

    def _of(
        self,
        run: Run,
        hit: Hit,
        view: PassageView,
        question: NDArray[np.float32],
        relative: Sequence[float],
        coverages: tuple[float, ...],
        work: float,
    ) -> tuple[float, ...]:
        language, matcher, idfs = hit.passage.language, run.matcher, run.idfs
        heading = matcher.coverage(view.heading, language, idfs)
        sentence_cosine = float((view.vectors @ question).max()) if len(view.sentences) else 0.0
        last = hit.passage.path[-1] if hit.passage.path else ""
        return (
            *relative,
            *coverages,
            sentence_cosine,
            heading,
            _precision(run.units, view.heading, language),
            matcher.coverage(view.path, language, idfs),
            matcher.coverage(view.title, language, idfs),
            work,
            float(_opens(run, view, language)),
            float(run.query.kind in ("definition", "other") and _defines(run.units, view, language)),
            _cue(run.query, view),
            float(bool(_ABOUT_OTHERS.search(last)) and not _ABOUT_OTHERS.search(run.query.text)),
            float(run.query.survey and bool(_SURVEY_TITLE.search(hit.passage.title))),
            float(language != run.query.language),
            *_of_known(hit),
        )


def _of_known(hit: Hit) -> tuple[float, ...]:
    """Return the signals of LIKENESS."""
    if hit.likeness is None:
        return (0.0, 0.0, 0.0, 1.0)
    return (hit.likeness.words, hit.likeness.meaning, max(0.0, hit.likeness.total - _ASKED_WELL), 0.0)


def _coverages(
    run: Run, views: Sequence[PassageView], vectors: WordVectors
) -> Iterator[tuple[float, float, float, float]]:
    """Yield for each hit how much of what is asked it holds, 0 to 1.

    That is: its passage, its best sentences in the mean, and, of what tells the hits apart, its best sentence and the
    best one with a figure that is asked for.
    """
    languages = [hit.passage.language for hit in run.hits]
    sentences = [(one, language) for view, language in zip(views, languages, strict=True) for one in view.sentences]
    texts = [view.words for view in views] + [one.words for one, _ in sentences]
    held = [run.matcher.strengths(view.terms, language) for view, language in zip(views, languages, strict=True)]
    telling = _idfs(np.array(held) >= HOLDS)
    held += [run.matcher.strengths(one.in_context, language) for one, language in sentences]
    strengths = soft_strengths(vectors, [unit.written for unit in run.units], texts, held)
    shares, apart = weighed_rows(strengths, run.idfs), weighed_rows(strengths, telling)
    figures = figures_asked(run.query.text)
    at = len(views)
    for whole, view in zip(shares, views, strict=False):
        own = slice(at, at + len(view.sentences))
        best = sorted(shares[own], reverse=True)[:_STEADY]
        with_figure = (
            share * figures.held(one.text) for share, one in zip(apart[own], view.sentences, strict=True) if figures
        )
        yield whole, sum(best) / max(len(best), 1), max(apart[own], default=0.0), max(with_figure, default=0.0)
        at = own.stop


def _idfs(held: NDArray[np.bool_]) -> list[float]:
    """Return how much each of some things tells the hits apart: its idf among them; shape of `held` (hits, things)."""
    idf = Statistics(len(held), 0.0).idf
    return [idf(count) for count in held.sum(axis=0).tolist()]


def hangul_bigrams(text: str) -> Iterator[str]:
    """Yield the pairs of neighbouring syllables of a text's Hangul words; a word of one syllable stands for itself."""
    for word in _HANGUL.findall(text):
        yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))


def _bigram_coverages(run: Run) -> list[float]:
    """Return for each hit how much of the question's spelling it holds, 0 to 1; 0 where either is not Korean.

    A pair of syllables counts by its idf among the hits. Where words are divided or spaced otherwise than the analyser
    knows, they still have most pairs in common.
    """
    pairs = tuple(dict.fromkeys(hangul_bigrams(run.query.text))) if run.query.language == "ko" else ()
    korean = [at for at, hit in enumerate(run.hits) if hit.passage.language == "ko"]
    found = np.zeros(len(run.hits))
    if pairs and korean:
        held = np.array([[pair in run.hits[at].passage.text for pair in pairs] for at in korean])
        found[korean] = weighed_rows(held.astype(float), _idfs(held))
    coverages: list[float] = found.tolist()
    return coverages


def _relative(hits: Sequence[Hit]) -> NDArray[np.float64]:
    """Return fused, words and cosine against the best of the hit's language, shape (hits, 3)."""
    scores = np.array([(hit.score, hit.words, hit.cosine) for hit in hits])
    korean = np.array([hit.passage.language == "ko" for hit in hits])
    relative = np.zeros_like(scores)
    for mask in (korean, ~korean):
        if mask.any():
            best = scores[mask].max(axis=0)
            relative[mask, 0] = 1 + (scores[mask, 0] - best[0]) / max(best[0], 1.0)  # even the best may be below 0
            relative[mask, 1] = scores[mask, 1] / max(best[1], 1e-6)
            relative[mask, 2] = scores[mask, 2] - best[2]
    return relative


def _work_support(hits: Sequence[Hit], fused: NDArray[np.float64]) -> list[float]:
    """Return for each hit the mean score of the two best other sections of its work, editions apart."""
    best: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for hit, score in zip(hits, fused, strict=True):
        sections = best[hit.passage.work, hit.passage.language]
        sections[hit.passage.section_id] = max(score, sections.get(hit.passage.section_id, -np.inf))
    top = {key: sorted(sections.items(), key=lambda item: -item[1])[:3] for key, sections in best.items()}
    found = []
    for hit in hits:
        others = [s for name, s in top[hit.passage.work, hit.passage.language] if name != hit.passage.section_id][:2]
        found.append(sum(others) / 2)
    return found


def _precision(units: Sequence[Unit], heading: frozenset[str], language: Language) -> float:
    """Return the share of a heading's words that the question names; section numbers do not count."""
    words = {term for term in heading if not term[0].isdigit()}
    if not words:
        return 0.0
    named = {term for unit in units for form in unit.forms[language] for term in form.terms}
    return len(words & named) / len(words)


def _opens(run: Run, view: PassageView, language: Language) -> bool:
    """Whether one of the first sentences begins with something that the question names."""
    longest = max((len(unit.own) for unit in run.units), default=0) + 2
    return any(
        max(run.matcher.strengths(frozenset(sentence.opening[:longest]), language), default=0.0) >= 0.5
        for sentence in view.sentences[:8]
    )


def _defines(units: Sequence[Unit], view: PassageView, language: Language) -> bool:
    return len(units) == 1 and any(defines(sentence.text, units[0], language) for sentence in view.sentences[:3])


def _cue(query: Query, view: PassageView) -> float:
    pattern = _CUES.get(query.kind)
    return float(pattern is not None and any(pattern.search(sentence.text) for sentence in view.sentences))
