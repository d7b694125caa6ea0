"""What every door shows, as JSON values. In reading order: ticket."""
