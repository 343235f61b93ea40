"""Ctrl K: the few best of what was typed, and the page with all of it."""
