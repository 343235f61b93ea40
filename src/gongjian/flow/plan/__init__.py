"""规划: from the plan document to reviewed actions, targets, tasks and milestones."""
