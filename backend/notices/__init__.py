"""What a citizen is told: the inbox, which is the record, and the channels that say there is something in it."""
