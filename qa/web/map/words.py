"""The words of the category map in both languages. No logic; `{names}` are filled in where they are shown."""

from dataclasses import dataclass

from index.load import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The map in one language."""

    picture: str
    picture_help: str
    whole: str
    path: str
    count: str
    one: str
    own: str
    holds: str
    find: str
    find_placeholder: str
    find_results: str
    results: str
    nothing: str
    predict_this: str
    method: str
    category: str
    typo: str
    as_written: str
    loading: str
    failed: str
    again: str
    unknown: str
    overview: str
    overview_about: str
    overview_shared: str
    parts: str
    told: str
    no_sentence: str
    open_source: str
    below: str
    methods: str
    ask_this: str
    ask_category: str
    questions: str
    compare: str
    copy_card: str
    copy_link: str
    year_unknown: str
    spellings: str
    filed: str
    main: str
    by_survey: str
    by_list: str
    by_document: str
    differ: str
    differ_here: str
    document_says: str
    survey_says: str
    agree: str
    elsewhere: str
    sentences: str
    notes: str
    similar: str
    neighbours: str
    nearest: str
    more: str
    predicted: str
    predicted_about: str
    closest_about: str
    family: str
    closest_to: str
    several: str
    no_category: str


KOREAN = Texts(
    picture="분류 체계 그림",
    picture_help="화살표 키로 옮겨 다니고, Enter로 열고, Esc로 한 단계 위로 갑니다",
    whole="전체",
    path="범주의 위치",
    count="방법 {count}개",
    one="방법 {count}개",
    own="바로 속한 방법",
    holds="이 방법이 속한 범주",
    find="방법 찾기",
    find_placeholder="방법, 범주, 저자, arXiv 번호",
    find_results="찾은 방법과 범주",
    results="결과 {count}개",
    nothing="‘{text}’에 맞는 방법이나 범주가 없습니다",
    predict_this="‘{text}’에 가까운 범주 예측하기",
    method="방법",
    category="범주",
    typo="비슷한 이름",
    as_written="‘{written}’ 일치",
    loading="불러오는 중입니다",
    failed="서버에서 답을 받지 못했습니다.",
    again="다시 시도",
    unknown="분류 체계에 없는 주소입니다. 전체 지도를 보여 드립니다.",
    overview="자동 정렬 방법 {count}개",
    overview_about="서베이가 나눈 네 갈래와 그 바탕이 되는 원리입니다. 넓이는 방법의 수를 나타냅니다.",
    overview_shared="방법 {shared}개는 범주가 둘 이상이어서, 범주별 수를 더하면 {filings}개가 됩니다.",
    parts="갈래",
    told="서베이의 설명",
    no_sentence="이 범주를 설명하는 문장이 라이브러리에 없습니다.",
    open_source="{heading}, 원문 열기",
    below="하위 범주",
    methods="방법",
    ask_this="물어보기",
    ask_category="물어볼 만한 질문",
    questions="이어서 물어볼 질문",
    compare="비교하기",
    copy_card="복사",
    copy_link="주소 복사",
    year_unknown="연도 미상",
    spellings="다른 이름",
    filed="속한 범주",
    main="주 범주",
    by_survey="서베이 본문",
    by_list="서베이의 동반 목록",
    by_document="라이브러리 문서",
    differ="출처마다 다릅니다",
    differ_here="출처마다 다른 방법",
    document_says="다른 문서",
    survey_says="서베이",
    agree="다른 문서도 같은 범주에 넣습니다",
    elsewhere="서베이 본문은 다음 절에서도 다룹니다",
    sentences="이 방법을 말하는 문장",
    notes="이름에 관한 참고",
    similar="이름이 비슷한 방법",
    neighbours="같은 범주의 방법",
    nearest="설명이 가장 가까운 방법",
    more="모두 보기 ({count})",
    predicted="예측한 범주",
    predicted_about="서베이와 동반 목록에 없는 방법입니다. 아래는 서베이의 분류가 아니라 예측이며, "
    "숫자는 맞을 확률입니다.",
    closest_about="서베이와 동반 목록에 없고, 단정할 만큼 확실하지 않습니다. 가장 가까운 범주와 맞을 확률입니다.",
    family="{name} 갈래일 확률 {share}",
    closest_to="가장 가까운 것",
    several="여러 가지로 읽힙니다",
    no_category="예측하지 않았습니다",
)

ENGLISH = Texts(
    picture="Picture of the taxonomy",
    picture_help="Arrow keys move, Enter opens, Escape goes one level up",
    whole="All",
    path="Where the category stands",
    count="{count} methods",
    one="{count} method",
    own="Filed here directly",
    holds="This method is filed here",
    find="Find a method",
    find_placeholder="Method, category, author, arXiv id",
    find_results="Methods and categories found",
    results="{count} results",
    nothing="No method or category matches “{text}”",
    predict_this="Predict the category of “{text}”",
    method="Method",
    category="Category",
    typo="similar name",
    as_written="matches “{written}”",
    loading="Loading",
    failed="The server did not answer.",
    again="Try again",
    unknown="The taxonomy has nothing at this address. Here is the whole map.",
    overview="{count} methods of automated alignment",
    overview_about="The survey's four families, and the mechanisms beneath them. "
    "Areas show how many methods each holds.",
    overview_shared="{shared} methods are filed in more than one category, so the categories add up to {filings}.",
    parts="Families",
    told="What the survey says",
    no_sentence="The Library has no sentence that describes this category.",
    open_source="{heading}, open the original",
    below="Sub-categories",
    methods="Methods",
    ask_this="Ask about it",
    ask_category="Questions to ask",
    questions="Questions to ask next",
    compare="Compare",
    copy_card="Copy",
    copy_link="Copy address",
    year_unknown="year unknown",
    spellings="Also called",
    filed="Categories",
    main="main",
    by_survey="Survey text",
    by_list="The survey's companion list",
    by_document="A document of the Library",
    differ="Sources disagree",
    differ_here="Where sources disagree",
    document_says="Another document",
    survey_says="Survey",
    agree="Another document files it here too",
    elsewhere="The survey text also treats it in",
    sentences="What is said of it",
    notes="About its names",
    similar="Methods with similar names",
    neighbours="In the same category",
    nearest="Described most alike",
    more="Show all ({count})",
    predicted="Predicted category",
    predicted_about="The survey and its companion list do not file this. What follows is a prediction, "
    "with the chance that it is right.",
    closest_about="The survey and its companion list do not file this, and it is not certain enough to assert. "
    "These come closest, with the chance that each is right.",
    family="{name} family: {share}",
    closest_to="Closest to",
    several="This can mean several things",
    no_category="No prediction",
)

TEXTS: dict[Language, Texts] = {"ko": KOREAN, "en": ENGLISH}
