"""What the readers of word-processor files (`word`, `hwpx`) share: parts, numbering, formulas, headings, Markdown."""
