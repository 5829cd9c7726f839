"""Which sentences of a section make an answer, by weights that are given."""

from math import log

import pytest

from index.load import Document, Language, parse
from qa.question.wording import Kind
from qa.reading.candidate import (
    ASKED_SIGNALS,
    SENTENCE_SIGNALS,
    Place,
    SentenceModel,
    fitted_asked_sentences,
    fitted_sentences,
)
from qa.reading.choose import FAR_WORSE, KNOWN_WORSE, WORSE, Chooser, only_leads
from qa.reading.companions import MOST_ANNOUNCED, MOST_LISTED, MOST_ROWS, shows_code
from qa.retrieval.retrieve import Run
from qa.words.bridge import Unit
from tests.made import WordEmbedder, question, run, tiny_analyser, unit

EMBEDDER = WordEmbedder({"reward": (1, 0), "token": (0, 1), "보상": (1, 0)})
REWARD, MARGIN, RANKER = unit("reward", ["reward"], ["보상"]), unit("margin", ["margin"]), unit("ranker", ["ranker"])
UNITS, IDFS = (REWARD, MARGIN, RANKER), (0.5, 0.3, 0.2)


def chooser(bias: float = 0.0, **weights: float) -> Chooser:
    """Return one with these weights, and others given as `known_…` for sections with known questions."""
    known = tuple(weights.pop(f"known_{name}", 0.0) for name in (*SENTENCE_SIGNALS, *ASKED_SIGNALS))
    plain = tuple(weights.pop(name, 0.0) for name in SENTENCE_SIGNALS)
    assert not weights
    return Chooser(tiny_analyser(), EMBEDDER, SentenceModel(plain, bias), SentenceModel(known, bias))


def document(*bodies: str, title: str = "Title", language: Language = "en") -> Document:
    """Return a document with a section of each body, called Part 1, Part 2 …"""
    text = f"# {title}\n\n" + "".join(f"## Part {at}\n\n{body}\n\n" for at, body in enumerate(bodies, start=1))
    return parse(text, doc_id=f"d.{language}", source=f"d.{language}.md")


def places(made: Chooser, *bodies: str) -> list[Place]:
    found = document(*bodies)
    return [made.place(found, section, 1.0) for section in found.sections]


def asked(kind: Kind = "other", text: str = "reward", units: tuple[Unit, ...] = UNITS) -> Run:
    return run(question(text, kind=kind), [], units, IDFS[: len(units)])


def chosen(made: Chooser, asked_: Run, *bodies: str, leading: bool = False) -> list[str]:
    return [found.text for found in made.choose(asked_, places(made, *bodies), leading=leading)]


# what speaks for a sentence


def signals(text: str, asked_: Run, number: int = 0, title: str = "Title") -> dict[str, float]:
    made = chooser()
    found = document(text, title=title)
    (place,) = [made.place(found, section, 0.7) for section in found.sections]
    return dict(zip(SENTENCE_SIGNALS, made.candidates(asked_, [place])[number].signals, strict=True))


PLAIN = dict.fromkeys(SENTENCE_SIGNALS, 0.0)


def test_every_signal_stands_in_its_column() -> None:
    text = "A reward of one token."
    assert signals(text, asked(), title="On margins") == pytest.approx(
        PLAIN
        | {
            "coverage": 0.5 + 0.6 * 0.3,  # a heading counts 0.6
            "inside": 0.5,
            "cosine": 1 / 2**0.5,
            "strength": 0.7,
            "best_place": 1,
            "first": 1,
            "length": log(1 + len(text)) - log(100),
            "soft": 0.5,
            "above": 0.3,
        }
    )


