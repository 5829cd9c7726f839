"""Every error that SurveyQA raises on purpose. A message says what was seen, what was expected and what to do.

It is English. Many, above all those of what is done in the browser, say the same in Korean, too; why a file cannot be
used is told in English only.

SurveyQAError
├── InputError          a file, question or option that cannot be used
├── LibraryError        a Library folder that is not one, is newer, damaged or read-only
│   └── LibraryBusyError    another process is writing to it
├── ModelError          an embedder or reranker that is missing, or is not the one that an index was made with
└── EndpointError       a language model's server that cannot be reached, refuses, or answers what cannot be used
"""

from typing import Literal


class SurveyQAError(Exception):
    """Base of all errors raised on purpose; the message is meant for the user.

    `str()` of it is English, for shell, logs and programs; `korean` is the same in Korean, "" where there is none.
    """

    def __init__(self, message: str = "", korean: str = "") -> None:
        super().__init__(message)  # alone: pickling gives back these arguments, and then all attributes
        self.korean = korean

    def said(self, language: Literal["ko", "en"]) -> str:
        """Return the message in a language, in English where there is no other."""
        return (self.korean if language == "ko" else "") or str(self)


class InputError(SurveyQAError):
    """A file, question or option given by the user cannot be used."""


class LibraryError(SurveyQAError):
    """A Library folder cannot be read or written as it is."""


class LibraryBusyError(LibraryError):
    """Another process holds the Library's writer lock."""


class ModelError(SurveyQAError):
    """An embedder is missing, or does not match the stored index."""


class EndpointError(SurveyQAError):
    """A language model's server cannot be reached, refuses, or answers what cannot be used."""
