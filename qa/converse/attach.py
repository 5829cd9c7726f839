"""A question that leaves its topic out in, the question with its topic out: "한계는?", "how many layers?", "왜?"."""

import re
from dataclasses import replace

from qa.converse.cited import heading
from qa.converse.focus import Focus
from qa.converse.names import SIZE
from qa.converse.phrase import attached
from qa.converse.talk import Rewritten, Talk, holds
from qa.converse.things import COMPANION_LIST, NAMES, SURVEY, Thing
from qa.converse.turn import body, move
from qa.converse.wording import OF_ITSELF
from qa.words.particles import put
from qa.words.patterns import compiled

_MAX_WORDS = 9
_MAX_DETAIL_WORDS = {"ko": 5, "en": 8}
_MAX_DETAILS = 2
_FEW_WORDS = {"ko": 4, "en": 6}  # so few say nothing alone, unless one is rare
_MAX_RARITY, _MAX_RARITY_OF_MORE = 0.72, 0.56  # a rarer word says what a question is about
_MAX_DOCUMENT_CHARS = 300_000

_CODE = re.compile(r"[@{}<>\\`_$#=|]|--")
_DEFINES = compiled(
    r"(?:이|가) ?(?:뭐|무엇|뭔|머)(?!가|를|로)\S*\s*[?？.!]*$|이?란\s*[?.!]*$|뜻|의미"
    r"|^\s*(?:what(?:'s| is| are)(?! the\b)|who is(?! the\b)|define)\b|\bmean(?:s|ing)?\b"
)
_INTRODUCES = re.compile(r"(?:은|는) ?(?:뭐|무엇|뭔|머)(?!가|를|로)")
_ASKS = {
    "ko": re.compile(
        r"[가-힣A-Za-z0-9](?:은|는|이|가|도|에만|이랑|랑)(?:요)?(?=\s|[?!.]|$)|(?:^|\s)(?:왜|어떻게|몇|어떤|어느"
        r"|무슨)\s|면\?+$|(?:돼|되나|있어|없어|있나|없나|했어|했나|썼어|썼나|가능|지원|나와|쓰나|하나)\S{0,4}[?.]*$"
        r"| 써\S*[?.]*$"
    ),
    "en": compiled(
        r"^(?:at |in |on |for |from |to |by )?(?:what|which|who|when|where|why|how|is|are|was|were|does|do|did|can"
        r"|could|any)\b"
    ),
}
_SUMMARY = re.compile("정리")
_TRANSLATE = compiled(
    r"(?:(?:이거|그거|답변|답) ?)?번역 ?(?:좀|해\S*)?[.!?]*|translate(?: it| that| this)?(?:,? (?:please|pls))?[.!?]*"
)
_IS_POSSIBLE = re.compile(r"(?:로|으로)도 ?(?:돼|되|됨|됩|가능|지원|할 ?수)")
_WHY_NOUN = compiled(
    r"^why (?:not )?(?!(?:is|are|was|were|do|does|did|can|could|would|should|will|has|have|had)\b)[^?]{2,40}\??$"
)
_WHICH_ONE = compiled(r"which (?:ones?|of (?:them|these|those))\b|어느 (?:게|것이|쪽이) ")
_OF_ITSELF = compiled(OF_ITSELF)
_SCORED = compiled(r"몇 ?점|점수|성적|몇이|\bscores?\b|\bpoints?\b")
_COUNTED_KO = re.compile(r"(?:그 )?(?:두|세|네|다섯|여섯|\d+)(?: ?(?:가지|개)의?)? ")
_USES = compiled(
    r"(?:썼|써|쓰나|쓰니|쓰냐|씀|쓴|쓰는|사용|적용|도움|도입|활용|거쳤|거치|들어가|들어갔)"
    r"|\b(?:used?|uses|using|apply|applied|help(?:ed|s)?|include[sd]?)\b"
)
_PAST = re.compile(
    "[가-힣]*[었았했였됐갔렸쳤졌뒀썼][가-힣]{0,4}[?.! ]*$|^(?:and |so )?(?:how|where|why|when) (?:did|was|were) "
)
_HOW = compiled(r"어떻게|뭘로|무엇으로|\bhow\b")
_BEATS = compiled(
    r"이겼|이기|이긴|앞서|앞섰|앞질|넘었|넘어|넘나|졌|져\b|\b(?:beats?|win|won|outperform\w*|ahead|better)\b"
)
_DOES = compiled(
    r"잘|못|몇 ?점|점수|성적|성능|어때|어땠|얼마|몇 ?등|순위|\b(?:do|did|score[sd]?|good|bad|perform\w*|fare|well)\b"
)
_THERE_KO = re.compile("에선|에서는|에서도|에는|에도|엔")
_OTHERS = compiled(
    "^(?:또 )?(?:다른|나머지) ?(?:방법|기법|방식|연구|모델|논문|접근)"
    r"|^(?:what |which |any |are there )?(?:any )?other (?:methods?|approach|techniques?|models?|works?|papers?)\b"
)


