"""What torchgen does with its own YAML: the functions and registrations it derives."""
