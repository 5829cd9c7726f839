"""The words of the list of conversations in both languages. No logic; `{names}` are filled in where they are shown."""

from dataclasses import dataclass

from index.load import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The list of conversations in one language."""

    kept: str
    search: str
    empty_search: str
    found_one: str
    found_many: str
    today: str
    yesterday: str
    week: str
    earlier: str
    question_one: str
    question_many: str
    untitled: str
    more: str
    menu: str
    rename: str
    renaming: str
    export_markdown: str
    export_json: str
    exported: str
    remove: str
    removed_one: str
    removed_many: str
    undo: str
    empty: str
    empty_hint: str
    nothing: str
    nothing_hint: str
    not_kept: str
    not_kept_hint: str
    failed: str


KOREAN = Texts(
    kept="저장된 대화",
    search="대화에서 찾기",
    empty_search="검색어 지우기",
    found_one="대화 1개를 찾았습니다",
    found_many="대화 {count}개를 찾았습니다",
    today="오늘",
    yesterday="어제",
    week="지난 7일",
    earlier="이전",
    question_one="질문 1개",
    question_many="질문 {count}개",
    untitled="제목 없는 대화",
    more="더 보기",
    menu="‘{title}’ 메뉴",
    rename="이름 바꾸기",
    renaming="대화 이름",
    export_markdown="Markdown으로 내보내기",
    export_json="JSON으로 내보내기",
    exported="‘{title}’ 대화를 내보냈습니다",
    remove="삭제",
    removed_one="‘{title}’ 대화를 삭제했습니다",
    removed_many="대화 {count}개를 삭제했습니다",
    undo="되돌리기",
    empty="아직 대화가 없습니다",
    empty_hint="질문을 하면 대화가 여기에 저장됩니다. 나중에 다시 열어 이어서 물어볼 수 있습니다.",
    nothing="‘{search}’에 맞는 대화가 없습니다",
    nothing_hint="제목, 질문, 답에서 모든 낱말을 찾습니다. 낱말을 줄여 보세요.",
    not_kept="대화가 저장되지 않습니다",
    not_kept_hint="질문과 답은 그대로 쓸 수 있지만, 이 창을 닫으면 사라집니다.",
    failed="저장된 대화를 읽거나 바꾸지 못했습니다.",
)

ENGLISH = Texts(
    kept="Kept conversations",
    search="Search conversations",
    empty_search="Clear the search",
    found_one="1 conversation found",
    found_many="{count} conversations found",
    today="Today",
    yesterday="Yesterday",
    week="Last 7 days",
    earlier="Earlier",
    question_one="1 question",
    question_many="{count} questions",
    untitled="Untitled conversation",
    more="Show more",
    menu="Menu of “{title}”",
    rename="Rename",
    renaming="Name of the conversation",
    export_markdown="Export as Markdown",
    export_json="Export as JSON",
    exported="“{title}” was exported",
    remove="Delete",
    removed_one="“{title}” was deleted",
    removed_many="{count} conversations were deleted",
    undo="Undo",
    empty="No conversations yet",
    empty_hint="When you ask a question, the conversation is kept here. Open it later and go on asking.",
    nothing="No conversation matches “{search}”",
    nothing_hint="Titles, questions and answers are searched for all of the words. Try fewer of them.",
    not_kept="Conversations are not kept",
    not_kept_hint="You can ask as before, but the answers are gone when you close this window.",
    failed="The kept conversations could not be read or changed.",
)

TEXTS: dict[Language, Texts] = {"ko": KOREAN, "en": ENGLISH}
