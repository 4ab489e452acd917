"""From pixels to a named gesture: frame sources, hand detection, classification."""
