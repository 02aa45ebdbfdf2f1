//! What stands in the token files.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Sources;
use super::named::Named;

/// All of it.
#[derive(Debug, Clone)]
pub struct Design {
    pub(super) tokens: Tokens,
    pub(super) icons: Icons,
    pub(super) machine: Machine,
    pub(super) labels: Labels,
    pub(super) hindi: Named<String>,
}

/// `tokens.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tokens {
    pub(super) colours: Named<Role>,
    pub(super) space: Named<f64>,
    pub(super) radius: Named<f64>,
    pub(super) size: Named<f64>,
    #[serde(rename = "type")]
    pub(super) texts: Named<TypeStyle>,
}

/// A colour with a purpose.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Role {
    pub(super) light: String,
    pub(super) dark: String,
    /// What it is for.
    pub(super) doc: String,
}

/// How a kind of text is set, at a text size of 100 %.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypeStyle {
    pub(super) size: f64,
    pub(super) line: f64,
    /// 100 to 900.
    pub(super) weight: u16,
}

/// `icons.json`: 24 by 24.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Icons {
    /// How thick a line is.
    pub(super) stroke: f64,
    pub(super) icons: Named<Icon>,
}

/// An icon.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Icon {
    /// Paths that are lines, with round ends.
    #[serde(default)]
    pub(super) strokes: Vec<String>,
    /// Paths that are filled.
    #[serde(default)]
    pub(super) fills: Vec<String>,
}

/// `machine.json`: a vehicle from its side.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Machine {
    pub(super) width: f64,
    pub(super) height: f64,
    /// How wide, in dp, it is drawn at least: on the narrowest phone.
    pub(super) narrowest: f64,
    /// Drawn first, in this order.
    pub(super) body: Vec<Panel>,
    /// The components, drawn over it.
    pub(super) spots: Named<Spot>,
}

/// A part of the drawing that stands for no component.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Panel {
    pub(super) ink: Ink,
    pub(super) path: String,
}

/// What a part of the drawing is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Ink {
    Body,
    Shade,
    Glass,
    Tyre,
    Rim,
    Line,
}

/// A component on the drawing, a point in it, and where its mark is: a line leads from the one to the other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spot {
    pub(super) path: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) mark: Place,
}

/// A point of a drawing.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// `labels.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Labels {
    /// The shells' own texts.
    pub(super) labels: Named<Said<String>>,
    /// Those with a number in them that changes their words.
    pub(super) counted: Named<Said<Plural>>,
    /// What stands around a quantity.
    pub(super) units: Named<Said<Form>>,
}

/// A text in each language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said<T> {
    pub(super) en: T,
    pub(super) hi: T,
}

/// A text for one, and one for more.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plural {
    pub(super) one: String,
    pub(super) other: String,
}

/// A text that may change with its number.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Form {
    Same(String),
    Counted(Plural),
}

impl Form {
    /// For one, and for more.
    pub(super) fn both(&self) -> (&str, &str) {
        match self {
            Self::Same(text) => (text, text),
            Self::Counted(plural) => (&plural.one, &plural.other),
        }
    }
}

impl Ink {
    pub(super) const ALL: [(Self, &'static str); 6] = [
        (Self::Body, "body"),
        (Self::Shade, "shade"),
        (Self::Glass, "glass"),
        (Self::Tyre, "tyre"),
        (Self::Rim, "rim"),
        (Self::Line, "line"),
    ];

    pub(super) fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(ink, _)| *ink == self)
            .map_or("", |(_, name)| name)
    }
}

impl Design {
    pub(super) fn of(sources: &Sources) -> Result<Self, String> {
        Ok(Self {
            tokens: parsed("tokens.json", &sources.tokens)?,
            icons: parsed("icons.json", &sources.icons)?,
            machine: parsed("machine.json", &sources.machine)?,
            labels: parsed("labels.json", &sources.labels)?,
            hindi: parsed("hindi.json", &sources.hindi)?,
        })
    }
}

fn parsed<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| format!("{name}: {error}"))
}
