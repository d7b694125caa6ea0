"""The first schema."""

import sqlalchemy as sa
from alembic import op

from engine.record.tables import Day, UtcTime

revision = "0001e"
down_revision = None


def upgrade() -> None:
    op.create_table('feedback',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('stated_version', sa.BigInteger(), nullable=False),
    sa.Column('stated_at', UtcTime(), nullable=False),
    sa.Column('category', sa.Text(), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('item', sa.Text(), nullable=True),
    sa.Column('said', sa.Text(), nullable=True),
    sa.Column('received_at', UtcTime(), nullable=False),
    sa.Column('received_by', sa.Text(), nullable=False),
    sa.Column('changed_at', UtcTime(), nullable=False),
    sa.Column('ticket', sa.Text(), nullable=True),
    sa.Column('told', sa.Text(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('outcome_at', UtcTime(), nullable=True),
    sa.Column('token', sa.Text(), nullable=True),
    sa.Column('token_until_at', UtcTime(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answer_reasons', sa.Text(), nullable=False),
    sa.Column('answer_text', sa.Text(), nullable=True),
    sa.Column('answered_at', UtcTime(), nullable=True),
    sa.Column('answered_by', sa.Text(), nullable=True),
    sa.Column('answered_attempt', sa.Integer(), nullable=True),
    sa.Column('redo', sa.Text(), nullable=True),
    sa.Column('redo_due_at', UtcTime(), nullable=True),
    sa.Column('decided_at', UtcTime(), nullable=True),
    sa.Column('decided_by', sa.Text(), nullable=True),
    sa.Column('head', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("category IN ('open', 'done')", name=op.f('ck_feedback_category_known')),
    sa.CheckConstraint("kind IN ('complaint', 'review')", name=op.f('ck_feedback_kind_known')),
    sa.CheckConstraint('(answered_at IS NULL) = (answered_by IS NULL)', name=op.f('ck_feedback_answered_by_somebody')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by IS NULL)', name=op.f('ck_feedback_decided_by_somebody')),
    sa.CheckConstraint('(ticket IS NULL) = (told IS NULL)', name=op.f('ck_feedback_told_of_a_ticket')),
    sa.CheckConstraint('(token IS NULL) = (token_until_at IS NULL)', name=op.f('ck_feedback_linked_for_a_while')),
    sa.CheckConstraint('id >= 1', name=op.f('ck_feedback_id_from_one')),
    sa.CheckConstraint('length(head) = 32', name=op.f('ck_feedback_head_length')),
    sa.CheckConstraint('rating IS NULL OR rating BETWEEN 1 AND 5', name=op.f('ck_feedback_rating_known')),
    sa.CheckConstraint('serial >= 1', name=op.f('ck_feedback_serial_from_one')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_feedback_version_from_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback')),
    sa.UniqueConstraint('number', name=op.f('uq_feedback_number')),
    sa.UniqueConstraint('source', 'ref', name=op.f('uq_feedback_source_ref')),
    sa.UniqueConstraint('year', 'serial', name=op.f('uq_feedback_year_serial'))
    )
    op.create_index('feedback_going_on', 'feedback', ['id'], unique=False, sqlite_where=sa.text("outcome IS NULL OR outcome NOT IN ('rectified', 'rejected', 'closed-as')"), postgresql_where=sa.text("outcome IS NULL OR outcome NOT IN ('rectified', 'rejected', 'closed-as')"))
    op.create_index('feedback_of_link', 'feedback', ['token'], unique=True, sqlite_where=sa.text('token IS NOT NULL'), postgresql_where=sa.text('token IS NOT NULL'))
    op.create_index('feedback_of_ticket', 'feedback', ['ticket', 'id'], unique=False, sqlite_where=sa.text('ticket IS NOT NULL'), postgresql_where=sa.text('ticket IS NOT NULL'))
    op.create_index('feedback_redo', 'feedback', ['redo_due_at', 'id'], unique=False, sqlite_where=sa.text('redo_due_at IS NOT NULL'), postgresql_where=sa.text('redo_due_at IS NOT NULL'))
    op.create_index('feedback_stated', 'feedback', ['stated_at', 'id'], unique=False)
    op.create_table('visit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('day', Day(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('unannounced', sa.Boolean(create_constraint=True, name='unannounced_truth'), nullable=False),
    sa.Column('team', sa.Text(), nullable=False),
    sa.Column('sample', sa.Text(), nullable=True),
    sa.Column('months', sa.Integer(), nullable=True),
    sa.Column('lot', sa.Text(), nullable=True),
    sa.Column('again', sa.Text(), nullable=False),
    sa.Column('begun_at', UtcTime(), nullable=False),
    sa.Column('begun_by', sa.Text(), nullable=False),
    sa.Column('changed_at', UtcTime(), nullable=False),
    sa.Column('agreed', sa.Text(), nullable=False),
    sa.Column('consented_at', UtcTime(), nullable=True),
    sa.Column('consented_by', sa.Text(), nullable=True),
    sa.Column('closed_at', UtcTime(), nullable=True),
    sa.Column('closed_by', sa.Text(), nullable=True),
    sa.Column('head', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by IS NULL)', name=op.f('ck_visit_closed_by_somebody')),
    sa.CheckConstraint('(consented_at IS NULL) = (consented_by IS NULL)', name=op.f('ck_visit_consented_by_somebody')),
    sa.CheckConstraint('(sample IS NULL) = (months IS NULL) AND (sample IS NULL) = (lot IS NULL)', name=op.f('ck_visit_drawn_whole')),
    sa.CheckConstraint('id >= 1', name=op.f('ck_visit_id_from_one')),
    sa.CheckConstraint('length(head) = 32', name=op.f('ck_visit_head_length')),
    sa.CheckConstraint('serial >= 1', name=op.f('ck_visit_serial_from_one')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_visit_version_from_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('number', name=op.f('uq_visit_number')),
    sa.UniqueConstraint('year', 'serial', name=op.f('uq_visit_year_serial'))
    )
    op.create_table('batch',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('letter', sa.Text(), nullable=False),
    sa.Column('sender', sa.Text(), nullable=True),
    sa.Column('dated', Day(), nullable=False),
    sa.Column('assign_limit', sa.Text(), nullable=False),
    sa.Column('assign_due_at', UtcTime(), nullable=False),
    sa.Column('rung', sa.Integer(), nullable=False),
    sa.Column('repeated', sa.Integer(), nullable=False),
    sa.Column('wake_at', UtcTime(), nullable=True),
    sa.Column('received_at', UtcTime(), nullable=False),
    sa.Column('received_by', sa.Text(), nullable=False),
    sa.Column('changed_at', UtcTime(), nullable=False),
    sa.Column('closed_at', UtcTime(), nullable=True),
    sa.Column('closed_by', sa.Text(), nullable=True),
    sa.Column('head', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by IS NULL)', name=op.f('ck_batch_closed_by_somebody')),
    sa.CheckConstraint('(closed_at IS NULL) = (wake_at IS NOT NULL)', name=op.f('ck_batch_open_wakes')),
    sa.CheckConstraint('id >= 1', name=op.f('ck_batch_id_from_one')),
    sa.CheckConstraint('length(head) = 32', name=op.f('ck_batch_head_length')),
    sa.CheckConstraint('serial >= 1', name=op.f('ck_batch_serial_from_one')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_batch_version_from_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_batch')),
    sa.UniqueConstraint('letter', 'sender', name=op.f('uq_batch_letter_sender')),
    sa.UniqueConstraint('number', name=op.f('uq_batch_number')),
    sa.UniqueConstraint('year', 'serial', name=op.f('uq_batch_year_serial'))
    )
    op.create_index('batch_wakes', 'batch', ['wake_at'], unique=False, sqlite_where=sa.text('wake_at IS NOT NULL'), postgresql_where=sa.text('wake_at IS NOT NULL'))
    op.create_table('calendar',
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('json', sa.Text(), nullable=False),
    sa.Column('notices', sa.Text(), nullable=False),
    sa.Column('loaded_at', UtcTime(), nullable=False),
    sa.Column('current', sa.Boolean(create_constraint=True, name='current_truth'), nullable=False),
    sa.PrimaryKeyConstraint('version', name=op.f('pk_calendar'))
    )
    op.create_index('calendar_current', 'calendar', ['current'], unique=True, sqlite_where=sa.text('current'), postgresql_where=sa.text('current'))
    op.create_table('counter',
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('last >= 1', name=op.f('ck_counter_last_from_one')),
    sa.PrimaryKeyConstraint('office', 'year', name=op.f('pk_counter'))
    )
    op.create_table('definition',
    sa.Column('hash', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('json', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('loaded_at', UtcTime(), nullable=False),
    sa.Column('current', sa.Boolean(create_constraint=True, name='current_truth'), nullable=False),
    sa.CheckConstraint('length(hash) = 64', name=op.f('ck_definition_hash_length')),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_definition'))
    )
    op.create_index('definition_current', 'definition', ['name'], unique=True, sqlite_where=sa.text('current'), postgresql_where=sa.text('current'))
    op.create_table('event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stream', sa.BigInteger(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('via', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('from_state', sa.Text(), nullable=True),
    sa.Column('to_state', sa.Text(), nullable=True),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=True),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('length(hash) = 32', name=op.f('ck_event_hash_length')),
    sa.CheckConstraint('seq >= 1', name=op.f('ck_event_seq_from_one')),
    sa.CheckConstraint('stream >= 0', name=op.f('ck_event_stream_not_negative')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('stream', 'seq', name=op.f('uq_event_stream_seq'))
    )
    op.create_index('event_set_aside', 'event', ['stream', 'seq'], unique=False, sqlite_where=sa.text("kind = 'set-aside'"), postgresql_where=sa.text("kind = 'set-aside'"))
    op.create_table('evidence',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('stored_at', UtcTime(), nullable=False),
    sa.CheckConstraint('bytes >= 0', name=op.f('ck_evidence_bytes_not_negative')),
    sa.CheckConstraint('length(sha256) = 64', name=op.f('ck_evidence_sha256_length')),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_evidence'))
    )
    op.create_table('heartbeat',
    sa.Column('duty', sa.Text(), nullable=False),
    sa.Column('process', sa.Text(), nullable=False),
    sa.Column('well_at', UtcTime(), nullable=True),
    sa.Column('at', UtcTime(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.CheckConstraint('seconds >= 1', name=op.f('ck_heartbeat_seconds_from_one')),
    sa.PrimaryKeyConstraint('duty', name=op.f('pk_heartbeat'))
    )
    op.create_table('measure',
    sa.Column('no', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('leads', sa.Text(), nullable=False),
    sa.Column('cooperators', sa.Text(), nullable=False),
    sa.Column('responsible', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_measure'))
    )
    op.create_table('round',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('scheme', sa.Text(), nullable=False),
    sa.Column('measured_on', Day(), nullable=False),
    sa.Column('period_from', Day(), nullable=True),
    sa.Column('received_on', Day(), nullable=True),
    sa.Column('letter', sa.Text(), nullable=True),
    sa.Column('subjects', sa.Text(), nullable=False),
    sa.Column('standards', sa.Text(), nullable=False),
    sa.Column('points', sa.Boolean(create_constraint=True, name='points_truth'), nullable=False),
    sa.Column('interim', sa.Boolean(create_constraint=True, name='interim_truth'), nullable=False),
    sa.Column('comments_end_at', UtcTime(), nullable=True),
    sa.Column('assign_limit', sa.Text(), nullable=False),
    sa.Column('assign_due_at', UtcTime(), nullable=False),
    sa.Column('started_at', UtcTime(), nullable=False),
    sa.Column('started_by', sa.Text(), nullable=False),
    sa.Column('changed_at', UtcTime(), nullable=False),
    sa.Column('results', sa.Text(), nullable=False),
    sa.Column('results_version', sa.Integer(), nullable=False),
    sa.Column('applications', sa.Text(), nullable=False),
    sa.Column('disputes', sa.Text(), nullable=False),
    sa.Column('leftovers', sa.Text(), nullable=False),
    sa.Column('closed_at', UtcTime(), nullable=True),
    sa.Column('closed_by', sa.Text(), nullable=True),
    sa.Column('undone_at', UtcTime(), nullable=True),
    sa.Column('undone_by', sa.Text(), nullable=True),
    sa.Column('head', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by IS NULL)', name=op.f('ck_round_closed_by_somebody')),
    sa.CheckConstraint('(undone_at IS NULL) = (undone_by IS NULL)', name=op.f('ck_round_undone_by_somebody')),
    sa.CheckConstraint('id >= 1', name=op.f('ck_round_id_from_one')),
    sa.CheckConstraint('length(head) = 32', name=op.f('ck_round_head_length')),
    sa.CheckConstraint('results_version >= 0', name=op.f('ck_round_results_version_not_negative')),
    sa.CheckConstraint('serial >= 1', name=op.f('ck_round_serial_from_one')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_round_version_from_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('number', name=op.f('uq_round_number')),
    sa.UniqueConstraint('year', 'serial', name=op.f('uq_round_year_serial'))
    )
    op.create_index('round_of_scheme', 'round', ['scheme', 'measured_on', 'id'], unique=False)
    op.create_index('round_open', 'round', ['id'], unique=False, sqlite_where=sa.text('closed_at IS NULL AND undone_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL AND undone_at IS NULL'))
    op.create_table('seal',
    sa.Column('n', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('upto', sa.BigInteger(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('root', sa.LargeBinary(), nullable=False),
    sa.Column('frontier', sa.LargeBinary(), nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint('length(frontier) % 32 = 0', name=op.f('ck_seal_frontier_length')),
    sa.CheckConstraint('length(root) = 32', name=op.f('ck_seal_root_length')),
    sa.CheckConstraint('n >= 1', name=op.f('ck_seal_n_from_one')),
    sa.CheckConstraint('upto >= 0 AND size >= 0', name=op.f('ck_seal_covers_something')),
    sa.PrimaryKeyConstraint('n', name=op.f('pk_seal'))
    )
    op.create_table('setting',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_setting'))
    )
    op.create_table('unit',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('relation', sa.Text(), nullable=True),
    sa.Column('parent', sa.Text(), nullable=True),
    sa.Column('rank_group', sa.Text(), nullable=True),
    sa.Column('valid_from', Day(), nullable=True),
    sa.Column('valid_to', Day(), nullable=True),
    sa.Column('successor', sa.Text(), nullable=True),
    sa.Column('in_source', sa.Boolean(create_constraint=True, name='in_source_truth'), nullable=False),
    sa.CheckConstraint("code <> ''", name=op.f('ck_unit_code_not_empty')),
    sa.CheckConstraint('valid_to IS NULL OR valid_from < valid_to', name=op.f('ck_unit_ends_after_start')),
    sa.ForeignKeyConstraint(['parent'], ['unit.code'], name=op.f('fk_unit_parent')),
    sa.ForeignKeyConstraint(['successor'], ['unit.code'], name=op.f('fk_unit_successor')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_unit'))
    )
    op.create_table('account',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('active', sa.Boolean(create_constraint=True, name='active_truth'), nullable=False),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('chat', sa.Text(), nullable=True),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('password_at', UtcTime(), nullable=True),
    sa.Column('second_factor', sa.Text(), nullable=True),
    sa.Column('identity', sa.Text(), nullable=True),
    sa.Column('valid_from', UtcTime(), nullable=True),
    sa.Column('valid_to', UtcTime(), nullable=True),
    sa.CheckConstraint("role IN ('supervisor', 'head', 'contact', 'leader', 'auditor', 'admin', 'system', 'security', 'intake', 'watch')", name=op.f('ck_account_role_known')),
    sa.CheckConstraint("role NOT IN ('contact', 'head') OR unit IS NOT NULL", name=op.f('ck_account_unit_given')),
    sa.ForeignKeyConstraint(['unit'], ['unit.code'], name=op.f('fk_account_unit')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_account'))
    )
    op.create_index('account_of_identity', 'account', ['identity'], unique=True)
    op.create_index('account_of_unit', 'account', ['unit', 'role'], unique=False)
    op.create_table('indicator',
    sa.Column('measure', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['measure'], ['measure.no'], name=op.f('fk_indicator_measure')),
    sa.PrimaryKeyConstraint('measure', 'name', name=op.f('pk_indicator'))
    )
    op.create_table('notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stream', sa.BigInteger(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('recipient', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('not_before', UtcTime(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('sent_at', UtcTime(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('next_try_at', UtcTime(), nullable=False),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('dead', sa.Boolean(create_constraint=True, name='dead_truth'), nullable=False),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('message', sa.BigInteger(), nullable=True),
    sa.Column('read_at', UtcTime(), nullable=True),
    sa.CheckConstraint('NOT dead OR sent_at IS NULL', name=op.f('ck_notice_dead_is_unsent')),
    sa.CheckConstraint('tries >= 0', name=op.f('ck_notice_tries_not_negative')),
    sa.ForeignKeyConstraint(['stream', 'seq'], ['event.stream', 'event.seq'], name=op.f('fk_notice_stream')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('stream', 'seq', 'recipient', 'channel', name=op.f('uq_notice_stream_seq_recipient_channel'))
    )
    op.create_index('notice_dead', 'notice', ['id'], unique=False, sqlite_where=sa.text('dead'), postgresql_where=sa.text('dead'))
    op.create_index('notice_inbox', 'notice', ['recipient', 'channel', 'id'], unique=False)
    op.create_index('notice_waiting', 'notice', ['channel', 'recipient', 'message', 'next_try_at', 'id'], unique=False, sqlite_where=sa.text('sent_at IS NULL AND NOT dead'), postgresql_where=sa.text('sent_at IS NULL AND NOT dead'))
    op.create_table('target',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('measure', sa.Text(), nullable=False),
    sa.Column('metric', sa.Text(), nullable=False),
    sa.Column('comparator', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('baseline', sa.Text(), nullable=True),
    sa.Column('deadline', Day(), nullable=True),
    sa.Column('scope', sa.Text(), nullable=True),
    sa.Column('mandatory', sa.Boolean(create_constraint=True, name='mandatory_truth'), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.CheckConstraint("comparator IN ('>=', '>', '<=', '<', '=', '~')", name=op.f('ck_target_comparator_known')),
    sa.ForeignKeyConstraint(['measure'], ['measure.no'], name=op.f('fk_target_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target'))
    )
    op.create_table('ticket',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('parent', sa.BigInteger(), nullable=True),
    sa.Column('workflow', sa.Text(), nullable=False),
    sa.Column('definition', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('title_folded', sa.Text(), nullable=False),
    sa.Column('detail', sa.Text(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('source_ref', sa.Text(), nullable=True),
    sa.Column('measure', sa.Text(), nullable=True),
    sa.Column('grade', sa.Text(), nullable=True),
    sa.Column('lead', sa.Text(), nullable=True),
    sa.Column('cooperators', sa.Text(), nullable=False),
    sa.Column('leader', sa.Text(), nullable=True),
    sa.Column('turn', sa.Text(), nullable=True),
    sa.Column('final', sa.Boolean(create_constraint=True, name='final_truth'), nullable=False),
    sa.Column('opened_at', UtcTime(), nullable=False),
    sa.Column('opened_by', sa.Text(), nullable=False),
    sa.Column('officer', sa.Text(), nullable=True),
    sa.Column('assigned_at', UtcTime(), nullable=True),
    sa.Column('assigned_by', sa.Text(), nullable=True),
    sa.Column('state_since', UtcTime(), nullable=False),
    sa.Column('changed_at', UtcTime(), nullable=False),
    sa.Column('told_at', UtcTime(), nullable=False),
    sa.Column('due_at', UtcTime(), nullable=True),
    sa.Column('promised_at', UtcTime(), nullable=True),
    sa.Column('warn_at', UtcTime(), nullable=True),
    sa.Column('late_at', UtcTime(), nullable=True),
    sa.Column('wake_at', UtcTime(), nullable=True),
    sa.Column('office_due_at', UtcTime(), nullable=True),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('acted_level', sa.Integer(), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('deadlines', sa.Text(), nullable=False),
    sa.Column('signed', sa.Text(), nullable=False),
    sa.Column('objections', sa.Text(), nullable=False),
    sa.Column('left_out', sa.Text(), nullable=False),
    sa.Column('endorsed', sa.Boolean(create_constraint=True, name='endorsed_truth'), nullable=False),
    sa.Column('to_revise', sa.Boolean(create_constraint=True, name='to_revise_truth'), nullable=False),
    sa.Column('request', sa.Text(), nullable=True),
    sa.Column('grants', sa.Text(), nullable=False),
    sa.Column('denials', sa.Text(), nullable=False),
    sa.Column('designated', sa.Boolean(create_constraint=True, name='designated_truth'), nullable=False),
    sa.Column('hands', sa.Text(), nullable=False),
    sa.Column('proposals', sa.Text(), nullable=False),
    sa.Column('urged', sa.Integer(), nullable=False),
    sa.Column('instructions', sa.Text(), nullable=False),
    sa.Column('instructed', sa.Boolean(create_constraint=True, name='instructed_truth'), nullable=False),
    sa.Column('standing', sa.Boolean(create_constraint=True, name='standing_truth'), nullable=False),
    sa.Column('past', sa.Text(), nullable=False),
    sa.Column('evidenced', sa.Boolean(create_constraint=True, name='evidenced_truth'), nullable=False),
    sa.Column('submitted', sa.Boolean(create_constraint=True, name='submitted_truth'), nullable=False),
    sa.Column('submitted_at', UtcTime(), nullable=True),
    sa.Column('late_days', sa.Integer(), nullable=True),
    sa.Column('on_time', sa.Boolean(create_constraint=True, name='on_time_truth'), nullable=True),
    sa.Column('attempts', sa.Text(), nullable=False),
    sa.Column('returns_to', sa.Text(), nullable=True),
    sa.Column('closed_at', UtcTime(), nullable=True),
    sa.Column('closed_as', sa.Text(), nullable=True),
    sa.Column('duplicate_of', sa.Text(), nullable=True),
    sa.Column('repeats', sa.Text(), nullable=False),
    sa.Column('batch', sa.Text(), nullable=True),
    sa.Column('visit', sa.Text(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('team', sa.Text(), nullable=False),
    sa.Column('entered', sa.Text(), nullable=False),
    sa.Column('consents', sa.Text(), nullable=False),
    sa.Column('withdrawn_from', sa.Text(), nullable=True),
    sa.Column('set_aside', sa.Text(), nullable=True),
    sa.Column('problem_key', sa.Text(), nullable=True),
    sa.Column('first_found_at', UtcTime(), nullable=False),
    sa.Column('round', sa.Text(), nullable=True),
    sa.Column('measurements', sa.Text(), nullable=False),
    sa.Column('misses', sa.Integer(), nullable=False),
    sa.Column('relapses', sa.Integer(), nullable=False),
    sa.Column('confirmed', sa.Integer(), nullable=False),
    sa.Column('last_confirmed_round', sa.Text(), nullable=True),
    sa.Column('relapse', sa.Text(), nullable=True),
    sa.Column('stated_limit', sa.Text(), nullable=True),
    sa.Column('head', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('NOT final OR wake_at IS NULL', name=op.f('ck_ticket_final_sleeps')),
    sa.CheckConstraint('final OR wake_at IS NOT NULL', name=op.f('ck_ticket_open_wakes')),
    sa.CheckConstraint('misses >= 0 AND relapses >= 0 AND confirmed >= 0', name=op.f('ck_ticket_measured_not_negative')),
    sa.CheckConstraint('id >= 1', name=op.f('ck_ticket_id_from_one')),
    sa.CheckConstraint('length(head) = 32', name=op.f('ck_ticket_head_length')),
    sa.CheckConstraint('late_days IS NULL OR late_at IS NULL', name=op.f('ck_ticket_late_once')),
    sa.CheckConstraint('late_days IS NULL OR late_days >= 0', name=op.f('ck_ticket_late_days_not_negative')),
    sa.CheckConstraint('NOT submitted OR submitted_at IS NOT NULL', name=op.f('ck_ticket_submitted_when')),
    sa.CheckConstraint('level >= 0 AND acted_level >= 0 AND attempt >= 0 AND urged >= 0', name=op.f('ck_ticket_levels_not_negative')),
    sa.CheckConstraint('serial >= 1', name=op.f('ck_ticket_serial_from_one')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_ticket_version_from_one')),
    sa.ForeignKeyConstraint(['definition'], ['definition.hash'], name=op.f('fk_ticket_definition')),
    sa.ForeignKeyConstraint(['lead'], ['unit.code'], name=op.f('fk_ticket_lead')),
    sa.ForeignKeyConstraint(['parent'], ['ticket.id'], name=op.f('fk_ticket_parent')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('number', name=op.f('uq_ticket_number')),
    sa.UniqueConstraint('office', 'year', 'serial', name=op.f('uq_ticket_office_year_serial'))
    )
    # SQLite takes the newest of two indexes that serve alike: those that hold least come last, or it would walk past all that is closed.
    op.create_index('ticket_titles', 'ticket', ['title_folded', 'number', 'id'], unique=False)
    op.create_index('ticket_changed', 'ticket', ['changed_at', 'id'], unique=False)
    op.create_index('ticket_in_state', 'ticket', ['state', 'promised_at', 'id'], unique=False)
    op.create_index('ticket_opened', 'ticket', ['opened_at', 'id'], unique=False)
    op.create_index('ticket_promised', 'ticket', ['promised_at', 'id'], unique=False)
    op.create_index('ticket_closed', 'ticket', ['closed_at', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NOT NULL'), postgresql_where=sa.text('closed_at IS NOT NULL'))
    op.create_index('ticket_closed_in_state', 'ticket', ['state', 'closed_at', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NOT NULL'), postgresql_where=sa.text('closed_at IS NOT NULL'))
    op.create_index('ticket_closed_for_measure', 'ticket', ['measure', 'closed_at', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NOT NULL'), postgresql_where=sa.text('closed_at IS NOT NULL'))
    op.create_index('ticket_closed_of_source', 'ticket', ['source', 'closed_at', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NOT NULL'), postgresql_where=sa.text('closed_at IS NOT NULL'))
    op.create_index('ticket_closed_by_lead', 'ticket', ['lead', 'closed_at', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NOT NULL'), postgresql_where=sa.text('closed_at IS NOT NULL'))
    op.create_index('ticket_closed_undated', 'ticket', ['id'], unique=False, sqlite_where=sa.text('final AND closed_at IS NULL'), postgresql_where=sa.text('final AND closed_at IS NULL'))
    op.create_index('ticket_repeating', 'ticket', ['repeats', 'id'], unique=False, sqlite_where=sa.text("repeats <> '[]'"), postgresql_where=sa.text("repeats <> '[]'"))
    op.create_index('ticket_repeating_due', 'ticket', ['promised_at', 'id'], unique=False, sqlite_where=sa.text("repeats <> '[]'"), postgresql_where=sa.text("repeats <> '[]'"))
    op.create_index('ticket_duplicates', 'ticket', ['duplicate_of'], unique=False, sqlite_where=sa.text('duplicate_of IS NOT NULL'), postgresql_where=sa.text('duplicate_of IS NOT NULL'))
    op.create_index('ticket_of_measure', 'ticket', ['measure', 'opened_at'], unique=False, sqlite_where=sa.text('measure IS NOT NULL'), postgresql_where=sa.text('measure IS NOT NULL'))
    op.create_index('ticket_problem', 'ticket', ['problem_key', 'id'], unique=False, sqlite_where=sa.text('problem_key IS NOT NULL'), postgresql_where=sa.text('problem_key IS NOT NULL'))
    op.create_index('ticket_problem_open', 'ticket', ['problem_key'], unique=True, sqlite_where=sa.text('problem_key IS NOT NULL AND NOT final'), postgresql_where=sa.text('problem_key IS NOT NULL AND NOT final'))
    op.create_index('ticket_relapsed', 'ticket', ['promised_at', 'id'], unique=False, sqlite_where=sa.text('relapse IS NOT NULL'), postgresql_where=sa.text('relapse IS NOT NULL'))
    op.create_index('ticket_of_parent', 'ticket', ['parent'], unique=False, sqlite_where=sa.text('parent IS NOT NULL'), postgresql_where=sa.text('parent IS NOT NULL'))
    op.create_index('ticket_office_due', 'ticket', ['office_due_at', 'id'], unique=False, sqlite_where=sa.text('office_due_at IS NOT NULL'), postgresql_where=sa.text('office_due_at IS NOT NULL'))
    op.create_index('ticket_opened_for', 'ticket', ['lead', 'opened_at'], unique=False, sqlite_where=sa.text('lead IS NOT NULL'), postgresql_where=sa.text('lead IS NOT NULL'))
    op.create_index('ticket_source_ref', 'ticket', ['source', 'source_ref'], unique=True, sqlite_where=sa.text('source_ref IS NOT NULL'), postgresql_where=sa.text('source_ref IS NOT NULL'))
    op.create_index('ticket_submitted', 'ticket', ['submitted_at', 'id'], unique=False, sqlite_where=sa.text('submitted_at IS NOT NULL'), postgresql_where=sa.text('submitted_at IS NOT NULL'))
    op.create_index('ticket_turn_due', 'ticket', ['due_at', 'id'], unique=False, sqlite_where=sa.text('due_at IS NOT NULL'), postgresql_where=sa.text('due_at IS NOT NULL'))
    op.create_index('ticket_wakes', 'ticket', ['wake_at', 'id'], unique=False, sqlite_where=sa.text('wake_at IS NOT NULL'), postgresql_where=sa.text('wake_at IS NOT NULL'))
    op.create_index('ticket_was_late', 'ticket', ['promised_at', 'id'], unique=False, sqlite_where=sa.text('late_days > 0'), postgresql_where=sa.text('late_days > 0'))
    op.create_index('ticket_changed_open', 'ticket', ['changed_at', 'id'], unique=False, sqlite_where=sa.text('NOT final'), postgresql_where=sa.text('NOT final'))
    op.create_index('ticket_for_measure', 'ticket', ['measure', 'promised_at', 'id'], unique=False, sqlite_where=sa.text('NOT final'), postgresql_where=sa.text('NOT final'))
    op.create_index('ticket_in_turn', 'ticket', ['turn', 'promised_at', 'id'], unique=False, sqlite_where=sa.text('NOT final'), postgresql_where=sa.text('NOT final'))
    op.create_index('ticket_level', 'ticket', ['level', 'id'], unique=False, sqlite_where=sa.text('NOT final'), postgresql_where=sa.text('NOT final'))
    op.create_index('ticket_of_batch', 'ticket', ['batch', 'id'], unique=False, sqlite_where=sa.text('batch IS NOT NULL'), postgresql_where=sa.text('batch IS NOT NULL'))
    op.create_index('ticket_of_visit', 'ticket', ['visit', 'id'], unique=False, sqlite_where=sa.text('visit IS NOT NULL'), postgresql_where=sa.text('visit IS NOT NULL'))
    op.create_index('ticket_of_lead', 'ticket', ['lead', 'promised_at', 'id'], unique=False, sqlite_where=sa.text('NOT final'), postgresql_where=sa.text('NOT final'))
    op.create_index('ticket_of_officer', 'ticket', ['officer', 'promised_at', 'id'], unique=False, sqlite_where=sa.text('NOT final'), postgresql_where=sa.text('NOT final'))
    op.create_index('ticket_of_source', 'ticket', ['source', 'promised_at', 'id'], unique=False, sqlite_where=sa.text('NOT final'), postgresql_where=sa.text('NOT final'))
    op.create_index('ticket_open', 'ticket', ['promised_at', 'id'], unique=False, sqlite_where=sa.text('NOT final'), postgresql_where=sa.text('NOT final'))
    op.create_index('ticket_under_way', 'ticket', ['id'], unique=False, sqlite_where=sa.text('NOT final'), postgresql_where=sa.text('NOT final'))
    op.create_index('ticket_blue', 'ticket', ['promised_at', 'id'], unique=False, sqlite_where=sa.text('request IS NOT NULL OR returns_to IS NOT NULL'), postgresql_where=sa.text('request IS NOT NULL OR returns_to IS NOT NULL'))
    op.create_index('ticket_instructed', 'ticket', ['promised_at', 'id'], unique=False, sqlite_where=sa.text('instructed'), postgresql_where=sa.text('instructed'))
    op.create_index('ticket_objected', 'ticket', ['promised_at', 'id'], unique=False, sqlite_where=sa.text("objections <> '{}'"), postgresql_where=sa.text("objections <> '{}'"))
    op.create_index('ticket_proposing', 'ticket', ['id'], unique=False, sqlite_where=sa.text("proposals <> '[]'"), postgresql_where=sa.text("proposals <> '[]'"))
    op.create_index('ticket_proposing_due', 'ticket', ['promised_at', 'id'], unique=False, sqlite_where=sa.text("proposals <> '[]'"), postgresql_where=sa.text("proposals <> '[]'"))
    op.create_table('unit_member',
    sa.Column('group_code', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.CheckConstraint('group_code <> unit', name=op.f('ck_unit_member_not_itself')),
    sa.ForeignKeyConstraint(['group_code'], ['unit.code'], name=op.f('fk_unit_member_group_code')),
    sa.ForeignKeyConstraint(['unit'], ['unit.code'], name=op.f('fk_unit_member_unit')),
    sa.PrimaryKeyConstraint('group_code', 'unit', name=op.f('pk_unit_member'))
    )
    op.create_table('unit_name',
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('place', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('valid_from', Day(), nullable=True),
    sa.Column('valid_to', Day(), nullable=True),
    sa.CheckConstraint("kind IN ('official', 'alias')", name=op.f('ck_unit_name_kind_known')),
    sa.ForeignKeyConstraint(['unit'], ['unit.code'], name=op.f('fk_unit_name_unit')),
    sa.PrimaryKeyConstraint('unit', 'name', 'place', name=op.f('pk_unit_name'))
    )
    op.create_index('unit_name_alias', 'unit_name', ['name'], unique=True, sqlite_where=sa.text("kind = 'alias' AND valid_to IS NULL"), postgresql_where=sa.text("kind = 'alias' AND valid_to IS NULL"))
    op.create_index('unit_name_current', 'unit_name', ['unit'], unique=True, sqlite_where=sa.text("kind = 'official' AND valid_to IS NULL"), postgresql_where=sa.text("kind = 'official' AND valid_to IS NULL"))
    op.create_index('unit_name_official', 'unit_name', ['name'], unique=True, sqlite_where=sa.text("kind = 'official' AND valid_to IS NULL"), postgresql_where=sa.text("kind = 'official' AND valid_to IS NULL"))
    op.create_table('sign_in_failure',
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('last_at', UtcTime(), nullable=False),
    sa.CheckConstraint('count >= 0', name=op.f('ck_sign_in_failure_count_not_negative')),
    sa.PrimaryKeyConstraint('who', name=op.f('pk_sign_in_failure'))
    )
    op.create_table('web_session',
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('begun_at', UtcTime(), nullable=False),
    sa.Column('seen_at', UtcTime(), nullable=False),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('agent', sa.Text(), nullable=True),
    sa.Column('halfway', sa.Boolean(create_constraint=True, name='halfway_truth'), nullable=False),
    sa.CheckConstraint('length(hash) = 32', name=op.f('ck_web_session_hash_length')),
    sa.ForeignKeyConstraint(['account'], ['account.name'], name=op.f('fk_web_session_account')),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_web_session'))
    )
    op.create_index('web_session_of_account', 'web_session', ['account'], unique=False)
    op.create_table('kept_answer',
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.Column('asked', sa.LargeBinary(), nullable=False),
    sa.Column('claim', sa.LargeBinary(), nullable=False),
    sa.Column('begun_at', UtcTime(), nullable=False),
    sa.Column('written', sa.Boolean(create_constraint=True, name='written_truth'), nullable=False),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('heads', sa.Text(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('length(hash) = 32', name=op.f('ck_kept_answer_hash_length')),
    sa.CheckConstraint('length(asked) = 32', name=op.f('ck_kept_answer_asked_length')),
    sa.CheckConstraint('length(claim) = 16', name=op.f('ck_kept_answer_claim_length')),
    sa.ForeignKeyConstraint(['account'], ['account.name'], name=op.f('fk_kept_answer_account')),
    sa.PrimaryKeyConstraint('account', 'hash', name=op.f('pk_kept_answer'))
    )
    op.create_index('kept_answer_begun', 'kept_answer', ['begun_at'], unique=False)
    op.create_table('saved_view',
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('wishes', sa.Text(), nullable=False),
    sa.Column('saved_by', sa.Text(), nullable=False),
    sa.Column('saved_at', UtcTime(), nullable=False),
    sa.CheckConstraint("audience IN ('own', 'unit', 'all')", name=op.f('ck_saved_view_audience')),
    sa.ForeignKeyConstraint(['saved_by'], ['account.name'], name=op.f('fk_saved_view_saved_by')),
    sa.PrimaryKeyConstraint('audience', 'owner', 'name', name=op.f('pk_saved_view'))
    )
    op.create_table('ledger_proposal',
    sa.Column('ticket', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('was', sa.Text(), nullable=True),
    sa.Column('says', sa.Text(), nullable=True),
    sa.Column('file', sa.Text(), nullable=False),
    sa.Column('sheet', sa.Text(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('told_at', UtcTime(), nullable=False),
    sa.CheckConstraint('length(file) = 64', name=op.f('ck_ledger_proposal_file_length')),
    sa.PrimaryKeyConstraint('ticket', 'field', name=op.f('pk_ledger_proposal'))
    )
    op.create_table('feedback_refusal',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('stated_at', UtcTime(), nullable=False),
    sa.Column('file', sa.Text(), nullable=True),
    sa.Column('line', sa.Integer(), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=True),
    sa.Column('refused_at', UtcTime(), nullable=False),
    sa.CheckConstraint('file IS NULL OR length(file) = 64', name=op.f('ck_feedback_refusal_file_length')),
    sa.PrimaryKeyConstraint('source', 'ref', name=op.f('pk_feedback_refusal'))
    )
    op.create_table('draft',
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('saved_at', UtcTime(), nullable=False),
    sa.ForeignKeyConstraint(['account'], ['account.name'], name=op.f('fk_draft_account')),
    sa.PrimaryKeyConstraint('account', 'about', name=op.f('pk_draft'))
    )
    op.create_table('last_sign_in',
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('signed_at', UtcTime(), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('before_at', UtcTime(), nullable=True),
    sa.Column('before_address', sa.Text(), nullable=True),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account'], ['account.name'], name=op.f('fk_last_sign_in_account')),
    sa.PrimaryKeyConstraint('account', name=op.f('pk_last_sign_in'))
    )
    op.create_table('invitation',
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('expires_at', UtcTime(), nullable=False),
    sa.CheckConstraint('length(hash) = 32', name=op.f('ck_invitation_hash_length')),
    sa.ForeignKeyConstraint(['account'], ['account.name'], name=op.f('fk_invitation_account')),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_invitation'))
    )
    op.create_index('invitation_of_account', 'invitation', ['account'], unique=False)
    op.create_table('account_title',
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('since', UtcTime(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['account'], ['account.name'], name=op.f('fk_account_title_account')),
    sa.PrimaryKeyConstraint('account', 'since', name=op.f('pk_account_title'))
    )
    op.create_table('stand_in',
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('deputy', sa.Text(), nullable=False),
    sa.Column('valid_from', UtcTime(), nullable=False),
    sa.Column('valid_to', UtcTime(), nullable=False),
    sa.CheckConstraint('account <> deputy', name=op.f('ck_stand_in_another')),
    sa.CheckConstraint('valid_from < valid_to', name=op.f('ck_stand_in_ends_after_start')),
    sa.ForeignKeyConstraint(['account'], ['account.name'], name=op.f('fk_stand_in_account')),
    sa.ForeignKeyConstraint(['deputy'], ['account.name'], name=op.f('fk_stand_in_deputy')),
    sa.PrimaryKeyConstraint('account', 'deputy', 'valid_from', name=op.f('pk_stand_in'))
    )
    op.create_table('token',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('per_minute', sa.Integer(), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('expires_at', UtcTime(), nullable=True),
    sa.Column('revoked_at', UtcTime(), nullable=True),
    sa.Column('used_at', UtcTime(), nullable=True),
    sa.CheckConstraint('length(hash) = 32', name=op.f('ck_token_hash_length')),
    sa.CheckConstraint('per_minute > 0', name=op.f('ck_token_answers_some')),
    sa.CheckConstraint("scope IN ('read', 'act', 'intake')", name=op.f('ck_token_scope_known')),
    sa.ForeignKeyConstraint(['account'], ['account.name'], name=op.f('fk_token_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_token'))
    )
    op.create_index('token_of_account', 'token', ['account'], unique=False)
    op.create_table('account_portfolio',
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['account'], ['account.name'], name=op.f('fk_account_portfolio_account')),
    sa.ForeignKeyConstraint(['unit'], ['unit.code'], name=op.f('fk_account_portfolio_unit')),
    sa.PrimaryKeyConstraint('account', 'unit', name=op.f('pk_account_portfolio'))
    )
    op.create_table('citation',
    sa.Column('stream', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['evidence.sha256'], name=op.f('fk_citation_sha256')),
    sa.ForeignKeyConstraint(['stream', 'seq'], ['event.stream', 'event.seq'], name=op.f('fk_citation_stream')),
    sa.PrimaryKeyConstraint('stream', 'seq', 'sha256', name=op.f('pk_citation'))
    )
    op.create_index('citation_of_file', 'citation', ['sha256', 'stream'], unique=False)
    op.create_table('cooperator',
    sa.Column('ticket', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('due_at', UtcTime(), nullable=True),
    sa.Column('promised_at', UtcTime(), nullable=True),
    sa.Column('final', sa.Boolean(create_constraint=True, name='final_truth'), nullable=False),
    sa.ForeignKeyConstraint(['ticket'], ['ticket.id'], name=op.f('fk_cooperator_ticket')),
    sa.ForeignKeyConstraint(['unit'], ['unit.code'], name=op.f('fk_cooperator_unit')),
    sa.PrimaryKeyConstraint('ticket', 'unit', name=op.f('pk_cooperator'))
    )
    op.create_index('cooperator_of_unit', 'cooperator', ['unit', 'ticket'], unique=False)
    op.create_index('cooperator_open', 'cooperator', ['unit', 'ticket'], unique=False, sqlite_where=sa.text('due_at IS NOT NULL'), postgresql_where=sa.text('due_at IS NOT NULL'))
    op.create_index('cooperator_promised', 'cooperator', ['unit', 'promised_at', 'ticket'], unique=False, sqlite_where=sa.text('NOT final'), postgresql_where=sa.text('NOT final'))

