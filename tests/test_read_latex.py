"""LaTeX projects as Readings: files, macros, numbers, references, floats, and what is refused."""

import random
import time
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.errors import InputError
from index.outline import outline_markdown, plain
from index.readers.latex import read
from index.readers.reading import Reading

PROJECTS = Path(__file__).parent / "latex"


def project(name: str) -> dict[str, bytes]:
    root = PROJECTS / name
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def paper(body: str, preamble: str = "", options: str = "{article}", **files: str) -> Reading:
    source = f"\\documentclass{options}\n{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"
    others = {name.replace("__", "/").replace("_", "."): text.encode() for name, text in files.items()}
    return read({"main.tex": source.encode(), **others}, "p.zip")


def text(body: str, preamble: str = "", options: str = "{article}", **files: str) -> str:
    return paper(body, preamble, options, **files).text.removesuffix("\n")


def tree(reading: Reading) -> tuple[str | None, list[tuple[int, str]]]:
    title, sections = outline_markdown(reading.text)
    return title, [(section.level, " > ".join(section.path)) for section in sections]


def test_a_project_of_several_files_has_its_sections() -> None:
    method = "2 Method > 2.1 Objective for n tasks"
    assert tree(read(project("english"), "p.zip")) == (
        "Rehearsal Buffers for Small Models",
        [
            (0, ""),
            (2, "Abstract"),
            (2, "1 Introduction"),
            (2, "2 Method"),
            (3, method),
            (4, f"{method} > Choice of k."),
            (2, "3 Results"),
            (2, "Acknowledgements"),
            (2, "References"),
            (2, "Appendix A Proofs"),
            (3, "Appendix A Proofs > A.1 Counting"),
        ],
    )


def test_a_project_says_whose_and_when_it_is() -> None:
    reading = read(project("english"), "p.zip")
    assert reading.title == "Rehearsal Buffers for Small Models"
    assert reading.authors == ("Mina Park", "Jonas de Vries", "Ádám Nagy")
    assert (reading.year, reading.arxiv, reading.language, reading.pages) == (2025, None, None, ())
    assert reading.text.startswith(
        "# Rehearsal Buffers for Small Models\n\nMina Park, Jonas de Vries, Ádám Nagy\n\n"
        "Institute of Quiet Learning; adam@quiet.example\n\nSupported by the Harbour Fund.\n\nEqual contribution.\n\n"
        "## Abstract\n\nSmall models forget quickly. Rehearse keeps $k$ old examples per task—no more.\n\n"
        "Keywords: forgetting, rehearsal\n\n## 1 Introduction\n"
    )


@pytest.mark.parametrize(
    "part",
    [
        "Forgetting was described early (Lind and Ito, 2019; Ito et al., 2021), and Lind and Ito (2019, p. 3) give a "
        "test.[^1] It costs 5 % of “accuracy” (§2); Rehearse is cheap, and so is `replay()` in `lib_rb`. See Figure 1 and "
        "Table 1 and Section 2.\n\n[^1]: Code: https://example.org/rb%20small.\n\n[^2]: Smoothed.\n\n"
        "Figure 1: Buffers over time, after Ito et al., 2021[^2].\n\nOur claims:\n",
        "- buffers of 64 suffice;\n- order matters:\n  1. new first,\n  2. old last.\n\n- Buffer: what is kept.\n",
        "\n\\# is no heading, and item 1 is cited. A naïve øre, Škoda, Erdős, garçon – fine.\n",
        "The loss is\n\n$$\\mathcal{L}_{n} = \\sum_{i} \\ell_i$$ (2.1)\n\nwhere $\\langle x, y\\rangle$ is a pair and "
        "$\\langle a, b\\rangle$ another. By (2.1),\n\n"
        "$$\\begin{aligned} a &= \\operatorname{arg\\,max}_k f(k) \\\\ &= c \\\\ d &< e \\end{aligned}$$ (2.2), (2.3)\n\n"
        "and\n\n$$x = 1$$\n\nby Equation (2.3).\n",
        "Theorem 2.1 (Bound). Forgetting is at most $1/k$.\n\nLemma 2.2. It is positive.\n\n"
        "Proof. By counting, as in Theorem 2.1.\n",
        "> Remark. Small is quick.\n>\n> So is less.\n",
        "Table 1: Accuracy.\n\n| Model | Accuracy old | Accuracy new |\n|---|---|---|\n| Tiny | 41.0 | $P(a\\|b)$ |\n"
        "| Tiny | 43.5 | a & b \\| c |\n",
        "Algorithm 1: Replay\n\n```\nRequire: buffer $B$\nfor each task $t$ do\n  draw from $B$ // uniformly\n"
        "  if $t > 1$ then\n    forget\nreturn $B$\n```\n",
        'Listing 1: How to run it\n\n```python\nbuffer = open("b")  % not a comment\n  print(buffer)\n```\n',
        "(a) Left.\n\n(b) Right.\n\nFigure 2: Two sides.\n\nFigure 2a is on the left.\n",
        "## References\n\nK. Ito, A. van der Berg and J. Müller. More on $k$. 2021. arXiv:2105.00042.\n\n"
        "Oskar Lind and Kaori Ito. On Forgetting. Notes on Memory, 4(2):1–9, 2019.\n\n## Appendix A Proofs\n",
        "Each buffer holds $k$; see Appendix A.\n\n[missing file: sections/lost]\n",
    ],
)
def test_a_project_keeps_what_it_says(part: str) -> None:
    assert part in read(project("english"), "p.zip").text


