"""The bundled newsroom of `imbauan demo`: outlets of our own making, served on loopback in the shapes of real ones."""
