"""What a user of the browser can be told of is told in Korean, too: the errors themselves, and every place that raises one."""

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from index import errors
from index.embed import locate
from index.errors import EndpointError, InputError, LibraryError, ModelError, SurveyQAError
from qa.llm.address import base_url
from qa.llm.context import Replies, window_of
from qa.llm.endpoint import Endpoint
from qa.llm.exchange import Limits
from qa.llm.prompt import Message
from qa.llm.trouble import Trouble, Whom, refusal, reported, unreached
from qa.preferences import Preferences
from qa.said import Said
from tests.llm_server import Play, Server, breaks, garbles, page, refuses, running, says, stalls
from tests.test_llm_endpoint import SHOWN

ROOT = Path(__file__).resolve().parents[1]
HANGUL = re.compile("[가-힣]")
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
TROUBLES = {"trouble": 3, "_unreadable": 1}  # methods that make one: where their Korean stands among the arguments
# The modules whose errors reach the browser, with the functions that raise those; () for all. Not among them: what is
# raised at the start or by commands, reasons why a file is not added (`qa.adding.reasons` has words for their kinds),
# and a server's own words in `qa.llm.chunk`, which `reported` quotes.
TOLD: dict[str, tuple[str, ...]] = {
    "index/storage/database.py": (),
    "index/writing.py": (),
    "index/segments/generation.py": (),
    "index/segments/partition.py": (),
    "index/storage/store.py": (),
    "index/library.py": ("_other_model",),
    "index/embed.py": ("locate",),
    "qa/question/query.py": (),
    "qa/preferences.py": (),
    "qa/llm/address.py": (),
    "qa/llm/background.py": (),
    "qa/llm/endpoint.py": (),
    "qa/llm/exchange.py": (),
    "qa/llm/prompt.py": (),
    "qa/llm/trouble.py": (),
    "qa/llm/write.py": (),
    "qa/talks/database.py": (),
    "qa/talks/talks.py": (),
    "qa/users.py": ("_refresh",),
}


def functions(path: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (not TOLD[path] or node.name in TOLD[path]):
            yield node


def korean_of(call: ast.Call) -> ast.expr | None:
    """The Korean argument of a call that makes an error; None where it has none. Raises KeyError for another call."""
    if isinstance(call.func, ast.Name) and call.func.id in KINDS:
        at = 1
    elif isinstance(call.func, ast.Attribute) and call.func.attr in TROUBLES and len(call.args) > 1:
        at = TROUBLES[call.func.attr]
    else:
        raise KeyError
    return call.args[at] if len(call.args) > at else None


def has_hangul(node: ast.AST) -> bool:
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and HANGUL.search(part.value)
        for part in ast.walk(node)
    )


def is_korean(argument: ast.expr, function: ast.AST) -> bool:
    """Whether an argument has Hangul in it, or all that one of its names is given in the function has."""
    names = {node.id for node in ast.walk(argument) if isinstance(node, ast.Name)}
    return has_hangul(argument) or any(is_given_korean(name, function) for name in names)


def is_given_korean(name: str, function: ast.AST) -> bool:
    given = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and name in {part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    ]
    return bool(given) and all(map(has_hangul, given))


def mute(path: str) -> tuple[list[str], int]:
    """The calls in a module that make an error without Korean, and how many make one."""
    found, count = [], 0
    for function in functions(path):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            try:
                korean = korean_of(call)
            except KeyError:
                continue
            count += 1
            if korean is None or not is_korean(korean, function):
                found.append(f"{path}:{call.lineno}: {ast.unparse(call)[:80]}")
    return found, count


@pytest.mark.parametrize("path", TOLD)
def test_each_error_that_reaches_the_browser_has_korean(path: str) -> None:
    found, count = mute(path)
    assert found == []
    assert count > 0, "nothing is raised there any more: take it off the list"


def test_english_comes_where_there_is_no_korean() -> None:
    both, english = InputError("the title is empty", "이름이 비어 있습니다."), InputError("the title is empty")
    assert (both.said("en"), both.said("ko"), str(both)) == (
        "the title is empty",
        "이름이 비어 있습니다.",
        "the title is empty",
    )
    assert (english.said("ko"), english.korean) == ("the title is empty", "")
    assert Said.of(both) == Said("the title is empty", "이름이 비어 있습니다.")
    assert Said.of(english) == Said("the title is empty")


@pytest.mark.parametrize("kind", [getattr(errors, name) for name in sorted(KINDS)])
def test_both_languages_survive_pickling_and_a_cause(kind: type[SurveyQAError]) -> None:
    with pytest.raises(kind) as raised:
        raise kind("seen; expected; do", "그렇습니다.") from OSError("full")
    again = pickle.loads(pickle.dumps(raised.value))
    assert (type(again), str(again), again.korean, again.args) == (
        kind, "seen; expected; do", "그렇습니다.", ("seen; expected; do",),
    )  # fmt: skip


