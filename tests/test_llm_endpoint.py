"""An endpoint, against a server on this machine that does all that such servers do, wrongly too."""

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from index.errors import EndpointError, InputError
from qa.llm.address import base_url, is_near
from qa.llm.chunk import Chunk, read_chunk
from qa.llm.context import Replies, is_listed, window_of
from qa.llm.endpoint import Endpoint
from qa.llm.exchange import Limits
from qa.llm.prompt import Message
from qa.llm.trouble import Whom, refusal
from tests.llm_server import (
    ENGLISH,
    KOREAN,
    Play,
    Server,
    breaks,
    bytewise,
    chatty,
    drops,
    endless,
    floods,
    garbles,
    overflows,
    page,
    redirects,
    refuses,
    reports,
    running,
    says,
    silent,
    stalls,
    whole,
)

KEY = "sk-lemon-5417"
ASK = [Message("system", "Be brief."), Message("user", "What is SPIN?")]
QUICK = Limits(connect_s=5.0, first_s=5.0, between_s=5.0, total_s=20.0, backoff_s=0.01, max_wait_s=1.0)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def endpoint(server: Server, **more: Any) -> Endpoint:
    return Endpoint(server.url, "tiny", **{"limits": QUICK, "context_tokens": 4096, **more})


def answer(server: Server, *plays: Play, **more: Any) -> str:
    server.play(*plays)
    return "".join(endpoint(server, **more).stream(ASK))


def failure(server: Server, *plays: Play, **more: Any) -> str:
    """The error of an endpoint, without the address that it begins with."""
    with pytest.raises(EndpointError) as raised:
        answer(server, *plays, **more)
    assert str(raised.value).startswith(f"{server.url}: ")
    assert "\n" not in str(raised.value)
    return str(raised.value).removeprefix(f"{server.url}: ")


# --- answers ---


@pytest.mark.parametrize("text", [KOREAN, ENGLISH, "한 글자씩 😀 온다 [1]."])
@pytest.mark.parametrize("play", [says, whole, bytewise, chatty])
def test_an_answer_comes_as_it_was_written(server: Server, play: Callable[[str], Play], text: str) -> None:
    assert answer(server, play(text)) == text


def test_what_is_asked(server: Server) -> None:
    answer(server, says(ENGLISH), key=KEY)
    (seen,) = server.seen
    assert (seen.method, seen.path, seen.headers["authorization"]) == ("POST", "/v1/chat/completions", f"Bearer {KEY}")
    assert seen.headers["user-agent"].startswith("surveyqa")
    assert seen.body == {
        "model": "tiny",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is SPIN?"}],
        "stream": True,
        "temperature": 0.2,
    }


def test_without_a_key_none_is_sent(server: Server) -> None:
    answer(server, says(ENGLISH), key="  \n")
    assert "authorization" not in server.seen[0].headers


def test_pieces_come_one_by_one(server: Server) -> None:
    server.play(says("one two three", pause_s=0.1))
    start = time.monotonic()
    arrived = [(piece, time.monotonic() - start) for piece in endpoint(server).stream(ASK)]
    assert [piece for piece, _ in arrived] == ["one", " two", " three"]
    assert arrived[2][1] - arrived[0][1] > 0.1  # the server takes 0.2 s


def test_thoughts_are_no_answer(server: Server) -> None:
    assert answer(server, says(ENGLISH, thinks="Let me see. What does [1] say?")) == ENGLISH


