//! plan-de-soins
