"""Gongjian (攻坚): carries a government's key-work plan from paper to verified result."""
