//! The mix: seven messages in ten as a hospital sends them, three as nobody should.

mod hostile;
mod letters;
mod messages;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use hl7v2::AdtEvent;
use kernel::id::UsagerId;

use super::Dice;
use super::world::Person;
use letters::Named;

/// True for what is wrong and still about one person: told in another order, or cut after what says whose it is. An HL7
/// message has no end of its own; that it came whole is said by its transport.
pub(crate) fn may_be_filed(kind: &str) -> bool {
    kind.starts_with("out of order") || kind == "truncated hl7"
}

/// How a message comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Channel {
    /// HL7 v2 messages of a hospital's engine.
    Mllp,
    /// Files and mails given to `grappe receive`.
    Door,
    /// Publications of a partner application.
    Fhir,
}

impl Channel {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Mllp => "mllp",
            Self::Door => "files and mails",
            Self::Fhir => "fhir",
        }
    }
}

/// What can carry some bytes.
pub(crate) enum Carried {
    /// An HL7 v2 message: MLLP.
    Message(Vec<u8>),
    /// Any file: the door or FHIR.
    File(Vec<u8>),
}

/// A message of the run.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) channel: Channel,
    /// What it is, for the report.
    pub(crate) kind: &'static str,
    pub(crate) hostile: bool,
    pub(crate) bytes: Arc<[u8]>,
    /// Those whose record it may enter by itself; none for what must wait for a human.
    pub(crate) about: BTreeSet<UsagerId>,
}

/// Makes the messages of a run; same seed, same messages.
pub(crate) struct Forge<'a> {
    people: &'a [Person],
    dice: Dice,
    /// Numbers of documents and messages begin here, so that two runs on one base send other ones.
    from: u64,
    door: bool,
}

impl<'a> Forge<'a> {
    pub(crate) fn new(people: &'a [Person], seed: u64, from: u64, door: bool) -> Self {
        Self { people, dice: Dice::new(seed), from, door }
    }

    /// So many messages, three tenths hostile, in the order they are sent; the official examples first.
    pub(crate) fn mix(&mut self, count: usize) -> anyhow::Result<Vec<Message>> {
        let mut messages = if self.from == 0 { self.official() } else { Vec::new() };
        messages.truncate(count / 10);
        let mut hostile = 0;
        while messages.len() < count {
            let number = self.from + messages.len() as u64;
            // Three in ten in the end, whatever the dice.
            let due = hostile * 10 < messages.len() * 3;
            if number % 1_000 == 150 {
                messages.push(self.message("too big to be read", true, Carried::File(hostile::too_big(number)), &[]));
                hostile += 1;
                continue;
            }
            let message = match (self.dice.below(100), self.dice.below(10)) {
                (0..70, chance) if due || chance < 2 => self.hostile(number)?,
                (70..73, _) if !messages.is_empty() => self.again(&messages),
                _ => self.sound(number)?,
            };
            hostile += usize::from(message.hostile);
            messages.push(message);
        }
        Ok(messages)
    }

    fn person(&mut self) -> &'a Person {
        let n = self.dice.below(self.people.len() as u64);
        &self.people[usize::try_from(n).unwrap_or(0)]
    }

    fn file_channel(&mut self) -> Channel {
        if self.door && self.dice.below(3) > 0 { Channel::Door } else { Channel::Fhir }
    }

    fn message(&mut self, kind: &'static str, hostile: bool, carried: Carried, about: &[UsagerId]) -> Message {
        let (channel, bytes) = match carried {
            Carried::Message(bytes) => (Channel::Mllp, bytes),
            Carried::File(bytes) => (self.file_channel(), bytes),
        };
        Message { channel, kind, hostile, bytes: bytes.into(), about: about.iter().copied().collect() }
    }

    fn sound(&mut self, number: u64) -> anyhow::Result<Message> {
        let person = self.person();
        let named = Named::of(person);
        let (kind, carried) = match self.dice.below(14) {
            0..2 => ("admission", Carried::Message(messages::movement(&named, AdtEvent::A01, number, number)?)),
            2 => ("movement", Carried::Message(messages::movement(&named, AdtEvent::A02, number, number)?)),
            3..5 => ("appointment", Carried::Message(messages::appointment(&named, number)?)),
            5..7 => ("results", Carried::Message(messages::results(&named, number)?)),
            7 => ("document in hl7", {
                Carried::Message(messages::document(&named, letters::letter(&named, number, "")?, number)?)
            }),
            8..10 => ("letter", Carried::File(letters::letter(&named, number, "")?)),
            10 => {
                let size = 2_000 + usize::try_from(self.dice.below(200_000)).unwrap_or(0);
                ("report in pdf", Carried::File(letters::report(&named, number, size)?))
            }
            11 => ("package", Carried::File(letters::package(letters::letter(&named, number, "")?, &named, number)?)),
            12 => {
                let package = letters::package(letters::letter(&named, number, "")?, &named, number)?;
                ("mail with a package", Carried::File(letters::mail(&package, person, number)?))
            }
            _ => return Ok(self.message("bare pdf", false, Carried::File(letters::pdf(number, 20_000)), &[])),
        };
        Ok(self.message(kind, false, carried, &[person.id]))
    }

    fn hostile(&mut self, number: u64) -> anyhow::Result<Message> {
        let (person, other) = (self.person(), self.person());
        let other = if other.id == person.id { &self.people[usize::from(self.people[0].id == person.id)] } else { other };
        let mut kind = self.dice.below(hostile::KINDS);
        if kind + 1 == hostile::KINDS && self.dice.below(4) > 0 {
            kind = 6;
        }
        let (name, carried) = hostile::make(kind, number, person, other, &mut self.dice)?;
        // A package about two persons may be filed for neither.
        let about: &[UsagerId] = if may_be_filed(name) { &[person.id] } else { &[] };
        Ok(self.message(name, true, carried, about))
    }

    /// Bytes already sent, by the same channel or another; or the same document number with other words.
    fn again(&mut self, sent: &[Message]) -> Message {
        let n = self.dice.below(sent.len() as u64);
        let first = &sent[usize::try_from(n).unwrap_or(0)];
        let channel = if first.channel == Channel::Mllp { Channel::Mllp } else { self.file_channel() };
        Message { channel, kind: "duplicate", hostile: true, ..first.clone() }
    }

    /// Official examples, when this machine has them: nobody of this grappe is named there.
    fn official(&mut self) -> Vec<Message> {
        let folder = std::env::var_os("GRAPPE_INTEROP")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/interop"), PathBuf::from);
        let mut found = Vec::new();
        for (under, extension) in [("cda/examples", "xml"), ("hl7v2", "er7")] {
            files(&folder.join(under), extension, &mut found);
        }
        found.sort();
        let read = |path: &PathBuf| Some((path.extension()? == "er7", std::fs::read(path).ok()?));
        let read: Vec<(bool, Vec<u8>)> = found.iter().filter_map(read).collect();
        let carried = |(message, bytes)| if message { Carried::Message(bytes) } else { Carried::File(bytes) };
        read.into_iter().map(|one| self.message("official example", false, carried(one), &[])).collect()
    }
}

fn files(folder: &std::path::Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
}
