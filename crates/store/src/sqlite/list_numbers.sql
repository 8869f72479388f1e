-- Lists are found by a number of their name and kind (ADR 0026); those of the records already there are given by lists.rs.
alter table record add column lane_n integer;
alter table record add column lane2_n integer;
alter table record add column person_n integer;
drop index if exists record_lane;
drop index if exists record_lane2;
drop index if exists record_person;
