"""A place of the page: an empty element, the script that fills it, and what its events have in common."""

from pathlib import Path
from typing import Any

import gradio as gr

from qa.web import catalogue

FOLDER = Path(__file__).parent


def script(place: str) -> str:
    """Return the script of a place, with what all places share before it."""
    return (FOLDER / "dom.js").read_text(encoding="utf-8") + (FOLDER / f"{place}.js").read_text(encoding="utf-8")


def place(name: str, value: Any = None, **props: Any) -> gr.HTML:
    """Return an empty part of the page that its script fills from `value`, in the language that is chosen there."""
    return gr.HTML(
        value=value,
        html_template=f'<div class="{name}-root"></div>',
        js_on_load=script(name),
        apply_default_css=False,
        elem_id=name,
        texts=catalogue.as_props(),
        **props,
    )


def quiet(**options: Any) -> dict[str, Any]:
    """Return the options of an event that belongs to the page alone and shows no progress of Gradio's."""
    return {"show_progress": "hidden", "api_visibility": "private", **options}
