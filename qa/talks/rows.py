"""Rows of talks and turns read and written, and the index with them. Works inside its caller's transaction.

A talk is named by its row's number here; only `owned` says whose it is.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from qa.talks.lookup import NUMBER_BITS, Lookup
from qa.talks.record import TurnRecord, of_fields, to_fields
from qa.talks.search import excerpt, folded

TITLE_CHARS = 120

_CARD = "SELECT talk_id, title, count, created_at, changed_at FROM talks"
_THERE = "user = ? AND removed_at IS NULL"
_NEWEST_FIRST = "ORDER BY changed_at DESC, talk DESC"


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn as it is kept. `number` names it in its conversation for good, from 1; earlier ones may be gone.

    `thumb` is what the user thinks of the answer: 1, -1, or 0 for nothing said; `note` says why.
    """

    number: int
    record: TurnRecord
    thumb: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class TalkCard:
    """What a list of conversations shows; moments are in UTC ("2024-06-14T09:30:00.000Z").

    `found` is where a turn has what was searched for: what stands before it, itself, what stands after it; None where
    only the title has it.
    """

    talk_id: str
    title: str
    count: int
    created_at: str
    changed_at: str
    found: tuple[str, str, str] | None = None


class Rows:
    """The tables, over one connection."""

    def __init__(self, db: sqlite3.Connection, *, has_index: bool) -> None:
        self._db = db
        self._lookup = Lookup(db, has_index=has_index)

    def decode_users(self) -> None:
        """Write out the users' names, which an earlier version kept percent-encoded; no name has a "%" of its own."""
        for (user,) in self._db.execute("SELECT DISTINCT user FROM talks WHERE instr(user, '%')").fetchall():
            self._db.execute("UPDATE talks SET user = ? WHERE user = ?", (unquote(user), user))

    def owned(self, user: str, talk_id: str) -> int | None:
        """Return the talk of an id if it is this user's and not removed."""
        row = self._db.execute(f"SELECT talk FROM talks WHERE {_THERE} AND talk_id = ?", (user, talk_id)).fetchone()
        return row[0] if row else None

    def make(self, user: str, talk_id: str, at: str) -> int | None:
        """Return the talk of an id, made if there is none; None for another user's and a removed one."""
        columns = "user, talk_id, title, words, created_at, changed_at"
        made = f"INSERT OR IGNORE INTO talks({columns}) VALUES (?, ?, '', '', ?, ?)"
        self._db.execute(made, (user, talk_id, at, at))
        return self.owned(user, talk_id)

    def append(self, talk: int, record: TurnRecord, at: str, *, most: int) -> int:
        """Add a turn, forget the oldest beyond `most`; return the turn's number."""
        (title, number) = self._db.execute("SELECT title, given + 1 FROM talks WHERE talk = ?", (talk,)).fetchone()
        if not title:  # an earlier question may have been empty
            self.set_title(talk, record.asked)
        row, words = _row(talk, number), folded(" ".join(_texts(record)))
        stored = json.dumps(to_fields(record), ensure_ascii=False)
        self._db.execute("INSERT INTO turns(turn, record, words) VALUES (?, ?, ?)", (row, stored, words))
        self._lookup.put(row, words)
        self._drop_turns(talk, up_to=number - most)
        changed = "given = ?, count = ?, changed_at = max(changed_at, ?)"
        self._db.execute(f"UPDATE talks SET {changed} WHERE talk = ?", (number, min(number, most), at, talk))
        return int(number)

    def turns(self, talk: int) -> Iterator[KeptTurn]:
        """Yield a talk's turns in order."""
        stored = "SELECT turn, record, thumb, note FROM turns WHERE turn > ? AND turn < ? ORDER BY turn"
        for row in self._db.execute(stored, (_row(talk, 0), _row(talk + 1, 0))):
            yield _kept(*row)

    def judge(self, talk: int, number: int, thumb: int, note: str | None, at: str) -> bool:
        """Set what is thought of a turn, leaving its note for None; return whether there is such a turn."""
        if not 0 < number < 1 << NUMBER_BITS:
            return False
        judged = "UPDATE turns SET thumb = ?, note = coalesce(?, note), judged_at = ? WHERE turn = ?"
        return self._db.execute(judged, (thumb, note, at, _row(talk, number))).rowcount > 0

    def judged(self) -> Iterator[tuple[str, str, KeptTurn, str]]:
        """Yield what was said of turns, first to last: user, talk id, turn, moment. Not of removed talks."""
        columns = "user, talk_id, judged_at, turn, record, thumb, note"
        said = f"SELECT {columns} FROM turns JOIN talks ON talk = turn >> {NUMBER_BITS}"
        where = "(thumb != 0 OR note != '') AND removed_at IS NULL ORDER BY judged_at, turn"
        for user, talk_id, at, *turn in self._db.execute(f"{said} WHERE {where}"):
            yield user, talk_id, _kept(*turn), at

    def set_title(self, talk: int, title: str) -> None:
        """Give a talk another title, in one line and cut at TITLE_CHARS."""
        title = " ".join(title.split())
        title = title if len(title) <= TITLE_CHARS else f"{title[: TITLE_CHARS - 1]}…"
        (before,) = self._db.execute("SELECT words FROM talks WHERE talk = ?", (talk,)).fetchone()
        words = folded(title)
        self._lookup.drop(_row(talk, 0), before)
        self._lookup.put(_row(talk, 0), words)
        self._db.execute("UPDATE talks SET title = ?, words = ? WHERE talk = ?", (title, words, talk))

    def set_removed(self, user: str, talk_id: str, at: str | None) -> bool:
        """Remove a user's talk at a moment, or bring it back for None; return whether that was to be done."""
        was = "IS NOT NULL" if at is None else "IS NULL"
        changed = f"UPDATE talks SET removed_at = ? WHERE user = ? AND talk_id = ? AND removed_at {was}"
        return self._db.execute(changed, (at, user, talk_id)).rowcount > 0

    def drop_removed(self, until: str, user: str | None = None) -> None:
        """Forget for good what was removed before a moment, by one user or by all."""
        removed = "SELECT talk FROM talks WHERE removed_at < ? AND user = coalesce(?, user)"
        for (talk,) in self._db.execute(removed, (until, user)).fetchall():
            self._drop(talk)

    def _drop(self, talk: int) -> None:
        (words,) = self._db.execute("SELECT words FROM talks WHERE talk = ?", (talk,)).fetchone()
        self._lookup.drop(_row(talk, 0), words)
        self._drop_turns(talk, up_to=(1 << NUMBER_BITS) - 1)
        self._db.execute("DELETE FROM talks WHERE talk = ?", (talk,))

    def card(self, talk: int) -> TalkCard:
        """Return what a list shows of a talk."""
        card = self._db.execute(f"{_CARD} WHERE talk = ?", (talk,)).fetchone()
        return TalkCard(*card)

    def cards(self, user: str, limit: int | None) -> list[TalkCard]:
        """Return a user's talks, newest first."""
        listed = f"{_CARD} WHERE {_THERE} {_NEWEST_FIRST} LIMIT ?"
        return [TalkCard(*card) for card in self._db.execute(listed, (user, -1 if limit is None else limit))]

    def cards_with(self, user: str, terms: Sequence[str], limit: int | None) -> list[TalkCard]:
        """Return those of a user's talks that hold all folded terms, newest first."""
        holding = set.intersection(*map(self._lookup.holding, terms))
        talks = self._db.execute(f"SELECT talk FROM talks WHERE {_THERE} {_NEWEST_FIRST}", (user,))
        found = [talk for (talk,) in talks if talk in holding]
        return [self._card_with(talk, terms) for talk in found[:limit]]

    def _card_with(self, talk: int, terms: Sequence[str]) -> TalkCard:
        holds = " OR ".join(["instr(words, ?)"] * len(terms))
        first = f"SELECT record FROM turns WHERE turn > ? AND turn < ? AND ({holds}) ORDER BY turn LIMIT 1"
        turn = self._db.execute(first, (_row(talk, 0), _row(talk + 1, 0), *terms)).fetchone()
        found = excerpt(_texts(_record(*turn)), terms) if turn else None
        return replace(self.card(talk), found=found)

    def _drop_turns(self, talk: int, up_to: int) -> None:
        bounds = (_row(talk, 0), _row(talk, max(0, up_to)))
        there = "turn > ? AND turn <= ?"
        for row, words in self._db.execute(f"SELECT turn, words FROM turns WHERE {there}", bounds).fetchall():
            self._lookup.drop(row, words)
        self._db.execute(f"DELETE FROM turns WHERE {there}", bounds)


def _row(talk: int, number: int) -> int:
    return talk << NUMBER_BITS | number


def _kept(row: int, record: str, thumb: int, note: str) -> KeptTurn:
    return KeptTurn(row & (1 << NUMBER_BITS) - 1, _record(record), thumb, note)


def _record(stored: str) -> TurnRecord:
    try:
        return of_fields(json.loads(stored))
    except (TypeError, ValueError) as error:
        raise sqlite3.DatabaseError(str(error)) from error


def _texts(record: TurnRecord) -> Iterator[str]:
    """Yield what a turn is found by."""
    yield record.asked
    if record.question != record.asked:
        yield record.question
    if record.answer:
        yield from (sentence.text for sentence in record.answer.sentences)
