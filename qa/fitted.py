"""The name of a model in, the numbers that `bench/` fitted for it out: `fitted.json`, read once. Computes nothing."""

import json
from functools import cache
from importlib import resources
from typing import Any


def fitted(part: str) -> Any:
    """Return one part of what was fitted, as plain data that nobody may change."""
    return _all()[part]


@cache
def _all() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(resources.files("qa").joinpath("fitted.json").read_text(encoding="utf-8"))
    return stored
