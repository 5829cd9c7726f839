"""An English question in, the words in it that may point back out: it, that method, the second one, the two, there."""

import re
from collections.abc import Iterator

from qa.converse import wording
from qa.converse.reference import ANY, BETWEEN, EACH, FIRST, OF, OF_TWO, ONE_BEFORE, SIDE_BY_SIDE, Reference, Role
from qa.words.patterns import compiled

_WHICH_OF = "(?:(?:last|same|whole|first|second|other) )?"
_NOUNS = rf"(?:{wording.CLASS_NOUNS_EN}|survey|papers?|report|notes?|library|document|section|results?|scores?)"
_PRONOUN = compiled(
    rf"\b(?P<own>its|their|theirs|his|her)\b(?= \w)|\b(?P<it>it|they|them|he|she|him)\b(?!')"
    rf"|\b(?P<point>this|that|these|those|such) (?P<noun>{_WHICH_OF}[a-z]+)\b|\b(?:is|was|are|were|does|did|do|can"
    rf"|could|will|would|has|'s|how's|what's|why's|who's) (?P<that>this|that|these|those)\b(?! {_WHICH_OF}{_NOUNS}\b)"
    r"|\b(?P<end>this|that|these|those)(?=\s*[?.!]*$)"
)
_THERE = compiled(r"(?<!is )(?<!are )(?<!was )\bthere\b(?! (?:is|are|was|were|be|any)\b)")
_WHOLE = compiled(r"\bthe (?:whole|entire) (?:approach|method|thing|idea)\b")
_EXPLETIVE = compiled(
    r"\b(?:is|was|be|makes?|find|would be) it (?:\w+ ){0,2}(?:(?:un|im)?possible|easy|easier|hard|harder|difficult"
    r"|safe|ok|okay|necessary|better|best|good|bad|important|useful|true|worth|enough|normal|common|allowed"
    r"|(?:un)?reliable|likely|clear|the case|sufficient|wise) (?:to|that|if|for|when)\b|\bit (?:is|was"
    r"|'s) (?:\w+ ){0,3}(?:to|that)\b|\b(?:is|was) it (?!used|able|supposed|going|meant|designed|trained"
    r"|allowed to)\w+ (?:to|that|how|whether|why|what)\b|\bdoes it (?:take|matter|make sense|mean (?:to|when|if"
    r"|that))\b|\bit(?:'s| is) (?:true|possible|the case)\b|\bmeans? it\b"
)
_CLASS = compiled(wording.CLASS_NOUNS_EN)
_NOT_NOUNS = frozenset(
    """is was are were does did do can could will would has have help work works mean means the a an so not in on at to
    for of with from by still really happen happens make makes come comes differ use uses i we you they he she it days
    day time times moment year model's""".split()
)
_BEFORE_NOUN = re.compile(r"\b(?:of|for|in|with|about|is|was|are|does|did|to|from) $")
_BEFORE_PRONOUN = re.compile(r"(?:^|\b(?:does|did|do|is|was|are|were|can|could|will|would|has|why|how|and|so))$")

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "sixth": 6, "former": 1, "latter": 2, "last": -1, "final": -1,
}  # fmt: skip
_NO_NOUN = (
    "is|was|are|were|do|does|did|can|could|will|would|should|has|have|had|use[sd]?|works?|needs?|makes?|means?|gets?"
    "|and|or|vs|versus|in|of|for|from|on|with|without|to|at|by|as|about|than|more|better|worse|then|too|again|please"
    "|pls|again|in detail|exactly|mean|compare|differs?|called|trained|proposed|say|says|but|so|if|when|where|why|how"
)
_ITEM = compiled(
    r"(?<!came )(?<!comes )(?<!come )\b(?:the )?(?P<word>first|second|third|fourth|fifth|sixth|last|final|former"
    r"|latter|1st|2nd|3rd|4th|5th)\b"
    r"(?: (?P<noun>ones?|kinds?|types?|ways?|methods?|approach|steps?|stages?|layers?|groups?|lines?|weakness|problem"
    r"|question|view|challenge|scenario|option|item|point|part|level|module|category|family|branch|idea|reason|task"
    r"|strategy|technique|area|benefit|advantage|limit|limitation|component|assumption|example|source|principle|bias"
    rf"|section)|(?! (?:{_NO_NOUN})\b) (?P<other>[a-z]+))?\b"
)
_NUMBERED = compiled(r"\b(?:number|no\.|item) (?P<number>\d)\b")
_BEFORE = compiled(r"\b(?:the |that )?(?:previous|earlier|prior) one\b")
_SEVERAL = compiled(
    r"\b(?:the |these |those )(?P<first>first )?(?P<count>two|three)(?: \w+(?= differ| compare|$|\?))?\b"
    r"|\b(?:both|all three)(?: of them)?\b"
)
_WHICH = compiled(
    r"(?:and |so |but |then |ok |okay )?which(?: one(?! of\b)(?= \w)"
    r"|(?= c[ao]mes? (?:first|earlier|later|last)| (?:is|was|works|performs|does"
    r"|has) (?:\w+ ){0,2}(?:better|worse|best|older|stronger"
    r"|faster|cheaper|newer|larger|bigger|higher|lower|smaller|more)"
    r"| \w+s (?:more|less|fewer|the (?:most|least|fewest))\b))"
)
_COMPARING = compiled(
    r"(?:(?:and |so )?(?:what(?:'s| is| are) )?(?:the |any )?(?:main |key )?(?:differences?|similarit(?:y|ies))"
    r"|compare)(?= (?:them|these|those)\b|\s*[?!.]*$)"
)
_SIDE_BY_SIDE = compiled(
    r"(?:(?:put|show|list|line|give)(?: me)? (?:them|these|those|both|the two)(?: of them)?(?: up)? )?"
    r"(?:side by side|next to (?:each other|one another))(?:,? (?:please|pls))?[?.! ]*$"
)
_OF_THEM = compiled(r"\b(?:which|what|any|each|either|all|none|one|most) of (?P<them>them|these|those)\b")
_EACH = compiled(r"\beach(?= ?(?:one)?[?.! ]*$)|^each(?= (?:one)?'s)|\beach of them\b")
_DIFFER = compiled(r"\b(?:they|these|those)(?= (?:differ|compare)\b(?! from| to| with))")


