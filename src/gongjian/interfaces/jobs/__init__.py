"""The worker: takes what waits and calls the use-case of its kind."""
