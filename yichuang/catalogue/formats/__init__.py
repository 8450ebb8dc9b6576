"""Reading foreign catalogues: pure parsing into one intermediate form, with every doubt as a Chinese sentence."""
