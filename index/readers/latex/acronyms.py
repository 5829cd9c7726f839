r"""Definitions and uses of acronyms (glossaries, acronym, acro) in, their words out. Remembers which were used."""

import re

from index.readers.latex.cursor import Cursor

_FIRST = frozenset("gls Gls glspl Glspl ac Ac acp Acp".split())
_SHORT = frozenset("acrshort acs Acs acsp glsxtrshort acrshortpl".split())
_LONG = frozenset("acrlong acl Acl aclp glsxtrlong Acrlong acrlongpl".split())
_FULL = frozenset("acrfull acf Acf acfp glsxtrfull".split())
_PLURAL = frozenset("glspl Glspl acp Acp acsp aclp acfp acrshortpl acrlongpl".split())
DEFINING = frozenset("newacronym acrodef acro newabbreviation DeclareAcronym".split())
USING = _FIRST | _SHORT | _LONG | _FULL
_OPTION = re.compile(r"\b(short|long)\s*=\s*(?:\{([^{}]*)\}|([^,]*))")


class Acronyms:
    """The acronyms of one paper."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, str]] = {}  # key: short form, long form
        self._used: set[str] = set()

    def define(self, command: str, cursor: Cursor) -> None:
        """Record a definition."""
        if command in ("newacronym", "newabbreviation"):
            cursor.optional()
            key, short, long = cursor.word(), cursor.word(), cursor.word()
        elif command == "DeclareAcronym":
            key = cursor.word()
            given = {match[1]: (match[2] or match[3] or "").strip() for match in _OPTION.finditer(cursor.word())}
            short, long = given.get("short", key), given.get("long", key)
        else:
            key = cursor.word()
            given_short = cursor.optional()
            short = "".join(node for node in given_short if isinstance(node, str)) if given_short else key
            long = cursor.word()
        self._known[key] = (short, long)

    def use(self, command: str, key: str) -> str:
        """Return what a use of an acronym says: on first use its long form with the short one."""
        name = command.rstrip("*")
        short, long = self._known.get(key, (key, ""))
        plural = "s" if name in _PLURAL else ""
        first = name in _FIRST and key not in self._used
        self._used.add(key)
        if not long or name in _SHORT or (name in _FIRST and not first):
            words = f"{short}{plural}"
        elif name in _LONG:
            words = f"{long}{plural}"
        else:
            words = f"{long}{plural} ({short}{plural})"
        return words[:1].upper() + words[1:] if name[0].isupper() else words
