"""Reads a Word file (.docx) as a person sees it after accepting all changes."""

from gongjian.documents.word_file.reading import read_word

__all__ = ["read_word"]
