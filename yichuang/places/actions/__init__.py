"""What can be done to places: one file a noun, all writes through ``_door``."""
