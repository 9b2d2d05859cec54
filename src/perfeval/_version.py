"""版本: the one place where the version of perfeval is written."""

VERSION = "0.1.0"
