"""Where formulas stand in Markdown, what they are drawn from, and which a question asks for."""

from pathlib import Path
from typing import Any

import pytest

from index.formulas import FORMULA, formula_spans, lines_within, with_signs
from qa import open_library
from qa.reading.formulas import asks_for_formula, is_displayed, shows_formulas
from qa.web.mathml import LONGEST, Node, mathml


def formulas(text: str) -> list[tuple[str, str]]:
    """The name of the alternative and the TeX of each formula."""
    return [(found.lastgroup or "", found[found.lastgroup or 0]) for found in FORMULA.finditer(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("값 $x$는 $n$th이다", [("formula", "x"), ("formula", "n")]),
        (r"$\text{Cost} = \$5$ is", [("formula", r"\text{Cost} = \$5")]),
        ("a $ x^2 $ b", [("spaced", "x^2")]),
        ("$$\nx\n+ y\n$$ (1)", [("display", "\nx\n+ y\n")]),
        ("$$a$$ and $$b$$", [("display", "a"), ("display", "b")]),
        (r"\[x_1\] and \(y = 2\)", [("bracketed", "x_1"), ("parted", "y = 2")]),
        (r"\(so\) and \[1\]", []),
        ("It costs $5 and $10, $5-$10, CA$3", []),
        ("from $5 million in all to CA$ x", []),
        (r"\$5 and \$6", []),
        ("echo $HOME/bin:$PATH", []),
        ("pid $$ and\n\nthen $$", []),
        ("$ 5 = five", []),
    ],
)
def test_formulas_are_told_from_prices_and_escapes(text: str, expected: list[tuple[str, str]]) -> None:
    assert formulas(text) == expected


def test_spans_hold_the_dollars_and_inner_lines_are_known() -> None:
    text = "a $x$\n$$\ny\n$$"
    assert [text[start:end] for start, end in formula_spans(text)] == ["$x$", "$$\ny\n$$"]
    assert [text[at:] for at in sorted(lines_within(text, formula_spans(text)))] == ["y\n$$", "$$"]
    assert formula_spans(text, 6) == [(6, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$\tau$-bench: a benchmark", "τ-bench: a benchmark"),
        (r"3.1 The cost is $\mathcal{O}(n^2)$", "3.1 The cost is O(n^2)"),
        (r"$\hat{A}_i$와 $k$", "Â_i와 k"),
        ("It costs $5 and $6", "It costs $5 and $6"),
        (r"$\,$", r"$\,$"),
        (r"$\verb$ and $x_{" + "y" * 100 + "}$", r"$\verb$ and $x_{" + "y" * 100 + "}$"),
        (r"${x$ and $x^$", "x and x^"),
    ],
)
def test_formulas_are_signs_where_they_cannot_be_drawn(text: str, expected: str) -> None:
    assert with_signs(text) == expected


def said(node: Node | str | None) -> str:
    """What a formula says, element by element."""
    if node is None or isinstance(node, str):
        return node or ""
    inner = "".join(map(said, node[2]))
    return inner if node[0] in ("math", "mrow") else f"{node[0]}[{inner}]"


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\theta_1", "msub[mi[θ]mn[1]]"),
        (r"\mathcal{L}", "mi[ℒ]"),
        (r"{\cal L}", "mi[ℒ]"),
        (r"\boldsymbol{\theta}", "mi[𝜽]"),
        (r"\mathbb{R}", "mi[ℝ]"),
        (r"\log p", "mi[log]mspace[]mi[p]"),
        (r"\log(p)", "mi[log]mo[(]mi[p]mo[)]"),
        (r"x \sim D", "mi[x]mo[∼]mi[D]"),
        (r"a &lt; b", "mi[a]mo[<]mi[b]"),
        (r"50%", "mn[50]mi[%]"),
        (r"x \label{eq:1} \nonumber", "mi[x]"),
        (r"\unknowncommand x", "mi[unknowncommand]mspace[]mi[x]"),
        (r"\text{이면 } x", "mtext[이면\u00a0]mi[x]"),
        (r"\href{javascript:alert(1)}{x}", "mi[x]"),
        (r"<b onclick=1>", "mo[<]mi[b]mi[o]mi[n]mi[c]mi[l]mi[i]mi[c]mi[k]mo[=]mn[1]mo[>]"),
    ],
)
def test_tex_becomes_mathml(tex: str, expected: str) -> None:
    assert said(mathml(tex)) == expected


@pytest.mark.parametrize("name", ["aligned", "align*", "split", "alignedat"])
def test_rows_that_are_aligned_become_a_table(name: str) -> None:
    columns = "{2}" if name == "alignedat" else ""
    tex = rf"\begin{{{name}}}{columns} a &= b \\ &= c \end{{{name}}}"
    assert said(mathml(tex, display=True)) == (
        "mtable[mtr[mtd[mi[a]]mtd[mi[]mo[=]mi[b]]]mtr[mtd[]mtd[mi[]mo[=]mi[c]]]]"
    )


