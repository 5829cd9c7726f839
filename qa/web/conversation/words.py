"""The words of the conversation in both languages. No logic; `{names}` are filled in where they are shown."""

from dataclasses import dataclass

from index.load import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The conversation in one language; `about_*` texts are shown in the language of the question."""

    heading: str
    promise: str
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
    refused: str
    about_abstained: str
    about_advice: str
    about_nearest: str
    about_foreign: str


KOREAN = Texts(
    heading="서베이와 관련 논문에 물어보세요",
    promise="답의 모든 문장에 출처 번호가 붙습니다. 번호를 누르면 원문의 그 자리가 열립니다. "
    "한국어로도 영어로도 물어볼 수 있습니다.",
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
    refused="이 질문에는 답할 수 없습니다. 질문을 고쳐서 다시 보내 주세요.",
    about_abstained="이 라이브러리에서는 답의 근거를 찾지 못했습니다.",
    about_advice="다른 말로 물어보거나, 이 주제를 다루는 문서를 라이브러리에 더해 보세요.",
    about_nearest="가장 가까운 부분",
    about_foreign="한국어로 된 근거가 없어 영어 원문을 그대로 인용합니다.",
)

ENGLISH = Texts(
    heading="Ask the survey and its related papers",
    promise="Every sentence of an answer carries a numbered source. Click a number to see the sentence where it "
    "stands. Ask in English or in Korean.",
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
    refused="This question cannot be answered as it is. Please change it and send it again.",
    about_abstained="I found nothing in this Library that supports an answer.",
    about_advice="Try other words, or add a document on this topic to the Library.",
    about_nearest="Nearest section",
    about_foreign="No source in English supports this, so the Korean original is quoted.",
)

TEXTS: dict[Language, Texts] = {"ko": KOREAN, "en": ENGLISH}

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
