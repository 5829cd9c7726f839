"""Arguments in, what they stand for out. Reads files, standard input and the environment; prints nothing."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.errors import InputError
from qa.preferences import Preferences, preferences_file
from qa.settings import Settings, default_library


def questions(options: argparse.Namespace) -> Iterator[str]:
    """Yield the questions that the arguments give: one, or the lines of a file or of standard input.

    Raises InputError when there is none, or the file cannot be read.
    """
    if options.questions and options.question:
        raise InputError("both a question and --questions are given; give one of them")
    if not options.questions:
        if options.question is None:
            raise InputError("no question is given; write one in quotation marks, or use --questions FILE")
        yield _as_typed(options.question)
        return
    if options.questions == "-":
        data = sys.stdin.buffer.read()
    else:
        try:
            data = Path(options.questions).read_bytes()
        except OSError as error:
            raise InputError(f"{options.questions}: cannot be read ({error.strerror}); check the path") from error
    from index.decode import decode, normalise

    text = normalise(decode(data, name="standard input" if options.questions == "-" else options.questions))
    yield from text.removesuffix("\n").split("\n") if text else ()  # not splitlines: it also parts at form feeds


def _as_typed(argument: str) -> str:
    """Return an argument whose bytes did not fit the locale (Korean under LC_ALL=C) as the text that they are."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        from index.decode import decode

        return decode(os.fsencode(argument), name="the question")
    return argument


def chosen_file() -> Path:
    """Return the file of the user's choices, SURVEYQA_SETTINGS where that is set."""
    return Path(os.environ.get("SURVEYQA_SETTINGS") or preferences_file())


def settings_from(options: argparse.Namespace | None = None, *, seeds: bool = True) -> Settings:
    """Return the settings: arguments first, then the environment, then the user's choices, then what comes without.

    Raises InputError where the file of the choices is damaged, and for a language model's server without a model.
    """
    settings = Preferences.read(chosen_file()).over(Settings(library=default_library(), shipped_seeds=seeds))
    given: dict[str, Any] = {}
    for name in ("library", "cache", "embedder", "reranker", "llm", "llm_model"):
        value = getattr(options, name, None) or os.environ.get(f"SURVEYQA_{name.upper()}")
        if value:
            given[name] = Path(value) if name in ("library", "cache") else value
    if getattr(options, "no_originals", False):
        given["keep_originals"] = False
    settings = replace(settings, **given)
    if "llm" in given and not settings.llm_model:
        raise InputError(f"--llm is {settings.llm!r} and no model is named; give one of its models, --llm-model NAME")
    return settings


def llm_key() -> str | None:
    """Return the key for the language model's server, from SURVEYQA_LLM_KEY: the only place that it is taken from."""
    return os.environ.get("SURVEYQA_LLM_KEY") or None


def count(text: str) -> int:
    """Return a number from 1 to 1000. Raises ArgumentTypeError for anything else."""
    return number_from(1, 1000)(text)


def number_from(least: int, most: int = 1_000_000) -> Callable[[str], int]:
    """Return what reads a number between two others, both included, and raises ArgumentTypeError for anything else."""

    def read(text: str) -> int:
        value = int(text) if text.isascii() and text.isdigit() else least - 1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}")
        return value

    return read
