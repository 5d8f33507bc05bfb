"""What a person reads: the printed answer, tables and charts, all from one results object."""
