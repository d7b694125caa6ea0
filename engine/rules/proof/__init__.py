"""What proves that nobody changed the record. In reading order: chain, merkle, seal, sealed, exported, finding."""
