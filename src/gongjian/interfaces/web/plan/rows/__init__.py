"""The flow's rows as the templates of the plan name them."""
