"""Who may sign what, in whose place, and what several decide together: rules, letters, absence, opinions, minutes."""
