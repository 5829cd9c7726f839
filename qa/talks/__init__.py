"""Conversations that are kept: questions and answers in, what a user asked before out. Read `record`, then `talks`."""
