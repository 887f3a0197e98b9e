"""Benchmarks: each prints figures and ratios to a peer in one run, as JSON."""
