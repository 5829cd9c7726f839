"""The user's choices: kept in one file, checked before they are, outranked by environment and arguments."""

import argparse
import json
from pathlib import Path

import pytest

from index.errors import InputError, LibraryError, ModelError, SurveyQAError
from qa.command.arguments import settings_from
from qa.preferences import Preferences
from qa.settings import Settings, default_library


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "deep" / "settings.json"
    monkeypatch.setenv("SURVEYQA_SETTINGS", str(path))
    for name in ("LIBRARY", "EMBEDDER", "RERANKER", "LLM", "LLM_MODEL"):
        monkeypatch.delenv(f"SURVEYQA_{name}", raising=False)
    return path


def test_choices_come_back_as_they_were_kept(file: Path) -> None:
    chosen = Preferences(library="/데이터/lib", sources=5, llm="http://127.0.0.1:11434/v1", llm_model="qwen3:8b")
    chosen.save(file)
    assert Preferences.read(file) == chosen
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "library": "/데이터/lib",
        "sources": 5,
        "llm": "http://127.0.0.1:11434/v1",
        "llm_model": "qwen3:8b",
    }
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_without_a_file_there_are_no_choices(file: Path) -> None:
    assert Preferences.read(file) == Preferences()
    assert settings_from() == Settings(library=default_library())


@pytest.mark.parametrize(
    "text", ["", "[]", '{"sources": "5"}', '{"llm": 3}', '{"sources": true}', '{"sources": 0}', "\x00"]
)
def test_a_damaged_file_says_which_and_what_to_do(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="settings.json: .*mend the file, or remove it"):
        Preferences.read(file)


def test_choices_of_a_newer_version_are_ignored(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"sources": 3, "colour": "green"}', encoding="utf-8")
    assert Preferences.read(file) == Preferences(sources=3)


def test_arguments_outrank_the_environment_and_that_the_choices(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Preferences(library=str(tmp_path / "chosen"), embedder="chosen", llm="http://c/v1", sources=3).save(file)
    monkeypatch.setenv("SURVEYQA_EMBEDDER", "environment")
    monkeypatch.setenv("SURVEYQA_LLM", "http://e/v1")
    settings = settings_from(argparse.Namespace(llm="http://a/v1", llm_model="m"), seeds=False)
    assert settings == Settings(
        library=tmp_path / "chosen",
        embedder="environment",
        llm="http://a/v1",
        llm_model="m",
        sources=3,
        shipped_seeds=False,
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"sources": " 7 "}, Preferences(sources=7)),
        ({"sources": ""}, Preferences()),
        (
            {"llm": "127.0.0.1:11434", "llm_model": " qwen3 "},
            Preferences(llm="http://127.0.0.1:11434/v1", llm_model="qwen3"),
        ),
        ({"llm": "  "}, Preferences()),
        ({"embedder": "bundled", "reranker": "bundled"}, Preferences(embedder="bundled", reranker="bundled")),
        ({"colour": "green"}, Preferences()),
    ],
)
def test_a_change_is_checked_and_tidied(given: dict[str, object], expected: Preferences) -> None:
    assert Preferences().changed(given) == expected


@pytest.mark.parametrize(
    ("given", "kind", "said"),
    [
        ({"sources": "0"}, InputError, "give one from 1 to 20"),
        ({"sources": "many"}, InputError, "give one from 1 to 20"),
        ({"sources": "٣"}, InputError, "give one from 1 to 20"),
        ({"llm": "ftp://x"}, InputError, "ftp"),
        ({"llm": ["x"]}, InputError, "a line of at most"),
        ({"llm_model": "a\nb"}, InputError, "a line of at most"),
        ({"embedder": "nobody/no-such-model"}, ModelError, "no-such-model"),
        ({"reranker": "nobody/no-such-model"}, ModelError, "no-such-model"),
        ({"library": "relative/folder"}, InputError, "from the root of the disk"),
    ],
)
def test_a_wrong_value_is_refused_with_the_reason(
    given: dict[str, object], kind: type[SurveyQAError], said: str
) -> None:
    with pytest.raises(kind, match=said):
        Preferences(sources=4).changed(given)


def test_a_folder_with_other_files_is_no_library(tmp_path: Path, small_library: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    assert Preferences().changed({"library": str(other)}).library == str(other)
    (other / "a.jpg").touch()
    with pytest.raises(LibraryError, match="holds other files and no Library"):
        Preferences().changed({"library": str(other)})
    with pytest.raises(InputError, match="is a file"):
        Preferences().changed({"library": str(other / "a.jpg")})
    assert Preferences().changed({"library": str(small_library)}).library == str(small_library)


def test_a_choice_can_be_taken_back(file: Path) -> None:
    Preferences(llm="http://127.0.0.1:1/v1", llm_model="m").changed({"llm": "", "llm_model": ""}).save(file)
    assert Preferences.read(file) == Preferences()


def test_originals_are_kept_unless_a_choice_or_an_argument_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEYQA_SETTINGS", str(tmp_path / "settings.json"))
    assert settings_from().keep_originals is True
    assert settings_from(argparse.Namespace(no_originals=True)).keep_originals is False
    Preferences(keep_originals=False).save(tmp_path / "settings.json")
    assert settings_from().keep_originals is False
    (tmp_path / "settings.json").write_text('{"keep_originals": "no"}', encoding="utf-8")
    with pytest.raises(InputError, match="keep_originals is 'no'"):
        settings_from()


def test_a_server_without_a_model_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SURVEYQA_SETTINGS", str(tmp_path / "settings.json"))
    monkeypatch.setenv("SURVEYQA_LLM", "http://127.0.0.1:8000")
    monkeypatch.delenv("SURVEYQA_LLM_MODEL", raising=False)
    with pytest.raises(InputError, match="no model is named; give one of its models, --llm-model NAME"):
        settings_from()
    monkeypatch.setenv("SURVEYQA_LLM_MODEL", "any")
    assert (settings_from().llm, settings_from().llm_model) == ("http://127.0.0.1:8000", "any")
