-- What a room waits for (the next update, somebody to lead) is read from its log, again and again: everything in it that is
-- no message is little. A query finds this index by saying the same condition.
create index event_besides_messages on event (stream_id, seq) where type not like 'message.%';
