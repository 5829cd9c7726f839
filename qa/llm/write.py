"""A question with its sources in, the sentences that a language model writes from them out, one by one as they come.

No sentence is checked here, and a number may be of no source. A sentence is the unit: what is unfinished is not shown,
as it could not be checked.
"""

import secrets
import threading
from collections.abc import Generator, Sequence
from contextlib import closing

from index.errors import EndpointError
from index.load import Language
from qa.llm.endpoint import Endpoint
from qa.llm.prompt import Message, Source, Turn, compose, room_for_prompt
from qa.llm.request import Compose
from qa.llm.sentences import SentenceParser, WrittenSentence


class WrittenReader:
    """Writes answers by one endpoint. Several threads may use it at once."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    def write(
        self,
        question: str,
        language: Language,
        sources: Sequence[Source],
        history: Sequence[Turn] = (),
        cancel: threading.Event | None = None,
    ) -> Generator[WrittenSentence, None, None]:
        """Yield the sentences of an answer in `language` as soon as each is whole; its numbers count `sources` from 1.

        It ends without a sentence when the model finds no answer in the sources, when there are none, and when `cancel`
        is set, which stops the server at once, as leaving the iterator does. Raises EndpointError, after the sentences
        that came before, for all that keeps an answer from its end.
        """
        if not sources:
            return
        fence = secrets.token_hex(4)

        def messages(context_tokens: int) -> Sequence[Message]:
            room = room_for_prompt(context_tokens)
            return compose(question, language, sources, history, fence=fence, budget_tokens=room).messages

        parser = SentenceParser(language)
        count = 0
        with closing(self._sentences(parser, messages, cancel)) as sentences:
            for sentence in sentences:
                count += 1
                yield sentence
        stopped = cancel is not None and cancel.is_set()
        if not count and not parser.not_found and not stopped:
            raise EndpointError(
                f"{self.endpoint.url}: the model {self.endpoint.model!r} wrote no sentence that can be read; "
                "sentences in plain text were expected; ask again, or take another model",
                f"{self.endpoint.url}: ‘{self.endpoint.model}’ 모델의 답에 읽을 수 있는 문장이 없습니다. 다시 묻거나 "
                "다른 모델을 쓰세요.",
            )

    def _sentences(
        self, parser: SentenceParser, messages: Compose, cancel: threading.Event | None
    ) -> Generator[WrittenSentence, None, None]:
        with closing(self.endpoint.stream(messages, cancel)) as pieces:
            try:
                for piece in pieces:
                    yield from parser.feed(piece)
                    if parser.ended:
                        break
            except EndpointError:
                yield from parser.finish(cut=True)
                raise
        if cancel is None or not cancel.is_set():
            yield from parser.finish()
