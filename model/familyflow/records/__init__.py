"""A service's own case records: read, refused where they are personal, and learnt from.

Records are read, added up and forgotten: no row of them is kept, shown or logged anywhere.
"""
