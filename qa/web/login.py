"""Requests in, those of a known user through, with the user's name in a header. Knows no Gradio.

On a server of one's own there is no login, and the name is "". A browser asks for name and password by itself (HTTP
Basic, RFC 7617); programs send the same header. The name stands in USER_HEADER, percent-encoded; it is never taken from
outside.
"""

import asyncio
import base64
import binascii
from typing import Any
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.users import Users

USER_HEADER = "x-surveyqa-user"
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="SurveyQA", charset="UTF-8"'}


class Login:
    """ASGI middleware. `users` are those who may use the server; None lets everyone in, as one user without a name."""

    def __init__(self, app: ASGIApp, users: Users | None = None) -> None:
        self._app = app
        self._users = users

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its user's name, or answer it with 401."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        name = "" if self._users is None else await self._name(self._users, Headers(scope=scope))
        if name is None:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008, "reason": "Log in first."})
            else:
                await PlainTextResponse("Log in first.", 401, _CHALLENGE)(scope, receive, send)
            return
        scope = {**scope, "headers": list(scope["headers"])}
        headers = MutableHeaders(scope=scope)
        headers[USER_HEADER] = quote(name)  # replaces what came from outside
        await self._app(scope, receive, send)

    async def _name(self, users: Users, headers: Headers) -> str | None:
        given = credentials(headers.get("authorization", ""))
        if given is None:
            return None
        right = await asyncio.to_thread(users.check, *given)
        return given[0] if right else None


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
    """Return the name that stands in a request that was passed on, percent-encoded; "" for the only user."""
    return str(request.headers.get(USER_HEADER, ""))
