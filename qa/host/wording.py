"""How people speak to the app itself in both languages, and what it says. Data, no behaviour."""

from typing import Literal

from index.load import Language

# What a turn says or asks, in the order in which they are tried.
Matter = Literal[
    "thanks", "farewell", "greeting", "chat", "assent",
    "holdings", "removing", "privacy", "adding", "trust", "abilities", "identity",
]  # fmt: skip

# What may stand before a question and after it, too.
GREETINGS = (
    r"안녕(?:하세요|하십니까)?|(?:hi|hello|hey|good (?:morning|afternoon|evening|day))(?: (?:there|all|everyone"
    r"|again))?"
)
THANKS = (
    r"(?:미리 |정말 |너무 |진짜 |대단히 )?(?:고마워요?|고맙습니다|감사(?:합니다|해요|드립니다|드려요)|땡큐|쌩유"
    r"|ㄳ|ㄱㅅ)"
    r"|수고(?:했어요?|하셨어요|하셨습니다|하세요)"
    r"|(?:many |ok |okay |great |perfect )?thank(?:s| you)(?: so much| very much| a lot| a ton| again| in advance)?"
    r"(?: for (?:your|the) (?:help|answers?|explanation))?|thx|ty|cheers|much appreciated"
)
# Turns that say nothing of any topic, whole.
SMALL_TALK: dict[Matter, str] = {
    "thanks": (
        rf"(?:(?:다들|(?:친절한|좋은|자세한) (?:설명|답변?)) )?(?:{THANKS})|감사|도움이? ?(?:많이 )?(?:됐"
        rf"|되었)(?:어요?|습니다|네요?)"
        r"|최고(?:야|예요|네요?)?|훌륭(?:해요?|합니다|하네요?)|굿+|(?:잘 ?했|대단하)(?:어요?|네요?|다)"
        r"|(?:that(?:'s| is| was)|you(?:'re| are)) (?:very |really |so |the )?(?:helpful|great|perfect|awesome"
        r"|amazing|best)"
        r"|good (?:job|answer|bot)|well done"
    ),
    "farewell": (
        r"잘 ?있어요?|잘 ?자요?|안녕히 ?(?:계세요|가세요|주무세요)|다음에 ?(?:또 )?(?:봐요?|만나요?|올게요?)"
        r"|끝(?:이야|입니다|났어)?|그만(?:할게|하자)?|바이(?:바이)?"
        r"|(?:good)?bye(?: bye)?|see (?:you|ya)(?: later| soon)?|that(?:'s| is| will be) (?:all|it)(?: for (?:now"
        r"|today))?"
        r"|(?:i'?m )?done|good night|exit|quit"
    ),
    "greeting": (
        rf"{GREETINGS}|안녕하신가요|ㅎㅇ|하이|헬로|반가워요?|반갑습니다|처음 ?뵙겠습니다|좋은 ?(?:아침"
        r"|하루|저녁)(?:이에요|입니다)?"
        r"|여보세요|계세요|잘 ?지내(?:요|니|세요|나요)?|뭐 ?(?:해요?|하(?:니|냐|세요|고 ?있어요?))"
        r"|yo|howdy|greetings|how are you(?: doing)?(?: today)?|what'?s up|how'?s it going|nice to meet you"
        r"|anyone there"
        r"|test(?:ing)?|테스트"
    ),
    "chat": (
        r"심심(?:해요?|하다|하네요?)|농담(?: ?하나)? ?(?:해 ?줘|해 ?주세요)|놀아 ?줘|노래 ?(?:해|불러) ?줘"
        r"|(?:요즘 )?(?:LLM |논문 |연구 |공부(?:가|하기)? ?)*(?:너무 |진짜 |정말 )?(?:힘들|어렵|피곤하|지치"
        r"|졸리)(?:다|네요?|어요?|당)"
        r"|(?:i'?m|i am) (?:bored|tired|sad|happy|hungry)|tell me a (?:joke|story)|sing(?: me)? a song|i love you"
    ),
    "assent": (
        r"응+|네+|넵|넹|예|아니요?|아뇨|ㅇㅇ|ㅇㅋ|오케이|오키|알겠어요?|알겠습니다|알았어요?|이해(?:했어요?"
        r"|했습니다|됐어요?|돼요?)"
        r"|(?:아하?|오|음|아+)?[, ]*그렇(?:구나|군요?|네요?)|그래요?|아하|오호?|와+|우와|대박|좋아요?|헐|음+|흠+"
        r"|괜찮아요?|미안(?:해요?)?"
        r"|죄송(?:해요|합니다)|[ㄱ-ㅎㅏ-ㅣ]+|아 ?그래요?|재(?:밌|미있)(?:네요?|다|어요?)"
        r"|(?:엄청나|대단하|신기하|놀랍|굉장하|재밌|흥미롭)(?:네요?|다|군요?)"
        r"|ok(?:ay)?|k|cool|nice|good|great|perfect|awesome|amazing|got it|gotcha|i see|understood"
        r"|(?:that )?makes sense"
        r"|yes|yeah|yep|no|nope|sure|right|wow|lol|haha|oh|ah|hmm+|interesting|never ?mind|fine|alright|all right"
        r"|sorry"
    ),
}

