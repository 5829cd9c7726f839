"""Texts by file name in, a report's folder out. Written beside and renamed, so that none is half-written."""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from index.errors import InputError
from qa.evaluation.report import TITLE

REPORT, PICTURE = "report.md", "report.svg"
_OURS = re.compile(r"(run|qrels)(\.(ko|en)-(ko|en))?\.trec|results\.jsonl|report\.(md|svg)|\.DS_Store")


def check_folder(folder: Path) -> None:
    """Raise InputError when a report cannot go there: no folder, or one that holds other things than a report."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"{folder}: is a file; give a new folder, or that of an earlier report, to --out")
    strangers = sorted(path.name for path in folder.iterdir() if not _OURS.fullmatch(path.name) or path.is_dir())
    if strangers:
        raise InputError(
            f"{folder}: the folder holds other things than an earlier report ({', '.join(strangers[:3])}); give a new "
            "folder to --out"
        )
    report = folder / REPORT
    if any(folder.iterdir()) and not (report.is_file() and report.read_bytes().startswith(TITLE.encode())):
        raise InputError(
            f"{folder}: the folder holds files but no report of `surveyqa eval`; give a new folder to --out"
        )


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Put a report in place of an earlier one. Raises InputError as `check_folder`, and when it cannot be written."""
    check_folder(folder)
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
            new = Path(beside) / "new"
            new.mkdir()
            for name, text in texts.items():
                (new / name).write_text(text, encoding="utf-8", newline="\n")
            if folder.exists():
                os.replace(folder, Path(beside) / "old")
            try:
                os.replace(new, folder)
            except OSError:
                if (Path(beside) / "old").exists():
                    shutil.move(Path(beside) / "old", folder)
                raise
    except OSError as error:
        what = "check the rights and the free space, or give another folder to --out"
        raise InputError(f"{folder}: the report could not be written ({error.strerror or error}); {what}") from error
