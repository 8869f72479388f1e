//! Behaviour of the shared types, from the outside.

#[cfg(test)]
mod dates;
#[cfg(test)]
mod decimal;
#[cfg(test)]
mod fichiers;
#[cfg(test)]
mod ins;
#[cfg(test)]
mod numeros;
#[cfg(test)]
mod texte;
