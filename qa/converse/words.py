"""Words of questions that name no topic of their own, in both languages. Data, no behaviour.

A question that holds no others leans on what was said before: "한계는?", "how many layers?".
"""

# What is asked of a method, a model or a paper as a whole.
ABOUT_THE_WHOLE = """
    가격 강점 개발 개발했어 걱정 게재 결론 결점 고안 공개 공개됐어 공헌 교신저자 국가 글쓴이 기관
    기여 깃허브 깃헙 나라 나와요 나왔어 논란 논문 단점 대학 데모 뜻 라이선스 라이센스 리뷰 리뷰어
    링크 만든 만들었어 머리말 무료 문제점 반론 발명 발표 별명 본론 본명 부록 부작용 분량 사용법 상업
    상용화 서론 설치 소속 수상 실렸어 실린 심사 아쉬운점 약자 약점 연도 오픈소스 요약 우려 원문 위험
    위험성 유료 의미 의의 이점 인용 작성자 장단점 장점 저널 저자 저작권 저장소 정의 제1저자 제안
    제안했어 주가 주소 줄임 줄임말 쪽수 출간 출시 출판 취약점 코드공개 특허 페이지 풀네임 학교 학술지
    학회 한계 한계점 허점 홈페이지 회사 후속 후속작
    걸림돌 구멍 나쁜점 매력 맹점 메리트 무기 별로 불만 비판 빈틈 쓸모 아쉬운 아쉬워
    아킬레스건 이득 좋은점 차별점 특장점 효용
    abbreviation acronym advantage advantages affiliation affiliations appendix author authors benefit benefits
    challenge challenges citations cite cited company competitor competitors concern concerns conclusion
    conclusions conference cons created danger dangers definition demo developed disadvantage disadvantages
    downside downsides drawback drawbacks flaw flaws github hype institution institutions intro introduced
    introduction invented journal licence license limit limitation limitations limits link made meaning pages
    paper papers price propose proposed pros publication publish published release released repo repository
    review reviewer reviewers reviews risk risks rival rivals shortcoming shortcomings strength strengths
    successor successors summary takeaway takeaways team universities university url venue verdict weakness
    weaknesses website worries worry writer writers written wrote
    caveat caveats complaint complaints criticism criticisms gotcha gotchas gripe gripes merit merits perk perks
    pitfall pitfalls upside upsides virtue virtues
"""