@pytest.mark.parametrize(
    ("kind", "text", "changed"),
    [
        ("definition", "Some text here.", {"first_defines"}),
        ("summary", "Some text here.", {"first_defines"}),
        ("definition", "Some text is here.", {"first_defines", "cued"}),
        ("why", "Some text because of it.", {"cued"}),
        ("how", "Some text by itself.", {"cued"}),
        ("yes-no", "Some text is not here.", {"cued"}),
        ("who-when", "Some text of 2024.", {"cued"}),
        ("number", "Some text of 83.5 points.", {"new_number"}),
        ("number", "Some text of 7 points.", set()),  # the question says 7
        ("list", "Some text: one, two and three.", {"enumerates", "items"}),
        ("other", "Reward is a number.", {"defines"}),
        ("other", "This is a number.", {"leans"}),
        ("other", "| a | b |", {"row"}),
        ("list", "Some text here.", set()),
    ],
)
def test_what_a_kind_of_question_looks_for(kind: Kind, text: str, changed: set[str]) -> None:
    always = {"coverage", "inside", "cosine", "strength", "best_place", "first", "length", "soft"}
    seen = signals(text, asked(kind, "7 rewards"))
    assert {name for name, value in seen.items() if value} - always == changed


def test_a_question_for_a_person_looks_for_authors_and_not_for_years() -> None:
    assert signals("Ada Kim is an author.", asked("who-when", "Who wrote it?"))["cued"] == 1
    assert signals("It is of 2024.", asked("who-when", "Who wrote it?"))["cued"] == 0
    assert signals("It is of 2024.", asked("who-when", "When was it written?"))["cued"] == 1


def test_only_the_first_sentence_of_a_section_is_first() -> None:
    made = chooser()
    found = made.candidates(asked(), places(made, "One thing. Two things.", "Three things."))
    at = [SENTENCE_SIGNALS.index(name) for name in ("first", "best_place")]
    assert [(c.text, *(c.signals[i] for i in at)) for c in found] == [
        *(("One thing.", 1, 1), ("Two things.", 0, 1)),
        ("Three things.", 1, 0),
    ]


def test_a_score_is_the_weighted_sum_and_a_sentence_knows_its_place() -> None:
    made = chooser(0.25, inside=2.0, strength=-3.0)
    found = document("Some text. A margin.")
    (place,) = [made.place(found, section, 0.5) for section in found.sections]
    second = made.candidates(asked(), [place])[1]
    assert second.score == pytest.approx(2.0 * 0.3 - 3.0 * 0.5 + 0.25)
    assert found.text[second.evidence.start : second.evidence.end] == second.text == "A margin."
    assert (second.evidence.doc_id, second.evidence.section_id) == ("d.en", "1")


def test_scraps_and_header_rows_are_no_sentences() -> None:
    made = chooser()
    found = made.candidates(asked(), places(made, "- ok\n- A reward.\n\n| name | size |\n|---|---|\n| one | 1 |"))
    assert [c.text for c in found] == ["A reward.", "| one | 1 |"]


def test_the_kind_of_a_note_is_no_sentence() -> None:
    made = chooser()
    found = made.candidates(asked(), places(made, "> [!TIP]\n> A reward is high.\n\n[!NOTE] is a mark."))
    assert [candidate.text for candidate in found] == ["A reward is high.", "[!NOTE] is a mark."]


def test_a_definition_counts_for_the_part_of_the_question_that_it_defines() -> None:
    text = "Reward is a number."
    assert signals(text, asked("definition", units=(REWARD,)))["defines"] == 1
    assert signals(text, asked("definition"))["defines"] == pytest.approx(0.5)  # of reward, margin and ranker
    assert signals(text, asked("number"))["defines"] == 0


# which are chosen

ONE, TWO, THREE = "A reward has a margin.", "The reward grew quickly.", "Every ranker sleeps."


def test_sentences_near_the_best_score_are_chosen_in_reading_order() -> None:
    assert WORSE == 1.5
    made = chooser(inside=2.6)  # scores 2.6 * (0.5 + 0.3), 2.6 * 0.5 and 2.6 * 0.2: the last is 1.56 worse
    assert chosen(made, asked(), f"{THREE} {TWO} {ONE}") == [TWO, ONE]
    near = chooser(inside=2.4)  # 1.44 worse
    assert chosen(near, asked(), f"{THREE} {TWO} {ONE}") == [THREE, TWO, ONE]


