-- Made again at each opening when missing: a store being filled does without them, and is left without by a power cut.
create index if not exists record_lane on record (lane, kind, at) where lane is not null;
create index if not exists record_lane2 on record (lane2, kind, at) where lane2 is not null;
create index if not exists record_person on record (person, kind, at) where person is not null;
