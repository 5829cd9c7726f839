"""Questions that compare: what they ask of each side, and when the sides are shown beside each other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

import seeds
from bench.comparisons import FOLDER, KINDS, outcome, read, table
from bench.comparisons import Comparison as Row
from index.analyse import Analyser
from index.embed import MODEL_FOLDER
from index.load import load
from qa import Assistant, open_library
from qa.answer import SURE, Answer, BridgedTerm, Citation, Sentence
from qa.category.names import NameFinder
from qa.category.taxonomy import Taxonomy
from qa.converse.complete import Completer
from qa.converse.things import ThingReader, plain
from qa.parts.clauses import clauses
from qa.parts.divide import Divider, Quoted
from qa.parts.join import APART, NOTHING_ON, one_after_another, tells_apart, tells_of
from qa.parts.sides import MAX_CHARS, MAX_SIDES, Comparison, Side, SideReader
from qa.words.bridge import Bridge
from tests.made import question as made_question
from tests.made import run as made_run


@pytest.fixture(scope="module")
def things(analyser: Analyser) -> ThingReader:
    taxonomy = Taxonomy.load(seeds.TAXONOMY)
    bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser, taxonomy.korean_names())
    return ThingReader(analyser, bridge, NameFinder(taxonomy), taxonomy)


@pytest.fixture(scope="module")
def reader(analyser: Analyser, things: ThingReader) -> SideReader:
    return SideReader(analyser, things)


@pytest.fixture(scope="module")
def completer(things: ThingReader) -> Completer:
    return Completer(things)


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_library(tmp_path_factory.mktemp("comparing") / "library") as assistant:
        yield assistant


# --- what is asked of each side ---


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("How does AutoIF differ from StructEval?", ("What is AutoIF?", "What is StructEval?")),
        ("AutoIF vs StructEval", ("What is AutoIF?", "What is StructEval?")),
        ("Can you contrast AutoIF with StructEval?", ("What is AutoIF?", "What is StructEval?")),
        ("오토아이에프랑 MIBench는 뭐가 달라?", ("오토아이에프가 뭐야?", "MIBench가 뭐야?")),
        ("행동 모방과 환경 피드백의 차이를 설명해줘", ("행동 모방이 뭐야?", "환경 피드백이 뭐야?")),
        ("Qwen2, GLM-4 and Llama 3: how do they differ?", ("What is Qwen2?", "What is GLM-4?", "What is Llama 3?")),
        ("online DPO와 offline DPO의 차이", ("online DPO가 뭐야?", "offline DPO가 뭐야?")),
        ("LongAlign vs 듀얼 청크 어텐션(DCA)", ("LongAlign이 뭐야?", "듀얼 청크 어텐션이 뭐야?")),
    ],
)
def test_what_things_are_is_asked_of_each(reader: SideReader, question: str, sides: tuple[str, ...]) -> None:
    found = reader.read(question)
    assert found is not None and found.whole
    assert tuple(side.question for side in found.sides) == sides


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Compare the licenses of Qwen2 and Llama 3", ("the licenses of Qwen2?", "the licenses of Llama 3?")),
        ("Compare Qwen2 and GLM-4 on MMLU", ("Qwen2 on MMLU?", "GLM-4 on MMLU?")),
        ("Compare GLM-4 on MMLU and GSM8K", ("GLM-4 on MMLU?", "GLM-4 on GSM8K?")),
        (
            "Is Qwen2-72B trained on more tokens than Llama 3 405B?",
            ("Is Qwen2-72B trained on tokens how much?", "Is Llama 3 405B trained on tokens how much?"),
        ),
        (
            "Does SPIN need less GPU memory than Self-Improve?",
            ("SPIN need GPU memory how much?", "Self-Improve need GPU memory how much?"),
        ),
        (
            "Llama 3와 Qwen2 중 어느 쪽이 학습 토큰이 더 많아?",
            ("Llama 3 학습 토큰이 얼마나 돼?", "Qwen2 학습 토큰이 얼마나 돼?"),
        ),
        ("GLM-4와 Llama 3의 문맥 길이 비교", ("GLM-4의 문맥 길이?", "Llama 3의 문맥 길이?")),
        ("라마 3보다 Qwen2가 파라미터가 적나?", ("라마 3이 파라미터가 얼마나 돼?", "Qwen2가 파라미터가 얼마나 돼?")),
        ("Qwen2가 라마 3보다 MMLU 점수가 높나?", ("Qwen2 MMLU 점수가 얼마나 돼?", "라마 3 MMLU 점수가 얼마나 돼?")),
        ("SPIN과 AutoIF의 한계는?", ("SPIN의 한계는?", "AutoIF의 한계는?")),
        ("Qwen2와 Llama 3 각각의 라이선스는?", ("Qwen2 의 라이선스는?", "Llama 3 의 라이선스는?")),
        ("rotary position embeddings in GLM-4 vs in Qwen2", tuple(
            f"rotary position embeddings in {name}?" for name in ("GLM-4", "Qwen2")
        )),
    ],
)  # fmt: skip
def test_an_aspect_is_asked_of_each(reader: SideReader, question: str, sides: tuple[str, ...]) -> None:
    found = reader.read(question)
    assert found is not None and not found.whole
    assert tuple(side.question for side in found.sides) == sides


@pytest.mark.parametrize(
    "question",
    [
        "What is SPIN?",
        "authors of the System 1 / System 2 fusion paper",
        "Is SPIN cheaper than AutoIF?",  # what they are does not tell it
        "What are cause and effect?",  # joined, and may be one thing
        "Are the SPIN and AutoIF?",  # it is not asked what they are
        "데이터와 학습의 한계는?",  # no names
        "Which methods use self-play?",
        "How does DPO differ?",
        "SPIN과 SPIN의 차이는?",
        "학습 중에 어느 쪽이 더 좋아?",
        "AutoIF vs StructEval " + "and so on " * (MAX_CHARS // 10),
    ],
)
def test_other_questions_compare_nothing(reader: SideReader, question: str) -> None:
    assert reader.read(question) is None


def test_no_more_sides_are_asked_than_can_be_shown_and_none_is_dropped(reader: SideReader) -> None:
    found = reader.read("Compare Qwen2, GLM-4, Llama 3, GPT-4, Mixtral and Falcon")
    assert found is not None and len(found.sides) == MAX_SIDES == 6
    assert reader.read("Compare Qwen2, GLM-4, Llama 3, GPT-4, Mixtral, Falcon and PaLM") is None


# --- the benchmark ---


@pytest.mark.parametrize("name", ["dev", "test"])
def test_the_benchmark_asks_of_sections_that_there_are(name: str) -> None:
    rows = read(FOLDER / f"{name}.jsonl")
    sections = {
        (document.work, section.section_id)
        for document in map(load, seeds.documents())
        for section in document.sections
    }
    assert Counter(row.kind for row in rows) == {
        "whole": 16, "aspect": 22, "within": 8, "direct": 8, "absent": 8, "untold": 14,
    }  # fmt: skip
    assert len({row.question for row in rows}) == len(rows)
    for row in rows:
        assert len(row.sides) >= 2 and frozenset().union(*row.sides) <= sections
        assert all(row.sides) == KINDS[row.kind], row.question_id


def test_the_two_sets_of_the_benchmark_share_no_question() -> None:
    one, other = ({row.question.casefold() for row in read(FOLDER / f"{name}.jsonl")} for name in ("dev", "test"))
    assert one.isdisjoint(other)


def test_an_outcome_is_how_many_sides_are_cited() -> None:
    works = {"plants": "P"}
    asked = Row("r1", "Orchid vs Fern", "whole", (frozenset({("P", "all")}), frozenset({("P", "ferns")})))
    assert outcome(asked, answer("Orchid blooms."), works) == "a part"
    assert outcome(replace(asked, sides=asked.sides[:1]), answer("Orchid blooms."), works) == "all sides"
    assert outcome(replace(asked, sides=asked.sides[1:]), answer("Orchid blooms."), works) == "none"
    assert outcome(asked, answer(), works) == "refused"
    untold = replace(asked, kind="untold", sides=(frozenset(), frozenset()))
    assert outcome(untold, answer(), works) == "rightly refused"
    assert outcome(untold, answer("Orchid blooms."), works) == "wrongly"
    assert outcome(untold, answer("Orchid blooms.", probability=0.4), works) == "wrongly, unsure"
    assert "| whole | 1 | 0 | 1 | 0 | 0 |  |  |  |" in table([(asked, answer("Orchid blooms."), "a part")])


# --- when the sides stand beside each other ---

ORCHID, FERN = (plain(name, "name") for name in ("Orchid", "Fern"))
ASKED = Comparison((Side(ORCHID, "What is Orchid?"), Side(FERN, "What is Fern?")), whole=True)


def cited(quote: str, start: int = 0, title: str = "Plants") -> Citation:
    return Citation("plants", title, "en", "all", ("All",), quote, start, start + len(quote), None, "plants.md")


def answer(*quotes: str, probability: float = 0.9, kind: str = "definition", title: str = "Plants") -> Answer:
    citations = tuple(cited(quote, 100 * at, title) for at, quote in enumerate(quotes))
    sentences = tuple(Sentence(quote, (at,)) for at, quote in enumerate(quotes))
    return Answer("Orchid vs Fern", "en", kind, sentences, citations, None, (), probability)


def test_only_a_sentence_that_names_all_and_holds_them_against_each_other_compares() -> None:
    assert tells_apart(answer("Orchid differs from Fern."), ASKED)
    assert tells_apart(answer("Unlike Orchid, Fern unfurls."), ASKED)
    assert not tells_apart(answer("There are Orchid and Fern."), ASKED)
    assert not tells_apart(answer("Orchid blooms, unlike moss.", "Fern does not."), ASKED)
    assert tells_apart(answer("It differs from Fern.", title="Orchid"), ASKED)  # the title names the other
    headed = replace(cited("It blooms."), section=("Plants", "Orchid vs Fern"))
    assert tells_apart(replace(answer("It blooms."), citations=(headed,)), ASKED)
    listed = replace(headed, section=("Plants", "Orchid, Fern"))
    assert not tells_apart(replace(answer("It blooms."), citations=(listed,)), ASKED)
    of_both = Comparison(ASKED.sides, whole=False)
    assert tells_apart(answer("There are 3 of Orchid and 4 of Fern."), of_both)


def test_an_answer_tells_of_a_name_that_it_shows_first() -> None:
    assert tells_of(answer("Orchid blooms."), ORCHID) and tells_of(answer("It blooms.", title="Orchid"), ORCHID)
    assert not tells_of(answer("Moss grows.", "Orchid blooms."), ORCHID)
    assert tells_of(answer("Moss grows."), plain("green plants", "term"))  # a term goes by other words
    assert not tells_of(answer(), ORCHID) and not tells_of(answer(), plain("green plants", "term"))


def test_sides_are_joined_with_each_place_once() -> None:
    asked = answer()
    one = answer("Orchid blooms.", "Both are green.", probability=0.8)
    two = answer("Fern unfurls.", probability=0.6)
    moss = BridgedTerm("이끼", "moss")
    both = Sentence("Both are green.", (0,))
    two = replace(
        two,
        sentences=(*two.sentences, Sentence(both.text, (1,))),
        citations=(*two.citations, one.citations[1]),
        bridged=(moss,),
    )
    joined = one_after_another(asked, [one, two])
    assert [sentence.text for sentence in joined.sentences] == ["Orchid blooms.", both.text, "Fern unfurls."]
    assert [sentence.citations for sentence in joined.sentences] == [(0,), (1,), (2,)]
    assert joined.citations == (*one.citations, two.citations[0])
    assert (joined.probability, joined.bridged, joined.notice) == (0.6, (moss,), "")
    assert not joined.abstained and joined.question == asked.question


RUN = made_run(made_question("orchid"), [], (), ())


class Answers:
    """Gives made answers to the questions about the sides, and notes the questions."""

    def __init__(self, *answers: Answer) -> None:
        self.left = list(answers)
        self.asked: list[str] = []

    def __call__(self, question: str) -> Quoted:
        self.asked.append(question)
        return Quoted(self.left.pop(0), (RUN,))


def divided(
    reader: SideReader, completer: Completer, quoted: Answer, *answers: Answer
) -> tuple[Answer | None, Sequence[str]]:
    ask = Answers(*answers)
    found = Divider(reader, completer).divide(quoted, ask)
    if found is not None:
        fewest = 2 if found.answer.notice in ("", *APART.values()) else 1  # one side is told nowhere
        assert max(fewest, len(found.answer.citations)) <= len(found.runs) <= len(ask.asked)
    return (found.answer if found else None), ask.asked


def test_all_sides_have_to_be_answered(reader: SideReader, completer: Completer) -> None:
    elsewhere = replace(cited("Fern unfurls."), section_id="ferns")
    orchid, fern, refused = answer("Orchid blooms."), answer("Fern unfurls."), answer(probability=0.01)
    joined, asked = divided(reader, completer, refused, orchid, replace(fern, citations=(elsewhere,)))
    assert (
        joined is not None
        and joined.notice == APART["en"]
        and [s.text for s in joined.sentences] == ["Orchid blooms.", "Fern unfurls."]
    )
    assert asked == ["What is Orchid?", "What is Fern?"]
    assert divided(reader, completer, refused, orchid, refused) == (None, asked)
    assert divided(reader, completer, refused, refused) == (None, asked[:1])
    assert divided(reader, completer, refused, orchid, answer("Moss grows."))[0] is None  # which is about neither
    assert divided(reader, completer, refused, orchid, answer("Fern unfurls.", probability=SURE - 0.01))[0] is None
    filed = answer("Fern is filed under: ferns.", probability=0.2, kind="category")
    assert divided(reader, completer, refused, orchid, filed)[0] is not None  # and the whole says that it is unsure
    assert divided(reader, completer, answer("Orchid differs from Fern."), orchid, fern) == (None, [])
    both = [replace(answer(probability=p), question="The authors of Qwen2 and Llama 3?") for p in (0.01, 0.9)]
    names = answer("Qwen2 is open."), answer("Llama 3 is large.")
    assert divided(reader, completer, both[0], *names)[0] is not None
    told = answer("Qwen2 and Llama 3 are by two firms.")
    shown = replace(both[1], sentences=told.sentences, citations=told.citations)
    assert divided(reader, completer, shown, *names) == (None, [])  # it tells of both
    of_another = replace(both[1], sentences=orchid.sentences, citations=orchid.citations)
    assert divided(reader, completer, of_another, *names)[0] is not None


def test_of_two_that_are_not_compared_one_may_be_told(reader: SideReader, completer: Completer) -> None:
    refused = replace(answer(probability=0.01), question="How many authors do Qwen2 and Llama 3 have?")
    joined, asked = divided(reader, completer, refused, answer(probability=0.01), answer("Llama 3 has 500 authors."))
    assert joined is not None and [s.text for s in joined.sentences] == ["Llama 3 has 500 authors."]
    assert joined.notice == NOTHING_ON["en"].format(part="Qwen2")
    assert asked == ["How many authors Qwen2 have?", "How many authors Llama 3 have?"]
    sure = replace(answer("Qwen2 is open."), question=refused.question)  # of one of them: better than nothing
    assert divided(reader, completer, sure, answer("Qwen2 is open."), answer(probability=0.01))[0] is None


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("What are SPIN and AutoIF?", ("What is SPIN?", "What is AutoIF?")),
        ("RLHF와 RLAIF가 뭐야?", ("RLHF가 뭐야?", "RLAIF가 뭐야?")),
        ("강-약 증류와 약-강 정렬 각각 설명해줘", ("강-약 증류가 뭐야?", "약-강 정렬이 뭐야?")),
        ("explain generator-discriminator and debate each", ("What is generator-discriminator?", "What is debate?")),
    ],
)
def test_what_several_things_are_is_asked_of_each(
    reader: SideReader, completer: Completer, question: str, sides: tuple[str, ...]
) -> None:
    found = reader.read(question)
    assert found is not None and (found.whole, found.compares) == (True, False)
    assert tuple(side.question for side in found.sides) == sides
    beats = replace(
        answer("RLAIF beats RLHF."), question="RLHF와 RLAIF가 뭐야?"
    )  # names both, and says what neither is
    told = answer("RLHF learns from people."), answer("RLAIF learns from models.")
    joined, _ = divided(reader, completer, beats, *told)
    assert joined is not None and len(joined.sentences) == 2 and joined.notice == ""


def test_of_three_sides_one_may_be_told_nowhere(reader: SideReader, completer: Completer) -> None:
    refused = replace(answer(probability=0.01), question="Compare Qwen2, GLM-4 and Llama 3")
    answers = [answer("Qwen2 is open."), answer(probability=0.01), answer("Llama 3 is large.", probability=0.7)]
    joined, _ = divided(reader, completer, refused, *answers)
    assert joined is not None and [s.text for s in joined.sentences] == ["Qwen2 is open.", "Llama 3 is large."]
    assert (joined.notice, joined.probability) == (NOTHING_ON["en"].format(part="GLM-4"), 0.7)
    silent = [answer("Qwen2 is open."), answer(probability=0.01), answer(probability=0.01)]
    assert divided(reader, completer, refused, *silent)[0] is None
    told = replace(answer("Qwen2 is open."), question=refused.question)
    assert divided(reader, completer, told, *answers)[0] is None


# --- questions that ask two things ---


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What is SPIN and what are its limitations?", ("What is SPIN?", "what are its limitations?")),
        ("How often was it stopped, and who says so?", ("How often was it stopped?", "who says so?")),
        (
            "When and where was StructEval published?",
            ("When was StructEval published?", "Where was StructEval published?"),
        ),
        ("What is RLAIF? Who proposed it?", ("What is RLAIF?", "Who proposed it?")),
        ("SPIN이 뭐고 한계는 뭐야?", ("SPIN이 뭐야?", "한계는 뭐야?")),
        ("저자는 누구이며 언제 나왔어?", ("저자는 누구야?", "언제 나왔어?")),
        ("AutoIF는 어느 학회에 실렸고 저자는 누구야?", ("AutoIF는 어느 학회에 실렸나요?", "저자는 누구야?")),
        ("셀프 플레이가 뭐야? 예를 들어줘", ("셀프 플레이가 뭐야?", "예를 들어줘")),
        (
            "어떤 모델을 썼고 데이터셋은 뭐고 예시는 몇 개 썼어?",
            ("어떤 모델을 썼나요?", "데이터셋은 뭐야?", "예시는 몇 개 썼어?"),
        ),
        ("복잡도는? 그리고 메모리는? 속도는?", ("복잡도는?", "그리고 메모리는?", "속도는?")),
        (
            "What is SPIN, and how does it work, and what are its limits?",
            ("What is SPIN?", "how does it work?", "what are its limits?"),
        ),
        ("누가 통제해야 해? 정부? 기업?", ()),
        ("a는? b는? c는? d는? e는?", ()),
        ("한계가 뭐야? AGI 서베이에서요", ()),
        ("SPIN이 뭐고 ?", ()),
        ("What is SPIN? ?", ()),
        ("어떤 모델을 정렬하려고 무엇을 써?", ()),
        ("How does it know when and where to stop?", ()),
        ("Who wrote 'How Far Are We? Which Way?'", ()),
        ("What do precision and recall mean?", ()),
        ("Which models are open and multilingual?", ()),
        ("생성하고 검증하는 방법은 뭐야?", ()),
        ("어떤 데이터를 모으고 걸러서 써?", ()),
        ("무엇이라고 해?", ()),
        ("SPIN이 뭐야?", ()),
        ("What? And so " + "on and " * 60 + "on? Why?", ()),
    ],
)
def test_a_question_of_two_things_is_taken_apart(question: str, asked: tuple[str, ...]) -> None:
    assert clauses(question) == asked


def test_each_clause_is_asked_completed_by_the_one_before(reader: SideReader, completer: Completer) -> None:
    quoted = replace(answer(probability=0.1), question="What is SPIN and what are its limitations?")
    defined, limit = answer("SPIN is a game."), answer("A limit of SPIN is its data.", probability=0.7)
    joined, asked = divided(reader, completer, quoted, defined, limit)
    assert asked == ["What is SPIN?", "what are SPIN's limitations?"]
    assert joined is not None and [s.text for s in joined.sentences] == [defined.text[:-4], limit.text[:-4]]
    assert (joined.probability, joined.notice) == (0.7, "")
    both = replace(answer("SPIN is a game.", "A limit of SPIN is its data."), question=quoted.question)
    assert divided(reader, completer, both, defined, limit)[0] is None  # which tells both already


def test_a_clause_that_nothing_answers_is_named(reader: SideReader, completer: Completer) -> None:
    quoted = replace(answer("SPIN is a game."), question="What is SPIN and what does it cost?")
    notice = NOTHING_ON["en"].format(part="what does it cost")
    game, refused_part = answer("SPIN is played.", probability=0.8), answer(probability=0.01)
    found = Divider(reader, completer).divide(quoted, Answers(game, refused_part))
    assert found is not None and [sentence.text for sentence in found.answer.sentences] == ["SPIN is played."]
    assert (found.answer.probability, found.answer.notice, len(found.runs)) == (0.8, notice, 1)
    unsure = divided(reader, completer, quoted, replace(game, probability=0.3), refused_part)[0]
    assert unsure == replace(quoted, notice=notice)
    refused = replace(answer(probability=0.01), question=quoted.question)
    assert divided(reader, completer, refused, answer("SPIN is a game."), answer(probability=0.01))[0] is None


def test_what_is_filed_in_a_part_is_known_of_the_whole(reader: SideReader, completer: Completer) -> None:
    quoted = replace(answer(probability=0.1), question="What is SPIN and what are its limitations?")
    filed, limit = answer("SPIN is filed under: games.", kind="category"), answer("A limit of SPIN is its data.")
    found = Divider(reader, completer).divide(quoted, Answers(filed, limit))
    assert found is not None and found.answer.kind != "category" and found.filed
    told = Divider(reader, completer).divide(quoted, Answers(answer("SPIN is a game."), limit))
    assert told is not None and not told.filed
    # a filed answer that stands, but for the notice, is one still
    asks_two = replace(
        answer("SPIN is filed under: games.", kind="category"), question="What is SPIN and what does it cost?"
    )
    stands = Divider(reader, completer).divide(
        asks_two, Answers(answer("SPIN.", probability=0.3), answer(probability=0.01))
    )
    assert stands is not None and stands.answer.notice and stands.filed


# --- on the shipped Library ---


def test_what_a_method_is_and_where_it_is_filed_are_both_told(survey: Assistant) -> None:
    found = survey.ask("SPIN이 뭐고 어느 범주야?")
    assert "미세 조정 방법" in found.sentences[0].text and "생성자-판별자" in found.text
    assert (found.notice, found.kind) == ("", "other")


@pytest.mark.parametrize(
    ("question", "works"),
    [
        ("How do MIBench and StructEval differ?", ["2407.15272", "2408.03281"]),
        ("GLM-4와 Llama 3의 문맥 길이 비교", ["2406.12793", "2407.21783"]),
        ("Llama 3와 Qwen2 중 어느 쪽이 학습 토큰이 더 많아?", ["2407.21783", "2407.10671"]),
        ("Compare Qwen2 and GLM-4 on MMLU", ["2407.10671", "2406.12793"]),
        ("스트럭트이밸이랑 오토아이에프는 뭐가 달라?", ["2408.03281", "2406.13542"]),
    ],
)
def test_both_sides_are_cited_in_order(survey: Assistant, question: str, works: list[str]) -> None:
    found = survey.ask(question)
    assert (
        list(dict.fromkeys(c.doc_id.partition(".")[0] + "." + c.doc_id.split(".")[1] for c in found.citations)) == works
    )
    assert found.notice == APART[found.language] and not found.unsure and found.question == question


def test_a_row_of_a_table_tells_of_the_side_that_its_section_names(survey: Assistant) -> None:
    found = survey.ask("Qwen2랑 Llama 3 MMLU 점수 알려줘")
    forms = [sentence.form for sentence in found.sentences]
    assert found.sentences[0].text == "MMLU · Qwen2-72B: 84.2; MMLU · Qwen2-57B-A14B: 76.5"
    assert forms[1:5] == ["header", "row", "header", "row"]
    assert "83.6" in found.sentences[4].text and found.sentences[3].citations == found.sentences[4].citations


@pytest.mark.parametrize(
    "question",
    ["Compare SPIN and pizza", "SPIN과 양자 컴퓨팅의 차이는?", "Compare the electricity bills of Qwen2 and GLM-4"],
)
def test_what_is_told_of_one_side_only_is_no_comparison(survey: Assistant, question: str) -> None:
    assert survey.ask(question).abstained


def test_a_language_model_is_given_passages_of_each_side(survey: Assistant) -> None:
    quoted = survey.quoter.answer("How do MIBench and StructEval differ?", None, None)
    assert [run.query.text for run in quoted.runs] == ["What is MIBench?", "What is StructEval?"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "MIBench 시나리오 세 개 각각 뭘 테스트해?",
            ["MIBench의 설계는", "다중 이미지 지시(", "멀티모달 지식 탐색(", "멀티모달 문맥 내 학습("],
        ),
        ("AGI 수준 각각 설명해줘", ["AGI 논문은", "수준 1 배아적 AGI는", "수준 2 초인간 AGI는", "수준 3 궁극적 AGI는"]),
        ("explain each level of AGI", ["The AGI paper", "Level 1 embryonic", "Level 2 superhuman", "Level 3 ultimate"]),
        (
            "what does each of the three MIBench scenarios test?",
            ["The design of MIBench", "Multi-image instruction", "Multimodal knowledge", "Multimodal in-context"],
        ),
    ],
)
def test_each_of_what_an_answer_lists_is_told(survey: Assistant, question: str, told: list[str]) -> None:
    answer = survey.ask(question)
    assert answer.sure
    assert [one.form for one in answer.sentences] == ["sentence", *["item"] * (len(told) - 1)]
    assert all(sentence.text.startswith(begins) for sentence, begins in zip(answer.sentences, told, strict=True))


@pytest.mark.parametrize("question", ["MIBench 시나리오 세 개가 뭐야?", "AutoIF의 두 단계는 각각 뭘 해?"])
def test_a_list_stands_where_each_is_not_asked_for_or_not_told(survey: Assistant, question: str) -> None:
    text = survey.ask(question).text
    assert "다중 이미지 지시" in text or "2단계" in text
    assert "시나리오(scenario)이다" not in text
