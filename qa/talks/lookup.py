"""Words of titles and turns in, the conversations that hold a term out. Works inside its caller's transaction.

By SQLite's FTS5 where that is built in; else every text is gone through, which takes some hundred times as long.
"""

import sqlite3

from qa.talks.search import match, pieces

NUMBER_BITS = 20  # a turn's row is its talk's row, shifted by so many bits, and its number; number 0 is the title


class Lookup:
    """The index `found`, over one connection."""

    def __init__(self, db: sqlite3.Connection, *, has_index: bool) -> None:
        self._db = db
        self._has_index = has_index

    def put(self, row: int, words: str) -> None:
        """Make a row found by folded words; one without any is not put."""
        if words and self._has_index:
            self._db.execute("INSERT INTO found(rowid, words) VALUES (?, ?)", (row, pieces(words)))

    def drop(self, row: int, words: str) -> None:
        """Make a row not found any more by the words that it was put with; by others the index would be damaged."""
        if words and self._has_index:
            self._db.execute("INSERT INTO found(found, rowid, words) VALUES ('delete', ?, ?)", (row, pieces(words)))

    def holding(self, term: str) -> set[int]:
        """Return the talks whose title or turns hold a folded term."""
        if self._has_index:
            found, what = f"SELECT DISTINCT rowid >> {NUMBER_BITS} FROM found WHERE found MATCH ?", match(term)
        else:
            titles, turns = "SELECT talk, words FROM talks", f"SELECT turn >> {NUMBER_BITS}, words FROM turns"
            found, what = f"SELECT DISTINCT talk FROM ({titles} UNION ALL {turns}) WHERE instr(words, ?)", term
        return {talk for (talk,) in self._db.execute(found, (what,))}
