"""Questions of several parts: what is asked of each, and the answers beside each other."""
