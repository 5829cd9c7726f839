"""An endpoint against a real inference server, `transformers serve`, and real if tiny models that this file makes.

A model is a Llama whose layers do nothing and whose head says, for each word, the next: it can be computed by hand, and
goes through the same chat template, generation loop and streaming as a large one.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from index.errors import EndpointError
from qa.llm.endpoint import Endpoint
from qa.llm.prompt import Message, Source
from qa.llm.sentences import WrittenSentence
from qa.llm.servers import Server, find_servers
from qa.llm.write import WrittenReader
from tests import llm_server

pytestmark = pytest.mark.slow

ANSWER = "Orchid-2 reaches 83.5 points [2]."
MODELS = {  # by name: its words, whether it says them over and over, how many tokens at most
    "made/tiny": (ANSWER.split(), False, 200),
    "made/endless": ("It goes on and".split(), True, 1_000_000),
    "made/cut": ("It goes on and".split(), True, 1_000),
}
SPECIAL = ["<unk>", "<s>", "</s>", "<user>", "<assistant>"]
WIDTH = 32
START_S = 120.0  # 9 s on a machine that does nothing else
ASK = [Message("system", "Be brief."), Message("user", "How good is Orchid-2 ?")]
SOURCES = [
    Source("Orchids", (), "en", "Orchid-1 reaches 71.2 points."),
    Source("Aligning Small Models", ("Results",), "en", "Orchid-2 reaches an accuracy of 83.5 points."),
]


def make_model(folder: Path, words: list[str], repeats: bool, most_tokens: int) -> None:
    """Write a model that answers everything with `words`, over and over or once."""
    ids = {word: at for at, word in enumerate([*SPECIAL, *words])}
    said = [ids[word] for word in ["<assistant>", *words, words[0] if repeats else "</s>"]]
    head = np.zeros((len(ids), WIDTH), np.float32)
    head[said[1:], said[:-1]] = 10.0  # the word after each
    none = {
        "input_layernorm": (WIDTH,),
        "post_attention_layernorm": (WIDTH,),
        "self_attn.q_proj": (WIDTH, WIDTH),
        "self_attn.k_proj": (WIDTH, WIDTH),
        "self_attn.v_proj": (WIDTH, WIDTH),
        "self_attn.o_proj": (WIDTH, WIDTH),
        "mlp.gate_proj": (8, WIDTH),
        "mlp.up_proj": (8, WIDTH),
        "mlp.down_proj": (WIDTH, 8),
    }
    weights = {f"model.layers.0.{name}.weight": np.zeros(shape, np.float32) for name, shape in none.items()}
    weights |= {"model.embed_tokens.weight": np.eye(len(ids), WIDTH, dtype=np.float32), "lm_head.weight": head}
    weights["model.norm.weight"] = np.ones(WIDTH, np.float32)
    folder.mkdir(parents=True)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.save(str(folder / "tokenizer.json"))
    template = "{% for m in messages %}<user> {{ m['content'] }} {% endfor %}<assistant>"
    files: dict[str, dict[str, object]] = {
        "config.json": {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "vocab_size": len(ids),
            "hidden_size": WIDTH,
            "intermediate_size": 8,
            "num_hidden_layers": 1,
            "num_attention_heads": 2,
            "num_key_value_heads": 2,
            "max_position_embeddings": 4096,
            "bos_token_id": 1,
            "eos_token_id": 2,
            "tie_word_embeddings": False,
            "dtype": "float32",
        },
        "generation_config.json": {"max_new_tokens": most_tokens, "bos_token_id": 1, "eos_token_id": 2},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "unk_token": "<unk>",
            "bos_token": "<s>",
            "eos_token": "</s>",
            "chat_template": template,
        },
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


def make_cache(home: Path) -> None:
    """Put the models where the server looks for such that were downloaded."""
    for at, (name, (words, repeats, most_tokens)) in enumerate(MODELS.items()):
        folder = home / "hub" / f"models--{name.replace('/', '--')}"
        revision = f"{at:040x}"
        make_model(folder / "snapshots" / revision, words, repeats, most_tokens)
        (folder / "refs").mkdir()
        (folder / "refs" / "main").write_text(revision, encoding="ascii")


@dataclass(frozen=True)
class Running:
    port: int
    process: psutil.Process

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def busy_share(self, for_s: float) -> float:
        """How much of a core the server has used in the next seconds."""
        before = sum(self.process.cpu_times()[:2])
        time.sleep(for_s)
        return float(sum(self.process.cpu_times()[:2]) - before) / for_s


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("served")
    make_cache(home)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    command = [sys.executable, "-c", "from transformers.cli.transformers import main; main()", "serve"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    offline = {
        "HF_HOME": str(home),
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_CACHE": str(home / "hub"),
    }
    with (home / "log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, env={**os.environ, **offline}, stdout=log, stderr=subprocess.STDOUT)
        try:
            await_health(port, process, home / "log")
            yield Running(port, psutil.Process(process.pid))
        finally:
            process.terminate()
            try:
                process.wait(5.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def await_health(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text(encoding="utf-8")[-2_000:]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5.0):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server has not started in {START_S:g} s\n{log.read_text(encoding='utf-8')[-2_000:]}")


def test_an_answer_streams(served: Running) -> None:
    pieces = list(Endpoint(served.url, "made/tiny").stream(ASK))
    assert ("".join(pieces), len(pieces)) == (ANSWER, 5)


def test_a_written_answer(served: Running) -> None:
    reader = WrittenReader(Endpoint(served.url, "made/tiny"))
    written = list(reader.write("How good is Orchid-2?", "en", SOURCES))
    assert written == [WrittenSentence("Orchid-2 reaches 83.5 points.", (2,))]


def test_cancelling_stops_the_server_which_serves_on(served: Running) -> None:
    cancel = threading.Event()
    count = 0
    for _ in Endpoint(served.url, "made/endless").stream(ASK, cancel):
        count += 1
        if count == 20:
            start = time.monotonic()
            cancel.set()
    assert (count, time.monotonic() - start < 2.0) == (20, True)
    until = time.monotonic() + 5.0
    while (share := served.busy_share(0.3)) > 0.3 and time.monotonic() < until:
        pass
    assert share <= 0.3  # it computes no more
    assert "".join(Endpoint(served.url, "made/tiny").stream(ASK)) == ANSWER


def test_a_model_that_repeats_itself_is_stopped(served: Running) -> None:
    endpoint = Endpoint(served.url, "made/endless")
    with pytest.raises(EndpointError, match=r"wrote no sentence that can be read"):
        list(WrittenReader(endpoint).write("How good is Orchid-2?", "en", SOURCES))


def test_an_answer_that_is_cut_off_says_so(served: Running) -> None:
    pieces: list[str] = []
    with pytest.raises(EndpointError, match=r"the answer was cut off at the server's own limit; its end was expected"):
        pieces.extend(Endpoint(served.url, "made/cut").stream(ASK))
    assert "".join(pieces).startswith("It goes on and It goes")


def test_a_wrong_model(served: Running) -> None:
    with pytest.raises(
        EndpointError, match=r"there is no model 'made/other' \(HTTP \d+\).*; one of .*made/tiny.* was exp"
    ):
        list(Endpoint(served.url, "made/other").stream(ASK))


def test_it_is_found_and_tried(served: Running) -> None:
    (found,) = find_servers({served.port: "vLLM"}, within_s=5.0)
    assert (found.name, found.url, set(found.models)) == ("vLLM", served.url, set(MODELS))
    assert isinstance(found, Server)
    trial = Endpoint(served.url, "made/tiny").test()
    assert (trial.ok, trial.has_model, trial.words, trial.context_tokens) == (True, True, ANSWER, 4_096)
    assert set(trial.models) == set(MODELS)


def test_the_scripted_server_speaks_as_the_official_client_expects() -> None:
    import openai

    for play in (llm_server.says(ANSWER, thinks="Hm."), llm_server.bytewise(ANSWER)):
        with (
            llm_server.running(play) as server,
            openai.OpenAI(base_url=server.url, api_key="none", max_retries=0) as client,
        ):
            assert [model.id for model in client.models.list()] == ["tiny"]
            chunks = client.chat.completions.create(
                model="tiny", messages=[{"role": "user", "content": "?"}], stream=True
            )
            assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == ANSWER
    with llm_server.running(llm_server.refuses(404, "no model")) as server:
        with openai.OpenAI(base_url=server.url, api_key="none", max_retries=0) as client:
            with pytest.raises(openai.NotFoundError, match="no model"):
                client.chat.completions.create(model="tiny", messages=[{"role": "user", "content": "?"}])
