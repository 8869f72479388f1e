//! Tests of the reader and printer, through their public interface only.

#[cfg(test)]
mod acks;
#[cfg(test)]
mod appointments;
#[cfg(test)]
mod charset;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod movements;
#[cfg(test)]
mod official;
#[cfg(test)]
mod official_expected;
#[cfg(test)]
mod printed;
#[cfg(test)]
mod random;
#[cfg(test)]
mod results;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod support;
#[cfg(test)]
mod syntax;
#[cfg(test)]
mod time;
