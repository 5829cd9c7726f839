"""What is known of models by name: prompts, pooling and length that a copy's own files may lack. Pure data and look-up.

Every line was checked against the model's card or MTEB's list of models. What a model says of itself wins over its
preset; a model without a preset is used as its own files describe it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Pooling = Literal["mean", "cls", "lasttoken"]
Licence = Literal["MIT", "Apache-2.0", "Gemma"]

_E5 = ("query: ", "passage: ")
_TASK = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"


@dataclass(frozen=True, slots=True)
class Preset:
    """A model of the hub: what stands before a question and a passage, and how its tokens become one vector.

    `max_tokens` is the longest text it was made for; `megabytes` the size of its weights as published.
    """

    name: str
    short: str
    licence: Licence
    megabytes: int
    max_tokens: int
    question: str = ""
    passage: str = ""
    pooling: Pooling | None = None


EMBEDDERS = (
    Preset("intfloat/multilingual-e5-small", "e5-small", "MIT", 449, 512, *_E5, "mean"),
    Preset("intfloat/multilingual-e5-base", "e5-base", "MIT", 1061, 512, *_E5, "mean"),
    Preset("intfloat/multilingual-e5-large", "e5-large", "MIT", 2136, 512, *_E5, "mean"),
    Preset("intfloat/multilingual-e5-large-instruct", "e5-instruct", "MIT", 1068, 512, f"{_TASK} ", "", "mean"),
    Preset("dragonkue/multilingual-e5-small-ko-v2", "e5-small-ko", "Apache-2.0", 449, 512, *_E5, "mean"),
    Preset("nlpai-lab/KoE5", "koe5", "MIT", 2136, 512, *_E5, "mean"),
    Preset("BAAI/bge-m3", "bge-m3", "MIT", 2167, 8192, pooling="cls"),
    Preset("dragonkue/BGE-m3-ko", "bge-m3-ko", "Apache-2.0", 2166, 8192, pooling="cls"),
    Preset("nlpai-lab/KURE-v1", "kure", "MIT", 2166, 8192, pooling="cls"),
    Preset("Qwen/Qwen3-Embedding-0.6B", "qwen3-0.6b", "Apache-2.0", 1136, 32768, _TASK, "", "lasttoken"),
    Preset("Qwen/Qwen3-Embedding-4B", "qwen3-4b", "Apache-2.0", 7671, 32768, _TASK, "", "lasttoken"),
    Preset("Qwen/Qwen3-Embedding-8B", "qwen3-8b", "Apache-2.0", 14433, 32768, _TASK, "", "lasttoken"),
    Preset(
        "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", "minilm", "Apache-2.0", 449, 512, pooling="mean"
    ),
    # no pooling: two dense layers follow it, so that a copy without its modules.json is no use
    Preset(
        "google/embeddinggemma-300m",
        "embeddinggemma",
        "Gemma",
        1155,
        2048,
        "task: search result | query: ",
        "title: none | text: ",
    ),
)
RERANKERS = (
    Preset("BAAI/bge-reranker-v2-m3", "bge-reranker", "Apache-2.0", 2166, 8192),
    Preset("dragonkue/bge-reranker-v2-m3-ko", "bge-reranker-ko", "Apache-2.0", 2166, 8192),
    Preset("cross-encoder/mmarco-mMiniLMv2-L12-H384-v1", "mmarco", "Apache-2.0", 471, 512),
    Preset("Qwen/Qwen3-Reranker-0.6B", "qwen3-reranker-0.6b", "Apache-2.0", 1136, 32768),
    Preset("Qwen/Qwen3-Reranker-4B", "qwen3-reranker-4b", "Apache-2.0", 7671, 32768),
)


def hub_name(name: str, presets: Sequence[Preset]) -> str:
    """Return the hub name that a short one stands for, or the last part of a hub name; any other name as it is."""
    wanted = name.lower()
    for preset in presets:
        if wanted in (preset.short, preset.name.split("/")[1].lower()):
            return preset.name
    return name


def preset_of(name: str, presets: Sequence[Preset]) -> Preset | None:
    """Return the preset of a model, by its hub or short name, or by the name of the folder that holds it.

    A folder may be one of the hub's cache, and may carry more than the model's own name, as those of fine-tuned models
    do; the longest name that fits is taken.
    """
    parts = [part for part in re.split(r"[/\\]", hub_name(name, presets).lower()) if part]
    cached = [part.split("--")[-1] for part in parts if part.startswith("models--")]
    folder = (cached or parts or [""])[-1]
    fitting = [preset for preset in presets if preset.name.split("/")[1].lower() in folder or preset.short == folder]
    return max(fitting, key=lambda preset: len(preset.name.split("/")[1]), default=None)
