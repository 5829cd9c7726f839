"""A small corpus in Korean and English, and Libraries made of it. Nothing here reads the network."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# Before torch is imported: where each process has several threads, those of one wait for those of the others.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from index.analyse import Analyser
from index.embed import MODEL_FOLDER, Embedder, open_embedder
from index.library import Library
from qa import settings
from qa.ask import Assistant, open_library
from qa.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browsing import Visit

ALIGN_EN = """---
title: Aligning Small Models
work: align
language: en
authors: [Ada Kim, Bo Lee]
year: 2024
---
# Aligning Small Models

This paper studies how small language models are aligned with human preferences.

## Method {#method}

Behavior imitation trains a small model on the answers of a stronger model. We call the trainer Orchid-2.
Orchid-2 was trained on 15.6T tokens, e.g. web pages and code.

### Rewards

A reward model scores every answer from 0 to 1.

## Results

- Orchid-2 reaches an accuracy of 83.5 points.
- The baseline reaches 71.2 points.
"""

ALIGN_KO = """---
title: 작은 모델의 정렬
work: align
language: ko
authors: [Ada Kim, Bo Lee]
year: 2024
---
# 작은 모델의 정렬

이 논문은 작은 언어 모델을 사람의 선호에 맞추는 방법을 연구한다.

## 방법 {#method}

행동 모방은 더 강한 모델의 답변으로 작은 모델을 학습시키는 방법이다. 학습기의 이름은 Orchid-2이다.
Orchid-2는 웹 문서와 코드 등 15.6T 토큰으로 학습했다.

### 보상

보상 모델은 모든 답변에 0에서 1까지의 점수를 준다.

## 결과

- Orchid-2의 정확도는 83.5점이다.
- 기준 모델은 71.2점이다.
"""

SYNTHETIC_EN = """# Synthetic Data for Tables

Synthetic data is text that a model writes and that another model is trained on.

## Filtering

Filtering removes duplicated tables. It keeps 42 percent of the rows.

| set | rows |
|-----|------|
| raw | 1000 |
| kept | 420 |
"""

SELF_KO = """# 자기 개선 노트

자기 개선은 모델이 외부 데이터 없이 스스로 만든 답변으로 학습하는 방법이다.

## 한계

자기 개선을 되풀이하면 답변의 다양성이 줄어든다.
"""

PLAIN_EN = """Meeting notes on evaluation.

The judges compared two answers at a time. Ties were broken by a third judge.
"""

CORPUS = {
    "align.en.md": ALIGN_EN,
    "align.ko.md": ALIGN_KO,
    "synthetic.md": SYNTHETIC_EN,
    "자기개선.md": SELF_KO,
    "meeting.txt": PLAIN_EN,
}
DOC_IDS = ["align.en", "align.ko", "meeting", "synthetic", "자기개선"]


@pytest.fixture(scope="session", autouse=True)
def no_choices_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings and users of whoever runs the tests out of them, also in child processes.

    What can be made again is kept for all of a run's processes.
    """
    folder = tmp_path_factory.mktemp("choices")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SURVEYQA_SETTINGS", str(folder / "settings.json"))
        patch.setenv("SURVEYQA_USERS", str(folder / "users.json"))
        patch.setenv("SURVEYQA_CACHE", str(shared / "cache"))  # for child processes
        patch.setattr(settings, "default_cache", lambda: shared / "cache")
        for name in ("LIBRARY", "EMBEDDER", "RERANKER", "LLM", "LLM_MODEL", "LLM_KEY"):
            patch.delenv(f"SURVEYQA_{name}", raising=False)
        yield


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the five documents; do not write to it."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in CORPUS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser.load(MODEL_FOLDER / "korean.tsv")


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return open_embedder()


@pytest.fixture(scope="session")
def small_library(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Library of the five documents that declined the seeds; do not write to it, `library_copy` is for that."""
    folder = tmp_path_factory.mktemp("library") / "small"
    with Library.open(folder, create=True) as library:
        library.decline_shipped()
        library.add([corpus])
    return folder


@pytest.fixture
def library_copy(small_library: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_library, tmp_path / "copy"))


@pytest.fixture(scope="session")
def assistant(small_library: Path) -> Iterator[Assistant]:
    """The five documents, open for questions."""
    with open_library(settings=Settings(library=small_library, shipped_seeds=False)) as opened:
        yield opened


# for the tests in a browser: each module has a `library` of its own, or an `address` of its own


@pytest.fixture(scope="module")
def address(library: Path) -> Iterator[str]:
    """Where a server in a process of its own serves the module's Library."""
    from tests.browsing import served

    with served(library) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A Chromium; not for longer than a module, as its event loop keeps other tests from theirs."""
    from tests.browsing import chromium

    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(browser: "Browser", address: str, request: pytest.FixtureRequest) -> Iterator["Visit"]:
    """A page of its own, opened with the options that the test is parametrised by."""
    from tests.browsing import visiting

    with visiting(browser, address, **getattr(request, "param", {})) as opened:
        yield opened
