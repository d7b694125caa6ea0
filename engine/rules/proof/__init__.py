"""What proves that nothing was bent. In reading order: chain, merkle, seal, sealed, exported, finding."""
