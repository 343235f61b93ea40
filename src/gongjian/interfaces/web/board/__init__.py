"""作战室: the lights of a period with the rule behind each."""
