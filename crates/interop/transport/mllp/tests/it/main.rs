//! Tests of the server and the client, through their public interface only.

#[cfg(test)]
mod client;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod frames;
#[cfg(test)]
mod peers;
#[cfg(test)]
mod secured;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod stopping;
#[cfg(test)]
mod support;
