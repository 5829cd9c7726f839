"""An answer to a question that compares in, one that shows all sides out, where each is told in a place of its own."""

from collections.abc import Callable

from qa.cite import Answer
from qa.comparing.join import side_by_side, tells_apart, tells_of
from qa.comparing.sides import SideReader
from qa.retrieve import Run

LIKELY = 0.5  # the least probability that a side is answered; all of them have to be


class Comparer:
    """Asks of each side what no section compares."""

    def __init__(self, sides: SideReader) -> None:
        self._sides = sides

    def compare(
        self, quoted: Answer, ask: Callable[[str], tuple[Answer, Run]]
    ) -> tuple[Answer, tuple[Run, ...]] | None:
        """Return what is told of each side, and the Runs that it comes from; None where `quoted` stands.

        It stands where the question compares nothing, where a sentence of it tells of all sides, and where of one side
        `ask` finds no answer that names it.
        """
        found = self._sides.read(quoted.question)
        if found is None or tells_apart(quoted, found):
            return None
        answers: list[Answer] = []
        runs: list[Run] = []
        for side in found.sides:
            answer, run = ask(side.question)
            likely = answer.kind == "category" or answer.probability >= LIKELY
            if not likely or not tells_of(answer, side.thing):
                return None
            answers.append(answer)
            runs.append(run)
        return side_by_side(quoted, answers), tuple(runs)
