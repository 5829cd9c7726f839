"""A conversation: a question that leans on earlier turns is completed from them, by rules, without a language model."""
