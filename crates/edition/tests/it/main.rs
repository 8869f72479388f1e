//! Behaviour of the editions: what a reader of the PDF or of the page finds.

#[cfg(test)]
mod contenu;
#[cfg(test)]
mod html;
#[cfg(test)]
mod lecture;
#[cfg(test)]
mod mise_en_page;
#[cfg(test)]
mod robustesse;
