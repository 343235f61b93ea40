"""Benchmarks of the product's own functions: `python -m bench NAME [--tier …] [--json]`."""
