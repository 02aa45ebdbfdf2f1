//! The iOS app, as far as a machine without Xcode can show it: its models with the library of this very build, its views against
//! stand-ins of Apple's modules, and what Xcode is given to read.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "this is a test")]

mod common;

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
                        .take(4)
                        .any(|line| line.contains(".accessibilityLabel("))
                );
            }
            // Nothing has a height of its own but pictures and charts, which grow with the text or hold none.
            if let Some((_, size)) = line.split_once("frame(height: ") {
                assert!(size.starts_with("Size.chart"), "{}: {line}", path.display());
            }
            if let Some((_, size)) = line.split_once("frame(width: ") {
                assert!(
                    size.starts_with("side, height: side"),
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

#[test]
fn the_project_names_what_is_there() {
    let ios = root().join("ios");
    let project = read("ios/project.yml");
    let mut named = 0;
    for line in project.lines().map(str::trim) {
        let path = [
            "- path: ",
            "path: ",
            "INFOPLIST_FILE: ",
            "CODE_SIGN_ENTITLEMENTS: ",
        ]
        .iter()
        .find_map(|key| line.strip_prefix(key));
        if let Some(path) = path {
            assert!(ios.join(path).exists(), "project.yml names {path}");
            named += 1;
        }
        if let Some(file) = line.strip_prefix("- Resources/") {
            assert!(
                ios.join("App/Resources").join(file).exists(),
                "project.yml excludes {file}"
            );
        }
        assert!(!line.contains('\t'), "a tab is no indentation: {line}");
    }
    assert_eq!(named, 5);
    let package = read("ios/Package.swift");
    for product in project
        .lines()
        .filter_map(|line| line.trim().strip_prefix("product: "))
    {
        let library = format!(".library(name: \"{product}\"");
        assert!(package.contains(&library), "{product}");
    }
    // Each key of the app's own is set, and each that is asked for is there.
    let (plist, settings) = (
        read("ios/App/Resources/Info.plist"),
        read("ios/App/Settings.swift"),
    );
    let keys: Vec<&str> = plist
        .split("<key>PMI")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    assert_eq!(keys.len(), 5);
    for key in keys {
        assert!(
            settings.contains(&format!("\"PMI{key}\"")),
            "nobody reads PMI{key}"
        );
    }
    for name in plist
        .split("$(PMI_")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
    {
        assert!(
            project.contains(&format!(" PMI_{name}: ")),
            "nobody sets PMI_{name}"
        );
    }
    let refresh = read("bindings/swift/Sources/Pmi/Apple/BackgroundRefresh.swift");
    assert!(refresh.contains("\"io.pmi.refresh\"") && plist.contains("<string>io.pmi.refresh</string>"));
}

#[test]
fn what_xcode_reads_is_well_formed() {
    for name in ["Info.plist", "PmiApp.entitlements", "PrivacyInfo.xcprivacy"] {
        let text = read(&format!("ios/App/Resources/{name}"));
        assert!(
            text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
            "{name}"
        );
        if let Err(why) = plist(&text) {
            panic!("{name}: {why}");
        }
    }
    assert!(
        plist("<?xml?><plist><dict><key>a</key></dict></plist>").is_err(),
        "a key without a value"
    );
    assert!(plist("<plist><dict></plist></dict>").is_err(), "crossed");
    for catalogue in [
        "Assets.xcassets/Contents.json",
        "Assets.xcassets/AppIcon.appiconset/Contents.json",
    ] {
        let text = read(&format!("ios/App/Resources/{catalogue}"));
        let read: Result<serde_json::Value, _> = serde_json::from_str(&text);
        assert!(read.is_ok(), "{catalogue}");
    }
}

/// Whether the elements of a property list are closed in order, and each key of a dictionary has a value.
fn plist(text: &str) -> Result<(), String> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut text = text.to_owned();
    while let (Some(begin), Some(end)) = (text.find("<!--"), text.find("-->")) {
        text.replace_range(begin..end + 3, "");
    }
    for tag in text.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').ok_or_else(|| format!("{tag} is open"))?;
        if tag.starts_with(['?', '!']) {
            continue;
        }
        if let Some(closed) = tag.strip_prefix('/') {
            let (name, children) = open.pop().ok_or_else(|| format!("{closed} was never open"))?;
            if name != closed {
                return Err(format!("{name} is closed by {closed}"));
            }
            if name == "dict" && children % 2 != 0 {
                return Err("a key has no value".to_owned());
            }
        } else {
            if let Some((_, children)) = open.last_mut() {
                *children += 1;
            }
            let name = tag.split(' ').next().unwrap_or_default();
            if !tag.ends_with('/') {
                open.push((name, 0));
            }
        }
    }
    if open.is_empty() {
        return Ok(());
    }
    Err(format!("left open: {open:?}"))
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
