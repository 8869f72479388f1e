//! professionnels
