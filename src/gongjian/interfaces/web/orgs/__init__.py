"""The door and its keys: log-in, own password, second factor, first run, accounts and roles."""
