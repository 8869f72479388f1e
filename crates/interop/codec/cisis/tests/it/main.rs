//! Tests of the writers, through their public interface only.

#[cfg(test)]
mod coded;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod contents;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod examined;
#[cfg(test)]
mod identities;
#[cfg(test)]
mod official;
#[cfg(test)]
mod random;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod shown;
#[cfg(test)]
mod support;
#[cfg(test)]
mod unread;
#[cfg(test)]
mod validator;
