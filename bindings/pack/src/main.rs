//! The command line of the packages' making.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use pmi_pack::{Language, design, generated, kotlin, swift};

/// Makes the Kotlin and Swift packages of the PMI client core.
#[derive(Parser)]
enum Cli {
    /// Generates the code of one language from a built library, as it comes
    Generate {
        /// For whom
        #[arg(long, value_enum)]
        language: Language,
        /// The library
        #[arg(long)]
        library: String,
        /// Where to
        #[arg(long)]
        out_dir: String,
    },
    /// Generates both shells' texts, colours, icons and spacing from the token files
    Design {
        /// Only says which file is not fresh
        #[arg(long)]
        check: bool,
    },
    /// The Kotlin package
    #[command(subcommand)]
    Kotlin(kotlin::Kotlin),
    /// The Swift package
    #[command(subcommand)]
    Swift(swift::Swift),
}

#[expect(clippy::print_stderr, reason = "a command says why it failed")]
fn main() -> ExitCode {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let made = match Cli::parse() {
        Cli::Generate {
            language,
            library,
            out_dir,
        } => generated(language, &library, &out_dir),
        Cli::Design { check } => design::run(root, check),
        Cli::Kotlin(kotlin) => kotlin.run(root),
        Cli::Swift(swift) => swift.run(root),
    };
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
