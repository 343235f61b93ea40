"""Small things that know no word of the trade."""
