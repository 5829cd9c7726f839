"""The shell command `surveyqa`: arguments in, output and exit codes out. Decides nothing that `qa` decides."""
