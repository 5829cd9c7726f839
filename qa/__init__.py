"""Ask a Library: questions become cited answers. The public door is `open_library`."""

from qa.answer import Answer, Citation, Sentence
from qa.ask import Assistant, open_library
from qa.settings import Settings

__all__ = ["Answer", "Assistant", "Citation", "Sentence", "Settings", "open_library"]
