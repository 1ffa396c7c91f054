"""The house's own rules, each a small walk over the syntax tree."""
