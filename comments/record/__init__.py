"""What is told of a decision: to the person, to the public, and chained."""
