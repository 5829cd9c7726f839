"""Make the bundled model: Korean lexicon, translation table, static embedder. Not installed."""
