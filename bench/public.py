"""A clone of a public Korean question set in, its documents and their questions in the form of `surveyqa eval` out.

`python -m bench.public NAME CLONE FOLDER` writes `FOLDER/documents/*.txt` and `FOLDER/questions.jsonl`:

- korquad: github.com/korquad/korquad.github.io, KorQuAD 1.0 (CC BY-ND 2.0; Lim et al., 2019): the development set's
  5,774 questions, each answered by one of 961 paragraphs of Wikipedia;
- autorag: github.com/Marker-Inc-Korea/AutoRAG-example-korean-embedding-benchmark: 114 questions on 720 pages of
  reports; its tables are Parquet files (`pip install pyarrow`).

For measuring only: nothing is fitted on these, and nothing of them is committed.
"""

import importlib
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench.documents import clone_arguments

Made = tuple[dict[str, str], list[dict[str, Any]]]  # texts by name, and rows of questions


def main() -> int:
    """Write documents and questions, and say how many."""
    options = clone_arguments("bench.public", __doc__, SETS)
    texts, questions = SETS[options.name](options.clone)
    documents = options.folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (documents / f"{name}.txt").write_text(text, encoding="utf-8")
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in questions]
    (options.folder / "questions.jsonl").write_text("".join(lines), encoding="utf-8")
    sys.stderr.write(f"{len(texts)} documents and {len(questions)} questions in {options.folder}\n")
    return 0


def korquad(clone: Path) -> Made:
    """Return the paragraphs of the development set, those that stand there twice once, and its questions."""
    raw = json.loads((clone / "dataset" / "KorQuAD_v1.0_dev.json").read_text(encoding="utf-8"))
    paragraphs = [paragraph for article in raw["data"] for paragraph in article["paragraphs"]]
    names: dict[str, str] = {}  # by text
    questions = []
    for at, paragraph in enumerate(paragraphs):
        name = names.setdefault(paragraph["context"].strip(), f"p{at:04d}")
        for asked in paragraph["qas"]:
            questions.append(_question(asked["id"], asked["question"], [name], asked["answers"][0]["text"]))
    return {name: text for text, name in names.items()}, questions


def autorag(clone: Path) -> Made:
    """Return the pages as their text was recognised, and the questions on them."""
    pages, asked = (_table(clone / "data" / f"{name}.parquet") for name in ("ocr_corpus_v3", "qa_v4"))
    names = {page["doc_id"]: f"d{at:03d}" for at, page in enumerate(pages)}
    texts = {names[page["doc_id"]]: page["contents"] for page in pages}
    questions = [
        _question(row["qid"], row["query"], [names[one] for group in row["retrieval_gt"] for one in group], "")
        for row in asked
    ]
    return texts, questions


def _question(name: str, text: str, gold: list[str], answer: str) -> dict[str, Any]:
    row = {"id": name, "question": text, "language": "ko", "gold": [f"{one}.txt" for one in gold]}
    return row | ({"answer": answer} if answer else {})


def _table(path: Path) -> list[Mapping[str, Any]]:
    """Return the rows of a Parquet file. Raises ModuleNotFoundError with the install line."""
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("Parquet files need pyarrow: `pip install pyarrow`") from error
    rows: list[Mapping[str, Any]] = parquet.read_table(path).to_pylist()
    return rows


SETS: dict[str, Callable[[Path], Made]] = {"autorag": autorag, "korquad": korquad}

if __name__ == "__main__":
    sys.exit(main())
