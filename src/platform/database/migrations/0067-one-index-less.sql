-- What it was for, event_by_time does.
drop index event_by_occurrence;
