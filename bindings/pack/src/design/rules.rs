//! What must hold of the token files. Every fault is named, with the file it is in.

mod machine;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use pmi_core::screens::TextKey;

use super::colour::Colour;
use super::core::{UNITS, name};
use super::data::{Design, Form, Said};
use super::drawing::Drawing;
use super::named::Named;
use super::word::is_name;

/// Every colour a shell draws with, and the order it has them in.
pub(super) const COLOURS: [&str; 27] = [
    "background",
    "surface",
    "surfaceRaised",
    "outline",
    "outlineStrong",
    "text",
    "textQuiet",
    "accent",
    "onAccent",
    "accentSoft",
    "neutral",
    "neutralSoft",
    "good",
    "goodSoft",
    "warning",
    "warningSoft",
    "critical",
    "criticalSoft",
    "onCritical",
    "skeleton",
    "scrim",
    "machineBody",
    "machineShade",
    "machineGlass",
    "machineTyre",
    "machineRim",
    "machineLine",
];
const SPACES: [&str; 5] = ["xs", "s", "m", "l", "xl"];
const RADII: [&str; 3] = ["s", "m", "l"];
const SIZES: [&str; 7] = [
    "iconSmall",
    "icon",
    "iconLarge",
    "touch",
    "chart",
    "drawing",
    "column",
];
const TEXTS: [&str; 6] = ["title", "heading", "body", "label", "note", "number"];

/// What lies behind text.
const GROUNDS: [&str; 3] = ["background", "surface", "surfaceRaised"];
/// What text is written in on any of these.
const INKS: [&str; 7] = [
    "text",
    "textQuiet",
    "accent",
    "neutral",
    "good",
    "warning",
    "critical",
];
/// What text is written in, on a ground of its own.
const ON: [(&str, &str); 13] = [
    ("onAccent", "accent"),
    ("onCritical", "critical"),
    ("accent", "accentSoft"),
    ("neutral", "neutralSoft"),
    ("good", "goodSoft"),
    ("warning", "warningSoft"),
    ("critical", "criticalSoft"),
    ("text", "accentSoft"),
    ("text", "neutralSoft"),
    ("text", "goodSoft"),
    ("text", "warningSoft"),
    ("text", "criticalSoft"),
    ("textQuiet", "neutralSoft"),
];
/// The least contrast of text.
const TEXT_CONTRAST: f64 = 4.5;
/// The least contrast of the edge of what can be touched.
const EDGE_CONTRAST: f64 = 3.0;

/// How wide and high an icon is.
pub(super) const ICON: f64 = 24.0;

/// The colour of a part of the drawing of a vehicle.
pub(super) fn machine_role(ink: &str) -> &'static str {
    let is_its = |role: &&&str| {
        let rest = role.strip_prefix("machine");
        rest.is_some_and(|rest| rest.eq_ignore_ascii_case(ink))
    };
    COLOURS.iter().find(is_its).copied().unwrap_or_default()
}

/// What is wrong; nothing if all is well.
pub(super) fn faults(design: &Design) -> Vec<String> {
    let mut faults = Faults(Vec::new());
    tokens(design, &mut faults);
    icons(design, &mut faults);
    machine::faults(design, &mut faults);
    labels(design, &mut faults);
    hindi(design, &mut faults);
    faults.0
}

struct Faults(Vec<String>);

impl Faults {
    fn add(&mut self, file: &str, what: impl std::fmt::Display) {
        self.0.push(format!("{file}: {what}"));
    }

    /// Just these names, no more and no fewer.
    fn names<'a>(
        &mut self,
        file: &str,
        what: &str,
        there: impl Iterator<Item = &'a str>,
        wanted: impl IntoIterator<Item = impl AsRef<str>>,
    ) {
        let there: BTreeSet<&str> = there.collect();
        let wanted: Vec<_> = wanted.into_iter().collect();
        let wanted: BTreeSet<&str> = wanted.iter().map(AsRef::as_ref).collect();
        for name in wanted.difference(&there) {
            self.add(file, format_args!("no {what} `{name}`"));
        }
        for name in there.difference(&wanted) {
            self.add(file, format_args!("`{name}` is no {what}"));
        }
    }
}