def test_a_trouble_survives_pickling_with_all_that_it_knows() -> None:
    found = refusal(Whom("http://h/v1"), 429, {"retry-after": "7"}, b'{"error": "slow down"}')
    again = pickle.loads(pickle.dumps(found))
    assert isinstance(again, Trouble)
    assert (str(again), vars(again)) == (str(found), vars(found))
    assert (again.wait_s, again.status, again.words) == (7.0, 429, "slow down")


KEY = "sk-lemon-5417"
WHOM, KEYED = Whom("http://h/v1"), Whom("http://h/v1", KEY)


@pytest.mark.parametrize(
    ("found", "korean"),
    [
        (
            refusal(WHOM, 401, {}, b""),
            "서버가 키를 요구합니다(HTTP 401). 환경 변수 SURVEYQA_LLM_KEY에 이 서버의 키를 넣고 SurveyQA를 다시 시작하세요.",
        ),
        (
            refusal(KEYED, 403, {}, b""),
            "서버가 키를 받아들이지 않습니다(HTTP 403). 환경 변수 SURVEYQA_LLM_KEY에 이 서버의 키를 넣고 SurveyQA를 다시 "
            "시작하세요.",
        ),
        (
            refusal(KEYED, 418, {}, f"the key {KEY} is tea".encode()),
            "서버가 요청을 받아들이지 않습니다(HTTP 418) (the key [key] is tea). 모델과 서버의 설정을 확인하세요.",
        ),
        (
            refusal(WHOM, 429, {"retry-after": "1200"}, b'{"error": "quota"}'),
            "요청이 너무 많아 서버가 받지 않습니다(HTTP 429) (quota). 1,200초 뒤에 다시 요청하라고 합니다. 잠시 기다리거나 "
            "계정의 한도를 확인하세요.",
        ),
        (
            refusal(WHOM, 307, {"location": "http://elsewhere/v1"}, b""),
            "서버가 다른 주소(다른 서버 http://elsewhere)로 보내려 해서(HTTP 307) 따라가지 않았습니다. 믿을 수 있는 곳이면 "
            "그 주소를 직접 적으세요.",
        ),
        (
            refusal(WHOM, 400, {}, b"maximum context length is 4096 tokens"),
            "질문과 출처가 모델이 한 번에 읽기에는 너무 깁니다(maximum context length is 4096 tokens). 서버가 더 길게 "
            "읽도록 설정하거나, 더 길게 읽는 모델을 쓰세요.",
        ),
        (
            reported(KEYED, f"out of memory for {KEY}"),
            "답하는 중에 서버가 오류를 알렸습니다(out of memory for [key]). 다시 시도하고, 서버의 로그도 살펴보세요.",
        ),
        (
            unreached(WHOM, httpx2.ConnectError("no"), 5.0),
            "서버에 연결할 수 없습니다. 서버를 켜세요(Ollama는 ollama serve).",
        ),
        (
            unreached(WHOM, httpx2.ConnectTimeout("no"), 5.0),
            "h 서버가 5초 동안 응답하지 않았습니다. 주소가 맞는지, 서버가 켜져 있는지 확인하세요.",
        ),
    ],
)  # fmt: skip
def test_what_a_server_does_is_told_in_korean_without_the_key(found: Trouble, korean: str) -> None:
    assert found.said("ko") == f"http://h/v1: {korean}"
    assert KEY not in found.said("ko") + found.said("en")


@pytest.mark.parametrize("at", [0, 7])
def test_the_key_is_in_no_korean_line(at: int) -> None:
    found = KEYED.trouble("seen", "an answer", "do", f"서버가 {KEY} 키를 되풀이합니다.", wait_s=float(at))
    assert (found.said("ko"), found.wait_s) == ("http://h/v1: 서버가 [key] 키를 되풀이합니다.", float(at))


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as started:
        yield started


@pytest.mark.parametrize(
    ("play", "korean"),
    [
        (says(""), "모델의 답이 비어 있습니다. 다시 시도하거나, 생각하기를 끄거나, 다른 모델을 쓰세요."),
        (says("", thinks="Hm."), "모델이 생각만 하고 답을 쓰지 않았습니다. 다시 시도하거나, 생각하기를 끄거나,"),
        (says("It is", finish="length"), "서버의 한도에 걸려 답이 잘렸습니다. 서버가 더 길게 쓰도록 설정하거나,"),
        (says("It is", finish="content_filter"), "서버가 답을 끝까지 쓰지 않았습니다(content_filter). 다른 말로"),
        (page(), "text/html 형식의 답이 왔습니다. OpenAI 형식이어야 합니다. 주소를 확인하세요. 주소는 보통 /v1로"),
        (garbles(line="3"), "답이 JSON이 아닙니다(3). OpenAI 형식이어야 합니다."),
        (breaks("It begins", how="end"), "답이 중간에 끊겼습니다. 다시 시도하고, 서버의 로그도 살펴보세요."),
        (stalls("It begins"), "0.3초 동안 답이 이어지지 않았습니다. 다시 시도하고, 서버의 로그도 살펴보세요."),
        (
            refuses(404, "no model"),
            "서버에 ‘small’ 모델이 없습니다(HTTP 404) (no model). 있는 모델은 tiny입니다. 그 가운데 하나를 적으세요.",
        ),
    ],
)
def test_an_answer_that_is_none_is_told_in_korean(server: Server, play: Play, korean: str) -> None:
    server.play(play)
    limits = Limits(first_s=5.0, between_s=0.3, total_s=10.0, tries=1)
    with pytest.raises(EndpointError) as raised:
        list(Endpoint(server.url, "small", KEY, limits=limits, context_tokens=512).stream([Message("user", "?")]))
    assert raised.value.said("ko").startswith(f"{server.url}: {korean}")


