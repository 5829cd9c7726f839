"""The conversations of users: turns added, listed, searched, judged, removed and brought back. Asks nothing.

What belongs to one user is never given to another: another's conversation is answered as one that does not exist.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from index.errors import InputError
from qa.talks.database import Database
from qa.talks.record import TurnRecord
from qa.talks.rows import KeptTurn, Rows, TalkCard
from qa.talks.search import folded, terms_of

KEPT_TURNS = 200  # of one conversation; the oldest goes when another comes
KEPT_DAYS = 30  # after a conversation was removed
NOTE_CHARS = 2_000

_EVER = "~"  # after every moment
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a user thinks of an answer, and when that was said."""

    user: str
    talk_id: str
    turn: KeptTurn
    at: str


class Talks:
    """The conversations kept in a Library's folder. Close it, or use it as a context manager.

    For any number of threads and processes at once. Each call is one transaction, on disk when it returns; each raises
    LibraryError where the file cannot be read or written. `user` is "" where there is only one; `talk_id` are the 32
    hexadecimal digits of a random UUID that the caller made.
    """

    def __init__(self, folder: Path) -> None:
        """Open what is kept in a folder, and forget for good, as `remove` does, what was removed KEPT_DAYS ago.

        Raises LibraryError for a file that is damaged, newer, or cannot be written.
        """
        self._file = Database(folder)
        try:
            with self._writing() as rows:
                rows.decode_users()
                rows.drop_removed(_long_ago())
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, user: str, talk_id: str, record: TurnRecord) -> int | None:
        """Add a turn to a conversation, which the first one makes and names; return the turn's number.

        None, and nothing is kept, for what is no id, for another user's, and for a conversation that was removed.
        """
        if not _ID.fullmatch(talk_id):
            return None
        at = record.at or _now()
        with self._writing() as rows:
            talk = rows.make(user, talk_id, at)
            return None if talk is None else rows.append(talk, record, at, most=KEPT_TURNS)

    def turns(self, user: str, talk_id: str) -> tuple[KeptTurn, ...] | None:
        """Return a conversation's turns in order; None where this user has no such conversation."""
        with self._reading() as rows:
            talk = rows.owned(user, talk_id)
            return None if talk is None else tuple(rows.turns(talk))

    def card(self, user: str, talk_id: str) -> TalkCard | None:
        """Return what a list shows of a conversation; None where this user has no such conversation."""
        with self._reading() as rows:
            talk = rows.owned(user, talk_id)
            return None if talk is None else rows.card(talk)

    def cards(self, user: str, search: str = "", *, limit: int | None = None) -> list[TalkCard]:
        """Return a user's conversations, the one changed last first, at most `limit`.

        With `search` only those that hold each of its words, anywhere in title, questions and answers, in capitals or
        not; a part of a word is enough.
        """
        terms = terms_of(search)
        with self._reading() as rows:
            if terms:
                return rows.cards_with(user, terms, limit)
            return [] if search.strip() and not folded(search) else rows.cards(user, limit)

    def rename(self, user: str, talk_id: str, title: str) -> bool:
        """Give a conversation another title, cut where it is too long; return whether this user has it.

        Raises InputError for an empty title.
        """
        if not title.strip():
            raise InputError(
                "the title is empty; give one of at least one character",
                "대화의 이름이 비어 있습니다. 한 글자 이상 적으세요.",
            )
        with self._writing() as rows:
            talk = rows.owned(user, talk_id)
            if talk is not None:
                rows.set_title(talk, title)
            return talk is not None

    def remove(self, user: str, talk_id: str) -> bool:
        """Remove a conversation, which `undo` brings back for KEPT_DAYS; return whether this user had it."""
        with self._writing() as rows:
            rows.drop_removed(_long_ago())
            return rows.set_removed(user, talk_id, _now())

    def undo(self, user: str, talk_id: str) -> bool:
        """Bring a removed conversation back as it was; return whether this user had removed it."""
        with self._writing() as rows:
            return rows.set_removed(user, talk_id, None)

    def forget(self, user: str) -> None:
        """Forget at once and for good what a user has removed; the file has no trace of it then."""
        with self._writing() as rows:
            rows.drop_removed(_EVER, user)
        self._file.vacuum()

    def judge(self, user: str, talk_id: str, number: int, thumb: int, note: str | None = None) -> bool:
        """Keep what a user thinks of a turn; return whether this user has it. A `note` of None leaves the one there.

        Raises InputError for a thumb other than 1, -1 and 0, and for a note longer than NOTE_CHARS.
        """
        if thumb not in (1, -1, 0):
            raise InputError(
                f"the thumb is {thumb}; give 1, -1, or 0 for none",
                f"평가가 {thumb}입니다. 1이나 -1을 주고, 없으면 0을 주세요.",
            )
        if note is not None and len(note) > NOTE_CHARS:
            raise InputError(
                f"the note has {len(note):,} characters, at most {NOTE_CHARS:,} are kept; shorten it",
                f"의견이 {len(note):,}자입니다. {NOTE_CHARS:,}자까지 저장하므로, 줄여서 다시 보내세요.",
            )
        with self._writing() as rows:
            talk = rows.owned(user, talk_id)
            return talk is not None and rows.judge(talk, number, thumb, note, _now())

    def feedback(self) -> list[Feedback]:
        """Return what all users think of answers in the conversations that they have, in the order of saying so."""
        with self._reading() as rows:
            return [Feedback(*found) for found in rows.judged()]

    @contextmanager
    def _reading(self) -> Iterator[Rows]:
        with self._file.reading() as db:
            yield Rows(db, has_index=self._file.has_index)

    @contextmanager
    def _writing(self) -> Iterator[Rows]:
        with self._file.writing() as db:
            yield Rows(db, has_index=self._file.has_index)


def _now() -> str:
    return _written(datetime.now(UTC))


def _long_ago() -> str:
    return _written(datetime.now(UTC) - timedelta(days=KEPT_DAYS))


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
