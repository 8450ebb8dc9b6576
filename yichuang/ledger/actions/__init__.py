"""Writing the ledger: ``record`` in every act; numbering, sealing, delivery and lease for the worker; ``erasure``."""
