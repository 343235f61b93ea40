"""What every room of the flow stands on: records, people, files, acceptance."""
