"""What programs ask: by Gradio's API and by the Model Context Protocol, against the same Assistant in Python."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from index.errors import InputError
from qa.ask import Assistant
from qa.programs import MOST_PASSAGES, Programs

ROOT = Path(__file__).parent.parent
QUESTION = "How many tokens was Orchid-2 trained on?"


def test_each_question_gives_what_the_assistant_gives(assistant: Assistant) -> None:
    ask = Programs(assistant).all()
    answer = assistant.ask(QUESTION)
    told = ask["ask"](QUESTION)
    assert (told["answer"], told["abstained"], told["reader"]) == (answer.text, False, "extractive")
    assert told["citations"][0]["quote"] == answer.citations[0].quote
    assert told["sentences"][0]["verdict"] == "supported"
    assert list(told["references"]) == [answer.citations[0].doc_id]
    hits = ask["search"]("reward model", 2)["hits"]
    assert [hit["passage_id"] for hit in hits] == [
        hit.passage.passage_id for hit in assistant.search("reward model", 2).hits
    ]
    assert ask["category"]("SPIN")["method"]["name"] == "SPIN"
    assert [card["doc_id"] for card in ask["list"]()["documents"]] == [card.doc_id for card in assistant.documents()]


@pytest.mark.parametrize(("top_k", "count"), [(-3, 1), (0, 1), (3, 3), (10**6, None)])
def test_the_number_of_passages_is_bounded(assistant: Assistant, top_k: int, count: int | None) -> None:
    hits = Programs(assistant).search("Orchid-2", top_k)["hits"]
    assert len(hits) == count if count else 1 < len(hits) <= MOST_PASSAGES


def test_an_empty_question_is_an_error(assistant: Assistant) -> None:
    with pytest.raises(InputError, match="the question is empty"):
        Programs(assistant).ask(" ")


def test_all_answers_are_json(assistant: Assistant) -> None:
    ask = Programs(assistant).all()
    for name, given in (("ask", QUESTION), ("search", "reward"), ("category", "SPIN")):
        assert json.loads(json.dumps(ask[name](given), ensure_ascii=False))["question"] == given


def test_the_protocol_serves_the_four_tools_in_a_process_of_its_own(small_library: Path, assistant: Assistant) -> None:
    from mcp import Client, StdioServerParameters

    async def talk() -> tuple[Any, Any, Any]:
        command = ["-m", "qa.command", "mcp", "--library", str(small_library)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        server = StdioServerParameters(command=sys.executable, args=command, env=environment, cwd=str(ROOT))
        async with Client(server) as client:
            tools = await client.list_tools()
            answer = await client.call_tool("ask", {"question": QUESTION})
            empty = await client.call_tool("ask", {"question": ""})
            return tools, answer, empty

    tools, answer, empty = asyncio.run(talk())
    assert sorted(tool.name for tool in tools.tools) == ["ask", "category", "list", "search"]
    assert all(len(tool.description or "") > 40 for tool in tools.tools)
    assert json.loads(answer.content[0].text)["answer"] == assistant.ask(QUESTION).text
    assert empty.is_error and "the question is empty" in empty.content[0].text
