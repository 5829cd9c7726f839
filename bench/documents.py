"""A clone of a public repository in, the documents that `bench/questions/transfer/` asks about out, as Markdown.

`python -m bench.documents fastapi CLONE FOLDER` (github.com/fastapi/fastapi), or `progit` with
github.com/progit/progit2-ko. For measuring only: nothing of it is committed.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

MIN_CHARS = 1_500


def main() -> int:
    """Write the documents and say how many."""
    parser = argparse.ArgumentParser(prog="python -m bench.documents", description=__doc__)
    parser.add_argument("name", choices=sorted(CORPORA))
    parser.add_argument("clone", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    documents = list(CORPORA[options.name](options.clone))
    for name, text in documents:
        (options.folder / f"{name}.md").write_text(text, encoding="utf-8")
    sys.stderr.write(f"{len(documents)} documents in {options.folder}\n")
    return 0 if documents else 1


def fastapi(clone: Path) -> Iterator[tuple[str, str]]:
    """Yield the English pages that exist in Korean too, without includes and the marks of admonitions."""
    root = clone / "docs" / "en" / "docs"
    for path in sorted(root.rglob("*.md")):
        name = path.relative_to(root)
        if not (clone / "docs" / "ko" / "docs" / name).is_file() or "release-notes" in path.name:
            continue
        text = re.sub(r"\{\*.*?\*\}", "", path.read_text(encoding="utf-8"))
        text = re.sub(r"^///.*$", "", text, flags=re.MULTILINE)
        if len(text) >= MIN_CHARS:
            yield "__".join(name.with_suffix("").parts), text


def progit(clone: Path) -> Iterator[tuple[str, str]]:
    """Yield the sections of the Korean book, AsciiDoc headings as Markdown's, the English originals left out."""
    for path in sorted((clone / "book").glob("*/sections/*.asc")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"^/{20,}\n.*?^/{20,}$", "", text, flags=re.MULTILINE | re.DOTALL)
        for mark in (r"^\[\[.*?\]\]\s*$", r"^\[source.*?\]\s*$", r"\(\(\(.*?\)\)\)", r"^indexterm.*$"):
            text = re.sub(mark, "", text, flags=re.MULTILINE)
        text = re.sub(r"^(=+) ", lambda mark: "#" * max(1, len(mark[1]) - 2) + " ", text, flags=re.MULTILINE)
        text = re.sub(r"^(?:----|====|\.\.\.\.|image::.*)$", "", text, flags=re.MULTILINE)
        text = re.sub(r"`(.*?)`", r"\1", re.sub(r"<<.*?>>", "", text))
        yield f"{path.parts[-3]}__{path.stem}", text


CORPORA: dict[str, Callable[[Path], Iterator[tuple[str, str]]]] = {"fastapi": fastapi, "progit": progit}

if __name__ == "__main__":
    sys.exit(main())
