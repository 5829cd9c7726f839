"""A Query in, Hits in order and how likely they answer it out. Reads no sentence out and writes none."""
