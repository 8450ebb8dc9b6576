"""Registering a party once, changing its phone, showing its full numbers (an event), rotating keys."""