@pytest.mark.parametrize(
    "unseen", ["not this", "secret", "Nobody", "Nor", "Praise", "hidden", "after the end", "wrong", "over-time"]
)
def test_a_project_is_without_what_is_not_printed(unseen: str) -> None:
    assert unseen not in read(project("english"), "p.zip").text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_korean_paper_is_read(encoding: str) -> None:
    source = project("korean")["main.tex"].decode()
    reading = read({"main.tex": source.encode(encoding)}, "k.tex")
    assert tree(reading) == (
        "작은 모형의 기억",
        [(0, ""), (2, "Abstract"), (2, "1 들어가며"), (3, "1 들어가며 > 1.1 방법"), (2, "References")],
    )
    assert (reading.authors, reading.language) == (("김하늘", "박솔"), "ko")
    assert "그래서 예문을 남긴다 [1]. 남기는 수는 64개이다.\n\n그림 1: 시간에 따른 기억\n" in reading.text
    assert "1절과 그림 1에서 세 가지를 견준다.\n\n- (a) 무작위\n- (b) 최근 것\n" in reading.text
    assert "## References\n\n[1] 이솔, “잊음에 대하여,” 2019.\n" in reading.text


# Files


def main_file(files: Mapping[str, str]) -> str:
    return read({name: source.encode() for name, source in files.items()}, "p").text.split("\n")[0]


WHOLE = "\\documentclass{article}\\begin{document}%s\\end{document}"


