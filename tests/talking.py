"""What the tests of kept conversations run in processes of their own; it imports little, so that they start soon."""

from multiprocessing.connection import Connection
from pathlib import Path

from qa.talks.record import TurnRecord
from qa.talks.talks import Talks


def append_some(folder: Path, user: str, talk_id: str, count: int) -> None:
    """Append turns to one conversation."""
    with Talks(folder) as talks:
        for number in range(count):
            talks.append(user, talk_id, TurnRecord(f"{user} {number}", ""))


def append_and_tell(folder: Path, talk_id: str, told: Connection) -> None:
    """Append turns until killed, and tell the number of each when it is kept."""
    with Talks(folder) as talks:
        for number in range(10_000):
            talks.append("", talk_id, TurnRecord(f"question{number}", ""))
            told.send(number)
