-- Bodies of what chats told us are forgotten after a month, the oldest first; and the test message looks for its own among the newest.
create index inbox_bodies on inbox (admitted_at) where body is not null;
