"""What a user typed, and what it means: papers on arXiv, other addresses, paths, and mistakes."""

import dataclasses
import re

import pytest

from index.errors import InputError
from index.remote.address import ArxivId, Url, parse

PAPER = ArxivId("2408.03281")
SECOND = ArxivId("2408.03281", 2)
OLD = ArxivId("hep-th/9901001", 1)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("2408.03281", PAPER),
        ("2408.03281v2", SECOND),
        ("2408.03281V2", SECOND),
        ("0704.0001", ArxivId("0704.0001")),
        ("1412.9999v12", ArxivId("1412.9999", 12)),
        ("1501.00001", ArxivId("1501.00001")),
        ("arXiv:2408.03281v2", SECOND),
        ("ARXIV: 2408.03281", PAPER),
        ("arXiv:2408.03281v2 [cs.CL] 6 Aug 2024", SECOND),
        ("arXiv:2408.03281 [cs.CL]", PAPER),
        ("arXiv preprint arXiv:2408.03281", PAPER),
        ("cs/0112017", ArxivId("cs/0112017")),
        ("hep-th/9901001v1", OLD),
        ("HEP-TH/9901001v1", OLD),
        ("math.GT/0309136", ArxivId("math/0309136")),
        ("arXiv:math-ph/0703001v3", ArxivId("math-ph/0703001", 3)),
        ("10.48550/arXiv.2408.03281", PAPER),
        ("doi:10.48550/ARXIV.2408.03281", PAPER),
        ("10.48550/arXiv.hep-th/9901001v1", OLD),
    ],
)
def test_ids_are_recognised_in_every_usual_form(text: str, paper: ArxivId) -> None:
    assert parse(text) == paper


@pytest.mark.parametrize(
    ("link", "paper"),
    [
        ("arxiv.org/abs/2408.03281", PAPER),
        ("https://arxiv.org/abs/2408.03281v2", SECOND),
        ("http://www.arxiv.org/abs/2408.03281?context=cs.CL#comments", PAPER),
        ("HTTPS://ArXiv.org/abs/2408.03281", PAPER),
        ("https://arxiv.org/pdf/2408.03281v2.pdf", SECOND),
        ("https://arxiv.org/pdf/2408.03281v2", SECOND),
        ("https://arxiv.org/html/2408.03281v2#S3.SS1", SECOND),
        ("https://arxiv.org/html/2408.03281/", PAPER),
        ("https://arxiv.org/format/2408.03281", PAPER),
        ("https://arxiv.org/src/2408.03281", PAPER),
        ("https://arxiv.org/abs/arXiv:2408.03281", PAPER),
        ("https://export.arxiv.org/pdf/hep-th/9901001v1", OLD),
        ("https://arxiv.org/abs/hep-th%2F9901001v1", OLD),
        ("https://ar5iv.labs.arxiv.org/html/2408.03281", PAPER),
        ("ar5iv.org/abs/2408.03281", PAPER),
        ("https://www.alphaxiv.org/abs/2408.03281v2", SECOND),
        ("alphaxiv.org/overview/2408.03281", PAPER),
        ("https://huggingface.co/papers/2408.03281", PAPER),
        ("hf.co/papers/2408.03281", PAPER),
        ("https://doi.org/10.48550/arXiv.2408.03281", PAPER),
        ("dx.doi.org/10.48550/arxiv.2408.03281", PAPER),
    ],
)
def test_links_to_a_paper_mean_the_paper(link: str, paper: ArxivId) -> None:
    assert parse(link) == paper


