-- Made again at each opening when missing: a store being filled does without them, and is left without by a power cut.
create index if not exists record_lane on record (lane_n, at) where lane_n is not null;
create index if not exists record_lane2 on record (lane2_n, at) where lane2_n is not null;
create index if not exists record_person on record (person_n, at) where person_n is not null;
