"""Assembles the modules and decides nothing: settings, URLs, API, tables of subscribers, bells and adapters."""
