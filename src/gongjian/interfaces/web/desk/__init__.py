"""待办: what waits for the reader, whatever the role."""
