"""What the public may read, shaped for the pages."""
