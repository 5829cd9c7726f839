"""The arguments of `surveyqa eval` in, its output out: reads, asks, measures and saves by the other modules."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.segments.derive import Progress
    from qa.evaluation.judge import Judged
    from qa.evaluation.questions import Question
    from qa.evaluation.score import Scored
    from qa.evaluation.summary import Summary
    from qa.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments; imports nothing heavy."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="questions with their gold, as JSON lines")
    parser.add_argument("--out", type=Path, metavar="DIR", help="save report, picture, results and TREC files there")
    parser.add_argument(
        "--compare", metavar="WHAT", help="ask again under KEY=VALUE[,KEY=VALUE…], or compare with an earlier --out DIR"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def evaluate(options: argparse.Namespace, settings: "Settings") -> str:
    """Ask the questions of the files and return what is to be printed; with --out, save it too."""
    from qa.evaluation.questions import read_questions
    from qa.output import progress_bar

    with progress_bar() as progress:
        return evaluate_questions(
            read_questions(options.files),
            settings,
            out=options.out,
            compared=options.compare,
            as_json=options.json,
            progress=progress,
        )


def evaluate_questions(
    questions: Sequence["Question"],
    settings: "Settings",
    *,
    out: Path | None = None,
    compared: str | None = None,
    as_json: bool = False,
    progress: "Progress | None" = None,
) -> str:
    """Ask questions, measure and return the report. Raises InputError before asking when something cannot be used."""
    from qa.evaluation import target
    from qa.evaluation.folder import check_folder
    from qa.evaluation.ranking import measures_library
    from qa.evaluation.report import report_data, report_text
    from qa.evaluation.score import score
    from qa.evaluation.summary import compare, summarise

    measures_library()
    changed = target.parse_target(compared, settings) if compared else None
    earlier = target.saved(changed, questions) if isinstance(changed, Path) else []
    if out:
        check_folder(out)
    first = ask(questions, settings, progress)
    summary, comparison = summarise(target.label(settings), first), None
    if isinstance(changed, Path):
        second = score(earlier)
        comparison = compare(summarise(f"results in {changed}", second), second, summary, first)  # then, and now
    elif changed:
        with target.library_for(changed, settings, progress) as openable:
            second = ask(questions, openable, progress)
        comparison = compare(summary, first, summarise(target.label(changed), second), second)
    text = report_text(summary, comparison)
    if out:
        save(out, text, summary, [one.judged for one in first])
    return json.dumps(report_data(summary, comparison), ensure_ascii=False) + "\n" if as_json else text


def ask(questions: Sequence["Question"], settings: "Settings", progress: "Progress | None" = None) -> list["Scored"]:
    """Open a Library, ask all questions and score what became of them."""
    from qa.ask import open_library
    from qa.evaluation.judge import judge_all
    from qa.evaluation.score import score

    with open_library(settings=settings, progress=progress) as assistant:
        return score(judge_all(assistant, questions, progress))


def save(folder: Path, text: str, summary: "Summary", judged: Sequence["Judged"]) -> None:
    """Write report, picture, results and TREC files into a folder of their own."""
    from qa.evaluation.folder import PICTURE, REPORT, write_folder
    from qa.evaluation.picture import report_svg
    from qa.evaluation.report import TITLE
    from qa.evaluation.results import NAME, results_text
    from qa.evaluation.trec import trec_files

    report = f"{TITLE}\n\n![Bars with intervals]({PICTURE})\n\n{text}"
    texts = {REPORT: report, PICTURE: report_svg(summary), NAME: results_text(judged)}
    write_folder(folder, texts | dict(trec_files(judged)))
