"""How people follow up in both languages: words that lean on what was said before. Data, no behaviour."""

# What begins a turn and says nothing of its topic.
OPENING = (
    r"(?:그럼|그러면|그렇다면|그리고|그런데|근데|그래서|그래도|그러니까|아니|아|음|어|오|네|넵|응|ㅇㅇ|혹시|참|반대로|전체적으로"
    r"|그리구|글구|ok|okay|so|and|but|or|then|well|now|also|hmm+|oh|right|thanks|thank you|great|yes|no|sorry)[,.!~]*"
)

# Words of a turn that asks the last question again, by purpose.
LANGUAGE_NAMES = {
    "ko": r"한국어|한국말|한글|국문|우리말|코리안|korean|hangul",
    "en": r"영어|영문|잉글리시|english|eng",
}
INTO_LANGUAGE = (
    r"(?:\b(?:in|into|to)\s+{name}\b|\b{name}\s+(?:please|pls|plz|version)\b|(?:{name})\s?(?:(?:버전|판|번역)?\s?(?:으로|로)|버전|번역)"
    r"(?:는|는요|도|만)?(?![가-힣]*\s*학습))"
)
AGAIN = r"다시|한 ?번(?:만)? 더|재차|뭐라고|번역|\bagain\b|\brepeat\b|\brephrase\b|\bonce more\b|\bone more time\b|\btranslate\b|^what\?"

# Pieces that Korean words of such turns are made of, and whole English words.
TELLING_KO = (
    "방금|아까|위|그|이|저|거|것|건|게|걸|답변|대답|답|내용|설명|말|얘기|이야기|알려|보여|써|쓰|적어|적|바꿔|바꾸|번역|부탁|좀|조금|만|한|번|다시|재차|해|하|줘|주|줄"
    "|드리|드립|드려|니다|세|실|래|가능|될|돼|되|수|있|버전|판|못|알아듣|알아들|겠|이해|안|가|잘|요|죠|지|네|까|은|는|을|를|로|으로|도|의|에|대해|대한|서|봐|볼|더"
    "|뭐|라고|라|시|달|싶|어|아|고|면|나|냐|야|예|임|음|ㅇ|염|그럼|그리고|부분|궁금"
)
TELLING_EN = frozenset(
    """please pls plz say tell explain answer reply respond it that this these them me us the your my last previous question
    can could would you do for write show give i want need like now same thing one more time in into to a an answered version again
    repeat rephrase translate once back what sorry just about of on with and""".split()
)

# Turns that say nothing of any topic.
SMALL_TALK = (
    r"(?:안녕(?:하세요)?|고마워요?|고맙습니다|감사(?:합니다|해요)?|땡큐|ㄳ|ㄱㅅ|수고(?:했어|하셨어요|하세요)?|응|네|넵|예|아니요?|아뇨|ㅇㅇ|ㅇㅋ|오케이|오키|알겠어요?|알겠습니다"
    r"|그렇구나|그렇군요?|아하|오호?|와|우와|대박|좋아요?|굿|헐|음+|흠+|[ㄱ-ㅎㅏ-ㅣ]+|hi|hello|hey|thanks?(?: you| a lot)?|thx|ty|ok(?:ay)?|cool|great|nice|good|got it|i see"
    r"|yes|no|yep|nope|sure|wow|lol|bye|hmm+|awesome|perfect|interesting|never ?mind)(?: (?:고마워|감사합니다|thanks|thank you))?"
)
DOUBT = (
    r"진짜(?:야|요|로)?|정말(?:이야|요|로)?|확실해요?|맞아요?|맞나요?|그게 맞아|사실이야|사실인가요|레알|really|are you sure|is (?:that|it|this) (?:true|right|correct|so)|for real|sure"
)

