"""Markdown text in, what its front matter says of it out, and where its body begins. Divides no text into sections."""

import re
from typing import Any

import yaml

from index.errors import InputError

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
KEPT, AS_IS = "surveyqa", "as is"  # "surveyqa: as is": what looks like raw HTML in this text is text


def front_matter(text: str, source: str) -> tuple[dict[str, Any], int]:
    """Return a text's YAML front matter, all values strings or lists and mappings of them, and where its body begins.

    Raises InputError, with the source's name and the line, for front matter that is not a YAML mapping.
    """
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
    return meta or {}, found.end()
