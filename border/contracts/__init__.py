"""The curators' CSV files: what each may hold, how it is read and checked, and how it is written."""
