"""The address of a picture in, the formula out that a server drew it from: `latex.codecogs.com/gif.latex?x^2`."""

import re
from urllib.parse import unquote

_SERVERS = (
    r"latex\.codecogs\.com/(?:[\w.]+/)*\w+\.(?:latex|image|download)\?|latex\.codecogs\.com/\w+\?"
    r"|render\.githubusercontent\.com/render/math\?(?:[\w=]+&)*math="
)
_ADDRESS = re.compile(rf"https?://(?:{_SERVERS})(?P<tex>.+)", re.DOTALL)
_LOOK = re.compile(r"\\(?:dpi|bg)\{[^{}]*\}|\\bg_\w+|\\fn_\w+|\\(?:inline|tiny|small|large|Large|LARGE|huge|Huge)\b")
MARKDOWN = re.compile(  # such a picture in Markdown
    rf"!\[[^\[\]\n]*\]\(\s*<?(?P<address>https?://(?:{_SERVERS})(?:[^()\s]|\([^()\s]*\))+?)>?(?:\s+[\"'][^\n)]*)?\s*\)"
)


def tex_of(address: str) -> str | None:
    """Return the TeX that a picture's address holds, without what only says how it looks; None for other pictures."""
    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        return None
    tex = unquote(found["tex"]).replace("&space;", " ").replace("&plus;", "+").replace("&amp;", "&")
    return " ".join(_LOOK.sub("", tex).replace("$", "").split()) or None
