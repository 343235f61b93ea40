"""Bytes by their hash, evidence, and who may read them."""
