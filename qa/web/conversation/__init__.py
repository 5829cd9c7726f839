"""Questions and answers: the log, the question field."""
