"""A sentence that a language model wrote and the passages that it cites in, whether they support it out.

In reading order: `judgement` (what goes in and comes out), `spans`, `numerals` and `quantities` (figures), `naming`,
`lexicon` and `phrases` (words), `polarity` (yes and no, opposites), `comparisons` (who does what to whom), `statement`
(a sentence taken apart), `claim`, `align` and `line` (a claim beside its sources), `prepare`; then what disagrees:
`belonging` and `figures`, `misnamed`, `denial` and `contrary`, `roles`; `weigh` (what is left), `framing` (what says
nothing), `checker`.
"""

from qa.check.checker import ClaimChecker
from qa.check.judgement import Cause, Judgement, Source, Verdict, reason

__all__ = ["Cause", "ClaimChecker", "Judgement", "Source", "Verdict", "reason"]
