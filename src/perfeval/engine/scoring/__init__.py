"""核算: the tree → points, judged agreements, and which other way reproduces what was stated."""
