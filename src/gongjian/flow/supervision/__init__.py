"""督办: reminders and slips, their clocks and answers."""
