r"""The looks of papers: classes and styles that papers are really set in, each with a plan for its content.

`templates/NAME.tex` holds the preamble and the front of a paper; what stands in its @PLACES@ comes from the content.
"""

from dataclasses import dataclass
from pathlib import Path

from bench.papers.content import Plan

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Style:
    r"""A look, and what differs from plain LaTeX.

    `person` sets one author, with @NAME@ and @N@, `between` stands between authors. `heads` are words that stand in
    running heads or feet and nowhere else. `abstract` is its heading in print, `also` are headings that the class sets
    after it.
    """

    name: str
    plan: Plan
    person: str
    between: str = ", "
    heads: tuple[str, ...] = ()
    sections: tuple[str, str] = (r"\section", r"\subsection")
    appendix: str = r"\appendix"
    year: int | None = None
    arxiv: str | None = None
    abstract: str = "Abstract"
    also: tuple[str, ...] = ()
    authors: int = 3
    float: str = "[t]"
    references: bool = True  # whether the class prints a heading over the bibliography

    @property
    def template(self) -> str:
        """The text of its template."""
        return (TEMPLATES / f"{self.name}.tex").read_text(encoding="utf-8")


_BLOCK = r"\IEEEauthorblockN{@NAME@}\IEEEauthorblockA{Made-up University\\ City of Nowhere}"
_AFFILIATED = r"\author{@NAME@}\affiliation{\institution{Made-up University}\city{Nowhere}\country{Utopia}}"
_TABULAR = r"\begin{tabular}[t]{c}\textbf{@NAME@}\\Made-up University\end{tabular}"
_SUPERIOR = r"\textbf{@NAME@}$^{@N@}$"

DEVELOP = (
    Style("article", Plan(11), r"@NAME@\\ {\small Institute of Made-up Science}", r" \and "),
    Style("acl", Plan(12, cites="name", wide=True, acknowledgements="Acknowledgments"), _SUPERIOR, r" \quad "),
    Style(
        "ieee",
        Plan(13, numbers="roman", sections=7, entries=40, appendix=False, acknowledgements="Acknowledgment", wide=True),
        _BLOCK,
        r" \and ",
    ),
    Style(
        "acm",
        Plan(14, entries=50, sections=7, paragraphs=5, wide=True),
        _AFFILIATED,
        "\n",
        heads=("Qheadline",),
        year=2021,
        also=("Keywords",),
    ),
    Style(
        "korean",
        Plan(15, "ko", acknowledgements="감사의 글", references="참고문헌"),
        r"@NAME@\\ {\small 가상대학교}",
        r" \and ",
        abstract="초록",
    ),
    Style("icml", Plan(16, numbers="dotted", wide=True, paragraphs=5), _SUPERIOR, r"\quad ", heads=("Qheadline",)),
)
HELD_OUT = (
    Style(
        "llncs",
        Plan(21, sections=7, paragraphs=5, appendix=False),
        r"@NAME@\inst{@N@}",
        r" \and ",
        heads=("Qheadline", "Qauthors"),
    ),
    Style(
        "revtex",
        Plan(
            *(22, "en", "roman"),
            sections=7,
            paragraphs=5,
            acknowledgements="Acknowledgments",
            appendix=False,
            footnotes=False,
        ),
        r"\author{@NAME@}\affiliation{Made-up University, Nowhere @N@}",
        "\n",
        year=2022,
        abstract="",
        references=False,
    ),
    Style(
        "korean-journal",
        Plan(
            *(23, "ko", "ganada"),
            wide=True,
            acknowledgements="",
            references="참고문헌",
            appendix=False,
            paragraphs=5,
        ),
        r"@NAME@$^{@N@}$",
        r"\quad ",
        heads=("Qheadline",),
        abstract="요약",
    ),
    Style("elsevier", Plan(24, wide=True, paragraphs=5, named_appendix="all"), r"\author{@NAME@}", ""),
    Style(
        "letter",
        Plan(25, numbers="none", cites="raised", paragraphs=5, appendix=False),
        r"@NAME@\textsuperscript{@N@}",
        heads=("Qheadline",),
        abstract="",
    ),
    Style("neurips", Plan(26, paragraphs=5), _TABULAR, r" \qquad ", year=2024, arxiv="2406.01252"),
    Style(
        "thesis",
        Plan(27, "ko", numbers="chapter", paragraphs=6, sections=5, acknowledgements="", references="참고문헌"),
        "@NAME@",
        sections=(r"\chapter", r"\section"),
        appendix=r"\appendix\titleformat{\chapter}{\LARGE\bfseries}{부록 \thechapter}{0.7em}{}",
        abstract="초록",
        also=("차례",),
        year=2021,
        authors=1,
    ),
    Style(
        "ieee-journal",
        Plan(*(28, "en", "roman"), sections=8, paragraphs=5, entries=40, wide=True, acknowledgements="Acknowledgment"),
        r"@NAME@,~\IEEEmembership{Member,~IEEE}",
        heads=("Qheadline", "Pretended"),
        appendix=r"\appendices",
    ),
)
_ACMSMALL = r"\author{@NAME@}\affiliation{\institution{Made-up University}\city{Nowhere}\country{Utopia}}"
FRESH = (
    Style("iclr", Plan(41, cites="name", extras=True), r"\textbf{@NAME@}", r" \quad ", heads=("Qheadline",)),
    Style(
        "mnras",
        Plan(42, wide=True, extras=True, paragraphs=5, appendix=False),
        r"@NAME@$^{@N@}$",
        heads=("Qheadline",),
        float="",
    ),
    Style(
        "amsart",
        Plan(43, extras=True, numbers="dotted", named_appendix="top"),
        r"\author{@NAME@}",
        "\n",
        heads=("QHEADLINE",),
    ),
    Style(
        "koma-korean",
        Plan(44, "ko", extras=True, references="References", acknowledgements="감사의 글"),
        "@NAME@",
        r" \and ",
        abstract="",
    ),
    Style("acmsmall", Plan(45, extras=True, entries=40), _ACMSMALL, "\n", ("Qheadline",), year=2023, abstract=""),
)
UNSEEN = (
    Style(
        "acm-review",
        Plan(51, extras=True, entries=40, wide=True),
        _AFFILIATED,
        "\n",
        ("Qheadline",),
        year=2022,
    ),
    Style("elsevier-review", Plan(52, extras=True, named_appendix="all", entries=40), r"\author{@NAME@}", ""),
    Style(
        "ieee-compsoc",
        Plan(53, extras=True, wide=True, paragraphs=5, appendix=False, acknowledgements="Acknowledgments"),
        r"@NAME@",
        heads=("Qheadline", "Pretended"),
    ),
    Style(
        "memoir",
        Plan(54, cites="name", extras=True),
        "@NAME@",
        r" \and ",
        ("Qheadline",),
        appendix=r"\setcounter{section}{0}\renewcommand{\thesection}{\Alph{section}}",
    ),
)
