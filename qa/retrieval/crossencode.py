"""Hits in, the best of them in the order of a cross-encoder out. Scores nothing that the inner reranker did not find.

A cross-encoder reads question and passage together, which is slower and mostly better than comparing two vectors
(Nogueira and Cho, 2019). It only says who stands where: support and reader are fitted to the inner reranker's scores
and go on seeing exactly these.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.embed import BUNDLED, full_name, loading_options, locate, stored_class, unreadable
from index.errors import ModelError
from index.presets import RERANKERS, preset_of
from index.storage.record import StoredPassage
from qa.retrieval.rerank import MAX_SUMMARY_UNITS, Reranker
from qa.retrieval.retrieve import Run

DEPTH = 32
_BATCH = 8  # pairs at once: memory on small machines, and less padding


class CrossEncoderReranker:
    """Reranks an inner reranker's best hits by any cross-encoder that is on this machine; downloads nothing."""

    def __init__(self, name: str, inner: Reranker, depth: int = DEPTH) -> None:
        """Load the model. Raises ModelError when it is not on this machine, is broken, or gives no single score."""
        self.name = full_name(name, "reranker")
        self._inner = inner
        self._depth = depth
        folder = locate(self.name, "reranker")
        if not stored_class(folder).endswith(("ForSequenceClassification", "ForCausalLM", "CrossEncoder")):
            # sentence-transformers would put an untrained head on it and rank by chance
            raise ModelError(
                f"{folder}: {self.name!r} is no reranker: it has no head that scores pairs; use it as --embedder, or "
                f"give a cross-encoder, `--reranker FOLDER`, or use '{BUNDLED}'"
            )
        options = loading_options()
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(str(folder), **options)
            preset = preset_of(self.name, RERANKERS)
            if preset and (self._model.max_seq_length or 0) > preset.max_tokens:
                self._model.max_seq_length = preset.max_tokens
            shape = self._scores("a", ["b", "c"]).shape
        except Exception as error:  # transformers, tokenizers and safetensors raise what they like
            raise unreadable(self.name, "reranker", folder, error) from error
        if shape != (2,):
            raise ModelError(
                f"{folder}: {self.name!r} gives {shape[-1]} scores a pair, a reranker gives one; it is a classifier: "
                f"give a cross-encoder made for search, `--reranker FOLDER`, or use '{BUNDLED}'"
            )

    def rerank(self, run: Run) -> Run:
        """Return the run with the inner reranker's best hits in the cross-encoder's order, the others below as before.

        Scores are the inner reranker's, dealt out anew: the first hit has the highest, the second the next, so that
        their scale and their set stay as they were. A hit keeps its signals. A question that names its section, or asks
        for the survey's summary, has been answered by place and is left as it is.
        """
        ranked = self._inner.rerank(run)
        if run.query.section or (
            run.query.kind == "summary" and run.query.survey and len(run.units) <= MAX_SUMMARY_UNITS
        ):
            return ranked
        best, rest = ranked.hits[: self._depth], ranked.hits[self._depth :]
        if len(best) < 2:
            return ranked
        relevance = self._scores(run.query.text, [pair_text(hit.passage) for hit in best])
        order = np.argsort(-relevance, kind="stable")  # ties: the inner order; NaN comes last
        scores = sorted((hit.score for hit in best), reverse=True)
        moved = [replace(best[at], score=score) for at, score in zip(order, scores, strict=True)]
        return replace(ranked, hits=(*moved, *rest))

    def _scores(self, question: str, texts: list[str]) -> NDArray[np.float32]:
        """Return the cross-encoder's own scores, float32, shape (len(texts),), higher is better, on its own scale."""
        from torch.nn import Identity  # a sigmoid would make the best ones equal

        found = self._model.predict(
            [(question, text) for text in texts], batch_size=_BATCH, activation_fn=Identity(), show_progress_bar=False
        )
        return np.asarray(found, np.float32)


def pair_text(passage: StoredPassage) -> str:
    """Return what the cross-encoder reads of a passage: the headings above it, then its text."""
    return f"{' / '.join(passage.path)}\n{passage.text}" if passage.path else passage.text


def open_reranker(name: str, inner: Reranker) -> Reranker:
    """Return the reranker called `name`: "bundled" is the inner one; else a folder, a short name or a hub name."""
    return inner if name == BUNDLED else CrossEncoderReranker(name, inner)
