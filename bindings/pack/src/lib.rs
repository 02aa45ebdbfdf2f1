//! Makes the Kotlin and Swift packages (generated code, jar, AAR, XCFramework), and what both apps are made of; looks after their code.

pub mod design;
pub mod kotlin;
pub mod lines;
pub mod swift;
pub mod thin;

use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

/// For whom code is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// Kotlin.
    Kotlin,
    /// Swift.
    Swift,
}

/// The generator's own output for one language, from a built library.
///
/// # Errors
/// What the generator says.
pub fn generated(language: Language, library: &str, out_dir: &str) -> Result<(), String> {
    generate(GenerateOptions {
        languages: vec![match language {
            Language::Kotlin => TargetLanguage::Kotlin,
            Language::Swift => TargetLanguage::Swift,
        }],
        source: library.into(),
        out_dir: out_dir.into(),
        config_override: None,
        format: false,
        crate_filter: None,
        metadata_no_deps: false,
    })
    .map_err(|error| format!("{error:#}"))
}
