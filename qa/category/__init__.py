"""The taxonomy answers: which category a method belongs to, what a category holds, where an unfiled method would go."""
