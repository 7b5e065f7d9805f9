"""What the supervisor sees: the hall today, in numbers and charts."""
