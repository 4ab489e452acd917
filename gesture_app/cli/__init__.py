"""The command line: one file per command; standard output carries results and nothing else."""