def test_less_is_shown_beside_a_sentence_that_a_known_question_names() -> None:
    found = document(f"{ONE} {TWO}")
    for near, shown in (((), [ONE, TWO]), ((1.2, 0.4), [ONE])):
        made = chooser(first=1.2, known_first=1.2)  # between KNOWN_WORSE and WORSE
        place = made.place(found, found.sections[0], 1.0, near)
        assert [candidate.text for candidate in made.choose(asked(), [place])] == shown


def test_a_sentence_knows_how_much_of_what_is_asked_the_one_before_it_holds() -> None:
    made = chooser()
    column = SENTENCE_SIGNALS.index("before")
    found = made.candidates(asked(), places(made, f"{ONE} {TWO} {THREE}", "Nobody sleeps."))
    assert [(c.text, round(c.signals[column], 6)) for c in found] == [
        (ONE, 0.0),
        (TWO, 0.8),  # reward and margin
        (THREE, 0.5),  # reward
        ("Nobody sleeps.", 0.0),  # the first of its section
    ]


@pytest.mark.parametrize(("kind", "limit"), [("number", 2), ("who-when", 2), ("definition", 3), ("other", 4)])
def test_no_more_are_chosen_than_the_kind_of_question_needs(kind: Kind, limit: int) -> None:
    names = ("Apples", "Bricks", "Clouds", "Doors", "Engines", "Forests")
    texts = [f"{name} cost a reward." for name in names]
    different = " ".join(
        f"{text[:-1]} while {name.lower()}men ate {name.lower()}bread." for name, text in zip(names, texts, strict=True)
    )
    assert len(chosen(chooser(inside=1.0), asked(kind), different)) == limit


def test_what_says_nearly_the_same_is_left_out() -> None:
    # four of the five words of the shorter one are in the longer one
    longer, shorter = "A reward model scores every answer quickly.", "The reward model scores one answer."
    other = "Prices of rewards fell last winter."
    found = chosen(chooser(inside=1.0, length=0.01), asked(), f"{shorter} {longer} {other}")
    assert found == [longer, other]


def test_a_sentence_that_points_back_brings_the_one_before_it() -> None:
    made = chooser(inside=2.0)
    assert chosen(made, asked(), "Judges vote on it. This reward has a margin. Nobody sleeps.") == [
        "Judges vote on it.",
        "This reward has a margin.",
    ]
    assert chosen(made, asked(), "Judges vote on it. That reward has a margin.") == ["That reward has a margin."]


def test_what_follows_a_question_stands_in_its_place() -> None:
    made = chooser(coverage=4)
    for asks in ("What is a reward margin ranker?", "A reward margin ranker (보상 순위기)란?"):
        assert chosen(made, asked(), f"{asks} Why so? It orders. It ends.") == ["It orders."]
        assert chosen(made, asked(), f"Before. {asks}") == [asks]  # nothing follows
    known = [
        Place(found.document, found.section, 1.0, found.words, (0.9, 0.1)) for found in places(made, f"{asks} It.")
    ]
    assert [one.text for one in chooser(known_asked=4).choose(asked(), known)][:1] == [asks]


def test_nothing_of_another_section_is_brought() -> None:
    made = chooser(inside=2.0)
    assert chosen(made, asked(), "A reward has a margin. Judges vote.", "This ranker and its margin get a reward.") == [
        "A reward has a margin.",
        "This ranker and its margin get a reward.",
    ]


def test_the_best_section_always_has_a_say() -> None:
    made = chooser(inside=4.0)
    better = f"{ONE} Margins widened when rewards doubled overnight. Cheap rewards kept margins narrow elsewhere."
    assert chosen(made, asked("number"), f"Nobody sleeps. {THREE}", better)[0] == THREE
    assert len(chosen(made, asked("number"), f"Nobody sleeps. {THREE}", better)) == 2


