"""What a mail says, that it goes once, and who wants it."""
