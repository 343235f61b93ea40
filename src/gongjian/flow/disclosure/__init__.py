"""公开: pages for the public, complaints, tip-offs and rewards."""
