"""Benchmarks: they print what things cost, and assert no time."""
