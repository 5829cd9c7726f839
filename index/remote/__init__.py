"""What one polite request needs: whose turn it is, what has come so far, what went wrong. Keeps no cache."""