@pytest.mark.parametrize(
    "around",
    [
        "  {} \n",
        "<{}>",
        "({})",
        "[{}]",
        "“{}”",
        "'{}',",
        "「{}」",
        "{}.",
        "({}).",
        "[Orchids [v2]](<{}>)",
        "![Orchids]({})",
        '[Orchids]({} "the paper")',
        "\ufeff{}\u200b",
    ],
)
@pytest.mark.parametrize("text", ["2408.03281v2", "https://arxiv.org/abs/2408.03281v2"])
def test_what_stands_around_it_is_dropped(around: str, text: str) -> None:
    assert parse(around.format(text)) == SECOND


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org/Orchids.pdf", "https://example.org/Orchids.pdf"),
        ("HTTP://Example.ORG:8080/a?b=C#part", "http://example.org:8080/a?b=C"),
        ("https://example.org", "https://example.org/"),
        ("(https://example.org/orchids_(plant).html).", "https://example.org/orchids_(plant).html"),
        ("www.example.org/a.pdf", "https://www.example.org/a.pdf"),
        ("http://localhost:9000/a.pdf", "http://localhost:9000/a.pdf"),
        ("http://[::1]:9000/a.pdf", "http://[::1]:9000/a.pdf"),
        ("https://난초.example/논문.pdf", "https://난초.example/논문.pdf"),
        ("10.1145/3292500.3330701", "https://doi.org/10.1145/3292500.3330701"),
        ("https://doi.org/10.1145/3292500.3330701", "https://doi.org/10.1145/3292500.3330701"),
        ("https://arxiv.org/list/cs.CL/recent", "https://arxiv.org/list/cs.CL/recent"),
        ("https://arxiv.org/html/2408.03281v2/x1.png", "https://arxiv.org/html/2408.03281v2/x1.png"),
        ("https://huggingface.co/papers/month/2024-08", "https://huggingface.co/papers/month/2024-08"),
        ("https://arxiv.org.example.net/abs/2408.03281", "https://arxiv.org.example.net/abs/2408.03281"),
        ("https://notarxiv.org/abs/2408.03281", "https://notarxiv.org/abs/2408.03281"),
    ],
)
def test_any_other_address_is_an_address(text: str, url: str) -> None:
    assert parse(text) == Url(url)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        ".",
        "..",
        "paper.pdf",
        "2408.03281.md",
        "2408.03281.ko.md",
        "2408.03281v2.pdf",
        "./2408.03281",
        "../2408.03281v2",
        "~/2408.03281",
        "2408.03281/",
        "/tmp/2408.03281",
        "C:\\papers\\2408.03281",
        "C:/papers/2408.03281",
        "papers/2408.03281",
        "notes/0112017",
        "cs/0112017.txt",
        "cs/011201",
        "2024.1",
        "12024.12345",
        "2408.03281 2408.03282",
        "my arXiv folder",
        "example.org/a.pdf",
        "[notes](notes.md)",
    ],
)
def test_the_rest_is_a_path(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2413.03281", "there is no month 13"),
        ("2400.03281", "there is no month 00"),
        ("0703.0001", "begin with April 2007 (0704)"),
        ("2408.0328", "in 2408 the number has 5 digits, not 4"),
        ("2408.032811", "in 2408 the number has 5 digits, not 6"),
        ("1412.00001", "in 1412 the number has 4 digits, not 5"),
        ("2408.00000", "numbers count from 1"),
        ("2408.03281v0", "versions count from v1"),
        ("2408.03281v", "versions count from v1"),
        ("hep-th/0704001", "end with March 2007 (0703)"),
        ("hep-th/9106001", "end with March 2007 (0703)"),
        ("hep-th/9913001", "there is no month 13"),
        ("hep-th/9901000", "numbers count from 1"),
        ("arXiv:orchid/9901001", "there was no archive 'orchid'"),
        ("arXiv:orchids", "holds no arXiv id"),
        ("arXiv:2408.03281.pdf", "holds no arXiv id"),
        ("10.48550/arXiv.2413.03281", "there is no month 13"),
        ("https://arxiv.org/abs/2413.03281", "there is no month 13"),
        ("https://arxiv.org/abs/orchids", "holds no arXiv id"),
        ("huggingface.co/papers/2413.03281", "there is no month 13"),
    ],
)
def test_what_is_meant_as_an_id_but_is_none_is_refused_with_an_example(text: str, why: str) -> None:
    looks = "an arXiv id looks like 2408.03281, 2408.03281v2 or hep-th/9901001; check it"
    with pytest.raises(InputError, match=re.escape(why)) as refused:
        parse(text)
    message = str(refused.value)
    assert message.endswith(looks)
    assert text.removeprefix("doi:") in message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ftp://example.org/a.pdf", "begins with ftp://; only http:// and https:// are fetched, so save the file"),
        ("file:///tmp/a.pdf", "begins with file://; only http:// and https:// are fetched, so give the path itself"),
        ("https://", "is no web address: it has no host; check it"),
        ("https:///abs/2408.03281", "is no web address: it has no host"),
        ("http://[::1/a", "is no web address (Invalid IPv6 URL); check it"),
        ("http://example.org:99999/", "is no web address (Port out of range 0-65535); check it"),
        ("https://example.org/a b.pdf", "is no web address: it has a character that no address has; check it"),
        ("https://example.org/a\\b.pdf", "it has a character that no address has"),
        ("https://example.org/a\x00b.pdf", "it has a character that no address has"),
        ("https://example.org/\udcff.pdf", "it has a character that no address has"),
        ("https://ada:secret@example.org/", "the address of example.org holds a user name or password"),
        ("https://arxiv.org@example.org/abs/2408.03281", "the address of example.org holds a user name"),
    ],
)
def test_addresses_that_cannot_be_fetched_are_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)) as refused:
        parse(text)
    assert "secret" not in str(refused.value)


def test_an_id_is_a_value_that_writes_itself() -> None:
    assert (PAPER.canonical, SECOND.canonical, OLD.canonical) == ("2408.03281", "2408.03281v2", "hep-th/9901001v1")
    assert {PAPER: "kept"}[ArxivId("2408.03281")] == "kept"
    with pytest.raises(dataclasses.FrozenInstanceError):
        SECOND.version = 3  # type: ignore[misc]


def test_odd_and_long_input_is_read_in_time() -> None:
    for text in ("[" * 5000, "(" * 5000 + ")" * 4000, "a-" * 5000 + "/0112017", "1." * 5000, "arXiv:" + "9" * 5000):
        with_or_without = None
        try:
            with_or_without = parse(text)
        except InputError as error:
            assert "arXiv id" in str(error)
        assert with_or_without is None
