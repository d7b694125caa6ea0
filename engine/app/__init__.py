"""The application: from settings to an open record and its actor. In reading order: settings, opening, shipped, founding."""