def test_what_is_below_an_operator_is_below_where_it_is_displayed() -> None:
    assert said(mathml(r"\operatorname*{arg\,max}_y f", display=True)) == "munder[mo[arg\u2009max]mi[y]]mspace[]mi[f]"
    assert said(mathml(r"\max_y f")) == "msub[mo[max]mi[y]]mspace[]mi[f]"
    assert said(mathml(r"\sum_{i}^n i", display=True)).startswith("munderover[mo[∑]")


def attributes(node: Any) -> set[tuple[str, str]]:
    found = set(node[1].items())
    return found.union(*(attributes(part) for part in node[2] if not isinstance(part, str)))


def test_only_attributes_that_draw_are_kept() -> None:
    tex = r"\style{color:red}{x} \class{evil}{y} \color{expression(1)}{z} \href{javascript:1}{w} \left( \frac{1}{2} \right)"
    names = {name for name, _ in attributes(mathml(tex))}
    assert names <= {"display", "stretchy", "fence", "form", "mathvariant"}


@pytest.mark.parametrize("tex", ["", "  \n", "x^", "{" * 5_000, "x" * (LONGEST + 1), r"\frac" * 300, "}{", r"\left("])
def test_what_is_no_tex_is_not_drawn(tex: str) -> None:
    assert mathml(tex) is None


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("GRPO 수식 알려줘", True),
        ("PPO의 목적 함수는?", True),
        ("정규화하는 식은?", True),
        ("What is the UCB formula?", True),
        ("Which equation defines the regret?", True),
        ("어떤 방식이야?", False),
        ("이 방식은 뭐가 달라?", False),
        ("공식 문서는 어디 있어?", False),
        ("What is formulated here?", False),
    ],
)
def test_a_question_asks_for_a_formula_by_name(question: str, asks: bool) -> None:
    assert asks_for_formula(question) is asks


def test_a_formula_that_stands_by_itself_is_displayed() -> None:
    assert [is_displayed(text) for text in ("$$x$$ (3)", "$x = y$.", "Let $x = y$.", "$x$ is so", "$5")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert shows_formulas("Let it be:\n\n$$x$$") and not shows_formulas("Let $x$ be.")


NOTE = r"""# 배치 정규화 노트

## 배치 정규화란
배치 정규화(batch normalization)는 층의 입력을 미니배치마다 정규화하는 방법이다. 학습률을 크게 잡아도 학습이 안정된다.

## 배치 정규화의 계산
배치 정규화는 미니배치의 평균과 분산으로 입력을 정규화한다.

$$\hat{x} = \frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}$$

여기서 $\mu_B$는 미니배치의 평균이다. 이 값은 학습하지 않는다.

## 추론할 때
추론할 때의 배치 정규화는 이동 평균을 쓴다.
"""


@pytest.mark.parametrize("question", ["배치 정규화의 수식은?", "What is the formula of batch normalization?"])
def test_a_formula_is_shown_with_what_leads_to_it_and_explains_it(tmp_path: Path, question: str) -> None:
    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    with open_library(tmp_path / "library") as assistant:
        assistant.add([tmp_path / "note.md"])
        answer = assistant.ask(question, within=["note"])
    assert [citation.quote for citation in answer.citations][-3:] == [
        "배치 정규화는 미니배치의 평균과 분산으로 입력을 정규화한다.",
        r"$$\hat{x} = \frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}$$",
        r"여기서 $\mu_B$는 미니배치의 평균이다.",
    ]


ENDING = r"""# Convex notes

## Convex functions
Given a convex set, a function is called convex if for all points and all weights between zero and one we have

$$\lambda f(x) + (1-\lambda) f(y) \geq f(\lambda x + (1-\lambda) y)$$

Convex functions are studied in optimization.
"""


def test_a_sentence_that_ends_in_a_formula_is_shown_with_it(tmp_path: Path) -> None:
    (tmp_path / "convex.md").write_text(ENDING, encoding="utf-8")
    with open_library(tmp_path / "library") as assistant:
        assistant.add([tmp_path / "convex.md"])
        answer = assistant.ask("When is a function called convex?", within=["convex"])
    quotes = [citation.quote for citation in answer.citations]
    assert quotes[:2] == [
        "Given a convex set, a function is called convex if for all points and all weights between zero and one we have",
        r"$$\lambda f(x) + (1-\lambda) f(y) \geq f(\lambda x + (1-\lambda) y)$$",
    ]
