r"""A formula in Hangul's own script in, one line of TeX out: "{a} over {b}" becomes "\frac{a}{b}". Draws nothing.

The script's words are read without regard to case, but for Greek letters, and words that it does not know stay as they
are written.
"""

import re

MAX_DEPTH = 40
MAX_CHARS = 5_000
_TOKEN = re.compile(
    r'"[^"]*"|[A-Za-z]+|\d+(?:\.\d+)?|<->|<=|>=|!=|==|->|<-|=>|\+-|-\+|<<|>>|\.\.\.|[{}^_&#~`|()\[\]]|\S'
)
_SIGNS = {
    "<=": r"\le",
    ">=": r"\ge",
    "!=": r"\ne",
    "==": r"\equiv",
    "->": r"\to",
    "<-": r"\leftarrow",
    "<->": r"\leftrightarrow",
}
_SIGNS |= {"=>": r"\Rightarrow", "+-": r"\pm", "-+": r"\mp", "<<": r"\ll", ">>": r"\gg", "...": r"\ldots"}
_SIGNS |= {"~": r"\ ", "`": "", "%": r"\%", "$": r"\$", "\\": r"\backslash"}
_GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi "
    "psi omega varepsilon vartheta varpi varrho varsigma varphi".split()
)
_CAPITALS = frozenset("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split())
_SAME = frozenset(
    "times div cdot leq geq neq approx equiv sim simeq cong in notin ni subset supset subseteq supseteq emptyset "
    "forall partial nabla cdots ldots vdots ddots angle triangle prime therefore because bullet circ oplus otimes "
    "wedge vee cup cap sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln exp max min det gcd dim "
    "ker arg lim mod ast star ell hbar aleph perp parallel sum prod coprod int iint iiint oint le ge ne pm mp to "
    "mapsto".split()
)
_WORDS = {
    **{"inf": r"\infty", "infinity": r"\infty", "rarrow": r"\rightarrow", "larrow": r"\leftarrow", "exist": r"\exists"},
    **{
        "lrarrow": r"\leftrightarrow",
        "prop": r"\propto",
        "plusminus": r"\pm",
        "minusplus": r"\mp",
        "union": r"\bigcup",
    },
    **{"inter": r"\bigcap", "smallinter": r"\cap", "smallunion": r"\cup", "deg": r"^{\circ}", "bot": r"\perp"},
    **{
        "laplacian": r"\nabla^{2}",
        "dint": r"\iint",
        "tint": r"\iiint",
        "owns": r"\ni",
        "lnot": r"\neg",
        "of": "",
        "it": "",
    },
    **{"dotsaxis": r"\cdots", "dotslow": r"\ldots", "dotsvert": r"\vdots", "dotsdiag": r"\ddots", "cdotp": r"\cdot"},
}
_ACCENTS = {
    "hat": "hat",
    "bar": "overline",
    "vec": "vec",
    "dot": "dot",
    "ddot": "ddot",
    "tilde": "tilde",
    "check": "check",
}
_ACCENTS |= {"acute": "acute", "grave": "grave", "under": "underline", "sqrt": "sqrt", "bold": "mathbf", "rm": "mathrm"}
_ACCENTS |= {"arch": "overset{\\frown}", "dyad": "overleftrightarrow", "box": "boxed"}
_GRIDS = {"matrix": "matrix", "pmatrix": "pmatrix", "bmatrix": "bmatrix", "dmatrix": "vmatrix", "cases": "cases"}
_GRIDS |= {"pile": "matrix", "lpile": "matrix", "rpile": "matrix", "eqalign": "aligned"}
_SCRIPTS = {"^": "^", "sup": "^", "to": "^", "_": "_", "sub": "_", "from": "_"}
_FENCES = {
    "{": r"\{",
    "}": r"\}",
    "lbrace": r"\{",
    "rbrace": r"\}",
    "langle": r"\langle",
    "rangle": r"\rangle",
    "none": ".",
}


def tex(script: str) -> str:
    """Return a formula's script as TeX without dollar signs; one that is too deep or too long as it is written."""
    parser = _Parser(_TOKEN.findall(script if len(script) <= MAX_CHARS else ""))
    try:
        written = " ".join(parser.row("").split())
    except _TooDeepError:
        written = ""
    return written or " ".join(script.replace("$", "").split())


class _TooDeepError(Exception):
    pass


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def row(self, end: str) -> str:
        """Return everything up to `end` ("}", "right", or "" for the end of the script), which is taken too."""
        pieces: list[str] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            word = token.lower()
            self._at += 1
            if word == end:
                break
            if word in ("over", "atop", "choose"):
                command = {"over": r"\frac", "atop": r"\genfrac{}{}{0pt}{}", "choose": r"\binom"}[word]
                above = pieces.pop() if pieces else ""
                pieces.append(f"{command}{{{_bare(above)}}}{{{_bare(self._scripted())}}}")
            elif word in _SCRIPTS and (token in "^_" or word in ("sup", "sub", "from", "to")):
                base = pieces.pop() if pieces else "{}"
                pieces.append(f"{base}{_SCRIPTS[word]}{{{_bare(self._atom())}}}")
            elif token != "}":
                self._at -= 1
                pieces.append(self._atom())
        return _joined(pieces)

    def _scripted(self) -> str:
        """Return the next piece with the scripts that follow it."""
        piece = self._atom()
        while self._next() in ("^", "_", "sup", "sub"):
            mark = _SCRIPTS[self._take().lower()]
            piece = f"{piece}{mark}{{{_bare(self._atom())}}}"
        return piece

    def _next(self) -> str:
        return self._tokens[self._at].lower() if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1] if self._at <= len(self._tokens) else ""

    def _atom(self) -> str:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooDeepError
        piece = self._piece(self._take())
        self._depth -= 1
        return piece

    def _piece(self, token: str) -> str:
        word = token.lower()
        if token == "{":
            return f"{{{self.row('}')}}}"
        if token.startswith('"'):
            return f"\\text{{{token.strip(chr(34))}}}" if len(token) > 2 else ""
        if word == "left":
            return self._fenced()
        if word == "root":
            degree = _bare(self._scripted())
            if self._next() == "of":
                self._take()
            return f"\\sqrt[{degree}]{{{_bare(self._scripted())}}}"
        if word in _GRIDS and self._next() == "{":
            self._take()
            inner = re.sub(r"\s*\\#\s*", r" \\\\ ", self.row("}"))
            return rf"\begin{{{_GRIDS[word]}}}{inner}\end{{{_GRIDS[word]}}}"
        if word in _ACCENTS and self._next() not in ("", "}", "^", "_"):
            return f"\\{_ACCENTS[word]}{{{_bare(self._atom())}}}"
        return _symbol(token, word)

    def _fenced(self) -> str:
        opens = self._take()
        inner = self.row("right")
        closes = self._take()
        return rf"\left{_fence(opens)}{inner}\right{_fence(closes)}"


def _fence(token: str) -> str:
    return _FENCES.get(token.lower(), token) or "."


def _symbol(token: str, word: str) -> str:
    if token in _SIGNS:
        return _SIGNS[token]
    if token in ("#", "&"):
        return r"\#" if token == "#" else " & "
    if token in _CAPITALS or (token.isupper() and token.capitalize() in _CAPITALS):
        return f"\\{token.capitalize()}"
    if word in _GREEK:
        return f"\\{word}" if token[0].islower() else f"\\mathrm{{{token[0]}}}"
    if word in _SAME:
        return f"\\{word}"
    return _WORDS.get(word, token)


def _bare(piece: str) -> str:
    """Return a piece without the braces around all of it."""
    if piece.startswith("{") and piece.endswith("}"):
        depth = 0
        for at, char in enumerate(piece):
            depth += (char == "{") - (char == "}")
            if depth == 0:
                return piece[1:-1] if at == len(piece) - 1 else piece
    return piece


def _joined(pieces: list[str]) -> str:
    out = ""
    for piece in pieces:
        apart = re.search(r"\\[A-Za-z]+$", out) and piece[:1].isalpha()
        words = out[-1:].isalpha() and piece[:1].isalpha()
        out += f" {piece}" if apart or words else piece
    return out
