"""命令行: ``python -m perfeval``."""

from perfeval.command.main import main

if __name__ == "__main__":
    main()
