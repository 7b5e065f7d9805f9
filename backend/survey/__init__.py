"""现场勘查 (行政许可法 §34): tasks, the visit and its time, the record from the field, and what joint ones come to."""
