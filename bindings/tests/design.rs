//! The token files of both shells, and what is generated from them.
#![expect(clippy::expect_used, reason = "this is a test")]

#[path = "common/tokens.rs"]
mod tokens;

use std::collections::BTreeMap;

use pmi_core::screens::TextKey;
use pmi_pack::design::{run, stale};
use serde_json::Value;

use tokens::{change, refused, root};

const CATALOGUE: &str = "ios/App/Resources/Localizable.xcstrings";

#[test]
fn what_is_committed_is_what_the_token_files_want() {
    let stale = stale(&root()).expect("no fault");
    assert!(
        stale.is_empty(),
        "run `cargo run -p pmi-pack -- design`: {stale:?}"
    );
}

#[test]
fn what_is_stale_or_left_over_is_named_and_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let tokens = root.join("bindings/design");
    std::fs::create_dir_all(&tokens).expect("a folder");
    for name in [
        "tokens.json",
        "icons.json",
        "machine.json",
        "labels.json",
        "hindi.json",
    ] {
        let from = tokens::root().join("bindings/design").join(name);
        std::fs::copy(from, tokens.join(name)).expect(name);
    }
    let all = stale(root).expect("no fault");
    assert!(all.len() > 15, "nothing is there yet: {all:?}");
    run(root, false).expect("generated");
    run(root, true).expect("fresh");

    let stale_one = all[0].clone();
    std::fs::write(root.join(&stale_one), "changed by hand").expect("written");
    let left_over = stale_one.with_file_name("Old.kt");
    let theirs = stale_one.with_file_name("Theirs.kt");
    std::fs::write(
        root.join(&left_over),
        "// Made by `pmi-pack design` from bindings/design: change it there.\n",
    )
    .expect("written");
    std::fs::write(root.join(&theirs), "// By hand.\n").expect("written");
    let named = run(root, true).expect_err("not fresh");
    for path in [&stale_one, &left_over] {
        assert!(named.contains(&path.display().to_string()), "{named}");
    }
    assert_eq!(named.lines().count(), 3, "{named}");

    run(root, false).expect("generated");
    run(root, true).expect("fresh");
    assert!(!root.join(&left_over).exists());
    assert!(root.join(&theirs).exists(), "what a person wrote stays");
}

#[test]
fn every_text_is_there_in_both_languages_with_the_same_places() {
    let strings = catalogue();
    for key in TextKey::ALL {
        let name = format!("text_{}", key.name());
        let (english, _) = &strings.get(&name).expect(&name)[0];
        assert_eq!(english, key.english());
    }
    let kinds = ["text_", "label_", "counted_", "unit_"];
    let count = kinds.map(|kind| strings.keys().filter(|name| name.starts_with(kind)).count());
    assert_eq!(count.iter().sum::<usize>(), strings.len(), "{count:?}");
    assert_eq!(count[0], TextKey::ALL.len());
    assert!(count[1] > 200 && count[2] > 5 && count[3] == 14, "{count:?}");
    for (name, forms) in &strings {
        for (english, hindi) in forms {
            assert!(!english.trim().is_empty() && !hindi.trim().is_empty(), "{name}");
            assert_eq!(places(english), places(hindi), "{name}");
        }
    }
}

#[test]
fn hindi_is_in_devanagari() {
    // The same in every language: names, examples, signs.
    let same = [
        "text_words",
        "label_app_name",
        "label_field_email_example",
        "label_field_phone_example",
        "label_vehicle_vin",
        "label_vehicle_component_state",
        "unit_percent",
        "unit_psi",
        "unit_plain",
    ];
    for (name, forms) in catalogue() {
        for (english, hindi) in forms {
            let devanagari = hindi
                .chars()
                .any(|letter| ('\u{900}'..='\u{97F}').contains(&letter));
            assert_eq!(!devanagari, same.contains(&name.as_str()), "{name}: {hindi}");
            if !devanagari {
                assert_eq!(english, hindi, "{name}");
            }
            // `आप`, never `तुम` or `तू`; a sentence ends where the English does.
            assert!(
                !hindi
                    .split(' ')
                    .any(|word| ["तुम", "तू", "तुम्हारा", "तेरा"].contains(&word)),
                "{name}"
            );
            // A letter with a dot below is two characters, as every keyboard writes it.
            assert!(
                !hindi.contains(|letter| ('\u{958}'..='\u{95F}').contains(&letter)),
                "{name}"
            );
            assert_eq!(hindi.ends_with('।'), english.ends_with('.'), "{name}: {hindi}");
        }
    }
}