fn tokens(design: &Design, faults: &mut Faults) {
    let (file, tokens) = ("tokens.json", &design.tokens);
    faults.names(file, "colour", tokens.colours.names(), COLOURS);
    faults.names(file, "space", tokens.space.names(), SPACES);
    faults.names(file, "radius", tokens.radius.names(), RADII);
    faults.names(file, "size", tokens.size.names(), SIZES);
    faults.names(file, "type", tokens.texts.names(), TEXTS);
    for (group, name, value) in [
        ("space", &tokens.space),
        ("radius", &tokens.radius),
        ("size", &tokens.size),
    ]
    .into_iter()
    .flat_map(|(group, all)| all.iter().map(move |(name, value)| (group, name, *value)))
    {
        if !(1.0..=1000.0).contains(&value) {
            faults.add(
                file,
                format_args!("{group} `{name}`: {value} is not from 1 to 1000"),
            );
        }
    }
    if tokens.size.get("touch").is_some_and(|touch| *touch < 48.0) {
        faults.add(file, "size `touch`: what is touched is 48 or more");
    }
    for (name, text) in tokens.texts.iter() {
        if text.size < 12.0 || text.line < text.size * 1.2 || !(100..=900).contains(&text.weight) {
            let rule = "12 or more, a line at least 1.2 times that, a weight from 100 to 900";
            faults.add(file, format_args!("type `{name}`: {rule}"));
        }
    }
    contrasts(design, faults);
}

fn contrasts(design: &Design, faults: &mut Faults) {
    let file = "tokens.json";
    let (mut light, mut dark) = (BTreeMap::new(), BTreeMap::new());
    for (name, role) in design.tokens.colours.iter() {
        if role.doc.trim().is_empty() {
            faults.add(file, format_args!("colour `{name}`: for what is it?"));
        }
        for (text, colours) in [(&role.light, &mut light), (&role.dark, &mut dark)] {
            match Colour::parse(text) {
                Ok(colour) => drop(colours.insert(name, colour)),
                Err(why) => faults.add(file, format_args!("colour `{name}`: {why}")),
            }
        }
    }
    let written = INKS
        .into_iter()
        .flat_map(|ink| GROUNDS.map(|ground| (ink, ground)))
        .chain(ON);
    let text = written.map(|(ink, ground)| (ink, ground, TEXT_CONTRAST));
    let edges = GROUNDS.map(|ground| ("outlineStrong", ground, EDGE_CONTRAST));
    for (ink, ground, least) in text.chain(edges) {
        for (mode, colours) in [("light", &light), ("dark", &dark)] {
            let (Some(one), Some(two)) = (colours.get(ink), colours.get(ground)) else {
                continue;
            };
            let contrast = one.contrast(*two);
            if contrast < least {
                let is = format!("a contrast of {contrast:.2}, not {least}");
                faults.add(file, format_args!("`{ink}` on `{ground}` has {is} ({mode})"));
            }
        }
    }
}

fn icons(design: &Design, faults: &mut Faults) {
    let file = "icons.json";
    let stroke = design.icons.stroke;
    for (name, icon) in design.icons.icons.iter() {
        if !is_name(name) {
            faults.add(file, format_args!("`{name}` is no name such as `calendarPlus`"));
        }
        if icon.strokes.is_empty() && icon.fills.is_empty() {
            faults.add(file, format_args!("`{name}` draws nothing"));
        }
        let strokes = icon.strokes.iter().map(|path| (path, stroke));
        for (path, stroke) in strokes.chain(icon.fills.iter().map(|path| (path, 0.0))) {
            match Drawing::parse(path) {
                Err(why) => faults.add(file, format_args!("`{name}`: {why}")),
                Ok(drawing) => {
                    let takes = drawing.bounds(stroke);
                    if takes.x0 < 0.0 || takes.y0 < 0.0 || takes.x1 > ICON || takes.y1 > ICON {
                        faults.add(
                            file,
                            format_args!("`{name}` goes beyond its {ICON} by {ICON}: `{path}`"),
                        );
                    }
                }
            }
        }
    }
}

