-- Room given up the day the disk is full, see reserve.rs: pages kept nearly empty, some eight mebibytes. A number and no
-- text: a table of text has an index beside it, which asks for a page when it is emptied. Unlogged: filling it again
-- writes nothing to the log of the server, and a crash, which empties it, only has it filled again.
create unlogged table reserve (n integer not null) with (fillfactor = 10);
insert into reserve select generate_series(1, 23000);
