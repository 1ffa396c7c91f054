"""Pure security: permissions, passwords, tokens, links, key wrapping, chunked encryption."""
