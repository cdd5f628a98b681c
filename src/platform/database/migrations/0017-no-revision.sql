-- Nothing reads it: whether a version of a message is outdated is told by the log.
alter table message drop column revision;
