"""Offline: documents become a Library. Knows nothing of questions."""
