"""Every word that the interface shows, in both languages, by place; they stand beside the place that shows them."""

from dataclasses import asdict
from typing import Any

from index.load import Language
from qa.web.conversation import words as conversation
from qa.web.frame import words as frame
from qa.web.library import words as library
from qa.web.library import words_adding as adding
from qa.web.map import words as category_map
from qa.web.settings import words as settings
from qa.web.source import words as source
from qa.web.talks import words as talks

Words = dict[Language, Any]  # for each language the same dataclass of texts

SHARED: Words = {**frame.TEXTS}
PLACES: dict[str, Words] = {
    "masthead": {},
    "panes": {},
    "railbar": {},
    "conversation": {**conversation.TEXTS},
    "composer": {**conversation.TEXTS},
    "insight": {},
    "settings": {**settings.TEXTS},
    "source": {**source.TEXTS},
    "map": {**category_map.TEXTS},
    "library": {**library.TEXTS},
    "paper": {**library.TEXTS},
    "adding": {**adding.TEXTS},
    "transfer": {**adding.TEXTS},
    "talks": {**talks.TEXTS},
}


def as_props(place: str) -> dict[str, dict[str, str]]:
    """Return the words of a place and those that all share, as its script reads them: language, name, text."""
    own = PLACES[place]
    return {language: asdict(texts) | (asdict(own[language]) if own else {}) for language, texts in SHARED.items()}
