"""How the shared tables are read, checked, described, cited and compared; `regionalism.data` is the way in."""
