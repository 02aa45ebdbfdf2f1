//! The command line of the packages' making.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use pmi_pack::{Language, design, generated, kotlin, lines, swift};

/// Makes the Kotlin and Swift packages of the PMI client core, and what both apps are made of
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
    /// Prints the table of how many lines of code there are of what
    Lines,
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
        Cli::Lines => lines::table(root).and_then(|table| print(&table)),
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

fn print(text: &str) -> Result<(), String> {
    use std::io::Write as _;
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes()).map_err(|error| error.to_string())
}
