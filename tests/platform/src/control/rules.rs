//! Which exchanges a fault is done to: the first rule that matches and is not used up.

use std::sync::{Arc, Mutex, PoisonError};

use super::fault::Fault;

/// Which requests: a method and the beginning of a path (without the query).
#[derive(Clone, Debug, Default)]
pub struct Match {
    method: Option<String>,
    prefix: String,
}

impl Match {
    /// Every request.
    #[must_use]
    pub fn any() -> Self {
        Self::default()
    }

    /// Requests of any method to paths that begin so.
    #[must_use]
    pub fn path(prefix: &str) -> Self {
        Self {
            method: None,
            prefix: prefix.into(),
        }
    }

    /// Requests of that method to paths that begin so.
    #[must_use]
    pub fn method(method: &str, prefix: &str) -> Self {
        Self {
            method: Some(method.to_uppercase()),
            prefix: prefix.into(),
        }
    }

    /// GET requests to paths that begin so.
    #[must_use]
    pub fn get(prefix: &str) -> Self {
        Self::method("GET", prefix)
    }

    /// POST requests to paths that begin so.
    #[must_use]
    pub fn post(prefix: &str) -> Self {
        Self::method("POST", prefix)
    }

    /// PUT requests to paths that begin so.
    #[must_use]
    pub fn put(prefix: &str) -> Self {
        Self::method("PUT", prefix)
    }

    /// PATCH requests to paths that begin so.
    #[must_use]
    pub fn patch(prefix: &str) -> Self {
        Self::method("PATCH", prefix)
    }

    /// DELETE requests to paths that begin so.
    #[must_use]
    pub fn delete(prefix: &str) -> Self {
        Self::method("DELETE", prefix)
    }

    fn holds(&self, method: &str, path: &str) -> bool {
        self.method.as_deref().is_none_or(|wanted| wanted == method) && path.starts_with(&self.prefix)
    }
}

/// Names a rule, to withdraw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RuleId(pub(super) u64);

struct Rule {
    id: RuleId,
    matches: Match,
    skip: u64,
    left: Option<u64>,
    fault: Fault,
}

/// The rules, oldest first.
#[derive(Default)]
pub(crate) struct Rules {
    next: u64,
    rules: Vec<Rule>,
}

impl Rules {
    fn add(&mut self, matches: Match, skip: u64, left: Option<u64>, fault: Fault) -> RuleId {
        self.next += 1;
        let id = RuleId(self.next);
        self.rules.push(Rule {
            id,
            matches,
            skip,
            left,
            fault,
        });
        id
    }

    /// The fault for this request, which counts as a use of its rule.
    pub(crate) fn take(&mut self, method: &str, path: &str) -> Option<Fault> {
        let at = self.rules.iter_mut().position(|rule| {
            let holds = rule.left != Some(0) && rule.matches.holds(method, path);
            let skipped = holds && rule.skip > 0;
            if skipped {
                rule.skip -= 1;
            }
            holds && !skipped
        })?;
        let rule = &mut self.rules[at];
        rule.left = rule.left.map(|left| left - 1);
        let fault = rule.fault.clone();
        if rule.left == Some(0) {
            self.rules.remove(at);
        }
        Some(fault)
    }

    pub(super) fn remove(&mut self, id: RuleId) {
        self.rules.retain(|rule| rule.id != id);
    }

    pub(super) fn clear(&mut self) {
        self.rules.clear();
    }
}

/// A rule being written: nothing happens until [`RuleBuilder::then`].
#[must_use = "a rule does nothing until it is told what to do with `then`"]
pub struct RuleBuilder {
    pub(super) rules: Arc<Mutex<Rules>>,
    pub(super) matches: Match,
    pub(super) skip: u64,
    pub(super) left: Option<u64>,
}

impl RuleBuilder {
    /// Only so many times; without this, for ever.
    pub fn times(mut self, times: u64) -> Self {
        self.left = Some(times);
        self
    }

    /// Lets so many matching requests pass first.
    pub fn skip(mut self, count: u64) -> Self {
        self.skip = count;
        self
    }

    /// Only the `nth` matching request from now, counted from 1.
    pub fn nth(self, nth: u64) -> Self {
        self.skip(nth.saturating_sub(1)).times(1)
    }

    /// Does this to them. Rules stand in the order they were made; the first that applies is the only one.
    pub fn then(self, fault: Fault) -> RuleId {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        rules.add(self.matches, self.skip, self.left, fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_apply_in_order_and_are_used_up() {
        let mut rules = Rules::default();
        rules.add(Match::post("/a"), 0, Some(1), Fault::CutBefore);
        rules.add(Match::post("/a"), 1, Some(1), Fault::CutAfter);
        assert!(rules.take("GET", "/a").is_none());
        assert!(matches!(rules.take("POST", "/a/b"), Some(Fault::CutBefore)));
        assert!(rules.take("POST", "/a").is_none(), "the second rule skips one");
        assert!(matches!(rules.take("POST", "/a"), Some(Fault::CutAfter)));
        assert!(rules.take("POST", "/a").is_none());
    }
}
