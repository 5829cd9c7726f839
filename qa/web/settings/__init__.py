"""Settings: what they are, what each means, changes checked before they are kept."""
