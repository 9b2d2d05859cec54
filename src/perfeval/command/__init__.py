"""命令行: what the command line needs beside its commands — a console of any encoding, Chinese messages."""
