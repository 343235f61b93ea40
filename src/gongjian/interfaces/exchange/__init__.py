"""Signed packages between installations, assignments down and results up."""
