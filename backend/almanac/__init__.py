"""The working calendar, administered: published years imported, what moves seen first, every open case reckoned anew."""
