"""量: a number with its unit, in and out of Chinese."""
