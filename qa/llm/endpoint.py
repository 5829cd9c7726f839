"""A server that speaks as OpenAI's does, and one of its models: messages in, the answer's text as it comes out.

A failing server is asked again only before the first token of an answer; nothing is ever asked twice after it. The key
is given by the caller, kept in memory, and sent to this server only. What is asked and said here is not written down.
"""

import asyncio
import random
import re
import threading
import time
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

import httpx2

from index.errors import EndpointError, InputError
from qa.llm.address import base_url, host_of, is_near
from qa.llm.background import items_of, result_of
from qa.llm.context import Replies, Window, ask, is_listed, model_names, window_of
from qa.llm.exchange import Exchange, Limits, open_client
from qa.llm.prompt import Message
from qa.llm.request import Compose, Request
from qa.llm.trouble import KEY_VARIABLE, Trouble, Whom
from qa.said import Said

SURE_S = 300.0
GUESS_S = 30.0
_TRIAL = Message("user", "Answer with one word: ready")
_TRIAL_CHARS = 40


@dataclass(frozen=True, slots=True)
class Trial:
    """What a test of an endpoint showed.

    `models` are those that the server lists; `has_model` is None where it lists none. `words` are the first of an
    answer, `seconds` how long they took. `notes` say what to know, `error` what is wrong (None when all is well).
    """

    reachable: bool
    models: tuple[str, ...]
    has_model: bool | None
    words: str
    seconds: float
    context_tokens: int
    notes: tuple[Said, ...]
    error: Said | None = None

    @property
    def ok(self) -> bool:
        """Whether answers can be written."""
        return self.error is None


