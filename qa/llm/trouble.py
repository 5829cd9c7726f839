"""What went wrong with a language model's server in, one line for the user out, and whether another try may help.

A line says what was seen, what was expected and what to do. A server's own words are quoted short, and never with the
key in them. Sends nothing.
"""

import json
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx2

from index.errors import EndpointError
from qa.llm.address import host_of, is_near
from qa.llm.chunk import words_of

KEY_VARIABLE = "SURVEYQA_LLM_KEY"
LOOK = "try again, and look at the server's own log"
_QUOTED_CHARS = 160
_OVERFLOW = re.compile(
    r"context.?(?:length|size|window)|maximum context|n_ctx|too many tokens|prompt is too long|max_new_tokens"
    r"|input (?:length|is too long)|reduce the length|exceed\w* .{0,40}(?:tokens|context)|request too large",
    re.IGNORECASE,
)
_LIMITS_TOLD = (
    re.compile(r'"?n_ctx"?\s*[:=]\s*(\d{3,7})'),
    re.compile(r"(?:context|maximum)[\w ]{0,24}?(?:length|size|window)(?: is| of|:)? *\(?(\d{3,7}) tokens", re.I),
)


class Trouble(EndpointError):
    """An EndpointError that knows what may help. Of its own kind, so that only `exchange` and `endpoint` need to care.

    `passing`: another try may bring an answer, `wait_s` is how long the server asks to wait before it. `overflow`: the
    messages are longer than the model can read, `told` is how many tokens it can, where the server says. `status` is
    that of HTTP, 0 without an answer; `words` are the server's own, `said` all that its answer holds.
    """

    def __init__(
        self,
        message: str,
        *,
        passing: bool = False,
        wait_s: float | None = None,
        overflow: bool = False,
        told: int | None = None,
        status: int = 0,
        words: str = "",
        said: str = "",
    ) -> None:
        super().__init__(message)
        self.passing = passing
        self.wait_s = wait_s
        self.overflow = overflow
        self.told = told
        self.status = status
        self.words = words
        self.said = said

    @property
    def may_be_model(self) -> bool:
        """Whether the reason may be that there is no such model; servers say that in many ways."""
        return not self.overflow and self.status in (400, 404, 422, 500)


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a line is about: the server's address, and the key that must not be in the line."""

    base: str
    key: str | None = None

    def __repr__(self) -> str:
        return f"Whom({self.base!r})"

    def trouble(self, seen: str, expected: str, do: str, **more: object) -> Trouble:
        """Return the error of one line: seen, expected, what to do."""
        line = self._without_key(f"{self.base}: {seen}; {expected} was expected; {do}")
        return Trouble(line, **more)  # type: ignore[arg-type]

    def quote(self, words: str) -> str:
        """Return a server's words in brackets, short, on one line and without the key; "" where there are none."""
        words = " ".join("".join(char if char.isprintable() else " " for char in words).split())
        words = self._without_key(words)
        words = words if len(words) <= _QUOTED_CHARS else f"{words[:_QUOTED_CHARS]}…"
        return f" ({words})" if words else ""

    def _without_key(self, text: str) -> str:
        return text.replace(self.key, "[key]") if self.key else text


def refusal(whom: Whom, status: int, headers: Mapping[str, str], body: bytes) -> Trouble:
    """Say what an answer that is no answer means: a status other than 200, and its body."""
    words, said = _words(body)
    if 300 <= status < 400:
        return _elsewhere(whom, status, headers.get("location", ""))
    if status in (401, 403):
        seen = f"it refuses the key (HTTP {status})" if whom.key else f"it wants a key (HTTP {status})"
        do = f"set the environment variable {KEY_VARIABLE} to a key of this server and start SurveyQA again"
        return whom.trouble(seen, "an answer", do, status=status)
    if status in (408, 409, 429) or status >= 500:
        return _busy(whom, status, headers, words, said)
    if status in (400, 413, 422) and _OVERFLOW.search(said):
        return _too_long(whom, words, said)
    if status == 404:
        seen = f"there is no such place (HTTP 404){whom.quote(words)}"
        do = "check the address: it usually ends in /v1"
        return whom.trouble(seen, "a server that speaks as OpenAI's does", do, status=status, words=words, said=said)
    seen = f"it does not take the request (HTTP {status}){whom.quote(words)}"
    return whom.trouble(
        seen, "an answer", "check the model and the server's settings", status=status, words=words, said=said
    )