@pytest.mark.parametrize(
    ("files", "first"),
    [
        ({"any.tex": WHOLE % "a"}, "a"),
        ({"paper.tex": WHOLE % "a", "b.tex": WHOLE % "b"}, "a"),
        ({"main.tex": WHOLE % "\\input{paper}", "paper.tex": "a"}, "a"),
        ({"x.tex": WHOLE % "a", "response.tex": WHOLE % "b", "supplement.tex": WHOLE % "c"}, "a"),
        ({"x.tex": WHOLE % "a", "x.bbl": "", "y.tex": WHOLE % "b"}, "a"),
        ({"x.tex": WHOLE % "a", "y.tex": "% " + WHOLE % "b"}, "a"),
        ({"x.tex": WHOLE % ("a " * 90), "y.tex": WHOLE % "b"}, ("a " * 90).strip()),
        ({"y/main.tex": WHOLE % "b", "main.tex": WHOLE % "a"}, "a"),
        ({"00README.XXX": "x.sty ignore\nb.tex toplevelfile\n", "main.tex": WHOLE % "a", "b.tex": WHOLE % "b"}, "b"),
        (
            {"00README.json": '{"sources": [{"filename": "b.tex", "usage": "toplevel"}]}'}
            | {"main.tex": WHOLE % "a", "b.tex": WHOLE % "b"},
            "b",
        ),
        ({"w.tex": "\\documentclass{book}\\input{main}", "main.tex": "\\begin{document}a\\end{document}"}, "a"),
        ({"part.tex": "\\documentclass[main]{subfiles}\\begin{document}b\\end{document}", "top.tex": WHOLE % "a"}, "a"),
        ({"paper": WHOLE % "a"}, "a"),
    ],
)
def test_the_main_file_is_found(files: dict[str, str], first: str) -> None:
    assert main_file(files) == first


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, r"no file holds \\begin\{document\}"),
        ({"a.tex": b"text"}, r"no file holds \\begin\{document\}"),
        (
            {"a.tex": (WHOLE % "a").encode(), "b.tex": (WHOLE % "b").encode()},
            r"2 files may be the main one \(a.tex, b.tex\)",
        ),
        ({"a.tex": (WHOLE % "\\input{a}").encode()}, r"in a circle \(a.tex → a.tex\)"),
        (
            {"a.tex": (WHOLE % "\\input{b}").encode(), "b.tex": b"\\input c", "c.tex": b"x \\include{b}"},
            r"in a circle \(a.tex → b.tex → c.tex → b.tex\)",
        ),
        ({"a.tex": (WHOLE % "% nothing").encode()}, "a.tex has no text"),
        ({"a.tex": (WHOLE % "a\x00b").encode()}, "a.tex is binary"),
    ],
)
def test_a_project_that_cannot_be_read_is_refused(files: dict[str, bytes], reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        read(files, "p.zip")
    assert str(caught.value).startswith("p.zip: ")


def test_inputs_are_looked_for_as_tex_does() -> None:
    files = {
        "src/main.tex": WHOLE % "\\input{a}\\input{sub/b.tex}\\import{sub/}{d}\\input c \\subfile{E}",
        "src/a.tex": "A ",
        "src/sub/b.tex": "B \\input{near} ",
        "src/sub/near.tex": "N ",
        "src/c.tex": "C ",
        "src/sub/d.tex": "D ",
        "src/e.tex": "\\documentclass[main]{subfiles}E ",
    }
    assert main_file(files) == "A B N D C E"
    assert text("a\n\n\\input{gone}\n\nb", "\\input{glyphtounicode}") == "a\n\n[missing file: gone]\n\nb"
    assert text("a\\input{x}c", x_tex="b\\endinput d\nnever") == "abdc"


@pytest.mark.parametrize(
    ("preamble", "encoding"),
    [
        ("\\usepackage[latin1]{inputenc}", "latin-1"),
        ("", "utf-8"),
        ("", "cp1252"),
        ("\\usepackage[utf8]{inputenc}", "cp1252"),
    ],
)
def test_latin_encodings_are_read(preamble: str, encoding: str) -> None:
    source = f"\\documentclass{{article}}{preamble}\\begin{{document}}Zürich café à bientôt\\end{{document}}"
    assert read({"a.tex": source.encode(encoding)}, "a").text == "Zürich café à bientôt\n"


# Macros and conditionals


@pytest.mark.parametrize(
    ("preamble", "body", "expected"),
    [
        ("\\newcommand{\\x}{one}", "\\x, \\x{} two", "one, one two"),
        ("\\newcommand*\\x[2][a]{#1-#2}", "\\x{b} \\x[c]{d} \\x e", "a-b c-d a-e"),
        ("\\def\\x#1#2{#2#1}", "\\x{a}{b} \\x cd", "ba dc"),
        ("\\def\\x[#1]{#1}", "a", "a"),
        ("\\newcommand{\\x}{\\y}\\newcommand{\\y}[1]{<#1>}", "\\x z", "\\<z>"),
        ("\\let\\x=\\emph \\let\\y\\x", "\\y{a}", "a"),
        ("\\let\\old\\x \\newcommand\\x[2]{\\old{#1 a}{#2}}", "\\x{b}{c}", "b ac"),
        ("\\newcommand\\x{a}\\let\\old\\x \\renewcommand\\x{\\old b}", "\\x", "ab"),
        ("\\let\\old\\phi \\let\\phi\\varphi", "$\\phi\\old$", "$\\varphi\\phi$"),
        ("\\let\\old\\section", "\\old*{S}\\old{T} t", "## S\n\n## 1 T\n\nt"),
        ("\\providecommand{\\x}{a}\\providecommand{\\x}{b}", "\\x", "a"),
        ("\\renewcommand{\\section}[1]{never}", "\\section{S} t", "## 1 S\n\nt"),
        ("\\newcommand{\\x}{a\\xspace}", "\\x b, \\x, \\x{}c", "a b, a, ac"),
        ("\\newenvironment{x}[1]{#1: \\begin{itemize}}{\\end{itemize}}", "\\begin{x}{q}\\item a\\end{x}", "q:\n\n- a"),
        ("\\newcommand{\\x}[1]{\\def\\y##1{#1##1}}\\x{a}", "\\y{b}", "ab"),
        ("\\DeclareMathOperator*{\\am}{am}", "$\\am x$", "$\\operatorname{am}x$"),
        (
            "\\DeclarePairedDelimiter{\\abs}{\\lvert}{\\rvert}",
            "$\\abs{x}$ $\\abs*{y}$",
            "$\\lvert x\\rvert$ $\\lvert y\\rvert$",
        ),
        ("\\NewDocumentCommand{\\x}{O{d} m}{#1#2}", "\\x{a} \\x[b]{c}", "da bc"),
        ("\\expandafter\\def\\csname x\\endcsname{q}", "a", "a"),
        ("\\newif\\ifx@y \\newif\\ifz \\ztrue", "\\ifz a\\else b\\fi", "a"),
        ("", "\\iffalse a \\ifx b c \\else d \\fi e\\else f\\fi", "f"),
        ("", "\\ifnum 1<2 a\\else b\\fi \\ifdefined\\cite c\\fi", "bc"),
        ("\\newtoggle{t}\\toggletrue{t}", "\\iftoggle{t}{a}{b}", "a"),
        ("\\newboolean{t}\\setboolean{t}{false}", "\\ifthenelse{\\boolean{t}}{a}{b}", "b"),
        (
            "\\makeatletter\\def\\x{\\@ifnextchar[{\\x@a}{\\x@b}}\\def\\x@a[#1]{A}\\def\\x@b#1{B#1}\\makeatother",
            "\\x{c}",
            "Bc",
        ),
        ("\\usepackage{own}", "\\x", "from a style"),
        ("", "\\IfFileExists{own.sty}{a}{b}\\IfFileExists{no}{c}{d}\\ifblank{ }{e}{f}\\ifstrequal{g}{g}{h}{i}", "adeh"),
        ("", "a\\lstinputlisting[language=TeX]{own.sty}", "a\n\n```tex\n\\ProvidesPackage{own}\n```"),
    ],
)
def test_macros_are_expanded(preamble: str, body: str, expected: str) -> None:
    style = "\\ProvidesPackage{own}\\newcommand{\\x}{from a style}\\newcommand{\\emph}{never}\\iffalse"
    style = "\\ProvidesPackage{own}" if "lstinput" in body else style
    assert text(body, preamble, own_sty=style) == expected


@pytest.mark.parametrize(
    "bomb",
    [
        "\\def\\a{\\a}\\a",
        "\\def\\a{x\\a\\a}\\a",
        "\\newcommand{\\a}[1]{\\a{#1#1}}\\a{x}",
        "".join(f"\\def\\{chr(98 + n)}{{\\{chr(97 + n)}\\{chr(97 + n)}}}" for n in range(24)) + "\\def\\a{x}\\y",
        "\\newcommand{\\a}{\\input{main}}\\a",
    ],
)
def test_macros_that_never_end_are_stopped(bomb: str) -> None:
    start = time.perf_counter()
    try:
        assert "before" in text(f"before {bomb} after")
    except InputError as error:
        assert str(error).startswith("p.zip: its ")
    assert time.perf_counter() - start < 20


def test_braces_and_environments_without_end_are_mended() -> None:
    assert text("a { b \\section{S} c") == "a b\n\n## 1 S\n\nc"
    assert text("a } b $5 c\n\n$x$ \\end{q} d") == "a b $5 c\n\n$x$ d"
    assert text("\\begin{itemize}\\item a \\begin{quote} b \\end{itemize} c") == "- a\n\n  > b\n\nc"
    assert text("\\begin{equation} x \n\n y") == "x\n\ny"
    assert text("\\newcommand{\\x}{a\n\nb \\section{S} c") == "a\n\nb\n\n## 1 S\n\nc"
    assert text("\\x [a\n\nb", "\\newcommand{\\x}[2][d]{#1#2}") == "d[a\n\nb"
    deep = text("{" * 5000 + "deep" + "}" * 5000 + "\\section{S}")
    assert deep == "deep\n\n## 1 S"
    nested = "".join("\\begin{quote}" for _ in range(300)) + "q" + "".join("\\end{quote}" for _ in range(300))
    assert text(nested + "\n\\section{S}").endswith("q\n\n## 1 S")


# Front


@pytest.mark.parametrize(
    ("front", "authors", "lines"),
    [
        ("\\author{Ann Lee \\and Bo Kim}", ("Ann Lee", "Bo Kim"), ""),
        (
            "\\author{Ann Lee, Bo Kim, and Cy Cho\\thanks{T}\\\\Lake College}",
            ("Ann Lee", "Bo Kim", "Cy Cho"),
            "Lake College\n\nT",
        ),
        (
            "\\author{Ann Lee$^{1,*}$ \\quad Bo Kim$^2$ \\\\ $^1$Lake College, $^2$Hill Lab}",
            ("Ann Lee", "Bo Kim"),
            "Lake College, Hill Lab",
        ),
        (
            "\\author{Ann Lee \\\\ Lake \\texttt{a@b.c} \\And Bo Kim \\\\ Hill}",
            ("Ann Lee", "Bo Kim"),
            "Lake a@b.c; Hill",
        ),
        (
            "\\author{\\IEEEauthorblockN{Ann Lee\\IEEEauthorrefmark{1}, Bo Kim}\\IEEEauthorblockA{Lake College\\\\x@y.z}}",
            ("Ann Lee", "Bo Kim"),
            "Lake College; x@y.z",
        ),
        (
            "\\author{Ann Lee}\\affiliation{\\institution{Lake}\\city{A}}\\email{q@r.s}\\author{Bo Kim}",
            ("Ann Lee", "Bo Kim"),
            "LakeA; q@r.s",
        ),
        ("\\author[1]{Ann Lee}\\author[2]{Bo Kim}\\affil[1]{Lake College}", ("Ann Lee", "Bo Kim"), "Lake College"),
        (
            "\\author{Ann Lee\\inst{1} \\and Bo Kim\\inst{2}}\\institute{Lake \\and Hill}",
            ("Ann Lee", "Bo Kim"),
            "Lake; Hill",
        ),
        (
            "\\twocolumn[\\icmltitle{T}\n\n\\begin{icmlauthorlist}\\icmlauthor{Ann Lee}{x}\\icmlauthor{Bo Kim}{y}\\end{icmlauthorlist}"
            "\\icmlaffiliation{x}{Lake College}\n\n]",
            ("Ann Lee", "Bo Kim"),
            "Lake College",
        ),
        (
            "\\author{\\name Ann Lee \\email a@b.c \\\\ \\addr Lake \\AND \\name Bo Kim}",
            ("Ann Lee", "Bo Kim"),
            "a@b.c; Lake",
        ),
        (
            "\\author{\\begin{tabular}[t]{c@{\\hspace{1em}}c} Ann Lee & Bo Kim \\\\ Lake College & Hill Lab \\end{tabular}}",
            ("Ann Lee", "Bo Kim"),
            "Lake College Hill Lab",
        ),
        ("\\author{The Reader Team}", ("The Reader Team",), ""),
        ("\\author{김하늘\\thanks{T}, 박솔 \\\\ 한빛대학교}", ("김하늘", "박솔"), "한빛대학교\n\nT"),
    ],
)
def test_authors_are_told_from_their_affiliations(front: str, authors: tuple[str, ...], lines: str) -> None:
    reading = paper(f"{front}\\maketitle\n\n\\section{{S}} x", "\\title{T}")
    assert (reading.title, reading.authors) == ("T", authors)
    opening = [", ".join(authors), *([lines] if lines else [])]
    assert reading.text == "# T\n\n" + "\n\n".join(opening) + "\n\n## 1 S\n\nx\n"


@pytest.mark.parametrize(
    ("preamble", "body", "headings"),
    [
        (
            "",
            "\\renewcommand{\\abstractname}{Thanks to \\emph{all}}\\begin{abstract}a\\end{abstract}",
            ["Thanks to all"],
        ),
        ("\\renewcommand*\\abstractname{Summary}", "\\begin{abstract}a\\end{abstract}", ["Summary"]),
        ("\\def\\abstractname{Summary}\\abstract{a}", "\\renewcommand\\abstractname{Thanks} b", ["Summary"]),
        ("\\renewcommand\\abstractname{\\vspace{-2em}}", "\\begin{abstract}a\\end{abstract}", ["Abstract"]),
        (
            "",
            "{\\renewcommand\\abstractname{Thanks}\\begin{abstract}a\\end{abstract}}\\begin{abstract}b\\end{abstract}",
            ["Thanks", "Abstract"],
        ),
    ],
)
def test_abstracts_have_the_name_that_the_paper_gives_them(preamble: str, body: str, headings: list[str]) -> None:
    read_text = text(body, preamble)
    assert [line.removeprefix("## ") for line in read_text.split("\n") if line.startswith("## ")] == headings


def test_abstracts_and_keywords_of_the_preamble_come_first() -> None:
    preamble = "\\title{T}\\date{1 May 2020}\\abstract{A \\emph{b}.}\\keywords{c \\and d}"
    assert paper("\\section{S} x", preamble).year == 2020
    assert text("\\section{S} x", preamble) == "# T\n\n## Abstract\n\nA b.\n\nKeywords: c, d\n\n## 1 S\n\nx"
    body = "\\begin{abstract}A\\end{abstract}\\begin{keyword}c \\sep d\\end{keyword}\\section{S} x"
    assert text(body) == "## Abstract\n\nA\n\nKeywords: c, d\n\n## 1 S\n\nx"


# Numbers


@pytest.mark.parametrize(
    ("options", "body", "headings"),
    [
        (
            "{article}",
            "\\section{a}\\subsection{b}\\subsubsection{c}\\paragraph{d}\\section*{e}\\section{f}",
            "1 a|1.1 b|1.1.1 c|d|e|2 f",
        ),
        ("{article}", "\\section{a}\\appendix\\section{b}\\subsection{c}", "1 a|Appendix A b|A.1 c"),
        ("{IEEEtran}", "\\section{a}\\subsection{b}\\section{c}", "I a|I-A b|II c"),
        (
            "{book}",
            "\\frontmatter\\chapter{p}\\mainmatter\\chapter{a}\\section{b}\\appendix\\chapter{c}\\section{d}",
            "p|1 a|1.1 b|Appendix A c|A.1 d",
        ),
        (
            "{article}",
            "\\setcounter{section}{4}\\section{a}\\renewcommand{\\thesection}{\\Roman{section}}\\section{b}",
            "5 a|VI b",
        ),
        ("{article}", "\\setcounter{secnumdepth}{1}\\section{a}\\subsection{b}", "1 a|b"),
        (
            "{article}",
            "\\section[short]{long \\footnote{n}}\\section{\\texorpdfstring{$x$}{x} \\& y}",
            "1 long [^1]|2 $x$ & y",
        ),
        ("{article}", "\\section{\\label{s}a} \\ref{s} \\nameref{s}", "1 a"),
    ],
)
def test_sections_are_numbered(options: str, body: str, headings: str) -> None:
    lines = text(body, options=options).split("\n")
    assert "|".join(line.lstrip("#").strip() for line in lines if line.startswith("#")) == headings


def test_labels_are_followed_forwards_and_backwards() -> None:
    body = (
        "\\section{A}\\label{a} \\ref{f}, \\autoref{f}, \\cref{f,g}, \\Cref{a}, \\eqref{e}, \\cref{e}, \\ref{none}, \\nameref{a}.\n\n"
        "\\begin{figure}\\caption{x}\\label{f}\\end{figure}\\begin{figure}\\caption{y}\\label{g}\\end{figure}"
        "\\begin{equation}\\label{e} 1\\end{equation}\\begin{subequations}\\begin{align}a\\\\b\\label{s}\\end{align}\\end{subequations}"
        "\\begin{gather*}p\\\\q\\tag{*}\\end{gather*} \\ref{s}"
    )
    assert text(body) == (
        "## 1 A\n\n1, Figure 1, figures 1 and 2, Section 1, (1), equation (1), ??, A.\n\nFigure 1: x\n\nFigure 2: y\n\n$$1$$ (1)\n\n"
        "$$\\begin{aligned} a \\\\ b \\end{aligned}$$ (2a), (2b)\n\n$$\\begin{gathered} p \\\\ q \\end{gathered}$$ (*)\n\n2b"
    )


def test_theorems_are_numbered_as_declared() -> None:
    preamble = "\\newtheorem{thm}{Theorem}\\newtheorem{cor}[thm]{Corollary}\\newtheorem*{rem}{Remark}\\newtheorem{ax}{Axiom}[section]"
    body = (
        "\\section{S}\\begin{thm}a\\end{thm}\\begin{cor}[N]\\label{c}b\\end{cor}\\begin{rem}c\\end{rem}"
        "\\begin{ax}\\begin{itemize}\\item d\\end{itemize}\\end{ax}\\begin{definition}e\\end{definition}"
        "\\begin{proof}[Proof of \\ref{c}]f\\end{proof}"
    )
    assert text(body, preamble).split("\n\n") == [
        "## 1 S",
        "Theorem 1. a",
        "Corollary 2 (N). b",
        "Remark. c",
        "Axiom 1.1.",
        "- d",
        "Definition 1. e",
        "Proof of 2. f",
    ]


# Text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\\'e\\`{a}\\^\\i\\\"{o}\\~n\\c{c}\\v s\\H{o}\\=a\\.z\\u{g}\\r a\\k{e}\\d{t}", "éàîöñçšőāżğåęṭ"),
        ("\\ss\\ae\\OE\\aa\\l\\o{} \\S\\P \\copyright{} \\dots{} \\textbackslash", "ßæŒåłø §¶© … \\"),
        ("``a'' `b' --- -- - \\% \\& \\# \\_ \\$ \\{\\}", "“a” ‘b’ — – - % & # _ $ {}"),
        ("a~b\\,c\\ d\\\\e\\newline f \\- g", "a b c d e f g"),
        ("\\textbf{a} {\\bf b} \\emph{c \\textit{d}} \\underline{e}", "a b c d e"),
        ("\\texttt{a--b\\_c} \\verb!x`y! \\lstinline|p q|", "`a--b_c` `` x`y `` `p q`"),
        (
            "\\url{http://a.b/c_d%e} \\href{https://x.y}{words} \\href{https://x.y/z\\#q}{here}",
            "http://a.b/c_d%e words here (https://x.y/z#q)",
        ),
        (
            "\\textcolor{red}{a}\\colorbox{blue}{\\textcolor{white}{b}}\\textcolor{white}{c}{\\color[rgb]{1,1,1} d}e",
            "abe",
        ),
        ("{\\fontsize{0.1pt}{1pt}\\selectfont obey}a\\phantom{b}\\iffalse c\\fi\\todo{d}", "a"),
        ("a \\color{white} b \\color{black} c", "a c"),
        ("a \\color{white} b \\section{S} c", "a\n\n## 1 S\n\nc"),
        ("\\pagecolor{black}\\color{white} a", "a"),
        ("$a_1$ \\(b\\) $\\text{if $c$}$ \\ensuremath{d} $$", "$a_1$ $b$ $\\text{if $c$}$ $d$ $$"),
        ("x\\textsuperscript{2} 1\\textsuperscript{st} H\\textsubscript{2}O", "x^2 1st H2O"),
        ("\\hspace{1cm}\\vspace*{2pt}a\\rule{1pt}{2pt}\\includegraphics[width=1cm]{x.png}\\raisebox{1pt}{b}", "ab"),
        ("\\unknown{a}\\other[opt]{b} [c] \\cmd d", "ab [c] d"),
        ("\\gls{ab} \\gls{ab} \\acrfull{ab}\\newacronym{ab}{AB}{a b}", "AB"),
        ("\\SI{5}{mm} \\num{3} \\enquote{q}", "5 mm 3 “q”"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("\\#\\# a", "\\## a"),
        ("<b> a", "\\<b> a"),
        ("a\u200bb\u00adc", "abc"),
    ],
)
def test_running_text_is_read(source: str, expected: str) -> None:
    if "newacronym" in source:
        assert text("\\gls{ab}, \\gls{ab}, \\acrfull{ab}", "\\newacronym{ab}{AB}{a b}") == "a b (AB), AB, a b (AB)"
    else:
        assert text(source) == expected


