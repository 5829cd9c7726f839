"""Every word that the interface shows, in both languages. No logic; `{names}` are filled in where they are shown."""

from dataclasses import asdict, dataclass

from index.load import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The interface in one language. `about_*` texts are shown in the language of the question that they are about."""

    name: str
    title: str
    skip: str
    language: str
    new: str
    heading: str
    promise: str
    korean: str
    english: str
    documents: str
    sections: str
    conversation: str
    question: str
    answer: str
    ask: str
    placeholder: str
    send: str
    hint: str
    pending: str
    cite: str
    sources: str
    bridged: str
    copy: str
    copied: str
    copy_reference: str
    copy_bibtex: str
    refused: str
    source: str
    close: str
    previous: str
    next: str
    position: str
    nearest: str
    to_korean: str
    to_english: str
    cited_in_korean: str
    cited_in_english: str
    page: str
    clipped: str
    about_abstained: str
    about_advice: str
    about_nearest: str
    about_foreign: str


KOREAN = Texts(
    name="한국어",
    title="SurveyQA · 서베이에 묻고 원문으로 확인하기",
    skip="질문 입력으로 건너뛰기",
    language="화면 언어",
    new="새 대화",
    heading="서베이와 관련 논문에 물어보세요",
    promise="답의 모든 문장에 출처 번호가 붙습니다. 번호를 누르면 원문의 그 자리가 열립니다. "
    "한국어로도 영어로도 물어볼 수 있습니다.",
    korean="한국어",
    english="영어",
    documents="라이브러리에 있는 문서 {count}개",
    sections="{count}개 절",
    conversation="대화",
    question="질문",
    answer="답",
    ask="질문",
    placeholder="무엇이 궁금한가요?",
    send="보내기",
    hint="Enter로 보내고, Shift+Enter로 줄을 바꿉니다",
    pending="라이브러리에서 찾고 있습니다",
    cite="출처 {number}: {heading}, 원문 열기",
    sources="출처",
    bridged="함께 찾은 말",
    copy="답 복사",
    copy_reference="참고문헌 복사",
    copy_bibtex="BibTeX 복사",
    copied="복사했습니다",
    refused="이 질문에는 답할 수 없습니다. 질문을 고쳐서 다시 보내 주세요.",
    source="원문",
    close="원문 닫기",
    previous="이전 출처",
    next="다음 출처",
    position="출처 {number} / {count}",
    nearest="가장 가까운 부분",
    to_korean="한국어판에서 보기",
    to_english="영어판에서 보기",
    cited_in_korean="같은 절의 영어판입니다. 인용한 문장은 한국어판에 있습니다.",
    cited_in_english="같은 절의 한국어판입니다. 인용한 문장은 영어판에 있습니다.",
    page="{page}쪽",
    clipped="이 절의 나머지는 생략했습니다",
    about_abstained="이 라이브러리에서는 답의 근거를 찾지 못했습니다.",
    about_advice="다른 말로 물어보거나, 이 주제를 다루는 문서를 라이브러리에 더해 보세요.",
    about_nearest="가장 가까운 부분",
    about_foreign="한국어로 된 근거가 없어 영어 원문을 그대로 인용합니다.",
)

ENGLISH = Texts(
    name="English",
    title="SurveyQA · Ask the survey, check the source",
    skip="Skip to the question field",
    language="Interface language",
    new="New conversation",
    heading="Ask the survey and its related papers",
    promise="Every sentence of an answer carries a numbered source. Click a number to see the sentence where it "
    "stands. Ask in English or in Korean.",
    korean="Korean",
    english="English",
    documents="{count} documents in this Library",
    sections="{count} sections",
    conversation="Conversation",
    question="Question",
    answer="Answer",
    ask="Question",
    placeholder="What would you like to know?",
    send="Send",
    hint="Enter sends, Shift+Enter starts a new line",
    pending="Searching the Library",
    cite="Source {number}: {heading}, open the original",
    sources="Sources",
    bridged="Also searched as",
    copy="Copy answer",
    copy_reference="Copy reference",
    copy_bibtex="Copy BibTeX",
    copied="Copied",
    refused="This question cannot be answered as it is. Please change it and send it again.",
    source="Source",
    close="Close the source",
    previous="Previous source",
    next="Next source",
    position="Source {number} of {count}",
    nearest="Nearest section",
    to_korean="Show in Korean",
    to_english="Show in English",
    cited_in_korean="This is the English edition of the section. The cited sentence stands in the Korean one.",
    cited_in_english="This is the Korean edition of the section. The cited sentence stands in the English one.",
    page="p. {page}",
    clipped="The rest of this section is left out",
    about_abstained="I found nothing in this Library that supports an answer.",
    about_advice="Try other words, or add a document on this topic to the Library.",
    about_nearest="Nearest section",
    about_foreign="No source in English supports this, so the Korean original is quoted.",
)

CATALOGUE: dict[Language, Texts] = {"ko": KOREAN, "en": ENGLISH}

EXAMPLES: dict[Language, tuple[str, ...]] = {
    "ko": (
        "SPIN은 어떤 방법이야?",
        "자동 정렬을 네 가지로 어떻게 나누나?",
        "Llama 3 405B는 토큰 몇 개로 학습했어?",
        "StructEval은 무엇을 평가해?",
    ),
    "en": (
        "What is uncertainty filtering?",
        "How does AutoIF check that an instruction was followed?",
        "What are the challenges of synthetic data?",
        "What are the four categories of automated alignment?",
    ),
}


def as_props() -> dict[str, dict[str, str]]:
    """Return both languages as the scripts of the places read them."""
    return {language: asdict(texts) for language, texts in CATALOGUE.items()}