# Words of a turn that wants more of the last answer.
MORE = (
    r"^또\s*\?*$|또 ?(?:뭐|다른|어떤)|^(?:그 ?)?(?:외|밖)에(?:는|도)?|^(?:또 )?다른 ?(?:거|건|것|게)|요약|정리해|한 ?(?:줄|문장|마디)로|핵심만|짧게|간추|"
    r"자세히|자세하게|자세한|구체적으로|구체적인|상세|쉽게|간단히|간단하게|풀어서|디테일|계속|이어서|이해|(?:^|\s)더(?:\s|$)|추가|무슨 ?(?:말|뜻|소리|얘기|의미)"
    r"|^(?:그리고|그래서|근데)\s*\?+$"
    r"|\bmore\b|\bdetails?\b|\bdetailed\b|\belaborate\b|\bfurther\b|\bdeeper\b|\bexpand\b|\b(?:go|keep) (?:on|going)\b|\bcontinue\b|\bsimpler\b"
    r"|\bsimply\b|\bin short\b|tl;?dr|\bsummar(?:y|i[sz]e)\b|\bbriefly\b|\bin (?:one|a) (?:sentence|line|word)|(?:any|the|what) others?\b|^others?\b|don'?t understand|don'?t get it|do you mean|does (?:that|it|this) mean|^explain (?:that|it|this)\b|what else|^(?:and|so)\s*\?+$"
)
MORE_KO = "외에|밖에|또|다른|요약|정리|줄|문장|마디|핵심|짧|게|간추|려|려줘|하나|자세|히|하게|한|구체|적|인|으로|상세|쉽|간단|풀|디테일|계속|이어|추가|무슨|뜻|소리|의미|풀어|정도|일"
MORE_EN = frozenset(
    """more details detail detailed elaborate further deeper bit little some any go going on keep expand continue simpler simply terms
    short tl dr tldr tl;dr summary summarize summarise briefly sentence line word others other anything something
    know don't dont understand get mean means does do else info information understood is specific so""".split()
)

WHY = (
    r"(?:그건|그게|이건|이게|그거|이거)?\s*(?:왜|외|어째서)\s*(?:요|죠|지|그래|그래요|그런데|그런데요|그런건데|그런 건데|그런 거야|그런거야"
    r"|그렇지|그렇죠|그렇대|그런지|일까|인데|인데요|인가요|이지|그런가|그런가요|그런 거죠|그럴까|그럴까요|그런 걸까|그런 걸까요"
    r"|그렇게 (?:돼|되지|되나|되나요|했어|했대|했지|하지|하나|하나요|해|생각해))?"
    r"|(?:그|이)?\s*(?:이유|까닭)(?:는|가|은|를)?\s*(?:요|좀|뭐야|뭔데|뭔가요|뭐죠|뭐예요|뭐에요|뭐임|뭐지|무엇인가요|무엇인지|알려줘|알려주세요|말해줘|설명해줘)?"
    r"|why(?:'s| is| was)?(?: (?:so|that|is that|it|this|is it|is this|does it|do they think so|do they say so|exactly|though|not))*"
    r"|(?:그럼 )?(?:언제|어디서|어디에|어디에서|어떻게|누가|누구|뭘로|무엇으로|얼마나)(?:요|데|는데|는데요|인데|인데요|야)?"
    r"|(?:by |since |for |with |in )?(?:when|where|how|who|whom|how so|how much|how many|what for|for what|what exactly|how exactly)"
    r"|how come(?: so)?|(?:what(?:'s| is| was) )?(?:the |any )?reasons?(?: (?:for|behind) (?:that|it|this))?|for what reason"
)
EXAMPLE = (
    r"예를|예시|예제|사례|예는|예$|예로|예가|예 ?좀|예 ?하나|예컨대|이를테면|가령|\bexamples?\b|\binstances?\b|such as|like what|^e\.?g\.?"
)
EXAMPLE_KO = "구체적|예|시|를|는|로|가|제|사례|들|들어|들자|면|하나|몇|개|구체|적|인|실제|뭐|뭔|데|어떤|같|은|컨대|테|령|종류|이를"
EXAMPLE_EN = frozenset(
    """example examples instance instances some any such as like what are there is concrete real more these e.g e g eg""".split()
)

