"""What all places of the interface share. Shows nothing."""

from dataclasses import dataclass

from qa.ask import Assistant


@dataclass(frozen=True, slots=True)
class Site:
    """The open Library, and what else the places work on."""

    assistant: Assistant
