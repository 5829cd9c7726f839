"""What the page asks of the map in, JSON-able replies out. Anything may be asked: what is unknown gets None."""

import threading
from functools import lru_cache
from typing import Any

from index.embed import BUNDLED, open_embedder
from index.errors import SurveyQAError
from index.load import Language
from qa.ask import Assistant
from qa.category.lookup import Lookup
from qa.category.map import CategoryMap
from qa.web.map.view import category_view, found_view, method_view, overview_view, prediction_view, tree_view

ASKED = ("tree", "prepare", "overview", "category", "method", "questions", "find", "predict")
MOST_TYPED_CHARS = 600
REMEMBERED = 1_024  # questions on as many categories and methods as there are, in both languages


class Replies:
    """Answers each of ASKED, a method of one language and one text. The tree is made once."""

    def __init__(self, assistant: Assistant) -> None:
        embedder = assistant.library.embedder
        self._assistant = assistant
        self._map = CategoryMap(assistant.categories, embedder if embedder.name == BUNDLED else open_embedder())
        self._taxonomy = assistant.categories.taxonomy
        self._lookup = Lookup(self._taxonomy)
        self._tree = tree_view(self._map.tree)
        self._tops = [c.category_id for c in self._taxonomy.categories.values() if c.parent is None]
        self._answered = lru_cache(maxsize=REMEMBERED)(self._answered_questions)
        self._one_at_a_time = threading.Lock()  # for what is dear: it must not crowd out the conversation

    def tree(self, language: Language, text: str) -> Any:
        """Return the picture."""
        return self._tree

    def prepare(self, language: Language, text: str) -> Any:
        """Make what the first card would wait for."""
        with self._one_at_a_time:
            self._map.prepare()

    def overview(self, language: Language, text: str) -> Any:
        """Return the page on the whole."""
        cards = [self._map.category(category_id, language) for category_id in self._tops]
        return overview_view(cards, self._map.disagreements(language))

    def category(self, language: Language, text: str) -> Any:
        """Return the page of the category whose id is given."""
        return category_view(self._map.category(text, language)) if text in self._taxonomy.categories else None

    def method(self, language: Language, text: str) -> Any:
        """Return the card of the method whose id is given."""
        if text not in self._taxonomy.methods:
            return None
        return method_view(self._map.method(text, language), self._taxonomy, language)

    def questions(self, language: Language, text: str) -> Any:
        """Return questions on the category or method whose id is given, each of which the Library answered once."""
        known = text in self._taxonomy.methods or text in self._taxonomy.categories
        return self._answered(text, language) if known else ()

    def find(self, language: Language, text: str) -> Any:
        """Return the methods and categories that a text may become."""
        return found_view(self._lookup.find(text))

    def predict(self, language: Language, text: str) -> Any:
        """Return what the category finder makes of a description; None where there is nothing to read in it."""
        try:
            with self._one_at_a_time:
                return prediction_view(self._assistant.category(text, language))
        except SurveyQAError:
            return None

    def _answered_questions(self, owner_id: str, language: Language) -> tuple[str, ...]:
        with self._one_at_a_time:
            return self._map.questions(owner_id, language, self._assistant.ask)


def read(asked: Any) -> tuple[Language, str]:
    """Return the language and the text that a page sent; English and "" for what is neither."""
    sent = asked if isinstance(asked, dict) else {}
    text = sent.get("text")
    return "ko" if sent.get("language") == "ko" else "en", text[:MOST_TYPED_CHARS] if isinstance(text, str) else ""
