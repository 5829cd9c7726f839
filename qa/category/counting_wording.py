"""How people ask to count in the taxonomy: what has to be found in a question, and what it may be made of.

The order of patterns says nothing; `counting` decides.
"""

import re

from qa.words.patterns import compiled

METHODS = compiled(
    r"방법|기법|논문|연구|알고리즘|(?<!하위 )(?<!세부 )항목|몇 ?편"
    r"|\b(?:methods?|papers?|entries|works?|approaches|techniques|algorithms)\b"
)
# What a question has to speak of that does not name the taxonomy: "how many papers?" may be asked of the Library.
METHODS_PROPER = compiled(r"방법|기법|알고리즘|\b(?:methods?|approaches|techniques|algorithms)\b")
MANY = compiled(
    r"몇 ?(?:개|가지|편|건|종)|개수|갯수|얼마나 (?:많|있|되|돼)"
    r"|(?:방법|논문|기법|항목|편|건) ?수(?:는|가|를|도|야|\?|$)|수는|수가"
    r"|\bhow many\b|\bnumber of\b|\bcounts? of\b|\bcount\W*$|\bcount (?:the|all)\b|\btotal\b"
)
DEGREE_KO = "(?:가장|제일|젤|더|맨|번째|째|최|순)"
MOST = compiled(
    rf"^(?=.*{DEGREE_KO}).*(?:많|최다|큰|크)|피크|몰려|쏟아"
    r"|\b(?:most|largest|biggest|more(?! than\b)|larger|bigger|highest|peak|peaked|busiest|fullest)\b"
)
FEWEST = compiled(
    rf"^(?=.*{DEGREE_KO}).*(?:적|작|드문|최소)|\b(?:fewest|least|smallest|fewer|smaller|lowest|emptiest)\b"
)
PLACES = (
    (compiled(r"(?:두|둘|2) ?(?:번째|째|위)|차순|다음으로|\bsecond\b|\b2nd\b|\brunner"), 2),
    (compiled(r"(?:세|셋|3) ?(?:번째|째|위)|\bthird\b|\b3rd\b"), 3),
    (compiled(r"(?:네|넷|4) ?(?:번째|째|위)|\bfourth\b|\b4th\b"), 4),
)
GROUPS = (
    r"범주|카테고리|분류|갈래|계열|부류|유형|패밀리|그룹|파트|분야|영역|줄기|축"
    r"|\b(?:sub-? ?)?(?:categor(?:y|ies)|famil(?:y|ies)|branch(?:es)?|class(?:es)?|groups?|headings?|parts?|areas?"
    r"|sections?)\b"
)
WHOLE = compiled(r"택소노미|분류 ?체계|동반 ?목록|\b(?:taxonomy|companion list)\b")
GROUP = compiled(GROUPS)
SOMEWHERE = compiled(rf"{GROUPS}|곳|어디|쪽|\bwhere\b|\bone\b")
ITS_CATEGORY = compiled(
    rf"…\s?(?:의|과|와|랑|이랑|하고|이|가)?\s?(?:속한|속해 있는|있는|들어 ?있는|같은|분류된)?\s?(?:{GROUPS})"
    rf"|\b(?:{GROUPS}) (?:of|that has|that holds|with|as) …|…'s (?:{GROUPS})"
)
BELOW = compiled(
    r"하위|세부|소분류|중분류|소범주|아래|밑|안에|속에|\bsub|\bbelow\b|\bunder\b|\bwithin\b|\binside\b"
    r"|\bhave\b|\bhas\b|\bcontains?\b|\bin\b|\bof\b|\bchildren\b|\bleaf\b|\bleaves\b"
)
LOWER = compiled(r"하위|세부|소분류|중분류|소범주|말단|\bsub|\bleaf\b|\bleaves\b|\blowest[- ]level\b")
TOP = compiled(r"최상위|상위|대분류|큰|\btop\b|\bmain\b|\bmajor\b")
DIVIDED = compiled(r"나뉘|나눠|나누|구성|\bdivided?\b|\bsplit\b|\bmade up\b")
CROWDED = compiled(r"몰려|\b(?:crowded|busiest|fullest|emptiest)\b")
OF_TWO = compiled(r"더 ?(?:많|적|크|큰|작)|\b(?:more|fewer|larger|bigger|smaller)\b")
LEVELS = compiled(r"몇 ?(?:단계|층|단|레벨)|깊이|\blevels\b|\bhow deep\b|\bdepth\b|\btiers?\b")
_PLACE = "(?:개|곳|군데|가지|범주|분류|카테고리)"
_NUMBER = r"(?:한|하나|두|둘|세|셋|네|넷|[1-4])"
SEVERAL = compiled(
    rf"(?:여러|복수|다수|동시에|한꺼번에|중복|{_NUMBER} ?(?:개|곳|군데|가지)? ?(?:이상|보다 많은|넘는|에만)?)의?"
    rf"(?:으로)?.{{0,6}}(?:{GROUPS}|곳|군데)\S* ?(?:이상|만|동시|중복|겹|걸|속|분류|등록|실|올라|들어|나오|등장|있)"
    rf"|다른 ?(?:{GROUPS}|곳|데)\S*도"
    r"|(?:범주|카테고리|분류|갈래|곳|군데)(?:가|에)? ?(?:여러|둘 이상|두 개 이상|2개 이상|하나보다|동시|중복|겹치|겹쳐)"
    r"|(?:여러|많은) (?:범주|카테고리|분류|갈래|곳|군데)에|중복 ?(?:등록|분류|된|되)|겹치는|겹쳐"
    r"|\b(?:multiple|several|many different|different|more than one|another|other)\b.{0,12}"
    r"(?:categor|famil|branch|class|heading|group|places?\b|spots?\b)"
    r"|\b(?:in|under|into|across|to|exactly|only|just|at least)\b.{0,10}\b(?:one|two|three|four|[1-4]|a single)\b"
    r"(?: or more)? (?:categor|famil|branch|class|heading|group|places?\b|spots?\b)"
    r"|\b(?:in|under|to|across) (?:the )?most (?:categor|famil|branch|class|heading|group|places?\b|spots?\b)"
    r"|\bmore than once\b|\btwice\b|\bmulti-?categor|\boverlap|\b(?:somewhere|anywhere) else\b|\belsewhere\b"
)
ELSEWHERE = compiled(r"다른|\b(?:other|another|else|elsewhere)\b")
BOTH = compiled(
    rf"둘|양쪽|모두|두 {_PLACE}|동시|겹치|겹쳐|공통|\bboth\b|\bin common\b|\bshared?\b|\boverlap|\bintersect"
)
NUMBERS = (
    (compiled(rf"한 ?{_PLACE}|하나|\b(?:one|single|once|1)\b|1 ?(?:개|곳)"), 1),
    (compiled(rf"두 ?{_PLACE}|둘|\b(?:two|twice|2)\b|2 ?(?:개|곳)"), 2),
    (compiled(rf"세 ?{_PLACE}|셋|\b(?:three|3)\b|3 ?(?:개|곳)"), 3),
    (compiled(rf"네 ?{_PLACE}|넷|\b(?:four|4)\b|4 ?(?:개|곳)"), 4),
)
AT_LEAST = compiled(r"이상|\bat least\b|\bor more\b")
ABOVE = compiled(r"보다 많|넘는|초과|\bmore than\b")
EXACTLY = compiled(r"딱|정확히|만(?=\s|$)|\b(?:exactly|only|just|single)\b")
TOGETHER = compiled(r"합쳐|합치|합하|까지|포함|통틀어|\b(?:together|including|combined)\b")
SPREAD = compiled(
    r"(?:연도|년도|해|년|연) ?별|해마다|매년|연도에 따라|(?:연도|년도) ?분포|\byearly\b|\bannual"
    r"|\b(?:by|per|each|every|over|across)(?: the)? years?\b|\byear by year\b|\bover time\b"
)
YEAR_NOUN = compiled(
    r"언제|(?:어느|어떤|무슨|몇|나온|많은|적은|나왔던|발표된) ?해|해(?:는|가|에|야|였|지|인)|연도|년도|몇 ?년"
    r"|\bwhen\b|\byears?\b"
)
TAXONOMY = compiled(
    rf"서베이|택소노미|동반 ?목록|{GROUPS}|\b(?:survey|taxonomy|taxonomies|companion list|filed|listed)\b"
)
KO = (
    "몇|개|가지|편|건|종|개수|갯수|얼마나|얼마|총|모두|다|다해서|합쳐|합치|합하|통틀어|전체|전부|합계|등록|올라|올라가|실리|실린|실려|담긴"
    "|담겨|들|들어|들어가|들어간|들어있|묶인|묶여|걸친|걸쳐|속한|가장|제일|젤|맨|더|많|많이|적|적게|적은|작|작은|큰|크|드문|최다|최소|번째|째|둘째|셋째"
    "|두|둘|세|셋|네|넷|이상|여러|복수|하나|한|하나보다|동시|한꺼번|중복|겹치|겹쳐|군데|곳|쪽|어디|년|년도|연도|연도별|년도별|연|해|해별|별"
    "|마다|해마다|매년|이후|이전|부터|까지|사이|동안|이래|전|미만|초과|넘|지나|나온|나왔|나오|발표|다루|다뤄|다룬|다룰|출판|발행|공개|게재"
    "|제안|등장|만들|쓰인|쓰여|건|것|거|걸|게|하위|상위|최상위|세부|소분류|중분류|대분류|소범주|아래|밑|안|속|단계|층|단|레벨|깊이|나뉘|나눠|나누"
    "|구성|이루어지|말단|갈라|분포|변화|추이|순|순서|택소노미|동반|분야|영역|파트|줄기|순위|있|없|중|가운데|에서|이|그|저|좀|그럼|그러면|혹시"
    "|다섯|이름|뭐뭐|꺼|양쪽|딱|정확히|포함|피크|몰려|쏟아|언제|부탁|주세요|어떤|등장|군데|공통|맵|지도|정도|각각|각|과|와|랑|이랑|하고|및|비교|여기|현재|지금|차순|다음|논문|방법|기법|수"
)
ENDING_KO = (
    "꺼|더라|던데|죠|드려|드리|지다|졌|떤|있나|임|은|는|이|가|을|를|의|에|도|만|로|으로|과|와|랑|이랑|서|부터|까지|들|별|보다|씩|나|이나|야|이야|인|인가|인지|인데|일까|이고|요|예요|이에요|에요|이었"
    "|임|입|음|함|됨|니|냐|까|지|죠|네|군|해|하|한|할|했|합|돼|되|된|될|됐|됩|여|였|어|아|었|았|던|고|면|려|며|습|다|줘|주|세|봐|보|알|있|는지"
    "|실|린|려|려진|라|려있|긴|겨|온|왔|오|와|져|진|짐|쓰|쓴|많|적|은|것|거|건|게|걸|데|뭐|뭔|무엇|대|래|위|째|번|가운데|중|안|속|년|개|편|말|인가요"
)
WORD_KO = re.compile(rf"(?:{KO})(?:{ENDING_KO}){{0,6}}")
WORD_EN = compiled(
    r"many|much|numbers?|totals?|sum|altogether|overall|counts?|most|fewest|least|largest|biggest|smallest|more|fewer|less"
    r"|larger|bigger|smaller|highest|lowest|second|third|fourth|[234]|nd|rd|th|runner|have|has|had|having|contains?"
    r"|containing|hold|holds|holding|includes?|included|including|inside|within|below|beneath|sub|subcategor(?:y|ies)"
    r"|leaf|leaves|children|levels?|deep|depth|tiers?|divided?|split|made|up|nodes?|years?|yearly|annual(?:ly)?|since"
    r"|before|after|until|till|through|between|earlier|later|older|newer|prior|than|starting|onwards?|recent|past"
    r"|during|over|across|time|per|cover(?:s|ed|ing)?|treat(?:s|ed)?|published|publication|released?|appear(?:ed|s)?"
    r"|came|come|out|proposed|introduced|written|dates?|dated|distribution|distributed|spread|break|breakdown|down"
    r"|trend|multiple|several|one|once|two|twice|places?|areas?|parts?|sections?|overlap(?:s|ping)?|multi|companion"
    r"|names?|big|like|please|pls|hey|hi|ok|can|anything|everything|comes?|coming|map|crowded|peak(?:ed)?|busiest"
    r"|fullest|emptiest|both|common|shared?|intersect\w*|exactly|single|another|other|else|elsewhere|somewhere|anywhere"
    r"|twice|thrice|three|four|whole|across|when|together|combined|spots?|sit|sits|also|at|least"
    r"|only|just|also|so|then|they|them|ones|those|each|directly|entries|entry"
)
# What is asked beside the number that the taxonomy does not record, or what is no number.
ELSE = compiled(
    r"유사|비슷|나머지|기준|[가-힣]야 ?(?:하|해|되|돼|만)|모든 방법|수 ?있|…\s*(?:~|-|–|부터|to\b)\s*…"
    r"|\b(?:similar|others|must|every|as of|can (?!you\b)|could|may)\b"
)
OPEN = compiled("공개|releas")  # of a year: else code or data is
# What was spoken about before is meant: no question of the whole.
POINTS = compiled(
    r"(?:^|\s)(?:그|이|저)(?=\s|중|것|건|게|가운데|안|아래)|거기|여기|각각"
    r"|\b(?:this|that|these|those|them|they|it|there|here|each|same)\b"
)