# Determiners that point back, and nouns that a method, a model or a paper may be called by afterwards.
CLASS_NOUNS_KO = (
    "방법론|방법|기법|방식|접근법|접근|기술|알고리즘|모델|프레임워크|벤치마크|데이터셋|데이터|논문|보고서|연구|개념|시스템|평가|과정|절차|작업|강연|도구|애"
)
CLASS_NOUNS_EN = (
    "methods?|approach(?:es)?|techniques?|algorithms?|models?|frameworks?|benchmarks?|datasets?|systems?|concepts?|ideas?|tools?|strateg(?:y|ies)|ones?"
)
# Ones that stay what they are: the corpus calls itself so.
SELF_KO = "논문|서베이|문서|글|노트|라이브러리|보고서"
SELF_EN = "survey|paper|document|article|notes?|library|report|work|corpus"

# Words that carry no topic of their own: what is asked about a thing (its limits, who wrote it, how many).
# Those of the first list are about the whole thing; those of the first two leave no trace in later turns.
ABOUT_THE_WHOLE = """
    한계 한계점 단점 약점 문제점 허점 취약점 결점 부작용 아쉬운점 장점 강점 이점 장단점 저자 교신저자 제1저자 글쓴이 작성자 기관 소속 회사 대학 학교 학회
    학술지 저널 게재 출판 출간 실렸어 실린 발표 공개 공개됐어 출시 나왔어 나와요 라이선스 라이센스 코드공개 깃허브 깃헙 저장소 링크 주소 인용
    결론 요약 정의 뜻 의미 만들었어 만든 개발했어 개발 제안했어 제안 고안 발명 리뷰 심사 리뷰어 주가 가격 논문 분량 페이지 쪽수 연도 국가 나라 홈페이지 데모 사용법 설치 오픈소스 상업 무료 유료 의의 기여 공헌
    위험 위험성 우려 걱정
    limit limits limitation limitations weakness weaknesses drawback drawbacks shortcoming shortcomings downside downsides
    disadvantage disadvantages flaw flaws strength strengths advantage advantages benefit benefits pros cons author authors
    writer writers institution institutions affiliation affiliations university universities company team venue conference
    journal published publish publication released release license licence repository repo github url link
    cited cite citations conclusion conclusions summary definition meaning made wrote written proposed propose invented
    created developed introduced risk risks danger dangers worry worries concern concerns challenge challenges demo website
    pages reviewers reviewer review reviews price paper papers
"""
ASKING = """
    예 예시 예제 사례 종류 유형 갈래 가지 개 명 번 점 개수 단계 절차 순서 차례 이유 까닭 원인 동기 목적 목표 배경 효과 영향 결과 성과 점수 수치 비율 비중
    퍼센트 얼마나 크기 규모 길이 용량 개월 시간 기간 기준 조건 차이 차이점 공통점 비교 특징 특성 이름 명칭 해결 해결책 해결방법 해결법 대책 대안 개선
    개선책 고치 고쳐 고치는 막아 줄여 줄이 원리 방향 향후 앞으로 나중 남은 과제 우려 걱정 위험 위험성 문제 필요 필요해 가능 중요 정확 정확도 좋아 좋은
    나아 나은 나빠 높아 높은 낮아 낮은 많은 많이 많아 적은 적어 작은 큰 커 약해 약한 강해 강한 빨라 느려 달라 다른 다르 같아 같은 비슷 비슷한 어려워
    쉬워 제일 가장 최고 최대 최소 전체 전부 모두 각각 근본 근본적 기본 핵심 주요 대표 대표적 구체 실제 실제로 진행 진행되 나눠 나뉘 나누 분류 구분 속해
    들어가 쓰여 쓰이 써 썼어 사용 사용해 활용 용도 쓸 보완책 보완 대응 대응책 방지 극복 처리 주장 주장해 근거 증거 관계 연관 응용 적용 전망 요점 선택지 정답 오답 초록 기존 이전 전 후 최신
    정확히 진짜 정말 확실 확실해 맞아 맞나 틀린 틀려 틀리 실패 성공 속도 출처 유래 소개 버전 비교대상 대상 걸러 걸러내 걸렀 빠르 느리 오래 걸렸 걸려 추천 의견 생각
    방법 기법 방식 접근 기술 알고리즘 도구 프로그램 질문 인정 포함 그래 그런 그렇 원본 나온 나오 나온거 올라 떨어져 늘려 늘었 변화 사람 돼 되 하 있 없 처음 마지막 먼저 첫 번째 그거 그것 그건 그게 이거 이것 이건 이게 저거 저것 거기 여기 걔 얘 쟤 전자 후자 다음 이후 이전 그때 지금 요즘
    범주 카테고리 믿 알 볼 봐 받 줬 걸 어때 어땠어 겹쳐 배워 물어봐 지원 지원해 빼면 말고 관점 견해 설명 측면 관련 세 두 네 한 둘 셋 다섯 여섯 제외 그중 추가 원 원래 또
    다시 정해 해당 위치 도입 도입됐어 도입됐 부족 부족해 부족한 링크 다운로드 목록 반복 그런
    example examples instance instances kind kinds type types sort sorts form forms number numbers amount count step steps
    stage stages phase phases round rounds procedure reason reasons cause causes motivation goal goals aim aims purpose
    background effect effects impact result results outcome finding findings score scores percentage percent share rate
    ratio size length long big large small criterion criteria condition conditions difference differences differ similarity
    comparison compare compared feature features name names called solution solutions fix fixed fixing remedy remedies
    solve improve improved reduce reduced mitigate avoid guard principle future direction directions remaining open challenge
    challenges worry worries concern concerns risk risks danger dangers problem problems wrong question questions need needs
    needed necessary important possible reliable reliability accurate good bad better best worse worst higher highest lower
    lowest more most less least fewer strong weak hard easy similar same different main key core basic whole overall total
    each divided divide split classified classify use used uses using useful usage help helps helped happen happens change
    changed grow grew rise drop people person part parts group groups category categories one ones thing things point
    points take takes get got show shows shown say says said mean means belong belongs exist first second third last next
    before after early later long-term trust detail details work works worked done do perform performance idea ideas way ways
    fail failed win wins lose cost costs simple cover covers divide hypothesis assumption assumptions costly costs expensive
    come comes came have has given find found think believe suggest start starts started end ends keep kept place placed
    answer answers asked ask matter matters version versions evidence link links relation related connection claim right correct
    can't cant won't don't doesn't isn't aren't didn't couldn't wasn't weren't haven't hasn't
    true sure really abstract available method methods technique techniques approach approaches
    algorithm algorithms tool tools still already yet often popular else just currently actually together two both three four bit point anyway exactly suggests proposal respects
"""
GENERAL = """
    데이터 학습 훈련 모델 토큰 파라미터 매개변수 언어 국어 컨텍스트 문맥 프롬프트 샘플 응답 답 답변 지시문 문항 과제 작업 태스크 벤치마크 평가 실험 설정
    지표 점수 gpu 장 대 에폭 학습률 배치 층 레이어 헤드 모듈 구성 구성요소 요소 구조 아키텍처 신호 형태
    능력 성능 수준 레벨 비용 자원 연구 논문 개념 아이디어 이론 가설 원칙 기여 내용 부분 분야 영역 용어 소스 정보 참가자 돈 표 그림 이해 안돼요 안돼 예정 수 숫자 날짜 날 해 년
    년도 월 시점 범위 입력 출력 검증 해 것 뭔가 뜻 데 점 쪽 편 경우 상황 정도 대상 방향성 실제 값 합계 최종 초기 라벨 자료 출처
    data dataset datasets training trained train train model models token tokens parameter parameters language languages
    context prompt prompts sample samples response responses instruction instructions item items task tasks benchmark
    benchmarks evaluation evaluate evaluated evaluating experiment experiments setup setting settings metric metrics gpu
    gpus epoch epochs batch layer layers head heads module modules component components structure architecture 
             signal signals ability abilities level
    levels resource resources study studies research concept concepts theory hypothesis contribution content section
    area areas field fields term terms information participants money table figure date day year month scope range
    input output learn learning test tests tested testing build built measure measured process works
    framework source sources system systems version baseline value label labels labelled labeled
"""

