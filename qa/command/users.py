"""The shell commands `surveyqa users …`: who may use a server that others can reach. Prints; decides nothing."""

import argparse
import os
import sys
from pathlib import Path

from index.errors import InputError
from qa.users import Users, users_file

EXIT_DONE = 0


def known_users() -> Users:
    """Return the users of this machine's server, those of the file SURVEYQA_USERS where that is set."""
    return Users(Path(os.environ.get("SURVEYQA_USERS") or users_file()))


class UserCommands:
    """list, add and remove."""

    def add_to(self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        """Add the commands to the group that is given."""
        commands.add_parser("list", help="print the names").set_defaults(run=self.list)
        for name, run, what in (
            ("add", self.add, "add a user, or give one another password; it is asked for, or read from a pipe"),
            ("remove", self.remove, "remove a user"),
        ):
            command = commands.add_parser(name, help=what)
            command.add_argument("name")
            command.set_defaults(run=run)

    def list(self, _: argparse.Namespace) -> int:
        """Print the names."""
        names = known_users().names()
        sys.stdout.write("".join(f"{name}\n" for name in names) or "Nobody yet; `surveyqa users add NAME`.\n")
        return EXIT_DONE

    def add(self, options: argparse.Namespace) -> int:
        """Add a user."""
        known_users().add(options.name, password())
        return EXIT_DONE

    def remove(self, options: argparse.Namespace) -> int:
        """Remove a user."""
        if not known_users().remove(options.name):
            raise InputError(f"no user is called {options.name!r}; see `surveyqa users list`")
        return EXIT_DONE


def password() -> str:
    """Return a password: typed twice without being shown, or the first line of a pipe."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    first = getpass("Password: ")
    if getpass("Again: ") != first:
        raise InputError("the two passwords differ; try again")
    return first
