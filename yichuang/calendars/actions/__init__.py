"""Publishing and changing the working-day calendar, with its notice and audit."""
