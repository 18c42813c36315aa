-- What is wrong now, and what to do. No row: nothing. Each code has a section in
-- docs/operations.md.
select severity, code, subject, message, since
from monitoring.alerts();