def test_lists_keep_their_labels() -> None:
    body = (
        "\\begin{enumerate}[label=(\\roman*)]\\item a\\item\\label{i} b\\end{enumerate}\\ref{i}"
        "\\begin{enumerate}\\setcounter{enumi}{1}\\item c\n\nd\\item[x] e\\end{enumerate}"
        "\\begin{itemize}\\item[--] f\\item[Q:] g\\footnote{n}\\end{itemize}"
        "\\begin{description}\\item[T] h\\begin{verbatim}\ncode\n\\end{verbatim}\\end{description}"
        "Two: \\begin{inparaenum}[(a)]\\item p, \\item q.\\end{inparaenum}"
    )
    assert text(body) == (
        "- (i) a\n- (ii) b\n\nii\n\n1. c\n\n   d\n\n- x e\n\n- f\n- Q: g[^1]\n\n[^1]: n\n\n- T: h\n\n  ```\n  code\n  ```\n\n"
        "Two: (a) p, (b) q."
    )


def test_a_label_that_says_to_cover_more_rows_than_are_its_own_ends_at_the_next() -> None:
    body = r"""\begin{tabular}{llr}
    Set & Model & Score \\ \midrule
    \multirow{3}{*}{Aller} & Falcon & 1.5 \\ & Heron & 2.5 \\ \hline
    \multirow{2}{*}{Bode} & Falcon & 3.5 \\ & Heron & 4.5 \\
    \end{tabular}"""
    assert "| Aller | Falcon | 1.5 |\n| Aller | Heron | 2.5 |\n| Bode | Falcon | 3.5 |\n| Bode | Heron | 4.5 |" in text(
        body
    )


