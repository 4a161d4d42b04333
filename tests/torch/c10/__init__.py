"""What shows that generated files of c10 are equal to PyTorch's own."""
