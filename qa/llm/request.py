"""What is asked of a model in, the body of a request out, and what to ask instead after a refusal. Sends nothing.

Servers differ in what they take: the newer hosted models no temperature, some chat templates no system message, and
each no more than its context.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.llm.prompt import Message
from qa.llm.trouble import Trouble

Compose = Callable[[int], Sequence[Message]]
_REFUSES_SYSTEM = re.compile(
    r"system.{0,20}(?:role|message|prompt).{0,40}support|only user and assistant", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask: `compose` gives the messages that fit into so many tokens, the answer's included."""

    model: str
    compose: Compose
    tokens: int
    temperature: float | None
    shortened: bool = False
    one_message: bool = False

    def body(self) -> dict[str, object]:
        """Return the body of the request; `max_tokens` is left out, as a thinking model would spend it on thoughts."""
        messages = self.compose(self.tokens)
        if self.one_message:
            messages = [Message("user", "\n\n".join(message.content for message in messages))]
        body: dict[str, object] = {
            "model": self.model,
            "messages": [message._asdict() for message in messages],
            "stream": True,
        }
        return body if self.temperature is None else {**body, "temperature": self.temperature}

    def instead(self, trouble: Trouble) -> "Request | None":
        """Return what to ask after a refusal, None where nothing else is left: shorter, less particular, each once."""
        if trouble.overflow and not self.shortened:
            return replace(self, tokens=min(self.tokens // 2, trouble.told or self.tokens), shortened=True)
        if trouble.status not in (400, 422, 500):  # some templates fail with 500
            return None
        if self.temperature is not None and "temperature" in trouble.body:
            return replace(self, temperature=None)
        if not self.one_message and _REFUSES_SYSTEM.search(trouble.body):
            return replace(self, one_message=True)
        return None
