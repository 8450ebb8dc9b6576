"""What divisions, halls and windows are, and what a hall consists of. Pure: readable beside the reform plan."""
