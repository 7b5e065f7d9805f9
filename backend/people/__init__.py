"""Who is here: citizens, companies, officers; how they come in and what proves them."""