def test_a_section_that_is_looked_up_is_read_from_its_beginning() -> None:
    body = "One is here. Two is here. Three is here. Four is here. Five is here. Six is here."
    first = ["One is here.", "Two is here.", "Three is here.", "Four is here.", "Five is here."]
    assert chosen(chooser(inside=1.0), asked(), body, ONE, leading=True) == first
    assert chosen(chooser(inside=1.0), asked("summary"), body, ONE) == first


def test_nothing_to_read_gives_nothing() -> None:
    assert chooser().choose(asked(), []) == []


# what known questions say


def known_places(made: Chooser, *asked_: tuple[float, ...]) -> list[Place]:
    """Return a section of three sentences for each, with how near the questions come that they answer."""
    found = document(*["One is here. Two is here. Three is here."] * len(asked_))
    return [made.place(found, section, 1.0, near) for section, near in zip(found.sections, asked_, strict=True)]


def test_known_questions_speak_for_the_sentences_that_answer_them() -> None:
    made = chooser(known_asked=1.0)
    found = made.candidates(asked(), known_places(made, (0.5, 1.5), (1.75,)))
    after = len(SENTENCE_SIGNALS)
    assert [c.signals[after:] for c in found] == [
        *((0.5, -1.0, -1.25), (1.5, 0.0, -0.25), (0.0, -1.5, -1.75)),  # the third answers none
        *((1.75, 0.0, 0.0), (0.0, -1.75, -1.75), (0.0, -1.75, -1.75)),
    ]
    assert [c.score for c in found] == [0.5, 1.5, 0.0, 1.75, 0.0, 0.0]


def test_a_section_without_known_questions_has_weights_of_its_own() -> None:
    made = chooser(first=2.0, known_first=3.0, known_behind_places=1.0)
    found = made.candidates(asked(), known_places(made, (), (0.0, 0.5)))
    first = SENTENCE_SIGNALS.index("first")
    assert [(len(c.signals), c.signals[first], c.score) for c in found] == [
        *((len(SENTENCE_SIGNALS), 1.0, 2.0), (len(SENTENCE_SIGNALS), 0.0, 0.0), (len(SENTENCE_SIGNALS), 0.0, 0.0)),
        (len(SENTENCE_SIGNALS) + 3, 1.0, 2.5),
        *((len(SENTENCE_SIGNALS) + 3, 0.0, 0.0), (len(SENTENCE_SIGNALS) + 3, 0.0, -0.5)),
    ]


SHORT, LONG = "Three people named the reward.", "Three people named the reward and the margin instead of six."


@pytest.mark.parametrize(
    ("near", "shown"),
    [
        ((1.2, 1.2), [SHORT, LONG]),  # one known question rests on both, though they say much the same
        ((1.2, 1.1), [SHORT]),
    ],
)
def test_sentences_that_one_known_question_rests_on_stand_together(near: tuple[float, ...], shown: list[str]) -> None:
    made = chooser(known_first=KNOWN_WORSE + 0.5)  # the second is worse than a sentence may be else
    found = document(f"{SHORT} {LONG}")
    place = made.place(found, found.sections[0], 1.0, near)
    assert [candidate.text for candidate in made.choose(asked(), [place])] == shown
    much_worse = chooser(known_first=FAR_WORSE + 0.5)
    place = much_worse.place(found, found.sections[0], 1.0, near)
    assert [candidate.text for candidate in much_worse.choose(asked(), [place])] == [SHORT]


def test_what_names_the_limits_comes_before_what_defines() -> None:
    made = chooser(first=3.0, inside=1.0)
    body = "A reward is a number. A weakness of the reward is noise. The reward has problems."
    assert chosen(made, asked(text="What is the weakness of the reward?"), body) == [
        "A weakness of the reward is noise."
    ]
    assert chosen(made, asked(text="What is the reward?"), body) == ["A reward is a number."]
    other = "A reward is a number. Nobody sleeps."
    assert (
        chosen(made, asked(text="reward의 약점은?"), other, body)[0] == "A reward is a number."
    )  # nothing names it there
    summary = asked("summary", text="Summarize the weaknesses of the reward")
    assert chosen(made, summary, body) == ["A weakness of the reward is noise."]


