"""What a server tells of a model in, how many tokens it reads at a time out. Each kind of server tells it elsewhere.

Ollama reads 4,096 tokens unless it is told otherwise, silently drops what is more, and its /v1 takes no num_ctx. So
what a model could read there counts for nothing: only what it was loaded with does, or what its Modelfile says.
"""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2

from qa.llm.address import host_of, is_near, root_of
from qa.llm.exchange import bounded
from qa.said import Said

DEFAULT_TOKENS = 4_096
ASK_S = 2.0
_NAME_CHARS = 200
_FIELDS = ("max_model_len", "context_length", "context_window", "max_context_length")


@dataclass(frozen=True, slots=True)
class Window:
    """How many tokens a model reads at a time, its answer included. `sure`: the server itself says so."""

    tokens: int = DEFAULT_TOKENS
    sure: bool = False
    note: Said | None = None


@dataclass(frozen=True, slots=True)
class Replies:
    """JSON of a server's own calls, None where there is no such call: /v1/models, and those of single kinds."""

    models: Any = None
    props: Any = None
    studio: Any = None
    loaded: Any = None
    shown: Any = None


async def ask(client: httpx2.AsyncClient, base: str, model: str) -> Replies:
    """Ask a server, whatever kind it is, all at once; what does not come in two seconds counts as not there.

    A public host is asked for its models only: the calls of single kinds are those of servers that people run.
    """
    root = root_of(base)
    listed = json_of(client, "GET", f"{base}/models")
    if not is_near(host_of(base)):
        return Replies(await listed)
    calls = (
        listed,
        json_of(client, "GET", f"{root}/props"),
        json_of(client, "GET", f"{root}/api/v0/models"),
        json_of(client, "GET", f"{root}/api/ps"),
        json_of(client, "POST", f"{root}/api/show", {"model": model}),
    )
    return Replies(*await asyncio.gather(*calls))


async def json_of(
    client: httpx2.AsyncClient, method: str, url: str, body: dict[str, object] | None = None, *, wait_s: float = ASK_S
) -> Any:
    """Return the JSON that a call answers; None where it answers none in time, or with another status than 200."""
    try:
        async with asyncio.timeout(wait_s), client.stream(method, url, json=body) as response:
            return json.loads(await bounded(response)) if response.status_code == 200 else None
    except (TimeoutError, httpx2.TransportError, httpx2.DecodingError, ValueError, RecursionError):
        return None


def window_of(replies: Replies, model: str) -> Window:
    """Return how much the model reads, by the reply that knows best: what it is loaded with, before what it could."""
    return next(filter(None, _windows(replies, model)), Window())


def model_names(models: Any) -> tuple[str, ...]:
    """Return the names that /v1/models lists, models that only embed last."""
    named = (entry.get("id") for entry in _entries(models, "data"))
    names = [name for name in named if isinstance(name, str) and 0 < len(name) <= _NAME_CHARS and name.isprintable()]
    return tuple(sorted(dict.fromkeys(names), key=lambda name: "embed" in name.lower()))


def is_listed(model: str, names: tuple[str, ...]) -> bool:
    """Say whether a model is among the names; Ollama takes "qwen3" for "qwen3:latest"."""
    return model in names or f"{model}:latest" in names


def _windows(replies: Replies, model: str) -> Iterator[Window | None]:
    yield _sure(_get(replies.props, "default_generation_settings", "n_ctx"))  # llama.cpp: of one slot
    yield _ollama(replies, model)
    yield _studio(_named(_entries(replies.studio, "data"), model, "id"))
    listed = _named(_entries(replies.models, "data"), model, "id")
    for field in _FIELDS:  # vLLM, and hosted ones
        yield _sure(_get(listed, field))
    yield _sure(_get(listed, "meta", "n_ctx")) or _sure(_get(listed, "meta", "n_ctx_train"))


def _ollama(replies: Replies, model: str) -> Window | None:
    loaded = _named(_entries(replies.loaded, "models"), model, "model")
    if window := _sure(_get(loaded, "context_length")):
        return window
    info = _get(replies.shown, "model_info")
    if not isinstance(info, dict):
        return None
    most = next((tokens for name in info if name.endswith(".context_length") if (tokens := _count(info[name]))), None)
    if _get(replies.shown, "remote_host"):  # runs elsewhere, with all that it can read
        return _sure(most)
    set_to = re.search(r"^num_ctx\s+(\d+)", str(_get(replies.shown, "parameters") or ""), re.MULTILINE)
    if set_to and int(set_to[1]):
        return Window(min(int(set_to[1]), most or int(set_to[1])), sure=True)
    do = "start Ollama with OLLAMA_CONTEXT_LENGTH=16384 or set it in its app"
    return _guess(most, Said(do, "Ollama를 OLLAMA_CONTEXT_LENGTH=16384로 켜거나 Ollama 앱에서 그렇게 설정하세요."))


def _studio(model: Any) -> Window | None:
    if not isinstance(model, dict) or "max_context_length" not in model:
        return None
    loaded = _sure(model.get("loaded_context_length"))
    do = Said("load the model in LM Studio with more", "LM Studio에서 모델을 더 긴 길이로 불러오세요.")
    return loaded or _guess(_count(model["max_context_length"]), do)


def _guess(most: int | None, do: Said) -> Window | None:
    if most is None:
        return None
    tokens = min(most, DEFAULT_TOKENS)
    more, further = "", ""
    if most > tokens:
        more, further = f"; for more sources in an answer, {do.en}", f" 답에 출처를 더 많이 쓰려면 {do.ko}"
    note = f"the model can read {most:,} tokens, the server is taken to read {tokens:,} at a time{more}"
    korean = f"모델은 {most:,}토큰까지 읽을 수 있지만, 서버는 한 번에 {tokens:,}토큰을 읽는 것으로 봅니다.{further}"
    return Window(tokens, note=Said(note, korean))


def _sure(value: Any) -> Window | None:
    tokens = _count(value)
    return None if tokens is None else Window(tokens, sure=True)


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _entries(reply: Any, name: str) -> list[dict[str, Any]]:
    found = _get(reply, name)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _named(entries: list[dict[str, Any]], model: str, field: str) -> dict[str, Any] | None:
    names = (model, f"{model}:latest")
    return next((entry for entry in entries if entry.get(field) in names), None)


def _get(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
