"""Writes a paper of one page: what somebody with five minutes reads, as PDF and as Word."""

from gongjian.documents.paper.model import Paper, Section
from gongjian.documents.paper.pdf import NoFont, write_pdf
from gongjian.documents.paper.word import write_word

__all__ = ["NoFont", "Paper", "Section", "write_pdf", "write_word"]
