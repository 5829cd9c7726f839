"""A question for the limits of one text in, the sentences that tell these where no heading does out.

Most papers have no section on their limits: they say them in a discussion or a conclusion, by words of their own ("we
could not", "한계가 있을 수 있다"). Limits of others' work, and those that the text does away with, are none of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.load import Document
from index.outline import Section, lists_references
from index.sentences import Span, sentence_spans
from qa.question.itself import section_of
from qa.question.wording import ANNOUNCES
from qa.reading.cite import DraftSentence, Evidence
from qa.reading.tables import is_row
from qa.retrieval.retrieve import Run
from qa.words.patterns import compiled

_MOST = 4  # sentences, those that are announced besides
_MOST_ANNOUNCED = 3
_LEAST = 3.0  # points from which a sentence may tell limits
_NEAR = 1.0  # points that a further sentence may have less than the best
_LONG = 700  # characters, above which a "sentence" is something else
_FIRST_PART, _LAST_PART = 0.1, 0.8  # of a text, which begins with what others lack, and ends with what it leaves open

_NAMED = compiled(  # by such a word
    r"한계(?!(?:점)?(?:를|을)? ?(?:없|효용|비용|생산|소비|이익|값))|제한점|(?<!장)단점|약점|아쉬[운움웠]|미흡|맹점"
    r"|\blimitations?\b|\bshortcomings?\b|\bdrawbacks?\b|(?<!strengths and )\bweakness(?:es)?\b|\bcaveats?\b"
    r"|\bthreats? to (?:the )?(?:\w+ )?validity\b|\b(?:interpret|view|treat|tak)\w*[^.]{0,40}\bcaution"
    r"|\bshould be cautious\b|\bpotential bias(?:es)?\b"
)
_FELT = compiled(  # by what could not be done, or falls short
    r"(?:하지|지)(?:는|도)? ?못(?:하|했|한|함)|부족|어려[움웠]|어렵다|힘들었|불가능|충분하지|않을 수 있|제한적"
    r"|한정(?:되|하였|했|적)|편향|보완(?:이|할|해야|되어야)|개선(?:이 필요|해야|할|되어야)|일반화(?:하기|에|할)"
    r"|고려하지|반영하지"
    r"|\b(?:could|can|may|might|does|do|did) ?not (?:be )?(?:able|assess|account|acquire|allow|capture|claim|conclude"
    r"|control|cover|detect|determine|directly|distinguish|draw|establish|estimate|evaluate|examine|exclude|explain"
    r"|generali[sz]e|handle|include|infer|investigate|know|measure|necessarily|obtain|representative|rule out|separate"
    r"|test|verify|well)\b"
    r"|\bcannot\b|\bunable to\b|\bnot able to\b|\bfails? to\b|\black(?:s|ed|ing)?\b|\bdifficult to\b"
    r"|\blimited (?:to|by|in)\b|\b(?:are|is|was|were) limited\b|\bsmall (?:sample|number|size)|\bunderestimat"
    r"|\boverestimat|\bself-report|\bgenerali[sz]abilit|\brestricted to\b"
    r"|\bonly (?:include|consider|examin|cover|use|test|evaluat|stud|focus)\w*"
    r"|\bremains? (?:unclear|unknown|open|to be|difficult|a challenge|challenging|unsolved)"
)
_OWN = compiled(
    r"\b(?:we|our|this (?:study|work|paper|thesis|analysis|research|approach|method|model|review|report)"
    r"|the (?:present|current|proposed) \w+)\b"
    r"|본 ?(?:연구|논문|조|프로젝트|보고서|조사|과제|작품|실험)|이 ?(?:연구|논문|실험)|우리|제안(?:한|하는) "
)
_OF_OTHERS = compiled(
    r"\bet al\b|\bprevious(?:ly)?\b|\bprior (?:work|stud)|\bconventional\b|\bexisting\b|\btraditional(?:ly)?\b"
    r"|\bother (?:stud|work|method)|\[\d+(?:[,–-] ?\d+)*\]|\bthese (?:methods|models|approaches)\b"
    r"|기존|선행 ?연구|종래|전통적"
)
_MENDED = compiled(  # done away with, or made light of
    r"\b(?:address|overcom|overcame|compensat|mitigat|solv|resolv|circumvent|alleviat|remed|made up for)\w*|\bdespite\b"
    r"|극복|해결(?:하기|하고|할 수|하였|했|한)|보완(?:하기|하고|하는|하였|했|한 )|위해|에도 불구하고"
)
_TOLD_IN = compiled(
    r"discussion|conclu|closing|future|limitation|weakness|논의|토의|고찰|결론|맺음|마치며|제언|소감|후기|회고|한계|향후"
)
_NOT_TOLD_IN = compiled(
    r"related|background|introduction|previous|literature|prelimin|abstract|summary|theor(?:y|etic)|acknowledg|appendix"
    r"|관련 ?연구|선행|배경|서론|들어가|이론|개요|요약|초록|감사|부록|참고"
)
_ANNOUNCES = compiled(ANNOUNCES)
_FIRST = compiled(
    r"\W*(?:첫째|첫 ?번째|우선|먼저|first(?:ly)?\b|one (?:is|limitation)\b|in particular\b|specifically\b)"
)


class Limits(NamedTuple):
    """The sentences that tell the limits of a text, in reading order, and whether they do so by such a word."""

    sentences: Sequence[DraftSentence]
    are_named: bool


class _Said(NamedTuple):
    """A sentence of a section, its place in the document's text, and what speaks for it."""

    section: Section
    span: Span
    points: float


