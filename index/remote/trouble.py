"""What kept a request from bringing its file, in a user's words, and whether another try may. Sends none itself."""

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx2

MAX_RETRY_AFTER_S = 120.0
BY_HAND = "open it in a browser, save the paper as a PDF and add that file"
_NO_NETWORK = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a try brought nothing.

    `wait_s` is how long the server asks to wait; `busy`: it asks to be left alone; `unsent`: there is no network that
    could send anything; `final`: another try is no use.
    """

    reason: str
    wait_s: float | None = None
    busy: bool = False
    unsent: bool = False
    final: bool = False


def refusal(response: httpx2.Response, now_s: float) -> Trouble:
    """Say what an answer without a body of use means."""
    status, host = response.status_code, response.url.host
    said = f"HTTP {status} {response.reason_phrase}".rstrip()
    if status in (429, 503):
        wait_s = _wait_s(response.headers.get("retry-after", ""), now_s)
        if wait_s is not None and wait_s > MAX_RETRY_AFTER_S:
            return Trouble(
                f"{host} asks to wait {wait_s:,.0f} s ({said}); try again after that", wait_s, busy=True, final=True
            )
        return Trouble(f"{host} has too much to do ({said}); try again in some minutes", wait_s, busy=True)
    if status >= 500:
        return Trouble(f"{host} fails ({said}), a page or a file was expected; try again later")
    if status in (401, 402, 403, 451):
        return Trouble(f"{host} refuses to give it to a program ({said}); {BY_HAND}", final=True)
    return Trouble(f"{host} answers {said}, a page or a file was expected; check the address", final=True)


def _wait_s(retry_after: str, now_s: float) -> float | None:
    """Return the seconds that a Retry-After header, a number or a date, asks to wait; None when it says nothing."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now_s)
    except ValueError:
        return None


def trouble_of(error: httpx2.TransportError, host: str, timeout_s: float) -> Trouble:
    """Say in a user's words why a request did not get through."""
    causes = list(causes_of(error))
    what = next((cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror), str(error))
    if isinstance(error, httpx2.TimeoutException):
        return Trouble(f"cannot reach {host}: it sent nothing for {timeout_s:g} s; try again later")
    if not isinstance(error, httpx2.ConnectError):
        return Trouble(f"{host} broke off ({what or type(error).__name__}); try again later")
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Trouble(f"the connection to {host} is not secure ({what}); check the address and the clock", final=True)
    if any(isinstance(c, socket.gaierror) or (isinstance(c, OSError) and c.errno in _NO_NETWORK) for c in causes):
        do = "you seem to be offline; connect, or add the PDF file itself"
        return Trouble(f"cannot reach {host} ({what}): {do}", unsent=True, final=True)
    return Trouble(f"cannot reach {host} ({what}); check the address, or try again later")


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it came of, and so on."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
