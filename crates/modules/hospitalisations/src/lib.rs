//! What hospitals say of our residents: stays, appointments, identities.
