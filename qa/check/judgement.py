"""What the checking of a claim comes to: nouns only."""

from typing import Literal

Verdict = Literal["supported", "partly", "unsupported"]