fn labels(design: &Design, faults: &mut Faults) {
    let (file, labels) = ("labels.json", &design.labels);
    let units = UNITS.map(name);
    faults.names(file, "unit", labels.units.names(), &units);
    for name in labels.labels.names().chain(labels.counted.names()) {
        if !is_name(name) {
            faults.add(file, format_args!("`{name}` is no name such as `garageTitle`"));
        }
    }
    for (name, said) in labels.units.iter() {
        if matches!(said.en, Form::Counted(_)) != matches!(said.hi, Form::Counted(_)) {
            faults.add(
                file,
                format_args!("`{name}` has a form for one in both languages or in neither"),
            );
        }
    }
    said(&labels.labels, faults, |text| vec![text]);
    said(&labels.counted, faults, |plural| vec![&plural.one, &plural.other]);
    said(&labels.units, faults, |form| {
        let (one, other) = form.both();
        vec![one, other]
    });
    let numbers = labels
        .counted
        .iter()
        .map(|(name, said)| (name, said.en.other.as_str()));
    for (name, text) in numbers.chain(labels.units.iter().map(|(name, said)| (name, said.en.both().1))) {
        if places(text) != ["{0}"] {
            faults.add(
                file,
                format_args!("`{name}`: its one place is {{0}}, for the number"),
            );
        }
    }
}

/// Nothing is left out in a language, and the places are those of the English.
fn said<T: Debug>(all: &Named<Said<T>>, faults: &mut Faults, forms: impl Fn(&T) -> Vec<&str>) {
    let file = "labels.json";
    for (name, said) in all.iter() {
        let english = forms(&said.en);
        let wanted = english.last().map(|text| places(text)).unwrap_or_default();
        for (language, texts) in [("English", english), ("Hindi", forms(&said.hi))] {
            for text in texts {
                sentence(file, name, language, text, &wanted, faults);
            }
        }
    }
}

fn hindi(design: &Design, faults: &mut Faults) {
    let file = "hindi.json";
    faults.names(
        file,
        "text of the core",
        design.hindi.names(),
        TextKey::ALL.iter().map(|key| key.name()),
    );
    for key in TextKey::ALL {
        if let Some(text) = design.hindi.get(key.name()) {
            sentence(file, key.name(), "Hindi", text, &places(key.english()), faults);
        }
    }
}

fn sentence(file: &str, name: &str, language: &str, text: &str, wanted: &[String], faults: &mut Faults) {
    if text.trim().is_empty() {
        faults.add(file, format_args!("`{name}` says nothing in {language}"));
    } else if text.trim() != text {
        faults.add(file, format_args!("`{name}` has a space at an end in {language}"));
    }
    if text.contains("}।") {
        faults.add(
            file,
            format_args!("`{name}` has a `।` behind a place in {language}: behind a number it reads as a 1"),
        );
    }
    let there = places(text);
    if there != wanted {
        let [there, wanted] = [there.join(" "), wanted.join(" ")];
        faults.add(
            file,
            format_args!("`{name}` has the places [{there}] in {language}, the English has [{wanted}]"),
        );
    }
}

/// The places of a text, in the order of their numbers: `{0}`, `{1}`.
fn places(text: &str) -> Vec<String> {
    let mut places: Vec<String> = text
        .split('{')
        .skip(1)
        .map(|rest| rest.split_once('}').map_or(rest, |(inside, _)| inside))
        .map(|inside| format!("{{{inside}}}"))
        .collect();
    places.sort();
    places
}
