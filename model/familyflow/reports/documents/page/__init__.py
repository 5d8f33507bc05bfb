"""The commissioner's one page: built once as plain parts, written as HTML and as PDF."""
