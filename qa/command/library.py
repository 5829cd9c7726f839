"""The shell command `surveyqa library …`: what is in the Library, and keeping it whole. Answers no questions."""

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import LibraryError
from qa.command.arguments import number_from
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.ask import Assistant

Opened = Callable[[argparse.Namespace], AbstractContextManager["Assistant"]]
Chosen = Callable[..., Settings]

EXIT_DONE, EXIT_FAILED = 0, 1


class LibraryCommands:
    """The commands of `surveyqa library`; `settings_from` and `opened` say what the arguments amount to."""

    def __init__(self, settings_from: Chosen, opened: Opened) -> None:
        self._settings_from = settings_from
        self._opened = opened

    def add_to(
        self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]", shared: argparse.ArgumentParser
    ) -> None:
        """Define the commands and their arguments."""
        add = commands.add_parser("add", parents=[shared], help="add files, folders, patterns, arXiv ids and addresses")
        add.add_argument("papers", nargs="*", metavar="PAPER", help="PDF, HTML, LaTeX, DOCX, HWPX, Markdown, text; …")
        add.add_argument("--similar", action="append", default=[], metavar="DOC_ID", help="the papers that it lists")
        add.add_argument("--no-seeds", action="store_true", help="make a new Library without the shipped documents")
        add.add_argument("--max-seconds", type=number_from(1), metavar="N", help="for reading one file (120)")
        add.add_argument("--max-memory", type=number_from(100), metavar="MB", help="for reading one file (2000)")
        add.add_argument("--max-file", type=number_from(1), metavar="MB", help="the largest file that is read (200)")
        add.add_argument("--no-originals", action="store_true", help="do not keep PDFs: their pages cannot be shown")
        add.set_defaults(run=self.add, refuse=add.error, many="papers")
        remove = commands.add_parser("remove", parents=[shared], help="remove documents by id")
        remove.add_argument("doc_ids", nargs="+")
        remove.set_defaults(run=self.remove, many="doc_ids")
        listing = commands.add_parser("list", parents=[shared], help="list the documents")
        listing.add_argument("--json", action="store_true", help="print one JSON object")
        listing.set_defaults(run=self.list)
        commands.add_parser("verify", parents=[shared], help="look for damage").set_defaults(run=self.verify)
        rebuild = commands.add_parser("rebuild", parents=[shared], help="make the index anew from the documents")
        rebuild.set_defaults(run=self.rebuild)
        self._add_leaving(commands, shared)

    def _add_leaving(
        self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]", shared: argparse.ArgumentParser
    ) -> None:
        export = commands.add_parser("export", parents=[shared], help="write the documents as files of other programs")
        export.add_argument("target", type=Path, help="a folder for markdown, else a file")
        export.add_argument("doc_ids", nargs="*", metavar="DOC_ID", help="only these documents")
        export.add_argument("--form", choices=("markdown", "bibtex", "jsonl"), default="markdown")
        export.add_argument("--overwrite", action="store_true", help="replace what is there")
        export.set_defaults(run=self.export, many="doc_ids")
        backup = commands.add_parser("backup", parents=[shared], help="write the whole Library into one file")
        backup.add_argument("target", type=Path)
        backup.add_argument("--with-index", action="store_true", help="so that it need not be made after restoring")
        backup.add_argument("--overwrite", action="store_true", help="replace the file that is there")
        backup.set_defaults(run=self.backup)
        restore = commands.add_parser("restore", parents=[shared], help="make a Library from a backup")
        restore.add_argument("backup_file", type=Path)
        restore.set_defaults(run=self.restore)

    def add(self, options: argparse.Namespace) -> int:
        """Add papers and print what became of each."""
        from qa.ask import open_library
        from qa.output import outcomes_text, progress_bar, warn

        if not options.papers and not options.similar:
            options.refuse("nothing is given; give files, folders, arXiv ids or addresses, or --similar DOC_ID")
        settings = self._settings_from(options, seeds=not options.no_seeds)
        bounds = {
            "read_seconds": options.max_seconds,
            "read_memory_mb": options.max_memory,
            "read_file_mb": options.max_file,
        }
        settings = replace(settings, **{name: value for name, value in bounds.items() if value is not None})
        with progress_bar() as progress:
            if options.no_seeds:
                from index.library import Library

                with Library.open(settings.library, embedder=settings.embedder, create=True) as library:
                    library.decline_shipped()
            with open_library(settings=settings, progress=progress) as assistant:
                warn(assistant.warning)
                similar = [paper for doc_id in options.similar for paper in assistant.similar_to(doc_id)]
                outcomes = assistant.add([*options.papers, *similar], progress)
        sys.stdout.write(outcomes_text(outcomes))
        failed = any(outcome.status in ("refused", "left") for outcome in outcomes)
        return EXIT_FAILED if failed else EXIT_DONE

    def remove(self, options: argparse.Namespace) -> int:
        """Remove documents."""
        with self._opened(options) as assistant:
            missing = assistant.library.remove(options.doc_ids)
        for doc_id in dict.fromkeys(options.doc_ids):
            if doc_id not in missing:
                sys.stdout.write(f"removed    {doc_id}\n")
        for doc_id in missing:
            sys.stderr.write(f"surveyqa: no document is called {doc_id!r}; see `surveyqa library list`\n")
        return EXIT_FAILED if missing else EXIT_DONE

    def list(self, options: argparse.Namespace) -> int:
        """List the documents."""
        from qa.output import cards_json, cards_text

        with self._opened(options) as assistant:
            cards = assistant.documents()
        sys.stdout.write(cards_json(cards) if options.json else cards_text(cards))
        return EXIT_DONE

    def verify(self, options: argparse.Namespace) -> int:
        """Look for damage."""
        from index.library import Library

        found = Library.verify(self._settings_from(options).library)
        for line in found:
            sys.stdout.write(f"{line}\n")
        if found:
            sys.stderr.write(f"surveyqa: {len(found)} fault(s); an index is mended by `surveyqa library rebuild`\n")
        else:
            sys.stderr.write("surveyqa: no damage found\n")
        return EXIT_FAILED if found else EXIT_DONE

    def rebuild(self, options: argparse.Namespace) -> int:
        """Make the index anew."""
        from index.library import Library
        from qa.output import progress_bar

        settings = self._settings_from(options)
        with progress_bar() as progress:
            count = Library.rebuild(settings.library, embedder=settings.embedder, progress=progress)
        sys.stderr.write(f"surveyqa: {count:,} passages indexed\n")
        return EXIT_DONE

    def export(self, options: argparse.Namespace) -> int:
        """Write the documents for other programs; those that are damaged are left out, which is a failure."""
        from index.copies.export import export

        left_out: list[str] = []

        def leave_out(doc_id: str, error: LibraryError) -> None:
            left_out.append(doc_id)
            sys.stderr.write(f"surveyqa: {doc_id!r} is left out: {error}\n")

        with self._opened(options) as assistant:
            count = export(
                assistant.library.store,
                options.target,
                options.form,
                options.doc_ids or None,
                overwrite=options.overwrite,
                damaged=leave_out,
            )
        lost = f", {len(left_out):,} damaged left out" if left_out else ""
        sys.stderr.write(f"surveyqa: {count:,} document(s) written to {options.target}{lost}\n")
        return EXIT_FAILED if left_out else EXIT_DONE

    def backup(self, options: argparse.Namespace) -> int:
        """Write the Library into one file."""
        from index.copies.backup import backup

        library = self._settings_from(options).library
        report = backup(library, options.target, with_index=options.with_index, overwrite=options.overwrite)
        sys.stderr.write(f"surveyqa: {report.documents:,} document(s) are safe in {options.target}\n")
        return EXIT_DONE

    def restore(self, options: argparse.Namespace) -> int:
        """Make a Library from a backup."""
        from index.copies.backup import restore

        folder = self._settings_from(options).library
        restore(options.backup_file, folder)
        sys.stderr.write(f"surveyqa: the Library is in {folder}; its index is made when it is first opened\n")
        return EXIT_DONE
