"""内置: the frameworks and categories that come with the library, in by the entry points like any other."""
