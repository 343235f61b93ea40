"""Finding: what can be looked for by name, kept as a cache that follows the log."""
