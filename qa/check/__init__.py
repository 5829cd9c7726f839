"""A sentence that a language model wrote and the passages that it cites in, whether they support it out.

In reading order: `judgement` (what goes in and comes out), `numerals` and `quantities` (figures), `naming`, `polarity`
(yes and no, opposites), `comparisons` (who does what to whom), `statement` (a sentence taken apart), `align` (a claim
beside its sources), `figures`, `contrary`, `roles` (what disagrees), `weigh` (what is left), `framing`, `checker`.
"""

from qa.check.checker import ClaimChecker
from qa.check.judgement import Cause, Judgement, Source, Verdict, reason

__all__ = ["Cause", "ClaimChecker", "Judgement", "Source", "Verdict", "reason"]
