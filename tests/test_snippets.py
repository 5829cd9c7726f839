"""Code below a sentence."""

import pytest

from qa.reading.snippets import MAX_LINES, code_below, most_code


def below(text: str) -> str | None:
    """Return the code that stands below the first line of a text."""
    span = code_below(text, text.index("\n"))
    return text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Run it:\n\n```shell\nmake run\n```\n", "make run"),
        ("Run it:\n```\nmake run\n```", "make run"),
        ("Run it:\n\n~~~~\na\n\nb\n~~~~\nMore.", "a\n\nb"),
        ("1. Run it:\n\n   ```shell\n   make run\n   make test\n   ```\n", "   make run\n   make test"),
        ("Run it:\n\nOr not.\n\n```\nmake\n```\n", None),  # something stands between
        ("Run it:\n\n```\n\n```\n", None),  # nothing in it
        ("Run it:\n\n```\nmake\n", None),  # without an end
        ("Look:\n\n```mermaid\na --> b\n```\n", None),  # a picture
        ("Run it:\n\n~~~\n```\nmake\n```\n~~~\n", None),  # of code in code none is shown
        ("Run it:\n\n```\n" + "x\n" * MAX_LINES + "```\n", "x\n" * (MAX_LINES - 1) + "x"),
        ("Run it:\n\n```\n" + "x\n" * (MAX_LINES + 1) + "```\n", None),
        ("Run it:\n\n```\n" + "x" * 1_001 + "\n```\n", None),
        ("Run it:\n\n```\n" + " " * 200_000, None),  # and at once
        ("Run it:" + "\n" * 200_000, None),
    ],
)
def test_code_is_what_only_space_parts_from_a_sentence(text: str, code: str | None) -> None:
    assert below(text) == code


@pytest.mark.parametrize(
    ("question", "most"),
    [
        ("캐시를 비우는 명령어는?", 2),
        ("캐시를 비우는 명령은 뭐야?", 2),
        ("Which command clears the cache?", 2),
        ("What is the code for this?", 2),
        ("명령어들이 갖는 한계는?", 0),
        ("코드북은 몇 개야?", 0),
        ("Who decoded it?", 0),
        ("How does the cache grow?", 0),
        ("How do I clear the cache?", 1),
        ("캐시는 어떻게 비워?", 1),
        ("캐시를 비우려면 뭘 입력하면 되나요?", 1),
        ("캐시의 권장 설정값은?", 1),
        ("What should the env.php entry be?", 1),
        ("캐시는 왜 써?", 0),
    ],
)
def test_a_question_asks_for_code_by_name_or_for_how_something_is_done(question: str, most: int) -> None:
    assert most_code(question) == most
