"""The map: a place that is asked by its script and waits for each reply, so that no late one is taken for another's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from qa.web.map.replies import ASKED, Replies, read
from qa.web.place import place
from qa.web.site import Site

FOLDER = Path(__file__).parent
PARTS = ("squares", "picture", "pieces", "page", "card", "find")  # scripts that stand before the place's own


def build(site: Site) -> gr.HTML:
    """Add the map; it takes no events and shows itself when it is looked at."""
    replies = Replies(site.assistant)
    return place("map", FOLDER, parts=PARTS, server_functions=[_served(name, getattr(replies, name)) for name in ASKED])


def _served(name: str, reply: Callable[..., Any]) -> Callable[[Any], Any]:
    """Return a function as Gradio serves it: one argument, and attributes that can be set, as a method's cannot."""

    def served(asked: Any) -> Any:
        return reply(*read(asked))

    served.__name__ = name
    return served
