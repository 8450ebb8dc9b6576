"""One file a desk."""
