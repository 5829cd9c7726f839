"""Gold and found places in, the values of each ranking out, by ir-measures (trec_eval's code).

The only module that uses it. Imported when it is needed: `surveyqa --help` must not wait for it.
"""

from collections.abc import Sequence
from types import ModuleType

from index.errors import SurveyQAError

FIRST = ("success@1", "success@5", "success@10", "MRR@10")
ALL = ("recall@1", "recall@5", "recall@10", "nDCG@10")
RANKING = (*FIRST, *ALL)


def measures_library() -> ModuleType:
    """Return ir-measures. Raises SurveyQAError, with the line that installs it, where it is missing."""
    try:
        import ir_measures
    except ModuleNotFoundError as error:
        raise SurveyQAError(
            f"the package {error.name!r} is not installed, which `surveyqa eval` needs; run `pip install "
            "'ir-measures>=0.4.3'` (its pytrec-eval-terrier has no wheel for Linux on ARM; to build it takes a C++ "
            "compiler and a network)"
        ) from error
    return ir_measures  # type: ignore[no-any-return]


def ranking_values(gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> list[dict[str, float]]:
    """Return each ranking's values by ir-measures; no values where there is no gold.

    Every gold place has the gain 1. success@k: some gold place is among the first k. recall@k: the share of them.
    """
    measures = measures_library()
    RR, R, Success, nDCG = measures.RR, measures.R, measures.Success, measures.nDCG
    names = {Success @ k: f"success@{k}" for k in (1, 5, 10)} | {R @ k: f"recall@{k}" for k in (1, 5, 10)}
    names |= {RR @ 10: "MRR@10", nDCG @ 10: "nDCG@10"}
    values = [dict.fromkeys(RANKING, 0.0) if places else {} for places in gold]
    qrels = [measures.Qrel(str(at), where, 1) for at, places in enumerate(gold) for where in places]
    run = [  # 1/rank: trec_eval sorts by score, and equal scores by name
        measures.ScoredDoc(str(at), where, 1 / rank)
        for at, places in enumerate(found)
        for rank, where in enumerate(places, start=1)
    ]
    if qrels and run:
        for metric in measures.iter_calc(list(names), qrels, run):
            values[int(metric.query_id)][names[metric.measure]] = float(metric.value)
    return values
