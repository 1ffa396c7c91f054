"""Sound and pictures of one call: peer, jitter, codecs, voice activity, playout."""