class Endpoint:
    """One model of one server. Several threads may ask it at once."""

    def __init__(
        self,
        url: str,
        model: str,
        key: str | None = None,
        *,
        limits: Limits | None = None,
        context_tokens: int | None = None,
        temperature: float | None = 0.2,
    ) -> None:
        """Take an address with or without /v1. `context_tokens` overrides what the server says that it reads.

        Asks nothing yet. Raises InputError for an address, model or key that cannot be used.
        """
        self.url = base_url(url)
        self.model = model.strip()
        if not self.model or not self.model.isprintable():
            raise InputError(
                f"the model is {model[:40]!r}; its name was expected, as {self.url}/models lists it: set it",
                f"‘{model[:40].strip()}’: 모델의 이름이 아닙니다. {self.url}/models 목록에 있는 이름을 적으세요."
                if model.strip()
                else f"모델의 이름이 비어 있습니다. {self.url}/models 목록에 있는 이름을 적으세요.",
            )
        if context_tokens is not None and context_tokens < 1:
            raise InputError(
                f"the context is {context_tokens} tokens; expected how many the model reads, such as 8192: set it",
                f"모델이 읽는 길이가 {context_tokens}토큰으로 되어 있습니다. 8192처럼 1 이상의 수를 적으세요.",
            )
        if key and self.url.startswith("http://") and not self.is_near:
            raise InputError(
                f"{self.url}: the key would travel unencrypted to another network; https was expected: write "
                "https://, or take SURVEYQA_LLM_KEY out of the environment",
                f"{self.url}: 키가 암호화되지 않은 채 다른 네트워크로 나갑니다. https:// 주소를 적거나, 환경 변수 "
                "SURVEYQA_LLM_KEY를 지우세요.",
            )
        self._whom = Whom(self.url, _usable(key))
        self._limits = limits or Limits()
        self._set_tokens = context_tokens
        self._temperature = temperature
        self._known: tuple[Window, float] | None = None  # until when, by time.monotonic

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r}, {self.model!r})"

    @property
    def is_near(self) -> bool:
        """Whether what is asked stays on this machine or its private network, by the address's form."""
        return is_near(host_of(self.url))

    @property
    def context_tokens(self) -> int:
        """How many tokens the model reads at a time, its answer included; the server is asked when it is not known."""
        return result_of(self._tokens())

    def stream(
        self, messages: Sequence[Message] | Compose, cancel: threading.Event | None = None
    ) -> Generator[str, None, None]:
        """Yield the text of an answer in pieces, as it comes, without what the server marks as thoughts.

        `messages` may be a function from the tokens that the model reads to the messages that fit: it is called again
        with fewer when the server finds them too long. When `cancel` is set, or the caller asks for no more, the
        connection is closed at once, which stops the server. Raises EndpointError for all that keeps an answer from its
        end, after the pieces that came before it.
        """
        compose: Compose = messages if callable(messages) else lambda _: messages
        return items_of(lambda: self._answer(compose), cancel)

    def test(self) -> Trial:
        """Ask for one word and tell how that went; raises nothing. Takes as long as a first token may."""
        return result_of(self._trial())

    async def _answer(self, compose: Compose) -> AsyncGenerator[str, None]:
        async with open_client(self._whom, self._limits) as client:
            request = Request(self.model, compose, await self._tokens(client), self._temperature)
            deadline = asyncio.get_running_loop().time() + self._limits.total_s
            tries = 1
            while True:
                exchange = Exchange(client, self._whom, self._limits, deadline)
                try:
                    async with aclosing(exchange.pieces(request.body())) as pieces:
                        async for piece in pieces:
                            if request.shortened:
                                self._remember(Window(request.tokens, sure=True))
                            yield piece
                    return
                except Trouble as trouble:
                    if exchange.begun:
                        raise
                    if other := request.instead(trouble):
                        request = other
                        continue
                    wait_s = self._wait_s(trouble, tries)
                    if wait_s is None:
                        raise await self._explained(client, trouble)  # noqa: B904 (it may be the same)
                    await asyncio.sleep(wait_s)
                    tries += 1

    def _wait_s(self, trouble: Trouble, tries: int) -> float | None:
        """Return how long to wait before the next try, None where none is due."""
        if not trouble.passing or tries >= self._limits.tries or (trouble.wait_s or 0.0) > self._limits.max_wait_s:
            return None
        if trouble.wait_s is not None:
            return trouble.wait_s
        # jitter: clients that were turned away together do not come back together
        return self._limits.backoff_s * float(2 ** (tries - 1)) * random.uniform(0.5, 1.0)

    async def _explained(self, client: httpx2.AsyncClient, trouble: Trouble) -> Trouble:
        """Return a trouble, or the likelier one that the server lists other models than this."""
        names = model_names((await ask(client, self.url, self.model)).models) if trouble.may_be_model else ()
        if not names or is_listed(self.model, names):
            return trouble
        shown = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
        seen = f"there is no model {self.model!r} (HTTP {trouble.status}){self._whom.quote(trouble.words)}"
        others = ", ".join(names[:8]) + (f" 외 {len(names) - 8}개" if len(names) > 8 else "")
        korean = (
            f"서버에 ‘{self.model}’ 모델이 없습니다(HTTP {trouble.status}){self._whom.quote(trouble.words)}. 있는 "
            f"모델은 {others}입니다. 그 가운데 하나를 적으세요."
        )
        do = "set the model to one of them"
        return self._whom.trouble(seen, f"one of {shown}", do, korean, status=trouble.status)

    async def _tokens(self, client: httpx2.AsyncClient | None = None) -> int:
        """Return how much the model reads; what was asked before holds for a while, as models are loaded anew."""
        if self._set_tokens is not None:
            return self._set_tokens
        if self._known and time.monotonic() < self._known[1]:
            return self._known[0].tokens
        if client is None:
            async with open_client(self._whom, self._limits) as client:
                return await self._tokens(client)
        return self._learn(await ask(client, self.url, self.model)).tokens

    def _learn(self, replies: Replies) -> Window:
        window = window_of(replies, self.model)
        if replies.models is not None or window.sure:
            self._remember(window)
        return window

    def _remember(self, window: Window) -> None:
        self._known = window, time.monotonic() + (SURE_S if window.sure else GUESS_S)

    async def _trial(self) -> Trial:
        async with open_client(self._whom, self._limits) as client:
            replies = await ask(client, self.url, self.model)
        window = self._learn(replies)
        names = model_names(replies.models)
        words, seconds, trouble = await self._first_words()
        return Trial(
            reachable=bool(words or names) or (isinstance(trouble, Trouble) and trouble.status > 0),
            models=names,
            has_model=is_listed(self.model, names) if names else None,
            words=words,
            seconds=seconds,
            context_tokens=self._set_tokens or window.tokens,
            notes=self._notes(window),
            error=None if trouble is None else Said.of(trouble),
        )

    async def _first_words(self) -> tuple[str, float, EndpointError | None]:
        """Return the first words of a short answer, the seconds that they took, and what went wrong."""
        words, start, seconds = "", time.monotonic(), 0.0
        try:
            async with aclosing(self._answer(lambda _: [_TRIAL])) as pieces:
                async for piece in pieces:
                    seconds = seconds or time.monotonic() - start
                    words += piece
                    if len(words) >= _TRIAL_CHARS:
                        break
        except EndpointError as error:
            return "", seconds, error
        return " ".join(words.split())[:_TRIAL_CHARS], seconds, None

    def _notes(self, window: Window) -> tuple[Said, ...]:
        notes = [window.note] if window.note and self._set_tokens is None else []
        if not self.is_near:
            host = host_of(self.url)
            sent = f"질문과 문서에서 찾은 부분이 {host} 서버로 보내집니다."
            notes.append(Said(f"questions and passages of your documents are sent to {host}", sent))
            if self.url.startswith("http:"):
                open_en = "they travel unencrypted; an https address was expected"
                notes.append(Said(open_en, "암호화되지 않은 채 보내집니다. https 주소를 쓰세요."))
        return tuple(notes)


def _usable(key: str | None) -> str | None:
    """Return a key without the line end that comes with a file. Raises InputError for what no header can carry."""
    key = (key or "").strip()
    if not re.fullmatch(r"[!-~]*", key):  # said without the key: it must stand nowhere
        raise InputError(
            f"the key in {KEY_VARIABLE} has spaces, line ends or letters other than ASCII in it; "
            "expected it as the server's owner gave it: copy it again",
            f"환경 변수 {KEY_VARIABLE}의 키에 빈칸이나 줄바꿈, ASCII가 아닌 글자가 있습니다. 서버에서 받은 그대로 다시 "
            "복사해 넣으세요.",
        )
    return key or None
