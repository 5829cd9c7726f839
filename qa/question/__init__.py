"""What a question asks, told from its words alone. Looks for no passage."""
