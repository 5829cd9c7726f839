"""What is said to the app itself (a greeting, what it holds, what it can do) in, what it says of itself out."""
