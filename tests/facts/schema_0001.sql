BEGIN TRANSACTION;
CREATE TABLE account (
	name TEXT NOT NULL, 
	title TEXT NOT NULL, 
	role TEXT NOT NULL, 
	unit TEXT, 
	active BOOLEAN NOT NULL, 
	email TEXT, 
	phone TEXT, 
	chat TEXT, 
	password_hash TEXT, 
	password_at UTCTEXT, 
	second_factor TEXT, 
	identity TEXT, 
	valid_from UTCTEXT, 
	valid_to UTCTEXT, 
	CONSTRAINT pk_account PRIMARY KEY (name), 
	CONSTRAINT ck_account_role_known CHECK (role IN ('supervisor', 'head', 'contact', 'leader', 'auditor', 'admin', 'system', 'security', 'intake', 'watch')), 
	CONSTRAINT ck_account_unit_given CHECK (role NOT IN ('contact', 'head') OR unit IS NOT NULL), 
	CONSTRAINT fk_account_unit FOREIGN KEY(unit) REFERENCES unit (code), 
	CONSTRAINT ck_account_active_truth CHECK (active IN (0, 1))
);
INSERT INTO "account" VALUES('office','督办单位','supervisor',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "account" VALUES('admin','系统管理员','admin',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "account" VALUES('watch','系统值守','watch',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "account" VALUES('leader','分管市领导','leader',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "account" VALUES('auditor','审计员','auditor',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "account" VALUES('scjgj','联络员','contact','SCJGJ',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE account_portfolio (
	account TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	CONSTRAINT pk_account_portfolio PRIMARY KEY (account, unit), 
	CONSTRAINT fk_account_portfolio_account FOREIGN KEY(account) REFERENCES account (name), 
	CONSTRAINT fk_account_portfolio_unit FOREIGN KEY(unit) REFERENCES unit (code)
);
CREATE TABLE account_title (
	account TEXT NOT NULL, 
	since UTCTEXT NOT NULL, 
	title TEXT NOT NULL, 
	CONSTRAINT pk_account_title PRIMARY KEY (account, since), 
	CONSTRAINT fk_account_title_account FOREIGN KEY(account) REFERENCES account (name)
);
INSERT INTO "account_title" VALUES('office','2020-09-25T01:00:00.000000Z','督办单位');
INSERT INTO "account_title" VALUES('admin','2020-09-25T01:00:00.000000Z','系统管理员');
INSERT INTO "account_title" VALUES('watch','2020-09-25T01:00:00.000000Z','系统值守');
INSERT INTO "account_title" VALUES('leader','2020-09-25T01:00:00.000000Z','分管市领导');
INSERT INTO "account_title" VALUES('auditor','2020-09-25T01:00:00.000000Z','审计员');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001e');
CREATE TABLE batch (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	office TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	letter TEXT NOT NULL, 
	sender TEXT, 
	dated DAYTEXT NOT NULL, 
	assign_limit TEXT NOT NULL, 
	assign_due_at UTCTEXT NOT NULL, 
	rung INTEGER NOT NULL, 
	repeated INTEGER NOT NULL, 
	wake_at UTCTEXT, 
	received_at UTCTEXT NOT NULL, 
	received_by TEXT NOT NULL, 
	changed_at UTCTEXT NOT NULL, 
	closed_at UTCTEXT, 
	closed_by TEXT, 
	head BLOB NOT NULL, 
	CONSTRAINT pk_batch PRIMARY KEY (id), 
	CONSTRAINT ck_batch_closed_by_somebody CHECK ((closed_at IS NULL) = (closed_by IS NULL)), 
	CONSTRAINT ck_batch_open_wakes CHECK ((closed_at IS NULL) = (wake_at IS NOT NULL)), 
	CONSTRAINT ck_batch_id_from_one CHECK (id >= 1), 
	CONSTRAINT ck_batch_head_length CHECK (length(head) = 32), 
	CONSTRAINT ck_batch_serial_from_one CHECK (serial >= 1), 
	CONSTRAINT ck_batch_version_from_one CHECK (version >= 1), 
	CONSTRAINT uq_batch_letter_sender UNIQUE (letter, sender), 
	CONSTRAINT uq_batch_number UNIQUE (number), 
	CONSTRAINT uq_batch_year_serial UNIQUE (year, serial)
);
CREATE TABLE calendar (
	version TEXT NOT NULL, 
	name TEXT NOT NULL, 
	json TEXT NOT NULL, 
	notices TEXT NOT NULL, 
	loaded_at UTCTEXT NOT NULL, 
	current BOOLEAN NOT NULL, 
	CONSTRAINT pk_calendar PRIMARY KEY (version), 
	CONSTRAINT ck_calendar_current_truth CHECK (current IN (0, 1))
);
INSERT INTO "calendar" VALUES('e6a9f421375b','办公时间','{"covered_from":"2020-01-01","covered_until":"2021-12-31","dated_hours":{},"days":{"2020-01-01":{"kind":"holiday","name":"元旦","notice":"2020-01-27"},"2020-01-19":{"kind":"makeup","name":"春节","notice":"2020-01-27"},"2020-01-24":{"kind":"holiday","name":"春节","notice":"2020-01-27"},"2020-01-25":{"kind":"holiday","name":"春节","notice":"2020-01-27"},"2020-01-26":{"kind":"holiday","name":"春节","notice":"2020-01-27"},"2020-01-27":{"kind":"holiday","name":"春节","notice":"2020-01-27"},"2020-01-28":{"kind":"holiday","name":"春节","notice":"2020-01-27"},"2020-01-29":{"kind":"holiday","name":"春节","notice":"2020-01-27"},"2020-01-30":{"kind":"holiday","name":"春节","notice":"2020-01-27"},"2020-01-31":{"kind":"holiday","name":"春节","notice":"2020-01-27"},"2020-02-01":{"kind":"holiday","name":"春节","notice":"2020-01-27"},"2020-02-02":{"kind":"holiday","name":"春节","notice":"2020-01-27"},"2020-02-03":{"kind":"work","name":"","notice":"2020-01-27"},"2020-04-04":{"kind":"holiday","name":"清明节","notice":"2020-01-27"},"2020-04-05":{"kind":"holiday","name":"清明节","notice":"2020-01-27"},"2020-04-06":{"kind":"holiday","name":"清明节","notice":"2020-01-27"},"2020-04-26":{"kind":"makeup","name":"劳动节","notice":"2020-01-27"},"2020-05-01":{"kind":"holiday","name":"劳动节","notice":"2020-01-27"},"2020-05-02":{"kind":"holiday","name":"劳动节","notice":"2020-01-27"},"2020-05-03":{"kind":"holiday","name":"劳动节","notice":"2020-01-27"},"2020-05-04":{"kind":"holiday","name":"劳动节","notice":"2020-01-27"},"2020-05-05":{"kind":"holiday","name":"劳动节","notice":"2020-01-27"},"2020-05-09":{"kind":"makeup","name":"劳动节","notice":"2020-01-27"},"2020-06-25":{"kind":"holiday","name":"端午节","notice":"2020-01-27"},"2020-06-26":{"kind":"holiday","name":"端午节","notice":"2020-01-27"},"2020-06-27":{"kind":"holiday","name":"端午节","notice":"2020-01-27"},"2020-06-28":{"kind":"makeup","name":"端午节","notice":"2020-01-27"},"2020-09-27":{"kind":"makeup","name":"国庆节、中秋节","notice":"2020-01-27"},"2020-10-01":{"kind":"holiday","name":"国庆节、中秋节","notice":"2020-01-27"},"2020-10-02":{"kind":"holiday","name":"国庆节、中秋节","notice":"2020-01-27"},"2020-10-03":{"kind":"holiday","name":"国庆节、中秋节","notice":"2020-01-27"},"2020-10-04":{"kind":"holiday","name":"国庆节、中秋节","notice":"2020-01-27"},"2020-10-05":{"kind":"holiday","name":"国庆节、中秋节","notice":"2020-01-27"},"2020-10-06":{"kind":"holiday","name":"国庆节、中秋节","notice":"2020-01-27"},"2020-10-07":{"kind":"holiday","name":"国庆节、中秋节","notice":"2020-01-27"},"2020-10-08":{"kind":"holiday","name":"国庆节、中秋节","notice":"2020-01-27"},"2020-10-10":{"kind":"makeup","name":"国庆节、中秋节","notice":"2020-01-27"},"2021-01-01":{"kind":"holiday","name":"元旦","notice":"2020-11-25"},"2021-01-02":{"kind":"holiday","name":"元旦","notice":"2020-11-25"},"2021-01-03":{"kind":"holiday","name":"元旦","notice":"2020-11-25"},"2021-02-07":{"kind":"makeup","name":"春节","notice":"2020-11-25"},"2021-02-11":{"kind":"holiday","name":"春节","notice":"2020-11-25"},"2021-02-12":{"kind":"holiday","name":"春节","notice":"2020-11-25"},"2021-02-13":{"kind":"holiday","name":"春节","notice":"2020-11-25"},"2021-02-14":{"kind":"holiday","name":"春节","notice":"2020-11-25"},"2021-02-15":{"kind":"holiday","name":"春节","notice":"2020-11-25"},"2021-02-16":{"kind":"holiday","name":"春节","notice":"2020-11-25"},"2021-02-17":{"kind":"holiday","name":"春节","notice":"2020-11-25"},"2021-02-20":{"kind":"makeup","name":"春节","notice":"2020-11-25"},"2021-04-03":{"kind":"holiday","name":"清明节","notice":"2020-11-25"},"2021-04-04":{"kind":"holiday","name":"清明节","notice":"2020-11-25"},"2021-04-05":{"kind":"holiday","name":"清明节","notice":"2020-11-25"},"2021-04-25":{"kind":"makeup","name":"劳动节","notice":"2020-11-25"},"2021-05-01":{"kind":"holiday","name":"劳动节","notice":"2020-11-25"},"2021-05-02":{"kind":"holiday","name":"劳动节","notice":"2020-11-25"},"2021-05-03":{"kind":"holiday","name":"劳动节","notice":"2020-11-25"},"2021-05-04":{"kind":"holiday","name":"劳动节","notice":"2020-11-25"},"2021-05-05":{"kind":"holiday","name":"劳动节","notice":"2020-11-25"},"2021-05-08":{"kind":"makeup","name":"劳动节","notice":"2020-11-25"},"2021-06-12":{"kind":"holiday","name":"端午节","notice":"2020-11-25"},"2021-06-13":{"kind":"holiday","name":"端午节","notice":"2020-11-25"},"2021-06-14":{"kind":"holiday","name":"端午节","notice":"2020-11-25"},"2021-09-18":{"kind":"makeup","name":"中秋节","notice":"2020-11-25"},"2021-09-19":{"kind":"holiday","name":"中秋节","notice":"2020-11-25"},"2021-09-20":{"kind":"holiday","name":"中秋节","notice":"2020-11-25"},"2021-09-21":{"kind":"holiday","name":"中秋节","notice":"2020-11-25"},"2021-09-26":{"kind":"makeup","name":"国庆节","notice":"2020-11-25"},"2021-10-01":{"kind":"holiday","name":"国庆节","notice":"2020-11-25"},"2021-10-02":{"kind":"holiday","name":"国庆节","notice":"2020-11-25"},"2021-10-03":{"kind":"holiday","name":"国庆节","notice":"2020-11-25"},"2021-10-04":{"kind":"holiday","name":"国庆节","notice":"2020-11-25"},"2021-10-05":{"kind":"holiday","name":"国庆节","notice":"2020-11-25"},"2021-10-06":{"kind":"holiday","name":"国庆节","notice":"2020-11-25"},"2021-10-07":{"kind":"holiday","name":"国庆节","notice":"2020-11-25"},"2021-10-09":{"kind":"makeup","name":"国庆节","notice":"2020-11-25"}},"fixed_holidays":{"01-01":"元旦","05-01":"劳动节","10-01":"国庆节","10-02":"国庆节","10-03":"国庆节"},"hours":[["08:30","12:00"],["14:30","18:00"]],"name":"办公时间","weekday_hours":{},"weekend":[5,6],"zone":"Asia/Shanghai"}','[{"off":[{"date":"2020-01-01","name":"元旦"},{"date":"2020-01-24","name":"春节"},{"date":"2020-01-25","name":"春节"},{"date":"2020-01-26","name":"春节"},{"date":"2020-01-27","name":"春节"},{"date":"2020-01-28","name":"春节"},{"date":"2020-01-29","name":"春节"},{"date":"2020-01-30","name":"春节"},{"date":"2020-04-04","name":"清明节"},{"date":"2020-04-05","name":"清明节"},{"date":"2020-04-06","name":"清明节"},{"date":"2020-05-01","name":"劳动节"},{"date":"2020-05-02","name":"劳动节"},{"date":"2020-05-03","name":"劳动节"},{"date":"2020-05-04","name":"劳动节"},{"date":"2020-05-05","name":"劳动节"},{"date":"2020-06-25","name":"端午节"},{"date":"2020-06-26","name":"端午节"},{"date":"2020-06-27","name":"端午节"},{"date":"2020-10-01","name":"国庆节、中秋节"},{"date":"2020-10-02","name":"国庆节、中秋节"},{"date":"2020-10-03","name":"国庆节、中秋节"},{"date":"2020-10-04","name":"国庆节、中秋节"},{"date":"2020-10-05","name":"国庆节、中秋节"},{"date":"2020-10-06","name":"国庆节、中秋节"},{"date":"2020-10-07","name":"国庆节、中秋节"},{"date":"2020-10-08","name":"国庆节、中秋节"}],"published":"2019-11-21","work":[{"date":"2020-01-19","name":"春节"},{"date":"2020-02-01","name":"春节"},{"date":"2020-04-26","name":"劳动节"},{"date":"2020-05-09","name":"劳动节"},{"date":"2020-06-28","name":"端午节"},{"date":"2020-09-27","name":"国庆节、中秋节"},{"date":"2020-10-10","name":"国庆节、中秋节"}],"year":2020},{"off":[{"date":"2020-01-01","name":"元旦"},{"date":"2020-01-24","name":"春节"},{"date":"2020-01-25","name":"春节"},{"date":"2020-01-26","name":"春节"},{"date":"2020-01-27","name":"春节"},{"date":"2020-01-28","name":"春节"},{"date":"2020-01-29","name":"春节"},{"date":"2020-01-30","name":"春节"},{"date":"2020-01-31","name":"春节"},{"date":"2020-02-01","name":"春节"},{"date":"2020-02-02","name":"春节"},{"date":"2020-04-04","name":"清明节"},{"date":"2020-04-05","name":"清明节"},{"date":"2020-04-06","name":"清明节"},{"date":"2020-05-01","name":"劳动节"},{"date":"2020-05-02","name":"劳动节"},{"date":"2020-05-03","name":"劳动节"},{"date":"2020-05-04","name":"劳动节"},{"date":"2020-05-05","name":"劳动节"},{"date":"2020-06-25","name":"端午节"},{"date":"2020-06-26","name":"端午节"},{"date":"2020-06-27","name":"端午节"},{"date":"2020-10-01","name":"国庆节、中秋节"},{"date":"2020-10-02","name":"国庆节、中秋节"},{"date":"2020-10-03","name":"国庆节、中秋节"},{"date":"2020-10-04","name":"国庆节、中秋节"},{"date":"2020-10-05","name":"国庆节、中秋节"},{"date":"2020-10-06","name":"国庆节、中秋节"},{"date":"2020-10-07","name":"国庆节、中秋节"},{"date":"2020-10-08","name":"国庆节、中秋节"}],"published":"2020-01-27","work":[{"date":"2020-01-19","name":"春节"},{"date":"2020-02-03","name":"春节"},{"date":"2020-04-26","name":"劳动节"},{"date":"2020-05-09","name":"劳动节"},{"date":"2020-06-28","name":"端午节"},{"date":"2020-09-27","name":"国庆节、中秋节"},{"date":"2020-10-10","name":"国庆节、中秋节"}],"year":2020},{"off":[{"date":"2021-01-01","name":"元旦"},{"date":"2021-01-02","name":"元旦"},{"date":"2021-01-03","name":"元旦"},{"date":"2021-02-11","name":"春节"},{"date":"2021-02-12","name":"春节"},{"date":"2021-02-13","name":"春节"},{"date":"2021-02-14","name":"春节"},{"date":"2021-02-15","name":"春节"},{"date":"2021-02-16","name":"春节"},{"date":"2021-02-17","name":"春节"},{"date":"2021-04-03","name":"清明节"},{"date":"2021-04-04","name":"清明节"},{"date":"2021-04-05","name":"清明节"},{"date":"2021-05-01","name":"劳动节"},{"date":"2021-05-02","name":"劳动节"},{"date":"2021-05-03","name":"劳动节"},{"date":"2021-05-04","name":"劳动节"},{"date":"2021-05-05","name":"劳动节"},{"date":"2021-06-12","name":"端午节"},{"date":"2021-06-13","name":"端午节"},{"date":"2021-06-14","name":"端午节"},{"date":"2021-09-19","name":"中秋节"},{"date":"2021-09-20","name":"中秋节"},{"date":"2021-09-21","name":"中秋节"},{"date":"2021-10-01","name":"国庆节"},{"date":"2021-10-02","name":"国庆节"},{"date":"2021-10-03","name":"国庆节"},{"date":"2021-10-04","name":"国庆节"},{"date":"2021-10-05","name":"国庆节"},{"date":"2021-10-06","name":"国庆节"},{"date":"2021-10-07","name":"国庆节"}],"published":"2020-11-25","work":[{"date":"2021-02-07","name":"春节"},{"date":"2021-02-20","name":"春节"},{"date":"2021-04-25","name":"劳动节"},{"date":"2021-05-08","name":"劳动节"},{"date":"2021-09-18","name":"中秋节"},{"date":"2021-09-26","name":"国庆节"},{"date":"2021-10-09","name":"国庆节"}],"year":2021}]','2020-09-25T01:00:00.000000Z',1);
CREATE TABLE citation (
	stream BIGINT NOT NULL, 
	seq INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	CONSTRAINT pk_citation PRIMARY KEY (stream, seq, sha256), 
	CONSTRAINT fk_citation_sha256 FOREIGN KEY(sha256) REFERENCES evidence (sha256), 
	CONSTRAINT fk_citation_stream FOREIGN KEY(stream, seq) REFERENCES event (stream, seq)
);
CREATE TABLE cooperator (
	ticket BIGINT NOT NULL, 
	unit TEXT NOT NULL, 
	due_at UTCTEXT, 
	promised_at UTCTEXT, 
	final BOOLEAN NOT NULL, 
	CONSTRAINT pk_cooperator PRIMARY KEY (ticket, unit), 
	CONSTRAINT fk_cooperator_ticket FOREIGN KEY(ticket) REFERENCES ticket (id), 
	CONSTRAINT fk_cooperator_unit FOREIGN KEY(unit) REFERENCES unit (code), 
	CONSTRAINT ck_cooperator_final_truth CHECK (final IN (0, 1))
);
CREATE TABLE counter (
	office TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	last BIGINT NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (office, year), 
	CONSTRAINT ck_counter_last_from_one CHECK (last >= 1)
);
INSERT INTO "counter" VALUES('',0,4);
INSERT INTO "counter" VALUES('ZG',2020,4);
CREATE TABLE definition (
	hash TEXT NOT NULL, 
	name TEXT NOT NULL, 
	json TEXT NOT NULL, 
	source TEXT NOT NULL, 
	loaded_at UTCTEXT NOT NULL, 
	current BOOLEAN NOT NULL, 
	CONSTRAINT pk_definition PRIMARY KEY (hash), 
	CONSTRAINT ck_definition_hash_length CHECK (length(hash) = 64), 
	CONSTRAINT ck_definition_current_truth CHECK (current IN (0, 1))
);
INSERT INTO "definition" VALUES('aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d','rectification','{"clocks":{"accept":{"amount":{"*":"1 working day"},"before":null,"ladder":"accept","name":"accept","of":"lead","promise":false,"rests_in":["suspended","withdrawn"],"runs_with":null,"title":{"en":"time to accept","zh":"签收时限"},"urgent":{}},"answer":{"amount":{"*":"2 working days"},"before":null,"ladder":"office","name":"answer","of":"office","promise":false,"rests_in":[],"runs_with":"request","title":{"en":"time to answer","zh":"答复时限"},"urgent":{}},"assign":{"amount":{"*":"2 working days"},"before":null,"ladder":"office","name":"assign","of":"office","promise":false,"rests_in":["withdrawn"],"runs_with":null,"title":{"en":"time to assign","zh":"交办时限"},"urgent":{}},"part":{"amount":{"A":"2 working days","B":"2 working days","C":"1 working day"},"before":"rectify","ladder":"part","name":"part","of":"cooperator","promise":false,"rests_in":[],"runs_with":"part","title":{"en":"time for a cooperator''s part","zh":"配合时限"},"urgent":{}},"pause":{"amount":{"A":"60 days","B":"30 days","C":"30 days"},"before":null,"ladder":"office","name":"pause","of":"office","promise":false,"rests_in":[],"runs_with":"pause","title":{"en":"end of the suspension","zh":"暂缓期限"},"urgent":{}},"rectify":{"amount":{"A":"1 month","B":"15 working days","C":"5 working days"},"before":null,"ladder":"unit","name":"rectify","of":"lead","promise":true,"rests_in":["submitted","suspended","withdrawn"],"runs_with":null,"title":{"en":"time to rectify","zh":"整改时限"},"urgent":{}},"report":{"amount":{"*":"15 working days"},"before":null,"ladder":"report","name":"report","of":"lead","promise":false,"rests_in":["found","suspended","withdrawn"],"runs_with":"instruction","title":{"en":"time to report back","zh":"批示反馈时限"},"urgent":{"*":"3 working days"}},"review":{"amount":{"*":"3 months"},"before":null,"ladder":"review","name":"review","of":"lead","promise":false,"rests_in":["found","submitted","suspended","withdrawn"],"runs_with":"standing","title":{"en":"time to review","zh":"复核时限"},"urgent":{}},"sign":{"amount":{"*":"2 working days"},"before":null,"ladder":"office","name":"sign","of":"office","promise":false,"rests_in":["suspended"],"runs_with":"proposal","title":{"en":"time to sign","zh":"签发时限"},"urgent":{}},"verify":{"amount":{"*":"3 working days"},"before":null,"ladder":"office","name":"verify","of":"office","promise":false,"rests_in":["suspended","withdrawn"],"runs_with":null,"title":{"en":"time to verify","zh":"验收时限"},"urgent":{}}},"default_grade":"C","extensions":{"A":{"cap":"1 month","times":2},"B":{"cap":"15 working days","times":2},"C":{"cap":"5 working days","times":1}},"grades":{"A":{"en":"A (hard)","zh":"A类（疑难）"},"B":{"en":"B (across departments)","zh":"B类（跨部门）"},"C":{"en":"C (simple)","zh":"C类（简易）"}},"initial":"found","ladders":{"accept":{"name":"accept","rungs":[{"act":"fire","at":{"*":0},"letter":{},"level":0,"name":"deemed-accepted","tell":["lead","head"],"title":{"en":"deemed accepted","zh":"视同签收"},"trigger":"deemed-accepted"}]},"office":{"name":"office","rungs":[{"act":"notify","at":{"*":0},"letter":{},"level":1,"name":"office-due","tell":["office"],"title":{"en":"office due","zh":"督办单位到期"},"trigger":null},{"act":"notify","at":{"*":2},"letter":{},"level":2,"name":"office-late","tell":["office","leader"],"title":{"en":"office late","zh":"督办单位超时"},"trigger":null}]},"part":{"name":"part","rungs":[{"act":"notify","at":{"*":-1},"letter":{},"level":0,"name":"part-reminder","tell":["part"],"title":{"en":"reminder of a part","zh":"配合提醒"},"trigger":null},{"act":"notify","at":{"*":0},"letter":{},"level":1,"name":"part-urging","tell":["part","lead"],"title":{"en":"urging of a part","zh":"配合催办"},"trigger":null}]},"report":{"name":"report","rungs":[{"act":"notify","at":{"*":-2},"letter":{},"level":0,"name":"report-reminder","tell":["lead"],"title":{"en":"reminder to report back","zh":"批示反馈提醒"},"trigger":null},{"act":"notify","at":{"*":0},"letter":{},"level":1,"name":"report-urging","tell":["lead","head"],"title":{"en":"urged to report back","zh":"批示反馈催办"},"trigger":null},{"act":"notify","at":{"*":3},"letter":{},"level":2,"name":"report-late","tell":["office","leader"],"title":{"en":"late to report back","zh":"批示反馈超期"},"trigger":null}]},"review":{"name":"review","rungs":[{"act":"notify","at":{"*":-5},"letter":{},"level":0,"name":"review-reminder","tell":["lead"],"title":{"en":"reminder to review","zh":"复核提醒"},"trigger":null},{"act":"notify","at":{"*":0},"letter":{},"level":0,"name":"review-due","tell":["lead","office"],"title":{"en":"review due","zh":"复核到期"},"trigger":null},{"act":"notify","at":{"*":5},"letter":{},"level":0,"name":"review-late","tell":["office","head"],"title":{"en":"review late","zh":"复核超期"},"trigger":null}]},"unit":{"name":"unit","rungs":[{"act":"notify","at":{"A":-5,"B":-3,"C":-2},"letter":{},"level":0,"name":"reminder","tell":["lead"],"title":{"en":"reminder","zh":"提醒"},"trigger":null},{"act":"notify","at":{"*":0},"letter":{},"level":1,"name":"urging","tell":["lead","head"],"title":{"en":"urging notice","zh":"催办"},"trigger":null},{"act":"propose","at":{"*":3},"letter":{"*":"supervision-letter","court":"work-prompt","enterprise":"work-prompt","party":"work-prompt","vertical":"work-prompt"},"level":2,"name":"supervision-letter","tell":["office","leader"],"title":{"en":"supervision letter","zh":"督办"},"trigger":null},{"act":"propose","at":{"A":8,"B":8,"C":5},"letter":{"*":"circular","court":"report-to-group","enterprise":"report-to-group","party":"report-to-group","vertical":"report-to-group"},"level":3,"name":"circular","tell":["office","leader"],"title":{"en":"circular","zh":"通报"},"trigger":null},{"act":"propose","at":{"A":15,"B":15,"C":10},"letter":{"*":"interview","court":"ask-group","enterprise":"ask-group","party":"ask-group","vertical":"ask-group"},"level":4,"name":"interview","tell":["office","leader"],"title":{"en":"admonitory interview","zh":"约谈"},"trigger":null}]}},"name":"rectification","rule":["许昌市 2025 年营商环境问题线索办理：C 类（简易）5 个工作日，B 类（跨部门）15 个工作日，A 类（疑难）1 个月","政务服务热线督办规则：到期前催办；到期次日发催办通知；超过 5 个工作日未办结且未说明理由的，书面通报","政府督查工作条例（2021）：结论以事实和证据为据并告知被督查单位；督查人员与被督查事项无利害关系","督查工作规定：延期须在到期前书面申请，经单位负责人同意，督办单位在规定工作日内答复明确日期"],"states":{"assigned":{"clocks":["accept","rectify"],"final":false,"hidden":false,"name":"assigned","rests":false,"stage":"assigned","title":{"en":"to be accepted","zh":"待签收"},"turn":"lead"},"found":{"clocks":["assign"],"final":false,"hidden":true,"name":"found","rests":false,"stage":"found","title":{"en":"to be assigned","zh":"待交办"},"turn":"office"},"rectifying":{"clocks":["rectify"],"final":false,"hidden":false,"name":"rectifying","rests":false,"stage":"rectifying","title":{"en":"rectifying","zh":"整改中"},"turn":"lead"},"submitted":{"clocks":["verify"],"final":false,"hidden":false,"name":"submitted","rests":false,"stage":"submitted","title":{"en":"to be verified","zh":"待验收"},"turn":"office"},"suspended":{"clocks":[],"final":false,"hidden":false,"name":"suspended","rests":true,"stage":"suspended","title":{"en":"suspended","zh":"暂缓"},"turn":"office"},"verified":{"clocks":[],"final":true,"hidden":false,"name":"verified","rests":false,"stage":"verified","title":{"en":"verified","zh":"已销号"},"turn":null},"withdrawn":{"clocks":[],"final":true,"hidden":false,"name":"withdrawn","rests":false,"stage":"withdrawn","title":{"en":"withdrawn","zh":"已撤销"},"turn":null}},"title":{"en":"rectification","zh":"整改事项"},"triggers":{"accept":{"at_least":{},"back":[],"by":["lead"],"effects":["hand"],"guards":[],"input":[{"choices":[],"kind":"words","name":"note","required_for":[]}],"name":"accept","restart":{},"sources":["assigned"],"target":"rectifying","tell":[],"title":{"en":"accept","zh":"签收"}},"assign":{"at_least":{},"back":[],"by":["office"],"effects":["name-units","designate","plan-date","first-attempt","standing"],"guards":[{"grades":[],"name":"has-lead"},{"grades":[],"name":"lead-not-cooperator"},{"grades":[],"name":"due-ahead"},{"grades":[],"name":"standing-without-date"},{"grades":[],"name":"designate-with-basis"},{"grades":[],"name":"designate-after-two-denials"},{"grades":[],"name":"visit-consented"}],"input":[{"choices":[],"kind":"unit","name":"lead","required_for":[]},{"choices":[],"kind":"units","name":"with","required_for":[]},{"choices":[],"kind":"leader","name":"leader","required_for":[]},{"choices":[],"kind":"when","name":"due","required_for":[]},{"choices":[],"kind":"flag","name":"designate","required_for":[]},{"choices":[],"kind":"words","name":"basis","required_for":[]},{"choices":[],"kind":"flag","name":"standing","required_for":[]},{"choices":[],"kind":"words","name":"note","required_for":[]}],"name":"assign","restart":{},"sources":["found"],"target":"assigned","tell":["lead","cooperator"],"title":{"en":"assign","zh":"交办"}},"comment":{"at_least":{},"back":[],"by":["office","lead","cooperator","head","leader"],"effects":["internal"],"guards":[],"input":[{"choices":[],"kind":"words","name":"note","required_for":["*"]},{"choices":[],"kind":"flag","name":"to_unit","required_for":[]}],"name":"comment","restart":{},"sources":["found","assigned","rectifying","submitted","verified","suspended","withdrawn"],"target":null,"tell":[],"title":{"en":"comment","zh":"备注"}},"consent":{"at_least":{},"back":[],"by":["leader","office"],"effects":["consent"],"guards":[{"grades":[],"name":"consent-awaited"},{"grades":[],"name":"speaks-for-a-leader"},{"grades":[],"name":"leader-or-scan"}],"input":[{"choices":[],"kind":"text","name":"about","required_for":[]},{"choices":[],"kind":"flag","name":"refuse","required_for":[]},{"choices":[],"kind":"leader","name":"by","required_for":[]},{"choices":[],"kind":"words","name":"note","required_for":[]}],"name":"consent","restart":{},"sources":["found","assigned","rectifying","submitted"],"target":null,"tell":["office"],"title":{"en":"consent","zh":"领导审定"}},"decline":{"at_least":{},"back":[],"by":["lead"],"effects":["deny"],"guards":[{"grades":[],"name":"within-accept-limit"},{"grades":[],"name":"not-designated"},{"grades":[],"name":"once-a-unit"}],"input":[{"choices":[],"kind":"words","name":"reason","required_for":["*"]},{"choices":[],"kind":"words","name":"clause","required_for":[]},{"choices":[],"kind":"unit","name":"suggest","required_for":[]},{"choices":[],"kind":"words","name":"approved_by","required_for":["A","B"]}],"name":"decline","restart":{},"sources":["assigned"],"target":"found","tell":["office"],"title":{"en":"decline","zh":"申请退回"}},"deemed-accepted":{"at_least":{},"back":[],"by":["watch"],"effects":[],"guards":[],"input":[],"name":"deemed-accepted","restart":{},"sources":["assigned"],"target":"rectifying","tell":[],"title":{"en":"deemed accepted","zh":"视同签收"}},"endorse":{"at_least":{},"back":[],"by":["head","lead"],"effects":["endorse"],"guards":[{"grades":[],"name":"not-yet-endorsed"},{"grades":[],"name":"head-or-scan"}],"input":[{"choices":[],"kind":"words","name":"note","required_for":[]}],"name":"endorse","restart":{},"sources":["rectifying"],"target":null,"tell":["lead","head"],"title":{"en":"endorse","zh":"审签"}},"grant":{"at_least":{},"back":[],"by":["office"],"effects":["grant"],"guards":[{"grades":[],"name":"request-open"},{"grades":[],"name":"later-than-due"},{"grades":[],"name":"within-cap"},{"grades":[],"name":"second-extension-agreed"}],"input":[{"choices":[],"kind":"when","name":"to","required_for":[]},{"choices":[],"kind":"words","name":"note","required_for":[]}],"name":"grant","restart":{},"sources":["rectifying"],"target":null,"tell":["lead"],"title":{"en":"grant","zh":"同意延期"}},"instruct":{"at_least":{},"back":[],"by":["leader","office"],"effects":["instruct"],"guards":[{"grades":[],"name":"speaks-for-a-leader"},{"grades":[],"name":"report-ahead"}],"input":[{"choices":[],"kind":"words","name":"note","required_for":["*"]},{"choices":[],"kind":"leader","name":"by","required_for":[]},{"choices":[],"kind":"when","name":"report_by","required_for":[]},{"choices":[],"kind":"flag","name":"urgent","required_for":[]}],"name":"instruct","restart":{},"sources":["assigned","rectifying","submitted","suspended"],"target":null,"tell":["lead","head","office"],"title":{"en":"instruct","zh":"批示"}},"issue":{"at_least":{},"back":[],"by":["office"],"effects":["issue"],"guards":[{"grades":[],"name":"proposal-open"},{"grades":[],"name":"names-a-proposal"},{"grades":[],"name":"circular-agreed"}],"input":[{"choices":[],"kind":"text","name":"by","required_for":["*"]},{"choices":[],"kind":"text","name":"rung","required_for":[]},{"choices":[],"kind":"words","name":"note","required_for":[]}],"name":"issue","restart":{},"sources":["assigned","rectifying","submitted"],"target":null,"tell":["lead","head"],"title":{"en":"issue","zh":"签发"}},"object":{"at_least":{},"back":[],"by":["cooperator"],"effects":["object"],"guards":[{"grades":[],"name":"not-yet-signed"},{"grades":[],"name":"not-yet-objected"}],"input":[{"choices":[],"kind":"words","name":"reason","required_for":["*"]}],"name":"object","restart":{},"sources":["assigned","rectifying"],"target":null,"tell":["lead","office"],"title":{"en":"object","zh":"提出异议"}},"progress":{"at_least":{},"back":[],"by":["lead","cooperator"],"effects":["evidence","revised"],"guards":[],"input":[{"choices":[],"kind":"words","name":"note","required_for":["*"]}],"name":"progress","restart":{},"sources":["assigned","rectifying"],"target":null,"tell":["office"],"title":{"en":"report progress","zh":"进展"}},"reassign":{"at_least":{},"back":[],"by":["office"],"effects":["name-units","void-signatures","drop-request","plan-date","next-attempt","standing"],"guards":[{"grades":[],"name":"new-lead"},{"grades":[],"name":"lead-not-cooperator"},{"grades":[],"name":"due-ahead"},{"grades":[],"name":"standing-without-date"}],"input":[{"choices":[],"kind":"unit","name":"lead","required_for":["*"]},{"choices":[],"kind":"units","name":"with","required_for":[]},{"choices":[],"kind":"words","name":"reason","required_for":["*"]},{"choices":[],"kind":"when","name":"due","required_for":[]}],"name":"reassign","restart":{"accept":{},"rectify":{}},"sources":["assigned","rectifying"],"target":"assigned","tell":["lead","cooperator"],"title":{"en":"reassign","zh":"改派"}},"refuse":{"at_least":{},"back":[],"by":["office"],"effects":["refuse"],"guards":[{"grades":[],"name":"request-open"}],"input":[{"choices":[],"kind":"words","name":"reason","required_for":["*"]}],"name":"refuse","restart":{},"sources":["rectifying"],"target":null,"tell":["lead"],"title":{"en":"refuse","zh":"不同意延期"}},"reinstate":{"at_least":{},"back":["found","assigned","rectifying","submitted"],"by":["office"],"effects":["units-in-force","take-back","plan-date"],"guards":[{"grades":[],"name":"lead-in-force"},{"grades":[],"name":"keeps-lead"},{"grades":[],"name":"date-not-in-pause"},{"grades":[],"name":"due-ahead"},{"grades":[],"name":"standing-without-date"}],"input":[{"choices":[],"kind":"words","name":"reason","required_for":["*"]},{"choices":[],"kind":"unit","name":"lead","required_for":[]},{"choices":[],"kind":"when","name":"due","required_for":[]}],"name":"reinstate","restart":{},"sources":["withdrawn"],"target":null,"tell":["lead","cooperator"],"title":{"en":"reinstate","zh":"撤回撤销"}},"reject":{"at_least":{"rectify":{"A":"5 working days","B":"3 working days","C":"3 working days"}},"back":[],"by":["office"],"effects":["sign-again","next-attempt","plan-date"],"guards":[{"grades":[],"name":"other-hands"},{"grades":[],"name":"due-ahead"},{"grades":[],"name":"standing-without-date"},{"grades":[],"name":"again-signed"}],"input":[{"choices":[],"kind":"words","name":"reason","required_for":["*"]},{"choices":[],"kind":"when","name":"due","required_for":[]},{"choices":[],"kind":"units","name":"again","required_for":[]}],"name":"reject","restart":{},"sources":["submitted"],"target":"rectifying","tell":["lead"],"title":{"en":"reject","zh":"退回整改"}},"reopen":{"at_least":{},"back":[],"by":["office"],"effects":["units-in-force","void-signatures","reopen","next-attempt","plan-date","standing"],"guards":[{"grades":[],"name":"lead-in-force"},{"grades":[],"name":"due-ahead"},{"grades":[],"name":"standing-without-date"}],"input":[{"choices":[],"kind":"words","name":"reason","required_for":["*"]},{"choices":["relapse","correction"],"kind":"choice","name":"as","required_for":[]},{"choices":[],"kind":"unit","name":"lead","required_for":[]},{"choices":[],"kind":"when","name":"due","required_for":[]}],"name":"reopen","restart":{"rectify":{"A":"10 working days","B":"5 working days","C":"3 working days"}},"sources":["verified"],"target":"rectifying","tell":["lead"],"title":{"en":"reopen","zh":"重新整改"}},"report-back":{"at_least":{},"back":[],"by":["lead"],"effects":["report-back"],"guards":[{"grades":[],"name":"instruction-open"}],"input":[{"choices":[],"kind":"words","name":"note","required_for":["*"]}],"name":"report-back","restart":{},"sources":["assigned","rectifying","submitted","suspended","verified"],"target":null,"tell":["office","leader"],"title":{"en":"report back","zh":"批示反馈"}},"request-extension":{"at_least":{},"back":[],"by":["lead"],"effects":["ask"],"guards":[{"grades":[],"name":"has-date"},{"grades":[],"name":"before-due"},{"grades":[],"name":"later-than-due"},{"grades":[],"name":"within-cap"},{"grades":[],"name":"no-open-request"},{"grades":[],"name":"extensions-left"}],"input":[{"choices":[],"kind":"when","name":"to","required_for":["*"]},{"choices":[],"kind":"words","name":"reason","required_for":["*"]},{"choices":[],"kind":"words","name":"approved_by","required_for":["A","B"]}],"name":"request-extension","restart":{},"sources":["rectifying"],"target":null,"tell":["office"],"title":{"en":"request an extension","zh":"申请延期"}},"resume":{"at_least":{},"back":["assigned","rectifying","submitted"],"by":["office"],"effects":["plan-date"],"guards":[{"grades":[],"name":"date-not-in-pause"},{"grades":[],"name":"due-ahead"}],"input":[{"choices":[],"kind":"words","name":"note","required_for":[]},{"choices":[],"kind":"when","name":"due","required_for":[]}],"name":"resume","restart":{},"sources":["suspended"],"target":null,"tell":["lead"],"title":{"en":"resume","zh":"恢复"}},"review":{"at_least":{},"back":[],"by":["office","lead"],"effects":["review"],"guards":[{"grades":[],"name":"is-standing"}],"input":[{"choices":[],"kind":"words","name":"note","required_for":["*"]}],"name":"review","restart":{},"sources":["assigned","rectifying"],"target":null,"tell":["office","lead"],"title":{"en":"review","zh":"定期复核"}},"send-back":{"at_least":{},"back":[],"by":["head"],"effects":["send-back"],"guards":[{"grades":[],"name":"not-yet-endorsed"},{"grades":[],"name":"not-yet-sent-back"}],"input":[{"choices":[],"kind":"words","name":"reason","required_for":["*"]}],"name":"send-back","restart":{},"sources":["rectifying"],"target":null,"tell":["lead"],"title":{"en":"send back for revision","zh":"退回修改"}},"sign-off":{"at_least":{},"back":[],"by":["cooperator"],"effects":["sign","hand"],"guards":[{"grades":[],"name":"not-yet-signed"}],"input":[{"choices":[],"kind":"words","name":"note","required_for":[]}],"name":"sign-off","restart":{},"sources":["rectifying"],"target":null,"tell":["lead"],"title":{"en":"sign off","zh":"配合确认"}},"submit":{"at_least":{},"back":[],"by":["lead"],"effects":["hand","evidence","submit","leave-out"],"guards":[{"grades":[],"name":"all-signed-off"},{"grades":[],"name":"late-left-out"},{"grades":["A","B"],"name":"endorsed"}],"input":[{"choices":[],"kind":"words","name":"note","required_for":["*"]},{"choices":[],"kind":"units","name":"without","required_for":[]},{"choices":[],"kind":"words","name":"reason","required_for":[]}],"name":"submit","restart":{},"sources":["rectifying"],"target":"submitted","tell":["office"],"title":{"en":"submit","zh":"申请销号"}},"suspend":{"at_least":{},"back":[],"by":["office"],"effects":["remember-state","pause"],"guards":[{"grades":[],"name":"no-open-request"},{"grades":[],"name":"until-ahead"},{"grades":[],"name":"new-end-named"},{"grades":[],"name":"within-longest-pause"}],"input":[{"choices":[],"kind":"words","name":"reason","required_for":["*"]},{"choices":[],"kind":"when","name":"until","required_for":[]}],"name":"suspend","restart":{},"sources":["assigned","rectifying","submitted","suspended"],"target":"suspended","tell":["lead","cooperator"],"title":{"en":"suspend","zh":"暂缓"}},"urge":{"at_least":{},"back":[],"by":["office"],"effects":["urge"],"guards":[],"input":[{"choices":["phone","sms","visit"],"kind":"choice","name":"by","required_for":[]},{"choices":[],"kind":"words","name":"note","required_for":[]}],"name":"urge","restart":{},"sources":["assigned","rectifying"],"target":null,"tell":["lead"],"title":{"en":"urge","zh":"电话催办"}},"verify":{"at_least":{},"back":[],"by":["office"],"effects":["close"],"guards":[{"grades":[],"name":"other-hands"},{"grades":["A","B"],"name":"not-on-the-visit"},{"grades":["A","B"],"name":"evidence-handed-in"},{"grades":["A"],"name":"not-who-assigned"},{"grades":["A"],"name":"instructions-answered"}],"input":[{"choices":[],"kind":"words","name":"note","required_for":["A","B"]}],"name":"verify","restart":{},"sources":["submitted"],"target":"verified","tell":["lead"],"title":{"en":"verify","zh":"验收销号"}},"waive":{"at_least":{},"back":[],"by":["office"],"effects":["waive"],"guards":[{"grades":[],"name":"proposal-open"},{"grades":[],"name":"names-a-proposal"}],"input":[{"choices":[],"kind":"words","name":"reason","required_for":["*"]},{"choices":[],"kind":"text","name":"rung","required_for":[]}],"name":"waive","restart":{},"sources":["assigned","rectifying","submitted"],"target":null,"tell":[],"title":{"en":"waive","zh":"不予签发"}},"withdraw":{"at_least":{},"back":[],"by":["office"],"effects":["remember-withdrawn","close-as","note-original"],"guards":[{"grades":[],"name":"duplicate-names-the-other"},{"grades":[],"name":"original-kept"}],"input":[{"choices":[],"kind":"words","name":"reason","required_for":["*"]},{"choices":["duplicate","mistake","not-a-problem"],"kind":"choice","name":"as","required_for":[]},{"choices":[],"kind":"ticket","name":"of","required_for":[]}],"name":"withdraw","restart":{},"sources":["found","assigned","rectifying","submitted","suspended"],"target":"withdrawn","tell":["lead"],"title":{"en":"withdraw","zh":"撤销"}}}}','rectification.yaml','2020-09-25T01:00:00.000000Z',1);
CREATE TABLE draft (
	account TEXT NOT NULL, 
	about TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	saved_at UTCTEXT NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (account, about), 
	CONSTRAINT fk_draft_account FOREIGN KEY(account) REFERENCES account (name)
);
CREATE TABLE event (
	id INTEGER NOT NULL, 
	stream BIGINT NOT NULL, 
	seq INTEGER NOT NULL, 
	at UTCTEXT NOT NULL, 
	actor TEXT NOT NULL, 
	role TEXT NOT NULL, 
	unit TEXT, 
	via TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	from_state TEXT, 
	to_state TEXT, 
	data TEXT NOT NULL, 
	words TEXT, 
	hash BLOB NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (id), 
	CONSTRAINT ck_event_hash_length CHECK (length(hash) = 32), 
	CONSTRAINT ck_event_seq_from_one CHECK (seq >= 1), 
	CONSTRAINT ck_event_stream_not_negative CHECK (stream >= 0), 
	CONSTRAINT uq_event_stream_seq UNIQUE (stream, seq)
);
INSERT INTO "event" VALUES(1,0,1,'2020-09-25T01:00:00.000000Z','admin','admin',NULL,'init','set',NULL,NULL,'{"office":"ZG","rows":[{"put":{"name":"office","value":"ZG"},"table":"setting"},{"put":{"name":"name","value":"督办单位"},"table":"setting"},{"put":{"name":"city","value":""},"table":"setting"},{"put":{"name":"sandbox","value":"2020-09-25T01:00:00.000000Z"},"table":"setting"}],"rules":1,"sandbox":"2020-09-25T01:00:00.000000Z"}',NULL,X'5D861AD078F4DE3F5B43F6A7915464664FB7837867EB5612448A83B6002E70E1');
INSERT INTO "event" VALUES(2,0,2,'2020-09-25T01:00:00.000000Z','admin','admin',NULL,'init','set',NULL,NULL,'{"algorithms":{"chain":"sha256","signature":"ed25519","tree":"rfc6962-sha256"},"key":"zg/ZG/0123456789abcdef+e361c1c7+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c","name":"key","rows":[{"put":{"name":"key","value":"zg/ZG/0123456789abcdef+e361c1c7+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"},"table":"setting"}]}',NULL,X'D2C3EB6859A241D7413A377BB0B972D21BC90B1F13FC0C071F1A5E5AFD82FC45');
INSERT INTO "event" VALUES(3,0,3,'2020-09-25T01:00:00.000000Z','admin','admin',NULL,'init','loaded',NULL,NULL,'{"covered_until":"2021-12-31","rows":[{"put":{"current":true,"json":{"sha256":"e6a9f421375ba27bd1ed078ccd07eb976743f6f7f9e674c544e767c404dd72e0"},"loaded_at":"2020-09-25T01:00:00.000000Z","name":"办公时间","notices":{"sha256":"b49f3f55f9b7dbe43f1231ff57d1755fb53793a9373be894392d1897dbeff98d"},"version":"e6a9f421375b"},"table":"calendar"}],"version":"e6a9f421375b","what":"calendar"}',NULL,X'FC79648EDFCA9739CC77E1C75B91992E9D4438E9FA9673219E482EA04CABF29D');
INSERT INTO "event" VALUES(4,0,4,'2020-09-25T01:00:00.000000Z','admin','admin',NULL,'init','loaded',NULL,NULL,'{"hash":"aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d","name":"rectification","rows":[{"put":{"current":true,"hash":"aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d","json":{"sha256":"aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d"},"loaded_at":"2020-09-25T01:00:00.000000Z","name":"rectification","source":"rectification.yaml"},"table":"definition"}],"source":"rectification.yaml","what":"workflow"}',NULL,X'DACC89C1D6690A5F933E1EF4FED025C2CAAD01E4251B4D144DEF967468A89CAF');
INSERT INTO "event" VALUES(5,0,5,'2020-09-25T01:00:00.000000Z','admin','admin',NULL,'init','loaded',NULL,NULL,'{"names":["office","admin","watch","leader","auditor"],"rows":[{"put":{"active":true,"chat":null,"email":null,"identity":null,"name":"office","password_at":null,"password_hash":null,"phone":null,"role":"supervisor","second_factor":null,"title":{"word":"account.office.title"},"unit":null,"valid_from":null,"valid_to":null},"table":"account"},{"put":{"active":true,"chat":null,"email":null,"identity":null,"name":"admin","password_at":null,"password_hash":null,"phone":null,"role":"admin","second_factor":null,"title":{"word":"account.admin.title"},"unit":null,"valid_from":null,"valid_to":null},"table":"account"},{"put":{"active":true,"chat":null,"email":null,"identity":null,"name":"watch","password_at":null,"password_hash":null,"phone":null,"role":"watch","second_factor":null,"title":{"word":"account.watch.title"},"unit":null,"valid_from":null,"valid_to":null},"table":"account"},{"put":{"active":true,"chat":null,"email":null,"identity":null,"name":"leader","password_at":null,"password_hash":null,"phone":null,"role":"leader","second_factor":null,"title":{"word":"account.leader.title"},"unit":null,"valid_from":null,"valid_to":null},"table":"account"},{"put":{"active":true,"chat":null,"email":null,"identity":null,"name":"auditor","password_at":null,"password_hash":null,"phone":null,"role":"auditor","second_factor":null,"title":{"word":"account.auditor.title"},"unit":null,"valid_from":null,"valid_to":null},"table":"account"},{"put":{"account":"office","since":"2020-09-25T01:00:00.000000Z","title":{"word":"account.office.title"}},"table":"account_title"},{"put":{"account":"admin","since":"2020-09-25T01:00:00.000000Z","title":{"word":"account.admin.title"}},"table":"account_title"},{"put":{"account":"watch","since":"2020-09-25T01:00:00.000000Z","title":{"word":"account.watch.title"}},"table":"account_title"},{"put":{"account":"leader","since":"2020-09-25T01:00:00.000000Z","title":{"word":"account.leader.title"}},"table":"account_title"},{"put":{"account":"auditor","since":"2020-09-25T01:00:00.000000Z","title":{"word":"account.auditor.title"}},"table":"account_title"}],"what":"accounts","words":"addfb92299261c36661eee50285f373b4d3dc8293c19ad12e6543e0f076970f4"}','{"salt":"salt","text":{"account.admin.title":"系统管理员","account.auditor.title":"审计员","account.leader.title":"分管市领导","account.office.title":"督办单位","account.watch.title":"系统值守"}}',X'C46C129EF1B191EE3CB5E0B6EDD83BDF8CB4965AF3C7CAD47799899747C0CD2C');
INSERT INTO "event" VALUES(6,0,6,'2020-09-25T01:00:00.000000Z','admin','admin',NULL,'test','set',NULL,NULL,'{"name":"rows","rows":[{"put":{"code":"SCJGJ","in_source":false,"kind":"bureau","parent":null,"rank_group":null,"relation":"subordinate","successor":null,"valid_from":null,"valid_to":null},"table":"unit"},{"put":{"active":true,"chat":null,"email":null,"identity":null,"name":"scjgj","password_at":null,"password_hash":null,"phone":null,"role":"contact","second_factor":null,"title":{"word":"account.scjgj.title"},"unit":"SCJGJ","valid_from":null,"valid_to":null},"table":"account"}],"words":"cefa5f5eac6551ff2da49640776edd52a2a4e0e31b9ec180ef968d0c1dd2225c"}','{"salt":"salt","text":{"account.scjgj.title":"联络员"}}',X'09B0F4DA1CAC7A207330FAC24FF93CAFD7B527B87F5421D068DC1A9524205510');
INSERT INTO "event" VALUES(7,1,1,'2020-09-25T01:00:00.000000Z','office','supervisor',NULL,'cli','opened',NULL,'found','{"definition":"aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d","effects":{"deadlines":{"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"next_at":"2020-09-28T10:00:00.000000Z","of":"office","started_at":"2020-09-25T01:00:00.000000Z"}},"turn":"office","wake_at":"2020-09-28T10:00:00.000000Z"},"given":["detail","title"],"grade":"C","number":"ZG-2020-0001","office":"ZG","source":"visit","words":"6c55582315a9af763b220e76c43c29aa5b7ba985de30ac2746cdfb26f3e379ba","workflow":"rectification"}','{"salt":"salt","text":{"detail":"明察暗访发现","title":"企业开办材料重复提交"}}',X'9A958E68CE8F0507F532AB4FA0DFAE237E5169548D87B8D7D9D387C6D8191DB5');
INSERT INTO "event" VALUES(8,2,1,'2020-09-25T01:00:00.000000Z','office','supervisor',NULL,'cli','opened',NULL,'found','{"definition":"aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d","effects":{"deadlines":{"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"next_at":"2020-09-28T10:00:00.000000Z","of":"office","started_at":"2020-09-25T01:00:00.000000Z"}},"turn":"office","wake_at":"2020-09-28T10:00:00.000000Z"},"given":["detail","title"],"grade":"C","number":"ZG-2020-0002","office":"ZG","source":"visit","words":"2ef802a1bb0d69628c1992bf81eb846379f5015bf387dd4ba0269775314a5ab1","workflow":"rectification"}','{"salt":"salt","text":{"detail":"明察暗访发现","title":"窗口无人值守"}}',X'A45E8F8BA2F3779B600159BAA533BC8CE7D1DB4EFFD8BE7CE5855DF2F31BD4B0');
INSERT INTO "event" VALUES(9,3,1,'2020-09-25T01:00:00.000000Z','office','supervisor',NULL,'cli','opened',NULL,'found','{"definition":"aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d","effects":{"deadlines":{"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"next_at":"2020-09-28T10:00:00.000000Z","of":"office","started_at":"2020-09-25T01:00:00.000000Z"}},"turn":"office","wake_at":"2020-09-28T10:00:00.000000Z"},"given":["detail","title"],"grade":"C","number":"ZG-2020-0003","office":"ZG","source":"visit","words":"104e6c19bde6ccbd7c4f84771e2d9f86b61447847280aff74d062faa6cce5ec7","workflow":"rectification"}','{"salt":"salt","text":{"detail":"明察暗访发现","title":"办事指南与网上不一致"}}',X'6B0FAA16663599982D8A8070FCCA3AD6D701A0603272C4CFE85E4D353C95FE58');
INSERT INTO "event" VALUES(10,4,1,'2020-09-25T01:00:00.000000Z','office','supervisor',NULL,'cli','opened',NULL,'found','{"definition":"aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d","effects":{"deadlines":{"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"next_at":"2020-09-28T10:00:00.000000Z","of":"office","started_at":"2020-09-25T01:00:00.000000Z"}},"turn":"office","wake_at":"2020-09-28T10:00:00.000000Z"},"given":["detail","title"],"grade":"C","number":"ZG-2020-0004","office":"ZG","source":"visit","words":"af4df14cef6ca3a60dfd1b6958d971b32901f606337abbfbdd0b3ac8381512d4","workflow":"rectification"}','{"salt":"salt","text":{"detail":"明察暗访发现","title":"待交办的一件"}}',X'2750F56C2CC819DD0F6B7B85AE7E4B4025C996F8AD29AF1A1107AB6806AD93E8');
INSERT INTO "event" VALUES(11,1,2,'2020-09-25T01:00:00.000000Z','office','supervisor',NULL,'cli','did','found','assigned','{"effects":{"assigned_at":"2020-09-25T01:00:00.000000Z","assigned_by":"office","attempt":1,"deadlines":{"accept":{"amount":"1 working day","calendar":"e6a9f421375b","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","epoch":1,"next_at":"2020-09-27T10:00:00.000000Z","of":"lead","started_at":"2020-09-25T01:00:00.000000Z"},"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"of":"office","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"next_at":"2020-09-29T00:30:00.000000Z","of":"lead","promise":true,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-09-29T00:30:00.000000Z"}},"designated":false,"hands":[],"lead":"SCJGJ","turn":"lead","wake_at":"2020-09-27T10:00:00.000000Z"},"input":{"lead":"SCJGJ"},"trigger":"assign"}',NULL,X'4392264BA105B26E5B1AAD5A9D9845779D306C16EC5EC912DA6C1D89452AB4D5');
INSERT INTO "event" VALUES(12,2,2,'2020-09-25T01:00:00.000000Z','office','supervisor',NULL,'cli','did','found','assigned','{"effects":{"assigned_at":"2020-09-25T01:00:00.000000Z","assigned_by":"office","attempt":1,"deadlines":{"accept":{"amount":"1 working day","calendar":"e6a9f421375b","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","epoch":1,"next_at":"2020-09-27T10:00:00.000000Z","of":"lead","started_at":"2020-09-25T01:00:00.000000Z"},"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"of":"office","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"next_at":"2020-09-29T00:30:00.000000Z","of":"lead","promise":true,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-09-29T00:30:00.000000Z"}},"designated":false,"hands":[],"lead":"SCJGJ","turn":"lead","wake_at":"2020-09-27T10:00:00.000000Z"},"input":{"lead":"SCJGJ"},"trigger":"assign"}',NULL,X'65E8D658709497F33680E3D484624E803C9699296D5EFC211A6B475254A43E0B');
INSERT INTO "event" VALUES(13,3,2,'2020-09-25T01:00:00.000000Z','office','supervisor',NULL,'cli','did','found','assigned','{"effects":{"assigned_at":"2020-09-25T01:00:00.000000Z","assigned_by":"office","attempt":1,"deadlines":{"accept":{"amount":"1 working day","calendar":"e6a9f421375b","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","epoch":1,"next_at":"2020-09-27T10:00:00.000000Z","of":"lead","started_at":"2020-09-25T01:00:00.000000Z"},"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"of":"office","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"next_at":"2020-09-29T00:30:00.000000Z","of":"lead","promise":true,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-09-29T00:30:00.000000Z"}},"designated":false,"hands":[],"lead":"SCJGJ","turn":"lead","wake_at":"2020-09-27T10:00:00.000000Z"},"input":{"lead":"SCJGJ"},"trigger":"assign"}',NULL,X'01181EF9CE1D1CFA6003CFD9754FD5CE6E6623F5A7C85A876640ECCB85E3B878');
INSERT INTO "event" VALUES(14,1,3,'2020-09-25T01:00:00.000000Z','scjgj','contact','SCJGJ','cli','did','assigned','rectifying','{"effects":{"deadlines":{"accept":{"amount":"1 working day","calendar":"e6a9f421375b","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","epoch":1,"of":"lead","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"}},"hands":["scjgj"],"wake_at":"2020-09-29T00:30:00.000000Z"},"input":{},"trigger":"accept"}',NULL,X'139ABE2CADDA9F897EB5FBC5DEE312C33F16E32856F1C104F228DB30B52724EC');
INSERT INTO "event" VALUES(15,2,3,'2020-09-25T01:00:00.000000Z','scjgj','contact','SCJGJ','cli','did','assigned','rectifying','{"effects":{"deadlines":{"accept":{"amount":"1 working day","calendar":"e6a9f421375b","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","epoch":1,"of":"lead","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"}},"hands":["scjgj"],"wake_at":"2020-09-29T00:30:00.000000Z"},"input":{},"trigger":"accept"}',NULL,X'9DD7214D24B4E3388DA4182DFF9315AB072D563D883CFE25BA9074A14FE78BE0');
INSERT INTO "event" VALUES(16,1,4,'2020-09-25T01:00:00.000000Z','scjgj','contact','SCJGJ','cli','did','rectifying','submitted','{"effects":{"deadlines":{"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"of":"lead","promise":true,"started_at":"2020-09-25T01:00:00.000000Z","state":"rests","stopped_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-09-29T00:30:00.000000Z"},"verify":{"amount":"3 working days","calendar":"e6a9f421375b","clock":"verify","due_at":"2020-09-29T10:00:00.000000Z","epoch":1,"next_at":"2020-09-29T10:00:00.000000Z","of":"office","started_at":"2020-09-25T01:00:00.000000Z"}},"late_days":0,"on_time":true,"submitted":true,"submitted_at":"2020-09-25T01:00:00.000000Z","turn":"office","wake_at":"2020-09-29T10:00:00.000000Z"},"given":["note"],"input":{},"trigger":"submit","words":"7dc2bccea9082faf6337c031925d45db428b3d041d4c3f0fbf8edbb010acac33"}','{"salt":"salt","text":{"note":"已合并为一张表"}}',X'60B2A3C3D12792B6E6DDD46ABCD33E698FD35B91FAE003018EC4DB35949647B8');
INSERT INTO "event" VALUES(17,1,5,'2020-09-25T01:00:00.000000Z','office','supervisor',NULL,'cli','did','submitted','verified','{"effects":{"closed_as":"verified","closed_at":"2020-09-25T01:00:00.000000Z","deadlines":{"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"of":"lead","promise":true,"started_at":"2020-09-25T01:00:00.000000Z","state":"ended","warn_at":"2020-09-29T00:30:00.000000Z"},"verify":{"amount":"3 working days","calendar":"e6a9f421375b","clock":"verify","due_at":"2020-09-29T10:00:00.000000Z","epoch":1,"of":"office","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"}},"final":true,"proposals":[],"turn":null,"wake_at":null},"input":{},"trigger":"verify"}',NULL,X'CCF5806CF388952A6B43CBB670EB946C50122A3E29CAE333775E7B0DB149C3C7');
INSERT INTO "event" VALUES(18,2,4,'2020-09-25T01:00:00.000000Z','scjgj','contact','SCJGJ','cli','did','rectifying','rectifying','{"effects":{"deadlines":{"answer":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"answer","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"next_at":"2020-09-28T10:00:00.000000Z","of":"office","started_at":"2020-09-25T01:00:00.000000Z"},"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"next_at":"2020-09-29T00:30:00.000000Z","of":"lead","promise":true,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-09-29T00:30:00.000000Z"}},"request":{"at":"2020-09-25T01:00:00.000000Z","by":"scjgj","seq":4,"to":"2020-10-13T10:00:00.000000Z"},"wake_at":"2020-09-28T10:00:00.000000Z"},"given":["reason"],"input":{"to":"2020-10-13T10:00:00.000000Z"},"trigger":"request-extension","words":"6f820445a550754db6795180fad9b614cbb82ecc80bb10e12cd21024e66a9233"}','{"salt":"salt","text":{"reason":"等待系统改造"}}',X'8EECB030CE0DECCF89AA9A8C6186A4A502EA6564B0E645F537E92E91E28CF0E9');
INSERT INTO "event" VALUES(19,2,5,'2020-09-25T01:00:00.000000Z','office','supervisor',NULL,'cli','did','rectifying','rectifying','{"effects":{"deadlines":{"answer":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"answer","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"of":"office","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"rectify":{"clock":"rectify","due_at":"2020-10-13T10:00:00.000000Z","epoch":2,"next_at":"2020-10-10T00:30:00.000000Z","of":"lead","promise":true,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-10-10T00:30:00.000000Z"}},"grants":[{"at":"2020-09-25T01:00:00.000000Z","from":"2020-10-09T10:00:00.000000Z","to":"2020-10-13T10:00:00.000000Z"}],"request":null,"wake_at":"2020-10-10T00:30:00.000000Z"},"input":{},"trigger":"grant"}',NULL,X'7C319AA1C2174A85C76DCBB4CF8F8C1AFB60FB91E9111B338CD92DF6221DBC49');
INSERT INTO "event" VALUES(20,2,6,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"notify","clock":"rectify","due_at":"2020-10-13T10:00:00.000000Z","effects":{"deadlines":{"rectify":{"clock":"rectify","due_at":"2020-10-13T10:00:00.000000Z","epoch":2,"next_at":"2020-10-13T10:00:00.000000Z","of":"lead","promise":true,"rung":1,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-10-10T00:30:00.000000Z"}},"wake_at":"2020-10-13T10:00:00.000000Z"},"epoch":2,"level":0,"name":"提醒","recipients":["scjgj"],"rung":"reminder","scheduled_for":"2020-10-10T00:30:00.000000Z"}',NULL,X'95DB7F6CEB3485039BF0B870E051741A43EB44A3C48AC4765264062C626FB61A');
INSERT INTO "event" VALUES(21,2,7,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"notify","clock":"rectify","due_at":"2020-10-13T10:00:00.000000Z","effects":{"acted_level":1,"deadlines":{"rectify":{"clock":"rectify","due_at":"2020-10-13T10:00:00.000000Z","epoch":2,"level":1,"next_at":"2020-10-16T10:00:00.000000Z","of":"lead","promise":true,"rung":2,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-10-10T00:30:00.000000Z"}},"wake_at":"2020-10-16T10:00:00.000000Z"},"epoch":2,"level":1,"name":"催办","recipients":["scjgj","office"],"rung":"urging","scheduled_for":"2020-10-13T10:00:00.000000Z"}',NULL,X'82F697B0726CA1561984D91297E52A37EE35576EB213AA24C2F5E77D2C0CBCB7');
INSERT INTO "event" VALUES(22,2,8,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"propose","audience":"office","clock":"rectify","due_at":"2020-10-13T10:00:00.000000Z","effects":{"deadlines":{"rectify":{"clock":"rectify","due_at":"2020-10-13T10:00:00.000000Z","epoch":2,"level":2,"next_at":"2020-10-20T10:00:00.000000Z","of":"lead","promise":true,"rung":3,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-10-10T00:30:00.000000Z"},"sign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"sign","due_at":"2020-10-20T10:00:00.000000Z","epoch":1,"next_at":"2020-10-20T10:00:00.000000Z","of":"office","started_at":"2020-10-16T10:00:00.000000Z"}},"proposals":[{"at":"2020-10-16T10:00:00.000000Z","clock":"rectify","due_at":"2020-10-20T10:00:00.000000Z","epoch":2,"letter":"supervision-letter","level":2,"rung":"supervision-letter","seq":8}],"wake_at":"2020-10-20T10:00:00.000000Z"},"epoch":2,"letter":"supervision-letter","level":2,"name":"督办","recipients":["office","leader"],"rung":"supervision-letter","scheduled_for":"2020-10-16T10:00:00.000000Z"}',NULL,X'43AC8FFDB75F4458F121ABF5EBF46BDEE378C483B7792D5EA8F2897E4313B131');
INSERT INTO "event" VALUES(23,2,9,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"propose","audience":"office","clock":"rectify","due_at":"2020-10-13T10:00:00.000000Z","effects":{"deadlines":{"rectify":{"clock":"rectify","due_at":"2020-10-13T10:00:00.000000Z","epoch":2,"level":3,"next_at":"2020-10-27T10:00:00.000000Z","of":"lead","promise":true,"rung":4,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-10-10T00:30:00.000000Z"}},"proposals":[{"at":"2020-10-16T10:00:00.000000Z","clock":"rectify","due_at":"2020-10-20T10:00:00.000000Z","epoch":2,"letter":"supervision-letter","level":2,"rung":"supervision-letter","seq":8},{"at":"2020-10-20T10:00:00.000000Z","clock":"rectify","due_at":"2020-10-22T10:00:00.000000Z","epoch":2,"letter":"circular","level":3,"rung":"circular","seq":9}]},"epoch":2,"letter":"circular","level":3,"name":"通报","recipients":["office","leader"],"rung":"circular","scheduled_for":"2020-10-20T10:00:00.000000Z"}',NULL,X'9BA5808F00E8C6A1843A5E67AE3559D7256BF6F6967206E86B87CBE3AA916F62');
INSERT INTO "event" VALUES(24,2,10,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"notify","audience":"office","clock":"sign","due_at":"2020-10-20T10:00:00.000000Z","effects":{"deadlines":{"sign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"sign","due_at":"2020-10-20T10:00:00.000000Z","epoch":1,"level":1,"next_at":"2020-10-22T10:00:00.000000Z","of":"office","rung":1,"started_at":"2020-10-16T10:00:00.000000Z"}},"wake_at":"2020-10-22T10:00:00.000000Z"},"epoch":1,"level":1,"name":"督办单位到期","recipients":["office"],"rung":"office-due","scheduled_for":"2020-10-20T10:00:00.000000Z"}',NULL,X'EDCB4E4FBB5704D0FD38EBA10A32E823E5469DEAA3EEE8B935FEA41BD20B3738');
INSERT INTO "event" VALUES(25,3,3,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','assigned','assigned','{"act":"fire","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","effects":{"deadlines":{"accept":{"amount":"1 working day","calendar":"e6a9f421375b","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","epoch":1,"next_at":"2020-10-10T10:00:00.000000Z","of":"lead","rung":1,"started_at":"2020-09-25T01:00:00.000000Z"}},"wake_at":"2020-09-29T00:30:00.000000Z"},"epoch":1,"level":0,"name":"视同签收","recipients":["scjgj","office"],"rung":"deemed-accepted","scheduled_for":"2020-09-27T10:00:00.000000Z"}',NULL,X'D52F3AAEA88488D1763B393E0D7C5CD85A6956BF148DA070402C36818A72B089');
INSERT INTO "event" VALUES(26,3,4,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','did','assigned','rectifying','{"effects":{"deadlines":{"accept":{"amount":"1 working day","calendar":"e6a9f421375b","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","epoch":1,"of":"lead","rung":1,"started_at":"2020-09-25T01:00:00.000000Z","state":"ended"}}},"happened_at":"2020-09-27T10:00:00.000000Z","input":{},"trigger":"deemed-accepted"}',NULL,X'CAC31B1E1251E23F34F0BCA7C3CEBFD2AC73578F70DA93671345F2EFA288E878');
INSERT INTO "event" VALUES(27,3,5,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"notify","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","effects":{"deadlines":{"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"next_at":"2020-10-09T10:00:00.000000Z","of":"lead","promise":true,"rung":1,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-09-29T00:30:00.000000Z"}},"wake_at":"2020-10-09T10:00:00.000000Z"},"epoch":1,"level":0,"name":"提醒","recipients":["scjgj"],"rung":"reminder","scheduled_for":"2020-09-29T00:30:00.000000Z"}',NULL,X'534EF47D41A58B1210DA7D3129739CE08B41748EDAF9ABF33413507871A22066');
INSERT INTO "event" VALUES(28,3,6,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"notify","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","effects":{"acted_level":1,"deadlines":{"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"level":1,"next_at":"2020-10-13T10:00:00.000000Z","of":"lead","promise":true,"rung":2,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-09-29T00:30:00.000000Z"}},"wake_at":"2020-10-13T10:00:00.000000Z"},"epoch":1,"level":1,"name":"催办","recipients":["scjgj","office"],"rung":"urging","scheduled_for":"2020-10-09T10:00:00.000000Z"}',NULL,X'51BB003394E93984DD9CA54ECF205FE5BF6155C7EDFF8E38419E29C40DCC32BB');
INSERT INTO "event" VALUES(29,3,7,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"propose","audience":"office","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","effects":{"deadlines":{"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"level":2,"next_at":"2020-10-15T10:00:00.000000Z","of":"lead","promise":true,"rung":3,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-09-29T00:30:00.000000Z"},"sign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"sign","due_at":"2020-10-15T10:00:00.000000Z","epoch":1,"next_at":"2020-10-15T10:00:00.000000Z","of":"office","started_at":"2020-10-13T10:00:00.000000Z"}},"proposals":[{"at":"2020-10-13T10:00:00.000000Z","clock":"rectify","due_at":"2020-10-15T10:00:00.000000Z","epoch":1,"letter":"supervision-letter","level":2,"rung":"supervision-letter","seq":7}],"wake_at":"2020-10-15T10:00:00.000000Z"},"epoch":1,"letter":"supervision-letter","level":2,"name":"督办","recipients":["office","leader"],"rung":"supervision-letter","scheduled_for":"2020-10-13T10:00:00.000000Z"}',NULL,X'97E19B4A1A4AF132ABA5865B90B487B0EC5B240A8738B2453BF5897A3980BFFB');
INSERT INTO "event" VALUES(30,3,8,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"propose","audience":"office","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","effects":{"deadlines":{"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"level":3,"next_at":"2020-10-22T10:00:00.000000Z","of":"lead","promise":true,"rung":4,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-09-29T00:30:00.000000Z"}},"proposals":[{"at":"2020-10-13T10:00:00.000000Z","clock":"rectify","due_at":"2020-10-15T10:00:00.000000Z","epoch":1,"letter":"supervision-letter","level":2,"rung":"supervision-letter","seq":7},{"at":"2020-10-15T10:00:00.000000Z","clock":"rectify","due_at":"2020-10-19T10:00:00.000000Z","epoch":1,"letter":"circular","level":3,"rung":"circular","seq":8}]},"epoch":1,"letter":"circular","level":3,"name":"通报","recipients":["office","leader"],"rung":"circular","scheduled_for":"2020-10-15T10:00:00.000000Z"}',NULL,X'5619A8FE2EEDFA9DD7AB50EE42A08852587D2F29DF67491A0FDDE64792275E23');
INSERT INTO "event" VALUES(31,3,9,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"notify","audience":"office","clock":"sign","due_at":"2020-10-15T10:00:00.000000Z","effects":{"deadlines":{"sign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"sign","due_at":"2020-10-15T10:00:00.000000Z","epoch":1,"level":1,"next_at":"2020-10-19T10:00:00.000000Z","of":"office","rung":1,"started_at":"2020-10-13T10:00:00.000000Z"}},"wake_at":"2020-10-19T10:00:00.000000Z"},"epoch":1,"level":1,"name":"督办单位到期","recipients":["office"],"rung":"office-due","scheduled_for":"2020-10-15T10:00:00.000000Z"}',NULL,X'3EAAA236748792F8DB8F50CAE53F71A2976248786AA06477980129F8DF34DC9B');
INSERT INTO "event" VALUES(32,3,10,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','rectifying','rectifying','{"act":"notify","audience":"office","clock":"sign","due_at":"2020-10-15T10:00:00.000000Z","effects":{"deadlines":{"sign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"sign","due_at":"2020-10-15T10:00:00.000000Z","epoch":1,"level":2,"next_at":"2020-10-26T10:00:00.000000Z","of":"office","rung":2,"started_at":"2020-10-13T10:00:00.000000Z"}},"wake_at":"2020-10-22T10:00:00.000000Z"},"epoch":1,"level":2,"name":"督办单位超时","recipients":["office","leader"],"rung":"office-late","scheduled_for":"2020-10-19T10:00:00.000000Z"}',NULL,X'837638A4E9FA127A4A9E54A422A95B1292DF21A4923F250EFC6F0FF43DEA3927');
INSERT INTO "event" VALUES(33,4,2,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','found','found','{"act":"notify","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","effects":{"deadlines":{"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"level":1,"next_at":"2020-09-30T10:00:00.000000Z","of":"office","rung":1,"started_at":"2020-09-25T01:00:00.000000Z"}},"wake_at":"2020-09-30T10:00:00.000000Z"},"epoch":1,"level":1,"name":"督办单位到期","recipients":["office"],"rung":"office-due","scheduled_for":"2020-09-28T10:00:00.000000Z"}',NULL,X'80AE1E0357FF8285F9851BEEBC2FEC06E578C8745EB1FDA27FEDE8421E59FFAD');
INSERT INTO "event" VALUES(34,4,3,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','found','found','{"act":"notify","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","effects":{"deadlines":{"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"level":2,"next_at":"2020-10-14T10:00:00.000000Z","of":"office","rung":2,"started_at":"2020-09-25T01:00:00.000000Z"}},"wake_at":"2020-10-14T10:00:00.000000Z"},"epoch":1,"level":2,"name":"督办单位超时","recipients":["office","leader"],"rung":"office-late","scheduled_for":"2020-09-30T10:00:00.000000Z"}',NULL,X'68B7C0B89547AF81F85ACA8E20A08155146326E94F5990654CE0DED34528B463');
INSERT INTO "event" VALUES(35,4,4,'2020-10-20T10:00:00.000000Z','watch','watch',NULL,'watch','escalated','found','found','{"act":"notify","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","effects":{"deadlines":{"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"level":2,"next_at":"2020-10-28T10:00:00.000000Z","of":"office","repeated":1,"rung":2,"started_at":"2020-09-25T01:00:00.000000Z"}},"wake_at":"2020-10-28T10:00:00.000000Z"},"epoch":1,"level":0,"n":1,"name":"交办时限","recipients":["office","leader"],"rung":"office-late","scheduled_for":"2020-10-14T10:00:00.000000Z"}',NULL,X'A753A442BA06B8B5684C9E9716E2F9F10083309C8370F89944270269035EED08');
CREATE TABLE evidence (
	sha256 TEXT NOT NULL, 
	bytes BIGINT NOT NULL, 
	type TEXT NOT NULL, 
	stored_at UTCTEXT NOT NULL, 
	CONSTRAINT pk_evidence PRIMARY KEY (sha256), 
	CONSTRAINT ck_evidence_bytes_not_negative CHECK (bytes >= 0), 
	CONSTRAINT ck_evidence_sha256_length CHECK (length(sha256) = 64)
);
CREATE TABLE feedback (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	office TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	ref TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	stated_version BIGINT NOT NULL, 
	stated_at UTCTEXT NOT NULL, 
	category TEXT NOT NULL, 
	rating INTEGER, 
	unit TEXT, 
	item TEXT, 
	said TEXT, 
	received_at UTCTEXT NOT NULL, 
	received_by TEXT NOT NULL, 
	changed_at UTCTEXT NOT NULL, 
	ticket TEXT, 
	told TEXT, 
	outcome TEXT, 
	outcome_at UTCTEXT, 
	token TEXT, 
	token_until_at UTCTEXT, 
	answer TEXT, 
	answer_reasons TEXT NOT NULL, 
	answer_text TEXT, 
	answered_at UTCTEXT, 
	answered_by TEXT, 
	answered_attempt INTEGER, 
	redo TEXT, 
	redo_due_at UTCTEXT, 
	decided_at UTCTEXT, 
	decided_by TEXT, 
	head BLOB NOT NULL, 
	CONSTRAINT pk_feedback PRIMARY KEY (id), 
	CONSTRAINT ck_feedback_category_known CHECK (category IN ('open', 'done')), 
	CONSTRAINT ck_feedback_kind_known CHECK (kind IN ('complaint', 'review')), 
	CONSTRAINT ck_feedback_answered_by_somebody CHECK ((answered_at IS NULL) = (answered_by IS NULL)), 
	CONSTRAINT ck_feedback_decided_by_somebody CHECK ((decided_at IS NULL) = (decided_by IS NULL)), 
	CONSTRAINT ck_feedback_told_of_a_ticket CHECK ((ticket IS NULL) = (told IS NULL)), 
	CONSTRAINT ck_feedback_linked_for_a_while CHECK ((token IS NULL) = (token_until_at IS NULL)), 
	CONSTRAINT ck_feedback_id_from_one CHECK (id >= 1), 
	CONSTRAINT ck_feedback_head_length CHECK (length(head) = 32), 
	CONSTRAINT ck_feedback_rating_known CHECK (rating IS NULL OR rating BETWEEN 1 AND 5), 
	CONSTRAINT ck_feedback_serial_from_one CHECK (serial >= 1), 
	CONSTRAINT ck_feedback_version_from_one CHECK (version >= 1), 
	CONSTRAINT uq_feedback_number UNIQUE (number), 
	CONSTRAINT uq_feedback_source_ref UNIQUE (source, ref), 
	CONSTRAINT uq_feedback_year_serial UNIQUE (year, serial)
);
CREATE TABLE feedback_refusal (
	source TEXT NOT NULL, 
	ref TEXT NOT NULL, 
	rating INTEGER, 
	unit TEXT, 
	stated_at UTCTEXT NOT NULL, 
	file TEXT, 
	line INTEGER, 
	reasons TEXT, 
	refused_at UTCTEXT NOT NULL, 
	CONSTRAINT pk_feedback_refusal PRIMARY KEY (source, ref), 
	CONSTRAINT ck_feedback_refusal_file_length CHECK (file IS NULL OR length(file) = 64)
);
CREATE TABLE heartbeat (
	duty TEXT NOT NULL, 
	process TEXT NOT NULL, 
	well_at UTCTEXT, 
	at UTCTEXT NOT NULL, 
	seconds INTEGER NOT NULL, 
	detail TEXT NOT NULL, 
	CONSTRAINT pk_heartbeat PRIMARY KEY (duty), 
	CONSTRAINT ck_heartbeat_seconds_from_one CHECK (seconds >= 1)
);
CREATE TABLE indicator (
	measure TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_indicator PRIMARY KEY (measure, name), 
	CONSTRAINT fk_indicator_measure FOREIGN KEY(measure) REFERENCES measure (no)
);
CREATE TABLE invitation (
	hash BLOB NOT NULL, 
	account TEXT NOT NULL, 
	created_at UTCTEXT NOT NULL, 
	expires_at UTCTEXT NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (hash), 
	CONSTRAINT ck_invitation_hash_length CHECK (length(hash) = 32), 
	CONSTRAINT fk_invitation_account FOREIGN KEY(account) REFERENCES account (name)
);
CREATE TABLE kept_answer (
	account TEXT NOT NULL, 
	hash BLOB NOT NULL, 
	asked BLOB NOT NULL, 
	claim BLOB NOT NULL, 
	begun_at UTCTEXT NOT NULL, 
	written BOOLEAN NOT NULL, 
	status INTEGER, 
	heads TEXT, 
	body BLOB, 
	CONSTRAINT pk_kept_answer PRIMARY KEY (account, hash), 
	CONSTRAINT ck_kept_answer_hash_length CHECK (length(hash) = 32), 
	CONSTRAINT ck_kept_answer_asked_length CHECK (length(asked) = 32), 
	CONSTRAINT ck_kept_answer_claim_length CHECK (length(claim) = 16), 
	CONSTRAINT fk_kept_answer_account FOREIGN KEY(account) REFERENCES account (name), 
	CONSTRAINT ck_kept_answer_written_truth CHECK (written IN (0, 1))
);
CREATE TABLE last_sign_in (
	account TEXT NOT NULL, 
	signed_at UTCTEXT, 
	address TEXT, 
	before_at UTCTEXT, 
	before_address TEXT, 
	step INTEGER NOT NULL, 
	CONSTRAINT pk_last_sign_in PRIMARY KEY (account), 
	CONSTRAINT fk_last_sign_in_account FOREIGN KEY(account) REFERENCES account (name)
);
CREATE TABLE ledger_proposal (
	ticket TEXT NOT NULL, 
	field TEXT NOT NULL, 
	was TEXT, 
	says TEXT, 
	file TEXT NOT NULL, 
	sheet TEXT NOT NULL, 
	line INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	told_at UTCTEXT NOT NULL, 
	CONSTRAINT pk_ledger_proposal PRIMARY KEY (ticket, field), 
	CONSTRAINT ck_ledger_proposal_file_length CHECK (length(file) = 64)
);
CREATE TABLE measure (
	no TEXT NOT NULL, 
	title TEXT NOT NULL, 
	leads TEXT NOT NULL, 
	cooperators TEXT NOT NULL, 
	responsible TEXT NOT NULL, 
	CONSTRAINT pk_measure PRIMARY KEY (no)
);
CREATE TABLE notice (
	id INTEGER NOT NULL, 
	stream BIGINT NOT NULL, 
	seq INTEGER NOT NULL, 
	recipient TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	not_before UTCTEXT NOT NULL, 
	created_at UTCTEXT NOT NULL, 
	sent_at UTCTEXT, 
	tries INTEGER NOT NULL, 
	next_try_at UTCTEXT NOT NULL, 
	error TEXT, 
	dead BOOLEAN NOT NULL, 
	body TEXT, 
	message BIGINT, 
	read_at UTCTEXT, 
	CONSTRAINT pk_notice PRIMARY KEY (id), 
	CONSTRAINT ck_notice_dead_is_unsent CHECK (NOT dead OR sent_at IS NULL), 
	CONSTRAINT ck_notice_tries_not_negative CHECK (tries >= 0), 
	CONSTRAINT fk_notice_stream FOREIGN KEY(stream, seq) REFERENCES event (stream, seq), 
	CONSTRAINT uq_notice_stream_seq_recipient_channel UNIQUE (stream, seq, recipient, channel), 
	CONSTRAINT ck_notice_dead_truth CHECK (dead IN (0, 1))
);
INSERT INTO "notice" VALUES(1,1,2,'scjgj','inbox','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z',0,'2020-09-25T01:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(2,2,2,'scjgj','inbox','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z',0,'2020-09-25T01:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(3,3,2,'scjgj','inbox','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z',0,'2020-09-25T01:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(4,1,4,'office','inbox','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z',0,'2020-09-25T01:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(5,1,5,'scjgj','inbox','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z',0,'2020-09-25T01:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(6,2,4,'office','inbox','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z',0,'2020-09-25T01:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(7,2,5,'scjgj','inbox','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z',0,'2020-09-25T01:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(8,2,7,'scjgj','inbox','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z',0,'2020-10-20T10:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(9,2,9,'leader','inbox','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z',0,'2020-10-20T10:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(10,2,10,'office','inbox','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z',0,'2020-10-20T10:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(11,3,6,'scjgj','inbox','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z',0,'2020-10-20T10:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(12,3,10,'office','inbox','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z',0,'2020-10-20T10:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(13,3,10,'leader','inbox','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z',0,'2020-10-20T10:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(14,4,4,'office','inbox','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z',0,'2020-10-20T10:00:00.000000Z',NULL,0,NULL,NULL,NULL);
INSERT INTO "notice" VALUES(15,4,4,'leader','inbox','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z',0,'2020-10-20T10:00:00.000000Z',NULL,0,NULL,NULL,NULL);
CREATE TABLE round (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	office TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	scheme TEXT NOT NULL, 
	measured_on DAYTEXT NOT NULL, 
	period_from DAYTEXT, 
	received_on DAYTEXT, 
	letter TEXT, 
	subjects TEXT NOT NULL, 
	standards TEXT NOT NULL, 
	points BOOLEAN NOT NULL, 
	interim BOOLEAN NOT NULL, 
	comments_end_at UTCTEXT, 
	assign_limit TEXT NOT NULL, 
	assign_due_at UTCTEXT NOT NULL, 
	started_at UTCTEXT NOT NULL, 
	started_by TEXT NOT NULL, 
	changed_at UTCTEXT NOT NULL, 
	results TEXT NOT NULL, 
	results_version INTEGER NOT NULL, 
	applications TEXT NOT NULL, 
	disputes TEXT NOT NULL, 
	leftovers TEXT NOT NULL, 
	closed_at UTCTEXT, 
	closed_by TEXT, 
	undone_at UTCTEXT, 
	undone_by TEXT, 
	head BLOB NOT NULL, 
	CONSTRAINT pk_round PRIMARY KEY (id), 
	CONSTRAINT ck_round_closed_by_somebody CHECK ((closed_at IS NULL) = (closed_by IS NULL)), 
	CONSTRAINT ck_round_undone_by_somebody CHECK ((undone_at IS NULL) = (undone_by IS NULL)), 
	CONSTRAINT ck_round_id_from_one CHECK (id >= 1), 
	CONSTRAINT ck_round_head_length CHECK (length(head) = 32), 
	CONSTRAINT ck_round_results_version_not_negative CHECK (results_version >= 0), 
	CONSTRAINT ck_round_serial_from_one CHECK (serial >= 1), 
	CONSTRAINT ck_round_version_from_one CHECK (version >= 1), 
	CONSTRAINT uq_round_number UNIQUE (number), 
	CONSTRAINT uq_round_year_serial UNIQUE (year, serial), 
	CONSTRAINT ck_round_points_truth CHECK (points IN (0, 1)), 
	CONSTRAINT ck_round_interim_truth CHECK (interim IN (0, 1))
);
CREATE TABLE saved_view (
	audience TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	name TEXT NOT NULL, 
	wishes TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	saved_at UTCTEXT NOT NULL, 
	CONSTRAINT pk_saved_view PRIMARY KEY (audience, owner, name), 
	CONSTRAINT ck_saved_view_audience CHECK (audience IN ('own', 'unit', 'all')), 
	CONSTRAINT fk_saved_view_saved_by FOREIGN KEY(saved_by) REFERENCES account (name)
);
CREATE TABLE seal (
	n INTEGER NOT NULL, 
	upto BIGINT NOT NULL, 
	size BIGINT NOT NULL, 
	root BLOB NOT NULL, 
	frontier BLOB NOT NULL, 
	at UTCTEXT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_seal PRIMARY KEY (n), 
	CONSTRAINT ck_seal_frontier_length CHECK (length(frontier) % 32 = 0), 
	CONSTRAINT ck_seal_root_length CHECK (length(root) = 32), 
	CONSTRAINT ck_seal_n_from_one CHECK (n >= 1), 
	CONSTRAINT ck_seal_covers_something CHECK (upto >= 0 AND size >= 0)
);
CREATE TABLE setting (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('office','ZG');
INSERT INTO "setting" VALUES('name','督办单位');
INSERT INTO "setting" VALUES('city','');
INSERT INTO "setting" VALUES('sandbox','2020-09-25T01:00:00.000000Z');
INSERT INTO "setting" VALUES('administration','6 09b0f4da1cac7a207330fac24ff93cafd7b527b87f5421d068dc1a9524205510');
INSERT INTO "setting" VALUES('key','zg/ZG/0123456789abcdef+e361c1c7+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c');
CREATE TABLE sign_in_failure (
	who TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	last_at UTCTEXT NOT NULL, 
	CONSTRAINT pk_sign_in_failure PRIMARY KEY (who), 
	CONSTRAINT ck_sign_in_failure_count_not_negative CHECK (count >= 0)
);
CREATE TABLE stand_in (
	account TEXT NOT NULL, 
	deputy TEXT NOT NULL, 
	valid_from UTCTEXT NOT NULL, 
	valid_to UTCTEXT NOT NULL, 
	CONSTRAINT pk_stand_in PRIMARY KEY (account, deputy, valid_from), 
	CONSTRAINT ck_stand_in_another CHECK (account <> deputy), 
	CONSTRAINT ck_stand_in_ends_after_start CHECK (valid_from < valid_to), 
	CONSTRAINT fk_stand_in_account FOREIGN KEY(account) REFERENCES account (name), 
	CONSTRAINT fk_stand_in_deputy FOREIGN KEY(deputy) REFERENCES account (name)
);
CREATE TABLE target (
	id TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	metric TEXT NOT NULL, 
	comparator TEXT NOT NULL, 
	value TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	baseline TEXT, 
	deadline DAYTEXT, 
	scope TEXT, 
	mandatory BOOLEAN NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_target PRIMARY KEY (id), 
	CONSTRAINT ck_target_comparator_known CHECK (comparator IN ('>=', '>', '<=', '<', '=', '~')), 
	CONSTRAINT fk_target_measure FOREIGN KEY(measure) REFERENCES measure (no), 
	CONSTRAINT ck_target_mandatory_truth CHECK (mandatory IN (0, 1))
);
CREATE TABLE ticket (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	office TEXT NOT NULL, 
	parent BIGINT, 
	workflow TEXT NOT NULL, 
	definition TEXT NOT NULL, 
	state TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	title_folded TEXT NOT NULL, 
	detail TEXT, 
	source TEXT NOT NULL, 
	source_ref TEXT, 
	measure TEXT, 
	grade TEXT, 
	lead TEXT, 
	cooperators TEXT NOT NULL, 
	leader TEXT, 
	turn TEXT, 
	final BOOLEAN NOT NULL, 
	opened_at UTCTEXT NOT NULL, 
	opened_by TEXT NOT NULL, 
	officer TEXT, 
	assigned_at UTCTEXT, 
	assigned_by TEXT, 
	state_since UTCTEXT NOT NULL, 
	changed_at UTCTEXT NOT NULL, 
	told_at UTCTEXT NOT NULL, 
	due_at UTCTEXT, 
	promised_at UTCTEXT, 
	warn_at UTCTEXT, 
	late_at UTCTEXT, 
	wake_at UTCTEXT, 
	office_due_at UTCTEXT, 
	level INTEGER NOT NULL, 
	acted_level INTEGER NOT NULL, 
	attempt INTEGER NOT NULL, 
	deadlines TEXT NOT NULL, 
	signed TEXT NOT NULL, 
	objections TEXT NOT NULL, 
	left_out TEXT NOT NULL, 
	endorsed BOOLEAN NOT NULL, 
	to_revise BOOLEAN NOT NULL, 
	request TEXT, 
	grants TEXT NOT NULL, 
	denials TEXT NOT NULL, 
	designated BOOLEAN NOT NULL, 
	hands TEXT NOT NULL, 
	proposals TEXT NOT NULL, 
	urged INTEGER NOT NULL, 
	instructions TEXT NOT NULL, 
	instructed BOOLEAN NOT NULL, 
	standing BOOLEAN NOT NULL, 
	past TEXT NOT NULL, 
	evidenced BOOLEAN NOT NULL, 
	submitted BOOLEAN NOT NULL, 
	submitted_at UTCTEXT, 
	late_days INTEGER, 
	on_time BOOLEAN, 
	attempts TEXT NOT NULL, 
	returns_to TEXT, 
	closed_at UTCTEXT, 
	closed_as TEXT, 
	duplicate_of TEXT, 
	repeats TEXT NOT NULL, 
	batch TEXT, 
	visit TEXT, 
	place TEXT, 
	team TEXT NOT NULL, 
	entered TEXT NOT NULL, 
	consents TEXT NOT NULL, 
	withdrawn_from TEXT, 
	set_aside TEXT, 
	problem_key TEXT, 
	first_found_at UTCTEXT NOT NULL, 
	round TEXT, 
	measurements TEXT NOT NULL, 
	misses INTEGER NOT NULL, 
	relapses INTEGER NOT NULL, 
	confirmed INTEGER NOT NULL, 
	last_confirmed_round TEXT, 
	relapse TEXT, 
	stated_limit TEXT, 
	head BLOB NOT NULL, 
	CONSTRAINT pk_ticket PRIMARY KEY (id), 
	CONSTRAINT ck_ticket_final_sleeps CHECK (NOT final OR wake_at IS NULL), 
	CONSTRAINT ck_ticket_open_wakes CHECK (final OR wake_at IS NOT NULL), 
	CONSTRAINT ck_ticket_measured_not_negative CHECK (misses >= 0 AND relapses >= 0 AND confirmed >= 0), 
	CONSTRAINT ck_ticket_id_from_one CHECK (id >= 1), 
	CONSTRAINT ck_ticket_head_length CHECK (length(head) = 32), 
	CONSTRAINT ck_ticket_late_once CHECK (late_days IS NULL OR late_at IS NULL), 
	CONSTRAINT ck_ticket_late_days_not_negative CHECK (late_days IS NULL OR late_days >= 0), 
	CONSTRAINT ck_ticket_submitted_when CHECK (NOT submitted OR submitted_at IS NOT NULL), 
	CONSTRAINT ck_ticket_levels_not_negative CHECK (level >= 0 AND acted_level >= 0 AND attempt >= 0 AND urged >= 0), 
	CONSTRAINT ck_ticket_serial_from_one CHECK (serial >= 1), 
	CONSTRAINT ck_ticket_version_from_one CHECK (version >= 1), 
	CONSTRAINT fk_ticket_definition FOREIGN KEY(definition) REFERENCES definition (hash), 
	CONSTRAINT fk_ticket_lead FOREIGN KEY(lead) REFERENCES unit (code), 
	CONSTRAINT fk_ticket_parent FOREIGN KEY(parent) REFERENCES ticket (id), 
	CONSTRAINT uq_ticket_number UNIQUE (number), 
	CONSTRAINT uq_ticket_office_year_serial UNIQUE (office, year, serial), 
	CONSTRAINT ck_ticket_final_truth CHECK (final IN (0, 1)), 
	CONSTRAINT ck_ticket_endorsed_truth CHECK (endorsed IN (0, 1)), 
	CONSTRAINT ck_ticket_to_revise_truth CHECK (to_revise IN (0, 1)), 
	CONSTRAINT ck_ticket_designated_truth CHECK (designated IN (0, 1)), 
	CONSTRAINT ck_ticket_instructed_truth CHECK (instructed IN (0, 1)), 
	CONSTRAINT ck_ticket_standing_truth CHECK (standing IN (0, 1)), 
	CONSTRAINT ck_ticket_evidenced_truth CHECK (evidenced IN (0, 1)), 
	CONSTRAINT ck_ticket_submitted_truth CHECK (submitted IN (0, 1)), 
	CONSTRAINT ck_ticket_on_time_truth CHECK (on_time IN (0, 1))
);
INSERT INTO "ticket" VALUES(1,'ZG-2020-0001',2020,1,'ZG',NULL,'rectification','aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d','verified',5,'企业开办材料重复提交','企业开办材料重复提交','明察暗访发现','visit',NULL,NULL,'C','SCJGJ','[]',NULL,NULL,1,'2020-09-25T01:00:00.000000Z','office','office','2020-09-25T01:00:00.000000Z','office','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z','2020-09-25T01:00:00.000000Z',NULL,'2020-10-09T10:00:00.000000Z',NULL,NULL,NULL,NULL,0,0,1,'{"accept":{"amount":"1 working day","calendar":"e6a9f421375b","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","epoch":1,"of":"lead","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"of":"office","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"of":"lead","promise":true,"started_at":"2020-09-25T01:00:00.000000Z","state":"ended","warn_at":"2020-09-29T00:30:00.000000Z"},"verify":{"amount":"3 working days","calendar":"e6a9f421375b","clock":"verify","due_at":"2020-09-29T10:00:00.000000Z","epoch":1,"of":"office","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"}}','{}','{}','{}',0,0,NULL,'[]','[]',0,'["scjgj"]','[]',0,'[]',0,0,'{}',0,1,'2020-09-25T01:00:00.000000Z',0,1,'[]',NULL,'2020-09-25T01:00:00.000000Z','verified',NULL,'[]',NULL,NULL,NULL,'[]','[]','[]',NULL,NULL,NULL,'2020-09-25T01:00:00.000000Z',NULL,'[]',0,0,0,NULL,NULL,NULL,X'CCF5806CF388952A6B43CBB670EB946C50122A3E29CAE333775E7B0DB149C3C7');
INSERT INTO "ticket" VALUES(2,'ZG-2020-0002',2020,2,'ZG',NULL,'rectification','aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d','rectifying',10,'窗口无人值守','窗口无人值守','明察暗访发现','visit',NULL,NULL,'C','SCJGJ','[]',NULL,'lead',0,'2020-09-25T01:00:00.000000Z','office','office','2020-09-25T01:00:00.000000Z','office','2020-09-25T01:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-13T10:00:00.000000Z','2020-10-13T10:00:00.000000Z','2020-10-10T00:30:00.000000Z','2020-10-13T10:00:00.000000Z','2020-10-22T10:00:00.000000Z','2020-10-20T10:00:00.000000Z',3,1,1,'{"accept":{"amount":"1 working day","calendar":"e6a9f421375b","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","epoch":1,"of":"lead","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"answer":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"answer","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"of":"office","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"of":"office","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"rectify":{"clock":"rectify","due_at":"2020-10-13T10:00:00.000000Z","epoch":2,"level":3,"next_at":"2020-10-27T10:00:00.000000Z","of":"lead","promise":true,"rung":4,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-10-10T00:30:00.000000Z"},"sign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"sign","due_at":"2020-10-20T10:00:00.000000Z","epoch":1,"level":1,"next_at":"2020-10-22T10:00:00.000000Z","of":"office","rung":1,"started_at":"2020-10-16T10:00:00.000000Z"}}','{}','{}','{}',0,0,NULL,'[{"at":"2020-09-25T01:00:00.000000Z","from":"2020-10-09T10:00:00.000000Z","to":"2020-10-13T10:00:00.000000Z"}]','[]',0,'["scjgj"]','[{"at":"2020-10-16T10:00:00.000000Z","clock":"rectify","due_at":"2020-10-20T10:00:00.000000Z","epoch":2,"letter":"supervision-letter","level":2,"rung":"supervision-letter","seq":8},{"at":"2020-10-20T10:00:00.000000Z","clock":"rectify","due_at":"2020-10-22T10:00:00.000000Z","epoch":2,"letter":"circular","level":3,"rung":"circular","seq":9}]',0,'[]',0,0,'{}',0,0,NULL,NULL,NULL,'[]',NULL,NULL,NULL,NULL,'[]',NULL,NULL,NULL,'[]','[]','[]',NULL,NULL,NULL,'2020-09-25T01:00:00.000000Z',NULL,'[]',0,0,0,NULL,NULL,NULL,X'EDCB4E4FBB5704D0FD38EBA10A32E823E5469DEAA3EEE8B935FEA41BD20B3738');
INSERT INTO "ticket" VALUES(3,'ZG-2020-0003',2020,3,'ZG',NULL,'rectification','aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d','rectifying',10,'办事指南与网上不一致','办事指南与网上不一致','明察暗访发现','visit',NULL,NULL,'C','SCJGJ','[]',NULL,'lead',0,'2020-09-25T01:00:00.000000Z','office','office','2020-09-25T01:00:00.000000Z','office','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-09T10:00:00.000000Z','2020-10-09T10:00:00.000000Z','2020-09-29T00:30:00.000000Z','2020-10-09T10:00:00.000000Z','2020-10-22T10:00:00.000000Z','2020-10-15T10:00:00.000000Z',3,1,1,'{"accept":{"amount":"1 working day","calendar":"e6a9f421375b","clock":"accept","due_at":"2020-09-27T10:00:00.000000Z","epoch":1,"of":"lead","rung":1,"started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"of":"office","started_at":"2020-09-25T01:00:00.000000Z","state":"ended"},"rectify":{"amount":"5 working days","calendar":"e6a9f421375b","clock":"rectify","due_at":"2020-10-09T10:00:00.000000Z","epoch":1,"level":3,"next_at":"2020-10-22T10:00:00.000000Z","of":"lead","promise":true,"rung":4,"started_at":"2020-09-25T01:00:00.000000Z","warn_at":"2020-09-29T00:30:00.000000Z"},"sign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"sign","due_at":"2020-10-15T10:00:00.000000Z","epoch":1,"level":2,"next_at":"2020-10-26T10:00:00.000000Z","of":"office","rung":2,"started_at":"2020-10-13T10:00:00.000000Z"}}','{}','{}','{}',0,0,NULL,'[]','[]',0,'[]','[{"at":"2020-10-13T10:00:00.000000Z","clock":"rectify","due_at":"2020-10-15T10:00:00.000000Z","epoch":1,"letter":"supervision-letter","level":2,"rung":"supervision-letter","seq":7},{"at":"2020-10-15T10:00:00.000000Z","clock":"rectify","due_at":"2020-10-19T10:00:00.000000Z","epoch":1,"letter":"circular","level":3,"rung":"circular","seq":8}]',0,'[]',0,0,'{}',0,0,NULL,NULL,NULL,'[]',NULL,NULL,NULL,NULL,'[]',NULL,NULL,NULL,'[]','[]','[]',NULL,NULL,NULL,'2020-09-25T01:00:00.000000Z',NULL,'[]',0,0,0,NULL,NULL,NULL,X'837638A4E9FA127A4A9E54A422A95B1292DF21A4923F250EFC6F0FF43DEA3927');
INSERT INTO "ticket" VALUES(4,'ZG-2020-0004',2020,4,'ZG',NULL,'rectification','aaa79b8020c53444e1cb21d121f35ceda087ee1d1dc48fb8640c72121021432d','found',4,'待交办的一件','待交办的一件','明察暗访发现','visit',NULL,NULL,'C',NULL,'[]',NULL,'office',0,'2020-09-25T01:00:00.000000Z','office','office',NULL,NULL,'2020-09-25T01:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-10-20T10:00:00.000000Z','2020-09-28T10:00:00.000000Z',NULL,NULL,NULL,'2020-10-28T10:00:00.000000Z','2020-09-28T10:00:00.000000Z',0,0,0,'{"assign":{"amount":"2 working days","calendar":"e6a9f421375b","clock":"assign","due_at":"2020-09-28T10:00:00.000000Z","epoch":1,"level":2,"next_at":"2020-10-28T10:00:00.000000Z","of":"office","repeated":1,"rung":2,"started_at":"2020-09-25T01:00:00.000000Z"}}','{}','{}','{}',0,0,NULL,'[]','[]',0,'[]','[]',0,'[]',0,0,'{}',0,0,NULL,NULL,NULL,'[]',NULL,NULL,NULL,NULL,'[]',NULL,NULL,NULL,'[]','[]','[]',NULL,NULL,NULL,'2020-09-25T01:00:00.000000Z',NULL,'[]',0,0,0,NULL,NULL,NULL,X'A753A442BA06B8B5684C9E9716E2F9F10083309C8370F89944270269035EED08');
CREATE TABLE token (
	id TEXT NOT NULL, 
	account TEXT NOT NULL, 
	name TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	per_minute INTEGER NOT NULL, 
	hash BLOB NOT NULL, 
	created_at UTCTEXT NOT NULL, 
	expires_at UTCTEXT, 
	revoked_at UTCTEXT, 
	used_at UTCTEXT, 
	CONSTRAINT pk_token PRIMARY KEY (id), 
	CONSTRAINT ck_token_hash_length CHECK (length(hash) = 32), 
	CONSTRAINT ck_token_answers_some CHECK (per_minute > 0), 
	CONSTRAINT ck_token_scope_known CHECK (scope IN ('read', 'act', 'intake')), 
	CONSTRAINT fk_token_account FOREIGN KEY(account) REFERENCES account (name)
);
CREATE TABLE unit (
	code TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	relation TEXT, 
	parent TEXT, 
	rank_group TEXT, 
	valid_from DAYTEXT, 
	valid_to DAYTEXT, 
	successor TEXT, 
	in_source BOOLEAN NOT NULL, 
	CONSTRAINT pk_unit PRIMARY KEY (code), 
	CONSTRAINT ck_unit_code_not_empty CHECK (code <> ''), 
	CONSTRAINT ck_unit_ends_after_start CHECK (valid_to IS NULL OR valid_from < valid_to), 
	CONSTRAINT fk_unit_parent FOREIGN KEY(parent) REFERENCES unit (code), 
	CONSTRAINT fk_unit_successor FOREIGN KEY(successor) REFERENCES unit (code), 
	CONSTRAINT ck_unit_in_source_truth CHECK (in_source IN (0, 1))
);
INSERT INTO "unit" VALUES('SCJGJ','bureau','subordinate',NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE unit_member (
	group_code TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_unit_member PRIMARY KEY (group_code, unit), 
	CONSTRAINT ck_unit_member_not_itself CHECK (group_code <> unit), 
	CONSTRAINT fk_unit_member_group_code FOREIGN KEY(group_code) REFERENCES unit (code), 
	CONSTRAINT fk_unit_member_unit FOREIGN KEY(unit) REFERENCES unit (code)
);
CREATE TABLE unit_name (
	unit TEXT NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	valid_from DAYTEXT, 
	valid_to DAYTEXT, 
	CONSTRAINT pk_unit_name PRIMARY KEY (unit, name, place), 
	CONSTRAINT ck_unit_name_kind_known CHECK (kind IN ('official', 'alias')), 
	CONSTRAINT fk_unit_name_unit FOREIGN KEY(unit) REFERENCES unit (code)
);
CREATE TABLE visit (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	office TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	day DAYTEXT NOT NULL, 
	place TEXT NOT NULL, 
	unannounced BOOLEAN NOT NULL, 
	team TEXT NOT NULL, 
	sample TEXT, 
	months INTEGER, 
	lot TEXT, 
	again TEXT NOT NULL, 
	begun_at UTCTEXT NOT NULL, 
	begun_by TEXT NOT NULL, 
	changed_at UTCTEXT NOT NULL, 
	agreed TEXT NOT NULL, 
	consented_at UTCTEXT, 
	consented_by TEXT, 
	closed_at UTCTEXT, 
	closed_by TEXT, 
	head BLOB NOT NULL, 
	CONSTRAINT pk_visit PRIMARY KEY (id), 
	CONSTRAINT ck_visit_closed_by_somebody CHECK ((closed_at IS NULL) = (closed_by IS NULL)), 
	CONSTRAINT ck_visit_consented_by_somebody CHECK ((consented_at IS NULL) = (consented_by IS NULL)), 
	CONSTRAINT ck_visit_drawn_whole CHECK ((sample IS NULL) = (months IS NULL) AND (sample IS NULL) = (lot IS NULL)), 
	CONSTRAINT ck_visit_id_from_one CHECK (id >= 1), 
	CONSTRAINT ck_visit_head_length CHECK (length(head) = 32), 
	CONSTRAINT ck_visit_serial_from_one CHECK (serial >= 1), 
	CONSTRAINT ck_visit_version_from_one CHECK (version >= 1), 
	CONSTRAINT uq_visit_number UNIQUE (number), 
	CONSTRAINT uq_visit_year_serial UNIQUE (year, serial), 
	CONSTRAINT ck_visit_unannounced_truth CHECK (unannounced IN (0, 1))
);
CREATE TABLE web_session (
	hash BLOB NOT NULL, 
	account TEXT NOT NULL, 
	begun_at UTCTEXT NOT NULL, 
	seen_at UTCTEXT NOT NULL, 
	address TEXT, 
	agent TEXT, 
	halfway BOOLEAN NOT NULL, 
	CONSTRAINT pk_web_session PRIMARY KEY (hash), 
	CONSTRAINT ck_web_session_hash_length CHECK (length(hash) = 32), 
	CONSTRAINT fk_web_session_account FOREIGN KEY(account) REFERENCES account (name), 
	CONSTRAINT ck_web_session_halfway_truth CHECK (halfway IN (0, 1))
);
CREATE INDEX feedback_going_on ON feedback (id) WHERE outcome IS NULL OR outcome NOT IN ('rectified', 'rejected', 'closed-as');
CREATE UNIQUE INDEX feedback_of_link ON feedback (token) WHERE token IS NOT NULL;
CREATE INDEX feedback_of_ticket ON feedback (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX feedback_redo ON feedback (redo_due_at, id) WHERE redo_due_at IS NOT NULL;
CREATE INDEX feedback_stated ON feedback (stated_at, id);
CREATE INDEX batch_wakes ON batch (wake_at) WHERE wake_at IS NOT NULL;
CREATE UNIQUE INDEX calendar_current ON calendar (current) WHERE current;
CREATE UNIQUE INDEX definition_current ON definition (name) WHERE current;
CREATE INDEX event_set_aside ON event (stream, seq) WHERE kind = 'set-aside';
CREATE INDEX round_of_scheme ON round (scheme, measured_on, id);
CREATE INDEX round_open ON round (id) WHERE closed_at IS NULL AND undone_at IS NULL;
CREATE UNIQUE INDEX account_of_identity ON account (identity);
CREATE INDEX account_of_unit ON account (unit, role);
CREATE INDEX notice_dead ON notice (id) WHERE dead;
CREATE INDEX notice_inbox ON notice (recipient, channel, id);
CREATE INDEX notice_waiting ON notice (channel, recipient, message, next_try_at, id) WHERE sent_at IS NULL AND NOT dead;
CREATE INDEX ticket_titles ON ticket (title_folded, number, id);
CREATE INDEX ticket_changed ON ticket (changed_at, id);
CREATE INDEX ticket_in_state ON ticket (state, promised_at, id);
CREATE INDEX ticket_opened ON ticket (opened_at, id);
CREATE INDEX ticket_promised ON ticket (promised_at, id);
CREATE INDEX ticket_closed ON ticket (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX ticket_closed_in_state ON ticket (state, closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX ticket_closed_for_measure ON ticket (measure, closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX ticket_closed_of_source ON ticket (source, closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX ticket_closed_by_lead ON ticket (lead, closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX ticket_closed_undated ON ticket (id) WHERE final AND closed_at IS NULL;
CREATE INDEX ticket_repeating ON ticket (repeats, id) WHERE repeats <> '[]';
CREATE INDEX ticket_repeating_due ON ticket (promised_at, id) WHERE repeats <> '[]';
CREATE INDEX ticket_duplicates ON ticket (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX ticket_of_measure ON ticket (measure, opened_at) WHERE measure IS NOT NULL;
CREATE INDEX ticket_problem ON ticket (problem_key, id) WHERE problem_key IS NOT NULL;
CREATE UNIQUE INDEX ticket_problem_open ON ticket (problem_key) WHERE problem_key IS NOT NULL AND NOT final;
CREATE INDEX ticket_relapsed ON ticket (promised_at, id) WHERE relapse IS NOT NULL;
CREATE INDEX ticket_of_parent ON ticket (parent) WHERE parent IS NOT NULL;
CREATE INDEX ticket_office_due ON ticket (office_due_at, id) WHERE office_due_at IS NOT NULL;
CREATE INDEX ticket_opened_for ON ticket (lead, opened_at) WHERE lead IS NOT NULL;
CREATE UNIQUE INDEX ticket_source_ref ON ticket (source, source_ref) WHERE source_ref IS NOT NULL;
CREATE INDEX ticket_submitted ON ticket (submitted_at, id) WHERE submitted_at IS NOT NULL;
CREATE INDEX ticket_turn_due ON ticket (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX ticket_wakes ON ticket (wake_at, id) WHERE wake_at IS NOT NULL;
CREATE INDEX ticket_was_late ON ticket (promised_at, id) WHERE late_days > 0;
CREATE INDEX ticket_changed_open ON ticket (changed_at, id) WHERE NOT final;
CREATE INDEX ticket_for_measure ON ticket (measure, promised_at, id) WHERE NOT final;
CREATE INDEX ticket_in_turn ON ticket (turn, promised_at, id) WHERE NOT final;
CREATE INDEX ticket_level ON ticket (level, id) WHERE NOT final;
CREATE INDEX ticket_of_batch ON ticket (batch, id) WHERE batch IS NOT NULL;
CREATE INDEX ticket_of_visit ON ticket (visit, id) WHERE visit IS NOT NULL;
CREATE INDEX ticket_of_lead ON ticket (lead, promised_at, id) WHERE NOT final;
CREATE INDEX ticket_of_officer ON ticket (officer, promised_at, id) WHERE NOT final;
CREATE INDEX ticket_of_source ON ticket (source, promised_at, id) WHERE NOT final;
CREATE INDEX ticket_open ON ticket (promised_at, id) WHERE NOT final;
CREATE INDEX ticket_under_way ON ticket (id) WHERE NOT final;
CREATE INDEX ticket_blue ON ticket (promised_at, id) WHERE request IS NOT NULL OR returns_to IS NOT NULL;
CREATE INDEX ticket_instructed ON ticket (promised_at, id) WHERE instructed;
CREATE INDEX ticket_objected ON ticket (promised_at, id) WHERE objections <> '{}';
CREATE INDEX ticket_proposing ON ticket (id) WHERE proposals <> '[]';
CREATE INDEX ticket_proposing_due ON ticket (promised_at, id) WHERE proposals <> '[]';
CREATE UNIQUE INDEX unit_name_alias ON unit_name (name) WHERE kind = 'alias' AND valid_to IS NULL;
CREATE UNIQUE INDEX unit_name_current ON unit_name (unit) WHERE kind = 'official' AND valid_to IS NULL;
CREATE UNIQUE INDEX unit_name_official ON unit_name (name) WHERE kind = 'official' AND valid_to IS NULL;
CREATE INDEX web_session_of_account ON web_session (account);
CREATE INDEX kept_answer_begun ON kept_answer (begun_at);
CREATE INDEX invitation_of_account ON invitation (account);
CREATE INDEX token_of_account ON token (account);
CREATE INDEX citation_of_file ON citation (sha256, stream);
CREATE INDEX cooperator_of_unit ON cooperator (unit, ticket);
CREATE INDEX cooperator_open ON cooperator (unit, ticket) WHERE due_at IS NOT NULL;
CREATE INDEX cooperator_promised ON cooperator (unit, promised_at, ticket) WHERE NOT final;
COMMIT;