def test_many_threads_ask_at_once() -> None:
    with running(says(KOREAN)) as server:
        one = endpoint(server)
        answers: list[str] = []
        threads = [threading.Thread(target=lambda: answers.append("".join(one.stream(ASK)))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [KOREAN] * 8


def test_it_can_be_asked_from_within_an_event_loop(server: Server) -> None:
    async def ask() -> tuple[str, int]:
        return "".join(endpoint(server).stream(ASK)), Endpoint(server.url, "tiny").context_tokens

    assert asyncio.run(ask()) == (ENGLISH, 4096)


# --- stopping ---


@pytest.mark.parametrize("play", [endless(pause_s=0.01), silent, stalls("It begins")], ids=["writes", "loads", "waits"])
def test_cancel_closes_the_connection_at_once(server: Server, play: Play) -> None:
    server.play(play)
    cancel = threading.Event()
    ended: list[float] = []

    def read() -> None:
        for _ in endpoint(server, limits=Limits()).stream(ASK, cancel):
            pass
        ended.append(time.monotonic())

    thread = threading.Thread(target=read)
    thread.start()
    while not server.asked:
        time.sleep(0.005)
    time.sleep(0.05)
    start = time.monotonic()
    cancel.set()
    thread.join(5.0)
    assert ended[0] - start < 2.0  # 0.02 s on a machine that does nothing else
    assert server.hung_up.wait(5.0)


def test_cancel_ends_the_wait_before_the_next_try(server: Server) -> None:
    server.play(refuses(503, retry_after="15"))
    cancel = threading.Event()
    threading.Timer(0.1, cancel.set).start()
    start = time.monotonic()
    assert list(endpoint(server, limits=Limits()).stream(ASK, cancel)) == []
    assert time.monotonic() - start < 5.0


def test_what_is_cancelled_before_it_begins_is_not_asked(server: Server) -> None:
    cancel = threading.Event()
    cancel.set()
    assert list(endpoint(server).stream(ASK, cancel)) == []
    assert server.seen == []


def test_a_reader_that_leaves_closes_the_connection(server: Server) -> None:
    server.play(endless(pause_s=0.01))
    pieces = endpoint(server).stream(ASK)
    assert isinstance(pieces, Iterator)
    next(pieces)
    del pieces
    assert server.hung_up.wait(5.0)


def test_an_answer_without_an_end_is_stopped(server: Server) -> None:
    server.play(endless("on and on "))
    got = []
    with pytest.raises(
        EndpointError, match=r"the model has written more than 1,000 characters; an end before that was"
    ):
        for piece in endpoint(server, limits=replace(QUICK, max_chars=1_000)).stream(ASK):
            got.append(piece)
    assert len("".join(got)) == 1_000
    assert server.hung_up.wait(5.0)


def test_thoughts_without_an_end_are_stopped(server: Server) -> None:
    seen = failure(server, says("", thinks="hm " * 200), limits=replace(QUICK, max_chars=10))
    assert seen.startswith("the model has thought more than 100 characters;")


def test_an_event_without_an_end_is_stopped(server: Server) -> None:
    seen = failure(server, floods)
    assert seen.startswith("an event of more than 1,000,000 bytes came; an answer as OpenAI's servers give it was")


def test_without_an_event_loop_nobody_waits_for_ever(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_many(work: Any) -> None:
        work.close()
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("qa.llm.background.asyncio.run", too_many)
    with pytest.raises(
        EndpointError, match=r"no connection can be prepared \(Too many open files\); one was expected;"
    ):
        list(endpoint(server).stream(ASK))


# --- time ---


def test_a_first_word_that_does_not_come(server: Server) -> None:
    start = time.monotonic()
    assert failure(server, silent, limits=replace(QUICK, first_s=0.2)) == (
        "the first word has not come in 0.2 s; an answer in time was expected; "
        "wait until the model is loaded, or take a smaller one"
    )
    assert time.monotonic() - start < 3.0
    assert len(server.seen) == 1


def test_a_next_word_that_does_not_come(server: Server) -> None:
    seen = failure(server, stalls("It begins"), limits=replace(QUICK, between_s=0.2))
    assert seen.startswith("nothing more came for 0.2 s; an answer in time was expected; try again")


def test_an_answer_that_takes_too_long(server: Server) -> None:
    seen = failure(server, endless(pause_s=0.02), limits=replace(QUICK, total_s=0.3))
    assert seen.startswith("the answer has not ended in 0.3 s; an answer in time was expected; ask more narrowly")


def test_thoughts_count_as_a_first_word(server: Server) -> None:
    text = answer(server, says("Done.", thinks="hm " * 30, pause_s=0.025), limits=replace(QUICK, first_s=0.5))
    assert text == "Done."


# --- failing servers ---


def test_a_server_that_is_not_there_is_tried_three_times() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        start = time.monotonic()
        with pytest.raises(EndpointError) as raised:
            list(Endpoint(url, "tiny", context_tokens=512, limits=replace(QUICK, backoff_s=0.1)).stream(ASK))
        took_s = time.monotonic() - start
    assert str(raised.value) == (
        f"{url}: no server can be reached (connection refused); a running one was expected; "
        "start it (for Ollama: ollama serve)"
    )
    assert 0.05 + 0.1 <= took_s < 0.1 + 0.2 + 2.0  # half of each wait at least, all of both at most


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503])
def test_a_passing_failure_is_tried_again(server: Server, status: int) -> None:
    assert answer(server, refuses(status), refuses(status), says(KOREAN)) == KOREAN
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        (
            429,
            "too many requests (HTTP 429) (slow down); an answer was expected; wait a little, or look at the account's",
        ),
        (500, "the server fails (HTTP 500) (slow down); an answer was expected; look at its own log, or wait until"),
        (409, "the server is busy (HTTP 409) (slow down); an answer was expected; try again"),
    ],
)
def test_three_failures_are_enough(server: Server, status: int, seen: str) -> None:
    assert failure(server, refuses(status, "slow\n down")).startswith(seen)
    assert len(server.asked) == 3


