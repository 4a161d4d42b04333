"""Views: the model as strings, numbers, flags and tuples of rows, one module a target."""
