"""A question that leaves its topic out in, with its topic out: "한계는?", "Llama 3는?", "compared to RLHF?", "왜?"."""

import re
from collections.abc import Sequence

from qa.converse.focus import Focus, heading
from qa.converse.phrase import attached, definite, put, with_particle
from qa.converse.talk import Antecedent, Rewritten, Talk, holds
from qa.converse.things import NAMES, Reading, Thing
from qa.converse.turn import About, about, body, move

_MAX_WORDS = 9
_MAX_RELATED_WORDS = {"ko": 5, "en": 8}
_FEW_WORDS = {"ko": 4, "en": 5}  # so few say nothing alone, unless one is rare
_MAX_RARITY = 0.72  # a rarer word says what a question is about
_SIZE = re.compile(r"\d+(?:\.\d+)?[BM](?:-A\d+B)?(?:-\w+)*", re.IGNORECASE)
_COMPARED_KO = re.compile(
    r"(?P<with>이?랑은|이?랑|과는|과|와는|와|하고는|하고|보다는|보다|에 비해서?|대비|에 비하면)\s*(?P<rest>.*)$", re.DOTALL
)
_COMPARES_KO = re.compile(r"차이|비교|다르|달라|다른|비슷|유사|같|공통|나아|나은|높|낮|좋|빠르|빨라|크|커|작|많|적|어때|어떻|세|잘|관계|연관|관련|상관|겹")
_MORE_EN = re.compile(r"\b(better|worse|faster|cheaper|stronger|larger|smaller|higher|lower|different|newer)\s*[?!.]*$", re.IGNORECASE)
_DIFFERENCE_KO = re.compile(r"(?:의 )?(?:차이|공통점|다른 ?점|비교)")
_COMPARED_EN = re.compile(
    r"^(?:how (?:does|do|is|are) (?:that|this|it) )?(?:compared?|comparison|different|difference|better|worse|higher|lower|larger|smaller|faster|similar|more|fewer|less"
    r"|versus|vs\.?|against|relative|related|(?:(?:is there )?(?:an?|any) )?(?:link|relation|connection))?\s*(?:to|with|from|than|against|versus|vs\.?)"
    r"?\s*(?:the )?$",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"(?:이|가) ?(?:뭐|무엇|뭔|머)(?!가|를|로)\S*\s*[?？.!]*$|이?란\s*[?.!]*$|뜻|의미"
    r"|^\s*(?:what(?:'s| is| are)|who is|define) (?:(?:an?|the) )?[\w-]+(?: [\w-]+)?\s*[?.!]*$|\bmean(?:s|ing)?\b",
    re.IGNORECASE,
)
_ASKS_OF = {
    "ko": re.compile(r"[가-힣A-Za-z0-9](?:은|는|이|가|도|에만|이랑|랑)(?:요)?(?=\s|[?!.]|$)|(?:^|\s)(?:왜|어떻게|몇|어떤|어느|무슨)\s"
        r"|면\?+$|(?:돼|되나|있어|없어|있나|없나|했어|했나|썼어|썼나|가능|지원|나와|쓰나|하나)\S{0,4}[?.]*$"
    ),
    "en": re.compile(r"^(?:at |in |on |for |from |to |by )?(?:what|which|who|when|where|why|how|is|are|was|were|does|do|did|can|could|any)\b", re.IGNORECASE),
}
_CODE = re.compile(r"[@{}<>\\`_$#=|]|--")
_WHY_EN = re.compile(r"^why (?:not )?(?!(?:is|are|was|were|do|does|did|can|could|would|should|will|has|have|had)\b)[^?]{2,40}\??$", re.IGNORECASE)
_WITHIN = re.compile(r"에선|에서는|에서도|에는|에도|엔")
_OTHERS = re.compile(
    r"^(?:또 )?(?:다른|나머지) ?(?:방법|기법|방식|연구|모델|논문|접근)|^(?:what |which |any |are there )?(?:any )?other (?:methods?|approach|techniques?|models?|works?|papers?)\b",
    re.IGNORECASE,
)


def repeat(talk: Talk) -> Rewritten | None:
    """Complete a turn without any topic: the last question again, in more detail, why, or with an example."""
    found = move(talk.asked.text)
    if found is None:
        return None
    kind, language = found
    if kind != "again" and any(one.role in ("item", "pair") for one in talk.back):
        return None
    before = " ".join(talk.last.question.split())
    told = Antecedent(before, len(talk.history) - 1)
    if kind == "again":
        return Rewritten(before, (told,), language)
    if talk.last.answer.abstained:
        return None
    rest = body(talk.asked.text)
    if talk.last_reading().language == talk.language and kind != "example":
        return Rewritten(before if before.endswith(rest) else f"{before} {rest}", (told,))
    return _about_subject(talk, rest)


