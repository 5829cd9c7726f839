"""On how many questions an answer shows a sentence that was meant, as a Library of one's own answers them.

`python -m bench.shown NAME=FOLDER …`: each corpus alone in a Library, by the weights as shipped, refusing included;
`--plain`: the plain questions on the shipped corpus, too. Those that are not LATER (`bench/corpora.py`), and the plain
ones but for the later, have taught the weights.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from bench.corpora import PLAIN_QUESTIONS, Corpus, named_folders, open_corpora, questions_of
from bench.questions import read_questions
from qa.answer import Answer
from qa.ask import Assistant

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
    parser.add_argument("folders", nargs="*", metavar="NAME=FOLDER")
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args(arguments)
    folders = named_folders(options.folders)
    with open_corpora(folders) as corpora:
        asked = [corpus for corpus in corpora if corpus.name in folders]
        asked += plain_corpora(corpora[0].assistant) if options.plain else []
        rows = [count(corpus).row() for corpus in asked]
    sys.stdout.write("\n".join([HEAD, *rows]) + "\n")
    return 0


def plain_corpora(shipped: Assistant) -> list[Corpus]:
    """Return the plain questions, and the later ones, as corpora of their own."""
    found = []
    for name, answered, left_open in (("plain", "answered", "open"), ("plain, later", "later", "later_open")):
        paths = [PLAIN_QUESTIONS / f"{stem}.jsonl" for stem in (answered, left_open)]
        questions = tuple(read_questions(paths[:1]))
        found.append(Corpus(name, shipped, tuple(questions_of(name, *paths)), questions))
    return found


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
