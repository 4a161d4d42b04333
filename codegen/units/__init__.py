"""Operators of large files: worked out in parts, side by side, and remembered.

Note [Units]. A file in torchgen's YAML is a list of entries, and most of them have nothing to
do with one another: variants are derived from functions of one name, structured kernels
come from the function that is delegated to. A *unit* is the entries that may decide about
one another. What a unit gives follows from its own text and from all that is not in such
files, the *context*: keys, fallbacks, rules, the generator itself. So units can be worked
out in any order, in several processes, and what one gave can be recalled while its text and
the context stay what they were.

Nothing depends on it: whatever a unit cannot hold, or would have to report, raises
`UnusualError`, and the files are then read as a whole, which finds and reports everything.
"""


class UnusualError(Exception):
    """Something that only reading files as a whole can handle or report."""
