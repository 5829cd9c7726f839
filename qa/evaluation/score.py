"""Judged questions in, the value of every metric for every question out. Pure; means and intervals are `measure`'s.

A metric that says nothing about a question (a citation's precision where nothing is cited) is left out of its values.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.load import Language
from qa.evaluation.judge import Judged
from qa.evaluation.ranking import RANKING, ranking_values

CITING = ("right section first", "citation precision", "citation recall", "sentence precision", "sentence recall")
REFUSING = ("refusal precision", "refusal recall", "wrongly refused")
METRICS = (*RANKING, *CITING, *REFUSING)


@dataclass(frozen=True, slots=True)
class Scored:
    """A judged question, its values over all passages and, by the language of the passages, its ranking's values."""

    judged: Judged
    values: Mapping[str, float]
    by_language: Mapping[Language, Mapping[str, float]]


def score(judged: Sequence[Judged]) -> list[Scored]:
    """Return every question's values, each 0 to 1."""
    overall = ranking_values([j.gold.places for j in judged], [j.found for j in judged])
    apart: dict[Language, list[dict[str, float]]] = {
        language: ranking_values([j.gold.by_language[language] for j in judged], [j.found_in[language] for j in judged])
        for language in ("ko", "en")
    }
    return [
        Scored(one, values | answer_values(one), {language: found[at] for language, found in apart.items()})
        for at, (one, values) in enumerate(zip(judged, overall, strict=True))
    ]


def answer_values(judged: Judged) -> dict[str, float]:
    """Return what the citations, the sentences and the refusal of one answer are worth; refusing is the positive."""
    gold, cited = set(judged.gold.places), judged.cited
    values: dict[str, float] = {}
    if judged.refused:
        values["refusal precision"] = float(not judged.question.answerable)
    if not judged.question.answerable:
        return values | {"refusal recall": float(judged.refused)}
    values["wrongly refused"] = float(judged.refused)
    values["right section first"] = float(judged.verdict == "right")
    values["citation recall"] = len(gold.intersection(cited)) / len(gold)
    if cited:
        values["citation precision"] = sum(where in gold for where in cited) / len(cited)
    return values | sentence_values(judged.sentences, judged.question.needed, judged.question.fine)


def sentence_values(shown: Iterable[str], needed: Sequence[Sequence[str]], fine: Sequence[str]) -> dict[str, float]:
    """Return the share of the needed groups that are shown and the share of the shown sentences that are gold."""
    said = [collapse(text) for text in shown]
    groups = [{collapse(text) for text in group} for group in needed]
    may = {collapse(text) for text in fine}.union(*groups)
    values: dict[str, float] = {}
    if may and said:
        values["sentence precision"] = sum(text in may for text in said) / len(said)
    if groups:
        values["sentence recall"] = sum(not group.isdisjoint(said) for group in groups) / len(groups)
    return values


def collapse(text: str) -> str:
    """Return a text with each run of white space as one space, as sentences are compared."""
    return " ".join(text.split())
