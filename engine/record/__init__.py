"""The record: storage of events, their fold, and what stands around them. Plain SQL on a driver connection, no ORM session."""
