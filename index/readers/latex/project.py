"""The files of a LaTeX project in, its main file and the text of any other out. Reads no TeX beyond that.

Names are relative POSIX paths. As TeX does, a name without a suffix stands for one with `.tex`, and is looked for from
the main file's folder, then from the folder of the file that names it.
"""

import codecs
import json
import posixpath
import re
from collections.abc import Iterable, Mapping

from index.decode import reads_as_korean
from index.errors import InputError

_SOURCES = (".tex", ".ltx", ".latex")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
_BEGIN = re.compile(r"\\begin\s*\{document\}")
_CLASS = re.compile(r"\\document(?:class|style)\s*(?:\[[^\]]*\])?\s*\{\s*([^}]*?)\s*\}")
_INPUT = re.compile(r"\\(?:input|include|subfile)\s*\{?\s*([^\s{}\\]+)")
_ENCODING = re.compile(r"\\usepackage\s*\[([^\]]*)\]\s*\{(?:inputenc|kotex|hangul|dhucs)\}")
_ENCODINGS = {
    "latin1": "cp1252",
    "ansinew": "cp1252",
    "cp1252": "cp1252",
    "latin9": "iso8859-15",
    "latin2": "iso8859-2",
}
_KOREAN = frozenset(("cp949", "euc-kr", "euckr", "uhc", "euc"))
_USUAL = ("main", "paper", "ms", "root", "article", "manuscript", "thesis", "arxiv")
_MUCH = 4  # of two files that may be the main one, the larger is it when it is so many times as large
_BESIDE = re.compile(r"suppl|append|response|rebuttal|cover|letter|template|example|sample|poster|slides|review", re.I)


