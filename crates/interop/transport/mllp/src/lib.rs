//! MLLP, the transport of HL7 v2 messages: a server that acknowledges a message only once it is
//! handled, and a client, over TCP or TLS with certificates on both sides.
//!
//! This crate moves bytes: it knows nothing of what a message says, except that no message holds the
//! bytes that frame it.
//!
//! ```no_run
//! use std::{net::SocketAddr, sync::Arc};
//! use mllp::{Answer, Handler, Notice, Peer, Settings, serve};
//!
//! struct Sas;
//!
//! impl Handler for Sas {
//!     async fn message(&self, _: Peer, bytes: Vec<u8>) -> Answer {
//!         match keep_durably(&bytes).await {
//!             Ok(ack) => Answer::Ack(ack),
//!             Err(_) => Answer::HangUp,
//!         }
//!     }
//!
//!     fn notice(&self, peer: Option<&SocketAddr>, notice: Notice) {
//!         eprintln!("{peer:?} {notice:?}");
//!     }
//! }
//! # async fn keep_durably(_: &[u8]) -> std::io::Result<Vec<u8>> { Ok(Vec::new()) }
//! # async fn example() -> std::io::Result<()> {
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:2575").await?;
//! let stop = async { let _ = tokio::signal::ctrl_c().await; };
//! serve(listener, Settings::default(), Arc::new(Sas), stop).await;
//! # Ok(())
//! # }
//! ```

mod client;
mod connection;
mod error;
mod frame;
mod limits;
mod notice;
mod server;
pub mod tls;

pub use client::{Client, ClientTls, send};
pub use error::{SendError, TlsError};
pub use frame::{Decoder, Frame};
pub use limits::Limits;
pub use notice::{Notice, Peer};
pub use server::{Answer, Handler, Settings, serve};
