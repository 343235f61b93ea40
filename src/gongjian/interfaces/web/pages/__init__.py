"""Pages that belong to no room: the way home, the rules in words, keys, complaints."""
