"""Question terms in, what they are called in each language out: the lexical bridge between Korean and English.

A unit is one thing that the question names: a glossary entry of one or more words, or a single term. Its forms are
scored as alternatives (probabilistic structured queries, Darwish & Oard, 2003). The glossary outranks the learned
table. Scores nothing itself.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from index import analyse
from index.analyse import Analyser, Term
from index.load import Language
from qa.kept import kept_terms

_MAX_ENTRY_TERMS = 6
_MAX_FORMS = 6
SYNONYM_WEIGHT = 0.6
_PARTS_WEIGHT = 0.3
_ALL_PARTS = 0.6  # how well a text holds a name of which it holds every part
_ENGLISH_IN_KOREAN = 0.5
TABLE_BESIDE_GLOSSARY = 0.3
_CODE = (analyse, sys.modules[__name__])  # what decides which terms a rendering has
HOLDS = 0.5  # the strength from which a unit is held
_DIRECTIONS: tuple[tuple[Language, Language], ...] = (("ko", "en"), ("en", "ko"))


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a unit: its terms, how likely it is (0 to 1), and how it is written."""

    terms: tuple[str, ...]
    weight: float
    written: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing named in the question, as written there, with its forms in both languages, likeliest first.

    `rarity` is its idf in general text relative to the highest, 0 to 1: low for everyday words. A `predicate` is a
    verb, an adjective or an adverb.
    """

    written: str
    language: Language
    own: tuple[str, ...]
    forms: Mapping[Language, tuple[Form, ...]]
    rarity: float = 1.0
    predicate: bool = False

    def groups(self, language: Language) -> list[dict[str, float]]:
        """Return the unit as alternatives for `TermIndex.scores`: the i-th group holds the i-th words of all forms."""
        groups: list[dict[str, float]] = []
        for form in self.forms[language]:
            for at, term in enumerate(form.terms):
                if at == len(groups):
                    groups.append({})
                groups[at][term] = max(form.weight, groups[at].get(term, 0.0))
        return groups

    def match(self, present: frozenset[str] | set[str], language: Language) -> tuple[float, Form | None]:
        """Return how well a set of terms holds the unit, 0 to 1, and by which form."""
        best, by = 0.0, None
        for form in self.forms[language]:
            share = sum(term in present for term in form.terms) / len(form.terms)
            strength = max(form.weight, 0.5) * 0.95
            if form.terms == self.own:
                strength = form.weight
            elif form.written == self.written:  # a name in its parts
                strength = _ALL_PARTS if share == 1 else form.weight
            if share * strength > best:
                best, by = share * strength, form
        return best, by


_Matches = tuple[tuple[float, Form | None], ...]  # of every unit: how well it is held, 0 to 1, and by which form


class Matcher:
    """Says how well sets of terms hold the units of one question; what was compared is remembered."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = tuple(units)
        self._vocabulary: dict[Language, frozenset[str]] = {
            language: frozenset(term for unit in units for form in unit.forms[language] for term in form.terms)
            for language in ("ko", "en")
        }
        self._known: dict[tuple[Language, frozenset[str]], tuple[_Matches, tuple[float, ...]]] = {}

    def vocabulary(self, language: Language) -> list[str]:
        """Return all index terms that passages of a language are looked through for, sorted."""
        return sorted(self._vocabulary[language])

    def matches(self, present: frozenset[str], language: Language) -> _Matches:
        """Return for every unit how well a set of terms holds it, 0 to 1, and by which form."""
        return self._compared(present, language)[0]

    def strengths(self, present: frozenset[str], language: Language) -> tuple[float, ...]:
        """Return for every unit how well a set of terms holds it, 0 to 1."""
        return self._compared(present, language)[1]

    def coverage(self, present: frozenset[str], language: Language, idfs: Sequence[float]) -> float:
        """Return the share of the units' idf mass that a set of terms holds, 0 to 1."""
        return weighed(idfs, self.strengths(present, language))

    def _compared(self, present: frozenset[str], language: Language) -> tuple[_Matches, tuple[float, ...]]:
        key = language, present & self._vocabulary[language]
        found = self._known.get(key)
        if found is None:
            matches = tuple(unit.match(key[1], language) for unit in self.units)
            found = self._known[key] = matches, tuple(strength for strength, _ in matches)
        return found


