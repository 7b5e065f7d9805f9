"""补正: everything that is wrong is said once, answered from the phone, and looked at again by the same clerk."""
