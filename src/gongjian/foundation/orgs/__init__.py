"""Levels, units, people, posts, accounts and their roles."""