def items(text: str) -> Iterator[Reference]:
    """Yield the items of a list that a question means by number."""
    for found in _ITEM.finditer(text):
        word = found["word"].lower()
        noun = found["noun"] or found["other"] or (OF_TWO if word in ("former", "latter") else "")
        yield Reference("item", *found.span(), noun=noun, number=_ORDINALS[word])
    for found in _NUMBERED.finditer(text):
        yield Reference("item", *found.span(), noun="item", number=int(found["number"]))
    for found in _BEFORE.finditer(text):
        yield Reference("item", *found.span(), noun="one", number=ONE_BEFORE)


def several(text: str) -> Iterator[Reference]:
    """Yield what means two or three things together, or leaves them out."""
    for found in _SEVERAL.finditer(text):
        number = 3 if (found["count"] or found.group()).lower().startswith(("three", "all")) else 2
        yield Reference("several", *found.span(), noun=FIRST if found["first"] else "", number=number)
    for pattern, noun in ((_COMPARING, BETWEEN), (_WHICH, OF)):
        if begins := pattern.match(text):
            yield Reference("several", begins.end(), begins.end(), noun, 2)
    if beside := _SIDE_BY_SIDE.match(text):
        yield Reference("several", *beside.span(), SIDE_BY_SIDE, 2)
    for found in _DIFFER.finditer(text):
        yield Reference("several", *found.span(), number=2)
    for found in _OF_THEM.finditer(text):
        yield Reference("several", *found.span("them"), number=ANY)
    for found in _EACH.finditer(text):
        yield Reference("several", *found.span(), EACH, ANY)


def pronouns(text: str) -> Iterator[Reference]:
    """Yield pronouns, determiners with their nouns, and words for a place."""
    expletive = [found.span() for found in _EXPLETIVE.finditer(text)]
    for found in _PRONOUN.finditer(text):
        if found["own"]:
            yield Reference("possessive", *found.span("own"))
        elif any(start <= found.start() < end for start, end in expletive):
            continue
        elif found["noun"]:
            yield from _noun(found, text)
        else:
            yield Reference("subject", *found.span("it" if found["it"] else "that" if found["that"] else "end"))
    for found in _THERE.finditer(text):
        yield Reference("place", *found.span())
    for found in _WHOLE.finditer(text):
        yield Reference("subject", *found.span())


def _noun(found: re.Match[str], text: str) -> Iterator[Reference]:
    noun, point, before = found["noun"].lower(), found["point"].lower(), text[: found.start()]
    last = noun.split()[-1]
    alone = bool(_BEFORE_PRONOUN.search(before.strip().lower()))
    if last in _NOT_NOUNS:
        if point != "such" and alone:
            yield Reference("subject", *found.span("point"))
        return
    if point in ("this", "these") and re.fullmatch(wording.SELF_EN, last):
        return
    if point == "that" and not (alone or _CLASS.fullmatch(last) or _BEFORE_NOUN.search(before)):
        return  # a clause: "data that models write"
    role: Role = "subject" if _CLASS.fullmatch(last) else "noun"
    yield Reference(role, *found.span(), noun=noun)
