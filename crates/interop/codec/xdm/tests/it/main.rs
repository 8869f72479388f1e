//! Tests of the packages, through the public interface only.

#[cfg(test)]
mod bombs;
#[cfg(test)]
mod foreign;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod metadata;
#[cfg(test)]
mod official;
#[cfg(test)]
mod official_entry;
#[cfg(test)]
mod random;
#[cfg(test)]
mod raw_zip;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod support;
#[cfg(test)]
mod time;
#[cfg(test)]
mod written;
