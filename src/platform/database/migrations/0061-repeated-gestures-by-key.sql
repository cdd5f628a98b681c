create index concurrently inbox_by_same_as on inbox (instance, tenant, same_as, admitted_at) where same_as is not null;
