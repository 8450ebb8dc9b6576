"""Pages of the catalogue for staff, and the published lists for everyone."""
