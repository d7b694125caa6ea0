"""What proves the record. In reading order: verify, seals, sealing, key, export, exported, backup."""
