"""A heading and the number of a section that is asked for in, whether it has that number out."""

import re
from collections.abc import Sequence

_ARTICLE = re.compile(r"제 ?(\d+) ?조(?:의 ?(\d+))?(?![^\W\d_])")


def is_numbered(path: Sequence[str], number: str) -> bool:
    """Whether a section's heading has that number: "3. Method" or "3장", but not "3D Vision".

    Of a law it is an article's: "제6조의3 (갱신)", which is not 제6조.
    """
    heading = path[-1] if path else ""
    if number.startswith("제"):
        return _article(heading) == _article(number)
    return re.match(rf"{re.escape(number)}(?![\d.]*\d|(?![장절])[^\W\d_])", heading) is not None


def _article(heading: str) -> tuple[str, ...] | None:
    """Return the numbers of the article that a heading begins with: 6 and 3 of "제6조의3 (갱신)"."""
    found = _ARTICLE.match(heading)
    return tuple(number or "" for number in found.groups()) if found else None
