"""The words of the list of papers and of an opened one, in both languages. No logic; `{names}` are filled in later."""

from dataclasses import dataclass

from index.load import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The list of papers and an opened paper in one language."""

    # the list
    search: str
    found: str
    none_found: str
    ask_all: str
    ask_some: str
    ask_none: str
    ask_this: str
    only: str
    only_this: str
    more: str
    section: str
    sections: str
    shipped: str
    fresh: str
    empty: str
    empty_advice: str
    empty_fixed: str
    unreadable: str
    # an opened paper
    back: str
    paper: str
    ask_only: str
    summary: str
    summary_question: str
    similar: str
    remove: str
    reference: str
    bibtex: str
    outline: str
    opening: str
    no_outline: str
    passages: str
    edition_ko: str
    edition_en: str
    damaged_paper: str


KOREAN = Texts(
    search="문서 찾기",
    found="{count}편",
    none_found="찾는 문서가 없습니다.",
    ask_all="문서 {total}편 모두에 묻기",
    ask_some="{total}편 중 {count}편에만 묻기",
    ask_none="고른 문서가 없습니다",
    ask_this="‘{title}’에 묻기",
    only="이것만",
    only_this="‘{title}’에만 묻기",
    more="{count}편 더 보기",
    section="1개 절",
    sections="{count}개 절",
    shipped="기본 제공",
    fresh="새 문서",
    empty="아직 문서가 없습니다",
    empty_advice="논문 파일을 이곳으로 끌어다 놓거나 arXiv 번호를 넣으면 바로 물어볼 수 있습니다.",
    empty_fixed="이 서버에서는 문서를 추가할 수 없습니다. 관리자에게 문의하세요.",
    unreadable="라이브러리를 읽을 수 없습니다. 백업에서 복원하거나 폴더를 옮기고 문서를 다시 추가하세요.",
    back="문서 목록으로",
    paper="문서",
    ask_only="이 문서에만 묻기",
    summary="요약 보기",
    summary_question="이 문서 요약해 줘",
    similar="비슷한 논문 {count}편 추가",
    remove="삭제",
    reference="참고문헌 복사",
    bibtex="BibTeX 복사",
    outline="차례",
    opening="첫머리",
    no_outline="나뉜 절이 없습니다.",
    passages="구절 {count}개",
    edition_ko="한국어판",
    edition_en="영어판",
    damaged_paper="이 문서는 저장된 내용이 손상되어 열 수 없습니다. 삭제한 뒤 파일을 다시 추가하세요.",
)

ENGLISH = Texts(
    search="Find a paper",
    found="{count} found",
    none_found="No paper matches.",
    ask_all="Ask all {total} papers",
    ask_some="Ask {count} of {total} papers",
    ask_none="No paper is chosen",
    ask_this="Ask “{title}”",
    only="Only",
    only_this="Ask only “{title}”",
    more="Show {count} more",
    section="1 section",
    sections="{count} sections",
    shipped="Included",
    fresh="New",
    empty="No papers yet",
    empty_advice="Drop files here or give an arXiv id, and ask about them at once.",
    empty_fixed="Papers cannot be added on this server. Ask whoever runs it.",
    unreadable="The Library cannot be read. Restore a backup, or move its folder and add the papers again.",
    back="Back to the papers",
    paper="Paper",
    ask_only="Ask only this paper",
    summary="Summary",
    summary_question="Summarize this document",
    similar="Add its similar papers ({count})",
    remove="Remove",
    reference="Copy reference",
    bibtex="Copy BibTeX",
    outline="Contents",
    opening="Opening",
    no_outline="It has no sections.",
    passages="Passages: {count}",
    edition_ko="Korean edition",
    edition_en="English edition",
    damaged_paper="What is stored of this paper is damaged, so it cannot be opened. Remove it and add the file again.",
)

TEXTS: dict[Language, Texts] = {"ko": KOREAN, "en": ENGLISH}