def compare(talk: Talk) -> Rewritten | None:
    """Complete a comparison that names one side only."""
    specific = talk.asked.specific
    focus = talk.subject()
    if len(specific) != 1 or focus is None:
        return None
    other = specific[0]
    if (more := _more_than(talk, focus, other)) is not None:
        return more
    rest = body(talk.asked.text)
    offset = len(talk.asked.text) - len(rest)
    if talk.language == "ko":
        return _compare_ko(talk, focus, other, rest, other.start - offset)
    before, after = rest[: other.start - offset], rest[other.end - offset :].strip(" ?!.")
    if not before.strip() or after or not _COMPARED_EN.match(before):
        return None
    name = focus.text("en", close=True)
    return talk.with_focus(f"{definite(name)} {rest}", focus, name)


def _more_than(talk: Talk, focus: Focus, other: Thing) -> Rewritten | None:
    """Complete "RLAIF가 더 나아?" and "is RLAIF better?": than what is not said."""
    if other.sort not in NAMES:
        return None
    rest, name = body(talk.asked.text), focus.text(talk.language, close=True)
    if talk.language == "ko":
        found = re.match(r"(?:이|가|은|는) (?:더|훨씬)(?: |$)", talk.asked.text[other.end :])
        return talk.with_focus(f"{name}보다 {rest}", focus, name) if found else None
    found = _MORE_EN.search(rest)
    if found is None:
        return None
    joint = "from" if found.group(1).lower().startswith("differ") else "than"
    return talk.with_focus(f"{rest.rstrip('?! .')} {joint} {definite(name)}?", focus, name)


def _compare_ko(talk: Talk, focus: Focus, other: Thing, rest: str, start: int) -> Rewritten | None:
    joint = _COMPARED_KO.match(rest, start + len(other.text))
    if start > 1 or joint is None:
        return None
    if joint["rest"].strip(" ?!.~요") and not _COMPARES_KO.search(joint["rest"]):
        return None
    if not joint["rest"].strip(" ?!.~요"):
        return _other_side(talk, other) or _ask_compared(talk, focus, other)
    if re.match(r"비교(?:해|하)", joint["rest"]):
        name = focus.text("ko")
        return talk.with_focus(f"{with_particle(name, '을')} {rest}", focus, name)
    if _DIFFERENCE_KO.match(joint["rest"]) and "보다" not in joint["with"]:
        name = focus.text("ko")
        difference = re.sub(r"^의 ", "", joint["rest"])
        return talk.with_focus(f"{with_particle(name, '과')} {other.text}의 {difference}", focus, name)
    name = focus.text("ko", close="보다" in joint["with"] or "비" in joint["with"])
    return talk.with_focus(f"{with_particle(name, '은')} {rest}", focus, name)


def _ask_compared(talk: Talk, focus: Focus, other: Thing) -> Rewritten:
    name = focus.text("ko", close=True)
    return talk.with_focus(f"{with_particle(name, '은')} {with_particle(other.text, '이랑')} 비교하면?", focus, name)


def _other_side(talk: Talk, other: Thing) -> Rewritten | None:
    """Return the comparison before with another second side."""
    before = talk.last_reading()
    if len(before.names) < 2 or not re.search(r"차이|비교|다른|다르|달라|보다|공통", before.text):
        return None
    old = before.names[-1]
    told = Antecedent(before.text, len(talk.history) - 1)
    return Rewritten(put(before.text, old.start, old.end, other.text), (told,))


def ask_of_another(talk: Talk) -> Rewritten | None:
    """Complete a turn that only names something: the last question asked of it, or it as a part of the last subject."""
    found = about(talk.asked.text, talk.language)
    if found is None:
        return None
    things = [t for t in talk.asked.things if found.start <= t.start and t.end <= found.end]
    specific = [thing for thing in things if thing.specific]
    if found.same and not (len(specific) == 1 and specific[0].text == found.topic):
        return None
    if not specific:
        return _numbered(talk, found)
    question_mark = talk.asked.text.rstrip().endswith(("?", "？"))
    if not found.marked and (not question_mark or len(found.topic.split()) > 4) and len(found.topic.split()) > 2:
        return None
    if len(specific) == 1 and specific[0].sort in NAMES:
        return _of_name(talk, specific[0], found) if found.marked or question_mark else None
    if any(thing.sort in NAMES for thing in specific) or len(specific) > 2:
        return None
    if not found.marked and (talk.language == "ko" or len(found.topic.split()) > 4):
        return None
    return _part(talk, found)


