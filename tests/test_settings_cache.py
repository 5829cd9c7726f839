"""Where what can be made again is kept: in the settings' cache, and there only."""

from pathlib import Path

import pytest

import seeds
from index.load import load, text_digest
from qa import Settings, open_library
from qa.command.arguments import settings_from
from qa.settings import default_cache


def test_an_assistant_keeps_its_analysed_questions_in_the_cache(small_library: Path, tmp_path: Path) -> None:
    settings = Settings(library=small_library, shipped_seeds=False, cache=tmp_path / "cache")
    found: list[list[tuple[str, int]]] = []
    for _ in range(2):
        with open_library(settings=settings) as assistant:
            assistant.ask("What is behavior imitation?")  # of a Library without known questions: nothing is analysed
            assert (tmp_path / "cache" / "questions").exists() == bool(found)
            assert len(list((tmp_path / "cache" / "glossary").iterdir())) == 1
            known = assistant.asked.of(assistant.asked.places[0], "en")
            assert known is not None
            found.append([(path.name, path.stat().st_ino) for path in (tmp_path / "cache" / "questions").iterdir()])
    assert len(found[0]) == 1 and found[0] == found[1]


def test_the_environment_chooses_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURVEYQA_CACHE", str(tmp_path))
    assert settings_from().cache == tmp_path
    monkeypatch.delenv("SURVEYQA_CACHE")
    assert settings_from().cache == Settings(library=tmp_path).cache
    assert default_cache().name in ("surveyqa", "Cache")  # as the operating system has it


def test_a_shipped_text_is_known_by_the_digest_that_its_document_has() -> None:
    """Else every shipped document would be added anew to a Library that has it."""
    for path in seeds.documents():
        assert text_digest(path) == load(path).sha256
