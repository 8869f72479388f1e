//! secours
