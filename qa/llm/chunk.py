"""One JSON object of an answer's stream in, the words in it out. Reads no network."""

import json
from dataclasses import dataclass
from typing import Any

from index.errors import EndpointError


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an answer: what it says, what the model only thought, and why it ends ("" while it goes on)."""

    text: str = ""
    thought: str = ""
    finish: str = ""


def read_chunk(data: str) -> Chunk:
    """Return what one event of a stream says, or a whole answer where a server does not stream.

    Chunks without choices (of usage) say nothing. Raises ValueError for what is no JSON object, EndpointError with the
    server's own words where the object is an error.
    """
    try:
        said = json.loads(data)
    except RecursionError as error:
        raise ValueError("too deep a nesting") from error
    if not isinstance(said, dict):
        raise ValueError(f"{data[:40]!r} is no JSON object")
    if said.get("error"):
        raise EndpointError(words_of(said))
    choices = said.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        return Chunk()
    delta = choice.get("delta") or choice.get("message")
    delta = delta if isinstance(delta, dict) else {}
    finish = choice.get("finish_reason")
    thoughts = (delta.get(name) for name in ("reasoning_content", "reasoning", "thinking"))
    return Chunk(
        _text(delta.get("content")),
        next((text for text in map(_text, thoughts) if text), ""),
        finish if isinstance(finish, str) else "",
    )


def words_of(said: object) -> str:
    """Return a server's error in its own words, on one line; "" where it says none."""
    if not isinstance(said, dict):
        return " ".join(said.split()) if isinstance(said, str) else ""
    for name in ("error", "message", "detail"):
        found = said.get(name)
        if isinstance(found, dict):
            found = found.get("message") or found.get("code")
        if isinstance(found, list) and found and isinstance(found[0], dict):  # FastAPI's own refusals
            found = found[0].get("msg")
        if isinstance(found, str) and found.strip():
            return " ".join(found.split())
    return ""


def _text(content: Any) -> str:
    """Return the text of a content: a string, or a list of parts of which only those of text are an answer."""
    if isinstance(content, str):
        return content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # half an emoji cannot be shown
    if not isinstance(content, list):
        return ""
    parts = (part.get("text") for part in content if isinstance(part, dict) and part.get("type", "text") == "text")
    return "".join(part for part in parts if isinstance(part, str))
