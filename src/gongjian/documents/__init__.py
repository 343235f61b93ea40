"""Pure: bytes to pages, and pages to the bytes of Word and Excel files."""
