"""Pairs in, a static bilingual embedder out, in the format of sentence-transformers' StaticEmbedding.

A text's vector is the mean of its tokens' vectors. They are trained with an in-batch contrastive loss
(InfoNCE, van den Oord et al., 2018; multiple negatives, Henderson et al., 2017) on translations, and on a sentence
against the rest of its paragraph (inverse cloze task, Lee et al., 2019) within and across the languages, and on
questions with what answers them and with each other. What is said and asked of one section is told apart (supervised
contrast, Khosla et al., 2020). Both sides of a pair also learn to point where a larger English model points (Reimers &
Gurevych, 2020).
"""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from index.sentences import sentence_spans
from train.pairs import Pair
from train.questions import ToldApart

VOCABULARY = 32_000
DIMENSION = 256
BATCH = 2_048
EPOCHS = 16
TEMPERATURE = 0.1
LEARNING_RATE = 0.02
MAPPING_LEARNING_RATE = 0.002
TEACHER_WEIGHT = 8.0
SECTIONS = 8  # that are told apart beside each batch


def train_tokenizer(texts: Sequence[str], vocabulary: int = VOCABULARY) -> Tokenizer:
    """Learn a lower-cased Unigram tokenizer (Kudo, 2018) over both languages."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Punctuation(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=vocabulary, unk_token="[UNK]", special_tokens=["[UNK]"], show_progress=False, max_piece_length=12
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def training_examples(pairs: Sequence[Pair], seed: int) -> list[tuple[str, str]]:
    """Return (anchor, positive) texts: the pairs themselves, and sentences against the rest of their paragraphs."""
    chooser = random.Random(seed)
    examples = [(pair.ko, pair.en) for pair in pairs]
    for pair in pairs:
        ko, en = _sentences(pair.ko), _sentences(pair.en)
        if len(ko) >= 2 and len(en) >= 2:
            examples.append(_cloze(ko, en, chooser))
            examples.append(_cloze(en, ko, chooser))
            examples.append(_cloze(ko, ko, chooser, drop=True))
            examples.append(_cloze(en, en, chooser, drop=True))
    return examples


def train_vectors(
    tokenizer: Tokenizer,
    examples: Sequence[tuple[str, str]],
    seed: int,
    teacher: NDArray[np.float32] | None = None,
    batch: int = BATCH,
    groups: Mapping[int, int] = MappingProxyType({}),
    sections: Sequence[ToldApart] = (),
    device: str = "cpu",
) -> NDArray[np.float32]:
    """Return token vectors, float32, shape (vocabulary, DIMENSION).

    Row i of `teacher`, unit vectors of any dimension, is what both texts of example i should come near after a linear
    map; examples past its end learn by contrast alone. Examples that `groups` gives the same number, 0 or above, are
    not held against each other. Beside each batch SECTIONS of the `sections` are told apart. Of the same input comes
    the same output on the device "cpu" only.
    """
    torch.manual_seed(seed)
    order = random.Random(seed)
    left, right = (_ids(tokenizer, texts) for texts in ([a for a, _ in examples], [b for _, b in examples]))
    told = [
        (_ids(tokenizer, one.texts), torch.tensor(one.same, device=device), torch.tensor(one.alike, device=device))
        for one in sections
    ]
    targets = torch.from_numpy(teacher if teacher is not None else np.zeros((0, 1), np.float32)).to(device)
    group_of = torch.tensor([groups.get(at, -1) for at in range(len(examples))], device=device)
    bag = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), DIMENSION, mode="mean", sparse=True)
    torch.nn.init.normal_(bag.weight, std=0.1)
    mapping = torch.nn.Linear(DIMENSION, targets.shape[1], bias=False)
    bag.to(device), mapping.to(device)
    optimisers = (
        torch.optim.SparseAdam(bag.parameters(), lr=LEARNING_RATE),
        torch.optim.Adam(mapping.parameters(), lr=MAPPING_LEARNING_RATE),
    )
    steps = EPOCHS * (len(examples) // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimisers[0], lambda step: max(0.02, 1 - step / steps))
    numbers = list(range(len(examples)))
    for _ in range(EPOCHS):
        order.shuffle(numbers)
        for at in range(0, len(numbers) - batch + 1, batch):
            chosen = numbers[at : at + batch]
            a, b = _embed(bag, [left[i] for i in chosen]), _embed(bag, [right[i] for i in chosen])
            taught = [place for place, i in enumerate(chosen) if i < len(targets)]
            loss = contrast(a, b, group_of[chosen])
            if taught:
                wanted = targets[[chosen[place] for place in taught]]
                loss = loss + TEACHER_WEIGHT * (
                    _distance(mapping(a[taught]), wanted) + _distance(mapping(b[taught]), wanted)
                )
            if told:
                some = order.sample(told, min(SECTIONS, len(told)))
                loss = loss + sum(told_apart(_embed(bag, ids), same, alike) for ids, same, alike in some) / len(some)
            for optimiser in optimisers:
                optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            for optimiser in optimisers:
                optimiser.step()  # type: ignore[no-untyped-call]
            schedule.step()
    return bag.weight.detach().cpu().numpy()


def contrast(a: torch.Tensor, b: torch.Tensor, groups: torch.Tensor) -> torch.Tensor:
    """Return InfoNCE in both directions: text i of one side belongs to text i of the other, not to other groups."""
    target = torch.arange(len(a), device=a.device)
    beside = (groups[:, None] == groups[None, :]) & (groups[:, None] >= 0) & (target[:, None] != target[None, :])
    scores = (a @ b.T / TEMPERATURE).masked_fill(beside, -torch.inf)
    return torch.nn.functional.cross_entropy(scores, target) + torch.nn.functional.cross_entropy(scores.T, target)


def told_apart(vectors: torch.Tensor, same: torch.Tensor, alike: torch.Tensor) -> torch.Tensor:
    """Return how little of a text's likeness is to those that say the same, in the mean; `alike` ones do not count."""
    itself = torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
    paired = same.any(dim=1)
    scores = (vectors @ vectors.T / TEMPERATURE).masked_fill(alike | itself, -torch.inf)[paired]
    of_same = scores.masked_fill(~same[paired], -torch.inf)
    return (torch.logsumexp(scores, dim=1) - torch.logsumexp(of_same, dim=1)).mean()


