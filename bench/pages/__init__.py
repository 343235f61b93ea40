"""How fast pages are served, against a bare page of the framework on the same server."""

from bench.pages.running import run
from bench.pages.sizes import TIERS

__all__ = ["TIERS", "run"]
