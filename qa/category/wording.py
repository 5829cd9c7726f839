"""A CategoryAnswer in, its text in the question's language out. Decides nothing; numbers citations as it holds them."""

from collections.abc import Iterable, Sequence
from functools import partial

from index.load import Language
from qa.answer import Citation
from qa.category.answer import CategoryAnswer, Compared, Filing, OtherFiling, Predicted
from qa.category.tally_wording import tallied
from qa.category.taxonomy import Method
from qa.words.particles import with_particle

_WORDS: dict[str, dict[Language, str]] = {
    "filed": {"ko": "{name} 다음 범주에 속합니다.", "en": "{name} is filed under:"},
    "main": {"ko": " (주 범주)", "en": " (main)"},
    "survey": {"ko": "서베이 본문", "en": "survey text"},
    "companion list": {"ko": "서베이의 동반 목록", "en": "the survey's companion list"},
    "conflict": {
        "ko": "다만 {doc} 문서는 ‘{names}’에 넣습니다{mark}. 서베이 자체의 분류는 위의 것입니다. {note}",
        "en": "But the document {doc} files it under {names}{mark}; the survey's own filing is above. {note}",
    },
    "agreement": {
        "ko": "{doc} 문서도 ‘{names}’에 넣습니다{mark}.",
        "en": "The document {doc} also has it under {names}{mark}.",
    },
    "elsewhere": {
        "ko": "서베이 본문은 {names} 절에서도 다룹니다{mark}.",
        "en": "The survey text also treats it in the section on {names}{mark}.",
    },
    "similar": {"ko": "이름이 비슷한 방법: {names}", "en": "Methods with similar names: {names}"},
    "ambiguous": {"ko": "‘{name}’에 해당하는 방법이 여럿입니다.", "en": "“{name}” fits several methods."},
    "list": {"ko": "{name}: 방법 {count}개", "en": "{name}: {count} methods"},
    "extreme": {
        "ko": "{name}에 분류된 방법 {count}개 가운데 {year}년에 나온 것입니다.",
        "en": "Of the {count} methods filed under {name}, those of {year}:",
    },
    "predicted": {
        "ko": "서베이와 동반 목록에 없는 방법입니다. 가장 그럴듯한 범주는 ‘{names}’입니다(확률 {share}).",
        "en": "Not filed by the survey. The likeliest category is {names} (probability {share}).",
    },
    "closest": {
        "ko": "서베이와 동반 목록에 없고, 단정할 만큼 확실하지 않습니다. 가장 가까운 범주: {names}(확률 {share}).",
        "en": "Not filed by the survey, and not certain enough to assert. Closest: {names} (probability {share}).",
    },
    "because": {"ko": "가까운 근거: {names}", "en": "Closest to: {names}"},
    "others": {"ko": "다음 후보: {names}", "en": "Next: {names}"},
    "unknown": {
        "ko": "‘{name}’: 서베이에도 라이브러리에도 없는 이름입니다. 한 문장으로 설명하면 가까운 범주를 찾아 드립니다.",
        "en": "Neither the survey nor the Library names “{name}”. Describe it in a sentence for the closest category.",
    },
    "refused": {
        "ko": "자동화된 정렬 방법으로 보이지 않아 범주에 넣지 않습니다.",
        "en": "This does not look like an automated-alignment method, so it is not put into a category.",
    },
    "yes": {"ko": "네.", "en": "Yes."},
    "no": {"ko": "서베이에 따르면 아니요.", "en": "Not according to the survey."},
    "shared": {"ko": "공통 범주: {names}", "en": "Both are under {names}"},
    "apart": {"ko": "두 대상은 서로 다른 계열에 있습니다.", "en": "They are in different families."},
}


def word(answer: CategoryAnswer) -> str:
    """Return the text of an answer."""
    language = answer.language
    if answer.kind in ("unknown", "refused"):
        return _say(answer.kind, language, name=answer.name)
    if answer.kind in ("predicted", "closest"):
        return "\n".join(_predicted(answer))
    if answer.kind == "comparison":
        return "\n".join(_comparison(answer))
    if answer.kind == "ambiguous":
        lines = [_say("ambiguous", language, name=answer.name), *([answer.note] if answer.note else [])]
        return "\n".join([*lines, *(f"- {_candidate(method, answer)}" for method in answer.candidates)])
    if answer.kind == "published":
        return "\n".join(_published(answer))
    if answer.kind == "tally":
        return "\n".join(tallied(answer, partial(_marks, answer)))
    if answer.kind == "list":
        return "\n".join(_list(answer))
    return "\n".join(_method(answer))


def _method(answer: CategoryAnswer) -> list[str]:
    language, method = answer.language, answer.method
    lines = []
    if answer.belongs is not None:
        lines.append(_say("yes" if answer.belongs else "no", language))
    if method:
        year = f"({method.year})" if method.year else ""
        name = with_particle(f"{method.name}{year}", "은") if language == "ko" else method.dated
        lines.append(_say("filed", language, name=name))
    lines += _filings(answer, answer.categories, language)
    for other in answer.conflicts:
        lines.append(_other("conflict", answer, other))
    for other in answer.agreements:
        lines.append(_other("agreement", answer, other))
    for filing in answer.elsewhere:
        mark = _mark(answer, filing.citation)
        lines.append(_say("elsewhere", language, names=_path(filing.names(language)), mark=mark))
    if answer.similar:
        lines.append(_say("similar", language, names=", ".join(other.dated for other in answer.similar)))
    return lines


