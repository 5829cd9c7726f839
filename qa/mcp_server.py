"""An open Library in, a server of the Model Context Protocol out. The only module that imports `mcp`."""

from functools import wraps
from importlib import metadata
from typing import TYPE_CHECKING, Any

from index.errors import InputError, SurveyQAError
from qa.ask import Assistant
from qa.programs import Ask, Programs

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

_INSTRUCTIONS = (
    "A Library of research papers and surveys, asked in Korean or English. `ask` answers with citations to the "
    "section, or says that the Library has no support; `search` gives passages; `category` knows the survey's taxonomy."
)


def make_server(assistant: Assistant) -> "MCPServer":
    """Return a server with the tools ask, search, category and list; `run("stdio")` serves until its input closes.

    Raises InputError where `mcp` is not installed.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ModuleNotFoundError as error:
        raise InputError(
            "the package mcp is not installed, which programs are served with; run `pip install 'surveyqa[mcp]'`"
        ) from error
    server = MCPServer(
        "surveyqa", instructions=_INSTRUCTIONS, version=metadata.version("surveyqa"), log_level="WARNING"
    )
    for name, question in Programs(assistant).all().items():
        server.tool(name=name, description=_about(question))(_told(question, ToolError))
    return server


def _told(question: Ask, error_type: type[Exception]) -> Ask:
    """Return a question whose errors a program is told as such."""

    @wraps(question)
    def asked(*given: Any, **named: Any) -> dict[str, Any]:
        try:
            return question(*given, **named)
        except SurveyQAError as error:
            raise error_type(str(error)) from error

    return asked


def _about(question: Ask) -> str:
    return " ".join((question.__doc__ or "").split("Args:")[0].split())
