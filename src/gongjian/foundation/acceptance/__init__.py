"""Filled, checked, confirmed, accepted: three accounts and the levels V0 to V4."""
