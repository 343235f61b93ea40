"""What an installation decides: settings, environment, addresses; the only reader of os.environ."""
