"""制证、领证、核验、评价: the certificate and what comes after it."""
