"""What the pages of duties show, row by row."""
