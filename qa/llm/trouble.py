"""What went wrong with a language model's server in, one line for the user out, and whether another try may help.

A line says what was seen, what was expected and what to do, in English and in Korean. A server's own words are quoted
short in both, and never with the key in them. Sends nothing.
"""

import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx2

from index.errors import EndpointError
from index.remote.trouble import causes_of
from qa.llm.address import host_of, is_near
from qa.llm.chunk import words_of

KEY_VARIABLE = "SURVEYQA_LLM_KEY"
LOOK = "try again, and look at the server's own log"
LOOK_KOREAN = "다시 시도하고, 서버의 로그도 살펴보세요."
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
    that of HTTP, 0 without an answer; `words` are the server's own, `body` all that its answer holds.
    """

    def __init__(
        self,
        message: str,
        korean: str = "",
        *,
        passing: bool = False,
        wait_s: float | None = None,
        overflow: bool = False,
        told: int | None = None,
        status: int = 0,
        words: str = "",
        body: str = "",
    ) -> None:
        super().__init__(message, korean)
        self.passing = passing
        self.wait_s = wait_s
        self.overflow = overflow
        self.told = told
        self.status = status
        self.words = words
        self.body = body

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

    def trouble(self, seen: str, expected: str, do: str, korean: str, **more: object) -> Trouble:
        """Return the error of one line: seen, expected, what to do; `korean` says the three in whole sentences."""
        line, korean = f"{self.base}: {seen}; {expected} was expected; {do}", f"{self.base}: {korean}"
        return Trouble(self._without_key(line), self._without_key(korean), **more)  # type: ignore[arg-type]

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
        korean = (
            f"서버가 {'키를 받아들이지 않습니다' if whom.key else '키를 요구합니다'}(HTTP {status}). 환경 변수 "
            f"{KEY_VARIABLE}에 이 서버의 키를 넣고 SurveyQA를 다시 시작하세요."
        )
        return whom.trouble(seen, "an answer", do, korean, status=status)
    if status in (408, 409, 429) or status >= 500:
        return _busy(whom, status, headers, words, said)
    if status in (400, 413, 422) and _OVERFLOW.search(said):
        return _too_long(whom, words, said)
    if status == 404:
        seen = f"there is no such place (HTTP 404){whom.quote(words)}"
        do = "check the address: it usually ends in /v1"
        korean = (
            f"그런 주소가 서버에 없습니다(HTTP 404){whom.quote(words)}. OpenAI 호환 서버의 주소인지 확인하세요. 주소는 "
            "보통 /v1로 끝납니다."
        )
        expected = "a server that speaks as OpenAI's does"
        return whom.trouble(seen, expected, do, korean, status=status, words=words, body=said)
    seen = f"it does not take the request (HTTP {status}){whom.quote(words)}"
    do = "check the model and the server's settings"
    korean = f"서버가 요청을 받아들이지 않습니다(HTTP {status}){whom.quote(words)}. 모델과 서버의 설정을 확인하세요."
    return whom.trouble(seen, "an answer", do, korean, status=status, words=words, body=said)


def reported(whom: Whom, said: str) -> Trouble:
    """Say what an error within an answer means; some servers have begun to answer before they count the tokens."""
    if _OVERFLOW.search(said):
        return _too_long(whom, said, said)
    korean = f"답하는 중에 서버가 오류를 알렸습니다{whom.quote(said).strip()}. {LOOK_KOREAN}"
    return whom.trouble(f"the server reports an error{whom.quote(said)}", "an answer", LOOK, korean)


def _too_long(whom: Whom, words: str, said: str) -> Trouble:
    told = next((int(found[1]) for limit in _LIMITS_TOLD if (found := limit.search(said))), None)
    seen = f"the question and its sources are too long for the model{whom.quote(words)}"
    do = "let the server read more at a time, or take a model that does"
    korean = (
        f"질문과 출처가 모델이 한 번에 읽기에는 너무 깁니다{whom.quote(words).strip()}. 서버가 더 길게 읽도록 "
        "설정하거나, 더 길게 읽는 모델을 쓰세요."
    )
    return whom.trouble(seen, "room for them", do, korean, overflow=True, told=told)


def _busy(whom: Whom, status: int, headers: Mapping[str, str], words: str, said: str) -> Trouble:
    wait_s = _wait_s(headers)
    after = f", it asks to wait {wait_s:,.0f} s" if wait_s else ""
    later = f" {wait_s:,.0f}초 뒤에 다시 요청하라고 합니다." if wait_s else ""
    if status == 429:
        seen, do = "too many requests (HTTP 429)", "wait a little, or look at the account's quota"
        saw, then = "요청이 너무 많아 서버가 받지 않습니다", "잠시 기다리거나 계정의 한도를 확인하세요."
    elif status >= 500:
        seen, do = f"the server fails (HTTP {status})", "look at its own log, or wait until it has loaded the model"
        saw, then = "서버가 제대로 답하지 못합니다", "서버의 로그를 살펴보거나, 모델을 다 불러올 때까지 기다리세요."
    else:
        seen, do = f"the server is busy (HTTP {status})", "try again"
        saw, then = "서버가 바쁩니다", "다시 시도하세요."
    return whom.trouble(
        f"{seen}{after}{whom.quote(words)}",
        "an answer",
        do,
        f"{saw}(HTTP {status}){whom.quote(words)}.{later} {then}",
        passing=True,
        wait_s=wait_s,
        status=status,
        words=words,
        body=said,
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
    to_where = f"{'다른 서버 ' if other else ''}{where}" if where else "알 수 없는 곳"
    korean = (
        f"서버가 다른 주소({to_where})로 보내려 해서(HTTP {status}) 따라가지 않았습니다. 믿을 수 있는 곳이면 그 주소를 "
        "직접 적으세요."
    )
    do = "set the address that it leads to, if you trust it"
    return whom.trouble(seen, "an answer from this address", do, korean)


def unreached(whom: Whom, error: httpx2.TransportError, connect_s: float) -> Trouble:
    """Say why a request did not get through, or an answer broke off before its first word."""
    causes = list(causes_of(error))
    what = next((cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror), "")
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        what = "connection refused"  # asyncio has no words for it but the address
    host = host_of(whom.base)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        do = "write http:// if the server has no TLS; else check its certificate and the clock"
        seen = f"the connection to {host} is not secure{whom.quote(what)}"
        korean = (
            f"{host} 서버와 안전하게 연결할 수 없습니다{whom.quote(what).strip()}. 서버가 TLS를 쓰지 않으면 http://로 "
            "적고, 쓰면 인증서와 이 컴퓨터의 시계를 확인하세요."
        )
        return whom.trouble(seen, "a valid certificate", do, korean)
    if isinstance(error, httpx2.ConnectTimeout):
        seen = f"{host} did not answer for {connect_s:g} s"
        korean = (
            f"{host} 서버가 {connect_s:g}초 동안 응답하지 않았습니다. 주소가 맞는지, 서버가 켜져 있는지 확인하세요."
        )
        return whom.trouble(seen, "a connection", "check the address, and that the server runs", korean)
    if isinstance(error, httpx2.ProxyError):
        seen = f"the proxy refuses{whom.quote(str(error))}"
        korean = f"프록시가 연결을 거절했습니다{whom.quote(str(error)).strip()}. 환경 변수 HTTPS_PROXY를 확인하세요."
        return whom.trouble(seen, "a way to the server", "check HTTPS_PROXY", korean)
    if isinstance(error, httpx2.ConnectError):
        do = "start it (for Ollama: ollama serve)" if is_near(host) else "check the address and the network"
        then = "서버를 켜세요(Ollama는 ollama serve)." if is_near(host) else "주소와 네트워크를 확인하세요."
        seen, korean = (
            f"no server can be reached{whom.quote(what)}",
            f"서버에 연결할 수 없습니다{whom.quote(what).strip()}. {then}",
        )
        return whom.trouble(seen, "a running one", do, korean, passing=True)
    seen = f"the connection broke off{whom.quote(what or type(error).__name__)}"
    korean = f"서버와의 연결이 끊겼습니다{whom.quote(what or type(error).__name__).strip()}. {LOOK_KOREAN}"
    return whom.trouble(seen, "an answer", LOOK, korean, passing=True)


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
