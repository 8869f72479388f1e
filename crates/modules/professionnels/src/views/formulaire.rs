//! The forms which open accounts and give roles.

use kernel::id::{EtablissementId, UniteId};
use maud::{Markup, html};
use platform::web::{Champs, Erreurs};
use ui::alerte::{Alerte, Nature};
use ui::bloc::Bloc;
use ui::boutons::{Bouton, boutons};
use ui::champs::{CasesACocher, Date, Heure, Liste, Radios, Texte, cache, cote_a_cote};
use ui::choix_puces::ChoixPuces;

use crate::NatureContrat;

/// A form about an account in an establishment.
pub(crate) struct Formulaire<'a> {
    pub(crate) id: String,
    pub(crate) etablissement: EtablissementId,
    pub(crate) profils: Vec<(String, String)>,
    pub(crate) unites: &'a [(UniteId, String)],
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
}

/// Another establishment: the units of the form follow.
pub(crate) fn choix_etablissement(action: &str, ouverts: &[(EtablissementId, String)], actuel: EtablissementId) -> Markup {
    if ouverts.len() < 2 {
        return html! { @for (_, nom) in ouverts { p class="secondaire" { (nom) } } };
    }
    let choix = ouverts.iter().map(|(id, nom)| (id.to_string(), nom.clone()));
    html! {
        form class="rangee" method="get" action=(action) {
            (Liste::new("etablissement", "Établissement").choix(choix).valeur(actuel.to_string()).sans_mention())
            (Bouton::envoyer("Changer d'établissement").petit())
        }
    }
}

impl Formulaire<'_> {
    fn texte(&self, nom: &str, libelle: &str) -> Texte {
        Texte::new(nom, libelle).valeur(self.champs.texte(nom)).erreur(self.erreurs.de(nom))
    }

    fn caches(&self) -> Markup {
        let id = if self.champs.texte("id").is_empty() { self.id.as_str() } else { self.champs.texte("id") };
        html! { (cache("id", id)) (cache("etablissement", &self.etablissement.to_string())) }
    }

    fn profil(&self, libelle: &str) -> Markup {
        let liste = Liste::new("profil", libelle).invite("Choisir").choix(self.profils.iter().cloned());
        liste.valeur(self.champs.texte("profil")).erreur(self.erreurs.de("profil")).requis().render()
    }

    fn choix_unites(&self) -> Vec<(String, String)> {
        self.unites.iter().map(|(id, nom)| (id.to_string(), nom.clone())).collect()
    }

    fn unites(&self) -> Markup {
        html! {
            @if !self.unites.is_empty() {
                (CasesACocher::new("unite", "Unités").aide("Sans choix : tout l'établissement. Certains profils l'ouvrent toujours en entier.")
                    .choix(self.choix_unites()).valeurs(self.champs.tous("unite")).erreur(self.erreurs.de("unite")))
            }
        }
    }

    fn dates(&self) -> Markup {
        cote_a_cote(&html! {
            (Date::new("du", "Premier jour").aide("Vide : aujourd'hui, dès maintenant.").valeur(self.champs.texte("du")).erreur(self.erreurs.de("du")))
            (Date::new("au", "Dernier jour").aide("Vide : sans date de fin.").valeur(self.champs.texte("au")).erreur(self.erreurs.de("au")))
        })
    }

    pub(crate) fn compte(&self) -> Markup {
        let civilites = [("madame", "Madame"), ("monsieur", "Monsieur"), ("", "Non précisée")];
        let contrats = NatureContrat::TOUTES.map(|(_, code, libelle)| (code, libelle));
        let facultatif = html! {
            (self.texte("rpps", "Numéro RPPS").aide("Onze chiffres, pour les professionnels de santé.").chiffres())
            (Texte::telephone("telephone", "Téléphone professionnel").valeur(self.champs.texte("telephone")).erreur(self.erreurs.de("telephone")))
            (Texte::courriel("courriel", "Courriel professionnel").valeur(self.champs.texte("courriel")).erreur(self.erreurs.de("courriel")))
        };
        html! {
            (self.erreurs.resume())
            form class="formulaire" method="post" action="/admin/comptes" {
                (self.caches())
                (Radios::new("civilite", "Civilité").choix(civilites).valeur(self.champs.texte("civilite")))
                (cote_a_cote(&html! { (self.texte("prenom", "Prénom").requis()) (self.texte("nom", "Nom").requis()) }))
                (self.profil("Profil"))
                (self.unites())
                (Liste::new("contrat", "Contrat").invite("Choisir").choix(contrats).valeur(self.champs.texte("contrat")).erreur(self.erreurs.de("contrat")).requis())
                (self.dates())
                (facultatif)
                (boutons(&html! { (Bouton::envoyer("Créer le compte").principal()) (Bouton::lien("Annuler", "/admin/comptes").discret()) }))
            }
        }
    }

    pub(crate) fn remplacant(&self) -> Markup {
        let mut unites =
            ChoixPuces::plusieurs("unite", "Unités").choix(self.choix_unites()).erreur(self.erreurs.de("unite")).requis();
        for valeur in self.champs.tous("unite") {
            unites = unites.valeur(valeur);
        }
        html! {
            (self.erreurs.resume())
            form class="formulaire" method="post" action="/admin/comptes/remplacant" {
                (self.caches())
                (cote_a_cote(&html! { (self.texte("prenom", "Prénom").requis()) (self.texte("nom", "Nom").requis()) }))
                (self.profil("Fonction"))
                @if !self.unites.is_empty() { (unites) }
                (cote_a_cote(&html! {
                    (Date::new("fin_jour", "Jour de fin").valeur(self.champs.texte("fin_jour")).erreur(self.erreurs.de("fin_jour")).requis())
                    (Heure::new("fin_heure", "Heure de fin").aide("Proposée : la fin du poste en cours.").valeur(self.champs.texte("fin_heure")).erreur(self.erreurs.de("fin_heure")).requis())
                }))
                (boutons(&html! { (Bouton::envoyer("Ouvrir le compte et afficher le bon").principal()) (Bouton::lien("Annuler", "/admin/comptes").discret()) }))
            }
            (Bloc::new("Ce que la personne verra", html! {
                p { "Les dossiers des unités choisies, avec les droits de sa fonction. À l'heure de fin, l'accès se ferme seul, toutes sessions comprises." }
            }).calme())
        }
    }

    pub(crate) fn habilitation(&self, action: &str) -> Markup {
        html! {
            (self.erreurs.resume())
            (Alerte::new(Nature::Info, "Pour un accès à distance sans écriture, choisissez « Consultation à distance, lecture seule ».").texte("Chaque ouverture reste inscrite au journal de l'établissement consulté."))
            form class="formulaire" method="post" action=(action) {
                (self.caches()) (self.profil("Profil")) (self.unites()) (self.dates())
                (boutons(&html! { (Bouton::envoyer("Ajouter l'habilitation").principal()) }))
            }
        }
    }
}
