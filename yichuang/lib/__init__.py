"""Pure helpers without Django: who acts, what a refusal says, codes, hashes, clean text."""
