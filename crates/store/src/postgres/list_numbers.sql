-- Lists are found by a number of their name and kind (ADR 0026), made as in list.rs.
create function pg_temp.list_number(kind text, list text) returns bigint language sql immutable
  as $$ select ('x' || left(encode(sha256(convert_to(list, 'UTF8')), 'hex'), 12)
                    || left(encode(sha256(convert_to(kind, 'UTF8')), 'hex'), 4))::bit(64)::bigint $$;
drop index record_lane;
drop index record_lane2;
drop index record_person;
alter table record add column lane_n bigint, add column lane2_n bigint, add column person_n bigint;
update record set lane_n = pg_temp.list_number(kind, lane), lane2_n = pg_temp.list_number(kind, lane2),
                  person_n = pg_temp.list_number(kind, 'personne/' || person)
  where lane is not null or lane2 is not null or person is not null;
-- A node of a former version still writing would leave its records on no list: it is refused.
alter table record add constraint numbered
  check ((lane is null) = (lane_n is null) and (lane2 is null) = (lane2_n is null) and (person is null) = (person_n is null));
create index record_lane on record (lane_n, at nulls first, seq) where lane_n is not null;
create index record_lane2 on record (lane2_n, at nulls first, seq) where lane2_n is not null;
create index record_person on record (person_n, at nulls first, seq) where person_n is not null;