def test_a_sentence_is_known_by_its_number_though_one_before_it_says_nothing() -> None:
    made = chooser(known_asked=1.0)
    found = document("| a | b |\n|---|---|\n| one | 1 |\n| two | 2 |")
    place = made.place(found, found.sections[0], 1.0, (0.0, 0.25, 0.75))
    assert [(c.text, c.score) for c in made.candidates(asked(), [place])] == [
        ("| one | 1 |", 0.25),
        ("| two | 2 |", 0.75),
    ]


def test_there_is_a_fitted_weight_for_every_signal() -> None:
    assert len(fitted_sentences().weights) == len(SENTENCE_SIGNALS)
    known = dict(zip((*SENTENCE_SIGNALS, *ASKED_SIGNALS), fitted_asked_sentences().weights, strict=True))
    assert min(known[name] for name in ASKED_SIGNALS) > 0.0


def test_labels_and_captions_are_no_sentences_where_others_are() -> None:
    made = chooser(inside=2.0)
    label, caption, sentence = (
        "Reward margins of rankers",
        "Figure 2: the reward margin of a ranker.",
        "A reward moves.",
    )
    body = f"{label}\n\n{caption}\n\n{sentence}"
    assert chosen(made, asked(), body) == [sentence]
    assert caption in chosen(made, asked(text="What does figure 2 show?"), body)
    assert chosen(made, asked(), label) == [label]
    for other in ("**표 2.** Reward 값", "![A reward of a ranker](a.svg)", "<!-- reward -->"):
        assert chosen(made, asked(), f"{other}\n\n{sentence}") == [sentence]
    for told in ("Figure 2 depicts the reward.", "표 1, 표 2를 보면 reward 값이 크다."):
        assert chosen(made, asked(), f"{told}\n\nNobody sleeps here.")[0] == told
    assert (
        chosen(made, asked(), "- a reward of list items\n- a margin\n\nNobody sleeps.")[0] == "a reward of list items"
    )


@pytest.mark.parametrize("label", ["Reward Data.", "Reward of the Ranker."])
def test_a_heading_that_runs_into_a_paragraph_is_a_label(label: str) -> None:
    made = chooser(inside=4.0)
    assert chosen(made, asked(), f"{label} It is set by hand.\n\nA reward moves.") == ["A reward moves."]


def test_names_out_of_a_figure_are_a_label() -> None:
    names = "Reward Model (RM) Ranker Policy Model (PM) Reward Margin Ranker Reward Token Ranker Margin Reward Model"
    made = chooser(inside=4.0)
    assert chosen(made, asked(), f"{names}\n\nA reward moves.") == ["A reward moves."]
    assert chosen(made, asked(), f"{names} are Parts.\n\nNobody sleeps.")[0] == f"{names} are Parts."


def test_a_row_that_names_what_is_asked_about_is_told_with_the_headings_above_it() -> None:
    made = chooser()
    (place,) = places(made, "| Model | margin |\n| - | - |\n| reward | 3 |\n| policy | 4 |\n")
    found = made.candidates(asked(units=(REWARD, MARGIN)), [place])
    assert [one.text for one in found] == ["| reward | 3 |", "| policy | 4 |"]
    assert [one.inside for one in found] == pytest.approx([1.0, 0.0])


def test_who_asks_how_two_differ_is_shown_the_whole_table() -> None:
    made = chooser(inside=4.0)
    table = "| side | reward | margin |\n| - | - | - |\n| price | 1 | 2 |\n| reward size | 3 | 4 |\n"
    rows = ["| price | 1 | 2 |", "| reward size | 3 | 4 |"]
    compared = question("reward vs margin", kind="comparison", names=["reward", "margin"])
    assert chosen(made, run(compared, [], UNITS, IDFS), table) == rows
    assert chosen(made, asked(), table) == rows[1:]
    long = table + "".join(f"| row {at} | 1 | 2 |\n" for at in range(MOST_ROWS))
    assert chosen(made, run(compared, [], UNITS, IDFS), long) == rows[1:]


