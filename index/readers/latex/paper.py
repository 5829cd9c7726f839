r"""What the parts of a paper share while it is written: counters, labels, footnotes, theorems, names. Writes no text.

A paper is written twice: the first time, labels and citations become known; the second time, references to what comes
later are numbers.
"""

from dataclasses import dataclass

from index.readers.latex.counters import Counters, numeral
from index.readers.latex.tree import Node

RANKS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5, "subparagraph": 6}
_KOREAN = {
    "figurename": "그림",
    "tablename": "표",
    "proofname": "증명",
    "appendixname": "부록",
    "lstlistingname": "코드",
    "algorithmname": "알고리즘",
}
_ENGLISH = {
    "figurename": "Figure",
    "tablename": "Table",
    "proofname": "Proof",
    "appendixname": "Appendix",
    "lstlistingname": "Listing",
    "algorithmname": "Algorithm",
}
_USUAL_THEOREMS = (
    "theorem lemma proposition corollary definition example remark conjecture claim assumption observation fact "
    "hypothesis problem notation property exercise question note"
).split()


@dataclass(frozen=True, slots=True)
class Label:
    r"""What `\ref` to a label says: a number, of which kind of thing, and that thing's title."""

    number: str
    kind: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Theorem:
    """A kind of theorem: its name, and the counter that numbers it ("" for none)."""

    name: str
    counter: str


class Paper:
    """The state of one writing of a paper. `known` holds the labels that the writing before found."""

    def __init__(self, packages: dict[str, str], known: dict[str, Label], top: int) -> None:
        self.packages = packages
        self.top = top  # the rank of the highest sections, which the abstract has too
        self.labels: dict[str, Label] = {}
        self.cited: dict[str, None] = {}  # keys in the order of their first citation
        self.bib_files: dict[str, None] = {}
        self.notes: list[tuple[str, str]] = []  # mark and text of footnotes whose paragraph is not yet ended
        self.ranks: set[int] = set()
        self.current = Label("", "section")  # what a label stands for here
        self.in_body = self.in_appendix = False
        self.in_matter = True  # False in a book's front and back, whose chapters have no numbers
        self.held = 0  # above 0 within a list, table or quotation: notes wait for its end
        self.boxed = 0  # above 0 on a coloured ground, where white text is seen
        self.floats: list[str] = []  # the kinds of the floats around, the innermost last
        self.captions = 0  # of the float around
        self.list_depth = self.numbered_depth = 0
        self.subequation: tuple[str, int] | None = None  # the number that equations share, and how many there were
        self.counters = Counters(chapters=self.has_chapters, class_name=self.class_name)
        korean = "hangul" in self.options_of("kotex") or self.class_name.endswith("oblivoir")
        self.abstract_name: list[Node] = []  # what the paper calls abstracts, where it says so
        self.names = dict(_KOREAN if korean else _ENGLISH)
        self.theorems = {name: Theorem(name.capitalize(), name) for name in _USUAL_THEOREMS}
        self._known = known

    @property
    def class_name(self) -> str:
        """The document class."""
        return next((name[6:] for name in self.packages if name.startswith("class:")), "")

    @property
    def has_chapters(self) -> bool:
        """Whether the class knows chapters."""
        return any(word in self.class_name for word in ("book", "report", "thesis", "memoir", "dissertation"))

    @property
    def top_section(self) -> str:
        """The sections that appendices are."""
        return "chapter" if self.has_chapters else "section"

    @property
    def deepest_numbered(self) -> int:
        """The rank of the deepest sections that have numbers."""
        usual = 2 if self.has_chapters else 3
        return 1 + (self.counters.value("secnumdepth") if "secnumdepth" in self.counters else usual)

    def options_of(self, package: str) -> list[str]:
        """Return the options that a package was loaded with."""
        return [option.strip() for option in self.packages.get(package, "").split(",")]

    def set_label(self, key: str) -> None:
        """Let a label stand for what is current."""
        self.labels.setdefault(key.strip(), self.current)

    def label(self, key: str) -> Label | None:
        """Return what a label stands for."""
        return self._known.get(key.strip())

    def step(self, counter: str, kind: str) -> str:
        """Step a counter, let labels stand for it, and return its number."""
        number = self.counters.step(counter)
        self.current = Label(number, kind)
        return number

    def next_equation(self) -> str:
        """Return the number of the next equation."""
        if self.subequation is None:
            return self.counters.step("equation")
        number, count = self.subequation
        self.subequation = (number, count + 1)
        return f"{number}{numeral(count + 1, chr(92) + 'alph')}"

    def name_theorem(self, environment: str, name: str, counter: str) -> None:
        r"""Record a `\newtheorem`."""
        self.theorems[environment] = Theorem(name, counter)
