"""Takes every mail that the product sends, and shows it; nothing leaves the machine."""
