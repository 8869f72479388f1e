-- By what the base knows its master key again (HMAC of a constant, see key.rs): one row, never the key itself.
create table key_print (one integer primary key check (one = 1), print bytea not null);
do $$ begin
  grant select on key_print to grappe_service;
exception when undefined_object or insufficient_privilege then null;
end $$;