def test_tables_of_several_packages_are_read() -> None:
    assert (
        text("\\begin{tabular}{|l|r|}\\hline a & b \\\\ \\hline c & d \\\\ \\hline\\end{tabular}")
        == "| a | b |\n|---|---|\n| c | d |"
    )
    assert text(
        "\\begin{tabularx}{1cm}{XX} a & \\makecell{b\\\\c} \\tabularnewline \\multicolumn{2}{c}{d} \\end{tabularx}"
    ) == ("| a | b c |\n|---|---|\n| d |  |")
    longtable = (
        "\\begin{longtable}{ll}\\caption{C}\\label{t}\\\\ \\hline a & b\\\\ \\hline\\endfirsthead a & b\\\\ \\hline\\endhead "
        "next page & \\\\ \\endfoot \\hline\\endlastfoot 1 & 2\\\\ 3 & 4\\\\ \\end{longtable}\\ref{t}"
    )
    assert text(longtable) == "Table 1: C\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n1"
    boxed = (
        "a \\resizebox{\\textwidth}{!}{\\begin{tabular}{ll} b & c \\\\ d & e \\end{tabular}} \\textcolor{red}{f\n\ng}"
    )
    assert text(boxed) == "a\n\n| b | c |\n|---|---|\n| d | e |\n\nf\n\ng"
    assert text("\\begin{tabular}{l} one \\\\ two \\end{tabular}") == "one\n\ntwo"
    assert text(
        "\\begin{tabular}{cc} a & \\begin{tabular}{c}b\\\\c\\end{tabular} \\\\ \\rowcolor{red} d & \\cellcolor[gray]{.9} e\\end{tabular}"
    ) == ("| a | b c |\n|---|---|\n| d | e |")


