"""An answer that is owed: everything written about somebody, gone through, and handed over (R97)."""
