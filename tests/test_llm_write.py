"""A question with its sources in, whole sentences out, through a server on this machine."""

import threading
import time
from collections.abc import Iterator

import pytest

from index.errors import EndpointError
from qa.llm.endpoint import Endpoint
from qa.llm.exchange import Limits
from qa.llm.prompt import Source, Turn
from qa.llm.sentences import WrittenSentence
from qa.llm.write import WrittenReader
from tests.llm_server import (
    KOREAN,
    Server,
    breaks,
    echoes,
    endless,
    overflows,
    refuses,
    running,
    says,
    silent,
    stalls,
    whole,
)

SOURCES = [
    Source("작은 모델의 정렬", ("방법",), "ko", "행동 모방은 강한 모델의 답변으로 작은 모델을 학습시키는 방법이다."),
    Source("Aligning Small Models", ("Results",), "en", "Orchid-2 reaches an accuracy of 83.5 points."),
]
QUESTION = "행동 모방이 뭐야?"
READ = [
    WrittenSentence("행동 모방(behavior imitation)은 강한 모델의 답변으로 작은 모델을 학습시키는 방법입니다.", (1,)),
    WrittenSentence("정확도는 83.5점입니다.", (2,)),
]
QUICK = Limits(connect_s=5.0, first_s=5.0, between_s=5.0, total_s=20.0, backoff_s=0.01)


@pytest.fixture
def server() -> Iterator[Server]:
    with running(says(KOREAN)) as server:
        yield server


def reader(server: Server, limits: Limits = QUICK, tokens: int | None = 4_096) -> WrittenReader:
    return WrittenReader(Endpoint(server.url, "tiny", limits=limits, context_tokens=tokens))


def write(server: Server, question: str = QUESTION) -> list[WrittenSentence]:
    return list(reader(server).write(question, "ko", SOURCES))


@pytest.mark.parametrize(
    "play", [says(KOREAN), whole(KOREAN), says(KOREAN, thinks="Hm."), says(f"<think>Hm.</think>{KOREAN}")]
)
def test_an_answer_in_sentences(server: Server, play: object) -> None:
    server.play(play)  # type: ignore[arg-type]
    assert write(server) == READ


def test_what_the_server_is_asked(server: Server) -> None:
    list(reader(server).write(QUESTION, "ko", SOURCES, [Turn("SPIN은?", "방법입니다.")]))
    list(reader(server).write(QUESTION, "ko", SOURCES))
    first, second = (seen.text for seen in server.asked)
    for said in (
        QUESTION,
        SOURCES[0].text,
        SOURCES[1].text,
        "Answer in Korean",
        "Question: SPIN은?",
        "Shape: one sentence",
    ):
        assert said in first
    fences = [text.partition("<source-")[2].partition(" ")[0] for text in (first, second)]
    assert fences[0] != fences[1]
    assert all(len(fence) == 8 and first.count(f"</source-{fences[0]}>") == 2 for fence in fences)


def test_sentences_come_while_the_answer_is_written(server: Server) -> None:
    server.play(says(KOREAN, pause_s=0.03))
    start = time.monotonic()
    times = [time.monotonic() - start for _ in reader(server).write(QUESTION, "ko", SOURCES)]
    assert len(times) == 2
    assert times[1] - times[0] > 0.05


def test_no_answer_in_the_sources_is_no_error(server: Server) -> None:
    server.play(says("NOT_IN_SOURCES"))
    assert write(server) == []


def test_without_sources_nothing_is_asked(server: Server) -> None:
    assert list(reader(server).write(QUESTION, "ko", [])) == []
    assert server.seen == []


@pytest.mark.parametrize("text", ["<think>It never ends", "## Heading\n", "```python\ncode\n```", "다음과 같습니다:"])
def test_an_answer_without_a_sentence_is_an_error(server: Server, text: str) -> None:
    server.play(says(text))
    with pytest.raises(EndpointError, match=r"the model 'tiny' wrote no sentence that can be read; sentences in plain"):
        write(server)


@pytest.mark.parametrize(
    ("play", "error"),
    [
        (breaks("첫째입니다 [1]. 둘째입니다 [2]. 셋째", how="close"), "the answer breaks off"),
        (breaks("첫째입니다 [1]. 둘째입니다 [2].", how="close"), "the answer breaks off"),
        (stalls("첫째입니다 [1]. 둘째입니다 [2]. 셋"), "nothing more came for 0.5 s"),
        (says("첫째입니다 [1]. 둘째입니다 [2]. 셋째는", finish="length"), "the answer was cut off"),
    ],
)
def test_what_is_whole_is_given_before_an_error(server: Server, play: object, error: str) -> None:
    server.play(play)  # type: ignore[arg-type]
    got = []
    limits = Limits(between_s=0.5, backoff_s=0.01)
    with pytest.raises(EndpointError, match=error):
        for sentence in reader(server, limits).write(QUESTION, "ko", SOURCES):
            got.append((sentence.text, sentence.numbers))
    assert got == [("첫째입니다.", (1,)), ("둘째입니다.", (2,))]


