"""The log with its proof, and the clock of a demo."""
