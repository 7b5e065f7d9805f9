"""The law of the hall: pure, synchronous, frozen structs, time passed in, no I/O."""
