"""Text in, the methods and categories it names out, as people type them. Does not know what is asked about them.

A name is compared as a key: lower case, without spaces, hyphens, accents or a Korean particle. Names that are ordinary
words ("star", "스핀") are found but not `certain` unless they are written with their capitals.
"""

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from qa.category.spelling import Speller, spelled_out
from qa.category.taxonomy import Category, Method, Taxonomy

Kind = Literal["method", "category"]
How = Literal["exact", "typo", "title"]

_TOKEN = re.compile(r"[가-힣]+|[a-z]+|\d+|[^\W\d_a-z가-힣]+")
_ARXIV = re.compile(r"(?<![\d.])(\d{4}\.\d{4,5})(?:v\d+)?(?!\d)")
_MAX_TOKENS = 24
_MIN_TITLE_PART = 3
_NOUN = "방법론|방법|기법|모델|논문|알고리즘|방식|연구|접근법|접근|프레임워크|계열|데이터셋|학습법|데이터"
_PARTICLE = (
    "이라는|라는|이란|란|이라면|라면|이랑|랑|은|는|이야|야|이|가|을|를|의|에서는|에서|에는|에게|에|으로는|으로|로는|로|과는|과|와는|와|도|만"
    "|하고|이나|나|처럼|보다|까지|부터|들|같은|이고|인데|인가|인지|이지|지|요|이에요|예요|입니다|임|등"
)
TAIL = re.compile(rf"(?:{_NOUN})?(?:{_PARTICLE}){{0,3}}")

_ORDINARY = frozenset(
    """star bond critic pro more matrix core diverse quark aligner parrot gorilla shepherd salmon zephyr voyager
    grace raft rad spin alpaca llama lima mario mammoth humpback sector glam almost rest react mic dromedary
    expo sami ste cd mot tot dera trice apo ida ipo baize lema eto mips ilf selfimprove selfimprovement
    selfimproving selfverification selfverify selfverifying selftraining selfalignment selfaligning selftalk
    selfchat selfreward trialanderror liedetection languagefeedback naturallanguagefeedback falsepromise
    behaviorshift behaviourshift twoplayergame twoplayergames negotiationgame booksummarization
    syntheticfeedback moraldialogue moraldiscussions zeroshotdataaugmentation consensusgame debate debates
    debating code coding programming math maths mathematics agent agents imitation uncertainty verifier
    verifiers robotics decomposition mechanisms embodiment selfconsistency tooluse longform oss 스핀 본드 크리틱
    매트릭스 마리오 라마 제퍼 앵무새 혹등고래 섹터 고릴라 알파카 쿼크 엑스포 보이저 매머드 맘모스 데라 우리알
    사미 리마 레마 살몬 새먼 래프트 협상게임 자기대화 시행착오 거짓말탐지 책요약 도서요약 도덕대화 자기개선
    자가개선 자체개선 자기향상 자기검증 자체검증 자가검증 자기보상 자기훈련 자기정렬 언어피드백 자연어피드백
    비평능력 단계별검증 토론 논쟁 디베이트 코드 코딩 프로그래밍 수학 에이전트 검증기 불확실성 체화 문제분해
    작업분해 역번역 실행피드백 공유가치 집단지성 모델외삽 요약학습 응답순위화 지식갱신전파""".split()
)