#[test]
fn a_fault_generates_nothing_and_all_faults_are_named_at_once() {
    let wrong = refused(|all| {
        all.hindi = all.hindi.replacen("\"words\": \"{0}\"", "\"words\": \"\"", 1);
        all.labels = all.labels.replacen("\"hi\": \"वापस\"", "\"hi\": \" वापस\"", 1);
    });
    let lines: Vec<&str> = wrong.lines().collect();
    assert_eq!(lines.len(), 3, "{wrong}");
    assert!(
        lines.contains(&"hindi.json: `words` says nothing in Hindi"),
        "{wrong}"
    );
    assert!(
        lines.contains(&"labels.json: `back` has a space at an end in Hindi"),
        "{wrong}"
    );
}

#[test]
fn an_unknown_field_is_refused() {
    let wrong = refused(|all| change(&mut all.tokens, "\"radius\":", "\"radii\": {}, \"radius\":"));
    assert!(wrong.starts_with("tokens.json: unknown field `radii`"), "{wrong}");
    let wrong = refused(|all| {
        change(
            &mut all.icons,
            "{\"strokes\":",
            "{\"colour\": \"red\", \"strokes\":",
        )
    });
    assert!(wrong.starts_with("icons.json: unknown field `colour`"), "{wrong}");
    let wrong = refused(|all| {
        change(
            &mut all.labels,
            "{ \"en\": \"Back\",",
            "{ \"de\": \"x\", \"en\": \"Back\",",
        )
    });
    assert!(wrong.starts_with("labels.json: unknown field `de`"), "{wrong}");
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    let wrong = refused(|all| change(&mut all.labels, "\"close\":", "\"back\":"));
    assert!(
        wrong.starts_with("labels.json: `back` stands here twice"),
        "{wrong}"
    );
    let wrong = refused(|all| change(&mut all.hindi, "\"problem_server\":", "\"problem_disk\":"));
    assert!(
        wrong.starts_with("hindi.json: `problem_disk` stands here twice"),
        "{wrong}"
    );
    let wrong = refused(|all| change(&mut all.icons, "\"forward\":", "\"back\":"));
    assert!(
        wrong.starts_with("icons.json: `back` stands here twice"),
        "{wrong}"
    );
}

#[test]
fn a_name_that_no_language_could_have_is_refused() {
    for name in ["Zurück", "BackButton", "back_button", "2nd", ""] {
        let wrong = refused(|all| change(&mut all.labels, "\"back\":", &format!("\"{name}\":")));
        assert_eq!(
            wrong,
            format!("labels.json: `{name}` is no name such as `garageTitle`")
        );
        let wrong = refused(|all| change(&mut all.icons, "\"back\":", &format!("\"{name}\":")));
        assert_eq!(
            wrong,
            format!("icons.json: `{name}` is no name such as `calendarPlus`")
        );
    }
}

#[test]
fn a_text_that_is_missing_or_that_the_core_does_not_have_is_named() {
    let wrong = refused(|all| change(&mut all.hindi, "\"problem_server\":", "\"problem_sorcerer\":"));
    assert_eq!(
        wrong,
        "hindi.json: no text of the core `problem_server`\nhindi.json: `problem_sorcerer` is no text of the core"
    );
    let wrong = refused(|all| change(&mut all.labels, ", \"hi\": \"वापस\"", ""));
    assert!(wrong.starts_with("labels.json: missing field `hi`"), "{wrong}");
}

