-- A second lock behind the gate: the service works under a role which owns nothing, and sees the rows of the places named
-- in grappe.reach only ('*' for all of them); where nothing is named, it sees no row at all.
do $$ begin
  if not exists (select from pg_roles where rolname = 'grappe_service') then
    create role grappe_service nologin;
  end if;
exception when duplicate_object or unique_violation or insufficient_privilege then null;
end $$;

alter table record enable row level security;
alter table history enable row level security;
alter table journal enable row level security;

do $$ declare
  named constant text := $q$(select nullif(current_setting('grappe.reach', true), ''))$q$;
  reached text := format($q$case %1$s when '*' then true else establishment = any (nullif(%1$s, '*')::uuid[]) end$q$, named);
  name text;
begin
  foreach name in array array['record', 'history', 'journal'] loop
    execute format('create policy reach on %I using (%s)', name, reached);
  end loop;
end $$;

-- The index of words cannot serve under a policy (its operator tells too much, says PostgreSQL): it is read by this
-- function, under the same reach, and the rows found go through the policy like any other.
create function found_by_words(asked tsquery, before bigint, most bigint) returns setof bigint
  language plpgsql stable security definer set search_path from current as $$
begin
  -- Planned for these very words: a plan for any word would walk through every record from the newest.
  return query execute
    $q$select seq from record
       where words @@ $1 and seq < $2
         and case (select current_setting('grappe.reach', true)) when '*' then true
             else establishment = any ((select nullif(nullif(current_setting('grappe.reach', true), '*'), ''))::uuid[]) end
       order by seq desc limit $3$q$
    using asked, before, most;
end
$$;
revoke all on function found_by_words from public;

-- Nothing is taken away from what happened: no right to delete it, nor to change the journal or a former version.
do $$ begin
  grant select, insert, update on record, outbox to grappe_service;
  grant select, insert on history, journal, checkpoint, blob to grappe_service;
  grant select, insert, delete on claim to grappe_service;
  grant select on schema_version to grappe_service;
  grant select, insert, delete, truncate on reserve to grappe_service;
  grant execute on function found_by_words to grappe_service;
  execute format('grant usage on schema %I to grappe_service', current_schema());
  if not pg_has_role(current_user, 'grappe_service', 'member') then
    execute format('grant grappe_service to %I', current_user);
  end if;
  alter table reserve owner to grappe_service;
exception when undefined_object or insufficient_privilege then null;
end $$;
