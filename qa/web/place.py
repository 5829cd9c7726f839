"""A place of the page: an empty element, the script that fills it, and what its events have in common."""

from pathlib import Path
from typing import Any

import gradio as gr

from qa.web import catalogue

FOLDER = Path(__file__).parent
SHARED_SCRIPT = FOLDER / "frame" / "dom.js"


def place(name: str, folder: str | Path, value: Any = None, **props: Any) -> gr.HTML:
    """Return an empty part of the page that `folder`/`name`.js fills from `value`, in the language chosen there.

    `props` reach the script as they are. Its words are those that the catalogue has for the place.
    """
    script = Path(folder) / f"{name}.js"
    return gr.HTML(
        value=value,
        html_template=f'<div class="{name}-root"></div>',
        js_on_load=SHARED_SCRIPT.read_text(encoding="utf-8") + script.read_text(encoding="utf-8"),
        apply_default_css=False,
        elem_id=name,
        elem_classes=["surveyqa"],
        texts=catalogue.as_props(name),
        **props,
    )


def quiet(**options: Any) -> dict[str, Any]:
    """Return the options of an event that belongs to the page alone and shows no progress of Gradio's."""
    return {"show_progress": "hidden", "api_visibility": "private", **options}
