use demo::Recit;
use demo::recit::ErreurDonnees;

/// Saturday 21 November 2026, 09:12 in Paris: the clock of the screenshots.
pub(crate) fn samedi() -> Result<Recit, ErreurDonnees> {
    Recit::construire("2026-11-21T08:12:00Z".parse()?)
}
