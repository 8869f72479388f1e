//! Behaviour of the module, through its pure rules and through the HTTP router on both engines.

#[cfg(test)]
mod consignes;
#[cfg(test)]
mod corriger;
#[cfg(test)]
mod ecrire;
#[cfg(test)]
mod fuites;
#[cfg(test)]
mod monde;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod recherche;
#[cfg(test)]
mod releve;
#[cfg(test)]
mod terrain;