# What the app is asked about itself: all patterns have to be found, and beside them no word but those of SAYS.
ASKS: dict[Matter, tuple[str, ...]] = {
    "holdings": (
        r"^(?!.*(?:방법|기법)\S* (?:\S+ )?몇).*(?:논문|문서|자료|파일|서베이|글|책|라이브러리"
        r"|\b(?:papers|documents|sources|files|texts|surveys|titles|articles|library)\b)",
        r"목록|리스트|몇 ?(?:편|개)|있|알고|아는|들어|가지|갖고|보유|등록|담겨|담고"
        r"|\b(?:list|contains?|how many|do you (?:have|know|hold)|you (?:have|know)|are (?:there|in|here|you)|is in"
        r"|in (?:the|this|your|my))\b",
        r"어떤|무슨|뭐|뭔|무엇|몇|목록|리스트|전부|모두|다 |\b(?:what|what's|which|how many|list|show|all)\b",
    ),
    "removing": (
        r"논문|문서|파일|자료|\b(?:papers?|documents?|files?|pdfs?|sources?)\b",
        r"지우|지워|삭제|빼(?:려|고|는|요|줘)|제거|없애|\b(?:remove|delete|get rid of|take out)\b",
    ),
    "privacy": (
        r"(?:내|제|우리|입력한|넣은|올린) ?(?:문서|파일|자료|논문|질문|정보|대화|데이터)|내가 ?(?:물어|질문|쓴"
        r"|한 ?말)|개인 ?정보"
        r"|오프라인"
        r"|인터넷 ?(?:연결 ?)?(?:없|안|끊)"
        r"|\b(?:my|our) (?:data|files?|papers?|documents?|questions?|conversations?)\b|\boffline\b"
        r"|\bwhat i (?:ask|type|say|write)\b"
        r"|\b(?:without|need|needs|require|requires)\b[^?]*\binternet\b",
        r"밖|외부|서버|인터넷|유출|전송|보내|나가|저장|안전|오프라인|비공개|수집|개인 ?정보"
        r"|\b(?:saved?|keep|kept|remember(?:ed)?|logged|sent|send|uploaded|leaves?|shared|private|privacy|safe"
        r"|cloud|stored|offline|collect(?:ed)?|server"
        r"|internet)\b",
    ),
    "adding": (
        r"넣|추가|올리|올려|업로드|첨부|등록|더하|더해|드래그|읽|지원|되|돼|됨|가능|써도"
        r"|\b(?:add|upload|import|load|drop|attach|put|read|support|supports|handle|accept|open|work|works|ingest)\b"
        r"|^\W*(?:hwpx?|docx?|pptx?|xlsx?|epub|한글 ?파일|워드|엑셀|파워포인트)(?:은|는|도)?\W*$",
        r"논문|문서|파일|자료|pdf|hwpx?|docx?|pptx?|xlsx?|epub|html|latex|마크다운|한글|워드|엑셀|파워포인트|형식"
        r"|포맷|arxiv|링크|주소"
        r"|어떻게 ?(?:넣|추가|올|업로드)"
        r"|\b(?:papers?|documents?|files?|pdfs?|markdown|word|formats?|powerpoint|excel|slides|urls?|links?)\b",
    ),
    "trust": (
        r"(?:답|대답|답변)\S* ?\S{0,6} ?(?:맞|틀|믿|정확|만들)|(?:너|널|너를|당신|이걸|이거|여기) ?\S{0,4} ?믿"
        r"|지어 ?내|환각"
        r"|\b(?:do|does|can|will|are) (?:you|it|this app)[^?]*(?:make (?:things|stuff|it) up|hallucinat|lie|wrong"
        r"|accurate|reliable"
        r"|correct|trust)|\b(?:can|should) i trust (?:you|it|this|the answers)|\bhow (?:accurate|reliable"
        r"|right) are you\b"
        r"|\bwhere do (?:the|your) (?:citations|answers) come from\b|\bhow do you (?:answer|work|find)",
    ),
    "abilities": (
        r"(?:뭐|뭘|무엇|무얼|어떤|무슨|어떻게)[^?]*(?:할 ?(?:수 ?있|줄 ?알)|(?:질문|물어|물을|본|여쭤"
        r"|묻)\S* ?(?:수 ?있|가능|되|돼|볼|하면))"
        r"|^(?:앱 |프로그램 )?(?:사용 ?(?:법|방법)|쓰는 ?(?:법|방법)|도움말|도와 ?(?:줘|주세요)|기능)"
        r"|^(?:이 ?(?:앱|프로그램|서비스|챗봇|도구)\S* |너를 |널 )?어떻게 ?(?:쓰|써|사용|이용|질문|물어)"
        r"|\b(?:can|could|do) you (?:do|help|answer)\b|\b(?:can|should|could) i (?:ask|do)\b"
        r"|^\W*help(?: me)?(?: please)?\W*$"
        r"|\bhow (?:do|can|should) i (?:use (?:this|it|you)|ask)\b|\bhow does this (?:app|program|tool|chatbot) work\b"
        r"|^\W*(?:so )?what(?:'s| is) this(?: app| program| tool| chatbot| thing)?\W*$|\byour features\b"
        r"|^이 ?(?:앱|프로그램|챗봇|도구|사이트)\S* ?(?:뭐|무엇|뭔)"
        r"|\bwhat languages? (?:do|can) you\b"
        r"|\bcan (?:it|you) (?:answer|speak|understand)(?: in)? (?:korean|english)\b",
    ),
    "identity": (
        r"^(?:너|넌|네|니|당신)(?:는|은|의|를|도)? ?(?:이름|누구|뭐|뭔|무엇|정체|어디|누가|사람|로봇|봇|인간|인공"
        r"|ai\b|챗)|^(?:너|널|당신)를? ?누가"
        r"|^누가 ?(?:너|널|당신)|자기 ?소개"
        r"|\bwho (?:are|made|built|created|developed|wrote) you\b|\bwhat are you\b|\byour name\b"
        r"|\bare you (?:an? )?(?:ai|bot|human"
        r"|robot|chatbot|chatgpt|gpt|llm|person|real|language model|model)|\babout yourself\b|\bintroduce yourself\b",
    ),
}
# A text that is pointed at is asked about, not the Library.
POINTS = (
    r"(?<![가-힣])(?:이|그|저|본|해당) ?(?:논문|글|문서|서베이|파일|책|자료|방법|모델)|\b(?:this|that) (?:paper"
    r"|survey|document|article)\b"
)

