"""The rail's conversations: found, opened, named, exported, removed and brought back."""
