"""Styles in, a folder of PDFs with their sources and what is known about them (`NAME.gold.json`) out.

Needs `pdflatex` with the classes' packages, and Chromium for the web pages; a paper whose tool is missing is left out.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from bench.papers.content import Block, Paper, Plan, Writer
from bench.papers.latex import latex
from bench.papers.styles import DEVELOP, FRESH, HELD_OUT, UNSEEN, Style
from bench.papers.web import PLANS, web

_NOTE = re.compile(r"\{note:([^|{}]*)\|(\w+)\}")
_INLINE = re.compile(r"\{(?:cite|math):(?:[^{}]|\{[^{}]*\})*\}")
GROUP_STYLES = (DEVELOP, HELD_OUT, FRESH, UNSEEN)
GROUPS = ("developed on", "held out at first", "held out later", "held out to the end")
INSTALL = (
    "apt-get install texlive-latex-extra texlive-publishers texlive-fonts-recommended texlive-lang-korean "
    "lmodern cm-super"
)


def build(folder: Path) -> list[str]:
    """Make every paper that can be made here and return the names of those that are there."""
    folder.mkdir(parents=True, exist_ok=True)
    for style in (*DEVELOP, *HELD_OUT, *FRESH, *UNSEEN):
        paper = Writer(style.plan).write()
        group = next(name for name, styles in zip(GROUPS, GROUP_STYLES, strict=True) if style in styles)
        facts = {"group": group, "heads": style.heads, "year": style.year or 2023, "arxiv": style.arxiv}
        facts["authors"] = paper.authors[: style.authors]
        named = [name for name in (style.abstract, *style.also) if name]
        known = gold(paper, style.plan, named) | facts
        if not style.references:
            known["headings"] = [heading for heading in known["headings"] if heading[1] != style.plan.references]
        _write(folder, style.name, ".tex", latex(paper, style), known)
        if shutil.which("pdflatex") and not (folder / f"{style.name}.pdf").exists():
            _run_latex(folder, style)
    for name, plan in PLANS.items():
        paper = Writer(plan).write()
        facts = {"group": GROUPS[name == "web-korean"], "heads": (), "year": None, "arxiv": None}
        gold_ = gold(paper, plan, ["초록" if plan.language == "ko" else "Abstract"], formulas=False) | facts
        _write(folder, name, ".html", web(paper, plan, two_columns=name == "web-korean"), gold_)
        browser = shutil.which("chromium")
        if browser and not (folder / f"{name}.pdf").exists():
            _print_page(folder, name, browser)
    return sorted(path.stem for path in folder.glob("*.pdf"))


def gold(paper: Paper, plan: Plan, named: list[str], *, formulas: bool = True) -> dict[str, Any]:
    """Return what is known about the paper: headings with levels, and every block's plain text and markers.

    `named` are the headings before the first section.
    """
    headings: list[list[Any]] = [[1, name] for name in named]
    headings += [
        [block.level, f"{block.number} {block.text}".strip()] for block in paper.blocks if block.kind == "heading"
    ]
    blocks = [_plain("paragraph", paper.abstract.text, paper.abstract.markers)]
    for block in paper.blocks:
        blocks += _known(block)
    return {
        "title": paper.title,
        "authors": paper.authors,
        "language": plan.language,
        "headings": headings,
        "blocks": [block for block in blocks if formulas or block["kind"] != "formula"],
    }


def _known(block: Block) -> list[dict[str, Any]]:
    if block.kind == "items":
        return [_plain("item", row[0], [marker]) for row, marker in zip(block.rows, block.markers, strict=True)]
    if block.kind == "code":
        return [_plain("code", " ".join(row[0] for row in block.rows), block.markers)]
    if block.kind in ("figure", "table", "chart"):
        cells = [cell for row in block.rows for cell in row]
        kind = "cell" if block.kind == "table" else "label"
        caption = _plain("caption", block.text, block.markers) | {"number": block.number, "of": block.kind}
        return [caption, {"kind": kind, "text": " ".join(cells), "markers": [row[0] for row in block.rows]}]
    if block.kind == "formula":
        return [{"kind": "formula", "text": "", "markers": [], "number": block.number}]
    if block.kind == "heading":
        return []
    notes = [_plain("note", text, [marker]) for text, marker in _NOTE.findall(block.text)]
    kind = "paragraph" if block.kind in ("theorem", "box", "lead") else block.kind
    return [_plain(kind, block.text, block.markers), *notes]


def _plain(kind: str, text: str, markers: Any) -> dict[str, Any]:
    text = _INLINE.sub("", _NOTE.sub("", text))
    return {"kind": kind, "text": " ".join(text.split()), "markers": list(markers)}


def _write(folder: Path, name: str, suffix: str, source: str, known: dict[str, Any]) -> None:
    path = folder / f"{name}{suffix}"
    if not path.exists() or path.read_text(encoding="utf-8") != source:
        path.write_text(source, encoding="utf-8")
        (folder / f"{name}.pdf").unlink(missing_ok=True)
    (folder / f"{name}.gold.json").write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")


def _run_latex(folder: Path, style: Style) -> None:
    # a fixed date keeps the PDFs the same from run to run
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "FORCE_SOURCE_DATE": "1"}
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{style.name}.tex"]
    for _ in range(3):
        done = subprocess.run(command, cwd=folder, capture_output=True, env=environment, timeout=120, check=False)
        if done.returncode:
            (folder / f"{style.name}.pdf").unlink(missing_ok=True)
            log = done.stdout.decode("utf-8", "replace")
            raise RuntimeError(f"{style.name}.tex: pdflatex stopped:\n{log[-1500:]}")


def _print_page(folder: Path, name: str, browser: str) -> None:
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    target = [f"--print-to-pdf={folder / name}.pdf", (folder / f"{name}.html").as_uri()]
    subprocess.run([*command, *target], capture_output=True, timeout=120, check=True)
