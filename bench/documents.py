"""A clone of a public repository in, the documents that `bench/questions/transfer/` asks about out.

`python -m bench.documents NAME CLONE FOLDER`; the README of that folder says of which repository each NAME is. Reports
stay PDFs, all else becomes Markdown. For measuring only: nothing of it is committed.
"""

import argparse
import re
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from index.load import load

MIN_CHARS = 1_500
MIN_PAGE = 60  # shorter ones are blank but for their number
PIECE = 900  # characters of a Word file, which has no pages
MIN_REVIEW = 4_000  # bytes; shorter ones are little more than links
D2L_CHAPTERS = (
    "attention-mechanisms-and-transformers",
    "convolutional-modern",
    "generative-adversarial-networks",
    "hyperparameter-optimization",
    "natural-language-processing-pretraining",
    "optimization",
    "recurrent-modern",
    "reinforcement-learning",
)
OLD = (
    "bigtable-a-distributed-storage-system-for-structured-data",
    "brewers-conjecture",
    "dapper-a-large-scale-distributed-tracing-infrastructure",
    "dynamo-amazons-highly-available-key-value-store",
    "in-search-of-an-understandable-consensus-algorithm",
    "megastore-providing-scalable-highly-available-storage-for-interactive-services",
    "predicate-dispatching",
    "sok-eternal-war-in-memory",
    "the-chubby-lock-service-for-loosely-coupled-distributed-systems",
    "the-pagerank-citation-ranking-bringing-order-to-the-web",
    "tor-the-second-generation-onion-router",
    "zookeeper-wait-free-coordination-for-internet-scale-systems",
)
OLD_LATER = (
    "a-comprehensive-study-of-convergent-and-communative-replicated-data-types",
    "authoritative-sources-in-a-hyperlinked-environment",
    "bitcoin",
    "macaroons-cookies-with-contextual-caveats",
    "mapreduce-simplified-data-processing-on-large-clusters",
    "mesos-a-platform-for-fine-grained-resource-sharing-in-the-data-center",
    "paxos-made-simple",
    "simple-testing-can-prevent-most-critical-failures",
    "tao-facebook-distributed-datastore",
    "the-google-file-system",
    "unix-time-sharing-system",
    "zab-high-performance-broadcast-for-primary-backup-systems",
)
Made = Iterator[tuple[str, str | bytes]]  # name without ending, and Markdown or a PDF


def main() -> int:
    """Write the documents and say how many."""
    options = clone_arguments("bench.documents", __doc__, CORPORA)
    options.folder.mkdir(parents=True, exist_ok=True)
    documents = list(CORPORA[options.name](options.clone))
    for name, made in documents:
        if isinstance(made, bytes):
            (options.folder / f"{name}.pdf").write_bytes(made)
        else:
            (options.folder / f"{name}.md").write_text(made, encoding="utf-8")
    sys.stderr.write(f"{len(documents)} documents in {options.folder}\n")
    return 0 if documents else 1


