"""Hits in, an Answer in quotations out: the sentences that answer, chosen and cited. Ranks nothing; writes no word."""