def repeat(talk: Talk) -> Rewritten | None:
    """Complete a turn without any topic: the last question again, in more detail, why, or with an example."""
    found = move(talk.asked.text)
    if found is None:
        return None
    kind, language = found
    before, told = talk.before, talk.asked_before()
    if kind == "again" and language == talk.history[-1].answer.language and _IS_POSSIBLE.search(talk.asked.text):
        return ask_of_subject(talk)  # "does it work in Korean, too?"
    if kind == "again":
        if _TRANSLATE.fullmatch(body(talk.asked.text)) and language == talk.history[-1].answer.language:
            language = "en" if language == "ko" else "ko"
        return Rewritten(before.text, (told,), language)
    if kind in ("short", "other", "source"):
        spoken = None if before.language == talk.language else talk.language
        return Rewritten(before.text, (told,), language or spoken, kind)
    if talk.history[-1].answer.abstained or any(one.role in ("item", "several") for one in talk.back):
        return None
    if kind == "example" and talk.back:  # "an example of that"
        return None
    rest = body(talk.asked.text)
    if kind == "more" and before.language == talk.language and not _SUMMARY.search(rest):
        return Rewritten(before.text, (told,), language, kind)
    if before.language == talk.language and kind != "example":
        return Rewritten(before.text if before.text.endswith(rest) else f"{before.text} {rest}", (told,))
    return ask_of_subject(talk)


def attach(talk: Talk) -> Rewritten | None:
    """Complete a question that says nothing of its topic, or that names a detail of what was spoken about."""
    specific, rest = talk.asked.specific, body(talk.asked.text)
    if len(rest.split()) > _MAX_WORDS or not talk.found or _CODE.search(rest):
        return None
    sizes = [thing for thing in specific if SIZE.fullmatch(thing.text)]
    if sizes and all(thing.sort == "benchmark" or thing in sizes for thing in specific):
        return _of_that_size(talk, sizes[0])
    if _says_nothing(talk, rest):
        return ask_of_subject(talk)
    return _detail(talk, rest) if specific else None


def ask_of_subject(talk: Talk, focus: Focus | None = None) -> Rewritten | None:
    """Return the question about the last subject; with what narrows that, unless it is asked of the whole."""
    focus, rest = focus or talk.subject(), body(talk.asked.text)
    if focus is None:
        return None
    focus = talk.wider(focus)
    focus = _without_said(focus, rest)
    title = heading(focus.answer)
    if _OTHERS.search(rest) and title and focus.subject[0].sort == "method":
        if focus.answer.citations[0].language == talk.language:  # others of the section's kind
            return talk.completed(attached(rest, title, talk.language), focus, title)
    name = talk.name_of(focus, close=True)
    name = of_any_size(name) if talk.about_the_whole else name
    return talk.completed(attached(rest, name, talk.language), focus, name)


def is_detail(talk: Talk, specific: tuple[Thing, ...]) -> bool:
    """Whether things say little alone, or stand in the document that was cited last; none was the subject.

    What stands in the title of another document says enough.
    """
    if any(thing.key in focus.key for focus in talk.found[:2] for thing in specific):
        return False
    words = len(body(talk.asked.text).split())
    few = words <= _FEW_WORDS[talk.language]
    most = _MAX_RARITY if words <= _FEW_WORDS["ko"] else _MAX_RARITY_OF_MORE
    rare = any(thing.sort == "term" and thing.rarity > most for thing in specific)
    cited = talk.cited_last()
    text = cited.text[:_MAX_DOCUMENT_CHARS].lower() if cited else ""
    told = cited is not None and all(holds(text, thing) for thing in specific)
    if few and not rare and not any(thing.sort in NAMES for thing in specific):
        return told or cited is None or not talk.is_titled(specific)
    return told and not (rare and (not few or len(specific) > 1 or bool(_INTRODUCES.search(talk.asked.text))))


def holder(talk: Talk, topic: str) -> Focus | None:
    """Return the turn whose answer lists a topic as an item: it is asked about as one of these."""
    for focus in talk.found:
        for listing in talk.lister.shown(focus.answer):
            if any(topic.lower() == item.lower() for item in listing.items):
                return focus
    return None