def test_a_server_is_left_alone_for_as_long_as_it_asks(server: Server) -> None:
    start = time.monotonic()
    assert answer(server, refuses(429, retry_after="0.3"), says(KOREAN)) == KOREAN
    assert 0.3 <= time.monotonic() - start < 3.0


def test_a_server_that_asks_for_minutes_is_not_waited_for(server: Server) -> None:
    seen = failure(server, refuses(429, retry_after="120"))
    assert seen.startswith("too many requests (HTTP 429), it asks to wait 120 s; an answer was expected;")
    assert len(server.asked) == 1


def test_a_connection_that_is_dropped_is_tried_again(server: Server) -> None:
    assert answer(server, drops, breaks(how="close"), says(KOREAN)) == KOREAN


@pytest.mark.parametrize("how", ["reset", "close"])
def test_nothing_is_asked_again_after_the_first_word(server: Server, how: str) -> None:
    server.play(breaks("It begins well", how=how), says(KOREAN))
    got: list[str] = []
    with pytest.raises(EndpointError, match=r"the answer breaks off; its end was expected; try again"):
        got.extend(endpoint(server).stream(ASK))
    assert ("".join(got), len(server.asked)) == ("It begins well", 1)


@pytest.mark.parametrize(
    ("play", "seen"),
    [
        (says(""), "the answer is empty; text was expected; try again, turn its thinking off, or take another model"),
        (says("", thinks="Hm."), "the model only thought and wrote no answer; text was expected; try again, turn its"),
        (says("It is", finish="length"), "the answer was cut off at the server's own limit; its end was expected; let"),
        (says("It is", finish="content_filter"), "the server ended the answer (content_filter); a whole one was"),
        (page(), "text/html came; an answer as OpenAI's servers give it was expected; check the address: it usually"),
        (garbles("It is"), 'its answer is no JSON ({"choices": [{"delta": {"content": "b); an answer as OpenAI\'s'),
        (garbles(line="[" * 100_000), "its answer is no JSON ([[["),
        (garbles(line="3"), "its answer is no JSON (3); an answer as"),
        (
            reports("CUDA out of memory", "It is"),
            "the server reports an error (CUDA out of memory); an answer was expected",
        ),
        (
            refuses(400, "bad request: x"),
            "it does not take the request (HTTP 400) (bad request: x); an answer was expected;",
        ),
        (
            refuses(422, body={"detail": [{"msg": "field required"}]}),
            "it does not take the request (HTTP 422) (field req",
        ),
        (refuses(418, body="short"), "it does not take the request (HTTP 418) (short); an answer was"),
        (page(404), "there is no such place (HTTP 404); a server that speaks as OpenAI's does was expected; check"),
    ],
)
def test_an_answer_that_is_none(server: Server, play: Play, seen: str) -> None:
    assert failure(server, play).startswith(seen)
    assert len(server.asked) == 1


def test_an_answer_without_a_finish_reason_ends_with_done(server: Server) -> None:
    assert answer(server, says(ENGLISH, finish=None)) == ENGLISH


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_names_the_variable(server: Server, status: int) -> None:
    refused = refuses(status, f"Incorrect API key provided: {KEY}")
    do = "set the environment variable SURVEYQA_LLM_KEY to a key of this server and start SurveyQA again"
    assert failure(server, refused, key=KEY) == f"it refuses the key (HTTP {status}); an answer was expected; {do}"
    assert failure(server, refused) == f"it wants a key (HTTP {status}); an answer was expected; {do}"