def _filings(answer: CategoryAnswer, filings: Sequence[Filing], language: Language) -> list[str]:
    lines = []
    for at, filing in enumerate(filings):
        main = _say("main", language) if at == 0 and len(filings) > 1 else ""
        told = filing.detail or filing.citation
        quote = f": “{' '.join(told.quote.split())}”" if told else ""
        what = f"{_path(filing.names(language))}{main} — {_say(filing.source, language)}"
        lines.append(f"- {what}{quote}{_marks(answer, [filing])}")
    return lines


def _other(what: str, answer: CategoryAnswer, other: OtherFiling) -> str:
    names, mark = _path(other.names(answer.language)), _mark(answer, other.citation)
    return _say(what, answer.language, doc=other.doc_id, names=names, mark=mark, note=other.note).strip()


def _predicted(answer: CategoryAnswer) -> list[str]:
    language, best = answer.language, answer.predicted[0]
    share = f"{best.probability:.0%}"
    head = _say(answer.kind, language, names=_path(best.names(language)), share=share) + _mark(answer, best.citation)
    near = [f"“{' '.join(source.text.split())}”" for source in best.evidence]
    rest = [_guess(other, language) + _mark(answer, other.citation) for other in answer.predicted[1:]]
    return [
        head,
        *([_say("because", language, names="; ".join(near)) + _mark(answer, best.citation)] if near else []),
        *([_say("others", language, names="; ".join(rest))] if rest else []),
    ]


def _guess(predicted: Predicted, language: Language) -> str:
    return f"{_path(predicted.names(language))} ({predicted.probability:.0%})"


def _list(answer: CategoryAnswer) -> list[str]:
    language, lines = answer.language, []
    if answer.category:
        lines.append(_say("list", language, name=answer.category.name(language), count=answer.total))
        lines.append(answer.category.definition(language) + _marks(answer, answer.categories))
    for group in answer.groups:
        names = ", ".join(method.dated for method in group.methods)
        lines.append(f"- {group.category.name(language)} ({group.count}): {names}")
    return lines


def _published(answer: CategoryAnswer) -> list[str]:
    language, lines = answer.language, []
    if answer.category:
        year = answer.candidates[0].year
        said = _say("extreme", language, name=answer.name, count=answer.total, year=year)
        lines.append(said + _marks(answer, answer.categories))
    alone = not lines and len(answer.candidates) == 1
    for at, method in enumerate(answer.candidates):
        mark = "" if answer.category else _marks(answer, answer.categories[at : at + 1])
        url = f" — {method.url}" if method.url else ""
        lines.append(f"{'' if alone else '- '}{method.dated}: {method.title}{url}{mark}")
    return lines


def _comparison(answer: CategoryAnswer) -> list[str]:
    language = answer.language
    lines = [line for side in answer.compared for line in _side(answer, side)]
    paths = [[f.path for f in side.filings] for side in answer.compared]
    shared = [one for one in paths[0] for other in paths[1] if one[0] == other[0]]
    if not shared:
        main = (side.filings[0] for side in answer.compared if side.filings)
        return [*lines, _say("apart", language) + _marks(answer, main)]
    best = max((_common(one, other) for one in paths[0] for other in paths[1]), key=len)
    names = answer.compared[0].filings[[p[: len(best)] for p in paths[0]].index(best)].names(language)[: len(best)]
    inside = (f for side in answer.compared for f in side.filings if f.path[: len(best)] == best)
    return [*lines, _say("shared", language, names=_path(names)) + _marks(answer, inside)]


def _side(answer: CategoryAnswer, side: Compared) -> list[str]:
    language = answer.language
    if side.method:
        told = f": “{' '.join(side.citation.quote.split())}”{_mark(answer, side.citation)}" if side.citation else ""
        paths = "; ".join(_path(f.names(language)) + _marks(answer, [f]) for f in side.filings)
        return [f"- {side.method.dated} — {paths}{told}"]
    if side.category is None:
        return []
    head = _say("list", language, name=_path(side.filings[0].names(language)), count=side.count)
    return [f"- {head}. {side.category.definition(language)}{_mark(answer, side.citation)}"]


def _candidate(method: Method, answer: CategoryAnswer) -> str:
    own = [f for f in answer.categories if f.path in method.paths]
    paths = dict.fromkeys(_path(f.names(answer.language)) for f in own)
    return f"{method.dated} — {method.title}: {'; '.join(paths)}{_marks(answer, own)}"


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    pairs = enumerate(zip(one, other, strict=False))
    return one[: next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))]


def _marks(answer: CategoryAnswer, filings: Iterable[Filing]) -> str:
    """Return the marks of what bears filings out, each once."""
    cited = dict.fromkeys(citation for filing in filings for citation in (filing.citation, filing.detail))
    return "".join(_mark(answer, citation) for citation in cited)


def _mark(answer: CategoryAnswer, citation: Citation | None) -> str:
    return f" [{answer.citations.index(citation) + 1}]" if citation and citation in answer.citations else ""


def _path(names: Sequence[str]) -> str:
    return " › ".join(names)


def _say(what: str, language: Language, **values: object) -> str:
    return _WORDS[what][language].format(**values)
