//! Tests of the reader, through its public interface only.

#[cfg(test)]
mod charset;
#[cfg(test)]
mod files;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod letter;
#[cfg(test)]
mod narrative;
#[cfg(test)]
mod official;
#[cfg(test)]
mod official_expected;
#[cfg(test)]
mod random;
#[cfg(test)]
mod strictness;
#[cfg(test)]
mod support;
#[cfg(test)]
mod time;
#[cfg(test)]
mod write;
#[cfg(test)]
mod write_any;
#[cfg(test)]
mod write_refusals;
