"""The writer of everything that is not a ticket. In reading order: entries, registry, units, account_fields, account_entries, accounts,
seal_codes, credentials, policy, places, common_passwords, sign_in, second_factor, identity, sessions, invitations, kept_answers, calendars,
notice_file, yaml_fault, workflow_file, versions, plan_file, resend.
"""
