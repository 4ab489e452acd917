"""Data sets: pictures from elsewhere → labelled hands, checked, split by person and cached."""