def test_algorithms_of_algorithm2e_are_read() -> None:
    body = (
        "\\begin{algorithm}[H]\\SetAlgoLined\\KwIn{x}\\KwResult{y}\n a\\;\n\\While{p}{b\\;\\eIf{q}{c\\;}{d\\;}}\n"
        "\\ForEach{$i$}{e\\tcp*{why}}\n\\Return{z}\\;\\caption{N}\\label{al}\\end{algorithm}\\cref{al}"
    )
    assert text(body) == (
        "Algorithm 1: N\n\n```\nInput: x\nResult: y\na\nwhile p do\n  b\n  if q then\n    c\n  else\n    d\n"
        "foreach $i$ do\n  e // why\nreturn z\n```\n\nalgorithm 1"
    )


def test_floats_follow_the_paragraph_that_they_interrupt() -> None:
    body = "One \\begin{figure}\\caption{F\\footnote{n}.}\\end{figure} two.\\footnote{m}\n\n\\begin{table}\\caption*{T}\\end{table}\nThree"
    assert text(body) == "One two.[^2]\n\n[^2]: m\n\nFigure 1: F[^1].\n\n[^1]: n\n\nT\n\nThree"


# Citations

BBL = (
    "\\begin{thebibliography}{2}\\providecommand{\\natexlab}[1]{#1}\n"
    "\\bibitem[{Kim et~al.(2024{\\natexlab{a}})Kim, Lee, and Park}]{k}\nA.~Kim, B.~Lee, and C.~Park.\n\\newblock \\emph{Title}.\n\n"
    "\\bibitem[Lee(2023)]{l}\nB. Lee. \\newblock Other.\n\\end{thebibliography}"
)


