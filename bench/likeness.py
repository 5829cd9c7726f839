"""Made papers beside the shipped corpus: lengths, words and vectors of their passages, as a Markdown table.

`python -m bench.likeness --papers 36` prints it.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

import seeds
from bench.generate import papers
from index.analyse import Analyser
from index.decode import normalise
from index.embed import MODEL_FOLDER, open_embedder
from index.load import Document, load, parse
from index.split import split

RANKS = (1, 3, 10, 30, 100, 300, 1000)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.likeness", description=__doc__)
    parser.add_argument("--papers", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.stdout.write(compare(options.papers, options.seed))
    return 0


def compare(count: int, seed: int) -> str:
    """Return the table for the first `count` made papers, cut to as many passages as the shipped corpus has."""
    made = [parse(normalise(paper.text), doc_id=f"p{paper.number}", source="made") for paper in papers(count, seed)]
    columns = {}
    for language in ("ko", "en"):
        shipped = [load(path) for path in sorted(Path(seeds.__file__).parent.glob(f"*.{language}.md"))]
        size = sum(len(split(document)) for document in shipped)
        columns[f"shipped {language}"] = figures(shipped, size)
        columns[f"made {language}"] = figures((one for one in made if one.language == language), size)
    names = list(next(iter(columns.values())))
    lines = [f"| passages | {' | '.join(columns)} |", "|-" * (1 + len(columns)) + "|"]
    lines += [f"| {name} | {' | '.join(column[name] for column in columns.values())} |" for name in names]
    return "\n".join(lines) + "\n"


def figures(documents: Iterable[Document], size: int) -> dict[str, str]:
    """Return what describes the first `size` passages."""
    analyser, embedder = Analyser.load(MODEL_FOLDER / "korean.tsv"), open_embedder()
    texts, owners = list[str](), list[int]()
    for number, document in enumerate(documents):
        for passage in split(document):
            texts.append(document.text[passage.start : passage.end])
            owners.append(number)
    texts, owners = texts[:size], owners[:size]
    terms = [analyser.words(text) for text in texts]
    held = Counter(term for words in terms for term in set(words))
    used = Counter(term for words in terms for term in words)
    shares = sorted((count / len(texts) for count in held.values()), reverse=True)
    total = used.total()
    return {
        "how many": f"{len(texts)}",
        "characters: 5, 50, 95 %": _middle([len(text) for text in texts]),
        "terms: 5, 50, 95 %": _middle([len(words) for words in terms]),
        "distinct terms, share": f"{held.total() / total:.2f}",
        "sentences: 5, 50, 95 %": _middle([len(re.findall(r"[.!?](?:\s|$)", text)) for text in texts]),
        f"document frequency of ranks {', '.join(map(str, RANKS))}": ", ".join(
            f"{shares[rank - 1]:.3f}" for rank in RANKS if rank <= len(shares)
        ),
        "distinct terms": f"{len(used):,}",
        "of them used once": f"{sum(count == 1 for count in used.values()) / len(used):.2f}",
        "terms with a digit": f"{sum(count for term, count in used.items() if re.search('[0-9]', term)) / total:.2f}",
        "terms in Latin letters": f"{sum(n for term, n in used.items() if re.match('[a-z]', term)) / total:.2f}",
        **_cosines(embedder.embed_passages(texts), np.array(owners)),
    }


def _cosines(vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]], owners: np.ndarray) -> dict[str, str]:
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, np.nan)
    same = owners[:, None] == owners[None]
    ordered = np.sort(np.nan_to_num(cosines, nan=-1), axis=1)
    spread = np.linalg.eigvalsh(np.cov(vectors.T))
    return {
        "mean cosine within a paper": f"{np.nanmean(cosines[same]):.2f}",
        "mean cosine between papers": f"{np.nanmean(cosines[~same]):.2f}",
        "cosine of the nearest, the 10th": f"{np.median(ordered[:, -1]):.2f}, {np.median(ordered[:, -10]):.2f}",
        "dimensions in use (participation ratio)": f"{spread.sum() ** 2 / np.square(spread).sum():.0f}",
    }


def _middle(values: list[int]) -> str:
    return ", ".join(f"{value:.0f}" for value in np.percentile(values, [5, 50, 95]))


if __name__ == "__main__":
    sys.exit(main())
