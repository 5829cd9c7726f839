"""Arguments in, what they stand for out. Reads the question file and standard input; prints nothing."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from index.errors import InputError


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