# What is asked of anything: how many, why, which one.
ASKING = """
    가능 가장 가지 각각 각주 갈래 강한 강해 같아 같은 개 개선 개선책 개수 개월 걔 거기 걸 걸러
    걸러내 걸렀 걸려 걸렸 견해 결과 겹쳐 계속 고쳐 고치 고치는 곳 공통점 과제 관계 관련 관점 구분
    구체 군데 규모 그거 그건 그것 그게 그때 그래 그런 그렇 그렇게 그중 극복 근거 근본 근본적 기간
    기법 기본 기술 기존 기준 길이 까닭 나누 나눠 나뉘 나빠 나아 나오 나온 나온거 나은 나중 남은
    낮아 낮은 네 높아 높은 누구 누구야 느려 느리 늘려 늘었 다르 다른 다섯 다시 다운로드 다음 단계
    달라 대상 대안 대응 대응책 대책 대표 대표적 도구 도입 도입됐 도입됐어 동기 동시에 돼 되 두 둘
    들어가 떨어져 또 마지막 막아 많아 많은 많이 말고 맞나 맞아 먼저 명 명칭 모두 목록 목적 목표
    무엇 문장 문제 물어봐 믿 반복 받 방법 방식 방지 방향 배경 배워 버전 번 번째 범주 변화 보완
    보완책 볼 봐 부족 부족한 부족해 분류 비교 비교대상 비슷 비슷한 비유 비율 비중 빠르 빨라 빼면
    사람 사례 사용 사용해 생각 선택지 설명 성공 성과 세 셋 소개 속도 속해 수렴 수치 순서 쉬워 시간
    실무 실제 실제로 실패 써 썼어 쓰여 쓰이 쓸 아무나 알 알고리즘 앞으로 약한 약해 얘 어디 어때
    어땠어 어떻게 어려워 언제 얼마나 없 여기 여섯 연관 영향 예 예시 예제 오답 오래 올라 요점 요즘
    용도 용량 원 원래 원리 원본 원인 위치 유래 유형 윤리적 응용 의견 이거 이건 이것 이게 이렇게
    이름 이유 이전 이후 인용문 인정 일일이 있 자동으로 작은 쟤 저거 저것 저렇게 적어 적용 적은 전
    전망 전부 전자 전체 절차 점 점수 접근 정답 정말 정해 정확 정확도 정확히 제외 제일 조건 종류
    좋아 좋은 주요 주장 주장해 줄여 줄이 중요 줬 증거 지금 지원 지원해 직접 진짜 진행 진행되 질문
    차례 차이 차이점 채점 처리 처음 처음부터 첫 초등학생 초딩 초록 최고 최대 최소 최신 최종적 추가
    추천 출처 측면 카테고리 커 크기 큰 특성 특징 틀려 틀리 틀린 퍼센트 포함 프로그램 필요 필요해 하
    한 한꺼번에 한눈 해결 해결방법 해결법 해결책 해당 핵심 향후 현업 현장 확실 확실해 활용 효과 후
    후자 거야 거지 건데 거네 건가 거예요 거죠 건지 거임 거냐
    abstract accurate actually after against aim aims algorithm algorithms already alternative alternatives
    amount analogy answer answers anyway approach approaches argues aren't ask asked assumption assumptions available
    avoid background bad basic before believe belong belongs best better big bit both bullet bullets called came
    can't cant categories category cause causes change changed claim classified classify come comes compare
    compared comparison condition conditions connection core correct cost costly costs couldn't count cover
    covers criteria criterion currently describe detail details didn't differ difference differences different direction
    directions divide divided do doesn't don't done download downloads downside drop each early easy effect
    effects eli5 else end ends evidence exactly example examples exist expensive explain fail failed far feature
    features fewer find finding findings first fix fixed fixing follow-up followup footnote form forms formula
    formulas found four future get given goal goals good got grew group groups grow guard happen happens hard
    hardware has hasn't have haven't help helped helps here higher highest hypothesis idea ideas impact
    important improve improved instance instances intuition isn't just keep kept key kind kinds large last later
    least length less links long long-term lose lower lowest main matter matters mean means mentioned listed method
    methods mitigate more most motivation name names necessary need needed needs new next novelty number numbers
    objective often one ones open opponent opponents outcome overall part parts people percent percentage
    perform performance person phase phases place placed plain point points popular possible principle problem
    problems procedure proposal purpose question questions quote quotes rate ratio really reason reasons reduce
    reduced related relation reliability reliable remaining remedies remedy respects result results right rise
    round rounds said same say says score scores second share short show shown shows similar similarity simple
    size small solution solutions solve sort sorts split stage stages stands start started starts step steps
    still strong suggest suggests summarise summarize sure take takes technique techniques tell thing things think third
    three together tool tools total true trust two type types ups usage use used useful uses using version
    versions wasn't way ways weak weights weren't whole win wins won't work worked works worse worst wrong yet
"""

# What many papers have, so that it says nothing of which: data, layers, benchmarks.
GENERAL = """
    가설 값 개념 개요 검증 것 경우 공식 구성 구성요소 구조 국문 국어 그래프 그림 날 날짜 내용 년
    년도 능력 답 답변 대 데 데이터 도표 돈 라벨 레벨 레이어 매개변수 모델 모듈 모습 목적함수
    목표함수 문맥 문항 뭔가 방향성 배치 범위 벤치마크 부분 분야 비용 상황 샘플 설정 성능 소스 손실
    수 수식 수준 숫자 시점 신호 실험 아이디어 아키텍처 안돼 안돼요 언어 에폭 연구 영문 영역 예정
    요소 용어 원칙 월 응답 이론 이해 입력 자료 자원 작업 장 정도 정보 지시문 지표 쪽 참가자 초기
    최종 출력 층 컨텍스트 태스크 토큰 파라미터 편 평가 표 프롬프트 하드웨어 학습 학습률 한글 합계 해
    핵심어 헤드 형태 훈련
    abilities ability architecture area areas baseline batch benchmark benchmarks build built component
    components concept concepts content context contribution data dataset datasets date day epoch epochs
    evaluate evaluated evaluating evaluation experiment experiments field fields figure framework function
    functions gpu gpus head heads inference information input instruction instructions item items label labeled
    labelled labels language languages layer layers learn learning level levels loss measure measured metric
    metrics model models module modules money month objective output parameter parameters participants process
    prompt prompts range research resource resources response responses sample samples scope section setting
    settings setup signal signals source sources structure studies study system systems table task tasks term
    terms test tested testing tests theory token tokens train trained training value year
"""
