"""What a model writes in, what of it is meant for the reader out, as it comes. Knows the marks of thoughts and of ends.

A server should keep a model's thoughts apart; many do not. Then they stand between marks in the text, or come to an end
that had no beginning, because the chat template wrote that.
"""

import re
from dataclasses import dataclass

_NAMES = "think thinking thought thoughts reasoning reflection analysis scratchpad seed:think".split()
_OPENS = frozenset(
    [f"<{name}>" for name in _NAMES]
    + "[think] ◁think▷ <|channel>thought <|begin_of_thought|>".split()
    + "<|channel|>analysis<|message|> <|channel|>commentary<|message|>".split()
)
_CLOSES = frozenset(
    [f"</{name}>" for name in _NAMES]
    + "[/think] ◁/think▷ <channel|> <|end_of_thought|> <|channel|>final<|message|>".split()
)
_DROPPED = frozenset(
    "<answer> </answer> <response> </response> <output> </output> <|start|>assistant <|message|> <|end|> <s> <bos> "
    "<|begin_of_solution|> <|end_of_solution|>".split()
)
# After these comes what the server should have stopped at, such as a next question that the model makes up.
_ENDS = frozenset(
    "<|im_end|> <|im_start|> <|eot_id|> <|endoftext|> <|end_of_text|> <|return|> <|user|> <|end_of_turn|> </s> <eos> "
    "<end_of_turn> <start_of_turn> <turn|> [inst] [/inst] [|endofturn|]".split()
)
_ALL = _OPENS | _CLOSES | _DROPPED | _ENDS
_MARK = re.compile("|".join(map(re.escape, sorted(_ALL))), re.IGNORECASE)  # none of them begins another
_LONGEST = max(map(len, _ALL))
_BEGINNINGS = frozenset(mark[:length] for mark in _ALL for length in range(1, len(mark)))


@dataclass(frozen=True, slots=True)
class Shown:
    """Text for the reader; `anew` says that all before it was a thought."""

    text: str
    anew: bool = False


class Reader:
    """Takes pieces of text and gives back those that are no thoughts; a mark may be split over pieces.

    `ended` is true when the model has gone on past the end of its answer.
    """

    def __init__(self) -> None:
        self.ended = False
        self._kept = ""
        self._last = "\n"
        self._thinks = False

    def feed(self, piece: str) -> list[Shown]:
        """Return what of a piece, and of what was kept back before, is meant for the reader."""
        text = self._kept + piece
        shown: list[Shown] = []
        at = 0
        for found in _MARK.finditer(text):
            self._show(shown, text[at : found.start()])
            self._pass(shown, found[0])
            at = found.end()
        cut = len(text) - _beginning_chars(text[at:])
        self._show(shown, text[at:cut])
        self._kept = text[cut:]
        return shown

    def finish(self) -> list[Shown]:
        """Return what was kept back as the possible beginning of a mark."""
        shown: list[Shown] = []
        self._show(shown, self._kept)
        self._kept = ""
        return shown

    def _pass(self, shown: list[Shown], written: str) -> None:
        mark = written.lower()
        if mark in _OPENS and (self._thinks or "|" in mark or self._last == "\n"):
            self._thinks = True
        elif mark in _CLOSES and self._thinks:
            self._thinks = False
        elif mark in _CLOSES and ("|" in mark or self._last in "\n.!?…。"):
            shown.append(Shown("", anew=True))
        elif mark in _ENDS:
            self.ended = self.ended or not self._thinks
        elif mark not in _DROPPED:  # a text about thoughts: "between <think> and </think>"
            self._show(shown, written)

    def _show(self, shown: list[Shown], text: str) -> None:
        if text and not self._thinks and not self.ended:
            shown.append(Shown(text))
            self._last = (self._last + text).rstrip(" \t")[-1:] if text.strip(" \t") else self._last


def _beginning_chars(text: str) -> int:
    """Return how many characters at the end of a text may be the beginning of a mark."""
    tail = text[-_LONGEST:].lower()
    return next((len(tail) - at for at in range(len(tail)) if tail[at:] in _BEGINNINGS), 0)
