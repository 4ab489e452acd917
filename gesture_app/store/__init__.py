"""Files on disk: folders, settings, models. Every write is atomic."""
