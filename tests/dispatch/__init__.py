"""The dispatcher of a generated package at run time, one subject a file."""
