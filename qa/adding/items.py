"""What is shown of additions and removals, as plain data. Does nothing."""

from dataclasses import dataclass
from typing import Literal

from qa.adding.reasons import Reason

Status = Literal["waiting", "fetching", "reading", "added", "replaced", "unchanged", "refused", "left"]
Stage = Literal["starting", "fetching", "reading", "indexing", "stopping"]
Fate = Literal["removing", "removed", "restoring", "failed"]

UNFINISHED: tuple[Status, ...] = ("waiting", "fetching", "reading")


@dataclass(frozen=True, slots=True)
class Item:
    """A file or an address that was given, by the name that its giver knows it by, and what became of it.

    `reason` is the kind of `words`, which are the library's own: why it was refused or left, or what else is to be
    known of it.
    """

    number: int
    name: str
    status: Status = "waiting"
    reason: Reason | None = None
    words: str | None = None
    doc_id: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to become of it."""
        return self.status in UNFINISHED


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the running addition is: `done` of `total` of its user's items; None where no time can be told yet."""

    stage: Stage
    done: int
    total: int
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """Documents that are taken out of the Library, by title. `can_undo`: they are kept and can be put back whole.

    `reason` and `words` say why one "failed".
    """

    number: int
    titles: tuple[str, ...]
    doc_ids: tuple[str, ...]
    fate: Fate = "removing"
    can_undo: bool = False
    reason: Reason | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What one user sees. `others`: another user's papers are being added."""

    items: tuple[Item, ...] = ()
    progress: Progress | None = None
    removals: tuple[Removal, ...] = ()
    others: bool = False

    @property
    def is_busy(self) -> bool:
        """Whether something of the user's is still to be done, so that it is worth looking again."""
        return self.progress is not None or any(one.fate in ("removing", "restoring") for one in self.removals)