@pytest.mark.parametrize(("status", "words"), [(404, 'model "tiny" not found'), (400, "pinned to x"), (500, "")])
def test_a_wrong_model_is_told_which_are_there(server: Server, status: int, words: str) -> None:
    server.list_models("nomic-embed-text", "qwen3:8b", "exaone")
    said = f" ({words})" if words else ""
    assert failure(server, refuses(status, words)) == (
        f"there is no model 'tiny' (HTTP {status}){said}; one of qwen3:8b, exaone, nomic-embed-text was expected; "
        "set the model to one of them"
    )


def test_of_many_models_some_are_named(server: Server) -> None:
    server.list_models(*(f"m{at}" for at in range(11)))
    assert "one of m0, m1, m2, m3, m4, m5, m6, m7 and 3 more was" in failure(server, refuses(404, "no"))


def test_a_listed_model_is_not_to_blame(server: Server) -> None:
    assert failure(server, refuses(404, "no")).startswith(
        "there is no such place (HTTP 404) (no); a server that speaks"
    )


def test_a_redirect_is_not_followed(server: Server) -> None:
    with running() as other:
        other_url = other.url.replace("127.0.0.1", "localhost")
        assert failure(server, redirects(f"{other_url}/chat/completions?token=1"), key=KEY) == (
            f"it leads to another server, {other_url.removesuffix('/v1')} (HTTP 307), which is not followed; an answer from "
            "this address was expected; set the address that it leads to, if you trust it"
        )
        assert other.seen == []
    assert failure(server, redirects("/elsewhere", 301)).startswith(f"it leads to {server.root} (HTTP 301), which")
    assert failure(server, redirects("http://[", 308)).startswith("it leads to nowhere (HTTP 308)")


def test_tls_that_is_none_is_not_used(server: Server) -> None:
    secure = server.url.replace("http://", "https://")
    with pytest.raises(
        EndpointError, match=rf"{secure}: the connection to 127.0.0.1 is not secure \(.+\); a valid cert"
    ):
        list(Endpoint(secure, "tiny", KEY, limits=QUICK, context_tokens=512).stream(ASK))
    assert server.seen == []


def test_a_proxy_of_the_environment_is_not_used_here(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert answer(server, says(ENGLISH)) == ENGLISH


def test_a_proxy_is_used_for_public_hosts(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, server.root)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    text = "".join(Endpoint("http://llm.example", "tiny", limits=QUICK, context_tokens=512).stream(ASK))
    assert (text, server.seen[0].headers["host"]) == (ENGLISH, "llm.example")


def test_a_proxy_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "ldap://127.0.0.1:1")
    with pytest.raises(
        InputError, match=r"the proxy that HTTP_PROXY, .* names cannot be used \(.+\); an http:// proxy"
    ):
        list(Endpoint("http://llm.example", "tiny", limits=QUICK).stream(ASK))


# --- what a server does not take ---


def test_a_temperature_is_left_out_where_it_is_not_taken(server: Server) -> None:
    refused = refuses(
        400, "Unsupported value: 'temperature' does not support 0.2 with this model.", param="temperature"
    )
    assert answer(server, refused, says(ENGLISH)) == ENGLISH
    assert ["temperature" in seen.body for seen in server.asked] == [True, False]


def test_a_system_message_goes_into_the_users_where_it_is_not_taken(server: Server) -> None:
    assert answer(server, refuses(500, "System role not supported"), says(ENGLISH)) == ENGLISH
    assert server.asked[1].messages == [{"role": "user", "content": "Be brief.\n\nWhat is SPIN?"}]


def test_too_long_messages_are_asked_again_with_half_as_much(server: Server) -> None:
    server.play(overflows(100))
    one = endpoint(server, context_tokens=None)
    assert "".join(one.stream(lambda tokens: [Message("user", "word" * min(tokens, 1_000))])) == ENGLISH
    assert [len(seen.text) for seen in server.asked] == [4 * 1_000, 4 * 100]  # what llama.cpp says that it reads
    assert one.context_tokens == 100
    server.seen.clear()
    assert "".join(one.stream(lambda tokens: [Message("user", "word" * tokens)])) == ENGLISH
    assert [len(seen.text) for seen in server.asked] == [4 * 100]


