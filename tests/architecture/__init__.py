"""How the house is built: imports, names, sizes."""