def left_by(weights: Sequence[float], strengths: Sequence[float]) -> list[float]:
    """Return the units' weights, 0 for those that are held."""
    return [0.0 if strength >= HOLDS else weight for weight, strength in zip(weights, strengths, strict=True)]


def held_by(weights: Sequence[float], strengths: Sequence[float]) -> float:
    """Return the sum of the weights of the units that are held."""
    return sum(weight for weight, strength in zip(weights, strengths, strict=True) if strength >= HOLDS)


def weighed(idfs: Sequence[float], strengths: Sequence[float]) -> float:
    """Return the mean of the units' strengths, each weighing as much as it says; 0 where none says anything."""
    return sum(idf * strength for idf, strength in zip(idfs, strengths, strict=True)) / (sum(idfs) or 1.0)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that the analyser gave whole and in parts: LLaMA-2 as llama2, llama and 2."""

    whole: str
    parts: tuple[str, ...]
    start: int
    end: int

    def covers(self, term: Term) -> bool:
        return self.start <= term.start and term.end <= self.end


class Bridge:
    """The glossary and the learned translation table."""

    def __init__(
        self,
        glossary: Iterable[tuple[str, str]],
        table: Iterable[tuple[str, str, float]],
        frequencies: Mapping[str, int],
        analyser: Analyser,
        kept_in: Path | None = None,
    ) -> None:
        """Take renderings (Korean, English), best first, and learned entries (Korean, English, weight).

        `frequencies` are of documents in general text, their number under ""; terms are kept in `kept_in`, if given.
        """
        self._frequencies = frequencies
        self._predicates = analyser.predicates
        self._renderings: dict[Language, dict[str, list[str]]] = {"ko": defaultdict(list), "en": defaultdict(list)}
        for ko, en in glossary:
            self._renderings["ko"][ko].append(en)
            self._renderings["en"][en].append(ko)
        texts = list(dict.fromkeys(text for texts in self._renderings.values() for text in texts))
        read = partial(_key, analyser)
        keys = kept_terms(texts, read, kept_in, _CODE) if kept_in else map(read, texts)
        self._keys = dict(zip(texts, keys, strict=True))
        self._entries: dict[tuple[str, ...], list[str]] = defaultdict(list)  # what each key is written as
        for text, key in self._keys.items():
            if 0 < len(key) <= _MAX_ENTRY_TERMS:
                self._entries[key].append(text)
        self._table: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for ko, en, weight in table:
            self._table[ko].append((en, weight))
            self._table[en].append((ko, weight))

    @classmethod
    def load(
        cls,
        glossary: Path,
        model: Path,
        analyser: Analyser,
        names: Iterable[tuple[str, str]] = (),
        kept_in: Path | None = None,
    ) -> "Bridge":
        """Read the glossary (`ko<TAB>en<TAB>domain`, with a header) and the bundled model's table and frequencies.

        `names` are further renderings (Korean, English).
        """
        lines = glossary.read_text(encoding="utf-8").splitlines()[1:]
        entries = [line.split("\t")[:2] for line in lines if line.strip()]
        table = [line.split("\t") for line in (model / "bridge.tsv").read_text(encoding="utf-8").splitlines()]
        counts = [line.split("\t") for line in (model / "frequencies.tsv").read_text(encoding="utf-8").splitlines()]
        return cls(
            [*((ko, en) for ko, en in entries), *names],
            [(ko, en, float(weight)) for ko, en, weight in table],
            {term: int(count) for term, count in counts},
            analyser,
            kept_in,
        )

    def units(self, terms: Sequence[Term], text: str) -> list[Unit]:
        """Divide a question's terms into units, the longest glossary entries first, in the question's order.

        A name that was analysed whole and in parts is one unit; a unit that is named twice counts once.
        """
        names = _names(terms)
        plain = [term for term in terms if not any(name.covers(term) for name in names)]
        stops: list[Term | _Name] = sorted([*plain, *names], key=lambda item: item.start)
        units: dict[tuple[str, ...], Unit] = {}
        at = 0
        while at < len(stops):
            for size in range(min(_MAX_ENTRY_TERMS, len(stops) - at), 0, -1):
                span = stops[at : at + size]
                key = tuple(text for stop in span for text in (stop.parts if isinstance(stop, _Name) else (stop.text,)))
                if size == 1 or key in self._entries:
                    whole = span[0].whole if size == 1 and isinstance(span[0], _Name) else None
                    units.setdefault(key, self._unit(key, text[span[0].start : span[-1].end], whole))
                    at += size
                    break
        return list(units.values())

    def english(self) -> Iterable[str]:
        """Return the English terms of the glossary."""
        return self._renderings["en"]

    def is_common(self, term: str) -> bool:
        """Whether general text knows an index term."""
        return term in self._frequencies

    def _unit(self, key: tuple[str, ...], written: str, whole: str | None) -> Unit:
        korean = any("가" <= char <= "힣" for char in "".join(key))
        language: Language = "ko" if korean else "en"
        entry = self._entry(key)
        other: Language = "en" if korean else "ko"
        own = Form((whole,) if whole else key, 1.0, written)
        translated = list(entry[other])
        damping = TABLE_BESIDE_GLOSSARY if translated else 1.0
        if len(key) == 1:
            known = {form.terms for form in translated}
            learned = sorted(self._table.get(key[0], ()), key=lambda one: -one[1])
            translated += [Form((term,), weight * damping, term) for term, weight in learned if (term,) not in known]
        if not korean:  # Korean texts keep many English names and terms as they are
            translated.insert(0, own)
        same = [*entry[language]]
        if korean:  # Korean texts give many terms in English, alone or in brackets
            english = [replace(form, weight=form.weight * _ENGLISH_IN_KOREAN) for form in entry["en"][:2]]
            same[3:3] = english
        if whole:
            same.insert(0, Form(key, _PARTS_WEIGHT, written))
            translated.insert(1, same[0])
        forms = {language: (own, *same)[:_MAX_FORMS], other: tuple(translated[:_MAX_FORMS])}
        return Unit(written, language, own.terms, forms, self._rarity(key), self._predicates.issuperset(key))

    def _rarity(self, terms: tuple[str, ...]) -> float:
        documents = self._frequencies.get("", 1)
        rarest = min(self._frequencies.get(term, 1) for term in terms)
        return 1 - math.log(rarest) / math.log(documents) if documents > 1 else 1.0

    def _entry(self, key: tuple[str, ...]) -> dict[Language, list[Form]]:
        """Return what the glossary has for some terms: their renderings, and what has a rendering in common."""
        forms: dict[Language, list[Form]] = {"ko": [], "en": []}
        written = self._entries.get(key, ())
        for own, other in _DIRECTIONS:
            renderings, back = self._renderings[own], self._renderings[other]
            for text in written:
                if text in renderings:
                    self._add(forms[other], key, renderings[text], 1.0)
                    same = [one for rendering in renderings[text] for one in back[rendering] if one != text]
                    self._add(forms[own], key, same, SYNONYM_WEIGHT)
        return forms

    def _add(self, forms: list[Form], key: tuple[str, ...], written: Iterable[str], weight: float) -> None:
        for text in dict.fromkeys(written):
            terms = self._keys[text]
            if terms and terms != key and all(form.terms != terms for form in forms):
                forms.append(Form(terms, weight, text))


def _names(terms: Sequence[Term]) -> list[_Name]:
    """Return the widest spans that were analysed whole and in parts, in order."""
    names: list[_Name] = []
    for whole in sorted(terms, key=lambda term: (term.start, -term.end)):
        inside = [t for t in terms if t is not whole and whole.start <= t.start and t.end <= whole.end]
        parts = tuple(t.text for t in inside if t.text != whole.text and not t.text.startswith(whole.text[:-1] + "#"))
        if len(parts) >= 2 and "".join(parts).startswith(whole.text[:2]) and not any(n.covers(whole) for n in names):
            names.append(_Name(whole.text, parts, whole.start, whole.end))
    return names


def _key(analyser: Analyser, text: str) -> tuple[str, ...]:
    """Return the terms of a glossary entry in order, one a word: a hyphenated word gives its parts only."""
    return tuple(term for term in analyser.words(text.replace("-", " ").replace("/", " ")))
