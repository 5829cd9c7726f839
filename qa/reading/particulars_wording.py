"""How the particulars of a study are asked for in both languages, and what sentences tell them. Data, no behaviour."""

from typing import Literal, NamedTuple

Particular = Literal[
    "period",
    "size",
    "data",
    "metrics",
    "baselines",
    "hardware",
    "setup",
    "tools",
    "availability",
    "funding",
    "published",
]


class Telling(NamedTuple):
    """What tells a particular: what it is asked by, what a sentence that tells it has, what speaks for it, headings.

    `place` is where in the text it mostly stands, from 0 to 1; None where it may stand anywhere.
    """

    asks: str
    told: str
    more: str
    headings: str
    place: float | None = None


_WHAT = r"(?:어떤|무슨|뭔|어느|what|which)"
_DATA = (
    r"(?:데이터 ?셋|데이터(?: ?세트)?|자료|말뭉치|코퍼스|표본|샘플|벤치마크|이미지 데이터"
    r"|data ?-?sets?|data|corpus|corpora|benchmarks?|samples?)"
)
_PEOPLE = (
    r"(?:참가자|참여자|응답자|피험자|대상자|연구 ?대상|피실험자|학생|환자|아동|사람|인원|표본 ?(?:수|크기)"
    r"|샘플 ?(?:수|크기)"
    r"|participants?|subjects?|respondents?|patients?|students?|volunteers?|children|people|residents?|users?"
    r"|sample size)"
)
_OWN = (
    r"\b(?:we|our|this study|this work|this paper|the (?:present|current) study)\b|본 ?(?:연구|논문|조)|이 ?연구|우리"
)
_UNIT_KO = r"(?:명|인|건|개|편|장|회|쪽|문항|시간)"
TELLS: dict[Particular, Telling] = {
    "period": Telling(
        r"기간|시기|언제 ?\S*(?:수집|조사|모은|모았|한|했|진행)|(?:수집|조사|모집|실험)\S* (?:언제|시기)"
        r"|몇 ?년도?(?:부터|에|까지)?|언제부터"
        r"|(?:추적|관찰)\S* \S* ?얼마|코로나 전"
        r"|\bwhen (?:was|were|did)\b(?=.*(?:collect|scrap|recruit|conduct|carried|study|data|survey|interview"
        r"|experiment))"
        r"|\bwhat (?:years?|period|dates?)\b|\bhow long did they follow\b|\b(?:study|collection|observation"
        r"|follow-up) period\b"
        r"|\bfrom when to when\b|\bbefore or after covid\b",
        r"(?:19|20)\d\d[^.]{0,40}(?:부터|~|–|-|에서|까지|to|and|until|through)[^.]{0,30}\d"
        r"|between [^.]{0,20}\d[^.]{0,30} and [^.]{0,20}\d|(?:19|20)\d\d년[^.]{0,20}(?:동안|간)",
        r"기간|수집|조사|실시|진행|collect|conduct|period|took place|eligib|follow|recruit|carried out",
        r"data|method|participants|procedure|sample|자료|방법|대상",
    ),
    "size": Telling(
        r"몇 ?(?:명|인|건|개|장|편|곳)|(?:참가자|참여자|환자|응답자|피험자|대상자|학생|표본|샘플|사람|데이터) ?수"
        r"|표본 ?크기|데이터 ?크기"
        r"|\bn ?(?:=|몇)|총 몇|얼마나 (?:많|큰)|\bhow many (?!gpus?|epochs|layers|parameters)|\bsample size\b"
        r"|\bnumber of \w+"
        r"|\bhow (?:big|large) (?:is|was|were|are) the (?:\w+ )?(?:sample|data\w*|corpus|cohort)|\bmore than \d+ \w+",
        rf"\b[\d,]+ (?:\w+[ -]){{0,4}}?{_PEOPLE}\b|{_PEOPLE}[^.]{{0,30}}[\d,]+ ?{_UNIT_KO}|[\d,]+ ?명"
        rf"|\bn ?= ?\d|{_PEOPLE} \((?:n ?= ?)?\d",
        r"total|recruit|includ|enrol|collect|consist|compris|sample|cohort|questionnaire|section"
        r"|총|모두|참여|참가|대상|모집|선정|표집|조사",
        r"abstract|participants|sample|subjects|data|method|요약|초록|대상|표본|참여자",
    ),
    "availability": Telling(
        r"공개|깃헙|깃허브|오픈 ?소스|저장소|재현|(?:코드|데이터|자료|문항|가중치)\S* ?(?:\S+ )?(?:어디서|어디에"
        r"|받아|받을|구해|구할|볼 수|풀었|있어|있음)"
        r"|\bavailab|\bgithub\b|\brelease[ds]?\b|\bshared?\b(?=.*(?:data|code))|\breproduc|\bget hold\b|\bdownload"
        r"|\brepositor|\bopen[- ]source"
        r"|\b(?:scripts|code|data|materials|questionnaire) (?:posted|online|public|in the appendix)"
        r"|\bwhere can i (?:get|find)\b"
        r"|\bpublic(?:ly)?\b(?=.*(?:data|code))|\bosf\b",
        r"(?:code|data|script|material|resource|dataset|model|repositor|software|workflow)\w*\b[^.]{0,80}"
        r"\b(?:available|released?|open[- ]sourced|shared (?:at|on|in|via|under)|osf|zenodo|figshare|publicly)"
        r"|\b(?:we|authors)\b[^.]{0,20}\b(?:release|open-source|share|publish|provide)\w*[^.]{0,60}"
        r"\b(?:code|data|datasets?|models?|scripts|repository)\b"
        r"|(?:코드|데이터|자료|스크립트|모델)\S*[^.]{0,30}(?:공개(?:하|되|했|한다)|깃허브에|github에|배포하|내려받)"
        r"|github\.com/|osf\.io|zenodo\.org|gitlab\.com/|huggingface\.co/",
        rf"{_OWN}|https?://|github|osf\.io|repositor|online|upon request|요청",
        r"availab|reproduc|open (?:science|data|practices)|code|supplement|공개|코드|부록",
    ),
    "funding": Telling(
        r"연구비|후원|재단|과제 ?번호|누구 돈|(?:누가|어디서|어느 기관\S*)\S* ?(?:\S+ )?지원|지원\S* (?:누가|어디"
        r"|받)|비용\S* 누가|사사(?=\W|$)"
        r"|\bfund(?:ed|ing|er|ers)?\b|\bgrants?\b|\bsponsor|\bwho paid\b|\bmoney\b|\backnowledge?ments?\b"
        r"|\bsupported by whom\b"
        r"|\bwho supported\b",
        r"\b(?:supported|funded|financed|sponsored|funding|support)\b[^.]{0,90}\b(?:grants?|foundation|council"
        r"|ministry|program(?:me)?|funds?"
        r"|scholarship|fellowship|contract|institut\w+|universit\w+|agency|commission|center|centre|government"
        r"|department|project)\b"
        r"|\b(?:supported|funded|financed|sponsored) this (?:research|work|study)|\bgrants? (?:no|number|agreement)"
        r"|\bgrant\b[^.]{0,20}\d"
        r"|\bno (?:external |specific )?funding\b|(?:지원|재원|연구비)[^.]{0,30}(?:받아|받은|수행|사업|과제)"
        r"|과제 ?번호|지원(?:으로|에 의)[^.]{0,20}(?:수행|연구)",
        r"this (?:work|study|research|project)|project|foundation|council|\d{4}|본 ?(?:연구|논문)|이 ?(?:연구|논문)"
        r"|사업|과제",
        r"fund|acknowledg|감사|사사|financ|support|지원",
        1.0,
    ),
    "published": Telling(
        r"게재|출판|발행|학술지|저널|(?:어느|어떤|무슨) ?학회|(?:언제|어디(?:서|에)?) ?(?:나온|나왔|실린|실렸|발표"
        r"|쓴|썼)|몇 ?년도? ?(?:논문|글|자료|거)"
        r"|\bpublish|\bpublication (?:date|year|venue)|\b(?:which|what) (?:journal|conference|venue|year)\b"
        r"|\bjournal\b|\bvenue\b|^year\b"
        r"|\bpreprint\b|\bpeer[- ]review|\bcome out\b|\bwhen was (?:it|this) (?:written|presented)",
        r"\b(?:published|accepted|received|submitted|presented|copyright)\b[^.]{0,60}\d{4}|©[^.]{0,20}\d{4}"
        r"|\bproceedings of\b|\bdoi\b|^\W*by [A-Z][^()]{3,120}\([A-Z][^()]{2,90}, ?(?:19|20)\d\d\)"
        r"|\bjournal of\b|\barxiv: ?\d|\bvol\.? ?\d|\bpreprint\b|(?:게재|발행|투고|제출|심사|출판"
        r"|등록)[^.]{0,20}\d{4}|\d{4}[^.]{0,20}(?:게재|발행|학술대회)"
        r"|(?:논문지|학회지|학술지|저널)[^.]{0,30}\d|^[^.]{0,40}\b(?:January|February|March|April|May|June|July"
        r"|August|September|October"
        r"|November|December)\b[^.]{0,8}\d{4}[^.]{0,20}$|\bdate:|^\W*\d{4}[./-] ?\d{1,2}[./-] ?\d{1,2}\W*$"
        r"|^\W*(?:19|20)\d\d년 ?\d{1,2}월\W*$",
        r"\b(?:19|20)\d\d\b|published|presented|게재|발행",
        r"^$",
        0.0,
    ),
    "metrics": Telling(
        r"지표|척도|메트릭|결과 ?변수|(?:뭘로|무엇으로|어떻게|어떤 \S+로) ?(?:측정|평가|쟀|재)|(?:평가|성능"
        r"|측정)\S* ?(?:어떻게|뭘로|무엇으로|무슨|어떤)"
        r"|\bmetrics?\b|\bmea?sures?\b|\boutcome\b|\bwh(?:ich|at) scales?\b|\b(?:do|did) they report\b"
        r"|\bhow (?:was|were|is|are|did they|do they)\b[^?]*\b(?:measured?|quantified|quantify|evaluated?|assess\w*"
        r"|scored?)\b",
        r"\b(?:precision|recall|f1(?:[- ]scores?)?|accurac\w+|rmse|mae|mse|auc|auroc|bleu|rouge|ndcg|mrr|map"
        r"|perplexity|wer|cer"
        r"|r[- ]squared|r2|coefficient of determination|error rates?|hit rate|ssim|psnr|fid|iou|specificity"
        r"|sensitivity"
        r"|correlation|aic|bic|likelihood|kappa|odds ratio)\b|정확도|정밀도|재현율|F1|민감도|특이도|오차|상관"
        r"|결정계수|혼동 ?행렬",
        r"\bmetrics?\b|\bmeasures?\b|evaluat|assess|calculat|comput|use[ds]?\b|report|지표|척도|평가|측정|계산|사용"
        r"|관찰",
        r"metric|evaluat|measure|experiment|method|평가|지표|실험|방법",
    ),
    "baselines": Telling(
        r"비교|대조군|위약|베이스 ?라인|기준 ?모델|\bbaselines?\b|\bcompar(?:e[ds]?|ison)\b|\bcontrol (?:group"
        r"|class|condition)s?\b"
        r"|\bbenchmarked against\b|\bplacebo\b|\busual care\b|\bnon-intervention\b|(?:어떤|무슨) 모델들?\S* (?:시도"
        r"|실험)"
        r"|\bwhich models? (?:did they|were) (?:try|tried|tested?)\b",
        r"\bcompar\w+[^.]{0,60}\b(?:with|to|against|and|between)\b|\bbaselines?\b|\boutperform|\bcontrol (?:group"
        r"|class|condition)"
        r"|state-of-the-art (?:method|model)|\bbenchmark(?:ed)? against|비교(?:하|한|했|하였|대상)|대조군"
        r"|기존 (?:모델|방법)"
        r"|베이스라인|기준 ?모델",
        rf"{_OWN}|[A-Z][\w-]*\d|\b[A-Z]{{2,}}|, |several|existing|conventional|previous|기존|모델",
        r"baseline|compar|experiment|evaluat|result|method|비교|실험|평가|결과|모델",
    ),
    "tools": Telling(
        r"프로그램|툴(?:로|을|은)?|도구|소프트웨어|패키지|라이브러리|장비|센서|기기|파이토치|텐서플로|구글 ?폼"
        r"|통계 ?분석|구현\S* ?(?:뭘로|무엇|어떻게)"
        r"|\bsoftware\b|\btools?\b|\bpackages?\b|\blibrar|\binstruments?\b|\bSPSS\b|\bpytorch\b|\btensorflow\b"
        r"|\bsensors?\b|\bframeworks?\b"
        r"|\bimplemented (?:in|with)\b|\bprogramming language\b|\bequipment\b",
        r"\b(?:R|Python|Java|C\+\+|Julia|MATLAB|SPSS|Stata|SAS|PyTorch|TensorFlow|Keras|scikit-learn|sklearn"
        r"|Jupyter|RStudio"
        r"|Excel|NumPy|pandas|Stan|JAGS|brms|lme4|OpenCV|CUDA|ROS|Scikit|Transformers|LaTeX|Oclgrind|Hugging Face"
        r"|spaCy"
        r"|KoNLP\w*|NLTK|Unity|Gazebo|ArcGIS|QGIS|BeautifulSoup|Selenium|Docker)\b`?"
        r"|\b(?:software|package|library|toolkit|tool|platform|sensors?|cameras?|LIDAR|plugin)\b|패키지|라이브러리"
        r"|소프트웨어|센서"
        r"|프로그램|장비",
        rf"{_OWN}|implement|perform|conduct|analy[sz]ed?|fit(?:ted)?|using|used|version|v?\d+\.\d+|built|written"
        rf"|사용|이용|활용|구현"
        r"|수행|분석",
        r"implement|software|analys[ie]s|setup|tool|method|equipment|구현|도구|환경|분석|방법",
    ),
    "hardware": Telling(
        r"하드웨어|\bGPUs?\b|\bCPUs?\b|그래픽 ?카드|서버|컴퓨터|어디서 돌|뭘로 돌|\bhardware\b|\brun (?:this|it"
        r"|them|the \w+) on\b"
        r"|\b(?:which|what) (?:machine|computer|server)s?\b|\bhow many gpus\b",
        r"\b(?:GPUs?|CPUs?|RTX|GTX|GeForce|Tesla|V100|A100|H100|P100|T4|TPUs?|Xeon|Intel|AMD|Ryzen|Radeon|NVIDIA"
        r"|RAM|GB of memory"
        r"|workstations?)\b|그래픽|메모리|프로세서",
        rf"{_OWN}|\d|train|run|conduct|perform|equipped|measured|학습|훈련|사용|수행",
        r"setup|setting|implement|experiment|train|hardware|실험|환경|구현|학습|설정",
    ),
    "setup": Telling(
        r"실험 ?(?:환경|조건|설정|세팅|절차)|(?:어떤|무슨) 조건|하이퍼 ?파라미터|학습률|배치 ?(?:크기|사이즈)|에폭"
        r"|옵티마이저|전처리\S* 어떻게"
        r"|\btraining (?:details|setup|settings?)\b|\bhyper-?parameters?\b|\bexperimental (?:setup|settings?"
        r"|conditions?|procedure)\b"
        r"|\boptimi[sz]er\b|\bepochs?\b|\bbatch size\b|\blearning rate\b|\bhow long did training\b",
        r"\b(?:epochs?|learning rates?|batch size|optimi[sz]er|Adam\w*|RAdam|SGD|dropout|weight decay|iterations"
        r"|folds?)\b"
        r"|\b(?:conditions?|temperature|procedure|sessions?|trials|set to|setting)\b|학습률|배치|에폭|옵티마이저"
        r"|조건|절차|온도|설정|전처리",
        rf"{_OWN}|\d|train|run|set to|conduct|perform|equipped|measured|학습|훈련|설정|사용|수행",
        r"setup|setting|implement|experiment|train|detail|hardware|method|실험|환경|구현|학습|설정",
    ),
    "data": Telling(
        rf"{_DATA}(?=.*(?:썼|쓰|쓴|사용|이용|출처|어디|모은|모았|모음|수집|가져|구했|학습|훈련|실험|분석|뭐|뭘|무엇"
        rf"|\?$|$))"
        r"|(?:설문|조사|기록)\S* ?(?:\S+ ){0,2}(?:누구|어디)"
        rf"|\b(?:what|which|where)\b[^?]*\b{_DATA}\b|\b{_DATA}\b[^?]*\b(?:used?|come from|came from|collected"
        rf"|source)\b"
        r"|\bhow (?:did they|were|was)\b[^?]*\b(?:recruit|collect|gather|obtain)\w*|\bwhere did\b[^?]*\b(?:records"
        r"|data|samples)\b"
        r"|^\W*data ?-?sets?\W*$|\bcollected themselves\b",
        rf"(?:{_OWN})[^.]{{0,80}}\b(?:collect|use|evaluat|conduct|train|test|experiment|extract|analy[sz]|includ"
        rf"|consist|compris"
        r"|obtain|gather|download|recruit|select|crawl|demonstrat|record)\w*[^.]{0,120}\b(?:data\w*|corpus"
        r"|benchmarks?|sets?|reviews?"
        r"|records?|images?|photos?|samples?|questionnaires?|surveys?|commits?|articles?|sequences?|applications?"
        r"|articles?)\b"
        r"|\bdata(?:sets?)? (?:used|collected|were|was|is|are|from|consists?|contains?|comprises?|includes?)\b"
        r"|\bcohort\b|(?:데이터|자료|데이터셋|말뭉치|기사|리뷰|설문|표본|게임|이미지)\S*[^.]{0,60}"
        r"(?:수집|사용|이용|활용|구축|선정|추출|크롤링|실시|구성)\S{0,4}(?:다|함|며|여)",
        r"\b[\d,]{3,}\b|\b[A-Z]\w*-?\d{2,}|[A-Z]{3,}|‘|“|\d+ ?(?:개|건|명|장|편)|from|수집|총|collect|dataset"
        r"|데이터셋",
        r"\bdata|dataset|corpus|material|participants|sample|experiment|collection|setup|데이터|자료|대상|표본|수집"
        r"|방법",
    ),
}
# Words besides that say nothing of a topic where a particular is asked for.
SAYS_NOTHING = (
    "실험 학습 훈련 연구 평가 분석 사용 이용 저자 이거 개 명 건 대 최종 총 각각 정도 거기 어디 누구"
    " 언제 얼마나 직접 방법 방법들 기법"
    " 모델 성능 정확도 코드 데이터 자료 시스템 참여 참가 모집 포함 판단 측정 나오 글 논문 거야"
    " 건가 도 지원 공개 수집 조사 진행 시행 시기"
    " 여부 사람 대상 링크 주소 이름 종류 뭘로 뭐랑 비교 기준 수 값 결과"
    " anywhere somewhere anything any there many much number used using use exactly actually please pls author authors"
    " study studies described tell could would get find work works train trained training evaluate evaluated evaluation"
    " experiment experiments analysis analyses they did do was were is are the this it in on for of included include"
    " main kind model models method methods performance code data dataset software run ran tried try tested compared"
    " compare against implementation implemented fit fitted involved took part carried out system approach results"
    " available public list link type choose chosen report reported made make done take long"
)
# What asks something else of data, measures and the like: what they are, why, how they are dealt with, what they do.
ASKS_ELSE = (
    r"이?란(?=\W|$)|왜|정의|뜻|의미|문제|위험|한계|영향|관련|주장|근거|필요|약해|높이|어떻게 (?:처리|정제|다루|하면)"
    r"|\bwhy\b|\bdefine\b|\bwhat(?:'s| is| are) (?:a|an|the (?:difference|point|meaning))\b|\bwhat makes\b"
    r"|\bexplain\b|\blimits?\b"
    r"|\bhow (?:do you|does|to|should)\b|\b(?:handled|cleaned|dealt)\b|\bargue\b|\bshould\b|\bstruggle|\bmean\b"
    r"|\bmatter\b|\beffect\b"
    r"|\bproblems?\b|\brisks?\b|\bgeneralis|\bgeneraliz"
)
OWN = _OWN
# A sentence that has this mostly tells of others, or of what is to come.
OF_OTHERS = (
    r"\bet al\b|\bprevious(?:ly)?\b|\bprior (?:work|stud)|\bother (?:stud|research|work)|\bfuture\b|\bwill\b"
    r"|\bshould\b|선행 ?연구"
    r"|향후|앞으로|예정|기존 ?연구|할 ?(?:것|예정|계획)"
)
