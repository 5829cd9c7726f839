"""The usual ports of this machine in, the language models' servers that listen there out. Asks no other machine.

A server is looked for only when somebody asks, and found ones are only listed: which one is used, the user decides.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import httpx2

from qa.llm.background import result_of
from qa.llm.context import json_of, model_names
from qa.llm.exchange import Limits, open_client
from qa.llm.trouble import Whom

PORTS: Mapping[int, str] = {11434: "Ollama", 8080: "llama.cpp", 8000: "vLLM", 1234: "LM Studio"}
SEARCH_S = 0.3
_ENDING_S = 0.05  # for what no longer waits to say so
_OWNERS = {"library": "Ollama", "llamacpp": "llama.cpp", "vllm": "vLLM", "organization_owner": "LM Studio"}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was found, the address to give to an Endpoint, and the models that it lists."""

    name: str
    url: str
    models: tuple[str, ...]


def find_servers(ports: Mapping[int, str] = PORTS, *, within_s: float = SEARCH_S) -> list[Server]:
    """Return the servers of language models on this machine, in the order of `ports`, which name what uses them.

    Takes little longer than `within_s`. What listens there and is no such server, or is slower to say so, is passed
    over. One that wants a key is not listed.
    """
    return result_of(_find(ports, within_s))


async def _find(ports: Mapping[int, str], within_s: float) -> list[Server]:
    limits = Limits(connect_s=within_s)
    async with open_client(Whom("http://127.0.0.1/v1"), limits) as client:
        tasks = [asyncio.ensure_future(_server(client, port, usual, within_s)) for port, usual in ports.items()]
        if tasks:
            await asyncio.wait(tasks, timeout=within_s + _ENDING_S)
        for task in tasks:
            task.cancel()
        found = await asyncio.gather(*tasks, return_exceptions=True)
    return [server for server in found if isinstance(server, Server)]


async def _server(client: httpx2.AsyncClient, port: int, usual: str, within_s: float) -> Server | None:
    root = f"http://127.0.0.1:{port}"
    listed, tags = await asyncio.gather(
        json_of(client, "GET", f"{root}/v1/models", wait_s=within_s),
        json_of(client, "GET", f"{root}/api/tags", wait_s=within_s),
    )
    names = model_names(listed)
    is_ollama = isinstance(tags, dict) and isinstance(tags.get("models"), list)
    if not names and not (is_ollama or _is_empty_list(listed)):
        return None
    owners = {entry.get("owned_by") for entry in listed["data"] if isinstance(entry, dict)} if names else set()
    name = "Ollama" if is_ollama else next((_OWNERS[owner] for owner in owners if owner in _OWNERS), usual)
    return Server(name, f"{root}/v1", names)


def _is_empty_list(listed: object) -> bool:
    """Say whether a server lists no model yet, as LM Studio does before one is there."""
    return isinstance(listed, dict) and listed.get("object") == "list" and listed.get("data") == []
