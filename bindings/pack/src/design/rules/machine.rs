//! What must hold of the drawing of a vehicle.

use kurbo::{Point, Rect};

use super::super::core::{SPOTS, name};
use super::super::data::{Design, Ink, Machine, Spot};
use super::super::drawing::Drawing;
use super::Faults;

const FILE: &str = "machine.json";

/// How near two components' points may be: a line ends in each.
const APART: f64 = 24.0;

pub(super) fn faults(design: &Design, faults: &mut Faults) {
    let machine = &design.machine;
    let spots = SPOTS.map(name);
    faults.names(FILE, "component", machine.spots.names(), &spots);
    let panels = machine.body.iter().map(|panel| (panel.ink.name(), &panel.path));
    let regions = machine.spots.iter().map(|(name, spot)| (name, &spot.path));
    let mut vehicle = Rect::new(machine.width, machine.height, 0.0, 0.0);
    for (name, path) in panels.chain(regions) {
        match Drawing::parse(path) {
            Err(why) => faults.add(FILE, format_args!("`{name}`: {why}")),
            Ok(drawing) => {
                let takes = drawing.bounds(0.0);
                if takes.x0 < 0.0 || takes.y0 < 0.0 || takes.x1 > machine.width || takes.y1 > machine.height {
                    faults.add(FILE, format_args!("`{name}` goes beyond the drawing"));
                }
                vehicle = Rect {
                    x0: vehicle.x0.min(takes.x0),
                    y0: vehicle.y0.min(takes.y0),
                    x1: vehicle.x1.max(takes.x1),
                    y1: vehicle.y1.max(takes.y1),
                };
            }
        }
    }
    for (_, ink) in Ink::ALL {
        if machine.body.iter().all(|panel| panel.ink.name() != ink) {
            faults.add(FILE, format_args!("nothing is drawn in `{ink}`"));
        }
    }
    points(machine, faults);
    let touch = design.tokens.size.get("touch").copied().unwrap_or_default();
    marks(machine, touch, vehicle, faults);
}

fn points(machine: &Machine, faults: &mut Faults) {
    for (name, spot) in machine.spots.iter() {
        if Drawing::parse(&spot.path).is_ok_and(|drawing| !drawing.holds(spot.x, spot.y)) {
            faults.add(FILE, format_args!("the point of `{name}` is not in it"));
        }
    }
    for ((name, spot), (other, its)) in pairs(machine) {
        if point(spot).distance(point(its)) < APART {
            faults.add(
                FILE,
                format_args!("the points of `{name}` and `{other}` are nearer than {APART}"),
            );
        }
    }
}

/// Each mark has room for a finger where the drawing is smallest, beside the others and the vehicle, and its line is its own.
fn marks(machine: &Machine, touch: f64, vehicle: Rect, faults: &mut Faults) {
    let side = touch * machine.width / machine.narrowest;
    let room = |spot: &Spot| Rect::from_center_size(mark(spot), (side, side));
    for (name, spot) in machine.spots.iter() {
        let takes = room(spot);
        if takes.x0 < 0.0 || takes.y0 < 0.0 || takes.x1 > machine.width || takes.y1 > machine.height {
            faults.add(FILE, format_args!("the mark of `{name}` goes beyond the drawing"));
        }
        if overlap(takes, vehicle) {
            faults.add(FILE, format_args!("the mark of `{name}` lies on the vehicle"));
        }
    }
    for ((name, spot), (other, its)) in pairs(machine) {
        if overlap(room(spot), room(its)) {
            faults.add(
                FILE,
                format_args!("the marks of `{name}` and `{other}` are nearer than {touch} dp"),
            );
        }
        if cross(spot, its) {
            faults.add(FILE, format_args!("the lines of `{name}` and `{other}` cross"));
        }
        for ((from, line), (to, of)) in [((name, spot), (other, its)), ((other, its), (name, spot))] {
            if off(line, mark(of)) < side / 2.0 {
                faults.add(
                    FILE,
                    format_args!("the line of `{from}` goes through the mark of `{to}`"),
                );
            }
        }
    }
}

/// Each two components once.
fn pairs(machine: &Machine) -> impl Iterator<Item = ((&str, &Spot), (&str, &Spot))> {
    let all = machine.spots.iter();
    all.enumerate().flat_map(|(number, one)| {
        let others = machine.spots.iter().skip(number + 1);
        others.map(move |other| (one, other))
    })
}

fn point(spot: &Spot) -> Point {
    Point::new(spot.x, spot.y)
}

fn mark(spot: &Spot) -> Point {
    Point::new(spot.mark.x, spot.mark.y)
}

fn overlap(one: Rect, other: Rect) -> bool {
    one.x0 < other.x1 && other.x0 < one.x1 && one.y0 < other.y1 && other.y0 < one.y1
}

/// Whether the lines of two components meet: the ends of each lie on both sides of the other.
fn cross(one: &Spot, other: &Spot) -> bool {
    let side = |of: &Spot, at: Point| (mark(of) - point(of)).cross(at - point(of));
    let parted = |of: &Spot, by: &Spot| side(of, point(by)) * side(of, mark(by)) <= 0.0;
    parted(one, other) && parted(other, one)
}

/// How far from a component's line a point is.
fn off(spot: &Spot, at: Point) -> f64 {
    let (from, along) = (point(spot), mark(spot) - point(spot));
    let part = ((at - from).dot(along) / along.hypot2()).clamp(0.0, 1.0);
    (from + along * part).distance(at)
}
