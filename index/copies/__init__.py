"""What leaves a Library: exports, references, backups."""
