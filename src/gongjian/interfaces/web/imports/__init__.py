"""Ledgers brought in through the browser: chosen, understood, tried, written, taken back."""
