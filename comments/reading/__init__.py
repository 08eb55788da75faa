"""What a page of a discussion shows: which comments, and one viewer's sight of each."""
