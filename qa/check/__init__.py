"""Claims and the passages that they cite in, Judgements out."""