def test_a_trial_says_all_in_both_languages() -> None:
    trial = Endpoint("http://api.invalid", "tiny", limits=Limits(tries=1, connect_s=1.0), context_tokens=512).test()
    assert trial.error is not None and not trial.ok
    assert trial.error.en.startswith("http://api.invalid/v1: ") and trial.error.ko.startswith("http://api.invalid/v1: ")
    assert HANGUL.search(trial.error.ko) and not HANGUL.search(trial.error.en)
    assert [note.ko for note in trial.notes] == [
        "질문과 문서에서 찾은 부분이 api.invalid 서버로 보내집니다.",
        "암호화되지 않은 채 보내집니다. https 주소를 쓰세요.",
    ]
    note = window_of(Replies(shown=SHOWN), "tiny").note
    assert note is not None and note.ko == (
        "모델은 40,960토큰까지 읽을 수 있지만, 서버는 한 번에 4,096토큰을 읽는 것으로 봅니다. 답에 출처를 더 많이 쓰려면 "
        "Ollama를 OLLAMA_CONTEXT_LENGTH=16384로 켜거나 Ollama 앱에서 그렇게 설정하세요."
    )


@pytest.mark.parametrize(
    ("given", "kind", "korean"),
    [
        (
            {"sources": "99"},
            InputError,
            "‘99’: 모델에 보여 줄 부분의 수로 쓸 수 없습니다. 1부터 20까지의 수를 적으세요.",
        ),
        ({"library": "a/b"}, InputError, "‘a/b’: 폴더의 경로가 온전하지 않습니다. 디스크의 맨 위부터 전체 경로를"),
        ({"llm": "ftp://x"}, InputError, "‘ftp://x’: http나 https로 시작하는 서버 주소가 아닙니다. http://localhost"),
        ({"llm": "me:pass@h"}, InputError, "서버의 주소(h)에 사용자 이름이나 비밀번호, ?, #이 들어 있습니다. 그것을"),
        ({"llm_model": "a\nb"}, InputError, r"'a\nb': 쓸 수 없는 값입니다. 1,000자를 넘지 않는 한 줄로 적으세요."),
        ({"embedder": "nobody/none"}, ModelError, "‘nobody/none’: 이 임베딩 모델은 이 컴퓨터에 없습니다. "),
        ({"reranker": "nobody/none"}, ModelError, "‘nobody/none’: 이 재정렬 모델은 이 컴퓨터에 없습니다. "),
    ],
)
def test_a_refused_setting_is_told_in_korean(given: dict[str, Any], kind: type[SurveyQAError], korean: str) -> None:
    with pytest.raises(kind) as raised:
        Preferences().changed(given)
    assert raised.value.said("ko").startswith(korean)
    assert "pass" not in raised.value.said("ko")


def test_a_model_that_is_not_here_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as raised:
        locate("nobody/none", "embedder")
    assert raised.value.said("ko").endswith(
        "에도 nobody/none 모델이 없습니다. SurveyQA는 모델을 스스로 내려받지 않습니다. 터미널에서 `hf download nobody/none` "
        "명령을 한 번 실행하거나, 모델이 든 폴더를 적거나, bundled를 쓰세요."
    )
    with pytest.raises(ModelError) as raised:
        locate(str(tmp_path / "none"), "reranker")
    assert f"{tmp_path / 'none'} 폴더가 없습니다. " in raised.value.said("ko")
    assert "아는 이름(bge-reranker, " in raised.value.said("ko")


def test_settings_that_cannot_be_written_say_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="the settings cannot be written") as raised:
        Preferences().save(tmp_path / "file" / "settings.json")
    assert "설정을 저장하지 못했습니다" in raised.value.said("ko")


def test_a_folder_of_other_files_is_told_in_korean(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    with pytest.raises(LibraryError) as raised:
        Preferences().changed({"library": str(tmp_path)})
    assert raised.value.said("ko") == (
        f"{tmp_path}: 라이브러리가 아닌 파일이 들어 있습니다. 빈 폴더나 라이브러리가 있는 폴더를 적으세요."
    )


def test_an_address_with_a_key_shows_none_of_it() -> None:
    with pytest.raises(InputError) as raised:
        base_url(f"http://h/v1?key={KEY}")
    assert KEY not in raised.value.said("ko") + raised.value.said("en")