class Project:
    """The files of one project and which of them is the main one.

    Raises InputError, with the project's name, when no file or more than one may be the main one.
    """

    def __init__(self, files: Mapping[str, bytes], name: str) -> None:
        self.name = name
        self._files = {posixpath.normpath(path.replace("\\", "/")): data for path, data in files.items()}
        self._folded = {path.casefold(): path for path in sorted(self._files)}
        self._encoding: str | None = None
        self.main = self._main()
        self._encoding = self._declared(self.text(self.main))

    def text(self, path: str) -> str:
        """Return a file's text with line feeds. Raises InputError for a binary file."""
        data = self._files[path]
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16", errors="replace")
        else:
            text = _decode(data, self._encoding)
        if "\x00" in text:
            raise InputError(f"{self.name}: {path} is binary; expected LaTeX source; give the project's own files")
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    def find(self, wanted: str, beside: str = "", suffixes: Iterable[str] = ("", *_SOURCES)) -> str | None:
        """Return the path of the file that `wanted` means in the file `beside`, or None where there is none."""
        wanted = wanted.strip().strip('"').replace("\\", "/")
        for folder in (posixpath.dirname(self.main), posixpath.dirname(beside), ""):
            for suffix in suffixes:
                path = posixpath.normpath(posixpath.join(folder, wanted + suffix))
                if path in self._files:
                    return path
                if path.casefold() in self._folded:
                    return self._folded[path.casefold()]
        return None

    def printed_references(self) -> str | None:
        """Return the .bbl that BibTeX wrote for the main file, or the project's only one."""
        paths = self.with_suffix(".bbl")
        own = [path for path in paths if path == posixpath.splitext(self.main)[0] + ".bbl"] or paths
        return own[0] if len(own) == 1 and "\\begin{thebibliography}" in self.text(own[0]) else None

    def with_suffix(self, suffix: str) -> list[str]:
        """Return the paths that end so, in order."""
        return sorted(path for path in self._files if path.lower().endswith(suffix))

    def _main(self) -> str:
        sources = [path for path in sorted(self._files) if path.lower().endswith(_SOURCES)]
        if not sources and len(self._files) == 1:
            sources = list(self._files)
        if (named := self._named(sources)) is not None:
            return named
        self.main = ""
        texts = {path: _COMMENT.sub(r"\1", self.text(path)) for path in sources}
        inputs = {path: {self.find(name, path) for name in _INPUT.findall(text)} for path, text in texts.items()}
        reach = {path: _reached(path, inputs) for path in sources}
        found = [path for path in sources if any(_BEGIN.search(texts[at]) for at in reach[path])]
        whole = [path for path in found if _CLASS.search(texts[path]) and not _is_part(texts[path])] or found
        if not whole:
            raise InputError(
                f"{self.name}: no file holds \\begin{{document}}; expected a LaTeX project with its main file; "
                "add the file that is compiled"
            )
        whole = [path for path in whole if not any(path in reach[at] for at in whole if at != path)] or whole
        return self._chosen(whole, {path: sum(len(texts[at]) for at in reach[path]) for path in whole})

    def _named(self, sources: list[str]) -> str | None:
        """Return the main file that arXiv's 00README names."""
        for path in sorted(self._files):
            if not posixpath.basename(path).lower().startswith("00readme"):
                continue
            text = _decode(self._files[path], None)
            words = [match[1] for match in re.finditer(r"^\s*(\S+)\s+toplevelfile\s*$", text, re.MULTILINE)]
            if path.lower().endswith(".json"):
                words += _top_level(text)
            words += re.findall(r"filename:\s*[\"']?([^\s\"']+)[\"']?\s*\n\s*usage:\s*[\"']?toplevel", text)
            for word in words:
                at = posixpath.normpath(posixpath.join(posixpath.dirname(path), word))
                if at in sources:
                    return at
        return None

    def _chosen(self, candidates: list[str], chars: Mapping[str, int]) -> str:
        top = min(path.count("/") for path in candidates)
        for keep in (
            lambda path: not _BESIDE.search(posixpath.basename(path)),
            lambda path: posixpath.splitext(path)[0] + ".bbl" in self._files,
            lambda path: path.count("/") == top,
        ):
            candidates = [path for path in candidates if keep(path)] or candidates
        for stem in _USUAL:
            for path in candidates:
                if posixpath.splitext(posixpath.basename(path))[0].lower() == stem:
                    return path
        first, *others = sorted(candidates, key=lambda path: -chars[path])
        if others and chars[first] < _MUCH * chars[others[0]]:
            raise InputError(
                f"{self.name}: {len(candidates)} files may be the main one ({', '.join(candidates[:5])}); "
                "expected one; name it main.tex or remove the others"
            )
        return first

    def _declared(self, text: str) -> str | None:
        for found in _ENCODING.finditer(_COMMENT.sub(r"\1", text)):
            for option in found[1].split(","):
                if option.strip().lower() in _KOREAN:
                    return "cp949"
                if option.strip().lower() in _ENCODINGS:
                    return _ENCODINGS[option.strip().lower()]
        return None


def _reached(path: str, inputs: Mapping[str, set[str | None]]) -> set[str]:
    """Return a file and those that it inputs, and so on."""
    reached = {path}
    waiting = [path]
    while waiting:
        for name in inputs.get(waiting.pop(), set()):
            if name is not None and name in inputs and name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached


def _is_part(text: str) -> bool:
    found = _CLASS.search(text)
    return found is not None and found[1] in ("subfiles", "standalone", "beamer", "letter")


def _top_level(text: str) -> list[str]:
    try:
        sources = json.loads(text).get("sources", [])
        return [source["filename"] for source in sources if source.get("usage") == "toplevel"]
    except (ValueError, AttributeError, TypeError, KeyError):  # not the JSON that arXiv writes
        return []


def _decode(data: bytes, declared: str | None) -> str:
    for encoding in ("utf-8-sig", declared, "cp949"):
        if encoding is None:
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == declared or encoding == "utf-8-sig" or reads_as_korean(text):
            return text
    return data.decode("cp1252", errors="replace")
