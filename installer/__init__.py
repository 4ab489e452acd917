"""Sets the app up on a user's machine. Standard library only: it runs before anything else does."""
