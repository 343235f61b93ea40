"""责任: who leads, who answers, who supports, for every action, target and task."""
