"""The library's words for what became of a file in, the kind of reason out, so that it can be said in any language.

The words themselves are kept and shown beside. What is matched are parts of messages of `index`: tests take them from
what raises them, so that one that is reworded is noticed.
"""

import re
from typing import Literal

from index.errors import LibraryBusyError, LibraryError, SurveyQAError

Reason = Literal[
    "same",
    "stopped",
    "encrypted",
    "scanned",
    "illegible",
    "empty",
    "too_large",
    "too_long",
    "unread_kind",
    "damaged",
    "latex_part",
    "no_address",
    "no_paper",
    "offline",
    "site_busy",
    "site_refused",
    "private_address",
    "library_busy",
    "library_read_only",
    "library_damaged",
    "disk_full",
    "note",
    "other",
]

# The first that is found counts: "scanned" files have "no text" too, and "illegible" ones need OCR as they do.
_KINDS: tuple[tuple[str, Reason], ...] = (
    (r"the same text is in the Library", "same"),
    (r"stopped before it was read", "stopped"),
    (r"encrypted|has a password|with a password", "encrypted"),
    (r"which letters their signs are", "illegible"),
    (r"\bOCR\b", "scanned"),
    (r"file is empty|has no text|holds? no text|only running heads", "empty"),
    (
        r"bytes; (?:of text )?at most|takes [\d,]+ bytes|more than [\d,]+ (?:bytes|members|tags)|[\d,]+ pages;",
        "too_large",
    ),
    (r"reading took (?:longer|more)", "too_long"),
    (r"no file holds \\begin|may be the main one|is a fragment|part of a", "latex_part"),
    (r"you seem to be offline|cannot reach|is not secure|proxy", "offline"),
    (r"too much to do|asks to wait|try again in some minutes|has been fetching", "site_busy"),
    (r"private network", "private_address"),
    (r"arXiv knows no such paper|arXiv has no|catalogue refuses|HTTP 404", "no_paper"),
    (r"is no arXiv id|holds no arXiv id|is no web address|are fetched, so|user name or password", "no_address"),
    (r"refuses to give it|asks whether|answers HTTP|broke off|did not come whole|fails \(", "site_refused"),
    (r"is broken|is damaged|cut off|cut short|not well-formed|crashed|the reader failed|be damaged", "damaged"),
    (r"the file is (?:an?|no|binary)\b|neither UTF-8|is no archive|holds no HTML tag", "unread_kind"),
)
_FOUND = tuple((re.compile(pattern), kind) for pattern, kind in _KINDS)


def reason_of(words: str) -> Reason:
    """Return what a message about one file amounts to."""
    return next((kind for pattern, kind in _FOUND if pattern.search(words)), "other")


def reason_of_error(error: SurveyQAError) -> Reason:
    """Return what an error amounts to that ended an addition or a removal as a whole."""
    words = str(error)
    if isinstance(error, LibraryBusyError):
        return "library_busy"
    if not isinstance(error, LibraryError):
        return reason_of(words)
    if "free space" in words:
        return "disk_full" if re.search(r"No space|disk is full|quota", words, re.IGNORECASE) else "library_read_only"
    return "library_read_only" if "read-only" in words else "library_damaged"