def _in_section(talk: Talk, focus: Focus) -> bool:
    """Whether the section that was cited speaks of a topic, so that it narrows what was asked before."""
    section = talk.section(focus)
    return bool(section) and talk.stays_in(section)


def _of_name(talk: Talk, new: Thing, found: About) -> Rewritten | None:
    """Complete a turn that holds one name: alone it takes another's place; a score on a benchmark is the subject's."""
    if new.text == found.topic:
        return _substituted(talk, new)
    focus = talk.subject()
    if focus is None or focus.subject[0].sort != "model":
        return None
    used = new.sort == "method" and found.marked and _is_detail(talk, [new])
    return _about_subject(talk, body(talk.asked.text), focus) if used or new.sort == "benchmark" else None


def _substituted(talk: Talk, new: Thing) -> Rewritten | None:
    before = talk.last_reading()
    old = _counterpart(new, before)
    if old is None:
        if new.sort == "benchmark" and (focus := talk.subject()) is not None:
            return _about_subject(talk, body(talk.asked.text), focus)
        return None
    text = _resized(old.text, new.text) if _SIZE.fullmatch(new.text) else new.text
    told = Antecedent(before.text, len(talk.history) - 1)
    if before.language == talk.language:
        return Rewritten(put(before.text, old.start, old.end, text), (told,))
    rest = [t for t in before.things if t is not old]
    if not rest:
        return Rewritten(f"{with_particle(text, '은')} 뭐야?" if talk.language == "ko" else f"What is {text}?", (told,))
    phrase = " ".join([text, *(thing.called(talk.language) for thing in rest)])
    return Rewritten(f"{with_particle(phrase, '은')}?" if talk.language == "ko" else f"{phrase}?", (told,))


def _counterpart(new: Thing, before: Reading) -> Thing | None:
    """Return the name in the question before that a new one takes the place of."""
    names = [thing for thing in before.names if thing.key != new.key]
    same = [thing for thing in names if thing.sort == new.sort]
    if same:
        return same[0]
    if new.sort == "benchmark" and any(thing.sort == "model" for thing in names):
        return None
    return next((thing for thing in names if thing.sort != "benchmark"), None)


def _resized(old: str, size: str) -> str:
    return _SIZE.sub(size, old, count=1) if _SIZE.search(old) else f"{old}-{size}" if "-" in old else f"{old} {size}"


def _numbered(talk: Talk, found: About) -> Rewritten | None:
    """Complete "2는?" after "시스템 1이 뭐야?"."""
    number = re.fullmatch(r"\d+", found.topic)
    before = talk.last_reading()
    old = next((t for t in before.names if re.search(r"\d+$", t.text) and t.sort == "name"), None)
    if number is None or old is None or before.language != talk.language:
        return None
    told = Antecedent(before.text, len(talk.history) - 1)
    new = re.sub(r"\d+$", found.topic, old.text)
    return Rewritten(put(before.text, old.start, old.end, new), (told,))


def _part(talk: Talk, found: About) -> Rewritten | None:
    focus = _holder(talk, found.topic) or talk.subject()
    if focus is None:
        return None
    rest = body(talk.asked.text)
    if _is_compound(focus) and focus.reading.language == talk.language and focus.turn == len(talk.history) - 1:
        first = focus.subject[0]
        told = Antecedent(focus.reading.text, focus.turn)
        return Rewritten(put(focus.reading.text, first.start, first.end, found.topic), (told,))
    if focus.source == "question" and len(focus.subject) > 1 and focus.subject[0].sort == "term":
        name = focus.subject[0].called(talk.language)
        return talk.with_focus(attached(found.topic if talk.language == "en" else rest, name, talk.language), focus, name)
    name = talk.name_of(focus, close=found.within or _in_section(talk, focus))
    if talk.language == "en":
        return talk.with_focus(attached(found.topic, name, "en"), focus, name)
    return talk.with_focus(attached(rest, name, "ko"), focus, name)


