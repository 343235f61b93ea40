"""Reads a hostile format in a process of its own, which has limits and may die without harm."""

from gongjian.documents.apart.asking import Bounds, read_apart

__all__ = ["Bounds", "read_apart"]
