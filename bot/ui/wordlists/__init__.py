"""The words that a guild refuses, as its staff see and change them."""
