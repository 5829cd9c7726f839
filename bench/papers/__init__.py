"""Made-up papers as LaTeX or HTML with what is known about them: what `bench.pdf` reads and scores."""
