//! A path of a drawing. Of SVG's commands the token files use M, L, H, V, C, Q, A and Z.

use kurbo::{BezPath, PathEl, Point, Rect, Shape as _};

/// What a path in a token file may begin a command with.
const COMMANDS: &str = "MLHVCQAZ";

/// A path: lines and cubic curves.
#[derive(Debug, Clone)]
pub(super) struct Drawing(BezPath);

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    Move(Point),
    Line(Point),
    Curve(Point, Point, Point),
    Close,
}

impl Drawing {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if let Some(other) = text
            .chars()
            .find(|letter| letter.is_ascii_alphabetic() && !COMMANDS.contains(*letter))
        {
            return Err(format!("`{other}` is none of the commands {COMMANDS}: `{text}`"));
        }
        let path = BezPath::from_svg(text).map_err(|error| format!("{error}: `{text}`"))?;
        if path.elements().len() < 2 {
            return Err(format!("draws nothing: `{text}`"));
        }
        Ok(Self(path))
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = Step> {
        let mut last = Point::ORIGIN;
        self.0.elements().iter().map(move |element| match *element {
            PathEl::MoveTo(to) => {
                last = to;
                Step::Move(to)
            }
            PathEl::LineTo(to) => {
                last = to;
                Step::Line(to)
            }
            PathEl::QuadTo(by, to) => {
                let (from, third) = (last, 2.0 / 3.0);
                last = to;
                Step::Curve(from.lerp(by, third), to.lerp(by, third), to)
            }
            PathEl::CurveTo(one, two, to) => {
                last = to;
                Step::Curve(one, two, to)
            }
            PathEl::ClosePath => Step::Close,
        })
    }

    /// What it takes up, if its line is so thick.
    pub(super) fn bounds(&self, stroke: f64) -> Rect {
        self.0.bounding_box().inflate(stroke / 2.0, stroke / 2.0)
    }

    /// Whether a point is in what it encloses.
    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        self.0.contains(Point::new(x, y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_lines_and_curves() {
        let steps: Vec<Step> = Drawing::parse("M1 2 H4 V6 Q7 6 7 9 Z").unwrap().steps().collect();
        let at = Point::new;
        assert_eq!(
            steps[..3],
            [
                Step::Move(at(1.0, 2.0)),
                Step::Line(at(4.0, 2.0)),
                Step::Line(at(4.0, 6.0))
            ]
        );
        assert_eq!(steps[3], Step::Curve(at(6.0, 6.0), at(7.0, 7.0), at(7.0, 9.0)));
        assert_eq!(steps[4], Step::Close);
    }

    #[test]
    fn a_path_that_is_none_is_refused() {
        for wrong in [
            "",
            "M1",
            "M1 2",
            "L1 2 L3 4",
            "M1 2 l3 4",
            "M1 2 T3 4",
            "M1 2 A1 1 0 0",
            "M1 2 Lx 4",
        ] {
            assert!(Drawing::parse(wrong).is_err(), "{wrong}");
        }
    }
}