#[test]
fn places_that_differ_from_the_english_are_named() {
    let wrong = refused(|all| change(&mut all.hindi, "बदलाव {0} के लिए {1} की", "बदलाव {0} के लिए {0} की"));
    assert_eq!(
        wrong,
        "hindi.json: `trail_write_put_off` has the places [{0} {0}] in Hindi, the English has [{0} {1}]"
    );
    let wrong = refused(|all| change(&mut all.labels, "अगली कोशिश: {0}", "अगली कोशिश: अभी"));
    assert_eq!(
        wrong,
        "labels.json: `retryAt` has the places [] in Hindi, the English has [{0}]"
    );
    let wrong = refused(|all| {
        change(
            &mut all.labels,
            "\"one\": \"{0} vehicle\"",
            "\"one\": \"A vehicle\"",
        )
    });
    assert_eq!(
        wrong,
        "labels.json: `vehicles` has the places [] in English, the English has [{0}]"
    );
    let wrong = refused(|all| {
        all.labels = all
            .labels
            .replace("{0} km/h", "km/h")
            .replace("{0} किमी/घंटा", "किमी/घंटा")
    });
    assert_eq!(
        wrong,
        "labels.json: `kilometresPerHour`: its one place is {0}, for the number"
    );
}

#[test]
fn a_danda_that_would_read_as_a_digit_is_refused() {
    let wrong = refused(|all| {
        change(
            &mut all.hindi,
            "सर्वर ने इसे स्वीकार नहीं किया: {0}",
            "स्वीकार नहीं हुआ: {0}। फिर भेजें",
        )
    });
    assert_eq!(
        wrong,
        "hindi.json: `problem_refused` has a `।` behind a place in Hindi: behind a number it reads as a 1"
    );
}

#[test]
fn a_unit_is_counted_in_both_languages_or_in_neither() {
    let hindi = "\"hi\": { \"one\": \"{0} दिन\", \"other\": \"{0} दिन\" }";
    let wrong = refused(|all| change(&mut all.labels, hindi, "\"hi\": \"{0} दिन\""));
    assert_eq!(
        wrong,
        "labels.json: `days` has a form for one in both languages or in neither"
    );
    let wrong = refused(|all| change(&mut all.labels, "\"volts\":", "\"watts\":"));
    assert_eq!(
        wrong,
        "labels.json: no unit `volts`\nlabels.json: `watts` is no unit"
    );
}

#[test]
fn text_that_can_hardly_be_read_is_refused_in_either_mode() {
    let wrong = refused(|all| {
        change(
            &mut all.tokens,
            "\"light\": \"#526073\"",
            "\"light\": \"#8090A0\"",
        )
    });
    assert!(
        wrong.lines().any(|line| line
            .starts_with("tokens.json: `textQuiet` on `surface` has a contrast of 3.27, not 4.5 (light)")),
        "{wrong}"
    );
    assert!(!wrong.contains("(dark)"), "{wrong}");
    let wrong = refused(|all| change(&mut all.tokens, "\"dark\": \"#06244B\"", "\"dark\": \"#5070A0\""));
    assert_eq!(wrong.lines().count(), 1, "{wrong}");
    assert!(
        wrong.starts_with("tokens.json: `onAccent` on `accent`") && wrong.ends_with("(dark)"),
        "{wrong}"
    );
    let wrong = refused(|all| {
        change(
            &mut all.tokens,
            "\"light\": \"#6F7D8F\"",
            "\"light\": \"#A0ACBC\"",
        )
    });
    assert!(
        wrong
            .lines()
            .all(|line| line.contains("`outlineStrong`") && line.contains(", not 3 (light)")),
        "{wrong}"
    );
}

