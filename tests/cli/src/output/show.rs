//! Small things said the same way everywhere: a health, a distance, a word.

use pmi_core::model::{Health, HealthStatus};

/// A health as number and word, such as `82 healthy`. Cut, not rounded: 39.6 is critical, and `40 critical` would be wrong.
pub(crate) fn health(score: f64, status: &HealthStatus) -> String {
    format!("{:.0} {}", score.floor(), words(status.as_word()))
}

/// The same of a vehicle, or a dash while it is unknown.
pub(crate) fn health_short(known: Option<&Health>) -> String {
    known.map_or_else(dash, |known| health(known.score, &known.status))
}

/// Kilometres, such as `43000`.
pub(crate) fn km(known: Option<f64>) -> String {
    known.map_or_else(dash, |km| format!("{km:.0}"))
}

/// A number with at most one decimal.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// What is known, or a dash.
pub(crate) fn one_of(known: Option<impl ToString>) -> String {
    known.map_or_else(dash, |known| known.to_string())
}

/// A wire word as a person reads it: `cooling_system` is `cooling system`.
pub(crate) fn words(word: &str) -> String {
    word.replace('_', " ")
}

fn dash() -> String {
    "-".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_health_never_contradicts_its_word() {
        for score in [0.0, 39.6, 40.0, 69.99, 70.0, 100.0] {
            let text = health_short(Some(&Health::new(score)));
            let (shown, word) = text.split_once(' ').expect("number and word");
            let shown: f64 = shown.parse().expect("a number");
            assert_eq!(Health::status_of(shown).as_word(), word);
        }
        assert_eq!(health_short(None), "-");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.64), "12.6");
        assert_eq!(words("cooling_system"), "cooling system");
    }
}
