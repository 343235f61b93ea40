"""项目: the project ledger, its stages, dates and money."""
