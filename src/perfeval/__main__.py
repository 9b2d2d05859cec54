"""命令行: ``python -m perfeval``."""

from perfeval.cli import main

if __name__ == "__main__":
    main()
