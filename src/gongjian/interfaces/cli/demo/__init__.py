"""The demo county as data: its units, accounts, plan, duties and half a year of reports."""
