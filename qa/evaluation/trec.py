"""Judged questions in, TREC run and qrels text out, for trec_eval and its kin. Pure; `folder` writes."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from index.load import Language
from qa.evaluation.judge import Judged
from qa.evaluation.summary import LANGUAGES

TAG = "surveyqa"


def trec_files(judged: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file: over all passages, then by language pair.

    A pair's run holds the questions that the pair is measured on, its qrels the gold in that language.
    """
    yield "run.trec", run_text([(one, one.found) for one in judged])
    yield "qrels.trec", qrels_text([(one, one.gold.places) for one in judged])
    for asked in LANGUAGES:
        for held in LANGUAGES:
            if members := pair(judged, asked, held):
                yield f"run.{asked}-{held}.trec", run_text([(one, one.found_in[held]) for one in members])
                yield f"qrels.{asked}-{held}.trec", qrels_text([(one, one.gold.by_language[held]) for one in members])


def pair(judged: Sequence[Judged], asked: Language, held: Language) -> list[Judged]:
    """Return the questions asked in one language whose gold the Library holds in the other."""
    return [one for one in judged if one.question.language == asked and one.gold.by_language[held]]


def run_text(rankings: Sequence[tuple[Judged, Sequence[str]]]) -> str:
    """Return a run: query_id Q0 docno rank score tag. The score is 1/rank, so every tool keeps the order."""
    return "".join(
        f"{_query_id(one)} Q0 {where} {rank} {1 / rank:.6f} {TAG}\n"
        for one, places in rankings
        for rank, where in enumerate(places, start=1)
    )


def qrels_text(gold: Sequence[tuple[Judged, Sequence[str]]]) -> str:
    """Return qrels: query_id 0 docno 1."""
    return "".join(f"{_query_id(one)} 0 {where} 1\n" for one, places in gold for where in places)


def _query_id(judged: Judged) -> str:
    return re.sub(r"[\s%]", lambda found: quote(found[0], safe=""), judged.question.question_id)