def clone_arguments(module: str, description: str | None, names: Collection[str]) -> argparse.Namespace:
    """Return what the command line of a module says: `name`, one of the names, and the paths `clone` and `folder`."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=description)
    parser.add_argument("name", choices=sorted(names))
    parser.add_argument("clone", type=Path)
    parser.add_argument("folder", type=Path)
    return parser.parse_args()


def fastapi(clone: Path) -> Made:
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


def progit(clone: Path) -> Made:
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


def reports(clone: Path) -> Made:
    """Yield the PDFs at the top of a clone."""
    for path in sorted(clone.glob("*.pdf")):
        yield path.stem, path.read_bytes()


def old(clone: Path) -> Made:
    """Yield twelve papers of 1998 to 2014."""
    yield from _named(clone, OLD)


def old_later(clone: Path) -> Made:
    """Yield twelve others, of 1974 to 2014."""
    yield from _named(clone, OLD_LATER)


def _named(clone: Path, names: Collection[str]) -> Made:
    for path in sorted(clone.rglob("*.pdf")):
        if path.stem in names:
            yield path.stem, path.read_bytes()


def pages(folder: Path) -> Made:
    """Yield the pages of the PDFs in a folder, as SurveyQA reads them, and pieces of about PIECE of its Word files."""
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".pdf", ".docx"):
            continue
        document = load(path)
        ends = (*document.pages[1:], len(document.text))
        found = [document.text[start:end] for start, end in zip(document.pages, ends, strict=False)]
        for at, text in enumerate(found or _pieces(document.text), start=1):
            if len(text.strip()) >= MIN_PAGE:
                yield f"{path.stem}_p{at:02d}", text.strip()


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for line in text.split("\n"):
        if len(piece) + len(line) > PIECE and piece.strip():
            yield piece
            piece = ""
        piece += line + "\n"
    yield piece


def reviews(clone: Path) -> Made:
    """Yield the Korean reviews of papers that are long enough, named by the paper and the year of its folder."""
    for path in sorted(clone.rglob("paper.md")):
        if path.stat().st_size >= MIN_REVIEW:
            name = re.sub(r"[^\w.-]+", "-", path.parts[-2]).strip("-.")
            yield f"{path.parts[-3]}__{name[:60]}", path.read_text(encoding="utf-8")


def d2l(clone: Path) -> Made:
    """Yield the English pages of D2L_CHAPTERS, without code, labels, citations and references."""
    for chapter in D2L_CHAPTERS:
        for path in sorted((clone / f"chapter_{chapter}").glob("*.md")):
            text = _without_code(path.read_text(encoding="utf-8"), r"\{\.[^\n]*|[\w+-]*")
            text = re.sub(r"^:(?:label|begin_tab|end_tab|eqlabel|width).*$", "", text, flags=re.MULTILINE)
            text = re.sub(r"\s*:(?:cite|citet|citep|numref|eqref|ref):?`[^`]*`", "", text)
            if len(text) >= MIN_CHARS:
                yield f"{chapter}__{path.stem}", text


def iml(clone: Path) -> Made:
    """Yield the chapters of the book, without code, includes and footnotes' marks."""
    for path in sorted((clone / "manuscript").glob("*.qmd")):
        text = _without_code(path.read_text(encoding="utf-8"), r"\{[^\n]*\}|[\w+-]*")
        text = re.sub(r"\{\{<.*?>\}\}|\[\^[\w-]+\](?!:)|^:::.*$|\s*\[@[^\]]*\]", "", text, flags=re.MULTILINE)
        if len(text) >= MIN_CHARS and not path.name.startswith("_"):
            yield path.stem, text


def react(clone: Path) -> Made:
    """Yield the Korean pages to learn from and of the reference, without code and the tags about it."""
    root = clone / "src" / "content"
    for folder in ("learn", "reference/react"):
        for path in sorted((root / folder).rglob("*.md")):
            text = _without_code(path.read_text(encoding="utf-8"), r"[^\n`]*")
            text = re.sub(r"^---\ntitle: *(.*?)\n.*?^---$", r"# \1", text, count=1, flags=re.MULTILINE | re.DOTALL)
            text = re.sub(r"\{/\*.*?\*/\}|</?[A-Z]\w*[^>\n]*>|<(?:img|br|hr)\b[^>]*>", "", text)
            if len(text) >= MIN_CHARS:
                yield "__".join(path.relative_to(root).with_suffix("").parts), text


def commerce(clone: Path) -> Made:
    """Yield Korean pages on caches, queues, performance and upgrades of a shop, as they are, with their code."""
    return _shop(clone, 60, "configuration/cache", "configuration/queues", "performance", "upgrade")


def commerce_later(clone: Path) -> Made:
    """Yield others, on its command line, other settings and its installation."""
    settings = ("cli", "deployment", "logs", "multi-sites", "search", "security", "storage")
    return _shop(clone, 70, *(f"configuration/{name}" for name in settings), "installation")


def _shop(clone: Path, most: int, *folders: str) -> Made:
    root = clone / "help"
    paths = (path.relative_to(root) for folder in folders for path in (root / folder).rglob("*.md"))
    for path in sorted(paths, key=Path.as_posix)[:most]:
        yield "__".join(path.with_suffix("").parts), (root / path).read_text(encoding="utf-8")


def _without_code(text: str, language: str) -> str:
    """Return Markdown without its fenced blocks of code; `language` is a pattern of what stands behind the fence."""
    return re.sub(rf"^ *```+ *(?:{language})\n.*?^ *```+ *$", "", text, flags=re.MULTILINE | re.DOTALL)


CORPORA: dict[str, Callable[[Path], Made]] = {
    "commerce": commerce,
    "commerce_later": commerce_later,
    "d2l": d2l,
    "fastapi": fastapi,
    "iml": iml,
    "old": old,
    "old_later": old_later,
    "pages": pages,
    "progit": progit,
    "react": react,
    "reports": reports,
    "reviews": reviews,
}

if __name__ == "__main__":
    sys.exit(main())
