//! The iOS app, as far as a machine without Xcode can show it: its models with the library of this very build, its views against
//! stand-ins of Apple's modules, and what Xcode is given to read.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "this is a test")]

#[path = "../common/mod.rs"]
mod common;
mod intents;
mod project;

use std::path::{Path, PathBuf};
use std::time::Instant;

use pmi_pack::swift::{test_app, views};

use common::{library, program, root, toolchain};

#[test]
fn the_models_do_with_the_server_what_the_views_draw() {
    let Some(toolchain) = toolchain() else {
        return;
    };
    let begun = Instant::now();
    let printed = match test_app(&toolchain, &root(), &library(), &program()) {
        Ok(printed) => printed,
        Err(why) => panic!("{why}"),
    };
    assert!(printed.contains("aCustomersDayThroughTheModels"), "{printed}");
    eprintln!("the iOS app's tests took {} s", begun.elapsed().as_secs());
}

#[test]
fn a_file_of_the_app_is_short() {
    let files = shell();
    assert!(files.len() > 40, "{}", files.len());
    for (path, text) in files {
        assert!(text.lines().count() <= 300, "{} is too long", path.display());
    }
}

#[test]
fn what_voice_over_and_large_text_need_is_there() {
    for (path, text) in shell() {
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            // A button that is only a picture has a name.
            if line.contains("label: { IconView(") || line.contains("action: remove) { IconView(") {
                let next = lines[number..].iter().take(2);
                let named = next.filter(|line| line.contains(".accessibilityLabel(")).count();
                assert_eq!(named, 1, "{}: {line}", path.display());
            }
            if line.contains("isShown.toggle()") {
                assert!(
                    lines[number..]
                        .iter()
                        .take(8)
                        .any(|line| line.contains(".accessibilityLabel("))
                );
            }
            // Nothing has a height of its own but pictures and charts, which grow with the text or hold none.
            if let Some((_, size)) = line.split_once("frame(height: ") {
                assert!(size.starts_with("Size.chart"), "{}: {line}", path.display());
            }
            if let Some((_, size)) = line.split_once("frame(width: ") {
                assert!(
                    size.starts_with("side, height: side")
                        || size.starts_with("Size.chart, height: Size.chart"),
                    "{}: {line}",
                    path.display()
                );
            }
            assert!(!line.contains("lineLimit("), "{}: {line}", path.display());
            // Every sentence is in the catalogue.
            if path.starts_with("App") {
                assert!(
                    !line.contains("Text(\"") && !line.contains("Button(\""),
                    "{}: {line}",
                    path.display()
                );
            }
        }
    }
}

/// The hand-written files of the app and its models, named from `ios`.
fn shell() -> Vec<(PathBuf, String)> {
    let ios = root().join("ios");
    let mut files = views(&ios).expect("the views");
    for entry in std::fs::read_dir(ios.join("Sources/PmiModels")).expect("the models") {
        files.push(Path::new("Sources/PmiModels").join(entry.expect("a file").file_name()));
    }
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(ios.join(&path)).expect("text");
            (path, text)
        })
        .collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect(path)
}
