"""On how many questions an answer shows a sentence that was meant, as a Library of one's own answers them.

`python -m bench.shown NAME=FOLDER …`: each corpus alone in a Library, by the weights as shipped, refusing included.
Those that are not LATER (`bench/corpora.py`) have taught the weights.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from bench.corpora import Corpus, named_folders, open_corpora
from qa.cite import Answer

HEAD = (
    "| questions | n | a meant sentence shown | sentences shown | meant ones | wrongly refused | open ones refused |\n"
    "|-|-|-|-|-|-|-|"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What was counted of one corpus."""

    name: str
    asked: int
    shown: int
    sentences: int
    meant: int
    refused: int
    open: int
    open_refused: int

    def row(self) -> str:
        """Return it as a row of Markdown."""
        told = f"| {self.name} | {self.asked} | {self.shown} | {self.sentences} | {self.meant} | {self.refused} |"
        return f"{told} {self.open_refused} of {self.open} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, and print a row for each corpus."""
    parser = argparse.ArgumentParser(prog="bench.shown", description=__doc__)
    parser.add_argument("folders", nargs="+", metavar="NAME=FOLDER")
    folders = named_folders(parser.parse_args(arguments).folders)
    with open_corpora(folders) as corpora:
        rows = [count(corpus).row() for corpus in corpora if corpus.name in folders]
    sys.stdout.write("\n".join([HEAD, *rows]) + "\n")
    return 0


def count(corpus: Corpus) -> Shown:
    """Ask all questions of a corpus."""
    asked = [(one, corpus.assistant.ask(one.text)) for one in corpus.answered]
    texts = {one.question_id: sentences_of(answer) for one, answer in asked}
    meant = {
        one.question_id: {text for group in one.needed for text in group} & set(texts[one.question_id])
        for one, _ in asked
    }
    nothing = [corpus.assistant.ask(one.text) for one in corpus.questions if not one.gold]
    return Shown(
        name=corpus.name,
        asked=len(asked),
        shown=sum(map(bool, meant.values())),
        sentences=sum(map(len, texts.values())),
        meant=sum(map(len, meant.values())),
        refused=sum(answer.abstained for _, answer in asked),
        open=len(nothing),
        open_refused=sum(answer.abstained for answer in nothing),
    )


def sentences_of(answer: Answer) -> list[str]:
    """Return the sentences, items and rows that an answer shows."""
    return [sentence.text for sentence in answer.sentences if sentence.form not in ("code", "header")]


if __name__ == "__main__":
    sys.exit(main())
