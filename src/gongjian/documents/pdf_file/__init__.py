"""Reads a PDF: characters with places become lines, columns, paragraphs and tables."""

from gongjian.documents.pdf_file.reading import read_pdf

__all__ = ["read_pdf"]
