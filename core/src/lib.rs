//! The PMI client core.
