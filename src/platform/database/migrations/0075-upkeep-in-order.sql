-- Two that asked at once for a room to be seen to took the same turn. Now none waits for the other.
create sequence upkeep_order;
comment on column delivery.position is 'The number of the event that it follows from. What follows from none, as seeing to a room, is numbered as it is asked for (upkeep_order).';