# What else such questions are made of: pieces of Korean words, and whole English ones.
SAYS_KO = (
    "너|넌|네|니|당신|나|내|제|저|우리|이|여기|지금|현재|혹시|그냥|라이브러리|서재|앱|프로그램|챗봇|서비스|시스템"
    "|도구|봇"
    "|논문|문서|자료|파일|서베이|글|책|질문|제목|목록|리스트|이름|소개|정체|기능|형식|포맷|종류|인공|지능|언어"
    "|어떤|무슨|뭐|뭔|뭘|무엇|무얼|몇|편|개|전부|모두|다|전체|누구|누가|어떻게|어디|얼마나|왜|것|거|건|게|수|줄"
    "|법|방법"
    "|있|없|들|어|알|아|고|는|은|을|를|가|의|에|서|와|과|랑|도|만|로|으로|나|니|냐|야|요|죠|지|까|다|네|데|인|임"
    "|음|면|려|며|러"
    "|예|습|합|됩|입|니다|세|시|실|줘|주|줄|드|려|해|하|할|한|했|했어|봐|보|볼|여|보여|알려|말|설명|궁금|자기"
    "|혼자|직접|새|새로|더|좀"
    "|가지|갖|보유|등록|담|겨|만들|든|었|였|써|쓰|쓸|사용|이용|넣|추가|올|리|려|릴|업로드|첨부|읽|지원|되|돼|될"
    "|된|됨|가능|드래그"
    "|물어|물을|본|묻|여쭤|도와|도움|질문|답|대답|대해|관해|밖|외부|서버|인터넷|유출|전송|보내|나가|나갈|저장|안전"
    "|오프라인|비공개|수집"
    "|개인|정보|데이터|대화|입력|연결|pdf|hwpx|hwp|docx|doc|pptx|ppt|xlsx|epub|html|latex|markdown|마크다운|한글"
    "|워드|엑셀"
    "|맞|틀|믿|정확|지어|환각|지우|지워|울|삭제|빼|제거|없애|질문한|쓴|생각|죠|겠|까요"
    "|파워포인트|슬라이드|텍스트|txt|arxiv|아카이브|링크|주소|url|ai"
)
SAYS_EN = frozenset(
    """without need needs require a an the this that these those my your our you i me we it its is are was am be do
    does did can could may should would will have has had in on at of for to from with about into by or and any
    all some more other new own what what's which who how many much where why here there please just now
    currently available loaded stored inside contain contains hold know see show list give tell let get ask
    answer questions question help use work works app application program tool chatbot bot library collection
    papers paper documents document sources files file texts text surveys titles articles article data type
    types kind kinds format formats pdf pdfs word docx doc pptx ppt xlsx hwp hwpx epub html latex markdown excel
    powerpoint slides txt arxiv link links url urls add upload import load drop attach put read support supports
    supported handle accept open ingest made built created developed wrote yourself name named called introduce
    ai human robot chatgpt gpt llm person real model language features feature sent send uploaded leave leaves
    shared private privacy safe cloud anywhere outside computer machine offline internet server collect
    collected conversations else also too as well then hi hello save saved keep kept remember remembered logged
    say write remove delete rid out make makes things thing stuff up ever never hallucinate lie wrong accurate
    reliable correct right trust citations come languages speak understand korean english find so sometimes
    again""".split()
)
# Formats that are not read, and have to be saved as another first.
UNREAD = (
    r"\bhwp\b|hwp(?=[은는도파]|$)|\bpptx?\b|pptx?(?=[은는도])|\bxlsx?\b|\bepub\b|\bdoc\b|엑셀|파워포인트|\bexcel\b"
    r"|\bpowerpoint\b|한글 ?파일|슬라이드|\bslides\b"
)

