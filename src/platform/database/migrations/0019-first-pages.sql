-- Lists are read from the newest on, and end with the page: without this every incident of all years was sorted first.
create index incident_by_time on incident (declared_at desc, id desc);