def reported(whom: Whom, said: str) -> Trouble:
    """Say what an error within an answer means; some servers have begun to answer before they count the tokens."""
    if _OVERFLOW.search(said):
        return _too_long(whom, said, said)
    return whom.trouble(f"the server reports an error{whom.quote(said)}", "an answer", LOOK)


def _too_long(whom: Whom, words: str, said: str) -> Trouble:
    told = next((int(found[1]) for limit in _LIMITS_TOLD if (found := limit.search(said))), None)
    seen = f"the question and its sources are too long for the model{whom.quote(words)}"
    do = "let the server read more at a time, or take a model that does"
    return whom.trouble(seen, "room for them", do, overflow=True, told=told)


def _busy(whom: Whom, status: int, headers: Mapping[str, str], words: str, said: str) -> Trouble:
    wait_s = _wait_s(headers)
    after = f", it asks to wait {wait_s:,.0f} s" if wait_s else ""
    if status == 429:
        seen, do = "too many requests (HTTP 429)", "wait a little, or look at the account's quota"
    elif status >= 500:
        seen, do = f"the server fails (HTTP {status})", "look at its own log, or wait until it has loaded the model"
    else:
        seen, do = f"the server is busy (HTTP {status})", "try again"
    return whom.trouble(
        f"{seen}{after}{whom.quote(words)}",
        "an answer",
        do,
        passing=True,
        wait_s=wait_s,
        status=status,
        words=words,
        said=said,
    )


def _elsewhere(whom: Whom, status: int, location: str) -> Trouble:
    """A redirect is not followed: it would take the question, the sources and the key to a place nobody chose."""
    try:
        to = urlsplit(urljoin(whom.base, location))
        where, host = f"{to.scheme}://{to.netloc.rpartition('@')[2]}", to.hostname or ""
    except ValueError:
        where = host = ""
    other = "another server, " if host and host != host_of(whom.base) else ""
    seen = f"it leads to {other}{where or 'nowhere'} (HTTP {status}), which is not followed"
    return whom.trouble(seen, "an answer from this address", "set the address that it leads to, if you trust it")


def unreached(whom: Whom, error: httpx2.TransportError, connect_s: float) -> Trouble:
    """Say why a request did not get through, or an answer broke off before its first word."""
    causes = list(_causes(error))
    what = next((cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror), "")
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        what = "connection refused"  # asyncio has no words for it but the address
    host = host_of(whom.base)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        do = "write http:// if the server has no TLS; else check its certificate and the clock"
        return whom.trouble(f"the connection to {host} is not secure{whom.quote(what)}", "a valid certificate", do)
    if isinstance(error, httpx2.ConnectTimeout):
        seen = f"{host} did not answer for {connect_s:g} s"
        return whom.trouble(seen, "a connection", "check the address, and that the server runs")
    if isinstance(error, httpx2.ProxyError):
        return whom.trouble(f"the proxy refuses{whom.quote(str(error))}", "a way to the server", "check HTTPS_PROXY")
    if isinstance(error, httpx2.ConnectError):
        do = "start it (for Ollama: ollama serve)" if is_near(host) else "check the address and the network"
        return whom.trouble(f"no server can be reached{whom.quote(what)}", "a running one", do, passing=True)
    seen = f"the connection broke off{whom.quote(what or type(error).__name__)}"
    return whom.trouble(seen, "an answer", LOOK, passing=True)


def _wait_s(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that Retry-After, a number or a date, asks to wait; None when it says nothing."""
    said = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(?:\.\d+)?", said):
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):  # TypeError: a date without a time zone
        return None


def _words(body: bytes) -> tuple[str, str]:
    """Return a refusal's words, and all of it, whose fields may tell more (llama.cpp's n_ctx); none of a web page."""
    text = body.decode("utf-8", "replace")
    try:
        return words_of(json.loads(text)), text
    except (ValueError, RecursionError):
        return ("", "") if re.match(r"\s*<", text) else (text, text)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
