"""The plan's pages: documents that come in, their review, and the tree that was adopted."""
