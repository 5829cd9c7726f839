"""What only frames a statement in either language, and verbs between two: words and patterns, no behaviour."""

# Words of a written answer that carry no claim: they join, hedge, report or point at the source.
FRAME_WORDS = frozenset(
    """although though however therefore thus hence moreover furthermore meanwhile whereas while instead rather merely
    just roughly about approximately nearly almost narrowly notably respectively latter former overall essentially
    specifically namely particularly especially mainly mostly simply likewise besides despite regardless together
    altogether indeed actually still yet already even quite fairly somewhat also additionally finally firstly
    secondly lastly consequently accordingly according contrast contrary turn part example instance case fact reason
    result thing point noteworthy note noted mention mentioned state stated report reports reported say says said
    describe described explain explained explains claim claims show shows shown find finds found observe observed
    argue argues suggest suggests indicate indicates appear appears seem seems turned turns come comes came end
    ended paper study document text source sources passage passages section author authors survey notes given
    regarding concerning terms sense way ways kind kinds sort certain several various mere make makes made take
    takes taken put get gets become becomes remain remains is be been being called known one ones order thereby
    whereby among within per via like such rely relies relied account based largely hand hands own people person
    throughout afterwards later else therein unlike both everything anything exactly otherwise much every neither
    only seen due went role addition followed aimed named cause causes depending beyond outside because since use
    uses used against across including using toward towards into onto under over took gave
    got became held kept do does did has have had was were can could will would may might should must
    논문 보고서 저자 저자들 연구 서베이 문서 글 자료 출처 절 장 노트 내용 부분 점 측면 면 경우 때 것 수 등 및 또한
    또 즉 곧 특히 다만 하지만 그러나 그런데 그리고 따라서 그래서 그러므로 반면 한편 아울러 나아가 결국 결론적 요컨대
    요약 예컨대 오히려 이처럼 이렇 그렇 이때 이후 당시 이른바 소위 일종 대체로 대략 대개 거의 약 정도 가량 쯤 무렵
    안팎 내외 모두 각각 각 여러 다양 주로 매우 아주 상당히 꽤 다소 조금 약간 훨씬 더욱 한층 가장 다시 먼저 우선 이어
    이어서 처음 비로소 이미 아직 여전히 계속 바로 직접 실제 실제로 사실 사실상 기본적 일반적 전반적 구체적 보고 설명
    언급 지적 서술 기술 제시 소개 말하 밝히 따르 의하 대하 관하 통하 위하 나타나 보이 알려지 꼽히 꼽 여기 전하
    평가받 파악 확인 볼 보 쓰이 쓰 사용 사용하 이용 활용 하 되 있 없 이 그 저 우리 이들 그것 이것 해당 당하 가지 개
    명 번 데 뿐 만 셈 이유 까닭 때문 덕분 탓 결과적 역시 함께 그중 가운데 중 사이 다음 아래 위 앞 뒤 최종적 공식적
    달하 이르 그치 머무르 머물 얻 기록 기록하 받 갖 지니 두 거두 이루 이루어지 구성 구성되 해 주 놓 버리 내 내놓 짓
    나 오 가 들 맡 서 경쟁 덕택 차지 공식 도달 작성 과정 제대로 진행 비롯 올라오 노릇 동안 수준 만큼 까지 불과 식 류
    같 자체""".split()
)
# How a sentence answers the question, or is counted among others, before it says anything.
OPENINGS = (
    r"^(?:(?:예|네|아니요|아니오|맞습니다|그렇습니다|yes|no|(?:첫|둘|셋|넷|다섯)째(?:로)?|(?:first|second|third|fourth)(?:ly)?|finally|lastly"
    r"|마지막으로|또한|그리고|in addition|moreover|additionally|therefore|thus|따라서|즉)[,.]\s+)+"
)
# Sentences that announce what follows: nothing in them can be checked.
INTRODUCTIONS = (
    r"(?:다음과 같|아래와 같|다음은|아래는|다음 (?:내용|사항|항목)|정리하면|요약하면|요약해 드리"
    r"|설명(?:해 )?드리|살펴보|알아보)"
    r"|\b(?:as follows|the following|here (?:is|are)|below (?:is|are)|listed below|let(?:'s| us) look|in summary"
    r"|to summari[sz]e)\b"
)
# Sentences about what the sources leave open.
ABOUT_SOURCES = (
    r"(?:자료|출처|문서|본문|근거|발췌|(?:제공|제시|주어)[가-힣]* (?:내용|정보|문맥|자료|문서|글))\S*\s.{0,50}"
    r"(?:언급|나와|나오|설명|밝[히혀]|찾을|확인할|알|다루|적혀|제시|서술|기술|정보|내용|근거|답할)[가-힣 ]*"
    r"(?:없|않)[가-힣]*\W*$"
    r"|\b(?:(?<!data )(?<!open )sources?|passages?|excerpts?"
    r"|(?:provided|given|cited|retrieved) (?:text|context|documents?))\b.{0,30}"
    r"\b(?:do(?:es)? not|don't|doesn't|no|cannot|lacks?)\b.{0,30}"
    r"\b(?:mention|say|state|specify|describe|report|discuss|tell|answer|explain|address|cover|information|details?)\b"
    r"|\bno information\b|\bI (?:do not|don't) know\b"
    r"|\bI (?:cannot|can't|could not) (?:answer|determine|tell|find|say)\b"
)
# What leaves something open where no source is cited; where one is, it may be a finding.
LEAVING_OPEN = (
    r"(?:나와 있|언급되|언급하|밝히|적혀 있|다루)지(?:는|도)? 않[가-힣]*\W*$"
    r"|(?:알|찾을|확인할|답할|답변할|판단할) 수(?:는)? 없[가-힣]*\W*$"
    r"|\b(?:cannot|can't|could not) (?:be )?(?:answer|determine|tell|find|say|found|told|answered|determined)\w*\b"
)
ANNOUNCING = frozenset(
    """following follow below here main key list point points item items step steps summary answer question three two
    four five six several some few many thing things way ways reason reasons detail details overview look brief
    주요 핵심 목록 항목 사항 질문 답 답변 답하 요약 요약하 정리 정리하 살펴보 알아보 간단 간단히 차례 특징 방법 이유
    종류 단계 차이 차이점 세 두 네 다섯 몇""".split()
)
# Verbs between two that play different parts, as stems of English words and as beginnings of Korean ones.
ENGLISH_RELATIONS = (
    "supervise imitate teach taught guide judge make made write wrote written train learn correct deceive generate "
    "choose chose chosen replace extend cite adopt produce evaluate pass steer criticize rewrite attack persuade "
    "instruct distill optimize select oversee oversaw copy mimic follow give gave transfer convert translate try"
).split()
KOREAN_RELATIONS = (
    "(?:감독|모방|판단|판정|훈련|학습|교정|생성|채점|대체|확장|인용|채택|평가|시도|전달|비평|공격|방어|설득"
    "|증류|최적화|갱신|번역|주도|보상)(?:하|한|할|해|했|합|시[키킨켜])"
    "|가르[치친쳐]|이끌|이끄|이끈|만들(?!어[지진졌질])|만든|만드|쓰[는고며인]|쓴|배우|배운|고[치친쳐]|속이|속일"
    "|속인|고르|고른|부르|묻|넘기|넘긴|거르|따르|따른|옮기|옮긴|바꾸|바꾼"
)
# Words that are verbs only before an article or the like: "rates the outputs", but not "the pass rates".
ENGLISH_RELATIONS_BEFORE = "rates rated scores scored labels labelled answers attacks copies monitors calls".split()
# What ends like a subject and is none.
KOREAN_NO_SUBJECTS = (
    r"(?:하|되|있|없|않|같|많|적|작|좋|높|낮|깊|얕|짧|넓|좁|크|받|만드|쓰|이끄|주|보|나|들|짓|얻)(?:는|은)"
    r"|(?:에서|에|로|보다|까지|부터)(?:는|도)|(?:따르|쓰)면|것은"
    r"|(?:없|같|많|높|깊|끊임없|굳)이"
)
