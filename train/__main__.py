"""Make the bundled model: `python -m train PAIRS_FOLDER … [--out FOLDER] [--leave-out STEM …]`.

Writes the Korean lexicon, the translation table, the static embedder and a fingerprint. Same input, same output.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")

SEED = 20_261_123
MIN_FREQUENCY = 3
MODEL_FILES = (
    "korean.tsv",
    "bridge.tsv",
    "frequencies.tsv",
    "embedder/0_StaticEmbedding/model.safetensors",
    "embedder/0_StaticEmbedding/tokenizer.json",
)


def main() -> int:
    """Train everything and say how long each step took."""
    from index.analyse import Analyser
    from train import embedder
    from train.korean import learn_lexicon
    from train.pairs import Pair, read_dictionary, read_pairs
    from train.questions import paraphrases, question_answers, question_pairs, question_passages, sections_told_apart
    from train.teacher import teacher_folder, teacher_vectors
    from train.translation import translation_table

    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    parser.add_argument("pairs", type=Path, nargs="+", help="folders of ko<TAB>en files")
    parser.add_argument("--out", type=Path, default=Path("index/model"))
    parser.add_argument("--glossary", type=Path, default=Path("seeds/glossary.tsv"))
    parser.add_argument("--corpus", type=Path, default=Path("seeds"), help="documents with their questions.tsv")
    parser.add_argument("--teacher", type=Path, help="a sentence-transformers model's folder")
    parser.add_argument("--device", default="cpu", help="where the embedder learns: cuda is faster, and not repeatable")
    parser.add_argument("--leave-out", nargs="*", default=[], metavar="STEM", help="files kept for development")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()

    def say(what: str) -> None:
        sys.stderr.write(f"{time.monotonic() - started:6.1f} s  {what}\n")

    pairs = read_pairs(options.pairs, leave_out=frozenset(options.leave_out)) + question_pairs(options.corpus)
    words = read_dictionary(options.pairs)
    rows = [line.split("\t")[:2] for line in options.glossary.read_text(encoding="utf-8").splitlines()[1:]]
    glossary = [Pair(ko, en) for ko, en in rows]
    say(f"{len(pairs):,} sentence pairs, {len(words):,} dictionary pairs, {len(glossary):,} glossary rows")
    learn_lexicon([pair.ko for pair in pairs], [pair.ko for pair in (*words, *glossary)], options.out / "korean.tsv")
    say("Korean lexicon")
    analyser = Analyser.load(options.out / "korean.tsv")
    both = [*pairs, *words]
    ko_terms, en_terms = (
        [analyser.words(text) for text in texts] for texts in zip(*((p.ko, p.en) for p in both), strict=True)
    )
    table = translation_table(ko_terms, en_terms)
    entries = sorted((entry.ko, -entry.weight, entry.en) for entry in table)
    lines = [f"{ko}\t{en}\t{-weight:.3f}" for ko, weight, en in entries]
    (options.out / "bridge.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(f"translation table of {len(table):,} entries")
    frequencies = Counter(term for terms in (*ko_terms[: len(pairs)], *en_terms[: len(pairs)]) for term in set(terms))
    common = sorted((term, count) for term, count in frequencies.items() if count >= MIN_FREQUENCY)
    lines = [f"\t{len(pairs)}", *(f"{term}\t{count}" for term, count in common)]
    (options.out / "frequencies.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(f"frequencies of {len(common):,} words")
    tokenizer = embedder.train_tokenizer([text for pair in pairs for text in (pair.ko, pair.en)])
    say("tokenizer")
    examples = embedder.training_examples(pairs, SEED) + [(pair.ko, pair.en) for pair in (*words, *glossary)]
    asked = [*question_passages(options.corpus), *question_answers(options.corpus), *paraphrases(options.corpus, SEED)]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(one.group for one in asked))}
    groups = {at: numbers[one.group] for at, one in enumerate(asked, start=len(examples))}
    examples += [(one.anchor, one.positive) for one in asked]
    taught = teacher_vectors([pair.en for pair in pairs], options.teacher or teacher_folder())
    say(f"teacher vectors of {len(taught):,} texts")
    vectors = embedder.train_vectors(
        tokenizer,
        examples,
        SEED,
        taught,
        groups=groups,
        sections=sections_told_apart(options.corpus),
        device=options.device,
    )
    embedder.save_embedder(tokenizer, vectors, options.out / "embedder")
    say(f"static embedder from {len(examples):,} examples")
    digest = hashlib.sha256(b"".join((options.out / name).read_bytes() for name in MODEL_FILES)).hexdigest()[:12]
    (options.out / "model.json").write_text(json.dumps({"fingerprint": digest, "seed": SEED}) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in options.out.rglob("*") if path.is_file())
    say(f"done: {size / 1e6:.1f} MB in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
