"""A web that means harm, on loopback."""
