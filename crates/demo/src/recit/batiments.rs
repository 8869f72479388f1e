//! The units of the three filled establishments (ux.md 6.3), and the index of those the stories name.

/// Establishment of most of the story.
pub const GENETS: usize = 0;
/// Second filled establishment.
pub const FONTAINE: usize = 1;
/// Third filled establishment.
pub const CLOS: usize = 2;
/// Unit of Sophie and of Mme BRUMELLE.
pub const VOLCANS: usize = 0;
/// Unit of Mme ZÉPHIRIN and of the gastro-enteritis.
pub const DOMES: usize = 1;
/// Unit whose corridor loses Wi-Fi from 14:00 to 16:00.
pub const CEZALLIER_N2: usize = 6;
/// Protected unit.
pub const UVP: usize = 7;
/// Temporary stays.
pub(super) const TEMPORAIRE: usize = 8;
/// First unit of La Fontaine aux Saules.
pub(super) const RIVE: usize = 10;

/// Establishment, code, name, building, floor, kind, first room, single rooms, double rooms.
pub(super) type Plan = (usize, &'static str, &'static str, &'static str, u32, &'static str, u32, u32, u32);

/// Establishment, code, name, building, floor, kind, first room, single rooms, double rooms (ux.md 6.3).
pub(super) const UNITES: [Plan; 15] = [
    (GENETS, "volcans", "Volcans", "Les Puys", 2, "hebergement", 201, 22, 2),
    (GENETS, "domes", "Dômes", "Les Puys", 1, "hebergement", 101, 27, 2),
    (GENETS, "combrailles", "Combrailles", "Les Puys", 3, "hebergement", 301, 38, 5),
    (GENETS, "livradois", "Livradois", "L'Estive", 1, "hebergement", 401, 40, 6),
    (GENETS, "limagne", "Limagne", "L'Estive", 2, "hebergement", 501, 48, 6),
    (GENETS, "cezallier_n1", "Cézallier N1", "Cézallier", 1, "hebergement", 601, 32, 3),
    (GENETS, "cezallier_n2", "Cézallier N2", "Cézallier", 2, "hebergement", 701, 31, 3),
    (GENETS, "myosotis", "UVP Les Myosotis", "Cézallier", 0, "uvp", 801, 14, 0),
    (GENETS, "temporaire", "Hébergement temporaire", "L'Estive", 0, "temporaire", 901, 6, 0),
    (GENETS, "pasa", "PASA", "Cézallier", 0, "jour", 0, 0, 0),
    (FONTAINE, "rive", "La Rive", "Principal", 1, "hebergement", 101, 26, 2),
    (FONTAINE, "saulaie", "La Saulaie", "Principal", 2, "hebergement", 201, 26, 2),
    (FONTAINE, "ilot", "L'Îlot", "Jardin", 0, "hebergement", 301, 24, 1),
    (CLOS, "parc", "Le Parc", "Principal", 0, "hebergement", 101, 30, 1),
    (CLOS, "balcon", "Le Balcon", "Principal", 1, "hebergement", 201, 30, 1),
];
