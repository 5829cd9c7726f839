"""Text of a document in, the same text as mere data for a language model out: nothing in it can pass for an order.

A document may hold marks that a chat template reads as the end of a message, characters that nobody sees, or numbers in
brackets that look like ours. Its words, numbers and names are left as they are.
"""

import re
import unicodedata

_KEPT = "\n\t"
_HIDDEN = ("Cf", "Cs", "Co", "Cn")  # zero-width and bidi marks, tags; surrogates, private and unassigned ones
_BREAKS = ("Cc", "Zl", "Zp")
_VARIATIONS = re.compile(
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)  # they can carry hidden text; an emoji needs them little
_BRACKETS = str.maketrans("<＜>＞[]|｜", "‹‹››❲❳¦¦")
# Marks of chat templates: ChatML and Llama 3, DeepSeek, Gemma, Llama 2 and Mistral, EXAONE, GLM, thoughts and tools.
_TEMPLATE = re.compile(
    r"[<＜][|｜][^<>\n]{0,60}[|｜]?[>＞]|[<＜][^<>\n]{1,60}[|｜][>＞]"
    r"|</?(?:s|bos|eos|pad|unk|sop|eop|unused\d+|start_of_turn|end_of_turn|end_of_utterance|im_start|im_end|mask)>"
    r"|<{1,2}/?SYS>{1,2}|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|THINK|gMASK)\]"
    r"|\[\|[^\[\]\n]{0,40}\|\]"
    r"|</?(?:think|thinking|thought|reasoning|analysis|tool_call|tool_response|tools?|function|system|assistant|user)>",
    re.IGNORECASE,
)
_ROLE = re.compile(r"^([ \t#*]*)(system|user|assistant|human|ai|instruction|response)([ \t*]*):", re.I | re.M)
_NUMBERS = re.compile(r"\[(?=\s*\d)([\d\s,;–~-]{1,40})\]")


def harmless(text: str) -> str:
    """Return a document's text without what only a machine reads, and with its own [3] as ［3］.

    Marks of chat templates stay readable, in other brackets. A line that begins with a role ("System:") gets its colon
    moved away.
    """
    seen = _VARIATIONS.sub("", "".join(map(_seen, text.replace("\r\n", "\n"))))
    seen = _TEMPLATE.sub(lambda found: found[0].translate(_BRACKETS), seen)
    seen = _ROLE.sub(r"\1\2\3 -", seen)
    return _NUMBERS.sub(r"［\1］", seen)


def _seen(char: str) -> str:
    if char in _KEPT:
        return char
    kind = unicodedata.category(char)
    if kind in _BREAKS:
        return " " if kind == "Cc" else "\n"
    return "" if kind in _HIDDEN else char


def line(text: str, most_chars: int = 200) -> str:
    """Return a title or a heading on one harmless line, without quotation marks and not too long."""
    text = " ".join(harmless(text).replace('"', "'").split())
    return text if len(text) <= most_chars else f"{text[: most_chars - 1]}…"
