"""The shell command `surveyqa`. Reads arguments and environment, prints; does nothing else itself.

Exit codes: 0 done (abstaining included), 1 failed, 2 wrong usage. Answers go to standard output, messages to
standard error.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import InputError, SurveyQAError
from qa.command.arguments import chosen_file, count, llm_key, questions, settings_from
from qa.command.library import LibraryCommands
from qa.command.talks import TalkCommands
from qa.command.users import UserCommands, known_users
from qa.evaluation.evaluate import add_arguments, evaluate

if TYPE_CHECKING:
    from qa.ask import Assistant

EXIT_DONE, EXIT_FAILED, EXIT_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):  # Korean on a Windows console, or in a pipe under LC_ALL=C
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    options = _parsed(arguments)
    try:
        return int(options.run(options))
    except InputError as error:
        sys.stderr.write(f"surveyqa: {error}\n")
        return EXIT_USAGE if options.run in (_ask, _category, _search, _eval) else EXIT_FAILED
    except SurveyQAError as error:
        sys.stderr.write(f"surveyqa: {error}\n")
        return EXIT_FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE
    except OSError as error:  # a full disk, a name that is too long
        sys.stderr.write(f"surveyqa: {error.strerror or error}{f': {error.filename}' if error.filename else ''}\n")
        return EXIT_FAILED
    except KeyboardInterrupt:
        sys.stderr.write("surveyqa: stopped\n")
        return EXIT_FAILED


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what arguments say; those of a list may stand on both sides of options, which argparse does not see."""
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    many: list[Any] | None = getattr(options, getattr(options, "many", ""), None)
    if rest and (many is None or any(one.startswith("-") for one in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest and many is not None:
        many += map(type(many[0]) if many else str, rest)
    return options


def _parser() -> argparse.ArgumentParser:
    shared = _shared_options()
    parser = argparse.ArgumentParser(
        prog="surveyqa",
        parents=[shared],
        description="Ask a research survey and its related papers, in Korean or English.",
    )
    parser.set_defaults(run=_serve, host="127.0.0.1", port=None, no_browser=False, name=[])
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    serve = commands.add_parser("serve", parents=[shared], help="open the browser app (the default)")
    serve.add_argument("--host", default="127.0.0.1", help="another than this machine's own needs users")
    serve.add_argument("--name", action="append", default=[], help="a host name that it is reached by, too")
    serve.add_argument("--port", type=int)
    serve.add_argument("--no-browser", action="store_true", help="only print the address")
    serve.set_defaults(run=_serve)

    for name, run, what in (
        ("ask", _ask, "answer a question"),
        ("category", _category, "say which category a method belongs to"),
        ("search", _search, "find the passages for a question"),
    ):
        asking = commands.add_parser(name, parents=[shared], help=what)
        asking.add_argument("question", nargs="?")
        asking.add_argument("--questions", metavar="FILE", help="one question a line; '-' for standard input")
        asking.add_argument("--language", choices=("ko", "en"), help="the language to answer in")
        asking.add_argument("--json", action="store_true", help="print one JSON object a question")
        asking.add_argument("--top-k", type=count, default=10 if name == "search" else None, metavar="N")
        if name == "ask":
            asking.add_argument("--bibtex", action="store_true", help="print BibTeX of what is cited, too")
        asking.set_defaults(run=run)

    measuring = commands.add_parser("eval", parents=[shared], help="ask questions with known answers and measure")
    add_arguments(measuring)
    measuring.set_defaults(run=_eval, many="files")

    programs = commands.add_parser("mcp", parents=[shared], help="serve programs by the Model Context Protocol")
    programs.set_defaults(run=_programs)

    show = commands.add_parser("show", parents=[shared], help="print a document's outline or text")
    show.add_argument("doc_id")
    show.add_argument("--text", action="store_true", help="print the stored text, exactly")
    show.set_defaults(run=_show)

    what = "add, remove, list, verify, rebuild, export, backup or restore"
    LibraryCommands(settings_from, _assistant).add_to(_group(commands, "library", what), shared)
    UserCommands().add_to(_group(commands, "users", "who may use a server that others can reach (serve --host)"))
    TalkCommands(settings_from).add_to(_group(commands, "talks", "list, export or remove kept conversations"), shared)
    return parser


def _shared_options() -> argparse.ArgumentParser:
    # SUPPRESS: a default here would overwrite what stands before the command, `surveyqa --library DIR ask …`
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--library", type=Path, metavar="DIR", help="the Library's folder (or SURVEYQA_LIBRARY)")
    shared.add_argument("--embedder", metavar="NAME", help="'bundled', a model folder or a name in the hub's cache")
    shared.add_argument("--reranker", metavar="NAME", help="'bundled', or a cross-encoder: a folder or a name")
    shared.add_argument("--llm", metavar="URL", help="a language model's server that writes answers (or SURVEYQA_LLM)")
    shared.add_argument("--llm-model", metavar="NAME", help="its model; a key comes from SURVEYQA_LLM_KEY only")
    return shared


def _group(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    return commands.add_parser(name, help=what).add_subparsers(title="commands", metavar="COMMAND", required=True)


def _serve(options: argparse.Namespace) -> int:
    from qa.web.server import serve

    serve(
        settings_from(options),
        host=options.host,
        port=options.port,
        open_browser=not options.no_browser,
        names=options.name,
        llm_key=llm_key(),
        preferences=chosen_file(),
        users=known_users,
    )
    return EXIT_DONE


def _ask(options: argparse.Namespace) -> int:
    from index.copies.bibliography import bibtex_all
    from qa.output import answer_json, answer_text

    def reply(assistant: "Assistant", question: str) -> str:
        started = time.perf_counter()
        *_, last = assistant.stream(question, language=options.language)
        answer, seconds = last.answer, time.perf_counter() - started
        cited = assistant.cited(answer) if options.json or options.bibtex else []
        if options.json:
            return answer_json(answer, question, seconds, cited)
        return answer_text(answer) + (f"\n{bibtex_all(cited)}" if cited else "")

    return _each_question(options, reply)


def _category(options: argparse.Namespace) -> int:
    from qa.category.output import category_json, category_text

    def reply(assistant: "Assistant", question: str) -> str:
        started = time.perf_counter()
        answer = assistant.category(question, options.language)
        seconds = time.perf_counter() - started
        return category_json(answer, seconds) if options.json else category_text(answer)

    return _each_question(options, reply)


def _search(options: argparse.Namespace) -> int:
    from qa.output import hits_json, hits_text

    def reply(assistant: "Assistant", question: str) -> str:
        run = assistant.search(question, options.top_k, options.language)
        return hits_json(run, question) if options.json else hits_text(run)

    return _each_question(options, reply)


def _each_question(options: argparse.Namespace, reply: Callable[["Assistant", str], str]) -> int:
    """Print the reply to each question; with --questions, one that cannot be read does not stop the others."""
    from qa.output import refusal_json

    with _assistant(options) as assistant:
        for question in questions(options):
            try:
                text = reply(assistant, question)
            except InputError as error:
                if options.json:
                    sys.stdout.write(refusal_json(question, str(error)))
                if options.questions is None:
                    raise
                sys.stderr.write(f"surveyqa: {error}\n")
                continue
            sys.stdout.write(text)
            sys.stdout.flush()
    return EXIT_DONE


def _eval(options: argparse.Namespace) -> int:
    sys.stdout.write(evaluate(options, settings_from(options)))
    return EXIT_DONE


def _programs(options: argparse.Namespace) -> int:
    """Serve on standard input and output, where nothing else may be written meanwhile."""
    from qa.mcp_server import make_server

    with _assistant(options) as assistant:
        make_server(assistant).run("stdio")
    return EXIT_DONE


def _show(options: argparse.Namespace) -> int:
    from qa.output import outline_text

    with _assistant(options) as assistant:
        document = assistant.document(options.doc_id)
        if document is None:
            known = ", ".join(card.doc_id for card in assistant.documents()[:6])
            raise SurveyQAError(
                f"no document is called {options.doc_id!r}; the Library has {known} … (`surveyqa library list`)"
            )
        if options.text:
            sys.stdout.flush()
            sys.stdout.buffer.write(document.text.encode())
        else:
            sys.stdout.write(outline_text(document))
    return EXIT_DONE


def _assistant(options: argparse.Namespace) -> "Assistant":
    from dataclasses import replace

    from qa.ask import open_library
    from qa.output import progress_bar, warn

    settings = settings_from(options)
    if getattr(options, "top_k", None) and options.run is _ask:
        settings = replace(settings, top_k=options.top_k)
    with progress_bar() as progress:
        assistant = open_library(settings=settings, progress=progress, llm_key=llm_key())
    warn(assistant.warning)
    return assistant
