"""What all places of the interface share. Shows nothing."""

from dataclasses import dataclass
from pathlib import Path

from qa.adding.queue import Adding
from qa.ask import Assistant
from qa.talks.talks import Talks


@dataclass(frozen=True, slots=True)
class Site:
    """The open Library, and what else the places work on.

    `adding` is None where papers are neither added nor removed: on a server that others reach, unless it is wanted.
    `talks` is None where conversations are not kept. `preferences` is the file of the user's choices, None on a server
    of several users, who do not change them.
    """

    assistant: Assistant
    adding: Adding | None = None
    talks: Talks | None = None
    preferences: Path | None = None
