"""What proves that nobody changed the record. In reading order: chain, merkle, packed, checkpoint, cosignature, note, seal, going_on,
keys, length, linked, sealed, anchor, witness, cosigned, checked, exported_file, exported, finding.
"""
