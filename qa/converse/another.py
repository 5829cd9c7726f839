"""A turn that only names something in, the last question asked of that out: "Llama 3는?", "and for code?"."""

import re

from qa.converse.attach import ask_of_subject, holder, is_asked_itself, is_detail, resized
from qa.converse.focus import Focus
from qa.converse.names import SIZE
from qa.converse.phrase import attached
from qa.converse.talk import Rewritten, Talk, holds
from qa.converse.things import NAMES, Reading, Thing
from qa.converse.turn import About, about, body
from qa.words.particles import put, with_particle

_MAX_TOPICS = 2
_MAX_MARKED_WORDS, _MAX_WORDS = 2, 4  # of a turn that shows by nothing, or only by its question mark, that it goes on
_UNHEARD = 0.95  # the rarity of a word that no table knows
_SCORED = ("model", "method", "name", "work")  # what may have a score on a benchmark
_OF_A_KIND = re.compile("(?:용|형)? | for | in ")
_DEFINITION = re.compile(r".*[가-힣A-Za-z)]{2,}의 (?:정의|뜻|의미)")
_NUMBERED = re.compile(r"(?<![\w.-])(?P<number>\d+)(?P<unit> ?[가-힣]*)")


def ask_of_another(talk: Talk) -> Rewritten | None:
    """Complete a turn that only names something: the last question asked of it, or it as a part of the last subject."""
    found = about(talk.asked.text, talk.language)
    if found is None:
        return None
    specific = [t for t in talk.asked.specific if found.start <= t.start and t.end <= found.end]
    numbered = _numbered(talk, found)
    if not specific or numbered:
        return numbered
    alone = len(specific) == 1 and specific[0].text == found.topic
    if (found.same and not alone) or not _goes_on(talk, found):
        return None
    if len(specific) == 1 and specific[0].sort in NAMES:
        return _of_name(talk, specific[0], found)
    if any(thing.sort in NAMES for thing in specific) or len(specific) > _MAX_TOPICS:
        return None
    return _part(talk, found) if found.marked or talk.language == "en" else None


def put_right(talk: Talk) -> Rewritten | None:
    """Complete a turn that only names what was meant: the last question of that, whatever it was asked of."""
    new, before = talk.asked.specific, talk.before
    if len(new) != 1 or talk.asked.text.rstrip("?") != new[0].text or before.language != talk.language:
        return None
    old = _counterpart(new[0], before) or next((thing for thing in before.specific if thing.key != new[0].key), None)
    if old is None:
        question = attached(before.text, new[0].text, talk.language)
    else:
        question = put(before.text, old.start, old.end, _resized(old, new[0]))
    return Rewritten(question, (talk.asked_before(),))


def _goes_on(talk: Talk, found: About) -> bool:
    """Whether something shows that a turn goes on from the last question: a particle, a word, or a question mark."""
    words = len(found.topic.split())
    questions = talk.asked.text.rstrip().endswith(("?", "？"))
    if found.marked or (questions and words <= _MAX_WORDS):
        return True
    named = any(thing.sort in NAMES for thing in talk.asked.specific)
    return words <= _MAX_MARKED_WORDS and not named


def _of_name(talk: Talk, new: Thing, found: About) -> Rewritten | None:
    """Complete a turn that holds one name: alone it takes another's place; a score on a benchmark is the subject's."""
    if new.text == found.topic:
        return _substituted(talk, new)
    focus = talk.subject()
    if focus is None or is_asked_itself(talk, new):
        return None
    if focus.subject[0].sort not in (_SCORED if new.sort == "benchmark" else ("model",)):
        return None
    used = new.sort == "method" and found.marked and is_detail(talk, (new,))
    return ask_of_subject(talk, focus) if used or new.sort == "benchmark" else None