# "Tell me more about", "the rest of": here ordinary words are no names.
_AS_WORDS = re.compile(
    r"\b(?:tell|know|say|learn|hear|explain|see|read|show)\b(?: \w+){0,2} more\b"
    r"|\b(?:some|any|no|much|one|once|a bit) more\b|\bmore (?:about|on|of|details?|info\w*|than)\b|^more\W*$"
    r"|\b(?:the|all) rest\b|\brest of\b"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text, as `text[start:end]`; several `ids` mean that it is ambiguous."""

    kind: Kind
    ids: tuple[str, ...]
    start: int
    end: int
    written: str
    how: How = "exact"
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Token:
    """One run of letters of one script, or of digits, in lower case."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: Kind
    ids: tuple[str, ...]
    official: str


def fold(text: str) -> str:
    """Return `text` in lower case without accents or wide forms, of the same length."""
    return "".join(_fold_char(char) for char in text)


def tokens(text: str) -> list[Token]:
    """Return the runs of letters and digits of `text`."""
    return [Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(fold(text))]


def key_of(text: str) -> str:
    """Return the form in which names are compared."""
    return _unify("".join(token.text for token in tokens(text)))


class NameFinder:
    """Finds the taxonomy's names. `is_common` says of a lower-case word that it is no misspelt name."""

    def __init__(self, taxonomy: Taxonomy, is_common: Callable[[str], bool] = lambda word: False) -> None:
        self._entries = _entries(taxonomy)
        self._titles = _title_parts(taxonomy)
        self._arxiv = {method.arxiv_id: method.method_id for method in taxonomy.methods.values() if method.arxiv_id}
        self._speller = Speller(self._entries)
        words = itertools.chain.from_iterable(
            tokens(f"{c.definition_en} {c.definition_ko} {c.name_en} {c.name_ko}") for c in taxonomy.categories.values()
        )
        self._domain = frozenset(token.text for token in words)
        self._is_common = is_common

    def find(self, text: str) -> list[Mention]:
        """Return the exact names in `text`, longest first where they overlap, in order."""
        found = self._arxiv_ids(text)
        all_tokens = tokens(text)
        words = [match.span() for match in _AS_WORDS.finditer(text.lower())] if text.isascii() else []
        at = 0
        while at < len(all_tokens):
            mention, used = self._longest(text, all_tokens, at)
            is_word = mention and mention.written.islower() and any(s <= mention.start < e for s, e in words)
            if mention and not is_word and not any(m.start <= mention.start < m.end for m in found):
                found.append(mention)
            at += used
        return sorted(found, key=lambda mention: mention.start)

    def guess(self, text: str) -> Mention | None:
        """Return the closest misspelt name in `text`, if one is close enough: one or two letters in a long name."""
        all_tokens = tokens(text)
        best: tuple[float, Mention] | None = None
        for size in range(1, 6):
            for at in range(len(all_tokens) - size + 1):
                span = all_tokens[at : at + size]
                if all(self._ordinary_word(token.text) for token in span):
                    continue
                for key in self._keys(span):
                    close = self._speller.closest(key)
                    if close and (best is None or (close[1], -len(key)) < (best[0], -len(best[1].written))):
                        entry = self._entries[close[0]]
                        start, end = span[0].start, span[-1].end
                        best = close[1], Mention(entry.kind, entry.ids, start, end, text[start:end], "typo")
        return best[1] if best else None

    def title_part(self, text: str) -> Mention | None:
        """Return the method of whose title `text` holds the longest part, at least three words with two of content."""
        all_tokens = tokens(text)
        for size in range(min(_MAX_TOKENS, len(all_tokens)), _MIN_TITLE_PART - 1, -1):
            for at in range(len(all_tokens) - size + 1):
                span = all_tokens[at : at + size]
                ids = self._titles.get(tuple(token.text for token in span))
                if ids and len(ids) == 1:
                    start, end = span[0].start, span[-1].end
                    return Mention("method", tuple(ids), start, end, text[start:end], "title")
        return None

    def _arxiv_ids(self, text: str) -> list[Mention]:
        found = []
        for match in _ARXIV.finditer(text):
            if match[1] in self._arxiv:
                found.append(Mention("method", (self._arxiv[match[1]],), match.start(), match.end(), match.group()))
        return found

    def _longest(self, text: str, all_tokens: Sequence[Token], at: int) -> tuple[Mention | None, int]:
        for size in range(min(_MAX_TOKENS, len(all_tokens) - at), 0, -1):
            span = all_tokens[at : at + size]
            for key in self._keys(span):
                entry = self._entries.get(key)
                if entry and not _broken(text, span) and not _inside_a_word(text, span):
                    start, end = span[0].start, span[-1].end
                    mention = Mention(entry.kind, entry.ids, start, end, text[start:end])
                    return replace(mention, certain=self._certain(text, mention, key, entry)), size
        return None, 1

    def _keys(self, span: Sequence[Token]) -> Iterable[str]:
        """Yield the keys that a span may stand for: whole, without a plural s, without particles."""
        whole = _unify("".join(token.text for token in span))
        yield whole
        last = span[-1].text
        if "가" <= last[0] <= "힣":
            for size in range(len(last) - 1, 0 if len(span) > 1 else 1, -1):
                if TAIL.fullmatch(last[size:]):
                    yield _unify("".join(token.text for token in span[:-1]) + last[:size])
        elif len(whole) > 3:
            yield whole[:-1] if whole.endswith("s") else whole + "s"
            if len(span) > 1 and last == "s":
                yield whole[:-1]

    def _certain(self, text: str, mention: Mention, key: str, entry: _Entry) -> bool:
        if key not in _ORDINARY and key.rstrip("s") not in _ORDINARY and not (len(key) <= 3 and key.isalpha()):
            return True
        if re.match(r" [A-Z][A-Za-z]", text[mention.end :]):  # "REST API", "Llama Guard": part of a longer name
            return False
        capitals = sum(char.isupper() for char in entry.official)
        own = sum(char.isupper() for char in mention.written)
        if capitals >= 2 or own >= 2:
            return own >= 2 and not _shouted(text)
        korean = any("가" <= char <= "힣" for char in text)
        return own == 1 and (mention.start > 0 or korean) and mention.kind == "method"

    def _ordinary_word(self, word: str) -> bool:
        return len(word) < 3 or word in self._domain or self._is_common(word)


@lru_cache(maxsize=20_000)
def _fold_char(char: str) -> str:
    if "가" <= char <= "힣":
        return char
    plain = unicodedata.normalize("NFKD", char).lower()
    return next((c for c in plain if not unicodedata.combining(c)), " ")


def _unify(key: str) -> str:
    """Return a key with the Korean spellings of AI, LLM and LM in Latin letters."""
    if key.isascii():
        return key
    for korean, latin in (("인공지능", "ai"), ("에이아이", "ai"), ("엘엘엠", "llm"), ("엘엠", "lm"), ("지피티", "gpt")):
        key = key.replace(korean, latin)
    return key


def _broken(text: str, span: Sequence[Token]) -> bool:
    """Whether a sentence ends, or more than a few marks stand, between two tokens of a span."""
    gaps = (text[before.end : after.start] for before, after in zip(span, span[1:], strict=False))
    return any(len(gap) > 4 or re.search(r"[.?!;]\s|\n", gap) for gap in gaps)


def _inside_a_word(text: str, span: Sequence[Token]) -> bool:
    """Whether Latin letters or digits touch the span, or a hyphen joins it to a Latin word before it."""
    start, end = span[0].start, span[-1].end
    before, after = text[max(0, start - 2) : start], text[end : end + 1]
    if re.search(r"[A-Za-z0-9]$", before) or re.search(r"[A-Za-z]-$", before):
        return True
    return bool(re.match(r"[A-Za-z0-9]", after)) or after == "+"


def _shouted(text: str) -> bool:
    """Whether all of several Latin words are in capitals, so that capitals say nothing."""
    words = re.findall(r"[A-Za-z]{2,}", text)
    return len(words) > 2 and all(word.isupper() for word in words)


def _entries(taxonomy: Taxonomy) -> dict[str, _Entry]:
    names: dict[str, dict[tuple[Kind, str], str]] = defaultdict(dict)
    for category in taxonomy.categories.values():
        for written in _category_names(category):
            names[key_of(written)].setdefault(("category", category.category_id), written)
    for method in taxonomy.methods.values():
        for written in _method_names(method):
            names[key_of(written)].setdefault(("method", method.method_id), written)
    for ambiguity in taxonomy.ambiguous:
        for method_id in ambiguity.methods:
            names[key_of(ambiguity.alias)].setdefault(("method", method_id), ambiguity.alias)
    entries = {}
    for key, owners in names.items():
        kinds = {kind for kind, _ in owners}
        kind: Kind = "method" if "method" in kinds else "category"
        ids = tuple(owner for of, owner in owners if of == kind)
        entries[key] = _Entry(kind, ids, next(w for (of, _), w in owners.items() if of == kind))
    entries.pop("", None)
    return entries


def _category_names(category: Category) -> Iterable[str]:
    yield from (category.name_en, category.name_ko, category.category_id, *category.aliases_en, *category.aliases_ko)


def _method_names(method: Method) -> Iterable[str]:
    yield from (method.name, method.title, method.method_id, *method.aliases, *method.aliases_ko)
    head, colon, rest = method.title.partition(":")
    if colon:
        yield from (part for part in (head, rest) if len(tokens(part)) >= _MIN_TITLE_PART)
    for alias in method.aliases:
        surname = re.fullmatch(r"(.+?) et al\.?(?: \d{4})?", alias)
        if surname:
            yield from (f"{surname[1]} and colleagues", f"{surname[1]} 등", f"{surname[1]} et al")
    yield from spelled_out(method.name)


def _title_parts(taxonomy: Taxonomy) -> dict[tuple[str, ...], frozenset[str]]:
    parts: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for method in taxonomy.methods.values():
        words = [token.text for token in tokens(method.title)]
        for start, end in itertools.combinations(range(len(words) + 1), 2):
            part = tuple(words[start:end])
            if len(part) >= _MIN_TITLE_PART and sum(len(word) > 3 for word in part) >= 2:
                parts[part].add(method.method_id)
    return {part: frozenset(ids) for part, ids in parts.items()}
