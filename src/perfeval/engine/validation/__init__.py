"""核查: whether frameworks, categories and cases hold together before they are used."""
