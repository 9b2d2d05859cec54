"""语言: catalogues, words and formats of each locale, suggestions of names, the width of Chinese text."""
