"""进度: the list of reports, filling one in, and taking it a step further."""
