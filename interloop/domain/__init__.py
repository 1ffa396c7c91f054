"""Values and pure rules of hiring: no input, no output."""
