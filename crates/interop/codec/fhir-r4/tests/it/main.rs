//! Tests of the codec, through its public interface only.

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod published;
#[cfg(test)]
mod queries;
#[cfg(test)]
mod written;
