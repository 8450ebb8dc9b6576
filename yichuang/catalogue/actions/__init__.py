"""What the catalogue does: taking files in, making versions, publishing and retiring them."""
