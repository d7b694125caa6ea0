"""What proves that nobody changed the record. In reading order: chain, merkle, note, checkpoint, seal, going_on, keys,
sealed, anchor, witness, exported, finding.
"""