@pytest.mark.parametrize(
    "refused",
    [
        refuses(400, "This model's maximum context length is 16384 tokens. However, you requested 122946 tokens."),
        refuses(400, "too long", code="context_length_exceeded"),
        refuses(413, "Request too large for model: 9000 tokens"),
        refuses(400, "the input length exceeds the context length"),
        refuses(422, body={"error": "`inputs` tokens + `max_new_tokens` must be <= 2048."}),
        reports("The number of tokens to keep from the initial prompt is greater than the context length."),
    ],
)
def test_servers_say_too_long_in_many_ways(server: Server, refused: Play) -> None:
    server.play(refused, says(ENGLISH))
    got = endpoint(server, context_tokens=4_000).stream(lambda tokens: [Message("user", str(tokens))])
    assert ("".join(got), [seen.text for seen in server.asked]) == (ENGLISH, ["4000", "2000"])


def test_too_long_twice_is_too_long(server: Server) -> None:
    seen = failure(server, refuses(400, "maximum context length is 5 tokens"))
    assert seen == (
        "the question and its sources are too long for the model (maximum context length is 5 tokens); room for them was "
        "expected; let the server read more at a time, or take a model that does"
    )
    assert len(server.asked) == 2


# --- the key ---


def test_the_key_is_shown_nowhere(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    one = endpoint(server, key=KEY)
    plays = [
        refuses(400, f"no {KEY} here"),
        reports(KEY),
        garbles(line=KEY),
        refuses(500, KEY),
    ]
    shown = [failure(server, play, key=KEY) for play in plays]
    assert shown[0].startswith("it does not take the request (HTTP 400) (no [key] here); an answer")
    server.list_models(KEY)
    shown.append(failure(server, refuses(404, "model not found"), key=KEY))
    server.list_models("tiny")
    trial = one.test()
    for text in (*shown, caplog.text, repr(one), str(one), repr(vars(one)), repr(one._whom), repr(trial)):
        assert KEY not in text


@pytest.mark.parametrize("key", ["sk-a b", "sk-a\nX-Evil: 1", "sk-열쇠", "sk-\x00"])
def test_a_key_that_no_header_can_carry_is_refused_unshown(key: str) -> None:
    with pytest.raises(
        InputError, match="the key in SURVEYQA_LLM_KEY has spaces, line ends or letters other"
    ) as raised:
        Endpoint("localhost:1", "tiny", key)
    assert "sk-" not in str(raised.value)


# --- addresses ---


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1"),
        (" http://localhost:11434/v1/ ", "http://localhost:11434/v1"),
        ("localhost:11434", "http://localhost:11434/v1"),
        ("192.168.0.7:8000/", "http://192.168.0.7:8000/v1"),
        ("gpu-server:8000", "http://gpu-server:8000/v1"),
        ("0.0.0.0:8080", "http://127.0.0.1:8080/v1"),
        ("[::1]:8080", "http://[::1]:8080/v1"),
        ("api.example.com", "https://api.example.com/v1"),
        ("HTTPS://API.example.com//v1//chat/completions", "https://api.example.com/v1"),
        ("https://router.example/api/v1/models", "https://router.example/api/v1"),
        ("https://router.example/api", "https://router.example/api/v1"),
        ("https://maker.example/v1beta/openai/", "https://maker.example/v1beta/openai"),
        ("https://maker.example/api/paas/v4", "https://maker.example/api/paas/v4"),
        ("https://모델.example", "https://모델.example/v1"),
    ],
)
def test_addresses_as_they_are_typed(typed: str, base: str) -> None:
    assert base_url(typed) == base


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "http://",
        "ftp://host/v1",
        "http://host:99999",
        "http://host:0/",
        "http://ho st",
        "file:///etc",
        "http://[::1",
    ]
    + [
        "http://user:pa-ss@host",
        "https://host/v1?key=pa-ss",
        "https://host/v1#pa-ss",
        "javascript:alert(1)",
        "http://..",
    ],
)
def test_addresses_that_are_none(typed: str) -> None:
    with pytest.raises(
        InputError, match=r"the server's address .*expected.* such as http://localhost:11434/v1"
    ) as raised:
        base_url(typed)
    assert "pa-ss" not in str(raised.value)


def test_hosts_that_are_near() -> None:
    near = ["localhost", "127.0.0.1", "::1", "10.0.0.4", "gpu", "box.local"]
    assert [is_near(host) for host in (*near, "example.com", "8.8.8.8", "2001:4860:4860::8888")] == [True] * 6 + [
        False
    ] * 3


@pytest.mark.parametrize(("model", "tokens"), [(" ", 512), ("a\nb", 512), ("tiny", 0)])
def test_a_model_or_a_context_that_is_none(model: str, tokens: int) -> None:
    with pytest.raises(InputError, match=r"the (model|context) is .*expected"):
        Endpoint("localhost", model, context_tokens=tokens)


