"""A file's bytes in, a Reading out, one module a format. Each is a pure function of the bytes; none opens a file."""
