"""The server's start: what Gradio is kept from while it is imported."""

import inspect
from typing import Any

import gradio as gr
import pytest
from gradio import component_meta

from qa.web.server import _no_stubs


def test_gradio_looks_for_no_source_of_its_components_to_write_stubs(monkeypatch: pytest.MonkeyPatch) -> None:
    class Read(Exception):
        """Gradio went on to the component's source."""

    def source(*_: Any) -> Any:
        raise Read

    monkeypatch.setattr(component_meta, "extract_class_source_code", source)
    with pytest.raises(Read):
        component_meta.create_or_modify_pyi(gr.Button, "Button", [])
    with _no_stubs():
        component_meta.create_or_modify_pyi(gr.Button, "Button", [])
        assert inspect.getfile(gr.Button).endswith("button.py")  # to all others it is known
    assert inspect.getfile(gr.Button).endswith("button.py")
    known = inspect.getfile
    with pytest.raises(ZeroDivisionError), _no_stubs():
        raise ZeroDivisionError
    assert inspect.getfile is known
