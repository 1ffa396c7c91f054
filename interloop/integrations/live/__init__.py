"""The live model: a duplex session of speech."""
