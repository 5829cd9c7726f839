"""Kept conversations in, what their list shows out: plain data that becomes JSON. No HTML, no words of its own."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from qa.said import Said
from qa.talks.export import Documents, Form, exported
from qa.talks.rows import KeptTurn, TalkCard

PAGE = 50  # conversations that are shown at first, and more each time
MAX_SHOWN = 5_000
_FILE_CHARS = 60
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_KINDS = {"markdown": ("md", "text/markdown;charset=utf-8"), "json": ("json", "application/json;charset=utf-8")}


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that the page makes of `text`, `kind` being its media type."""

    name: str
    kind: str
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class ListView:
    """The first conversations for a search, and whether there are more.

    `file` is one to be saved, `trouble` what failed, None for nothing.
    """

    search: str
    cards: tuple[TalkCard, ...] = ()
    more: bool = False
    file: FileView | None = None
    trouble: Said | None = None


def payload(view: ListView) -> dict[str, Any]:
    """Return a view as JSON-able data."""
    return asdict(view)


def list_view(cards: Sequence[TalkCard], search: str, shown: int) -> ListView:
    """Return the view of a list of which one conversation more than `shown` is given, where there is one."""
    return ListView(search, tuple(cards[:shown]), len(cards) > shown)


def file_view(card: TalkCard, turns: Sequence[KeptTurn], form: Form, document: Documents) -> FileView:
    """Return a conversation as a file, named by its title."""
    suffix, kind = _KINDS[form]
    name = " ".join(_FORBIDDEN.sub(" ", card.title).split())[:_FILE_CHARS].strip(" .")
    return FileView(
        f"{name or card.talk_id}.{suffix}", kind, "".join(exported(form, [(card, turns)], document)), card.title
    )
