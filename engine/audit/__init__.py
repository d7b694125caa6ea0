"""What proves the record. In reading order: verify, audited, beside, stream, judging, telling, known, things_then, members_then,
stored_event, told, row, numbers, links, files, tables, schema, sealed_events, seals, sealing, unnoted, lost, live, guard, held, noted, key,
key_folder, cosigning, witnessed, witness, witness_server, export, exported, outfile, leftovers, archive, backup, restoring, rebuild.
"""