#[test]
fn a_colour_that_is_none_or_is_for_nothing_is_refused() {
    let wrong = refused(|all| change(&mut all.tokens, "#66101820", "#1018"));
    assert_eq!(
        wrong,
        "tokens.json: colour `scrim`: `#1018` is no colour such as #1D5CB8"
    );
    let wrong = refused(|all| change(&mut all.tokens, "\"doc\": \"A card.\"", "\"doc\": \"\""));
    assert_eq!(wrong, "tokens.json: colour `surface`: for what is it?");
    let wrong = refused(|all| change(&mut all.tokens, "\"skeleton\":", "\"bones\":"));
    assert_eq!(
        wrong,
        "tokens.json: no colour `skeleton`\ntokens.json: `bones` is no colour"
    );
}

#[test]
fn sizes_too_small_to_touch_or_to_read_are_refused() {
    let wrong = refused(|all| change(&mut all.tokens, "\"touch\": 48", "\"touch\": 40"));
    assert_eq!(wrong, "tokens.json: size `touch`: what is touched is 48 or more");
    let wrong = refused(|all| {
        change(
            &mut all.tokens,
            "\"size\": 13, \"line\": 18",
            "\"size\": 11, \"line\": 18",
        )
    });
    assert!(
        wrong.starts_with("tokens.json: type `note`: 12 or more"),
        "{wrong}"
    );
    let wrong = refused(|all| change(&mut all.tokens, "\"line\": 40", "\"line\": 34"));
    assert!(wrong.starts_with("tokens.json: type `number`"), "{wrong}");
    let wrong = refused(|all| change(&mut all.tokens, "\"xl\": 32", "\"xl\": 0"));
    assert_eq!(wrong, "tokens.json: space `xl`: 0 is not from 1 to 1000");
}

#[test]
fn a_path_that_does_not_parse_draws_nothing_or_leaves_its_icon_is_refused() {
    let back = "M15 5 L8 12 L15 19";
    let wrong = refused(|all| change(&mut all.icons, back, "M15 5 L8 L15 19"));
    assert!(
        wrong.starts_with("icons.json: `back`: ") && wrong.ends_with("`M15 5 L8 L15 19`"),
        "{wrong}"
    );
    let wrong = refused(|all| change(&mut all.icons, back, "M15 5 l-7 7"));
    assert!(
        wrong.starts_with("icons.json: `back`: `l` is none of the commands"),
        "{wrong}"
    );
    let wrong = refused(|all| change(&mut all.icons, &format!("\"strokes\": [\"{back}\"]"), ""));
    assert_eq!(wrong, "icons.json: `back` draws nothing");
    let wrong = refused(|all| change(&mut all.icons, back, "M15 5 L0.5 12"));
    assert_eq!(
        wrong,
        "icons.json: `back` goes beyond its 24 by 24: `M15 5 L0.5 12`"
    );
}

/// The String Catalog's texts: each form in English and in Hindi.
fn catalogue() -> BTreeMap<String, Vec<(String, String)>> {
    let text = std::fs::read_to_string(root().join(CATALOGUE)).expect("the catalogue");
    let catalogue: Value = serde_json::from_str(&text).expect("JSON");
    let strings = catalogue["strings"].as_object().expect("strings");
    let forms = |said: &Value| -> Vec<String> {
        let value = |unit: &Value| unit["stringUnit"]["value"].as_str().expect("a text").to_owned();
        let plural = &said["variations"]["plural"];
        if plural.is_null() {
            return vec![value(said)];
        }
        ["one", "other"].map(|form| value(&plural[form])).to_vec()
    };
    let both = |(name, string): (&String, &Value)| {
        let languages = &string["localizations"];
        let (english, hindi) = (forms(&languages["en"]), forms(&languages["hi"]));
        assert_eq!(english.len(), hindi.len(), "{name}");
        (name.clone(), english.into_iter().zip(hindi).collect())
    };
    strings.iter().map(both).collect()
}

/// The places of a text, sorted.
fn places(text: &str) -> Vec<&str> {
    let mut places: Vec<&str> = ["{0}", "{1}", "{2}", "%lld"]
        .into_iter()
        .flat_map(|place| text.matches(place))
        .collect();
    places.sort_unstable();
    places
}
