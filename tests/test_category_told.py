"""Whether what would be shown tells of what the question names."""

from collections.abc import Callable

import pytest

import seeds
from index.load import Document, parse
from qa.answer import Answer, Citation, Sentence
from qa.category.names import NameFinder
from qa.category.taxonomy import Taxonomy
from qa.category.told import TellingReader
from qa.question.wording import Kind
from qa.reading.cite import Draft, DraftSentence, Evidence

TELLS = "Self-Instruct starts from a small seed set."
NAMES = "AutoIF differs from Self-Instruct, which writes instructions only."
NEITHER = "Alignment shapes what a model does."
NOTES = parse(
    "# Notes on Alpaca\n\n## Seeds\n\nSelf-Instruct starts small. Its seeds are few.\n\n## Debate\n\nA judge decides.\n",
    doc_id="notes.en",
    source="notes.en.md",
)
SEEDS, DEBATE = (section.section_id for section in NOTES.sections if section.path)


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return NameFinder(Taxonomy.load(seeds.TAXONOMY), lambda token: token in ("debate", "aligner"))


@pytest.fixture(scope="module")
def reader(finder: NameFinder) -> TellingReader:
    places = [(NOTES.work, section.section_id) for section in NOTES.sections]
    return TellingReader(finder, {NOTES.doc_id: NOTES}.get, places)


def answer(
    question: str, *told: str, probability: float = 0.9, section: str = "seeds", doc_id: str = "notes.en"
) -> Answer:
    """Return an answer of these sentences, all from one section."""
    place = Citation(doc_id, "Notes", "en", section, ("Seeds",), "", 0, 0, None, "")
    sentences = tuple(Sentence(text, (0,)) for text in told)
    cited = (place,) if told else ()
    return Answer(question, "en", "definition", sentences, cited, None, (), probability)


@pytest.mark.parametrize(
    ("told", "sure", "better"),
    [
        ([], True, True),
        ([NEITHER], True, True),
        ([NAMES], True, False),
        ([NAMES], False, True),
        ([NEITHER, TELLS], True, False),
        ([NEITHER, TELLS], False, True),  # of what is as likely as not beside the point
        (["SPIN plays against itself."], True, True),
        (["Lists file SPIN, Self-Instruct and Alpaca here."], True, True),
        (["Lists file SPIN as well as Self-Instruct beside Alpaca."], True, True),
        (["Self-Instruct, SPIN and Alpaca start from seeds."], True, False),
        (["목록은 SPIN, Self-Instruct를 여기에 둔다."], True, True),
        (["SPIN은 스스로 두고, Self-Instruct는 적은 시드에서 시작한다."], True, False),
    ],
)
def test_a_sentence_has_to_tell_of_the_method(reader: TellingReader, told: list[str], sure: bool, better: bool) -> None:
    for question in (
        "What is Self-Instruct?",
        "Self-Instruct가 뭐야?",
        "Self-Instruct 설명해줘",
        "explain Self-Instruct",
    ):
        assert (
            reader.filing_is_better(answer(question, *told, probability=0.9 if sure else 0.4, section=SEEDS)) is better
        )


def test_what_a_paper_of_the_users_says_stays(reader: TellingReader) -> None:
    """It may tell of its method without naming it first, or at all."""
    question = "What is Self-Instruct?"
    for probability in (0.4, 0.9):
        assert reader.filing_is_better(answer(question, NEITHER, probability=probability, section=SEEDS))
        assert not reader.filing_is_better(answer(question, NEITHER, probability=probability, section="other"))
        assert not reader.filing_is_better(answer(question, NEITHER, probability=probability, doc_id="mine"))


@pytest.mark.parametrize(
    "question",
    [
        "What are the limits of Self-Instruct?",  # asks for more
        "How does Self-Instruct work?",
        "Why Self-Instruct?",
        "What is the seed set of Self-Instruct?",
        "Self-Instruct와 SPIN은 뭐야?",  # of two
        "What is self-play?",  # of a category
        "What is Self-Instrukt?",  # of a name that may be another one
        "What is Foobar-9?",
    ],
)
def test_only_what_one_filed_method_is_can_be_answered_so(reader: TellingReader, question: str) -> None:
    assert not reader.filing_is_better(answer(question))


def draft(question: str, *sections: str, kind: Kind = "other", document: Document = NOTES) -> Draft:
    """Return a draft with the first sentence of each section."""
    sentences = []
    for section in document.sections:
        if section.section_id in sections:
            end = document.text.index(".", section.start) + 1
            place = Evidence(document.doc_id, section.section_id, section.start, end)
            sentences.append(DraftSentence(document.text[section.start : end].strip(), place))
    assert len(sentences) == len(sections)
    return Draft(question, "en", kind, tuple(sentences), sentences[0].evidence if sentences else None, (), 0.9)


@pytest.mark.parametrize(
    ("question", "sections", "kind"),
    [
        ("How small does Self-Instruct start?", [SEEDS], "how"),
        ("How many seeds does Alpaca have?", [DEBATE], "number"),  # the title names it
        ("Who decides in a debate?", [DEBATE], "other"),  # a category, in the heading
        ("Self-Instruct or Alpaca: who decides?", [DEBATE, SEEDS], "other"),  # together they name both
        ("How do seeds and self-play differ?", [SEEDS], "comparison"),  # categories, one side may be told
        ("Who decides?", [DEBATE], "other"),
    ],
)
def test_what_is_about_the_things_named_stays(
    reader: TellingReader, question: str, sections: list[str], kind: Kind
) -> None:
    made = draft(question, *sections, kind=kind)
    assert reader.of_what_is_named(made) == made


@pytest.mark.parametrize(
    ("question", "sections", "kind"),
    [
        ("Who decides in Self-Instruct?", [DEBATE], "other"),
        ("Self-Instruct or SPIN: which starts small?", [SEEDS], "other"),
        ("Is Self-Instruct better than SPIN?", [SEEDS], "comparison"),
        ("What decides in self-play?", [SEEDS], "other"),
        ("셀프 플레이에서는 누가 결정해?", [SEEDS], "other"),
    ],
)
def test_what_is_about_something_else_is_not_shown(
    reader: TellingReader, question: str, sections: list[str], kind: Kind
) -> None:
    made = draft(question, *sections, kind=kind)
    found = reader.of_what_is_named(made)
    assert (found.sentences, found.nearest, found.probability) == ((), made.nearest, 0.01)


def test_sections_without_known_questions_are_not_judged(finder: NameFinder) -> None:
    """They may leave their subject to the sections before."""
    lookup: Callable[[str], Document | None] = {NOTES.doc_id: NOTES}.get
    reader = TellingReader(finder, lookup, [(NOTES.work, SEEDS)])
    made = draft("Who decides in Self-Instruct?", DEBATE)
    assert reader.of_what_is_named(made) == made
    nothing = draft("Who decides in Self-Instruct?")
    assert reader.of_what_is_named(nothing) == nothing
