"""Parties (办事人): persons and organisations we serve. Their numbers are encrypted at rest and masked on screen."""
