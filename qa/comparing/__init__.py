"""Questions that compare: what is asked of each side, and the answers side by side."""
