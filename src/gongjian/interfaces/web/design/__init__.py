"""The page that shows every component in each of its states; it exists while debugging only."""