def test_code_is_read_where_there_is_nothing_else() -> None:
    made = chooser(inside=4.0)
    code = "```py\nreward = 16\n\nmargin = 2\n```"
    assert chosen(made, asked(), f"It is set.\n\n{code}") == ["It is set."]
    (place,) = places(made, code)
    found = made.candidates(asked(), [place])
    assert [one.text for one in found] == ["reward = 16", "margin = 2"]
    assert [one.code for one in found] == [one.evidence for one in found]


@pytest.mark.parametrize("said", ["Still, a reward has limitations.", "Reward 값에도 몇 가지 한계가 있다."])
def test_who_is_told_that_there_are_limits_is_told_which(said: str) -> None:
    assert chosen(chooser(inside=4.0), asked(), f"{said} First, it drifts. Nobody knows why.") == [
        *(said, "First, it drifts.", "Nobody knows why.")
    ]


def test_what_only_announces_brings_what_stands_after_it() -> None:
    made = chooser(inside=4.0)
    announcing = "The reward of a ranker is as follows:"
    body = f"{announcing}\n\n- it is high\n- it is fair\n- it is late\n- it is gone\n"
    assert chosen(made, asked(), body) == [*(announcing, "it is high", "it is fair", "it is late", "it is gone")]
    told = ["It is high.", "It is fair.", "It is late.", "It is gone."]
    assert chosen(made, asked(), "\n\n".join([announcing, *told])) == [announcing, *told[:MOST_ANNOUNCED]]
    for said in (
        "Reward 값에는 다음과 같은 특징이 있습니다.",
        "Reward 값은 아래의 두 가지로 나뉜다.",
        "Reward 값에는 다음이 포함됩니다.",
    ):
        assert chosen(made, asked(), f"{said}\n\n- it is high\n- it is fair\n") == [said, "it is high", "it is fair"]
    command = "Reward 값을 보려면 다음 명령을 쓴다."
    assert chosen(made, asked(), f"{command} show --all") == [command, "show --all"]
    counted = "A reward has three traits."
    assert chosen(made, asked(), f"{counted}\n\n1. it is high\n2. it is fair\n\nIt ends.") == [
        *(counted, "it is high", "it is fair")
    ]
    assert chosen(made, asked(), f"{counted} It is high.") == [counted]
    assert chosen(made, asked("number"), f"{counted}\n\n1. it is high\n2. it is fair\n") == [counted]
    plain = "Reward 값을 보려면 다음 단계에서 이를 쓴다."
    assert chosen(made, asked(), f"{plain} show --all") == [plain]


def test_a_long_list_is_not_brought_whole() -> None:
    items = [f"trait {number}" for number in range(12)]
    body = "A reward has these traits:\n\n" + "\n".join(f"- {item}" for item in items)
    assert chosen(chooser(inside=4.0), asked(), body)[1:] == items[:MOST_LISTED]


def test_two_items_of_a_list_bring_the_others_and_what_stands_above_them() -> None:
    made = chooser(inside=4.0)
    above, items = "Prizes were given.", ["a reward of gold", "the second prize", "gone"]
    body = f"It began.\n\n{above}\n\n" + "\n".join(f"- {item}" for item in items) + "\n\nIt ended."
    made_of = asked("list", "reward second", (REWARD, unit("second", ["second"])))
    assert chosen(made, made_of, body) == [above, *items]
    assert chosen(made, asked("definition", "reward second", made_of.units), body) != [above, *items]
    long = body.replace("gone", "\n- ".join(f"gone {number}" for number in range(MOST_LISTED)))
    assert above not in chosen(made, made_of, long)


