"""What proves that nobody changed the record. In reading order: chain, merkle, note, checkpoint, seal, going_on, keys,
length, sealed, anchor, witness, cosigned, checked, exported_file, exported, finding.
"""
