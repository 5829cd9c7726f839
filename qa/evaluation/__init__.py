"""Questions with known answers in, figures out: read, find their gold, ask, score, measure, report, save."""
