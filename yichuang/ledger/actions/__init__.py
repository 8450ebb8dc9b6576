"""Writing the ledger: ``record`` for every act, ``sealing`` for the leading worker, ``erasure`` for the right to be forgotten."""
