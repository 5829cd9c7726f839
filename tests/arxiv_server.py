"""A web server on 127.0.0.1 that answers as arXiv does, and as networks do: slow, cut off, twice, elsewhere, not at all."""

import gzip
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
HTML = b'<!DOCTYPE html>\n<html lang="en"><head><title>Orchids</title></head><body><h1>Orchids</h1></body></html>\n'
NO_HTML = b"<!DOCTYPE html><html><head><title>No HTML</title></head><body>No HTML for this paper.</body></html>"
CAPTCHA = b"<!doctype html><html><head><title>arXiv reCAPTCHA</title></head><body>Are you there?</body></html>"


@dataclass(frozen=True)
class Seen:
    """A request that came: its path with query, and its headers with names in lower case."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What to send. `cut` closes the connection after so many bytes, `length` is what Content-Length says (else true)."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    length: int | None = None


Reaction = Answer | Callable[["Handler"], None]


@dataclass(frozen=True)
class File:
    """A file as arXiv serves it: whole, from a byte on, or not at all when the client has it."""

    body: bytes
    content_type: str
    etag: str = '"1"'
    modified: str = "Mon, 06 May 2024 10:00:00 GMT"


@dataclass(frozen=True)
class Paper:
    """A paper as the catalogue knows it; `versions` are its versions' days."""

    id: str
    title: str = "Orchids that\n  Improve Themselves"
    authors: tuple[str, ...] = ("Ada Kim", "Bo Lee")
    versions: tuple[str, ...] = ("2024-05-06", "2024-06-14")
    abstract: str = "  We grow orchids\nthat prune themselves & bloom.\n"
    categories: tuple[str, ...] = ("cs.CL", "cs.LG")
    extra: str = ""


class Server(ThreadingHTTPServer):
    """`papers` and `files` are served as arXiv would; `reactions` of a path come first, one a request, the last for good."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.papers: dict[str, Paper] = {}
        self.files: dict[str, File] = {}
        self.reactions: dict[str, list[Reaction]] = {}
        self.seen: list[Seen] = []
        self.connections = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def paths(self) -> list[str]:
        return [seen.path for seen in self.seen]

    def on(self, path: str, *reactions: Reaction) -> str:
        self.reactions[path] = list(reactions)
        return self.url + path

    def serve(self, path: str, body: bytes, content_type: str = "application/pdf", **more: Any) -> str:
        self.files[path] = File(body, content_type, **more)
        return self.url + path

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request at a time."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.seen.append(Seen(self.path, {name.lower(): value for name, value in self.headers.items()}))
        path = unquote(urlsplit(self.path).path)
        reactions = self.server.reactions.get(path)
        self.close_connection = True
        if reactions:
            reaction = reactions.pop(0) if len(reactions) > 1 else reactions[0]
            self.send(reaction) if isinstance(reaction, Answer) else reaction(self)
        elif path == "/api/query":
            self.send(catalogue(self.server.papers, parse_qs(urlsplit(self.path).query)))
        elif path in self.server.files:
            self.send(ranged(self.server.files[path], self.headers))
        else:
            self.send(Answer(NO_HTML, 404, {"Content-Type": "text/html; charset=utf-8"}))

    def send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
        for name, value in {"Connection": "close", **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body[: answer.cut])

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@contextmanager
def running() -> Iterator[Server]:
    """Run a server in a thread."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ranged(file: File, headers: Any) -> Answer:
    said = {
        "Content-Type": file.content_type,
        "ETag": file.etag,
        "Last-Modified": file.modified,
        "Accept-Ranges": "bytes",
    }
    if headers.get("If-None-Match") == file.etag:
        return Answer(b"", 304, said)
    asked = re.fullmatch(r"bytes=(\d+)-", headers.get("Range", ""))
    if not asked or headers.get("If-Range", file.etag) not in (file.etag, file.modified):
        return Answer(file.body, 200, said)
    start, size = int(asked[1]), len(file.body)
    if start >= size:
        return Answer(b"", 416, {**said, "Content-Range": f"bytes */{size}"})
    return Answer(file.body[start:], 206, {**said, "Content-Range": f"bytes {start}-{size - 1}/{size}"})


