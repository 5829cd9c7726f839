"""A CategoryAnswer or a page in, JSON or text for a terminal out. Decides nothing."""

import json
from collections.abc import Sequence

from qa.answer import Citation
from qa.category.answer import CategoryAnswer, Compared, Counted, Filing, OtherFiling, Predicted, Tally
from qa.category.taxonomy import Category, CategoryGroup, Method


def category_json(answer: CategoryAnswer, seconds: float = 0.0) -> str:
    """Return one line of JSON for an answer about the taxonomy."""
    return json.dumps(category_fields(answer) | {"seconds": round(seconds, 4)}, ensure_ascii=False) + "\n"


def category_fields(answer: CategoryAnswer) -> dict[str, object]:
    """Return an answer as plain data."""
    return {
        "question": answer.question,
        "language": answer.language,
        "kind": answer.kind,
        "method": _method(answer.method),
        "candidates": [_method(method) for method in answer.candidates],
        "similar": [_method(method) for method in answer.similar],
        "categories": [_filing(filing) for filing in answer.categories],
        "conflicts": [_other(other) for other in answer.conflicts],
        "agreements": [_other(other) for other in answer.agreements],
        "elsewhere": [_filing(filing) for filing in answer.elsewhere],
        "belongs": answer.belongs,
        "predicted": [_predicted(predicted) for predicted in answer.predicted],
        "family": answer.family,
        "family_probability": round(answer.family_probability, 4),
        "category": _category(answer.category),
        "total": answer.total,
        "groups": [_group(group) for group in answer.groups],
        "tally": _tally(answer.tally),
        "compared": [_compared(side) for side in answer.compared],
        "answer": answer.answer,
        "citations": [_citation(citation) for citation in answer.citations],
    }


def category_text(answer: CategoryAnswer) -> str:
    """Return an answer with its sources for reading."""
    lines = [answer.answer, *([""] if answer.citations else [])]
    for number, citation in enumerate(answer.citations, start=1):
        lines.append(f"[{number}] {citation.where} ({citation.doc_id}, {citation.start}–{citation.end})")
    return "\n".join(lines) + "\n"


def _method(method: Method | None) -> dict[str, object] | None:
    if method is None:
        return None
    return {
        "id": method.method_id,
        "name": method.name,
        "title": method.title,
        "year": method.year,
        "url": method.url,
        "paths": [list(path) for path in method.paths],
    }


def _category(category: Category | None) -> dict[str, object] | None:
    if category is None:
        return None
    return {
        "id": category.category_id,
        "name_ko": category.name_ko,
        "name_en": category.name_en,
        "definition_ko": category.definition_ko,
        "definition_en": category.definition_en,
        "section": category.section,
    }


def _group(group: CategoryGroup) -> dict[str, object]:
    return {
        "path": list(group.path),
        "name_ko": group.category.name_ko,
        "name_en": group.category.name_en,
        "count": group.count,
        "methods": [_method(method) for method in group.methods],
    }


def _filing(filing: Filing) -> dict[str, object]:
    return _path(filing.path, filing.names_ko, filing.names_en) | {
        "source": filing.source,
        "citation": _citation(filing.citation),
        "detail": _citation(filing.detail),
    }


def _other(other: OtherFiling) -> dict[str, object]:
    return _path(other.path, other.names_ko, other.names_en) | {
        "source": other.doc_id,
        "note": other.note,
        "citation": _citation(other.citation),
    }


def _predicted(predicted: Predicted) -> dict[str, object]:
    evidence = [
        {"kind": source.field, "text": source.text, "method": next(iter(source.owners), None)}
        for source in predicted.evidence
    ]
    return _path(predicted.path, predicted.names_ko, predicted.names_en) | {
        "probability": round(predicted.probability, 4),
        "evidence": evidence,
        "citation": _citation(predicted.citation),
    }


def _compared(side: Compared) -> dict[str, object]:
    return {
        "method": _method(side.method),
        "category": _category(side.category),
        "categories": [_filing(filing) for filing in side.filings],
        "count": side.count,
        "citation": _citation(side.citation),
    }


def _tally(tally: Tally | None) -> dict[str, object] | None:
    if tally is None:
        return None
    return {
        "told": tally.told,
        "count": tally.count,
        "filings": tally.filings,
        "years": list(tally.years) if tally.years else None,
        "order": tally.order,
        "place": tally.place,
        "rows": [_counted(row) for row in tally.rows],
        "best": [_counted(row) for row in tally.best],
    }


def _counted(row: Counted) -> dict[str, object]:
    return _path(row.path, row.names_ko, row.names_en) | {
        "count": row.count,
        "number": row.number,
        "methods": [method.name for method in row.methods],
    }


def _path(path: Sequence[str], names_ko: Sequence[str], names_en: Sequence[str]) -> dict[str, object]:
    return {"path": list(path), "names_ko": list(names_ko), "names_en": list(names_en)}


def _citation(citation: Citation | None) -> dict[str, object] | None:
    return citation.fields() if citation else None