@pytest.mark.parametrize(
    ("package", "body", "expected"),
    [
        (
            "\\usepackage{natbib}",
            "\\citep{k,l} \\citet{k} \\cite{l}",
            "(Kim et al., 2024a; Lee, 2023) Kim et al. (2024a) Lee (2023)",
        ),
        ("\\usepackage{natbib}", "\\citep[see][p.~3]{k} \\citealp{l}", "(see Kim et al., 2024a, p. 3) Lee, 2023"),
        ("\\usepackage{natbib}", "\\citeauthor{k} \\citeyear{k} \\citeyearpar{l}", "Kim et al. 2024a (2023)"),
        ("\\usepackage{natbib}\\let\\cite\\citep", "\\cite{l}", "(Lee, 2023)"),
        ("\\usepackage[numbers]{natbib}", "\\citep{l,k} \\citet[Sec.~2]{k}", "[2, 1] Kim et al. [1, Sec. 2]"),
        ("\\usepackage{cite}", "\\cite{k} \\cite{l,none}", "[1] [2, none]"),
        ("\\usepackage{acl}", "\\cite{k}", "(Kim et al., 2024a)"),
    ],
)
def test_citations_say_what_they_print(package: str, body: str, expected: str) -> None:
    found = text(f"{body}\n\\bibliography{{refs}}", package, main_bbl=BBL)
    by_author = "(" in expected
    entries = ["A. Kim, B. Lee, and C. Park. Title.", "B. Lee. Other."]
    listed = [entry if by_author else f"[{at}] {entry}" for at, entry in enumerate(entries, start=1)]
    assert found == "\n\n".join([expected, "## References", *listed])


