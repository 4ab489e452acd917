"""Model cards: what a model was trained on, how, and how good it is on whom."""
