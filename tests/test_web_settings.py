"""The settings place: what is set, changes put to use or for the next start, wrong values refused with a reason."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from qa.llm.writers import Writers
from qa.preferences import Preferences
from qa.settings import Settings
from qa.web.settings.place import _test_handler, save, settings_view


@dataclass
class Place:
    """A site as the settings see it."""

    assistant: Any
    preferences: Path | None


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Any]:
    settings = Settings(library=tmp_path / "library")
    yield Place(SimpleNamespace(settings=settings, writers=Writers()), tmp_path / "settings.json")


def test_at_first_all_is_as_it_comes(site: Any, tmp_path: Path) -> None:
    view = settings_view(site)
    assert view["values"] == {
        "library": str(tmp_path / "library"),
        "embedder": "bundled",
        "reranker": "bundled",
        "sources": 8,
        "llm": "",
        "llm_model": "",
        "keep_originals": True,
    }
    assert (view["may_change"], view["later"], view["writes"], view["faults"]) == (True, [], False, {})


def test_visitors_of_a_shared_server_see_no_folder_and_no_address(site: Any) -> None:
    shared = Place(site.assistant, None)
    view = settings_view(shared)  # type: ignore[arg-type]
    assert (view["may_change"], view["values"], view["later"]) == (False, {}, [])


def test_a_language_model_writes_at_once_and_is_kept(site: Any) -> None:
    view = save(site, {"llm": "127.0.0.1:11434", "llm_model": "qwen3:8b"})
    assert (view["writes"], view["saved"]) == (True, ["llm", "llm_model"])
    writer = site.assistant.writers.current()
    assert writer is not None
    assert (writer.endpoint.url, writer.endpoint.model) == ("http://127.0.0.1:11434/v1", "qwen3:8b")
    assert Preferences.read(site.preferences) == Preferences(llm="http://127.0.0.1:11434/v1", llm_model="qwen3:8b")
    assert save(site, {"llm": "", "llm_model": ""})["writes"] is False
    assert site.assistant.writers.current() is None


def test_the_number_of_sources_counts_at_once(site: Any) -> None:
    assert save(site, {"sources": "3"})["values"]["sources"] == 3
    assert site.assistant.writers.sources == 3


def test_another_folder_counts_from_the_next_start_on(site: Any, tmp_path: Path) -> None:
    view = save(site, {"library": str(tmp_path / "other")})
    assert (view["later"], view["values"]["library"]) == (["library"], str(tmp_path / "other"))
    assert site.assistant.settings.library == tmp_path / "library"


@pytest.mark.parametrize(
    ("given", "english", "korean"),
    [
        ({"sources": "99"}, "give one from 1 to 20", "1부터 20까지의 수를 적으세요."),
        ({"embedder": "nobody/none"}, "the embedder 'nobody/none' is not on this machine", "‘nobody/none’: 이 임베딩"),
        ({"llm": "ftp://x"}, "is 'ftp://x'; an http or https one", "‘ftp://x’: http나 https로 시작하는 서버 주소가"),
    ],
)
def test_a_wrong_value_is_refused_in_both_languages_and_nothing_is_kept(
    site: Any, given: dict[str, object], english: str, korean: str
) -> None:
    view = save(site, given)
    (name,) = given
    assert set(view["faults"][name]) == {"en", "ko"}
    assert english in view["faults"][name]["en"] and korean in view["faults"][name]["ko"]
    assert view["tried"] == given
    assert not site.preferences.exists()


def test_a_model_without_a_usable_name_is_refused(site: Any) -> None:
    view = save(site, {"llm": "127.0.0.1:1", "llm_model": "  "})
    assert view["writes"] is False


def test_a_model_that_the_key_must_not_be_sent_to_is_not_kept(site: Any) -> None:
    """Else the next start would be refused."""
    site.assistant.writers = Writers("sk-secret")
    view = save(site, {"llm": "http://far.example/v1", "llm_model": "m"})
    assert "the key would travel unencrypted" in view["faults"]["llm"]["en"]
    assert (view["values"]["llm"], site.assistant.writers.current()) == ("", None)
    assert not site.preferences.exists()


def test_a_model_that_cannot_be_kept_does_not_write(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    assert list(save(site, {"llm": "127.0.0.1:1", "llm_model": "m"})["faults"]) == ["llm"]
    assert site.assistant.writers.current() is None


def test_choices_that_are_damaged_meanwhile_refuse_a_change_and_the_page_goes_on(site: Any) -> None:
    site.preferences.write_text("{", encoding="utf-8")
    assert settings_view(site)["values"]["sources"] == 8
    fault = save(site, {"sources": "3"})["faults"]["sources"]
    assert "the settings cannot be read" in fault["en"] and "설정 파일을 읽을 수 없습니다" in fault["ko"]
    assert site.preferences.read_text(encoding="utf-8") == "{"


def test_a_trial_is_told_in_both_languages(site: Any) -> None:
    tried = _test_handler(site)(SimpleNamespace(llm="127.0.0.1:9", llm_model="m"))
    assert tried["tried"] == {"llm": "127.0.0.1:9", "llm_model": "m"}
    error = json.loads(json.dumps(tried))["trial"]["error"]
    assert error["en"].startswith("http://127.0.0.1:9/v1: no server can be reached")
    assert error["ko"].startswith("http://127.0.0.1:9/v1: 서버에 연결할 수 없습니다")
    fault = _test_handler(site)(SimpleNamespace(llm="127.0.0.1:9", llm_model=" "))["faults"]["llm"]
    assert fault["ko"] == "모델의 이름이 비어 있습니다. http://127.0.0.1:9/v1/models 목록에 있는 이름을 적으세요."


def test_on_a_shared_server_nothing_can_be_changed(site: Any) -> None:
    site.preferences = None
    assert save(site, {"sources": "3"})["may_change"] is False
    assert site.assistant.writers.sources == 8


def test_a_key_is_never_shown(tmp_path: Path) -> None:
    writers = Writers("sk-secret")
    writers.choose("127.0.0.1:1", "m")
    view = settings_view(
        Place(SimpleNamespace(settings=Settings(library=tmp_path), writers=writers), tmp_path / "settings.json")  # type: ignore[arg-type]
    )
    assert "sk-secret" not in repr(view) + repr(writers.current()) + repr(vars(writers.current()))
