"""A server on 127.0.0.1 that speaks as OpenAI's do and answers as it is told: well, slowly, wrongly, or not at all.

    with running(says("SPIN needs no new data [1]."), models=("tiny",)) as server:
        Endpoint(server.url, "tiny").stream(...)
        server.asked[0].messages, server.asked[0].headers["authorization"]

A *play* is what the server does with one request for an answer. Plays are taken in order, one a request; the last one
is for good. `server.seen` are all requests, `server.asked` those for an answer. Other calls (/v1/models, /props,
/api/show …) are answered from `server.json`, by path; a path that is not there gets 404. `server.hung_up` is set when a
client closes its connection before its answer has ended.
"""

import json
import os
import re
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

Play = Callable[["Handler"], None]
KOREAN = (
    "행동 모방(behavior imitation)은 강한 모델의 답변으로 작은 모델을 학습시키는 방법입니다 [1]. "
    "정확도는 83.5점입니다 [2]."
)
ENGLISH = "Behavior imitation trains a small model on a stronger one's answers [1]. It reaches 83.5 points [2]."
TAKES_S = 0.002  # between two pieces of an answer that is not told to be slow


@dataclass(frozen=True)
class Seen:
    """A request that came: its path, its headers with names in lower case, and its body's JSON, None without one."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any

    @property
    def messages(self) -> list[dict[str, str]]:
        """The messages of a request for an answer."""
        found: list[dict[str, str]] = self.body["messages"]
        return found

    @property
    def text(self) -> str:
        """All that the messages say."""
        return "\n".join(message["content"] for message in self.messages)


class Server(ThreadingHTTPServer):
    """The server; made by `running`."""

    daemon_threads = True

    def __init__(self, plays: Sequence[Play], models: Sequence[str], owner: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.plays = list(plays)
        self.json: dict[str, Any] = {}
        self.seen: list[Seen] = []
        self.hung_up = threading.Event()
        self.lock = threading.Lock()
        self.list_models(*models, owner=owner)

    @property
    def root(self) -> str:
        """The address without /v1."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        """The address to give to an endpoint."""
        return f"{self.root}/v1"

    @property
    def asked(self) -> list[Seen]:
        """The requests for an answer."""
        return [seen for seen in self.seen if seen.path.endswith("/chat/completions")]

    def list_models(self, *names: str, owner: str = "library", **fields: Any) -> None:
        """Say which models are there; `fields` stand in each one's entry, such as vLLM's max_model_len."""
        entries = [{"id": name, "object": "model", "created": 0, "owned_by": owner, **fields} for name in names]
        self.json["/v1/models"] = {"object": "list", "data": entries}

    def play(self, *plays: Play) -> None:
        """Do these from now on."""
        self.plays = list(plays)

    def next_play(self) -> Play:
        with self.lock:
            return self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request on a connection, which is `seen`, and then closes it unless the play has."""

    protocol_version = "HTTP/1.1"
    server: Server
    seen: Seen

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        path = urlsplit(self.path).path
        self.seen = Seen(self.command, path, headers, json.loads(body) if body else None)
        self.server.seen.append(self.seen)
        try:
            if path.endswith("/chat/completions"):
                self.server.next_play()(self)
            elif path in self.server.json:
                self.send_json(self.server.json[path])
            else:
                self.send_json({"error": f"no {path} here"}, 404)
        except (BrokenPipeError, ConnectionResetError, ConnectionAbortedError):
            self.server.hung_up.set()

    def send_json(self, value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.send_whole(json.dumps(value).encode(), "application/json", status, headers)

    def send_whole(
        self, body: bytes, content_type: str, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": content_type,
            "Content-Length": str(len(body)),
            "Connection": "close",
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def begin(self, content_type: str = "text/event-stream") -> None:
        """Begin an answer of unknown length; it ends where the connection does."""
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.flush()

    def event(self, value: Any) -> None:
        """Send one event: a value as JSON, or a string as it is."""
        data = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def piece(self, text: str | None, **delta: Any) -> None:
        """Send a piece of the answer."""
        self.event(chunk({"content": text, **delta}))

    def end(self, finish: str | None = "stop") -> None:
        """Send the end of an answer, as whole as servers send it."""
        if finish:
            self.event(chunk({}, finish))
        self.event("[DONE]")

    def wait(self, pause_s: float) -> None:
        """Wait; raises ConnectionResetError as soon as the client has closed its side."""
        until = time.monotonic() + pause_s
        while (left_s := until - time.monotonic()) > 0:
            if select.select([self.connection], [], [], left_s)[0] and not self.connection.recv(1, socket.MSG_PEEK):
                raise ConnectionResetError("the client hung up")

    def reset(self) -> None:
        """Break the connection off as a crash does."""
        self.wfile.flush()
        at_once = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@contextmanager
def running(*plays: Play, models: Sequence[str] = ("tiny",), owner: str = "library") -> Iterator[Server]:
    """Run a server in a thread. Without a play it answers in English."""
    server = Server(plays or (says(ENGLISH),), models, owner)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def chunk(delta: Mapping[str, Any], finish: str | None = None) -> dict[str, Any]:
    """One chunk of a streamed answer."""
    choice = {"index": 0, "delta": dict(delta), "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 0, "model": "tiny", "choices": [choice]}


def pieces_of(text: str) -> list[str]:
    """A text in pieces of about a token: a word with the space before it."""
    return re.findall(r"\s*\S{1,6}|\s+$", text)


# --- plays that answer ---


def says(
    text: str, *, thinks: str = "", pause_s: float = 0.0, first_s: float = 0.0, finish: str | None = "stop"
) -> Play:
    """Stream `text`, with `thinks` before it as reasoning_content, waiting before the first piece and between them."""

    def play(handler: Handler) -> None:
        handler.begin()
        handler.event(chunk({"role": "assistant", "content": ""}))
        handler.wait(first_s)
        for piece in pieces_of(thinks):
            handler.piece(None, reasoning_content=piece)
            handler.wait(pause_s or TAKES_S)
        for piece in pieces_of(text):
            handler.piece(piece)
            handler.wait(pause_s or TAKES_S)
        handler.end(finish)

    return play


def whole(text: str) -> Play:
    """Answer at once with one JSON object, as a server that does not stream."""

    def play(handler: Handler) -> None:
        message = {"role": "assistant", "content": text}
        handler.send_json({"object": "chat.completion", "choices": [{"message": message, "finish_reason": "stop"}]})

    return play


def bytewise(text: str) -> Play:
    """Stream `text` a byte a packet, so that letters are cut in two."""

    def play(handler: Handler) -> None:
        handler.begin()
        event = f"data: {json.dumps(chunk({'content': text}), ensure_ascii=False)}\r\n\r\n".encode()
        for at in range(len(event)):
            handler.wfile.write(event[at : at + 1])
            handler.wfile.flush()
        handler.end()

    return play


def chatty(text: str) -> Play:
    """Stream `text` among all that a stream may hold besides: comments, ids, roles, no content, usage."""

    def play(handler: Handler) -> None:
        handler.begin("text/event-stream; charset=iso-8859-1")  # which it is not, whatever the header says
        handler.wfile.write(b": keep-alive\n\nevent: message\nid: 7\nretry: 10\n\n")
        handler.event(chunk({"role": "assistant"}))
        handler.piece(None)
        for piece in pieces_of(text):
            handler.piece(piece)
            handler.wfile.write(b": ping\n\n")
        handler.event({"object": "chat.completion.chunk", "choices": [], "usage": {"total_tokens": 7}})
        handler.event({"object": "chat.completion.chunk", "choices": [{"index": 0, "finish_reason": "stop"}]})
        handler.event({"object": "chat.completion.chunk", "choices": None})
        handler.event("[DONE]")
        handler.piece(" after the end")

    return play


def endless(text: str = "It goes on and on [1]. ", *, pause_s: float = 0.0) -> Play:
    """Repeat `text` until the client hangs up."""

    def play(handler: Handler) -> None:
        handler.begin()
        while True:
            handler.piece(text)
            handler.wait(pause_s)

    return play


def echoes(answer: Callable[[Seen], str]) -> Play:
    """Answer what a function makes of the request."""

    def play(handler: Handler) -> None:
        says(answer(handler.seen))(handler)

    return play


# --- plays that do not ---


def refuses(status: int, message: str = "", *, retry_after: str | None = None, body: Any = None, **fields: Any) -> Play:
    """Answer with a status other than 200 and OpenAI's kind of error, or with `body`."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}

    def play(handler: Handler) -> None:
        said = {"error": {"message": message, "type": "error", **fields}} if body is None else body
        handler.send_json(said, status, headers)

    return play


def overflows(tokens: int, per_token_chars: int = 4, answer: str = ENGLISH) -> Play:
    """Refuse messages longer than `tokens` as llama.cpp does, answer shorter ones."""

    def play(handler: Handler) -> None:
        length = len(handler.seen.text) // per_token_chars
        if length <= tokens:
            says(answer)(handler)
            return
        message = f"request ({length} tokens) exceeds the available context size ({tokens} tokens), try increasing it"
        error = {"code": 400, "message": message, "type": "exceed_context_size_error", "n_ctx": tokens}
        handler.send_json({"error": error}, 400)

    return play


def redirects(to: str, status: int = 307) -> Play:
    """Send the client elsewhere."""

    def play(handler: Handler) -> None:
        handler.send_whole(b"", "text/plain", status, {"Location": to})

    return play


def page(status: int = 200) -> Play:
    """Answer with a web page."""
    html = b"<!doctype html><html><head><title>Router login</title></head><body>Hello</body></html>"
    return lambda handler: handler.send_whole(html, "text/html; charset=utf-8", status)


def silent(handler: Handler) -> None:
    """Take the request and never answer."""
    handler.wait(60.0)


def stalls(text: str) -> Play:
    """Stream `text` and then nothing more, without an end."""

    def play(handler: Handler) -> None:
        handler.begin()
        for piece in pieces_of(text):
            handler.piece(piece)
        handler.wait(60.0)

    return play


def breaks(text: str = "", *, how: str = "reset") -> Play:
    """Stream `text` and break off: "reset" the connection, or "close" it cleanly without an end."""

    def play(handler: Handler) -> None:
        handler.begin()
        for piece in pieces_of(text):
            handler.piece(piece)
        handler.wait(0.02)  # so that the pieces are read before a reset throws them away
        if how == "reset":
            handler.reset()

    return play


def drops(handler: Handler) -> None:
    """Close the connection before a single byte of an answer."""
    handler.reset()


def garbles(text: str = "", line: str = '{"choices": [{"delta": {"content": "b') -> Play:
    """Stream `text` and then a line that is no JSON."""

    def play(handler: Handler) -> None:
        handler.begin()
        for piece in pieces_of(text):
            handler.piece(piece)
        handler.event(line)
        handler.end()

    return play


def reports(message: str, text: str = "") -> Play:
    """Stream `text` and then an error as an event of the stream."""

    def play(handler: Handler) -> None:
        handler.begin()
        for piece in pieces_of(text):
            handler.piece(piece)
        handler.event({"error": {"message": message, "code": 500}})

    return play


def floods(handler: Handler) -> None:
    """One event without an end."""
    handler.begin()
    handler.wfile.write(b"data: ")
    with suppress(OSError):
        while True:
            handler.wfile.write(b"x" * 65_536)
    handler.server.hung_up.set()
