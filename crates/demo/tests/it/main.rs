//! The story keeps its promises: same data for the same instant, the announced figures, nothing impossible.

mod figures;
mod horloge;
mod identites;
mod medical;
mod medical_dates;
mod referentiels;
mod temps;
