"""A turn that puts right what was meant in, that alone out: "아니, SPIN 말고 RLHF", "I meant RLHF".

Looks at the turn alone.
"""

import re

from qa.words.patterns import compiled

_NO = r"(?:아니|아뇨|아|음|앗|미안|죄송|no|nope|sorry|oops|wait|actually|i mean)[,.! ]*(?:해(?:요)?|합니다)?[,.! ]*"
_FEW_WORDS = r"[^\s?!,]+?(?: [A-Za-z0-9.-]+){1,3}|[^\s?!,]+?(?: [^\s?!,]+?)?"
_CORRECTIONS = tuple(
    compiled(rf"^(?:{_NO}){often}{pattern}\s*[?.!~]*$")
    for often, pattern in (
        (
            "*",
            rf"[^?!,]{{1,40}}?[이가]? ?(?:말고|아니고|아니라)[는요]?,? (?!다른|또|나머지|더 )(?P<meant>{_FEW_WORDS})",
        ),
        (
            "*",
            r"(?![^?!,]*(?:무슨|뭔|어떤|뭐|뭘|왜) )(?P<meant>[^?!,]{1,40}?)(?:을|를)? ?"
            r"(?:말이야|말이에요|말입니다|말한 ?(?:거야|건데|거예요)"
            r"|물어본 ?(?:거야|건데|거예요)|얘기야|얘기예요)",
        ),
        ("+", r"(?P<meant>[^?!,]{1,40}?)(?:으로|로)"),
        ("*", r"not (?:the )?[^?!,]{1,40}?, ?(?:but |i mean(?:t)? )?(?P<meant>[^?!]{1,60}?)"),
        (
            "*",
            r"i (?:said|meant|mean|asked about|was asking about|am asking about)(?: the)? (?P<meant>[^?!,]{1,60}?)"
            r"(?:,? (?:and )?not [^?!]{1,40}?)?",
        ),
    )
)
_TAIL = re.compile(r"(?:으로|로|은|는|을|를|이요|요)$")


def meant(text: str) -> str:
    """Return what a turn says was meant, as a turn that only names it; the turn itself where it corrects nothing."""
    found = next(filter(None, (pattern.match(text) for pattern in _CORRECTIONS)), None)
    if found is None:
        return text
    what = found["meant"].strip()
    named = _TAIL.sub("", what) if " " not in what else what
    return f"{named or what}?"