def test_links_to_other_texts_are_no_sentences_unless_links_are_asked_for() -> None:
    made = chooser(inside=4.0, first=-9.0)
    told, link = "Nothing is higher than a reward.", "[The [big] reward](reward.md){.wide}"
    body = f"An introduction stands here.\n\n- {link}\n- {told}\n"
    assert chosen(made, asked("definition"), body) == [told]
    assert chosen(made, asked("definition", "reward links"), body) == [link, told]
    assert chosen(made, asked("definition"), f"- {link}") == [link]
    many = "[reward](a.md)" * 60
    for text, shown in ((many, [told]), (f"{many}x", [f"{many}x", told])):  # and at once
        assert chosen(made, asked("definition"), f"An introduction stands here.\n\n- {text}\n- {told}\n") == shown


def test_who_asks_for_a_command_is_given_the_sentences_above_code() -> None:
    made = chooser(inside=4.0)
    told, above, later = "The reward is set.", "It runs so.", "Elsewhere this holds."
    body = f"{told}\n\n{above}\n\n```shell\nreward --set 1\n```\n\n{later}\n\n```\nreward --set 2\n```\n"
    assert chosen(made, asked(), body) == [told]
    assert chosen(made, asked(text="Which command sets the reward?"), body) == [told, above, later]
    how = "How do I set the reward?"
    assert chosen(made, asked("how", how), body) == [told, above]
    assert chosen(made, asked("why", how), body) == [told]
    (place,) = places(made, body)
    code = [found.code for found in made.candidates(asked(), [place])]
    text = place.document.text
    assert [one and text[one.start : one.end] for one in code] == [None, "reward --set 1", "reward --set 2"]


def test_code_is_shown_below_what_announces_it_and_where_it_is_asked_for() -> None:
    made, code = chooser(), "\n\n```\nset loss\n```\n"
    announcing, plain, bare = (
        made.candidates(asked(), places(made, text))[0]
        for text in (f"The loss is set as follows:{code}", f"The loss is set.{code}", "The loss is set as follows:")
    )
    assert [shows_code(one, "What is the loss?") for one in (announcing, plain, bare)] == [True, False, False]
    for wanted in (
        "How do I set the loss?",
        "손실은 어떻게 정해?",
        "손실을 정하려면?",
        "손실을 쓰는 법은?",
        "Show the code.",
    ):
        assert [shows_code(one, wanted) for one in (announcing, plain, bare)] == [True, True, False]


def test_what_holds_all_that_is_asked_about_may_give_a_reason_without_the_word() -> None:
    made = chooser(inside=4.0)
    tells, reason = "The reward and the margin fall for every ranker.", "A reward falls because nobody sleeps."
    assert chosen(made, asked(text="Why do reward and margin fall?"), f"{reason} {tells} Rewards rise.")[-1] == tells
    assert chosen(made, asked(text="What limits reward and margin?"), f"A limit of the reward is sleep. {tells}") == [
        "A limit of the reward is sleep."
    ]


def test_other_models_weigh_the_same_sentences_otherwise() -> None:
    made = chooser(inside=4.0)
    first = SentenceModel(tuple(9.0 * (name == "first") for name in SENTENCE_SIGNALS), 0.0)
    other = made.with_models(first, first)
    body = "Some text here. The reward of a margin is one."
    assert chosen(made, asked(), body) == ["The reward of a margin is one."]
    beside = ["Some text here.", "The reward of a margin is one."]  # of what is asked the first one says nothing
    assert chosen(other, asked(), body) == beside
    assert chosen(made, asked(), body) == ["The reward of a margin is one."]


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("[2. Maps](#maps)", True),
        ("Maps](#maps)", True),  # of "[2. Maps](#maps)", divided at its number
        ("See [a](b) here.", False),
        ("x[1](2) and y", False),
    ],
)
def test_what_is_nothing_but_a_link(text: str, only: bool) -> None:
    assert only_leads(text) is only
