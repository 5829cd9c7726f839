"""A paragraph's pieces in, one line of words out, with its looks and what hangs on it. Knows no file format."""

import re
from dataclasses import dataclass, field

from index.readers.office.parts import Element

_POWER = re.compile(r"[-−+]?\d{1,4}")
_BEFORE_POWER = re.compile(r"(?:[\d)\]]|(?:^|[\W\d_])[^\W\d_])$")


@dataclass(slots=True)
class Line:
    """A paragraph's words, how many characters of them are bold and of which size, and what hangs on it.

    `notes` are the footnotes and endnotes that it calls, each with its mark; `objects` are its boxes and tables.
    `in_contents` says that all or part of it is a table of contents, which is not among the words.
    """

    text: str = ""
    bold_chars: int = 0
    sizes: dict[float, int] = field(default_factory=dict)
    notes: list[tuple[str, Element]] = field(default_factory=list)
    objects: list[Element] = field(default_factory=list)
    in_contents: bool = False

    def add(self, text: str, *, bold: bool, points: float, raised: str = "") -> None:
        """Add a piece; a power ("10^3") and an index ("x_t") are marked where they would change what stands before."""
        if raised == "superscript" and _POWER.fullmatch(text) and _BEFORE_POWER.search(self.text[-2:]):
            text = f"^{text}"
        elif raised == "subscript" and text[:1].isalpha() and self.text[-1:].isalpha():
            text = f"_{text}"
        count = len("".join(text.split()))
        self.text += text
        self.bold_chars += count if bold else 0
        if points and count:
            self.sizes[points] = self.sizes.get(points, 0) + count

    def call(self, mark: str, note: Element) -> None:
        """Add a note's mark."""
        self.notes.append((mark, note))
        self.add(f"[^{mark}]", bold=True, points=0)

    def without_marks(self) -> str:
        """Return the words without the marks of notes, as a heading has them."""
        marks = {f"[^{mark}]" for mark, _ in self.notes}
        return re.sub(r"\[\^[^\[\]]*\]", lambda found: "" if found[0] in marks else found[0], self.text)

    @property
    def strong(self) -> bool:
        """Whether all words are bold."""
        return 0 < len("".join(self.text.split())) <= self.bold_chars

    @property
    def size(self) -> float:
        """The size in points that most characters have, 0 where none is known."""
        return max(self.sizes, key=lambda size: (self.sizes[size], size), default=0.0)
