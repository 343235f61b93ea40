"""通报: official documents whose every figure leads back to its records."""
