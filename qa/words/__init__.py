"""Words of two languages: how they are spelt, sound, change and are called in the other. Knows no passage."""
