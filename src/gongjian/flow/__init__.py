"""The work, in the order it happens; a later room knows an earlier one, never the reverse."""
