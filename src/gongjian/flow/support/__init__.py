"""帮扶: visits, problems, element requests, meetings and decisions."""
