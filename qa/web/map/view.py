"""The map's cards in, what its script draws out: plain data that becomes JSON. It has the categories' names already."""

from collections.abc import Iterable
from typing import Any

from index.load import Language
from qa.answer import Citation
from qa.category.answer import CategoryAnswer, Filing, OtherFiling, Predicted
from qa.category.lookup import Found
from qa.category.map import CategoryCard, Disagreement, MethodCard, Tree
from qa.category.questions import compares, explains, files
from qa.category.taxonomy import Ambiguity, Method, Taxonomy
from qa.web.map.words import TEXTS

View = dict[str, Any]

MOST_COMPARED = 8


def tree_view(tree: Tree) -> View:
    """Return the whole picture, sent once: categories in the survey's order, methods oldest first."""
    rows = sorted(tree.rows, key=lambda row: (row.year or 9999, row.name.casefold()))
    return {
        "nodes": [
            {
                "id": node.category_id,
                "parent": node.parent,
                "name": {"ko": node.name_ko, "en": node.name_en},
                "short": {"ko": node.short_ko, "en": node.short_en},
                "count": node.count,
                "own": node.own,
            }
            for node in tree.nodes
        ],
        "methods": [
            {
                "id": row.method_id,
                "name": row.name,
                "title": row.title,
                "year": row.year,
                "authors": row.authors,
                "leaves": row.leaves,
            }
            for row in rows
        ],
        "total": tree.total,
        "filings": tree.filings,
        "shared": tree.shared,
    }


def overview_view(cards: Iterable[CategoryCard], disagreements: Iterable[Disagreement]) -> View:
    """Return the page on the whole: what the survey says of each top category, and what sources disagree on."""
    return {
        "parts": [{"id": card.category.category_id, "told": citation_view(card.told)} for card in cards],
        "disagreements": [_disagreement(one) for one in disagreements],
    }


def category_view(card: CategoryCard) -> View:
    """Return a category's page."""
    return {
        "id": card.category.category_id,
        "told": citation_view(card.told),
        "disagreements": [_disagreement(one) for one in card.disagreements],
    }


def method_view(card: MethodCard, taxonomy: Taxonomy, language: Language) -> View:
    """Return a method's card, in a language; a sentence that tells why it is filed somewhere is not told again."""
    method = card.method
    shown = {None, *(filing.detail or filing.citation for filing in card.filings)}
    return {
        "id": method.method_id,
        "spellings": {"ko": method.aliases_ko, "en": [alias for alias in method.aliases if "et al" not in alias]},
        "address": _address(card),
        "filings": [_filing(filing) for filing in card.filings],
        "conflicts": [_other(other) for other in card.conflicts],
        "agreements": [_other(other) for other in card.agreements],
        "elsewhere": [{"path": f.path, "told": citation_view(f.citation)} for f in card.elsewhere],
        "sentences": [citation_view(told) for told in dict.fromkeys((card.told, *card.sentences)) if told not in shown],
        "notes": [one.note(language) for one in _distinct(card.ambiguities)],
        "similar": _ids(card.similar),
        "neighbours": _ids(card.neighbours),
        "nearest": _ids(card.nearest),
        "ask": explains(method.name, language) if card.told else files(method.name, language),
        "compare": [
            {"id": other.method_id, "question": compares(method.name, other.name, language)}
            for other in list(dict.fromkeys((*card.nearest, *card.neighbours)))[:MOST_COMPARED]
        ],
        "text": method_text(card, taxonomy, language),
    }


def method_text(card: MethodCard, taxonomy: Taxonomy, language: Language) -> str:
    """Return a card as Markdown, for copying."""
    texts, method = TEXTS[language], card.method
    dated = f" ({method.year})" if method.year else ""
    lines = [f"**{method.name}**{dated}", " · ".join(filter(None, (card.authors, method.title, _address(card))))]
    lines += ["", f"{texts.filed}:"]
    lines += [f"- {_names(taxonomy, filing.path, language)}{_quoted(filing.citation)}" for filing in card.filings]
    if card.conflicts:
        lines += ["", f"{texts.differ}:"]
        lines += [f"- {o.doc_id}: {_names(taxonomy, o.path, language)}. {o.note}" for o in card.conflicts]
    return "\n".join(lines)


def found_view(found: Iterable[Found]) -> list[View]:
    """Return what was found as typed."""
    return [{"kind": one.kind, "id": one.owner_id, "written": one.written, "how": one.how} for one in found]


def prediction_view(answer: CategoryAnswer) -> View:
    """Return what the category finder makes of a description; for what is filed, only where it stands."""
    compared = [side.method or side.category for side in answer.compared]
    return {
        "kind": answer.kind,
        "text": answer.answer,
        "method": answer.method.method_id if answer.method else None,
        "category": answer.category.category_id if answer.category else None,
        "candidates": [*_ids(answer.candidates), *_ids(one for one in compared if isinstance(one, Method))],
        "guesses": [_guess(guess) for guess in answer.predicted],
        "family": answer.family,
        "family_probability": answer.family_probability,
    }


def citation_view(citation: Citation | None) -> View | None:
    """Return a citation with what opens its section."""
    if citation is None:
        return None
    return {
        "doc_id": citation.doc_id,
        "section_id": citation.section_id,
        "start": citation.start,
        "end": citation.end,
        "quote": " ".join(citation.quote.split()),
        "title": citation.title,
        "heading": citation.heading,
        "language": citation.language,
    }


def _disagreement(one: Disagreement) -> View:
    return {"method": one.method.method_id, "survey": one.survey, **_other(one.other)}


def _filing(filing: Filing) -> View:
    told = filing.detail or filing.citation
    return {"path": filing.path, "source": filing.source, "told": citation_view(told)}


def _other(other: OtherFiling) -> View:
    told = citation_view(other.citation)
    return {"path": other.path, "document": other.doc_id, "note": other.note, "told": told}


def _guess(guess: Predicted) -> View:
    return {
        "path": guess.path,
        "probability": guess.probability,
        "evidence": [" ".join(source.text.split()) for source in guess.evidence],
        "told": citation_view(guess.citation),
    }


def _distinct(ambiguities: Iterable[Ambiguity]) -> Iterable[Ambiguity]:
    """Return one of those that share their methods, and none that is only about authors of one surname."""
    return {one.methods: one for one in ambiguities if "et al" not in one.alias}.values()


def _ids(methods: Iterable[Method]) -> list[str]:
    return [method.method_id for method in methods]


def _address(card: MethodCard) -> str:
    return f"arXiv:{card.method.arxiv_id}" if card.method.arxiv_id else card.method.url or ""


def _names(taxonomy: Taxonomy, path: tuple[str, ...], language: Language) -> str:
    return " › ".join(taxonomy.names(path, language))


def _quoted(citation: Citation | None) -> str:
    return f": “{' '.join(citation.quote.split())}” ({citation.doc_id}, {citation.heading})" if citation else ""