def attach(talk: Talk) -> Rewritten | None:
    """Complete a question that says nothing of its topic, or names a detail of the document that was cited last."""
    specific = talk.asked.specific
    rest = body(talk.asked.text)
    words = rest.split()
    if len(words) > _MAX_WORDS or not talk.found or _CODE.search(rest):
        return None
    if not specific and _DEFINES.search(rest) and talk.asked.things and talk.asked.things[0].sort == "general":
        return None
    named = any(thing.sort in NAMES for thing in specific)
    if not specific or (_WHY_EN.match(rest) and all(thing.sort == "category" for thing in specific if thing.sort in NAMES)):
        return _about_subject(talk, rest)
    if len(specific) == 1 and specific[0].key in ("survey", "list") and _WITHIN.match(talk.asked.text, specific[0].end):
        return _about_subject(talk, rest)
    sizes = [thing for thing in specific if _SIZE.fullmatch(thing.text)]
    if sizes and all(thing.sort == "benchmark" or thing in sizes for thing in specific):
        return _of_that_size(talk, sizes[0])
    if specific[0].sort == "benchmark" and len(specific) == 1 and talk.found[0].subject[0].sort == "model":
        return _about_subject(talk, rest)
    if named or len(words) > _MAX_RELATED_WORDS[talk.language] or len(specific) > 2 or not _ASKS_OF[talk.language].search(rest):
        return None
    if _DEFINES.search(rest) or not _is_detail(talk, specific):
        return None
    focus = next(filter(None, (_holder(talk, thing.text) for thing in specific)), None)
    drill = focus is None and bool(talk.section(talk.found[0])) and talk.stays_in(talk.section(talk.found[0]))
    focus = focus or talk.found[0]
    name = talk.name_of(focus, close=True) if drill else _of_any_size(focus.text(talk.language))
    return talk.with_focus(attached(rest, name, talk.language), focus, name)


def _is_compound(focus: Focus) -> bool:
    """Whether a question is about a topic of a kind: "수학 추론용 합성 데이터", which may go on with "코드 쪽은?"."""
    if focus.source != "question" or len(focus.subject) < 2:
        return False
    first, second = focus.subject[:2]
    return bool(re.fullmatch(r"(?:용|형)? | for | in ", focus.reading.text[first.end : second.start]))


def _holder(talk: Talk, topic: str) -> Focus | None:
    """Return the turn whose answer lists a topic as an item: it is asked about as one of these."""
    for focus in talk.found:
        if any(topic.lower() == item.lower() for listing in talk.lister.shown(focus.answer) for item in listing.items):
            return focus
    return None


def _of_any_size(name: str) -> str:
    """Return the name of a family of models for that of one size: what is told of one is told of the family."""
    return re.sub(rf"[ -](?:{_SIZE.pattern})$", "", name)


def _about_subject(talk: Talk, rest: str, focus: Focus | None = None) -> Rewritten | None:
    """Return a question about the last subject; with what narrows it, unless it is asked of the whole."""
    focus = focus or talk.subject()
    if focus is None:
        return None
    title = heading(focus.answer)
    if _OTHERS.search(rest) and title and focus.subject[0].sort == "method" and focus.answer.citations[0].language == talk.language:
        return talk.with_focus(attached(rest, title, talk.language), focus, title)
    name = talk.name_of(focus, close=True)
    if talk.about_the_whole:
        name = _of_any_size(name)
    return talk.with_focus(attached(rest, name, talk.language), focus, name)


def _of_that_size(talk: Talk, size: Thing) -> Rewritten | None:
    """Complete "the 7B" as the model of that size in the family spoken of."""
    focus = talk.subject()
    if focus is None or focus.subject[0].sort != "model":
        return None
    name = _resized(focus.text(talk.language), size.text)
    text = talk.asked.text
    start = size.start - (4 if text[: size.start].lower().endswith("the ") else 0)
    tested = next((thing.text for thing in focus.scope if thing.sort == "benchmark"), "")
    tested = "" if any(thing.sort == "benchmark" for thing in talk.asked.specific) else tested
    question = body(put(text, start, size.end, f"{name} {tested}".strip() if talk.language == "ko" else name))
    if tested and talk.language == "en":
        question = f"{question.rstrip('?! .')} on {tested}?"
    return talk.with_focus(question, focus, name)


def _is_detail(talk: Talk, specific: Sequence[Thing]) -> bool:
    """Whether the document that was cited last holds the words of the question, none of which was its subject."""
    if any(thing.key in focus.key for focus in talk.found[:2] for thing in specific):
        return False
    few = len(body(talk.asked.text).split()) <= _FEW_WORDS[talk.language]
    rare = any(thing.sort == "term" and thing.rarity > _MAX_RARITY for thing in specific)
    if few and not rare and not any(thing.sort in NAMES for thing in specific):
        return True
    answered = next((focus for focus in talk.found if focus.answer.citations), None)
    cited = talk.cited(answered) if answered else None
    if cited is None or (rare and not few):
        return False
    text = cited.text.lower()
    return all(holds(text, thing) for thing in specific)
