"""A question about the taxonomy in, a CategoryAnswer out: a method's categories, a list, a comparison, a prediction.

Every citation is looked up through `cite.locate`, so its quotation stands in the stored document. Searches no index
itself; `search`, where given, finds the passages of the Library that name a method nobody filed.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from index.analyse import Analyser, is_name_like
from index.embed import Embedder
from index.load import Document, Language
from index.sentences import sentence_spans
from index.storage.record import StoredPassage
from qa.answer import Citation
from qa.category.answer import AnswerKind, CategoryAnswer, Compared, Predicted
from qa.category.filings import Filer, belongs
from qa.category.intent import Intent, asks_of_one, asks_what_it_does, describes, interpret, topic_of
from qa.category.names import Mention, NameFinder, key_of
from qa.category.notes import SurveyNotes
from qa.category.predict import FITTED, Fitted, Predictor, Source, sources_of
from qa.category.taxonomy import CategoryPath, Method, Taxonomy
from qa.category.wording import word
from qa.question.query import question_language
from qa.words.bridge import Bridge
from qa.words.patterns import compiled

__all__ = ["CategoryAnswer", "CategoryFinder"]

_COMMON_FROM = 0.72
_NAMED_SHARE = 0.85
_SHORT_RELEVANT = 0.9
_METHOD_NOUN = compiled(
    r"방법|기법|방식|논문|접근|학습|모델|연구|프레임워크|\b(?:method|approach|technique|paper|framework|training"
    r"|model|algorithm)"
)
_NAME = re.compile(r"[A-Za-z][\w+.\-]*(?: [A-Z0-9][\w+.\-]*){0,3}")


class CategoryFinder:
    """Answers questions about the taxonomy."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        analyser: Analyser,
        embedder: Embedder,
        bridge: Bridge,
        document: Callable[[str], Document | None],
        edition: Callable[[str, str], Document | None],
        search: Callable[[str], Sequence[StoredPassage]] | None = None,
    ) -> None:
        self.taxonomy = taxonomy
        self._analyser, self._embedder, self._bridge = analyser, embedder, bridge
        self._search = search
        self.finder = NameFinder(taxonomy, self._is_common)
        self.notes = SurveyNotes(taxonomy, self.finder, document, edition)
        self.filer = Filer(taxonomy, self.notes, self.finder, document)

    @cached_property
    def predictor(self) -> Predictor:
        """What predicts categories of descriptions; made when first needed."""
        fitted = Fitted.load() if FITTED.is_file() else None
        sources = sources_of(self.taxonomy, self.notes.sources())
        return Predictor(self.taxonomy, sources, self._analyser, self._embedder, self._bridge, fitted)

    def recognise(self, question: str) -> bool:
        """Whether a question asks for a category, a list or a comparison, or is only a method's name."""
        if len(question) > 600 or asks_what_it_does(question):
            return False
        intent = interpret(question, self.finder)
        if len(intent.rest) >= 5 and asks_of_one(question) and not intent.exact:
            return True
        if intent.elsewhere:
            return False
        methods = [mention for mention in intent.mentions if mention.kind == "method"]
        if intent.purpose == "comparison":
            return intent.exact and len({mention.ids for mention in intent.mentions}) == 2
        if intent.purpose == "list":
            return intent.exact and (intent.same or (not methods and intent.of_methods))
        if intent.purpose == "category":
            return intent.exact or self._asks_unfiled(question, intent) or bool(methods)
        return intent.purpose == "bare" and intent.exact and any(self._is_written_name(m) for m in methods)

    def answer(self, question: str, language: Language | None = None) -> CategoryAnswer:
        """Answer a question, in its own language unless `language` says another; an odd one is "unknown" or "refused".

        Raises only what `search` and reading a document raise.
        """
        spoken = language or question_language(question)
        intent = interpret(question, self.finder)
        found = self._answer(CategoryAnswer(question, spoken, "unknown", name=topic_of(question)), intent)
        return replace(found, answer=word(found))

    def _answer(self, empty: CategoryAnswer, intent: Intent) -> CategoryAnswer:
        mentions = list({mention.ids: mention for mention in intent.mentions}.values())
        if intent.purpose == "comparison" and len(mentions) >= 2:
            return self._compare(empty, mentions[:2])
        methods = [mention for mention in mentions if mention.kind == "method"]
        categories = [mention for mention in mentions if mention.kind == "category"]
        if intent.same and methods:
            return self._list(empty, self.taxonomy.methods[methods[0].ids[0]].paths[0][-1])
        if intent.purpose == "list" and categories:
            return self._list(empty, categories[0].ids[0])
        if methods and not self._describes(empty.question, intent):
            return self._filed(empty, methods[0], categories)
        if categories and intent.exact:
            return self._list(empty, categories[0].ids[0])
        return self._unfiled(empty, intent)

    def _filed(self, empty: CategoryAnswer, mention: Mention, categories: Sequence[Mention]) -> CategoryAnswer:
        if len(mention.ids) > 1:
            candidates = tuple(self.taxonomy.methods[method_id] for method_id in mention.ids)
            filings = tuple(f for method in candidates for f in self.filer.filings(method, empty.language))
            ambiguity = next((a for a in self.taxonomy.ambiguous if set(a.methods) == set(mention.ids)), None)
            note = ambiguity.note(empty.language) if ambiguity else ""
            return replace(
                empty, kind="ambiguous", candidates=candidates, categories=filings, note=note, name=mention.written
            )
        method = self.taxonomy.methods[mention.ids[0]]
        placements = self.taxonomy.placements_of(method.method_id)
        others = [self.filer.other(placement, empty.language) for placement in placements]
        return replace(
            empty,
            kind="method",
            method=method,
            name=method.name,
            categories=self.filer.filings(method, empty.language),
            conflicts=tuple(other for other in others if not _agrees(other.path, method)),
            agreements=tuple(other for other in others if _agrees(other.path, method)),
            elsewhere=self.filer.elsewhere(method, empty.language),
            similar=self.filer.similar(method),
            belongs=belongs(empty.question, [mention.ids for mention in categories], method),
        )

    def _list(self, empty: CategoryAnswer, category_id: str) -> CategoryAnswer:
        category = self.taxonomy.categories[category_id]
        filing = self.filer.of_category(category_id, self.notes.definition(category_id, empty.language))
        return replace(
            empty,
            kind="list",
            name=category.name(empty.language),
            category=category,
            categories=(filing,),
            groups=self.taxonomy.groups(category_id),
            total=self.taxonomy.count(category_id),
        )

    def _compare(self, empty: CategoryAnswer, mentions: Sequence[Mention]) -> CategoryAnswer:
        return replace(empty, kind="comparison", compared=tuple(self._side(m, empty.language) for m in mentions))

    def _side(self, mention: Mention, language: Language) -> Compared:
        if mention.kind == "method":
            method = self.taxonomy.methods[mention.ids[0]]
            told = self.notes.telling(method.method_id, language)
            return Compared(method, None, self.filer.filings(method, language), 1, told)
        category_id = mention.ids[0]
        told = self.notes.definition(category_id, language)
        filing = self.filer.of_category(category_id, told)
        return Compared(None, self.taxonomy.categories[category_id], (filing,), self.taxonomy.count(category_id), told)

    def _unfiled(self, empty: CategoryAnswer, intent: Intent) -> CategoryAnswer:
        topic = topic_of(empty.question)
        korean = any("가" <= char <= "힣" for char in topic)
        if len(intent.rest) >= (3 if korean else 4):
            return self._predicted(empty, topic, self.predictor.relevant_from)
        if not intent.rest:
            return empty
        name = _NAME.search(topic)
        named = self._named(empty, name.group()) if name and _is_proper(name.group()) else None
        if named:
            return named
        return self._predicted(empty, topic, _SHORT_RELEVANT, "unknown") if len(intent.rest) > 2 else empty

    def _named(self, empty: CategoryAnswer, name: str) -> CategoryAnswer | None:
        """Predict from where the survey text, or else the Library, names a method that is not filed."""
        empty = replace(empty, name=name)
        leaves = {category.category_id for category in self.taxonomy.leaves()}
        told = [(s, c) for s, c in self.notes.naming(name, empty.language) if s.category_id in leaves]
        counts: Counter[str] = Counter()
        tells = False
        for sentence, citation in told:  # a definition, or a sentence about the name itself, says more than any other
            defines = citation == self.notes.definition(str(sentence.category_id), citation.language)
            about = defines or sentence.text.startswith(name)
            counts[str(sentence.category_id)] += 3 if about else 1
            tells = tells or about
        if tells:
            share = _NAMED_SHARE / sum(counts.values())
            best = [
                self._guess(leaf, share * count, (), next(c for s, c in told if s.category_id == leaf))
                for leaf, count in counts.most_common(3)
            ]
            return self._with(empty, best, self._families({leaf: share * count for leaf, count in counts.items()}))
        sentences = self._library_sentences(name)
        if not sentences or not sentences[0].startswith(name):
            return None
        return self._predicted(empty, " ".join(sentences[:4]), self.predictor.relevant_from)

    def _library_sentences(self, name: str) -> list[str]:
        passages = [passage.text for passage in self._search(name)] if self._search else []
        found = [text[start:end] for text in passages for start, end in sentence_spans(text)]
        named = [sentence for sentence in found if re.search(rf"(?<!\w){re.escape(name)}(?![A-Za-z0-9])", sentence)]
        return sorted(named, key=lambda sentence: not sentence.startswith(name))

    def _predicted(
        self, empty: CategoryAnswer, text: str, relevant_from: float, otherwise: AnswerKind = "refused"
    ) -> CategoryAnswer:
        prediction = self.predictor.predict(text)
        if prediction.relevant < relevant_from:
            return replace(empty, kind=otherwise)
        guesses = [
            self._guess(
                guess.path[-1],
                guess.probability,
                self._evidence(guess.nearest, empty.language),
                self.notes.definition(guess.path[-1], empty.language),
            )
            for guess in prediction.guesses
        ]
        return self._with(empty, guesses, prediction.families)

    def _with(
        self, empty: CategoryAnswer, predicted: Sequence[Predicted], families: Mapping[str, float]
    ) -> CategoryAnswer:
        family = max(families, key=lambda name: families[name])
        return replace(
            empty,
            kind="predicted" if predicted[0].probability >= self.predictor.asserted_from else "closest",
            predicted=tuple(predicted),
            family=family,
            family_probability=families[family],
        )

    def _guess(
        self, category_id: str, probability: float, evidence: tuple[Source, ...], citation: Citation | None
    ) -> Predicted:
        path = self.taxonomy.path(category_id)
        return Predicted(path, *self._names(path), probability, evidence, citation)

    def _evidence(self, nearest: Sequence[Source], language: Language) -> tuple[Source, ...]:
        """Return what came closest as it is shown: a method by name and title, a category by its definition."""
        shown = []
        for source in nearest:
            method = self.taxonomy.methods[next(iter(source.owners))] if source.field == "method" else None
            if method:
                title = method.title if method.title.startswith(method.name) else f"{method.name}: {method.title}"
                shown.append(replace(source, text=title))
            elif source.category_id:
                definition = self.taxonomy.categories[source.category_id].definition(language)
                shown.append(replace(source, text=definition if source.field == "definition" else source.text))
        return tuple(shown)

    def _families(self, leaves: Mapping[str, float]) -> dict[str, float]:
        found: dict[str, float] = {}
        for leaf, share in leaves.items():
            family = self.taxonomy.path(leaf)[0]
            found[family] = found.get(family, 0.0) + share
        return found

    def _names(self, path: CategoryPath) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.taxonomy.names(path, "ko"), self.taxonomy.names(path, "en")

    def _describes(self, question: str, intent: Intent) -> bool:
        """Whether the question describes a method and only uses a filed name to do so."""
        return describes(question, intent) or (len(intent.rest) >= 4 and not self._is_written_name(intent.mentions[0]))

    def _asks_unfiled(self, question: str, intent: Intent) -> bool:
        """Whether a question without a filed name asks for the category of one thing, named or described."""
        if intent.mentions or not intent.rest:
            return False
        topic = topic_of(question)
        short = len(intent.rest) <= 2 and key_of(topic) != key_of(question)
        return short or len(intent.rest) >= 4 and bool(_METHOD_NOUN.search(question))

    def _is_written_name(self, mention: Mention) -> bool:
        """Whether a mention is a name and not a description: a known name or title, capitals, or one Korean word."""
        methods = [self.taxonomy.methods[method_id] for method_id in mention.ids]
        names = {key_of(name) for method in methods for name in (method.name, method.title)}
        written = mention.written
        korean = "가" <= written[:1] <= "힣" and (" " not in written or bool(re.search("[A-Z]", written)))
        capital = any(char.isupper() for char in re.sub(r"\b(?:LLM|LM|AI)s?\b", "", written))
        return key_of(written) in names or capital or korean or mention.how != "exact"

    def _is_common(self, token: str) -> bool:
        units = self._bridge.units(self._analyser.terms(token), token)
        return bool(units) and units[0].rarity < _COMMON_FROM


def _is_proper(name: str) -> bool:
    return len(name) > 2 and (is_name_like(name) or name[0].isupper())


def _agrees(path: CategoryPath, method: Method) -> bool:
    return any(own[: len(path)] == path for own in method.paths)
