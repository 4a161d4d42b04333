"""`python -m codegen` is the command line."""

from codegen.cli import main

main(prog_name="dispatch-codegen")
