"""The language model that writes answers, if one is chosen: it can be changed while the Library is open.

Holds the key, which comes from the environment at the entry points, and gives it to nothing but the endpoint.
"""

import threading

from qa.llm.endpoint import Endpoint, Trial
from qa.llm.write import WrittenReader


class Writers:
    """Which model writes. Several threads may ask while one changes it."""

    def __init__(self, key: str | None = None, *, sources: int = 8) -> None:
        """Choose none yet. `sources` is how many passages a model is given."""
        self._key = key
        self._lock = threading.Lock()
        self._endpoint: Endpoint | None = None
        self.sources = sources

    def choose(self, url: str, model: str) -> None:
        """Choose a server's model, or none when either is empty. Raises InputError for what cannot be used."""
        endpoint = self._made(url, model)
        with self._lock:
            self._endpoint = endpoint

    def check(self, url: str, model: str) -> None:
        """Raise InputError for what `choose` would refuse; asks no server."""
        self._made(url, model)

    def current(self) -> WrittenReader | None:
        """Return what writes answers, or None."""
        with self._lock:
            return WrittenReader(self._endpoint) if self._endpoint else None

    def test(self, url: str, model: str) -> Trial:
        """Try a model without choosing it. Raises InputError for what cannot be used; takes seconds."""
        return Endpoint(url, model, self._key).test()

    def _made(self, url: str, model: str) -> Endpoint | None:
        return Endpoint(url, model, self._key) if url and model else None
