"""Reads the binary Word file (.doc), the .wps of WPS and .rtf by way of LibreOffice."""

from gongjian.documents.old_word.reading import read_old_word

__all__ = ["read_old_word"]
