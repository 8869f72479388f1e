//! Tests of the client, through its public interface only.

#[cfg(test)]
mod addresses;
#[cfg(test)]
mod composing;
#[cfg(test)]
mod fake;
#[cfg(test)]
mod fake_imap;
#[cfg(test)]
mod fake_smtp;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod parsing;
#[cfg(test)]
mod peer;
#[cfg(test)]
mod random;
#[cfg(test)]
mod real_inbox;
#[cfg(test)]
mod real_journey;
#[cfg(test)]
mod real_submission;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod subjects;
#[cfg(test)]
mod support;
