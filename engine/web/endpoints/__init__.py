"""What answers each address, one noun a file. In reading order: sign_in, invite, account, today, ledger, tickets, files, health."""
