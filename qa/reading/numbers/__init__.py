"""A Run and sections in, the number of a table that is asked for out: of one thing, the highest, the higher of two."""
