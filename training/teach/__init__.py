"""Teaching the bundled model a person's own gestures: pictures → features → head → checked model."""