def test_a_bib_file_stands_in_for_a_missing_bbl() -> None:
    bib = (
        "@comment{x} @string{v = {Venue}}\n@inproceedings{b, author={Bo Kim and Ann Lee and {The Team}}, title={{B} \\& more}, "
        'booktitle=v # " on X", year=2020}\n@article(a, author = "Ann Lee", title="A?", journal="J", volume=3, pages={1-2}, year="2019")'
        "\n@article{broken, title={no end\n@misc{c, title={C}, year={2018}, url={http://c.d}}\n"
    )
    numbered = text("\\cite{a} \\cite{b}\\bibliographystyle{unsrt}\\bibliography{r}", r_bib=bib)
    assert numbered == (
        "[1] [2]\n\n## References\n\n[1] Ann Lee. A? J, 3:1–2, 2019.\n\n[2] Bo Kim, Ann Lee and The Team. B & more. Venue on X, 2020."
    )
    assert "[1] Bo Kim" in text("\\cite{a} \\cite{b}\\bibliographystyle{plain}\\bibliography{r}", r_bib=bib)
    authors = text(
        "\\parencite{b} \\textcite{a}\\printbibliography",
        "\\usepackage[style=apa]{biblatex}\\addbibresource{r.bib}",
        r_bib=bib,
    )
    assert authors.startswith("(Kim et al., 2020) Lee (2019)\n\n## References\n\nBo Kim") or authors.startswith(
        "(Kim et al., 2020) Lee (2019)\n\n## References\n\nAnn Lee"
    )
    assert "C. 2018. http://c.d." in text("\\nocite{*}\\bibliography{r}", r_bib=bib)


def test_what_biblatex_wrote_is_read() -> None:
    bbl = (
        "\\refsection{0}\\entry{k}{article}{}{}\n\\name{author}{2}{}{%\n{{hash=1}{family={Kim},familyi={K\\bibinitperiod},given={Ann},}}%\n"
        "{{hash=2}{family={Lee},given={Bo},}}%\n}\n\\strng{namehash}{x}\n\\field{title}{On \\emph{x}}\n\\field{journaltitle}{J}\n"
        "\\field{year}{2022}\n\\endentry\n\\endrefsection"
    )
    found = text("\\cite{k}\\printbibliography", "\\usepackage{biblatex}", main_bbl=bbl)
    assert found == "[1]\n\n## References\n\n[1] Ann Kim and Bo Lee. On x. J, 2022."


# Robustness


def test_a_long_paper_is_read_in_time_that_grows_with_its_length() -> None:
    part = project("english")["sections/method.tex"].decode() + project("english")["sections/results.tex"].decode()
    files = {
        "main.tex": (WHOLE % ("\\input{macros}" + part * 100)).encode(),
        "macros.tex": project("english")["macros.tex"],
    }
    start = time.perf_counter()
    found = read(files, "p").text
    assert time.perf_counter() - start < 10
    assert found.count("Forgetting is at most") == 100


@pytest.mark.parametrize("name", ["english", "korean"])
def test_damaged_projects_are_read_or_refused(name: str) -> None:
    rng = random.Random(f"latex {name}")
    whole = project(name)
    pieces = [
        b"{",
        b"}",
        b"$",
        b"\\",
        b"\\begin{itemize}",
        b"\\end{table}",
        b"\\[",
        b"\\iftrue",
        b"\\fi",
        b"&",
        b"\xff",
        b"\\verb|",
        b"[",
    ]
    pieces += [
        b"\\section",
        b"\\newcommand{\\q}{\\q\\q}\\q",
        b"\\def",
        b"#1",
        b"\\input{",
        b"%",
        b"\\cite{",
        b"\\item[",
        b"\\\\[",
        b"\\caption",
    ]
    for _ in range(30):
        files = dict(whole)
        for path in rng.sample(sorted(files), k=min(2, len(files))):
            data = bytearray(files[path][: rng.randrange(len(files[path]))] if rng.random() < 0.4 else files[path])
            for _ in range(rng.randrange(8)):
                at = rng.randrange(len(data) + 1)
                data[at : at + rng.randrange(20)] = rng.choice(pieces)
            files[path] = bytes(data)
        try:
            reading = read(files, "p.zip")
        except InputError:
            continue
        assert unicodedata.is_normalized("NFC", reading.text)
        assert outline_markdown(reading.text)[0] == (plain(reading.title) if reading.title else None)
