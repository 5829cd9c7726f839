"""Markdown text in, what its front matter says of it out, and where its body begins. Divides no text into sections."""

import re
import tomllib
from typing import Any

import yaml

from index.errors import InputError

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)  # as Hugo has it
MOST_VALUES = 10_000  # of a front matter
KEPT, AS_IS = "surveyqa", "as is"  # "surveyqa: as is": what looks like raw HTML in this text is text


def front_matter(text: str, source: str) -> tuple[dict[str, Any], int]:
    """Return a text's front matter, all values strings or lists and mappings of them, and where its body begins.

    It is YAML between lines of "---" or TOML between lines of "+++". Raises InputError, with the source's name and the
    line, for front matter that is no mapping in it.
    """
    if toml := _TOML.match(text):
        try:
            return _as_strings(tomllib.loads(toml[1])), toml.end()
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            at = re.search(r"line (\d+)", str(error))
            line = int(at[1]) + 1 if at else 2
            raise InputError(
                f"{source}:{line}: the front matter is not TOML; mend it or remove the '+++' block"
            ) from error
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, 0
    try:
        meta = yaml.load(found[1], Loader=yaml.BaseLoader)  # all strings: 2407.10670 is no number, 2024-13-01 no date
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise InputError(f"{source}:{line}: the front matter is not YAML; mend it or remove the '---' block") from error
    if meta and not isinstance(meta, dict):
        raise InputError(f"{source}:2: the front matter is not a list of 'key: value' lines; mend or remove it")
    if (stands_for := _values(meta, {})) > MOST_VALUES:
        raise InputError(
            f"{source}:2: the front matter stands for {stands_for:,} values by its aliases (*name); at most "
            f"{MOST_VALUES:,} are read: write out what is meant"
        )
    return meta or {}, found.end()


def _values(value: Any, known: dict[int, int]) -> int:
    """Return how many values one holds, as often as aliases repeat it; one that holds itself counts once."""
    if id(value) not in known and isinstance(value, dict | list):
        known[id(value)] = 1
        held = [*value, *value.values()] if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_values(one, known) for one in held)
    return known.get(id(value), 1)


def _as_strings(value: Any) -> Any:
    """Return a TOML value with strings in the place of its numbers, dates and truth values."""
    if isinstance(value, dict):
        return {key: _as_strings(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_strings(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
