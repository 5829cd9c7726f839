"""Noticing servers of language models on this machine, among whatever else listens there."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest

from qa.llm.context import model_names
from qa.llm.servers import PORTS, SEARCH_S, Server, find_servers
from tests.llm_server import running

PATIENT_S = 2.0  # for a server that answers at once, on a machine that does much else
LOADED_S = 5.0  # a server that was waited for would take 6 s


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """Give every connection to a port of this machine to `answer`, and yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as server, ExitStack() as open_ones:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection = open_ones.enter_context(server.accept()[0])
                    threading.Thread(target=one, args=(connection,), daemon=True).start()

        def one(connection: socket.socket) -> None:
            with suppress(OSError):
                connection.recv(4_096)
                answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def sends(
    body: bytes, status: str = "200 OK", content_type: str = "application/json"
) -> Callable[[socket.socket], None]:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode()

    def answer(connection: socket.socket) -> None:
        connection.sendall(head + body)

    return answer


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        connection.sendall(b"[" * 65_536)


def slow(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
    for _ in range(99):
        time.sleep(0.1)
        connection.sendall(b" ")


def headless(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"X-Header: on and on\r\n" * 1_000)


OTHERS: dict[str, Callable[[socket.socket], None]] = {
    "a web page": sends(b"<!doctype html><title>Jenkins</title>", content_type="text/html"),
    "a web page for what is not there": sends(b"<h1>404</h1>", "404 Not Found", "text/html"),
    "other JSON": sends(b'{"data": [1, {"name": "x"}, {"id": 7}], "models": "none"}'),
    "an empty object": sends(b"{}"),
    "deep JSON": sends(b"[" * 100_000),
    "a redirect": sends(b"", "302 Found\r\nLocation: http://127.0.0.1:9/v1/models"),
    "garbage": lambda connection: connection.sendall(bytes(range(256)) * 4),
    "nothing": lambda connection: connection.close(),
    "a server that waits": lambda connection: time.sleep(6.0),
    "endless JSON": endless,
    "endless headers": headless,
    "a slow one": slow,
}


def test_servers_are_found_with_their_models() -> None:
    with (
        running(models=("qwen3:8b",)) as ollama,
        running(models=("model.gguf",), owner="llamacpp") as llama,
        running(models=("Qwen/Qwen3-8B",), owner="vllm") as vllm,
        running(models=("text-embedding-nomic", "exaone"), owner="organization_owner") as studio,
    ):
        ollama.json["/api/tags"] = {"models": [{"name": "qwen3:8b"}]}
        ports = {server.server_port: "Other" for server in (vllm, studio, ollama, llama)}
        start = time.monotonic()
        found = find_servers(ports, within_s=PATIENT_S)
        assert time.monotonic() - start < PATIENT_S
        assert found == [
            Server("vLLM", vllm.url, ("Qwen/Qwen3-8B",)),
            Server("LM Studio", studio.url, ("exaone", "text-embedding-nomic")),
            Server("Ollama", ollama.url, ("qwen3:8b",)),
            Server("llama.cpp", llama.url, ("model.gguf",)),
        ]
        asked = [seen for server in (ollama, llama, vllm, studio) for seen in server.seen]
        assert {(seen.method, seen.path) for seen in asked} == {("GET", "/v1/models"), ("GET", "/api/tags")}
        assert not any("authorization" in seen.headers for seen in asked)


def test_a_server_of_no_known_kind_is_called_after_its_port() -> None:
    with running(models=("tiny",), owner="system") as server:
        assert find_servers({server.server_port: "LM Studio"}, within_s=PATIENT_S) == [
            Server("LM Studio", server.url, ("tiny",))
        ]


def test_a_server_without_models_yet_is_one() -> None:
    with running(models=()) as studio, running(models=()) as ollama:
        ollama.json |= {"/api/tags": {"models": []}, "/v1/models": {"object": "list", "data": None}}
        ports = {studio.server_port: "LM Studio", ollama.server_port: "x"}
        assert find_servers(ports, within_s=PATIENT_S) == [
            Server("LM Studio", studio.url, ()),
            Server("Ollama", ollama.url, ()),
        ]


def test_one_that_wants_a_key_is_passed_over() -> None:
    with listening(sends(b'{"error": "no key"}', "401 Unauthorized")) as port:
        assert find_servers({port: "vLLM"}) == []


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_no_such_server_is_passed_over(other: str) -> None:
    with listening(OTHERS[other]) as port, running(models=("tiny",)) as server:
        start = time.monotonic()
        found = find_servers({port: "Ollama", server.server_port: "vLLM"}, within_s=PATIENT_S)
        took_s = time.monotonic() - start
    assert [one.url for one in found] == [server.url]
    assert took_s < LOADED_S


def test_where_nothing_listens_nothing_is_found() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        start = time.monotonic()
        assert find_servers({unused.getsockname()[1]: "Ollama"}) == []
        assert time.monotonic() - start < LOADED_S
    assert find_servers({}) == []


def test_the_usual_ports() -> None:
    assert SEARCH_S < 0.4  # a person waits for it
    assert dict(PORTS) == {11434: "Ollama", 8080: "llama.cpp", 8000: "vLLM", 1234: "LM Studio"}


def test_names_of_models() -> None:
    listed = {
        "data": [
            {"id": "b"},
            {"id": "a-Embed"},
            {"id": "b"},
            {"id": "c\nd"},
            {"id": ""},
            {"id": "e" * 201},
            {"id": "a"},
        ]
    }
    assert model_names(listed) == ("b", "a", "a-Embed")
    others: list[object] = [None, [], {"data": {}}, "x"]
    assert [model_names(other) for other in others] == [(), (), (), ()]
