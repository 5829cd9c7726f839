"""A sentence of the core in both languages, so that the page can show the interface's. Says nothing itself."""

from dataclasses import dataclass
from typing import Self

from index.errors import SurveyQAError


@dataclass(frozen=True, slots=True)
class Said:
    """A text in English and in Korean; `ko` is "" where there is none."""

    en: str
    ko: str = ""

    @classmethod
    def of(cls, error: SurveyQAError) -> Self:
        """Return what an error says."""
        return cls(str(error), error.korean)
