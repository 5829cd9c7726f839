"""The Library's database: what must not be lost."""