# --- what it reads at a time ---


def entry(**fields: Any) -> dict[str, Any]:
    return {"data": [{"id": "other", "max_model_len": 9}, {"id": "tiny", **fields}]}


SHOWN = {"model_info": {"general.architecture": "qwen3", "qwen3.context_length": 40_960}, "parameters": "top_k 20"}


@pytest.mark.parametrize(
    ("replies", "window"),
    [
        (Replies(), (4_096, False)),
        (Replies(models=entry(max_model_len=32_768)), (32_768, True)),
        (Replies(models=entry(context_length=131_072)), (131_072, True)),
        (Replies(models=entry(meta={"n_ctx_train": 8_192})), (8_192, True)),
        (Replies(models=entry(max_model_len="8192")), (4_096, False)),
        (Replies(models=entry(max_model_len=True)), (4_096, False)),
        (Replies(models={"data": ["tiny", None, 3]}, props=[]), (4_096, False)),
        (
            Replies(models=entry(meta={"n_ctx_train": 8_192}), props={"default_generation_settings": {"n_ctx": 2_048}}),
            (2_048, True),
        ),
        (Replies(studio=entry(max_context_length=32_768, loaded_context_length=8_192)), (8_192, True)),
        (Replies(studio=entry(max_context_length=32_768, state="not-loaded")), (4_096, False)),
        (Replies(studio=entry(max_context_length=2_048)), (2_048, False)),
        (Replies(shown=SHOWN), (4_096, False)),
        (Replies(shown={**SHOWN, "parameters": "num_ctx      16384\ntop_k 20"}), (16_384, True)),
        (Replies(shown={**SHOWN, "parameters": "num_ctx 99999"}), (40_960, True)),
        (Replies(shown={**SHOWN, "remote_host": "https://ollama.example"}), (40_960, True)),
        (Replies(shown=SHOWN, loaded={"models": [{"model": "tiny:latest", "context_length": 32_768}]}), (32_768, True)),
        (Replies(shown=SHOWN, loaded={"models": [{"model": "other", "context_length": 32_768}]}), (4_096, False)),
    ],
)
def test_servers_say_in_many_ways_how_much_they_read(replies: Replies, window: tuple[int, bool]) -> None:
    found = window_of(replies, "tiny")
    assert (found.tokens, found.sure) == window


def test_a_guess_says_what_to_do() -> None:
    found = window_of(Replies(shown=SHOWN), "tiny")
    assert (found.tokens, found.sure) == (4_096, False)
    assert found.note is not None and found.note.en == (
        "the model can read 40,960 tokens, the server is taken to read 4,096 at a time; for more sources in an answer, "
        "start Ollama with OLLAMA_CONTEXT_LENGTH=16384 or set it in its app"
    )


def test_a_model_is_listed_under_its_whole_name() -> None:
    assert [is_listed(name, ("qwen3:latest", "exaone")) for name in ("qwen3", "exaone", "exaone:latest")] == [
        True,
        True,
        False,
    ]


def test_the_server_is_asked_once_how_much_it_reads(server: Server) -> None:
    server.list_models("tiny", max_model_len=2_345)
    one = endpoint(server, context_tokens=None)
    got: list[int] = []

    def compose(tokens: int) -> list[Message]:
        got.append(tokens)
        return ASK

    assert "".join(one.stream(compose)) == ENGLISH
    assert "".join(one.stream(compose)) == ENGLISH
    assert got == [2_345, 2_345]
    assert sorted(seen.path for seen in server.seen if seen not in server.asked) == [
        "/api/ps", "/api/show", "/api/v0/models", "/props", "/v1/models",
    ]  # fmt: skip
    assert next(seen.body for seen in server.seen if seen.path == "/api/show") == {"model": "tiny"}


def test_a_set_context_is_not_asked_for(server: Server) -> None:
    assert endpoint(server, context_tokens=777).context_tokens == 777
    assert server.seen == []


def test_a_server_that_is_away_is_taken_to_read_little() -> None:
    assert Endpoint("http://127.0.0.1:9", "tiny").context_tokens == 4_096


# --- trying it out ---