SAYS: dict[Matter, dict[Language, tuple[str, ...]]] = {
    "greeting": {
        "ko": (
            "안녕하세요! 이 라이브러리의 문서에 대해 한국어나 영어로 물어보세요. 답의 문장마다 출처를 붙여 드립니다.",
        ),
        "en": (
            "Hello! Ask about the documents in this Library, in English or Korean. Every sentence of an answer "
            "has its source.",
        ),
    },
    "thanks": {
        "ko": ("도움이 되었다니 다행입니다. 더 궁금한 것이 있으면 이어서 물어보세요.",),
        "en": ("You are welcome. Ask on if there is more.",),
    },
    "farewell": {
        "ko": ("다음에 또 물어보세요.",),
        "en": ("Goodbye, and ask again any time.",),
    },
    "assent": {
        "ko": ("네. 더 궁금한 것이 있으면 이어서 물어보세요.",),
        "en": ("All right. Ask on if there is more.",),
    },
    "identity": {
        "ko": (
            "SurveyQA입니다. 서베이와 관련 논문에 대한 질문에 그 문장을 인용해 답하는 프로그램이고, 사람도 언어 "
            "모델도 아닙니다.",
            "이 컴퓨터에서 돌며, 언어 모델은 설정에서 고를 때만 답을 씁니다.",
        ),
        "en": (
            "I am SurveyQA, a program that answers questions about a survey and its papers by quoting them; no "
            "person and no language model.",
            "I run on this computer, and a language model writes answers only if you choose one in the settings.",
        ),
    },
    "adding": {
        "ko": (
            "PDF, HTML, LaTeX, DOCX, HWPX, Markdown, 텍스트 파일과 arXiv 번호, 웹 주소를 넣을 수 있습니다.",
            "화면에서는 ‘문서 추가’를 누르거나 파일을 끌어다 놓고, 셸에서는 `surveyqa library add 파일`을 쓰세요.",
        ),
        "en": (
            "PDF, HTML, LaTeX, DOCX, HWPX, Markdown and text files, arXiv ids and web addresses can be added.",
            "Choose “Add documents” in the app or drop files onto it; in a shell, use `surveyqa library add FILE`.",
        ),
    },
    "chat": {
        "ko": ("저는 라이브러리의 문서에 대한 질문에만 답합니다. 궁금한 것을 물어보세요.",),
        "en": ("I only answer questions about the documents in this Library. Ask me one.",),
    },
    "removing": {
        "ko": ("화면에서는 문서 목록에서 그 문서를 골라 삭제하고, 셸에서는 `surveyqa library remove ID`를 쓰세요.",),
        "en": (
            "Choose the document in the list of the app and remove it; in a shell, use `surveyqa library remove ID`.",
        ),
    },
    "trust": {
        "ko": (
            "답의 문장은 문서에 있는 그대로이고, 그 자리에 있는지 글자까지 확인해서 보입니다. 번호를 누르면 "
            "원문이 열립니다.",
            "다만 묻지 않은 것에 답하는 문장을 고를 수 있습니다. 확실하지 않으면 그렇게 말하고, 근거가 없으면 "
            "답하지 않습니다.",
        ),
        "en": (
            "Every sentence of an answer stands in a document, and is compared with it to the letter; its number "
            "opens the place.",
            "I may choose a sentence that answers something near the question: where that is likely I say so, and "
            "without support "
            "I do not answer.",
        ),
    },
    "privacy": {
        "ko": (
            "문서와 질문, 대화는 이 프로그램이 도는 컴퓨터에만 저장되고 밖으로 보내지 않습니다. 답하는 데 "
            "인터넷이 필요하지 않습니다.",
            "arXiv 번호나 웹 주소를 넣으면 그 글을 받아 오고, 설정에서 언어 모델을 고르면 질문과 찾은 부분을 그 "
            "모델의 서버로 보냅니다.",
        ),
        "en": (
            "Documents, questions and conversations stay on the computer that this program runs on; answering "
            "needs no internet.",
            "Adding an arXiv id or web address fetches that text, and a language model that you choose in the "
            "settings is sent "
            "the question and the passages found.",
        ),
    },
    "abilities": {
        "ko": (
            "라이브러리의 문서에 대해 무엇이든 한국어나 영어로 물어보세요.",
            "뜻, 방법, 이유, 수치, 한계, 비교: “RLHF의 한계는?”, “How does SPIN differ from debate?”",
            "서베이의 분류: “SPIN은 어느 범주에 속해?”, “환경 피드백에는 어떤 방법이 있어?”",
            "이어지는 질문: “그 방법의 한계는?”, “두 번째 거 더 자세히”",
            "문서: “저자는 누구야?”, “3장을 요약해줘”, “어떤 논문이 있어?”, “각 논문의 한계는?”, “DPO를 쓰는 논문은?”",
            "가지고 있는 논문도 넣어 물을 수 있고, 라이브러리에 없는 것은 없다고 답합니다.",
        ),
        "en": (
            "Ask anything about the documents in this Library, in English or Korean.",
            "Meanings, methods, reasons, figures, limits, comparisons: “How does SPIN differ from debate?”, "
            "“RLHF의 한계는?”",
            "The survey's taxonomy: “Which category does SPIN belong to?”, “Which methods use environment feedback?”",
            "Follow-ups: “and its limitations?”, “more on the second one”",
            "The documents themselves: “Who are the authors?”, “What papers are there?”, “Which papers use DPO?”",
            "You can add your own papers, and what the Library does not tell is said not to be there.",
        ),
    },
}
UNREAD_SAID: dict[Language, str] = {
    "ko": "HWP, DOC, PPT, PPTX, XLSX, EPUB 파일은 읽지 못합니다. PDF로(한글 문서는 HWPX로도) 저장해서 넣으세요.",
    "en": (
        "HWP, DOC, PPT, PPTX, XLSX and EPUB files are not read: save them as PDF (Hangul documents also as HWPX) first."
    ),
}
HOLDINGS: dict[Language, str] = {
    "ko": "지금 물을 수 있는 글은 {count}편입니다.",
    "en": "There {are} {count} {works} to ask about.",
}
HOLDINGS_MORE: dict[Language, str] = {"ko": "그 밖에 {count}편", "en": "and {count} more"}
