"""Files of the page in, files on the disk out: the one way by which the interface takes files. Reads none.

A request brings one file as its body. Gradio's own way is closed by the guard: it takes anything from anyone. Here the
page must say where it comes from (`Origin`, which the guard compares with the server's own address).
"""

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from index.errors import InputError, LibraryError, SurveyQAError
from qa.adding.reasons import reason_of, reason_of_error
from qa.adding.uploads import Uploads
from qa.web.login import user_of

PATH = "/surveyqa/papers"
MAX_NAME_CHARS = 2_000
_GONE = 499  # as servers note it; nobody is there to read it


def routes(uploads: Uploads) -> list[Route]:
    """Return the route that takes files: `drop` and `name` in the query, the file as the body."""
    return [Route(PATH, _taker(uploads), methods=["POST"])]


def _taker(uploads: Uploads) -> Callable[[Request], Awaitable[Response]]:
    async def take(request: Request) -> Response:
        if "origin" not in request.headers:
            return JSONResponse({"reason": "other", "words": "only this server's own page may send files"}, 403)
        try:
            return JSONResponse({"key": await _receive(uploads, request)})
        except InputError as error:
            return JSONResponse({"reason": reason_of(str(error)), "words": str(error)}, 413)
        except SurveyQAError as error:
            status = 507 if isinstance(error, LibraryError) else 400
            return JSONResponse({"reason": reason_of_error(error), "words": str(error)}, status)
        except ClientDisconnect:
            return Response(status_code=_GONE)

    return take


async def _receive(uploads: Uploads, request: Request) -> str:
    """Write a request's body to the disk, as it comes; return the file's key."""
    asked, headers = request.query_params, request.headers
    length = headers.get("content-length", "")
    size = int(length) if length.isascii() and length.isdecimal() else None
    user, name = user_of(request), asked.get("name", "")[-MAX_NAME_CHARS:]
    file = await run_in_threadpool(uploads.begin, user, asked.get("drop", ""), name, size)
    with file:
        async for chunk in request.stream():
            await run_in_threadpool(file.write, chunk)
        return await run_in_threadpool(file.finish)
