"""What proves that nobody changed the record. In reading order: chain, merkle, note, checkpoint, seal, keys,
sealed, anchor, witness, exported, finding.
"""
