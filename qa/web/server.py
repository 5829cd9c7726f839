"""Settings in, the interface served until stopped. The only place that starts a server or touches the environment."""

import os
import sys
import webbrowser
from collections.abc import Sequence
from typing import Any

from index.errors import InputError
from index.store import DATABASE
from qa.ask import Assistant, open_library
from qa.output import progress_bar
from qa.settings import Settings

FIRST_PORT = 7860
PORTS_TRIED = 100

_ENVIRONMENT = {  # read by Gradio when it is imported: no analytics, no look-up at the hub
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
}


def serve(
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    open_browser: bool = True,
    names: Sequence[str] = (),
    ancestors: str = "'none'",
) -> None:
    """Open the Library and serve it until interrupted, on `port` or the first free one from 7860.

    `names` are further hosts that the server is known by, `ancestors` the sites that may show it in a frame.
    Raises LibraryError or ModelError as `open_library`, and InputError when the address cannot be used.
    """
    os.environ.update(_ENVIRONMENT)
    with _open(settings) as assistant:
        page, address = _launch(assistant, host, port, names, ancestors)
        sys.stdout.write(f"SurveyQA: {address}  (Ctrl+C stops it)\n")
        sys.stdout.flush()
        if open_browser:
            webbrowser.open(address)
        page.block_thread()


def _open(settings: Settings) -> Assistant:
    if not (settings.library / DATABASE).exists():
        sys.stderr.write(f"Making the Library in {settings.library}; this happens once.\n")
    with progress_bar() as progress:
        return open_library(settings=settings, progress=progress)


def _launch(
    assistant: Assistant, host: str, port: int | None, names: Sequence[str], ancestors: str
) -> tuple[Any, str]:
    """Start the server; return Gradio's page, which holds it, and its address."""
    from starlette.middleware import Middleware

    from qa.web import page
    from qa.web.guard import Guard

    blocks = page.build(assistant).queue(max_size=64)
    try:
        _, address, _ = blocks.launch(
            server_name=host,
            server_port=port,
            app_kwargs={"middleware": [Middleware(Guard, host=host, names=names, ancestors=ancestors)]},
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            inbrowser=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            enable_monitoring=False,
            **page.look(),
        )
    except OSError as error:
        wanted = f"port {port}" if port else f"any port from {FIRST_PORT}"
        raise InputError(f"{host}: {wanted} cannot be used ({error}); choose another with --port or --host") from error
    return blocks, address
