"""Teaching the bundled model a person's own gestures: samples → features → head → model."""