# How names are told apart.
MODEL_NAMES = (
    r"(?:chat)?glm|챗?glm|gpt|chatgpt|챗gpt|llama|라마|qwen|큐웬|claude|클로드|gemini|제미나이|제미니|gemma|mistral|미스트랄|mixtral|deepseek|딥시크"
    r"|phi-?\d|yi-?\d|mplug|idefics|mantis|mmicl|palm|falcon|vicuna|baichuan|internlm"
)
BENCHMARK_NAMES = (
    r"[\w-]*(?:Bench|Eval|QA)(?:[-+ ]?[\w.]+)?|MMLU(?:-\w+)?|GSM8[Kk]|MATH|HumanEval\S*|MBPP|BBH|GPQA|C-?Eval|CMMLU|ARC\S*|HellaSwag|"
    r"MGSM|Arena-Hard|MultiPL-E|API-Bank|MT-Bench|MMMU|MME|GAIA|MMIU|MIRB|ImageNet|SQuAD|GLUE|BLEU|ROUGE"
)
ACRONYMS = (
    r"AI|LLMs?|LMs?|MLLMs?|VLMs?|DPO|PPO|SFT|RL|GPUs?|TPUs?|CPUs?|APIs?|MoE|NLP|NLI|QA|VQA|CoT|ToT|BPE|ICL|ML|GAN|PDF|JSON|HTML|URL|OK|ID|UI|FP8"
    r"|BF16|RoPE|GQA|MFU|FLOPs?|K|N|H\d|KV|GitHub|Github|Wikipedia|Python|A|B|Q|V"
)
NUMBERED = r"(?:시스템|모듈|레벨|system|module|level) ?\d+(?!\d*[가-힣]*단계)"
WORK_NOUNS = (
    r"(?:'s|’s|의)? ?(?P<noun>논문|보고서|리포트|강연|서베이|설문|technical report|papers?|report|survey|talk|poll)(?![A-Za-z])"
)
WORK_NAMES = {
    "논문": ("논문", "paper"), "보고서": ("보고서", "report"), "리포트": ("보고서", "report"), "강연": ("강연", "talk"),
    "서베이": ("서베이", "survey"), "설문": ("설문", "poll"), "paper": ("논문", "paper"), "papers": ("논문", "paper"),
    "report": ("보고서", "report"), "technical report": ("보고서", "report"), "survey": ("서베이", "survey"),
    "talk": ("강연", "talk"), "poll": ("설문", "poll"),
}  # fmt: skip
SURVEY = (
    r"(?:(?:자동화?(?:된)? ?)?정렬 )?서베이(?: 논문| 본문)?|\b(?:alignment )?survey(?: paper)?\b(?: on (?:automated )?alignment)?"
)
COMPANION_LIST = r"동반 ?목록|\bcompanion list\b|awesome-auto-alignment(?: (?:repo|list|목록))?"
ENGLISH_WORDS = (
    "what|which|who|whom|whose|when|where|why|how|is|are|was|were|be|do|does|did|can|could|should|would|will|shall|may|might|must|has|"
    "have|had|the|a|an|and|or|but|if|in|on|at|to|for|of|with|from|by|as|it|its|this|that|these|those|there|here|they|their|them|he|"
    "she|his|her|him|i|you|we|our|us|my|your|not|no|yes|please|tell|give|explain|describe|compare|list|name|show|summarize|summarise|any|some|"
    "other|another|more|most|also|then|so|ok|okay|korean|english|chinese|french|german|japanese|spanish|hindi|thai|swahili|first|"
    "second|third|fourth|last|former|latter|both|all|each|between|about|than|vs|versus|let|need|examples?|according|under|over|through"
)
