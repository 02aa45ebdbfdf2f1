//! `Debug` of records that hold something of a person: logs and panics print it, so it leaves that out (scenario 37).

/// Writes a `Debug` that shows these fields, and that there are others.
macro_rules! debug_shows {
    ($record:ident: $($field:ident),*) => {
        impl std::fmt::Debug for $record {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($record))
                    $(.field(stringify!($field), &self.$field))*
                    .finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use debug_shows;
