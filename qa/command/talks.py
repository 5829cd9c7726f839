"""The shell command `surveyqa talks …`: kept conversations listed, exported, removed. Answers no questions."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import InputError, LibraryError
from qa.settings import Settings
from qa.users import normal

if TYPE_CHECKING:
    from qa.talks.rows import TalkCard
    from qa.talks.talks import Talks

EXIT_DONE, EXIT_FAILED = 0, 1
SHOWN_ID_CHARS = 8  # of an id in a list; so many name a conversation, where no other begins so


class TalkCommands:
    """The commands of `surveyqa talks`; `settings_from` says what the arguments amount to."""

    def __init__(self, settings_from: Callable[..., Settings]) -> None:
        self._settings_from = settings_from

    def add_to(
        self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]", shared: argparse.ArgumentParser
    ) -> None:
        """Define the commands and their arguments."""
        whose = argparse.ArgumentParser(add_help=False)
        whose.add_argument(
            "--user", default="", type=normal, metavar="NAME", help="on a server of several users: whose they are"
        )
        parents = [shared, whose]
        listing = commands.add_parser("list", parents=parents, help="list the conversations, the newest first")
        listing.add_argument("--search", default="", metavar="WORDS", help="only those that hold all of these")
        listing.add_argument("--json", action="store_true", help="print one JSON object")
        listing.set_defaults(run=self.list)
        export = commands.add_parser("export", parents=parents, help="write conversations into a file")
        export.add_argument("talk_ids", nargs="*", metavar="ID", help="the first characters are enough")
        export.add_argument("target", type=Path, help="a file: Markdown, or JSON where its name ends so")
        export.add_argument("--all", action="store_true", help="all conversations")
        export.add_argument("--overwrite", action="store_true", help="replace the file that is there")
        export.set_defaults(run=self.export)
        remove = commands.add_parser("remove", parents=parents, help="remove conversations")
        remove.add_argument("talk_ids", nargs="*", metavar="ID", help="the first characters are enough")
        remove.add_argument("--for-good", action="store_true", help="and all that were removed before, at once")
        remove.set_defaults(run=self.remove, refuse=remove.error, many="talk_ids")
        feedback = commands.add_parser("feedback", parents=[shared], help="write what users think of answers")
        feedback.add_argument("target", type=Path, help="a file of JSON Lines")
        feedback.add_argument("--overwrite", action="store_true", help="replace the file that is there")
        feedback.set_defaults(run=self.feedback)

    def list(self, options: argparse.Namespace) -> int:
        """List the conversations."""
        with self._opened(options) as talks:
            cards = talks.cards(options.user, options.search)
        if options.json:
            sys.stdout.write(json.dumps({"talks": [asdict(card) for card in cards]}, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write("".join(map(_line, cards)) or "There are no such conversations.\n")
        return EXIT_DONE

    def export(self, options: argparse.Namespace) -> int:
        """Write conversations into a file."""
        from index.storage.store import Store
        from qa.talks.export import exported, form_of

        folder = self._settings_from(options).library
        with self._opened(options) as talks, closing(Store(folder, writable=False)) as store:
            cards = talks.cards(options.user) if options.all else _chosen(talks, options.user, options.talk_ids)
            if not cards:
                raise InputError("there is nothing to export; give ids as `surveyqa talks list` shows them, or --all")
            whole = ((card, talks.turns(options.user, card.talk_id) or ()) for card in cards)
            pieces = exported(form_of(options.target.name), whole, store.document)
            _write(options.target, pieces, overwrite=options.overwrite)
        sys.stderr.write(f"surveyqa: {len(cards):,} conversation(s) written to {options.target}\n")
        return EXIT_DONE

    def remove(self, options: argparse.Namespace) -> int:
        """Remove conversations."""
        if not options.talk_ids and not options.for_good:
            options.refuse("no conversation is given; give ids as `surveyqa talks list` shows them")
        with self._opened(options) as talks:
            ids = [card.talk_id for card in _chosen(talks, options.user, options.talk_ids)]
            for talk_id in ids:
                talks.remove(options.user, talk_id)
            if options.for_good:
                talks.forget(options.user)
        return EXIT_DONE

    def feedback(self, options: argparse.Namespace) -> int:
        """Write what users think of answers."""
        from qa.talks.export import feedback_json

        with self._opened(options) as talks:
            said = talks.feedback()
        _write(options.target, map(feedback_json, said), overwrite=options.overwrite)
        sys.stderr.write(f"surveyqa: {len(said):,} judgement(s) written to {options.target}\n")
        return EXIT_DONE

    def _opened(self, options: argparse.Namespace) -> "Talks":
        from index.storage.schema import DATABASE
        from qa.talks.talks import Talks

        folder = self._settings_from(options).library
        if not (folder / DATABASE).is_file():  # nothing is made in a folder that was named by mistake
            raise LibraryError(f"{folder}: no Library is there; give its folder with --library")
        return Talks(folder)


def _chosen(talks: "Talks", user: str, beginnings: Sequence[str]) -> "list[TalkCard]":
    """Return the conversations whose ids begin so. Raises InputError for a beginning of none or of several."""
    cards = talks.cards(user)
    chosen = []
    for beginning in beginnings:
        found = [card for card in cards if card.talk_id.startswith(beginning.lower())]
        if len(found) != 1:
            what = f"begins the ids of {len(found)} conversations" if found else "begins the id of no conversation"
            raise InputError(f"{beginning!r} {what}, of one was expected; see `surveyqa talks list`")
        chosen += found
    return chosen


def _line(card: "TalkCard") -> str:
    count = f"{card.count} question{'s' * (card.count != 1)}"
    return f"{card.talk_id[:SHOWN_ID_CHARS]}  {card.changed_at[:10]}  {count:>13}  {card.title}\n"


def _write(target: Path, pieces: Iterable[str], *, overwrite: bool) -> None:
    """Write a file beside its place and rename it: it is there whole or not at all. Raises InputError."""
    if os.path.lexists(target) and not overwrite:
        raise InputError(f"{target}: the file is there already; give another name, or have it replaced by --overwrite")
    try:
        with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".surveyqa-") as beside:
            file = Path(beside) / "file"
            with file.open("w", encoding="utf-8", newline="\n") as sink:
                sink.writelines(pieces)
            os.replace(file, target)
    except OSError as error:
        what = f"could not be written ({error.strerror or error}); check the path, its rights and the free space"
        raise InputError(f"{target}: {what}") from error