@pytest.mark.parametrize("text", ["같은 말입니다 [1]. ", "같은 말을 하고 또 "])
def test_a_model_that_repeats_itself_is_stopped(server: Server, text: str) -> None:
    server.play(endless(text, pause_s=0.001))
    start = time.monotonic()
    found = [] if "또" in text else ["같은 말입니다."]
    try:
        assert [sentence.text for sentence in reader(server).write(QUESTION, "ko", SOURCES)] == found
    except EndpointError as error:
        assert (found, "wrote no sentence" in str(error)) == ([], True)
    assert time.monotonic() - start < 5.0
    assert server.hung_up.wait(5.0)


def test_a_model_that_goes_on_past_its_answer_is_stopped(server: Server) -> None:
    server.play(says("모델입니다 [1].<|im_end|>\n<|im_start|>user\n" + "더 물어봅니다. " * 50, pause_s=0.01))
    assert [sentence.text for sentence in reader(server).write(QUESTION, "ko", SOURCES)] == ["모델입니다."]
    assert server.hung_up.wait(5.0)


@pytest.mark.parametrize("play", [endless("말입니다 [1]. 다른 ", pause_s=0.01), silent])
def test_cancel_stops_the_server(server: Server, play: object) -> None:
    server.play(play)  # type: ignore[arg-type]
    cancel = threading.Event()
    threading.Timer(0.15, cancel.set).start()
    start = time.monotonic()
    list(reader(server, Limits()).write(QUESTION, "ko", SOURCES, cancel=cancel))
    assert time.monotonic() - start < 5.0
    assert server.hung_up.wait(5.0)


def test_leaving_stops_the_server(server: Server) -> None:
    lines = " ".join(f"{at}번째 문장입니다 [1]." for at in range(500))
    server.play(says(lines, pause_s=0.005))
    for sentence in reader(server).write(QUESTION, "ko", SOURCES):
        assert sentence.text == "0번째 문장입니다."
        break
    assert server.hung_up.wait(5.0)


def test_sources_that_are_too_many_are_asked_again_with_fewer(server: Server) -> None:
    many = [Source(f"Paper {at}", (), "en", f"Fact {at} is that " + "it works well, " * 60) for at in range(20)]
    server.play(overflows(1_600, answer=KOREAN))
    assert list(reader(server, tokens=None).write(QUESTION, "ko", many)) == READ
    shown = [seen.text.count("</source-") for seen in server.asked]
    assert len(shown) == 2
    assert 0 < shown[1] < shown[0] < 20


def test_a_server_that_reads_too_little_says_so(server: Server) -> None:
    with pytest.raises(
        EndpointError, match=r"the model reads 384 tokens besides its answer; at least \d+ were expected"
    ):
        list(reader(server, tokens=512).write(QUESTION, "ko", SOURCES))
    assert server.asked == []


def test_numbers_are_those_of_the_sources(server: Server) -> None:
    sources = [SOURCES[0], Source("Long", (), "en", "word " * 3_000), SOURCES[1]]
    server.play(echoes(lambda seen: "둘째는 없습니다." if 'number="2"' in seen.text else "셋째입니다 [3]."))
    found = list(reader(server, tokens=2_048).write(QUESTION, "ko", sources))
    assert found == [WrittenSentence("셋째입니다.", (3,))]


def test_an_answer_in_another_language_is_marked(server: Server) -> None:
    server.play(says("行为模仿是一种方法 [1]。 행동 모방은 방법입니다 [1]."))
    assert [sentence.in_language for sentence in write(server)] == [False, True]


def test_many_questions_at_once(server: Server) -> None:
    one = reader(server)
    server.play(echoes(lambda seen: f"{seen.text.rpartition('Question: ')[2].split('?')[0]}입니다 [1]."))
    found: dict[int, list[str]] = {}

    def ask(at: int) -> None:
        found[at] = [sentence.text for sentence in one.write(f"질문{at}?", "ko", SOURCES)]

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(text for texts in found.values() for text in texts) == [f"질문{at}입니다." for at in range(6)]


def test_a_wrong_model_is_an_error(server: Server) -> None:
    server.list_models("other")
    server.play(refuses(404, "not found"))
    with pytest.raises(EndpointError, match=r"there is no model 'tiny' .HTTP 404. .not found.; one of other was"):
        write(server)
