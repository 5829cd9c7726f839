"""Requests in, those of a known user through, with the user's name in a header. Knows no Gradio.

On a server of one's own there is no login, and the name is "". A browser asks for name and password by itself (HTTP
Basic, RFC 7617); programs send the same header. The name stands in USER_HEADER, percent-encoded; it is never taken from
outside. While the list of users cannot be read, nobody comes in: requests are answered 503, and the log says once why.
"""

import asyncio
import base64
import binascii
import logging
import threading
from typing import Any
from urllib.parse import quote, unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from index.errors import InputError
from qa.users import Users, normal

USER_HEADER = "x-surveyqa-user"
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="SurveyQA", charset="UTF-8"'}
_FIRST = "Log in first. 먼저 로그인하세요."
_UNREADABLE = (
    "This server cannot read its list of users; whoever runs it finds the reason in its log. "
    "서버가 사용자 목록을 읽지 못합니다. 서버를 연 사람이 로그에서 까닭을 볼 수 있습니다."
)
_log = logging.getLogger(__name__)


class SelfCall:
    """The one address that a server asks of itself while it starts, without a user: this machine may, until it runs."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._over = threading.Event()

    def end(self) -> None:
        """Let nobody in without a user from now on: the server runs, or has given up."""
        self._over.set()

    def admits(self, scope: Scope) -> bool:
        """Return whether a request is that call: from the very address that it comes to."""
        if self._over.is_set() or scope["type"] != "http":
            return False
        client, server = scope.get("client"), scope.get("server")
        own = client is not None and server is not None and client[0] == server[0]
        return own and scope["method"] in ("GET", "HEAD") and scope["path"] == self._path


class Login:
    """ASGI middleware. `users` are those who may use the server; None lets everyone in, as one user without a name.

    `starting` is what passes without a user while the server starts, also under no name.
    """

    def __init__(self, app: ASGIApp, users: Users | None = None, starting: SelfCall | None = None) -> None:
        self._app = app
        self._users = users
        self._starting = starting
        self._trouble = ""  # what was last written to the log; "" once the list can be read again

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its user's name, or answer it with 401, or 503 where the users cannot be read."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        try:
            name = await self._name(scope)
        except InputError as error:
            self._note(str(error))
            refusal, close = PlainTextResponse(_UNREADABLE, 503), (1011, "The list of users cannot be read.")
            await _refuse(scope, receive, send, refusal, close)
            return
        if name is None:
            refusal, close = PlainTextResponse(_FIRST, 401, _CHALLENGE), (1008, "Log in first.")
            await _refuse(scope, receive, send, refusal, close)
            return
        scope = {**scope, "headers": list(scope["headers"])}
        headers = MutableHeaders(scope=scope)
        headers[USER_HEADER] = quote(name)  # replaces what came from outside
        await self._app(scope, receive, send)

    async def _name(self, scope: Scope) -> str | None:
        if self._users is None or (self._starting is not None and self._starting.admits(scope)):
            return ""
        given = credentials(Headers(scope=scope).get("authorization", ""))
        if given is None:
            return None
        right = await asyncio.to_thread(self._users.check, *given)
        self._trouble = ""
        return normal(given[0]) if right else None

    def _note(self, trouble: str) -> None:
        if trouble != self._trouble:
            _log.error("%s", trouble)
        self._trouble = trouble


async def _refuse(scope: Scope, receive: Receive, send: Send, answer: ASGIApp, close: tuple[int, str]) -> None:
    """Answer a request; a websocket has no answer and is closed, with a code and a reason."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": close[0], "reason": close[1]})
    else:
        await answer(scope, receive, send)


def credentials(header: str) -> tuple[str, str] | None:
    """Return the name and the password of an Authorization header, or None for one that has none."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None


def user_of(request: Any) -> str:
    """Return the name that stands in a request that was passed on, as it is kept; "" for the only user."""
    return unquote(request.headers.get(USER_HEADER, ""))
