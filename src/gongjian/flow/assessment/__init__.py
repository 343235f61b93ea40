"""考核: schemes, score runs, lists and appeals."""
