"""The log, jobs, running numbers, keys of acts, the installation's own settings."""
