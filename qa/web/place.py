"""A place of the page: an empty element, the script that fills it, and what its events have in common."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from qa.web import catalogue

FOLDER = Path(__file__).parent
SHARED_SCRIPT = FOLDER / "frame" / "dom.js"


def place(name: str, folder: str | Path, value: Any = None, parts: Sequence[str] = (), **props: Any) -> gr.HTML:
    """Return an empty part of the page that `folder`/`name`.js fills from `value`, in the language chosen there.

    `parts` name scripts of the folder that stand before its own. `props` reach the script as they are.
    Its words are those that the catalogue has for the place.
    """
    scripts = [SHARED_SCRIPT, *(Path(folder) / f"{part}.js" for part in (*parts, name))]
    return gr.HTML(
        value=value,
        html_template=f'<div class="{name}-root"></div>',
        js_on_load="".join(script.read_text(encoding="utf-8") for script in scripts),
        apply_default_css=False,
        elem_id=name,
        elem_classes=["surveyqa"],
        texts=catalogue.as_props(name),
        **props,
    )


def quiet(**options: Any) -> dict[str, Any]:
    """Return the options of an event that belongs to the page alone and shows no progress of Gradio's."""
    return {"show_progress": "hidden", "api_visibility": "private", **options}
