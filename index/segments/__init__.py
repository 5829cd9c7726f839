"""Passages in, an index that is searched out: made from the store, and made again from it at any time."""
