"""Keys of the transfer questions, one module per chapter; students must not have them."""
