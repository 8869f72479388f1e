//! Icons: one enum, one SVG sprite (Lucide, ISC licence, see `assets/licences/lucide.txt`).
//!
//! An icon is always `aria-hidden`: the word next to it carries the meaning.

use std::sync::LazyLock;

use maud::{Markup, PreEscaped};

use crate::assets;

macro_rules! icones {
    ($($nom:ident => $symbole:literal,)+) => {
        /// Every icon of the sprite; the variant is the Lucide name in camel case.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Icone {
            $(#[doc = concat!("Lucide `", $symbole, "`.")] $nom,)+
        }

        impl Icone {
            /// All icons, in the order of `assets/icones.txt`.
            pub const TOUTES: &[Icone] = &[$(Icone::$nom,)+];

            /// Identifier of the symbol in the sprite.
            pub const fn symbole(self) -> &'static str {
                match self { $(Icone::$nom => $symbole,)+ }
            }
        }
    };
}

icones! {
    Accessibility => "accessibility",
    Activity => "activity",
    Ambulance => "ambulance",
    Archive => "archive",
    ArrowLeft => "arrow-left",
    ArrowLeftRight => "arrow-left-right",
    ArrowRight => "arrow-right",
    BadgeCheck => "badge-check",
    Ban => "ban",
    Bandage => "bandage",
    Bath => "bath",
    Bed => "bed",
    BedDouble => "bed-double",
    BedSingle => "bed-single",
    Bell => "bell",
    Bone => "bone",
    BookOpen => "book-open",
    Brain => "brain",
    BrushCleaning => "brush-cleaning",
    Building2 => "building-2",
    Bus => "bus",
    Cake => "cake",
    CalendarDays => "calendar-days",
    Camera => "camera",
    Car => "car",
    ChartLine => "chart-line",
    Check => "check",
    ChefHat => "chef-hat",
    ChevronDown => "chevron-down",
    ChevronLeft => "chevron-left",
    ChevronRight => "chevron-right",
    ChevronUp => "chevron-up",
    ChevronsUpDown => "chevrons-up-down",
    CircleCheck => "circle-check",
    CircleDashed => "circle-dashed",
    CircleHelp => "circle-help",
    CircleX => "circle-x",
    ClipboardList => "clipboard-list",
    Clock => "clock",
    ClockAlert => "clock-alert",
    CloudUpload => "cloud-upload",
    Contrast => "contrast",
    Copy => "copy",
    Database => "database",
    Delete => "delete",
    Dna => "dna",
    DoorOpen => "door-open",
    Download => "download",
    Droplets => "droplets",
    Dumbbell => "dumbbell",
    Ear => "ear",
    Ellipsis => "ellipsis",
    ExternalLink => "external-link",
    Eye => "eye",
    EyeOff => "eye-off",
    FileCheck => "file-check",
    FilePen => "file-pen",
    FileText => "file-text",
    Fingerprint => "fingerprint",
    Fish => "fish",
    Flag => "flag",
    Flame => "flame",
    FlaskConical => "flask-conical",
    Footprints => "footprints",
    Frown => "frown",
    GlassWater => "glass-water",
    GraduationCap => "graduation-cap",
    Hand => "hand",
    HandHelping => "hand-helping",
    HardHat => "hard-hat",
    Heart => "heart",
    HeartPulse => "heart-pulse",
    History => "history",
    Hospital => "hospital",
    House => "house",
    Image => "image",
    Inbox => "inbox",
    Info => "info",
    Key => "key",
    KeyRound => "key-round",
    Languages => "languages",
    LayoutGrid => "layout-grid",
    LifeBuoy => "life-buoy",
    Link => "link",
    List => "list",
    ListChecks => "list-checks",
    Lock => "lock",
    LogIn => "log-in",
    LogOut => "log-out",
    MailCheck => "mail-check",
    MailOpen => "mail-open",
    Map => "map",
    Meh => "meh",
    Menu => "menu",
    MessageSquare => "message-square",
    MessagesSquare => "messages-square",
    Mic => "mic",
    Minus => "minus",
    Monitor => "monitor",
    Moon => "moon",
    MoveDown => "move-down",
    MoveUp => "move-up",
    Music => "music",
    Network => "network",
    OctagonAlert => "octagon-alert",
    Package => "package",
    PackageCheck => "package-check",
    Palette => "palette",
    Paperclip => "paperclip",
    PartyPopper => "party-popper",
    Pencil => "pencil",
    Phone => "phone",
    PhoneCall => "phone-call",
    Pill => "pill",
    PillBottle => "pill-bottle",
    Play => "play",
    Plus => "plus",
    Printer => "printer",
    QrCode => "qr-code",
    RefreshCw => "refresh-cw",
    RotateCcw => "rotate-ccw",
    Route => "route",
    Save => "save",
    Scale => "scale",
    ScanBarcode => "scan-barcode",
    Search => "search",
    Send => "send",
    Settings => "settings",
    Share2 => "share-2",
    ShieldAlert => "shield-alert",
    ShieldCheck => "shield-check",
    Shirt => "shirt",
    ShowerHead => "shower-head",
    Siren => "siren",
    SlidersHorizontal => "sliders-horizontal",
    Smile => "smile",
    Soup => "soup",
    SprayCan => "spray-can",
    Square => "square",
    SquareCheck => "square-check",
    Star => "star",
    Stethoscope => "stethoscope",
    Sun => "sun",
    Syringe => "syringe",
    Tablet => "tablet",
    Target => "target",
    TestTube => "test-tube",
    Thermometer => "thermometer",
    Toilet => "toilet",
    Trash2 => "trash-2",
    TrendingDown => "trending-down",
    TrendingUp => "trending-up",
    TriangleAlert => "triangle-alert",
    Type => "type",
    Undo2 => "undo-2",
    Upload => "upload",
    User => "user",
    UserCheck => "user-check",
    UserPlus => "user-plus",
    UserRound => "user-round",
    UserX => "user-x",
    Users => "users",
    Utensils => "utensils",
    Video => "video",
    Volume2 => "volume-2",
    WashingMachine => "washing-machine",
    Wifi => "wifi",
    WifiOff => "wifi-off",
    Wind => "wind",
    Wrench => "wrench",
    X => "x",
}

/// An icon as it stands in pages: drawn once, at the first page of the process.
pub type Dessin = PreEscaped<&'static str>;

/// Draws an icon at the size of the text around it (1.25 em); hidden from screen readers.
pub fn icone(icone: Icone) -> Dessin {
    PreEscaped(&DESSINS[icone as usize].0)
}

/// Draws an icon at 28 px, for ticks and tiles.
pub fn grande(icone: Icone) -> Dessin {
    PreEscaped(&DESSINS[icone as usize].1)
}

/// Each icon at both sizes, in the order of [`Icone::TOUTES`]: a page holds hundreds.
static DESSINS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let tailles = |icone: &Icone| (dessiner(*icone, "icone").0, dessiner(*icone, "icone icone--grande").0);
    Icone::TOUTES.iter().map(tailles).collect()
});

fn dessiner(icone: Icone, classe: &str) -> Markup {
    let lien = format!("{}#{}", assets::url("icones.svg"), icone.symbole());
    // A round holds three thousand of them: each byte is written three thousand times.
    PreEscaped(format!(r#"<svg class="{classe}" aria-hidden="true"><use href="{lien}"/></svg>"#))
}
