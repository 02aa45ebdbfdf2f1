//! Sorting. What is sorted are places, not things: the sort itself, some kilobytes, is then in the library once, and not for each
//! type of thing.

use std::cmp::Ordering;

/// Sorts by this order, which sees two things; those that are equal stay as they stand.
pub(crate) fn sort_by<T>(things: &mut Vec<T>, order: impl Fn(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..things.len()).collect();
    let mut taken: Vec<Option<T>> = things.drain(..).map(Some).collect();
    sort_places(&mut places, &|one, other| {
        let at = |place: usize| taken.get(place).and_then(Option::as_ref);
        match (at(one), at(other)) {
            (Some(one), Some(other)) => order(one, other),
            // Each place has its thing.
            _ => Ordering::Equal,
        }
    });
    let in_order = places
        .into_iter()
        .filter_map(|place| taken.get_mut(place)?.take());
    things.extend(in_order);
}

/// Sorts by a key of each.
pub(crate) fn sort_by_key<T, K: Ord>(things: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(things, |one, other| key(one).cmp(&key(other)));
}

fn sort_places(places: &mut [usize], order: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|one, other| order(*one, *other));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_stays_as_it_stands() {
        let mut words = vec!["pear", "fig", "plum", "kiwi", "date", "nut"];
        sort_by_key(&mut words, |word| word.len());
        assert_eq!(words, ["fig", "nut", "pear", "plum", "kiwi", "date"]);
        sort_by(&mut words, |one, other| other.cmp(one));
        assert_eq!(words, ["plum", "pear", "nut", "kiwi", "fig", "date"]);
        let mut none: Vec<u8> = Vec::new();
        sort_by(&mut none, u8::cmp);
        assert!(none.is_empty());
    }
}
