"""Pure: numbers and text in, judgements out. No clock, no files, no framework."""
