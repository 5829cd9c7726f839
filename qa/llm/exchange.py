"""One request to a language model's server: messages out, pieces of its answer in, each in its time. Repeats nothing.

The answer is read as server-sent events, or as one JSON object where a server does not stream. httpx2 brings the
transport and the events; time limits, bounds and what counts as the end of an answer are decided here.
"""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import httpx2

from index.errors import EndpointError, InputError
from index.remote.request import user_agent
from qa.llm.address import is_near
from qa.llm.chunk import Chunk, read_chunk
from qa.llm.trouble import LOOK, LOOK_KOREAN, Trouble, Whom, refusal, reported, unreached

_BODY_BYTES = 1_000_000
_EVENT_BYTES = 1_000_000
_REFUSAL_S = 5.0
_CUT = ("length", "max_tokens", "model_length")
_REFUSED = ("content_filter", "error", "tool_calls", "function_call")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server may cost.

    Seconds: `connect_s` for the connection, `first_s` until the first token (loading a model and thinking count),
    `between_s` between two events, `total_s` for a whole answer with its tries. `tries` are made in all, the wait
    before the next is up to `backoff_s`, doubled each time; a server that asks to wait longer than `max_wait_s` is
    given up. `max_chars` of an answer are read, ten times as many of thoughts.
    """

    connect_s: float = 5.0
    first_s: float = 60.0
    between_s: float = 30.0
    total_s: float = 300.0
    tries: int = 3
    backoff_s: float = 0.5
    max_wait_s: float = 20.0
    max_chars: int = 20_000


def open_client(whom: Whom, limits: Limits) -> httpx2.AsyncClient:
    """Return a client for one server that follows no redirect and sets no time limit but that for the connection.

    Proxies of the environment are used for public hosts only. Raises InputError for a proxy that cannot be used.
    """
    parts = urlsplit(whom.base)
    headers = {"User-Agent": user_agent(), "Accept-Encoding": "identity"}  # what is packed may unpack to anything
    if whom.key:
        headers["Authorization"] = f"Bearer {whom.key}"
    try:
        return httpx2.AsyncClient(
            verify=_trust() if parts.scheme == "https" else False,  # reading certificates takes a tenth of a second
            trust_env=not is_near(parts.hostname or ""),
            follow_redirects=False,
            timeout=httpx2.Timeout(None, connect=limits.connect_s),
            limits=httpx2.Limits(max_keepalive_connections=0),  # one that a failing server is about to close is no use
            headers=headers,
        )
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        seen = f"the proxy that HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names cannot be used ({error})"
        raise InputError(
            f"{seen}; an http:// proxy was expected; set one or none",
            f"환경 변수 HTTP_PROXY, HTTPS_PROXY, ALL_PROXY에 적힌 프록시를 쓸 수 없습니다({error}). http://로 시작하는 "
            "프록시를 적거나, 비워 두세요.",
        ) from error


class Exchange:
    """One request and what comes back. `begun` is true from the first token on, a thought's included."""

    def __init__(self, client: httpx2.AsyncClient, whom: Whom, limits: Limits, deadline: float) -> None:
        """Bound the request by `deadline`, a time of the running event loop."""
        self.begun = False
        self._client = client
        self._whom = whom
        self._limits = limits
        self._deadline = deadline
        self._chars = 0
        self._thought_chars = 0

    async def pieces(self, body: dict[str, object]) -> AsyncGenerator[str, None]:
        """Yield the text of an answer as it comes. Raises Trouble for whatever keeps it from its end."""
        loop = asyncio.get_running_loop()
        first = min(self._deadline, loop.time() + self._limits.first_s)
        try:
            async with asyncio.timeout_at(first):
                request = self._client.build_request("POST", f"{self._whom.base}/chat/completions", json=body)
                response = await self._client.send(request, stream=True)
            async with (
                aclosing(response),
                aclosing(self._chunks(response, first)) as chunks,
                aclosing(self._texts(chunks)) as texts,
            ):
                async for text in texts:
                    yield text
        except TimeoutError as error:
            raise self._too_slow() from error
        except httpx2.TransportError as error:
            raise self._broken(error) from error
        except httpx2.DecodingError as error:
            seen, korean = "an answer packed in a way that cannot be unpacked", "풀 수 없게 압축된 답이 왔습니다"
            raise self._unreadable(seen, korean) from error

    async def _texts(self, chunks: AsyncGenerator[Chunk, None]) -> AsyncGenerator[str, None]:
        finish = ""
        async for chunk in chunks:
            self.begun = self.begun or bool(chunk.text or chunk.thought)
            self._count(chunk)
            finish = finish or chunk.finish
            if chunk.text:
                yield chunk.text
        if not finish:
            raise self._broken(None)
        if finish in _CUT or finish in _REFUSED:
            raise self._cut(finish)
        if not self._chars:
            raise self._empty()

    async def _chunks(self, response: httpx2.Response, first: float) -> AsyncGenerator[Chunk, None]:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not 200 <= response.status_code < 300:
            raise refusal(self._whom, response.status_code, response.headers, await _said(response))
        if kind == "text/event-stream":
            response.encoding = "utf-8"  # as the format says, whatever the header does
            async with aclosing(self._events(response, first)) as events:
                async for data in events:
                    if data.strip() == "[DONE]":
                        yield Chunk(finish="done")
                        return
                    yield self._chunk(data)
        elif kind == "application/json":
            async with asyncio.timeout_at(first):
                body = await bounded(response)
            chunk = self._chunk(body.decode("utf-8", "replace"))
            yield Chunk(chunk.text, chunk.thought, chunk.finish or "stop")
        else:
            what = f"{kind} 형식의 답이 왔습니다" if kind else "형식을 알 수 없는 답이 왔습니다"
            raise self._unreadable(f"{kind or 'something without a type'} came", what)

    async def _events(self, response: httpx2.Response, first: float) -> AsyncGenerator[str, None]:
        loop = asyncio.get_running_loop()
        events = aiter(httpx2.EventSource(response, max_event_size=_EVENT_BYTES))
        while True:
            until = min(self._deadline, loop.time() + self._limits.between_s) if self.begun else first
            try:
                async with asyncio.timeout_at(until):
                    event = await anext(events)
            except StopAsyncIteration:
                return
            if event.data:
                yield event.data

    def _chunk(self, data: str) -> Chunk:
        try:
            return read_chunk(data)
        except ValueError as error:
            quoted = self._whom.quote(data[:60])
            raise self._unreadable(f"its answer is no JSON{quoted}", f"답이 JSON이 아닙니다{quoted.strip()}") from error
        except EndpointError as error:
            raise reported(self._whom, str(error)) from error

    def _count(self, chunk: Chunk) -> None:
        """Count what has come. Raises Trouble for an answer without an end."""
        self._chars += len(chunk.text)
        self._thought_chars += len(chunk.thought)
        most = self._limits.max_chars
        if self._chars > most or self._thought_chars > 10 * most:
            what, did = ("written", "쓰고도") if self._chars > most else ("thought", "생각하고도")
            count = most if what == "written" else 10 * most
            seen = f"the model has {what} more than {count:,} characters"
            korean = f"모델이 {count:,}자 넘게 {did} 끝내지 않았습니다. 질문을 좁히거나 다른 모델을 쓰세요."
            raise self._whom.trouble(seen, "an end before that", "ask more narrowly, or take another model", korean)

    def _empty(self) -> Trouble:
        thought = "the model only thought and wrote no answer" if self._thought_chars else "the answer is empty"
        korean = "모델이 생각만 하고 답을 쓰지 않았습니다" if self._thought_chars else "모델의 답이 비어 있습니다"
        do, then = "try again, turn its thinking off, or take another model", "생각하기를 끄거나, 다른 모델을 쓰세요."
        return self._whom.trouble(thought, "text", do, f"{korean}. 다시 시도하거나, {then}")

    def _too_slow(self) -> Trouble:
        now = asyncio.get_running_loop().time()
        if now >= self._deadline:
            seen = f"the answer has not ended in {self._limits.total_s:g} s"
            do = "ask more narrowly, or take a faster model"
            korean = (
                f"{self._limits.total_s:g}초가 지나도록 답이 끝나지 않았습니다. 질문을 좁히거나 더 빠른 모델을 쓰세요."
            )
        elif self.begun:
            seen = f"nothing more came for {self._limits.between_s:g} s"
            do = LOOK
            korean = f"{self._limits.between_s:g}초 동안 답이 이어지지 않았습니다. {LOOK_KOREAN}"
        else:
            seen = f"the first word has not come in {self._limits.first_s:g} s"
            do = "wait until the model is loaded, or take a smaller one"
            korean = (
                f"{self._limits.first_s:g}초가 지나도록 첫 낱말이 오지 않았습니다. 모델을 다 불러올 때까지 기다리거나, "
                "더 작은 모델을 쓰세요."
            )
        return self._whom.trouble(seen, "an answer in time", do, korean)

    def _broken(self, error: httpx2.TransportError | None) -> Trouble:
        if isinstance(error, httpx2.SSEError):
            seen, korean = (
                f"an event of more than {_EVENT_BYTES:,} bytes came",
                f"{_EVENT_BYTES:,}바이트가 넘는 조각이 왔습니다",
            )
            return self._unreadable(seen, korean)
        if error is not None and not self.begun:
            return unreached(self._whom, error, self._limits.connect_s)
        korean = f"답이 중간에 끊겼습니다. {LOOK_KOREAN}"
        return self._whom.trouble("the answer breaks off", "its end", LOOK, korean, passing=not self.begun)

    def _cut(self, finish: str) -> Trouble:
        if finish in _CUT:
            do = "let the server write more, or ask more narrowly"
            korean = "서버의 한도에 걸려 답이 잘렸습니다. 서버가 더 길게 쓰도록 설정하거나, 질문을 좁히세요."
            return self._whom.trouble("the answer was cut off at the server's own limit", "its end", do, korean)
        why = self._whom.quote(finish)
        seen = f"the server ended the answer{why}"
        korean = f"서버가 답을 끝까지 쓰지 않았습니다{why.strip()}. 다른 말로 묻거나 다른 모델을 쓰세요."
        return self._whom.trouble(seen, "a whole one", "ask in other words, or take another model", korean)

    def _unreadable(self, seen: str, korean: str) -> Trouble:
        do, then = "check the address: it usually ends in /v1", "주소를 확인하세요. 주소는 보통 /v1로 끝납니다."
        return self._whom.trouble(
            seen, "an answer as OpenAI's servers give it", do, f"{korean}. OpenAI 형식이어야 합니다. {then}"
        )


async def bounded(response: httpx2.Response) -> bytes:
    """Return the beginning of a body, all of it unless it is very long."""
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > _BODY_BYTES:
            break
    return bytes(body[:_BODY_BYTES])


async def _said(response: httpx2.Response) -> bytes:
    """Return what a refusal says, nothing where that does not come in good time."""
    with suppress(TimeoutError, httpx2.TransportError, httpx2.DecodingError):
        async with asyncio.timeout(_REFUSAL_S):
            return await bounded(response)
    return b""


@cache
def _trust() -> ssl.SSLContext:
    return httpx2.create_ssl_context()
