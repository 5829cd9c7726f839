"""Every file that the project's pages point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "README.md",
    "README.ko.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/eval.md",
    "docs/library.md",
    "docs/models.md",
    "seeds/README.md",
    "index/model/MODEL_CARD.md",
)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target and target[0] != "#"]
    missing = [target for target in targets if not ((ROOT / page).parent / target).exists()]
    assert missing == []
