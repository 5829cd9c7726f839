"""What programs may ask of a Library: four questions in, plain data out. Knows no protocol and starts no server.

The docstrings are what a program's user reads of each.
"""

from collections.abc import Callable
from typing import Any

from qa.ask import Assistant
from qa.category.output import category_fields
from qa.output import answer_fields, cards_fields, hits_fields

Ask = Callable[..., dict[str, Any]]
MOST_PASSAGES = 50


class Programs:
    """The questions that programs ask of an open Library."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, question: str) -> dict[str, Any]:
        """Answer a question from the Library, in its own language, every sentence with the place that it stands on.

        Args:
            question: A question in Korean or English.

        """
        answer = self._assistant.ask(question)
        return answer_fields(answer, question, self._assistant.cited(answer))

    def search(self, question: str, top_k: int = 10) -> dict[str, Any]:
        """Find the passages of the Library for a question, best first, with section and exact place.

        Args:
            question: A question or words, in Korean or English.
            top_k: How many passages, from 1 to 50.

        """
        return hits_fields(self._assistant.search(question, max(1, min(top_k, MOST_PASSAGES))), question)

    def category(self, question: str) -> dict[str, Any]:
        """Say which category of the survey's taxonomy a method belongs to, what a category holds, how two compare.

        Args:
            question: For example "SPIN", "which category is Constitutional AI?" or "자기 개선에는 무엇이 있어?".

        """
        return category_fields(self._assistant.category(question))

    def documents(self) -> dict[str, Any]:
        """List the documents of the Library with language, number of sections and passages."""
        return cards_fields(self._assistant.documents())

    def all(self) -> dict[str, Ask]:
        """Return the questions by the names under which programs ask them."""
        return {"ask": self.ask, "search": self.search, "category": self.category, "list": self.documents}
