"""Reads a web page: the article stays, what the site puts round it goes."""

from gongjian.documents.web_page.reading import looks_like_html, read_html

__all__ = ["looks_like_html", "read_html"]
