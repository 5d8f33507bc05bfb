"""Work that pages ask for: kept in a table, done by processes that stand ready."""