def _substituted(talk: Talk, new: Thing) -> Rewritten | None:
    before = talk.before
    old = _counterpart(new, before)
    if old is None:
        return ask_of_subject(talk) if new.sort == "benchmark" else None
    text = _resized(old, new)
    if before.language == talk.language:
        return Rewritten(put(before.text, old.start, old.end, text), (talk.asked_before(),))
    rest = [thing.called(talk.language) for thing in before.things if thing is not old]
    if talk.language == "ko":
        question = f"{with_particle(' '.join([text, *rest]), '은')}{'' if rest else ' 뭐야'}?"
    else:
        question = f"{' '.join([text, *rest])}?" if rest else f"What is {text}?"
    return Rewritten(question, (talk.asked_before(),))


def _resized(old: Thing, new: Thing) -> str:
    return resized(old.text, new.text) if SIZE.fullmatch(new.text) else new.text


def _counterpart(new: Thing, before: Reading) -> Thing | None:
    """Return the name in the question before that a new one takes the place of."""
    names = [thing for thing in before.names if thing.key != new.key]
    same = next((thing for thing in names if thing.sort == new.sort), None)
    if same is not None:
        return same
    if new.sort == "benchmark":  # a paper may be about one: "StructEval은?" after "AutoIF의 저자는?"
        return next((thing for thing in names if thing.sort in ("name", "work")), None)
    return next((thing for thing in names if thing.sort != "benchmark"), None)


def _numbered(talk: Talk, found: About) -> Rewritten | None:
    """Complete "2는?" after "시스템 1이 뭐야?", "2세대는?" after "1세대는 언제 나왔어?"."""
    before, new = talk.before, _NUMBERED.fullmatch(found.topic)
    if new is None or before.language != talk.language:
        return None
    told = [old for old in _NUMBERED.finditer(before.text) if old["number"] != new["number"]]
    same = [old for old in told if new["unit"] and old["unit"].startswith(new["unit"])]
    if not same and (new["unit"] or len(told) != 1):
        return None
    old = (same or told)[0]
    question = put(before.text, old.start("number"), old.end("number"), new["number"])
    return Rewritten(question, (talk.asked_before(),))


def _part(talk: Talk, found: About) -> Rewritten | None:
    """Complete a turn that names a topic: a part of the last subject, or another of its kind; not what something is."""
    if _DEFINITION.fullmatch(found.topic):
        return None
    if (old := _sibling(talk, found)) is not None:
        return Rewritten(put(talk.before.text, old.start, old.end, found.topic), (talk.asked_before(),))
    focus = holder(talk, found.topic) or talk.subject()
    if focus is None:
        return None
    first, last = focus.subject[0], focus.turn == len(talk.history) - 1
    if last and focus.reading.language == talk.language and _is_of_a_kind(focus):
        question = put(focus.reading.text, first.start, first.end, found.topic)
        return Rewritten(question, (talk.asked_before(),))
    name = talk.name_of(focus, close=found.within or talk.tells(focus))
    if focus.source == "question" and len(focus.subject) > 1 and first.sort == "term":
        name = first.called(talk.language)
    rest = found.topic if talk.language == "en" else body(talk.asked.text)
    return talk.completed(attached(rest, name, talk.language), focus, name)


def _sibling(talk: Talk, found: About) -> Thing | None:
    """Return what the question before is about, where that and a topic are words that no table knows: names, mostly."""
    before = [thing for thing in talk.before.specific if _is_unheard(thing)]
    new = [thing for thing in talk.asked.specific if _is_unheard(thing) and thing.text == found.topic]
    if len(new) != 1 or len(before) != 1 or talk.before.names or talk.before.language != talk.language or found.within:
        return None
    cited = talk.cited_last()
    is_told = cited is not None and all(holds(cited.text.lower(), thing) for thing in (*new, *before))
    return before[0] if is_told else None


def _is_unheard(thing: Thing) -> bool:
    return thing.sort == "term" and thing.rarity >= _UNHEARD


def _is_of_a_kind(focus: Focus) -> bool:
    """Whether a question is about a topic of a kind: "수학 추론용 합성 데이터", which may go on with "코드 쪽은?"."""
    if focus.source != "question" or len(focus.subject) < 2:
        return False
    first, second = focus.subject[:2]
    return bool(_OF_A_KIND.fullmatch(focus.reading.text[first.end : second.start]))
