"""Requests in, only those of this machine's own page through: host and origin checked, headers added. Knows no Gradio.

A page anywhere on the web can send requests to a server on this machine, and a name that it owns can be made to lead
here; both are answered 403. What passes gets a Content-Security-Policy that keeps the page from loading anything else.
"""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
ANY_ADDRESS = frozenset({"0.0.0.0", "::", ""})
# What Gradio offers and this page does not use: files in (papers come by a way of our own, library/upload), addresses
# that the server would fetch for whoever asks, and its own links and lists of runs.
CLOSED = re.compile(
    r"(?:^|/)(?:upload|process_recording|deep_link|runs|monitoring)(?:/|$)|(?:^|/)proxy=|(?:^|/)file=\s*[a-z][a-z0-9+.-]*:",
    re.IGNORECASE,
)
FILES = "multipart/"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; frame-src 'none'; form-action 'self'; base-uri 'self'; frame-ancestors {ancestors}"
)


class Guard:
    """ASGI middleware. `host` is the address that the server is bound to, `names` are further hosts it is known by.

    A server bound to every address also answers to any address in numbers, which no stranger's name can lead to.
    `ancestors` are the sites that may show the page in a frame.
    """

    def __init__(
        self, app: ASGIApp, host: str = "127.0.0.1", names: Iterable[str] = (), ancestors: str = "'none'"
    ) -> None:
        self._app = app
        self._hosts = LOCAL_HOSTS | {name.lower() for name in (host, *names) if name not in ANY_ADDRESS}
        self._any_address = host in ANY_ADDRESS
        self._policy = POLICY.format(ancestors=ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with 403."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        reason = self._refusal(Headers(scope=scope), scope["path"])
        if reason is None:
            await self._app(scope, receive, self._with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": reason})
        else:
            await PlainTextResponse(reason, 403)(scope, receive, self._with_headers(send))

    def _refusal(self, headers: Headers, path: str) -> str | None:
        host, host_port = _parts(f"//{headers.get('host', '')}")
        if host not in self._hosts and not (self._any_address and _is_address(host)):
            return "This server answers only to its own address."
        for origin in headers.getlist("origin"):
            name, port = _parts(origin)
            if port != host_port or (name != host and name not in self._hosts):
                return "This server answers only to its own page."
        if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return "This server answers only to its own page."
        if CLOSED.search(path) or headers.get("content-type", "").lower().startswith(FILES):
            return "This server takes no files this way, and fetches nothing for others."
        return None

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({**HEADERS, "Content-Security-Policy": self._policy})
            await send(message)

        return send_with_headers


def _parts(address: str) -> tuple[str, int | None]:
    """Return an address's host in lower case and its port; "" for one that cannot be read."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "", None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
