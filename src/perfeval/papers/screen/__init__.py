"""屏幕: an evaluation, its parts and lists as text for a terminal."""
