"""What a question is answered with: sentences, the places that they rest on, and the lines that they make.

Makes no answer: `cite` does, after it has compared every quotation with the stored text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise, takewhile
from typing import Literal

from index.load import Language
from qa.check.judgement import Verdict

# "header": the headings of the table that the rows after it are from; "lead": what the app says of the rows after it;
# "title": of the text that the sentences after it are from, up to the next.
Form = Literal["sentence", "item", "code", "header", "row", "lead", "title"]
EXTRACTIVE = "extractive"
_BAR = re.compile(r"(?<!\\)\|")
_FENCE = "```"  # around code in an answer's text
SURE = 0.5  # the chance that the Library answers the question, below which an answer says that it may not


@dataclass(frozen=True, slots=True)
class BridgedTerm:
    """A term of the question and what it was found as in the sources: 자기 개선 → self-improvement."""

    written: str
    found: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the Library: `text[start:end] == quote` of the stored document; `section` is the path of headings."""

    doc_id: str
    title: str
    language: Language
    section_id: str
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    page: int | None
    source: str

    @property
    def heading(self) -> str:
        """The section's own heading, or the title where the text has no headings."""
        return self.section[-1] if self.section else self.title

    @property
    def where(self) -> str:
        """The title and the path of headings, as a line."""
        return " › ".join((self.title, *self.section))

    def fields(self) -> dict[str, object]:
        """Return the citation as plain data, in the order and under the names that JSON output gives."""
        return asdict(self) | {"section": list(self.section)}

    def holds(self, other: "Citation") -> bool:
        """Whether another citation lies within this one."""
        return self.doc_id == other.doc_id and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or piece of code of an answer; `citations` are indexes into the answer's citations.

    `verdict` says how far the cited places support it, `reason` in the answer's language why not wholly. A quotation is
    always supported.
    """

    text: str
    citations: tuple[int, ...]
    form: Form = "sentence"
    verdict: Verdict = "supported"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer. When `abstained`, `sentences` is empty and `nearest` may name the closest section, or sentence.

    `probability` is the calibrated chance that the Library answers the question. `foreign` says that the quotations
    are in another language than the question. `reader` is "extractive", or the name of the language model that wrote
    the sentences. `notice` is one line for the user on what is shown and what is not, or "". `unsure` says
    that it is as likely as not that the Library does not answer just this, and what comes nearest is shown; `others`
    are then sections that come near, too, the best first, as they are where it abstained.
    """

    question: str
    language: Language
    kind: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    nearest: Citation | None
    bridged: tuple[BridgedTerm, ...]
    probability: float
    reader: str = EXTRACTIVE
    notice: str = ""
    nearest_is_sentence: bool = False
    others: tuple[Citation, ...] = ()

    @property
    def abstained(self) -> bool:
        """Whether the Library has no support for an answer."""
        return not self.sentences

    @property
    def foreign(self) -> bool:
        """Whether the sentences are quotations in another language than the answer is expected in."""
        is_quoted = self.reader == EXTRACTIVE and bool(self.citations)
        return is_quoted and all(citation.language != self.language for citation in self.citations)

    @property
    def unsure(self) -> bool:
        """Whether there are sentences, and it is as likely as not that they answer something near the question."""
        return bool(self.sentences) and self.kind != "category" and self.probability < SURE

    @property
    def sure(self) -> bool:
        """Whether there are sentences, and nothing says that they may not be what is asked."""
        return bool(self.sentences) and not self.unsure

    @property
    def by_text(self) -> bool:
        """Whether it goes through texts one by one, each below its title."""
        return any(sentence.form == "title" for sentence in self.sentences)

    def apart(self) -> list["Answer"]:
        """Return what is said of each text as an answer of its own, below its title; where it is of none, itself."""
        titles = [at for at, sentence in enumerate(self.sentences) if sentence.form == "title"]
        if not titles:
            return [self]
        parts = (self.sentences[start:end] for start, end in pairwise([*titles, len(self.sentences)]))
        return [self.of(part) for part in parts]

    def of(self, sentences: Iterable[Sentence]) -> "Answer":
        """Return it with these of its sentences alone, and what they cite."""
        kept = list(sentences)
        cited = list(dict.fromkeys(number for sentence in kept for number in sentence.citations))
        renumbered = (replace(one, citations=tuple(map(cited.index, one.citations))) for one in kept)
        return replace(self, sentences=tuple(renumbered), citations=tuple(self.citations[number] for number in cited))

    def shown(self) -> list[Sentence]:
        """Return the sentences as they are shown: one whose items follow ends where these begin, at its colon."""
        shown = list(self.sentences)
        for at, sentence in enumerate(self.sentences):
            items = list(takewhile(lambda one: one.form == "item", self.sentences[at + 1 :]))
            if sentence.form == "sentence" and items:
                shown[at] = replace(sentence, text=_before_items(sentence.text, [item.text for item in items]))
        return shown

    @property
    def nearest_quote(self) -> str:
        """The sentence that comes nearest to what an answer that abstained was asked, or ""."""
        return self.nearest.quote if self.nearest and self.nearest_is_sentence else ""

    @property
    def borne_out(self) -> str:
        """What its sources bear out: what a language model is told of an earlier turn."""
        return " ".join(sentence.text for sentence in self.sentences if sentence.verdict != "unsupported")

    @property
    def text(self) -> str:
        """The answer as plain text, with the numbers of its citations in brackets."""
        return "\n".join(line for line, _ in self.lines())

    def lines(self) -> Iterator[tuple[str, Form]]:
        """Yield the lines of `text`, each with the form of what it is of; code has a fence around it."""
        if self.abstained:
            yield " ".join(filter(None, (NOT_FOUND[self.language], self._nearest_line()))), "sentence"
            if self.nearest_quote:
                yield f"“{' '.join(self.nearest_quote.split())}”", "sentence"
            yield from self._others_lines()
            return
        said = (UNSURE[self.language] if self.unsure else "", FOREIGN[self.language] if self.foreign else "")
        yield from ((line, "sentence") for line in said if line)
        for sentence in self.shown():
            marks = "".join(f"[{number + 1}]" for number in sentence.citations)
            if sentence.form == "code":
                yield from ((line, "code") for line in (_FENCE, *sentence.text.split("\n"), _FENCE))
                yield marks, "sentence"
                continue
            text = " ".join(sentence.text.split())
            if sentence.form in ("header", "row"):
                yield from ((line, sentence.form) for line in _table_lines(text, sentence.form, marks))
                continue
            if sentence.verdict == "unsupported":
                text, marks = f"~~{text}~~", f"({sentence.reason})"
            elif sentence.verdict == "partly":
                marks = f"{marks} ({sentence.reason})".lstrip()
            text = f"**{text}**" if sentence.form == "title" else text
            yield f"{'- ' if sentence.form == 'item' else ''}{text} {marks}".rstrip(), sentence.form
        if self.notice:
            yield self.notice, "sentence"
        yield from self._others_lines()

    def _nearest_line(self) -> str | None:
        return _NEAREST[self.language].format(where=self.nearest.where) if self.nearest else None

    def _others_lines(self) -> Iterator[tuple[str, Form]]:
        if self.others:
            yield OTHERS[self.language], "sentence"
            yield from ((f"- {other.where}", "item") for other in self.others)


