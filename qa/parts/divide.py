"""An answer to a question of several parts in, one that answers each of them out, where each is told.

What one place tells of all parts stands. Else each part is asked on its own: each side of a comparison, each clause.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.answer import Answer
from qa.converse.complete import Completer, Exchange
from qa.parts.clauses import clauses
from qa.parts.each import asks_each, naming, of_each
from qa.parts.join import APART, NOTHING_ON, one_after_another, shows, tells_apart, tells_of, tells_of_all
from qa.parts.sides import MAX_SIDES, Comparison, SideReader
from qa.retrieval.asked import NOTHING_ALIKE
from qa.retrieval.retrieve import Run

_NEAR = 1.2  # the likeness of a known question from which a shipped section is what was meant


@dataclass(frozen=True, slots=True)
class Quoted:
    """An answer in quotations, and the Runs that it is chosen from: one for each part, none from the taxonomy.

    `partly_filed` says that one of several parts tells where the taxonomy files something.
    """

    answer: Answer
    runs: tuple[Run, ...]
    partly_filed: bool = False

    @property
    def filed(self) -> bool:
        """Whether it tells, in all or in a part, where the taxonomy files something."""
        return self.answer.kind == "category" or self.partly_filed

    @property
    def stands(self) -> bool:
        """Whether it is shown as it is, and written anew by no model: what is filed, and what several texts say."""
        return self.filed or self.answer.by_text

    @property
    def likeness(self) -> float:
        """How near a known question of the best hit comes to what was asked; 0 where nothing had to be found."""
        best = next((run.hits[0] for run in self.runs if run.hits), None)
        return (best.likeness or NOTHING_ALIKE).total if best else 0.0

    @property
    def is_known(self) -> bool:
        """Whether a known question of the best hit asks nearly the same; also where nothing had to be found."""
        return not any(run.hits for run in self.runs) or self.likeness >= _NEAR


Ask = Callable[[str], Quoted]


class Divider:
    """Asks the parts of a question."""

    def __init__(self, sides: SideReader, completer: Completer) -> None:
        """Take what finds the sides of a comparison, and what completes a clause that leans on the one before it."""
        self._sides = sides
        self._completer = completer

    def divide(self, quoted: Answer, ask: Ask) -> Quoted | None:
        """Return what is told of each part; None where `quoted` stands.

        It stands where the question has one part only, where it tells of all, and where too few parts are told: two of
        those that are compared, one of others, all clauses. A side or clause that nothing tells is named in the notice.
        """
        divided = self._compared(quoted, ask) or self._in_clauses(quoted, ask) or self._each(quoted, ask)
        if divided is None or (quoted.sure and not divided.answer.sure):
            return None
        is_new = divided.answer.sentences != quoted.sentences or divided.answer.notice
        return divided if is_new else None

    def _compared(self, quoted: Answer, ask: Ask) -> Quoted | None:
        found = self._sides.read(quoted.question) if quoted.kind != "category" else None
        if found is None or _stands(quoted, found):
            return None
        told, silent = self._ask_of(found, ask)
        if not told or (silent and not quoted.abstained):
            return None
        joined = _joined(quoted, told)
        said = " ".join(sentence.text for sentence in joined.answer.sentences).lower()
        silent = [name for name in silent if name.lower() not in said]  # DeepSeek in DeepSeekMath
        if silent:
            return _with_notice(joined, _untold(quoted, silent))
        places = {(citation.doc_id, citation.section_id) for citation in joined.answer.citations}
        return _with_notice(joined, APART[quoted.language] if found.compares and len(places) > 1 else "")

    def _each(self, quoted: Answer, ask: Ask) -> Quoted | None:
        """Return what is told of each thing that the answer lists, where that is asked: "세 시나리오 각각 설명해줘".

        Each is told in a sentence, as an item below what lists them; None unless all are.
        """
        if not (quoted.sure and asks_each(quoted.question)) or self._sides.read(quoted.question) is not None:
            return None
        listed = self._completer.listed(quoted)
        said = {sentence.text for sentence in quoted.sentences if all(thing in sentence.text for thing in listed)}
        reading = self._completer.read(quoted.question)
        told: list[Quoted] = []
        for thing in listed if len(listed) <= MAX_SIDES else ():
            ways = of_each(quoted.question, reading, thing)
            found = ((one, naming(one.answer, thing, said)) for one in map(ask, ways) if one.answer.sure)
            one, sentence = next(((one, sentence) for one, sentence in found if sentence), (None, None))
            if one is None or sentence is None:
                return None
            item = replace(sentence, form="item") if sentence.form == "sentence" else sentence
            told.append(replace(one, answer=replace(one.answer, sentences=(item,))))
        if len({one.answer.sentences[0].text for one in told}) < max(2, len(told)):
            return None  # the same is told of several
        listing = tuple(sentence for sentence in quoted.sentences if sentence.text in said)
        lists = replace(quoted, sentences=(listing or quoted.sentences)[:1])
        return _joined(quoted, [Quoted(lists, ()), *told])

    def _ask_of(self, found: Comparison, ask: Ask) -> tuple[list[Quoted], list[str]]:
        """Return what is told of the sides, and the names of those that nothing tells.

        Nothing, unless two are sure; one where they are not held against each other.
        """
        least = 2 if found.compares else 1
        told: list[Quoted] = []
        silent: list[str] = []
        sure = 0
        for at, side in enumerate(found.sides, start=1):
            one = ask(side.question)
            is_told = tells_of(one.answer, side.thing)
            sure += is_told and one.answer.sure
            if is_told:
                told.append(one)
            else:
                silent.append(side.thing.text)
            if sure + len(found.sides) - at < least:
                return [], silent
        return told, silent

    def _in_clauses(self, quoted: Answer, ask: Ask) -> Quoted | None:
        parts = clauses(quoted.question)
        if not parts:
            return None
        told = [ask(parts[0])]
        for part in parts[1:]:
            told.append(ask(self._completer.complete(part, [Exchange(parts[0], told[0].answer)]).question))
        sure = [one for one in told if one.answer.sure]
        if len(sure) == len(told):
            return None if all(shows(quoted, one.answer) for one in told) else _joined(quoted, told)
        # a first part that ends before its topic is named is answered by nothing, though all is told
        silent = [part for part, one in zip(parts, told, strict=True) if one.answer.abstained and one is not told[0]]
        if quoted.abstained or len(silent) != 1 or quoted.notice:
            return None
        shown = _joined(quoted, sure) if sure else Quoted(quoted, _runs(told))
        return _with_notice(shown, _untold(quoted, [part.rstrip(" ?") for part in silent]))


def _stands(quoted: Answer, found: Comparison) -> bool:
    """Whether an answer tells of all that its question is about, so that nothing is asked anew."""
    if found.compares:
        return tells_apart(quoted, found)
    return not found.whole and quoted.sure and tells_of_all(quoted, found.things)


def _joined(asked: Answer, told: Sequence[Quoted]) -> Quoted:
    filed = any(one.filed for one in told)
    return Quoted(one_after_another(asked, [one.answer for one in told]), _runs(told), filed)


def _runs(told: Sequence[Quoted]) -> tuple[Run, ...]:
    return tuple(run for one in told for run in one.runs)


def _untold(quoted: Answer, silent: Sequence[str]) -> str:
    return NOTHING_ON[quoted.language].format(part=", ".join(silent))


def _with_notice(quoted: Quoted, notice: str) -> Quoted:
    return replace(quoted, answer=replace(quoted.answer, notice=notice))
