"""The demo county as data: its units, accounts, plan, duties and half a year of reports."""

from gongjian.interfaces.cli.demo.command import Command

__all__ = ["Command"]
