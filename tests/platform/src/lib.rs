//! The reference PMI platform.
