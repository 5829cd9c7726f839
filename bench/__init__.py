"""Benchmarks and evaluation runs; results as files. Not installed."""
