"""The browser app: what a hosted Space starts, and `python app.py` on a desk. Reads the environment, no more."""

import os
import sys
from pathlib import Path

from index.errors import SurveyQAError
from qa.settings import Settings, default_library
from qa.web.server import serve


def main() -> int:
    """Serve the Library until interrupted; on a hosted Space at the name that it gives. Return the exit code."""
    settings = Settings(library=Path(os.environ.get("SURVEYQA_LIBRARY") or default_library()))
    space = os.environ.get("SPACE_HOST")
    try:
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
            serve(settings)
    except SurveyQAError as error:
        sys.stderr.write(f"surveyqa: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
