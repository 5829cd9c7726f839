r"""Which arguments the commands and environments of common packages take, and which of them are text. Data only.

A letter stands for an argument: "o" optional, "d" dropped, "k" kept as text. A command that is not named here keeps all
that follows it in braces.
"""

_BY_SPEC = {
    "d": (
        "newgeometry geometry vspace hspace index pagestyle thispagestyle markright bibliographystyle hypersetup "
        "graphicspath tikzset lstset usetikzlibrary usepgfplotslibrary pgfplotsset theoremstyle pagenumbering "
        "linespread enlargethispage phantom hphantom vphantom cline hhline noalign selectlanguage AtBeginDocument "
        "AtEndDocument newlength newsavebox orcid authorrunning titlerunning setcopyright acmDOI acmISBN acmPrice "
        "acmVolume acmNumber acmArticle acmMonth acmBooktitle acmSubmissionID setstretch setlist urlstyle sisetup "
        "mathtoolsset BibitemShut showISBNx showISSN urlprefix glsreset hyphenation setcitestyle citestyle typeout "
        "special pdfbookmark acmYear"
    ),
    "dd": "setlength addtolength settowidth markboth DeclareUnicodeCharacter newcolumntype crefformat Crefformat",
    "ddd": "definecolor addcontentsline specialrule crefname Crefname colorlet",
    "od": (
        "includegraphics todo marginpar marginnote sidenote captionsetup cellcolor rowcolor columncolor "
        "ccsdesc pdfcomment missingfigure received includepdf includesvg addbibresource ead arrayrulecolor"
    ),
    "o": "addlinespace pagebreak nopagebreak linebreak nolinebreak allowdisplaybreaks",
    "odd": "rule",
    "oddd": "rowcolors acmConference acmJournal",
    "dk": "hyperlink hypertarget colorbox adjustbox foreignlanguage bibfield bibinfo",
    "ddk": "fcolorbox resizebox multicolumn",
    "kd": "texorpdfstring pdftooltip",
    "ok": "makecell shortstack thead hyperref num si unit ang",
    "okk": "SI qty",
    "ook": "makebox framebox",
    "dok": "scalebox",
    "odk": "rotatebox",
    "dook": "raisebox",
    "ooodk": "parbox",
    "odododk": "multirow",
}
COMMANDS = {name: spec for spec, names in _BY_SPEC.items() for name in names.split()}

_OF_ENVIRONMENTS = {
    "o": "abstract figure figure* table table* algorithm algorithm* algorithmic listing tcolorbox mdframed "
    "threeparttable titlepage",
    "d": "adjustbox spacing turn rotate otherlanguage otherlanguage* thebibliography supertabular IEEEbiographynophoto",
    "dd": "adjustwidth CJK CJK*",
    "do": "multicols multicols*",
    "od": "tabular longtable tabu tblr longtblr array NiceTabular IEEEbiography",
    "dod": "tabular* tabularx tabulary",
    "odd": "xltabular",
    "oood": "minipage subfigure subtable",
    "odod": "wrapfigure wraptable",
}
ENVIRONMENTS = {name: spec for spec, names in _OF_ENVIRONMENTS.items() for name in names.split()}

DROPPED = frozenset(
    "tikzpicture tikzpicture* pgfpicture axis picture pspicture pspicture* forest tikzcd circuitikz asy "
    "overpic dependency psmatrix pgfonlayer".split()
)
