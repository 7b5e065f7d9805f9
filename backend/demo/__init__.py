"""The demonstration hall: its people, its papers, its fortnight of cases. Absent in production."""
