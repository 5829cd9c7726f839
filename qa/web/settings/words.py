"""The words of the settings in both languages. No logic; `{names}` are filled in where they are shown."""

from dataclasses import dataclass

from index.load import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The settings in one language; `*_about` say what a setting means."""

    appearance: str
    language_about: str
    theme: str
    theme_about: str
    theme_system: str
    theme_light: str
    theme_dark: str
    shared_server: str
    answers: str
    llm: str
    llm_about: str
    llm_model: str
    llm_model_about: str
    use: str
    test: str
    find: str
    no_model: str
    working: str
    found: str
    found_none: str
    trial_well: str
    writes: str
    writes_none: str
    sources_count: str
    sources_about: str
    retrieval: str
    embedder: str
    embedder_about: str
    reranker: str
    reranker_about: str
    storage: str
    library_folder: str
    library_about: str
    later: str
    saved: str
    refused: str
    untested: str


KOREAN = Texts(
    appearance="화면",
    language_about="메뉴와 안내의 언어입니다. 답은 질문한 언어로 나옵니다.",
    theme="밝기",
    theme_about="‘시스템 설정’은 이 기기의 설정을 따릅니다.",
    theme_system="시스템 설정",
    theme_light="밝게",
    theme_dark="어둡게",
    shared_server="여러 사람이 함께 쓰는 서버라서 나머지 설정은 서버를 연 사람이 정합니다.",
    answers="답",
    llm="언어 모델 서버의 주소",
    llm_about="Ollama, llama.cpp, vLLM, LM Studio 같은 OpenAI 호환 서버입니다. "
    "비워 두면 원문 문장을 골라 답합니다. "
    "API 키는 SURVEYQA_LLM_KEY 환경 변수로만 받고 저장하지 않습니다. 질문과 찾은 부분이 그 서버로 보내집니다.",
    llm_model="모델",
    llm_model_about="서버에 있는 모델의 이름입니다. 모델이 쓴 문장은 하나씩 출처와 맞춰 본 뒤에 보여 드립니다.",
    use="이 모델로 답 쓰기",
    test="시험해 보기",
    find="이 컴퓨터에서 찾기",
    no_model="모델 없이 답하기",
    working="잠시만요…",
    found="이 컴퓨터에서 찾은 모델입니다. 고르면 그 모델로 답을 씁니다.",
    found_none="이 컴퓨터에서 돌고 있는 모델 서버를 찾지 못했습니다.",
    trial_well="{seconds}초 만에 답했습니다: “{words}” 한 번에 {tokens}토큰까지 읽습니다.",
    writes="고른 모델: {model}. 모델이 답하지 못하면 원문 문장으로 답합니다.",
    writes_none="지금은 모델 없이 원문 문장으로 답합니다.",
    sources_count="모델에 보여 줄 부분의 수",
    sources_about="많을수록 넓게 보지만 느려지고, 모델의 한도를 넘으면 뒤의 것부터 뺍니다.",
    retrieval="검색",
    embedder="임베딩 모델",
    embedder_about="함께 들어 있는 모델은 bundled입니다. 다른 sentence-transformers 모델은 "
    "폴더나 허브 이름으로 적으며, 이 컴퓨터에 이미 있어야 합니다. 바꾸면 다음에 시작할 때 색인을 다시 만듭니다.",
    reranker="재정렬 모델",
    reranker_about="함께 들어 있는 것은 bundled입니다. 크로스 인코더의 폴더나 허브 이름을 적을 수 있습니다.",
    storage="보관",
    library_folder="라이브러리 폴더",
    library_about="문서와 색인, 대화가 들어 있는 폴더입니다. 빈 폴더를 고르면 새로 만듭니다.",
    later="다음에 시작할 때부터 적용됩니다",
    saved="저장했습니다",
    refused="이 값은 쓸 수 없어 저장하지 않았습니다.",
    untested="이대로는 시험할 수 없습니다.",
)

ENGLISH = Texts(
    appearance="Appearance",
    language_about="The language of menus and notes. Answers come in the language of the question.",
    theme="Theme",
    theme_about="“Device” follows this device's setting.",
    theme_system="Device",
    theme_light="Light",
    theme_dark="Dark",
    shared_server="This server is shared, so whoever started it decides on the other settings.",
    answers="Answers",
    llm="Address of a language model's server",
    llm_about="Any server that speaks as OpenAI's does: Ollama, llama.cpp, vLLM, LM Studio. Without one, answers quote "
    "sentences of the sources. A key is taken from the environment (SURVEYQA_LLM_KEY) only and never stored. "
    "The question and the sections found are sent to that server.",
    llm_model="Model",
    llm_model_about="The name of a model on that server. Each sentence it writes is checked against its source before "
    "you see it.",
    use="Answer with this model",
    test="Test",
    find="Look on this computer",
    no_model="Answer without a model",
    working="One moment…",
    found="Models found on this computer. Choosing one answers with it.",
    found_none="No model server is running on this computer.",
    trial_well="Answered in {seconds} s: “{words}” Reads up to {tokens} tokens at a time.",
    writes="Chosen model: {model}. Where it cannot answer, answers quote the sources.",
    writes_none="Answers quote the sources, without a model.",
    sources_count="Sections shown to the model",
    sources_about="More give a wider view and slower answers; what exceeds the model's limit is left out from the end.",
    retrieval="Retrieval",
    embedder="Embedding model",
    embedder_about="The one that comes with SurveyQA is called bundled. Another sentence-transformers model is named "
    "by folder or hub name and must be on this computer already. After a change the index is made anew at the next "
    "start.",
    reranker="Reranking model",
    reranker_about="The one that comes with SurveyQA is called bundled. Name a cross-encoder by folder or hub name.",
    storage="Storage",
    library_folder="Library folder",
    library_about="Where papers, index and conversations are kept. In an empty folder a new Library is made.",
    later="Counts from the next start on",
    saved="Saved",
    refused="This value cannot be used and was not kept.",
    untested="This cannot be tried as it is.",
)

TEXTS: dict[Language, Texts] = {"ko": KOREAN, "en": ENGLISH}
