create table record (
  seq integer primary key,
  id blob not null unique,
  kind text not null,
  version integer not null,
  origin blob not null,
  digest blob not null,
  establishment blob not null,
  person blob,
  at integer,
  lane text,
  lane2 text,
  author blob not null,
  recorded integer not null,
  body text not null
) strict;

create table history (
  id blob not null,
  version integer not null,
  seq integer not null,
  kind text not null,
  establishment blob not null,
  person blob,
  at integer,
  lane text,
  lane2 text,
  author blob not null,
  recorded integer not null,
  body text not null,
  primary key (id, version)
) strict;

create table claim (key text primary key, id blob not null) strict, without rowid;

create table journal (
  n integer primary key,
  at integer not null,
  nature text not null,
  verb text not null,
  account blob not null,
  establishment blob,
  person blob,
  detail text not null
) strict;
create index journal_person on journal (person, n) where person is not null;
create index journal_account on journal (account, n);

create table checkpoint (size integer primary key, last_xid integer not null, last_n integer not null, root blob not null, at integer not null, note text not null) strict;

create table outbox (
  n integer primary key,
  topic text not null,
  key text not null unique,
  payload text not null,
  due integer not null,
  attempts integer not null default 0,
  done integer,
  error text
) strict;
create index outbox_due on outbox (due) where done is null;

create table blob (id text primary key, sealed blob not null) strict;

create virtual table search using fts5 (words, content='', contentless_delete=1, tokenize="ascii tokenchars '_'", detail=none);