def _distance(vectors: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Return the mean of 1 - cosine; `wanted` are unit vectors."""
    return (1 - (torch.nn.functional.normalize(vectors, dim=1) * wanted).sum(dim=1)).mean()


def save_embedder(tokenizer: Tokenizer, vectors: NDArray[np.float32], folder: Path) -> None:
    """Write the model so that `SentenceTransformer(folder)` loads it; rows are stored as int8 with one scale each."""
    module = folder / "0_StaticEmbedding"
    module.mkdir(parents=True, exist_ok=True)
    scale = np.maximum(np.abs(vectors).max(axis=1), 1e-8) / 127
    rows = np.round(vectors / scale[:, None]).astype(np.int8)
    weights = module / "model.safetensors"
    save_file({"embeddings": rows, "weights": scale.astype(np.float32)}, weights)
    weights.chmod(0o644)  # safetensors makes a file that only its owner can read
    tokenizer.save(str(module / "tokenizer.json"), pretty=False)
    modules = [
        ("0", "0_StaticEmbedding", "sentence_transformers.sentence_transformer.modules.StaticEmbedding"),
        ("1", "1_Normalize", "sentence_transformers.sentence_transformer.modules.Normalize"),
    ]
    (folder / "1_Normalize").mkdir(exist_ok=True)
    _write_json(folder / "1_Normalize" / "config.json", {})
    _write_json(
        folder / "modules.json",
        [{"idx": int(name), "name": name, "path": path, "type": kind} for name, path, kind in modules],
    )
    _write_json(folder / "config_sentence_transformers.json", {"prompts": {}, "similarity_fn_name": "cosine"})


def _embed(bag: torch.nn.EmbeddingBag, ids: list[list[int]]) -> torch.Tensor:
    offsets = np.cumsum([0] + [len(row) for row in ids[:-1]])
    flat = np.fromiter((token for row in ids for token in row), np.int64)
    flat_ids, starts = (torch.from_numpy(numbers).to(bag.weight.device) for numbers in (flat, offsets))
    return torch.nn.functional.normalize(bag(flat_ids, starts), dim=1)


def _ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    return [encoding.ids for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def _cloze(anchors: list[str], passages: list[str], chooser: random.Random, *, drop: bool = False) -> tuple[str, str]:
    at = chooser.randrange(len(anchors))
    rest = [sentence for i, sentence in enumerate(passages) if not (drop and i == at)]
    return anchors[at], " ".join(rest)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