def redirect(to: str, status: int = 301) -> Answer:
    return Answer(b"", status, {"Location": to})


def packed(body: bytes, content_type: str, **headers: str) -> Answer:
    return Answer(gzip.compress(body), 200, {"Content-Type": content_type, "Content-Encoding": "gzip", **headers})


def endless(handler: Handler) -> None:
    """A body without an end, and without a length."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    with suppress(OSError):
        while True:
            handler.wfile.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")


def drip(body: bytes, pause_s: float) -> Callable[[Handler], None]:
    """A body a byte at a time, each in time for a reader that waits for the next one only."""

    def react(handler: Handler) -> None:
        handler.send(Answer(body, 200, {"ETag": '"1"'}, cut=0))
        with suppress(OSError):
            for at in range(len(body)):
                handler.wfile.write(body[at : at + 1])
                handler.wfile.flush()
                time.sleep(pause_s)

    return react


def silent(handler: Handler) -> None:
    """No answer at all, and no end of the connection."""
    with suppress(OSError):
        handler.rfile.read(1)  # until the client gives up


def catalogue(papers: Mapping[str, Paper], query: Mapping[str, list[str]]) -> Answer:
    """What the query API answers to an id_list; it gives 10 papers unless told otherwise, and refuses malformed ids."""
    ids = query.get("id_list", [""])[0].split(",")
    limit = int(query.get("max_results", ["10"])[0])
    for text in ids:
        if not re.search(r"\d{4}\.\d{4,5}(v\d*)?|[a-z-]+/\d{7}(v\d*)?", text):
            return error_feed(f"incorrect id format for {text}")
    found = [(papers[match[1]], match[2]) for text in ids if (match := split_version(text)) and match[1] in papers]
    entries = [entry(paper, int(version or len(paper.versions))) for paper, version in found]
    return atom([text for text in entries if text][:limit])


def split_version(text: str) -> re.Match[str] | None:
    return re.fullmatch(r"(.+?)(?:v(\d+))?", text)


def entry(paper: Paper, version: int) -> str:
    if version > len(paper.versions):
        return ""
    link = f"http://arxiv.org/abs/{paper.id}v{version}"
    people = "".join(f"<author>\n<name>{escape(name)}</name>\n</author>" for name in paper.authors)
    fields = "".join(f'<category term="{name}" scheme="http://arxiv.org/schemas/atom"/>' for name in paper.categories)
    return f"""<entry>
    <id>{link}</id>
    <title>{escape(paper.title)}</title>
    <updated>{paper.versions[version - 1]}T09:30:00Z</updated>
    <link href="{link}" rel="alternate" type="text/html"/>
    <summary>{escape(paper.abstract)}</summary>
    {fields}
    <published>{paper.versions[0]}T08:00:00Z</published>
    {paper.extra}
    <arxiv:primary_category term="{paper.categories[0]}"/>
    {people}
  </entry>"""


def atom(entries: list[str], *, status: int = 200, total: int | None = None) -> Answer:
    body = f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/made-up</id>
  <title>arXiv Query: id_list=made-up</title>
  <updated>2026-11-04T00:00:00Z</updated>
  <link href="https://arxiv.org/api/query?id_list=2408.03281" type="application/atom+xml"/>
  <opensearch:itemsPerPage>10</opensearch:itemsPerPage>
  <opensearch:totalResults>{len(entries) if total is None else total}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  {"".join(entries)}
</feed>"""
    return Answer(body.encode(), status, {"Content-Type": "application/atom+xml; charset=utf-8"})


def error_feed(summary: str, *, status: int = 400) -> Answer:
    link = f"https://arxiv.org/api/errors#{summary.replace(' ', '_')}"
    return atom(
        [
            f"<entry><id>{link}</id><title>Error</title><summary>{summary}</summary><author><name>core</name></author></entry>"
        ],
        status=status,
    )