def test_a_trial_of_a_server_that_works(server: Server) -> None:
    server.list_models("tiny:latest", "big")
    server.json["/api/show"] = SHOWN
    server.play(says("Ready  when you are", first_s=0.1))
    trial = endpoint(server, context_tokens=None).test()
    assert (trial.ok, trial.reachable, trial.has_model, trial.models) == (True, True, True, ("tiny:latest", "big"))
    assert (trial.words, trial.context_tokens, len(trial.notes)) == ("Ready when you are", 4_096, 1)
    assert 0.1 <= trial.seconds < 3.0


def test_a_trial_reads_no_more_than_it_needs(server: Server) -> None:
    server.play(endless("ready ", pause_s=0.005))
    assert endpoint(server).test().words == "ready ready ready ready ready ready read"
    assert server.hung_up.wait(5.0)


@pytest.mark.parametrize(
    ("play", "reachable", "error"),
    [
        (refuses(401, "no"), True, "it wants a key (HTTP 401)"),
        (
            refuses(404, "model not found"),
            True,
            "there is no model 'tiny' (HTTP 404) (model not found); one of big was",
        ),
        (says(""), True, "the answer is empty"),
        (page(), True, "text/html came"),
    ],
)
def test_a_trial_of_a_server_that_does_not(server: Server, play: Play, reachable: bool, error: str) -> None:
    server.list_models("big")
    server.play(play)
    trial = endpoint(server).test()
    assert (trial.ok, trial.reachable, trial.has_model, trial.words) == (False, reachable, False, "")
    assert trial.error is not None and trial.error.en.startswith(f"{server.url}: {error}")


def test_a_trial_of_nothing() -> None:
    trial = Endpoint("http://127.0.0.1:9", "tiny", limits=QUICK).test()
    assert (trial.ok, trial.reachable, trial.models, trial.has_model) == (False, False, (), None)
    assert trial.error is not None
    assert trial.error.en.startswith("http://127.0.0.1:9/v1: no server can be reached")
    assert trial.error.ko.startswith("http://127.0.0.1:9/v1: 서버에 연결할 수 없습니다(connection refused). 서버를 켜")


def test_a_trial_says_what_leaves_the_machine() -> None:
    one = Endpoint("http://api.invalid", "tiny", limits=QUICK, context_tokens=512)
    assert not one.is_near
    assert [note.en for note in one.test().notes] == [
        "questions and passages of your documents are sent to api.invalid",
        "they travel unencrypted; an https address was expected",
    ]


# --- single steps ---


@pytest.mark.parametrize(
    ("data", "chunk"),
    [
        ('{"choices": [{"delta": {"content": "a"}}]}', Chunk("a")),
        ('{"choices": [{"delta": {"content": null, "reasoning": "b"}}]}', Chunk("", "b")),
        ('{"choices": [{"delta": {"content": "", "reasoning_content": "b"}, "finish_reason": "stop"}]}', Chunk("", "b", "stop")),
        ('{"choices": [{"delta": {"content": [{"type": "thinking", "thinking": []}, {"type": "text", "text": "c"}]}}]}', Chunk("c")),
        ('{"choices": [{"message": {"content": "d"}}]}', Chunk("d")),
        ('{"choices": [{"delta": null, "finish_reason": 3}]}', Chunk()),
        ('{"choices": [], "usage": {}, "error": null}', Chunk()),
        ('{"choices": "x"}', Chunk()),
        ('{"choices": [{"delta": {"content": "\\ud83d\\ude00 \\ud83d"}}]}', Chunk("😀 \ufffd")),
    ],
)  # fmt: skip
def test_chunks(data: str, chunk: Chunk) -> None:
    assert read_chunk(data) == chunk


def test_a_date_to_come_back_at() -> None:
    whom = Whom("http://h/v1")
    waits = [
        refusal(whom, 503, {"retry-after": said}, b"").wait_s
        for said in ("7", "", "soon", "Mon, 21 Sep 2020 14:13:37 GMT", "Mon, 21 Sep 2020 14:13:37")
    ]
    assert waits == [7.0, None, None, 0.0, None]


def test_a_key_leaves_the_network_only_encrypted() -> None:
    with pytest.raises(InputError, match="the key would travel unencrypted to another network") as refused:
        Endpoint("http://api.example.com/v1", "m", "secret-key")
    assert "secret-key" not in str(refused.value) + refused.value.said("ko")
    for near in ("http://127.0.0.1:8000", "http://192.168.0.7:8000", "https://api.example.com/v1"):
        assert Endpoint(near, "m", "secret-key").model == "m"
    assert Endpoint("http://api.example.com/v1", "m").model == "m"
