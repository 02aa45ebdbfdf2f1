//! What is in the token files is drawn: a text or an icon that no shell asks for is one that nobody looks at.
#![expect(clippy::expect_used, reason = "this is a test")]

use std::path::{Path, PathBuf};

use serde_json::Value;

#[test]
fn what_is_in_the_token_files_is_drawn_by_a_shell() {
    let kotlin = code("android/ui/src/main/kotlin/io/pmi/app/ui", "kt");
    let swift = code("ios/App", "swift") + &code("ios/Sources/PmiModels", "swift");
    let mut unused = Vec::new();
    for (file, lists) in [
        ("labels.json", &["labels", "counted"][..]),
        ("icons.json", &["icons"][..]),
    ] {
        let text = std::fs::read_to_string(root().join("bindings/design").join(file)).expect("a token file");
        let tokens: Value = serde_json::from_str(&text).expect("JSON");
        for name in lists
            .iter()
            .flat_map(|list| tokens[list].as_object().expect("names").keys())
        {
            let in_kotlin =
                name.chars()
                    .fold(String::new(), |shown, letter| match letter.is_ascii_uppercase() {
                        true => shown + "_" + &letter.to_string(),
                        false => shown + &letter.to_ascii_uppercase().to_string(),
                    });
            if !names(&kotlin, &in_kotlin) && !names(&swift, name) {
                unused.push(format!("{file}: {name}"));
            }
        }
    }
    assert!(unused.is_empty(), "nobody draws\n{}", unused.join("\n"));
}

/// All code of this kind below a folder.
fn code(folder: &str, kind: &str) -> String {
    let mut code = String::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == kind) {
                code += &std::fs::read_to_string(&path).expect("a source");
            }
        }
    }
    code
}

/// Whether the name stands there behind a point, and nothing longer.
fn names(code: &str, name: &str) -> bool {
    let dotted = format!(".{name}");
    let ends = |at: usize| {
        let after = code[at + dotted.len()..].chars().next();
        !after.is_some_and(|next| next.is_alphanumeric() || next == '_')
    };
    code.match_indices(&dotted).any(|(at, _)| ends(at))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
