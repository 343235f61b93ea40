"""通报: the list of bulletins, and one with where each of its figures comes from."""
