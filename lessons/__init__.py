"""The lessons, the pictures they draw, and what they are made of: see `course`, `figures`, `kit` and `shell`."""
