"""An address in, its bytes in a file: a GET with redirects, retries and resuming. Keeps no cache, judges no content."""

import ssl
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import httpx2

from index.errors import InputError
from index.remote.part import Part
from index.remote.polite import Clock, Turns, is_private
from index.remote.trouble import BY_HAND, Trouble, refusal, trouble_of

BACKOFF_S = (2.0, 6.0)
MAX_REDIRECTS = 5
REST_S = 60.0
CONNECT_TIMEOUT_S = 10.0
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a server may be silent, how long a download may take in all, and how large it may be, unpacked too."""

    timeout_s: float = 30.0
    total_s: float = 900.0
    max_bytes: int = 100_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """How a server answered, at the address `url` that redirects led to."""

    status: int
    url: str
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None


class Requester:
    """Sends GET requests, each in its turn, and survives what a network does to them.

    `private` says whether a host, or the IP address that it led to, is no public one. `typed_private` lets the address
    that was typed be such a one: right for a person at this machine, wrong for a server that strangers give addresses.
    """

    def __init__(
        self,
        turns: Turns,
        limits: Limits,
        clock: Clock,
        *,
        typed_private: bool = True,
        private: Callable[[str], bool] = is_private,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._turns = turns
        self._limits = limits
        self._clock = clock
        self._typed_private = typed_private
        self._private = private
        self._rests: dict[str, float] = {}
        self._transport = transport

    @cached_property
    def _client(self) -> httpx2.Client:
        """The connection to the network, made when it is first needed; it uses the proxies of the environment."""
        try:
            return httpx2.Client(
                transport=self._transport,
                verify=_trust(),
                timeout=httpx2.Timeout(self._limits.timeout_s, connect=min(self._limits.timeout_s, CONNECT_TIMEOUT_S)),
                # a kept connection would pass _Hop by; at one request in three seconds it is worth little
                limits=httpx2.Limits(max_keepalive_connections=0),
                headers={"User-Agent": user_agent(), "Accept": "*/*"},
            )
        except (ImportError, ValueError, httpx2.InvalidURL) as error:
            seen = f"the proxy that HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names cannot be used ({error})"
            raise InputError(f"{seen}; an http:// proxy was expected; set one or none") from error

    def close(self) -> None:
        """Let go of the network."""
        if "_client" in self.__dict__:
            self._client.close()

    def get(
        self,
        url: str,
        to: Path,
        *,
        known: Mapping[str, str] | None = None,
        packed: bool = True,
        answers: Collection[int] = (),
    ) -> Reply:
        """Ask for `url` and write the body to the file `to`, going on where an earlier call broke off.

        The reply's status is 200 with a whole body; 404 or 410 without one; 304 without one when the headers `known`
        (If-None-Match, If-Modified-Since) still hold; or one of `answers` with its body. `packed` asks for gzip, which
        makes pages small and resuming rare. Raises InputError when three tries bring nothing, or when no further one
        would; OSError when the file cannot be written.
        """
        deadline_s = self._clock.monotonic() + self._limits.total_s
        asked = {"Accept-Encoding": "gzip" if packed else "identity", **(known or {})}
        self._check_rest(url)
        waits_s = iter(BACKOFF_S)
        while isinstance(outcome := self._once(url, to, asked, deadline_s, answers), Trouble):
            wait_s = next(waits_s, None)
            if outcome.final or wait_s is None:
                raise self._given_up(url, outcome)
            self._clock.sleep(wait_s if outcome.wait_s is None else outcome.wait_s)
        return outcome

    def _given_up(self, url: str, trouble: Trouble) -> InputError:
        """Return the error to raise; a host that asks to be left alone is, also for the next papers of a list."""
        if trouble.busy:
            self._rests[_host(url)] = self._clock.monotonic() + max(trouble.wait_s or 0.0, REST_S)
        return InputError(f"{url}: {trouble.reason}")

    def _check_rest(self, url: str) -> None:
        left_s = self._rests.get(_host(url), 0.0) - self._clock.monotonic()
        if left_s > 0:
            raise InputError(
                f"{url}: {_host(url)} has too much to do and is not asked now; try again in {left_s:.0f} s"
            )

    def _once(
        self, url: str, to: Path, asked: Mapping[str, str], deadline_s: float, answers: Collection[int]
    ) -> Reply | Trouble:
        """Send one request, and those that redirects ask for."""
        part = Part(to, url, self._limits.max_bytes)
        headers = {**asked, **part.asks()}
        at, guarded = url, not self._typed_private
        for _ in range(MAX_REDIRECTS + 1):
            hop = _Hop(url, at, self._private, guarded=guarded)
            with self._turns.turn(hop.host):
                try:
                    with self._client.stream("GET", at, headers=headers, extensions={"trace": hop}) as response:
                        onward = response.next_request
                        if onward is None:
                            return self._receive(response, part, deadline_s, answers)
                except httpx2.TransportError as error:
                    trouble = trouble_of(error, hop.host, self._limits.timeout_s)
                    if trouble.unsent:
                        self._turns.give_back(hop.host)
                    return trouble
            at, guarded = str(onward.url), guarded or not hop.private
        what = f"leads on from address to address, more than {MAX_REDIRECTS} times, and to no page or file"
        raise InputError(f"{url}: {what}; {BY_HAND}")

    def _receive(
        self, response: httpx2.Response, part: Part, deadline_s: float, answers: Collection[int]
    ) -> Reply | Trouble:
        status, asked = response.status_code, response.request.headers
        if status in _GONE or (status == 304 and ("if-none-match" in asked or "if-modified-since" in asked)):
            return Reply(status, str(response.url))
        content_range = response.headers.get("content-range", "")
        if status == 416 and part.is_whole(content_range):
            return _finished(200, response, part)
        if status == 416 or (status == 206 and not ("range" in asked and part.goes_on(content_range))):
            part.drop()
            return Trouble(f"{response.url.host} did not send the rest that was asked for; try again later")
        if status in (200, 206) or status in answers:
            if status != 206:
                part.begin(response.headers)
            length = response.headers.get("content-length", "")
            expected = part.rest_of(content_range) or (int(length) if length.isdecimal() else None)
            trouble = part.take(self._in_time(response, deadline_s), expected=expected)
            return trouble or _finished(200 if status == 206 else status, response, part)
        return refusal(response, self._clock.now())

    def _in_time(self, response: httpx2.Response, deadline_s: float) -> Iterator[bytes]:
        for chunk in response.iter_raw():
            yield chunk
            if self._clock.monotonic() > deadline_s:
                what = f"did not come whole within {self._limits.total_s:g} s"
                raise InputError(f"{response.url}: {what}; what has come is kept, so try again to go on")


class _Hop:
    """One connection on the way to a file, watched through httpx's "trace" extension.

    Where a public page leads to a private address (a router, a service of this machine), the connection is closed
    before a byte is sent; as it is the connected address that is judged, no name can change in between.
    """

    def __init__(self, url: str, at: str, private: Callable[[str], bool], *, guarded: bool) -> None:
        self.host = _host(at)
        self.private = private(self.host)
        self._url = url
        self._is_private = private
        self._guarded = guarded
        self._direct = False
        self._judge(self.host)

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        """Take an event of the connection. Raises InputError for an address that must not be reached."""
        if event == "connection.connect_tcp.started":
            self._direct = info["host"] == self.host  # else it is a proxy's address, and the proxy finds the host
        elif event == "connection.connect_tcp.complete" and self._direct:
            address = info["return_value"].get_extra_info("server_addr")[0]
            self.private = self._is_private(address)
            try:
                self._judge(address)
            except InputError:
                info["return_value"].close()
                raise

    def _judge(self, address: str) -> None:
        if self.private and self._guarded:
            what = f"leads to {self.host} ({address})" if address != self.host else f"leads to {address}"
            raise InputError(
                f"{self._url}: {what}, an address of a private network; only a public one is followed; "
                "give that address itself if it is meant"
            )


def _host(url: str) -> str:
    """Return the host of an http(s) address as it goes over the wire. Raises InputError for any other address."""
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise InputError(f"{url}: is no web address ({error}); check it") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise InputError(f"{url}: cannot be fetched, only http:// and https:// addresses can; {BY_HAND}")
    return parsed.raw_host.decode("ascii")


@cache
def _trust() -> ssl.SSLContext:
    """Return the certificates that this machine trusts; reading them takes a tenth of a second."""
    return httpx2.create_ssl_context()


def _finished(status: int, response: httpx2.Response, part: Part) -> Reply | Trouble:
    said = part.headers
    return part.finish() or Reply(
        status, str(response.url), said.get("content-type", ""), said.get("etag"), said.get("last-modified")
    )


def user_agent() -> str:
    """Return how SurveyQA introduces itself to a server: name, version and, where the package has one, home page."""
    try:
        said = metadata("surveyqa")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "surveyqa"
    homes = [url.partition(",")[2].strip() for url in said.get_all("Project-URL") or ()]
    return f"surveyqa/{said['Version']}" + (f" (+{homes[0]})" if homes else "")
