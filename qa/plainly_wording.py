"""Everyday words in which people ask for weak and strong points, and what tells other questions with such words."""

PLAIN_WORDS = r"한계|단점|약점|장점|강점|\blimit(?:s|ations?)?\b|\bweakness|\bstrengths?\b|\b(?<!dis)advantages?\b"
# Ask what is bad about something, besides the plain words (한계, limitations).
WEAK = (
    r"별로(?:야|인|임|예|에|라|다고|지)|답답|삐끗|뒤통수|(?<![가-힣])까(?:고 싶|일|이는|는 (?:사람|글|논문|의견))"
    r"|물고 늘어|못 ?(?:푸는|하는 (?:게|거|것|건|부분|점)|다루|쓰는|따라|믿|미더)|안 ?(?:되는 (?:게|거|것|건|부분"
    r"|점|경우)|먹히|통하|맞는|좋은)|구멍|빈틈|맹점|함정|흠(?:은|이|을|잡)|아쉬|아쉽|커버(?:하지 못|가 안| 못)"
    r"|아킬레스|걸리는 (?:거|게|점|것|부분|데)|걸림돌|감수|향후 ?과제|(?:남은|남긴|남겨 ?둔|남아 ?있는) ?(?:과제"
    r"|숙제|문제|게|건|것|거)|숙제|미해결|애먹|동떨어|손볼|손봐|고칠|고쳐야|보완(?:할|해야|이 필요|점)|개선(?:할"
    r"|해야|점|의 ?여지|이 필요|되어야)|불만|공격(?:당|받)|반박|비판(?:받|점|할|거리|적)|놓치(?:는|고)|놓친|빠뜨"
    r"|빠진 (?:게|거|것|건|부분|점)|약한 (?:고리|점|부분|데|면|구석)|모자라|모자란|부족한 (?:점|부분|면|게|건|데"
    r"|것)|미흡|허술|리스크|위험(?:한 (?:점|부분)|요소)|문제(?:는|가) (?:없|뭐|뭔|뭘)|문제 ?(?:없|될)|실패(?:하는"
    r"|할) (?:경우|때|상황)|언제 실패|무너|나쁜 (?:점|면)|안 ?좋은|쓰면 안|피해야|불편|비현실|과대 ?평가|거품"
    r"|꼬투리|트집|태클|지적(?:받|당|할)|욕먹|찜찜|못 믿|신뢰(?:하기|할 수) ?(?:어렵|없)|해결(?:되지|하지) 못"
    r"|해결 못|발목|골치|난관|마이너스|손해 ?(?:보|를)|\b(?:falls?|falling) (?:apart|short|flat|down)\b"
    r"|\bbreaks? down\b|\bnervous\b|\bworr(?:y|ies|ied|isome)\b|\bgo after\b|\bthe catch\b|\bpok(?:e|ed"
    r"|ing) holes\b|\bfailure (?:modes?|cases?)\b|\bleaves? out\b|\bleft out\b|\b(?:not|dis)[ -]?trust"
    r"|\bsteer clear\b|\bopen (?:questions?|problems?|issues?)\b|\bremains? (?:open|unsolved)\b|\bunsolved\b"
    r"|\bbackfire|\bover(?:hyped|rated|sold)\b|\b(?:case|arguments?) against\b|\bcorners\b|\bblind ?spots?\b"
    r"|\bneeds? (?:fixing|work|improv)|\bgripes?\b|\bcomplain|\bshaky\b|\bcan(?:'|’)?t do\b|\bcannot do\b"
    r"|\bmissing\b|\bachilles|\bthreats to validity\b|\bpitfalls?\b|\bcaveats?\b|\bgotchas?\b|\bred flags?\b"
    r"|\bdisadvantages?\b|\bstruggles?\b|\bsuffers?\b|\bbad (?:at|about)\b|\bwrong with\b|\bgo(?:es)? wrong\b"
    r"|\bpoor at\b|\black(?:s|ing)?\b|\bcriticisms?\b|\bcritiqu|\bs[ck]eptic|\bconcerns?\b|\bavoid using\b"
    r"|\bnot (?:use|be used|suitable|suited|ideal|good)\b|\bwhen not to\b|\broom for improvement\b|\bhold(?:s"
    r"|ing)? (?:\S+ )?back\b|\btrouble\b|\btrade-?offs?\b|\bsacrific|\bannoy|\bfrustrat|\bdislike|\bhates?\b"
    r"|\bworst (?:thing|part)\b|\blet ?downs?\b|\bdisappoint|\b(?:problems?|issues?|trouble) with\b"
    r"|\bunreliable\b|\bunrealistic\b|\b(?:sore|soft) spots?\b|\bfragile\b|\bbrittle\b|\bfragilit|\bnot cover"
    r"|\bn(?:'|’)t (?:cover|handle|work|good)\b|\boverlook"
)
# Ask what is good about it, besides the plain words (장점, advantages).
STRONG = (
    r"인기(?:야|임|인|가|있|많)|굳이 (?:써|쓸)|(?:써야|쓸|쓰는|사용하는|선택하는|고르는) (?:하는 |할 )?이유"
    r"|나아(?:져|지|짐)|한 수 위|매력|메리트|내세|설득|이득|빛(?:을 발|나)|칭찬|높이 평가|호평|덜어 ?주|차별(?:점"
    r"|화)|잘하(?:길래|는 (?:게|거|것|점|건|부분|일))|가성비|배울 (?:만|점)|마음에 드|편해(?:지|져)|편리|돋보"
    r"|뛰어난 (?:점|데|면|부분|이유)|우수한 (?:점|면)|좋은 (?:점|건지|거야|건데|거|이유|부분|데|면)|(?:뭐가|왜"
    r"|어디가|무엇이|어떤 게) (?:그렇게 |이렇게 |더 |그리 )?(?:좋|나은|나아|낫|대단|훌륭|뛰어나|인기|유명)"
    r"|무기(?:가|는|라)|효용|쓸모|유리한|강한 (?:점|데|부분|이유|면)|자랑|괜찮은 (?:점|면)|특장점|플러스"
    r"|얻는 (?:게|거|것|건)|얻을 수|독보적|앞서는 (?:점|면|데)|셀링|갈아타|도입하면|탁월|잘난|믿을 ?만한 이유"
    r"|주목받|\bover the alternatives\b|\bto the table\b|\b(?:so|most) (?:great|good|special|cool|impressive)\b"
    r"|\b(?:great|good|nice|cool) about\b|\bsales pitch\b|\bsell me\b|\bshines?\b|\bexcels?\b|\bgain (?:by"
    r"|from)\b|\bselling points?\b|\b(?:get|got|gets) right\b|\bworth (?:the|it|using|while|adopting)\b|\boutdo"
    r"|\bwell received\b|\bstep up\b|\b(?:nothing else|others?|no one else) ca|\bdefend\b|\bimpress"
    r"|\battractive\b|\bappeal|\bgood (?:at|for)\b|\bclever\b|\bnails?\b|\bsets? (?:\S+ ){1,3}apart\b"
    r"|\bstrong (?:suits?|points?|sides?)\b|\bstands? out\b|\bedge over\b|\bwhy (?:should|would|do) (?:i|we|you"
    r"|people|anyone) (?:use|pick|choose|prefer|bother|care)\b|\bmakes? (?:\S+ ){1,3}(?:good|great|better|special"
    r"|attractive|useful|worth|popular)\b|\bperks?\b|\bdo(?:es)? (?:\S+ ){1,3}(?:do )?(?:well|best)\b|\b(?:love"
    r"|like) about\b|\bprais|\bvirtues?\b|\bsuperior\b|\bbest (?:thing|part) (?:about|of)\b|\bbig deal\b"
    r"|\bwhy (?:use|bother|choose|pick|prefer)\b|\bworthwhile\b|\bpluses\b"
)
# Questions with such words that ask for something else.
ELSE = (
    r"(?:어떤|어느|무슨|성능 좋은|잘하는) ?모델|누가|누구|몇 ?(?:점|개|퍼센트|%|종|가지|문제|배)|얼마나|점수|기존"
    r"|이전(?:의|에)|예전|나오기 전|다른 (?:모델|방법|논문|연구)|보다 (?:못|나쁜|좋|나은)|어떻게 (?:처리|구분"
    r"|다루|해결|걸러|대응|대처|막|계산|판단)|처리(?:하|해)|구분하|기준|수식|뜻이|의미|정의|풀려는|풀고자"
    r"|해결하려|지도 ?학습|베이스라인|데이터셋|블로그|난이도|정답률|배치|오류 유형|필터|줄이(?:는|려)|막(?:는"
    r"|으려)|원리|이해하려면|읽는 게|맞(?:아|나요|지|죠)\?|과목|승률|\b(?:which|what) (?:\w+ )?(?:models?"
    r"|systems?|llms?|methods?|subjects?|categor\w+)\b|\bbest on\b|\bhow (?:much|many|often)\b|\bhow (?:does|do"
    r"|did|is|are) .{1,40}\b(?:handle|deal|decide|treat|comput|detect|measur|scor|avoid|prevent|filter|mined)"
    r"|\bby how\b|\b(?:earlier|previous|prior|existing|other|current|old(?:er)?) (?:\w+ )?(?:approach|benchmark"
    r"|method|work|model|system)|\bbaselines?\b|\bbefore .{1,40} came\b|\bsolv(?:e|es|ing)\b|\baddress(?:es)?\b"
    r"|\binstall|\bgateway\b|\bdownload|\bscores?\b|\bsupervision\b|\bnegatives\b|\berror bars\b|\bfallback\b"
    r"|\blike i'?m\b|\breading\b|\bpipeline\b|\baccuracy\b|\bmined\b|\bworse (?:than|do|on)\b|\bbetter (?:than|on"
    r"|score)\b|\bwho (?:first )?critici|\bwhat does .{1,40} mean\b|\bdefin|\bgpt-?4"
)
PLAIN = {
    "ko": {"weak": "{name}의 한계는?", "strong": "{name}의 강점은?"},
    "en": {"weak": "What are the limits of {name}?", "strong": "What are the strengths of {name}?"},
}
