"""The commands people type; each is one class."""