class LimitFinder:
    """Finds what tells the limits of the one text that is asked."""

    def __init__(self, document: Callable[[str], Document | None]) -> None:
        """Take what reads documents by id."""
        self._document = document

    def find(self, run: Run) -> Limits | None:
        """Return what tells the limits of a text without a section on them, None where something else is asked."""
        if run.query.itself != "limits" or not run.hits or run.hits[0].likeness is not None:
            return None
        document = self._document(run.hits[0].passage.doc_id)
        if document is None or section_of("limits", document) is not None:
            return None
        said = [one for section in document.sections for one in _said_in(document, section)]
        best = max((one.points for one in said), default=0.0)
        told = [one for one in said if one.points >= max(_LEAST, best - _NEAR)]
        told = sorted(sorted(told, key=lambda one: -one.points)[:_MOST], key=lambda one: one.span)
        sentences = [
            DraftSentence(document.text[slice(*one.span)], Evidence(document.doc_id, one.section.section_id, *one.span))
            for one in _with_announced(told, said, document)
        ]
        return Limits(sentences, any(_NAMED.search(sentence.text) for sentence in sentences))


def _said_in(document: Document, section: Section) -> Iterator[_Said]:
    """Yield the sentences of a section with their points, 0 for those that tell no limits."""
    if lists_references(section.path):
        return
    headed = any(map(_TOLD_IN.search, section.path))
    elsewhere = any(map(_NOT_TOLD_IN.search, section.path))
    for start, end in sentence_spans(document.text, section.start, section.end):
        text = document.text[start:end]
        points = 0.0 if end - start > _LONG or is_row(text) else _points(text, headed=headed)
        if points:
            at = start / len(document.text)
            points += 0.5 * (at >= _LAST_PART) - 2.0 * (elsewhere or at < _FIRST_PART)
        yield _Said(section, (start, end), points)


def _points(text: str, *, headed: bool) -> float:
    """Return what speaks for a sentence's telling limits of the text that it stands in, 0 for nothing.

    `headed` says that it stands where a text looks back; elsewhere it has to say that it is of that text.
    """
    points = 2.5 * bool(_NAMED.search(text)) + bool(_FELT.search(text))
    own = bool(_OWN.search(text))
    if not points or not (headed or own):
        return 0.0
    return points + own + 1.5 * headed - 1.5 * bool(_OF_OTHERS.search(text)) - 2.0 * bool(_MENDED.search(text))


def _with_announced(told: Sequence[_Said], said: Sequence[_Said], document: Document) -> list[_Said]:
    """Return sentences with those that follow where one only announces them: "몇 가지 한계점이 있었다."."""
    complete = list(told)
    for at, (one, after) in enumerate(pairwise(said)):
        if one not in told or one.section != after.section:
            continue
        announces = _ANNOUNCES.search(document.text[slice(*one.span)]) or _FIRST.match(
            document.text[slice(*after.span)]
        )
        following = said[at + 1 : at + 1 + _MOST_ANNOUNCED] if announces else ()
        complete += [other for other in following if other.section == one.section and other not in complete]
    return sorted(complete, key=lambda one: one.span)
