-- Who is in a chat's private room: those who take part, and nobody who was sent out.
alter table delivery drop constraint delivery_operation_check;
alter table delivery add constraint delivery_operation_check
  check (operation in ('open-room', 'send', 'card', 'edit', 'correct', 'remove', 'react', 'pin', 'members'));