# What is said of an answer as a whole, in its language.
NOT_FOUND = {
    "ko": "이 라이브러리에서는 답의 근거를 찾지 못했습니다.",
    "en": "I found nothing in this Library that supports an answer.",
}
UNSURE = {
    "ko": "물으신 것을 꼭 집어 답하는지 확실하지 않습니다. 가장 가까운 내용입니다.",
    "en": "It is not certain that this answers just what you ask; it is what comes nearest.",
}
_NEAREST = {"ko": "가장 가까운 부분: {where}", "en": "The nearest section is: {where}"}
OTHERS = {"ko": "그 밖에 가까운 부분:", "en": "Other sections that come near:"}
FOREIGN = {
    "ko": "영어 문서에서 찾은 내용이라 영어 원문을 그대로 인용합니다.",
    "en": "This was found in a Korean source, so the Korean original is quoted.",
}


def _before_items(text: str, items: Sequence[str]) -> str:
    """Return a sentence up to its colon, where what stands behind that are the items; else all of it."""
    lead = text[: max(text.find(items[0]), 0)].rstrip()
    at = 0
    for item in items:
        found = text.find(item, at)
        if found < 0:
            return text
        at = found + len(item)
    return lead if lead.endswith(":") and not text[at:].strip(" .。\n") else text


def _table_lines(text: str, form: Form, marks: str) -> Iterator[str]:
    """Yield a row of a table with its marks in the last cell; headings with the rule below them."""
    cells = text.removeprefix("|").removesuffix("|").strip()
    if form == "row":
        yield f"| {cells} {marks} |"
        return
    yield f"| {cells} |"
    yield "|" + " - |" * (len(_BAR.findall(cells)) + 1)
