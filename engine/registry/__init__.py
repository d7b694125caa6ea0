"""The writer of everything that is not a ticket. In reading order: entries, registry, units, account_fields, accounts,
sign_in, sessions, invitations, kept_answers, calendars, notice_file, workflow_file, versions, plan_file, resend.
"""
