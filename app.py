"""The browser app: what a hosted Space starts, and `python app.py` on a desk. Reads the environment, no more."""

import os
import sys

from index.errors import SurveyQAError
from qa.command.arguments import chosen_file, llm_key, settings_from
from qa.web.server import serve


def main() -> int:
    """Serve the Library until interrupted; on a hosted Space at the name that it gives. Return the exit code."""
    space = os.environ.get("SPACE_HOST")
    try:
        settings = settings_from()
        if space:
            framed_by = "https://huggingface.co"
            serve(
                settings,
                host="0.0.0.0",
                port=7860,
                open_browser=False,
                names=[space],
                ancestors=framed_by,
                public=True,
            )
        else:
            serve(settings, llm_key=llm_key(), preferences=chosen_file())
    except SurveyQAError as error:
        sys.stderr.write(f"surveyqa: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