def resized(name: str, size: str) -> str:
    """Return a model's name with another size: Qwen2-72B with 7B is Qwen2-7B, Llama 3 with 8B is Llama 3 8B."""
    if SIZE.search(name):
        return SIZE.sub(size, name, count=1)
    return f"{name}-{size}" if "-" in name else f"{name} {size}"


def of_any_size(name: str) -> str:
    """Return the name of a family of models for that of one size: what is told of one is told of the family."""
    return re.sub(rf"[ -](?:{SIZE.pattern})$", "", name)


def is_asked_itself(talk: Talk, thing: Thing) -> bool:
    """Whether a benchmark itself is asked about, its limits, and not what is tested on it."""
    return thing.sort == "benchmark" and bool(_OF_ITSELF.search(talk.asked.text))


def _says_nothing(talk: Talk, rest: str) -> bool:
    """Whether a question names nothing that says what it is about, or only where: "동반 목록에선 몇 개야?"."""
    specific, things = talk.asked.specific, talk.asked.things
    if _WHICH_ONE.match(rest) and not any(thing.sort in NAMES for thing in specific):
        return True
    if not specific:
        return not (_DEFINES.search(rest) and things and things[0].sort == "general")
    if _WHY_NOUN.match(rest) and all(thing.sort == "category" or thing.sort not in NAMES for thing in specific):
        return True
    if len(specific) > 1:
        return False
    if specific[0].key in (SURVEY, COMPANION_LIST):
        return bool(_THERE_KO.match(talk.asked.text, specific[0].end))
    if is_asked_itself(talk, specific[0]):
        return False
    scored = talk.found[0].subject[0].sort
    return specific[0].sort == "benchmark" and (scored == "model" or (scored in NAMES and bool(_SCORED.search(rest))))


def _detail(talk: Talk, rest: str) -> Rewritten | None:
    specific = talk.asked.specific
    if any(thing.sort in NAMES for thing in specific):
        return _part_in(talk, specific[0], rest) if len(specific) == 1 else None
    if len(specific) > _MAX_DETAILS:
        return None
    if len(rest.split()) > _MAX_DETAIL_WORDS[talk.language] or not _ASKS[talk.language].search(rest):
        return None
    defines = _DEFINES.search(rest) and not _COUNTED_KO.match(rest)
    if defines or not is_detail(talk, specific):
        return None
    listed = next(filter(None, (holder(talk, thing.text) for thing in specific)), None)
    focus = _without_said(listed or talk.wider(talk.found[0]), rest)
    close = listed is None and talk.tells(focus)
    name = talk.name_of(focus, close=True) if close else of_any_size(focus.text(talk.language))
    return talk.completed(attached(rest, name, talk.language), focus, name)


def _without_said(focus: Focus, rest: str) -> Focus:
    """Return a subject without what narrows it and the question says itself."""
    return replace(focus, scope=tuple(thing for thing in focus.scope if thing.text not in rest))


def _part_in(talk: Talk, name: Thing, rest: str) -> Rewritten | None:
    """Complete a question on what a model uses, or how one does on a benchmark: "RLHF는 썼어?", "GPT-4o는 잘해?"."""
    focus = talk.subject()
    if focus is None or len(rest.split()) > _FEW_WORDS[talk.language] or _DEFINES.search(rest):
        return None
    if talk.about_the_whole and not _HOW.search(rest):
        return None
    sort = focus.subject[0].sort
    if name.sort == "model":
        wanted: object = _BEATS.search(rest) if sort == "model" else _DOES.search(rest)
    else:
        wanted = _PAST.search(rest) or (name.sort != "category" and _USES.search(rest))
    whose = ("benchmark", "model") if name.sort == "model" else ("model", "work")
    if not wanted or sort not in whose:
        return None
    cited = talk.cited(focus)
    if cited is None or not holds(cited.text[:_MAX_DOCUMENT_CHARS].lower(), name):
        return None
    return ask_of_subject(talk, focus)


def _of_that_size(talk: Talk, size: Thing) -> Rewritten | None:
    """Complete "the 7B" as the model of that size in the family spoken of, on the benchmark spoken of."""
    focus = talk.subject()
    if focus is None or focus.subject[0].sort != "model":
        return None
    name, text = resized(focus.text(talk.language), size.text), talk.asked.text
    start = size.start - (len("the ") if text[: size.start].lower().endswith("the ") else 0)
    on = next((thing.text for thing in focus.scope if thing.sort == "benchmark"), "")
    on = "" if any(thing.sort == "benchmark" for thing in talk.asked.specific) else on
    if talk.language == "ko":
        return talk.completed(body(put(text, start, size.end, f"{name} {on}".strip())), focus, name)
    question = body(put(text, start, size.end, name))
    return talk.completed(f"{question.rstrip('?! .')} on {on}?" if on else question, focus, name)
