//! What the store promises, on both engines.

#[cfg(test)]
mod alone;
#[cfg(test)]
mod blobs;
#[cfg(test)]
mod claims;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod former;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod guard;
#[cfg(test)]
mod journal;
#[cfg(test)]
mod key;
#[cfg(test)]
mod lately;
#[cfg(test)]
mod leader;
#[cfg(test)]
mod lists;
mod live;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod peek;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod raw;
#[cfg(test)]
mod reach;
#[cfg(test)]
mod records;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod same_number;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod search;
#[cfg(test)]
mod tampering;
#[cfg(test)]
mod waiting;
#[cfg(test)]
mod witness;
