"""One file is one protocol, readable from top to bottom; ``contract`` says what they share."""
