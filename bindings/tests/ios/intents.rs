//! What a person can do on a screen of the core can be done in the app, and is done by a test of its models.

use std::collections::BTreeSet;

use super::{read, shell};
use crate::common::root;

/// A screen's intents: where they are sent, and which tests send them.
struct Intents {
    /// The screen, by its folder in the core.
    screen: &'static str,
    /// What begins the files that send them, from `ios`.
    sent: &'static [&'static str],
    /// The tests that do.
    tests: &'static [&'static str],
    /// Those that no view names: they are in the record, as ways that are offered, and a view sends what it is given.
    ways: &'static [&'static str],
    /// Those that a model sends which does more than that: what a test calls then.
    calls: &'static [(&'static str, &'static str)],
}

const SCREENS: [Intents; 11] = [
    Intents {
        screen: "account",
        sent: &[
            "App/Account/",
            "Sources/PmiModels/Sheets",
            "Sources/PmiModels/Home",
        ],
        tests: &["AccountTests", "DayTests"],
        ways: &[],
        calls: &[],
    },
    Intents {
        screen: "book",
        sent: &[
            "App/Booking/BookView",
            "App/Booking/WhenSection",
            "Sources/PmiModels/BookModel",
            "Sources/PmiModels/Home",
        ],
        tests: &["ChoicesTests", "DayTests", "AppTests", "KeptTests"],
        ways: &[],
        calls: &[
            ("addPhoto", "form.add(photo:"),
            ("removePhoto", "form.remove(photo:"),
            ("takeUp", "phone.device, kept: kept"),
        ],
    },
    Intents {
        screen: "bookings",
        sent: &[
            "App/Booking/BookingsView",
            "App/Booking/BookingCard",
            "App/Booking/DecisionCard",
        ],
        tests: &["ChoicesTests", "DayTests"],
        ways: &["retry", "keepServers", "drop"],
        calls: &[],
    },
    Intents {
        screen: "diagnostics",
        sent: &["App/Diagnostics/"],
        tests: &["EntranceTests"],
        ways: &[],
        calls: &[],
    },
    Intents {
        screen: "forgotten_password",
        sent: &["App/Entrance/ForgottenPasswordView"],
        tests: &["EntranceTests"],
        ways: &[],
        calls: &[],
    },
    Intents {
        screen: "garage",
        sent: &["App/Garage/"],
        tests: &["EntranceTests", "AppTests"],
        ways: &[],
        calls: &[],
    },
    Intents {
        screen: "notifications",
        sent: &["App/Notifications/"],
        tests: &["ChoicesTests", "DayTests"],
        ways: &["leaveUnread"],
        calls: &[],
    },
    Intents {
        screen: "register",
        sent: &["App/Entrance/RegisterView"],
        tests: &["EntranceTests"],
        ways: &[],
        calls: &[],
    },
    Intents {
        screen: "sign_in",
        sent: &["App/Entrance/SignInView"],
        tests: &["EntranceTests", "Desk"],
        ways: &[],
        calls: &[],
    },
    Intents {
        screen: "vehicle",
        sent: &["App/Vehicle/"],
        tests: &["ChoicesTests"],
        ways: &[],
        calls: &[],
    },
    Intents {
        screen: "welcome",
        sent: &["App/Root/", "App/Entrance/"],
        tests: &["EntranceTests"],
        ways: &[],
        calls: &[],
    },
];

#[test]
fn what_a_person_can_do_is_in_a_view_and_in_a_test() {
    let files = shell();
    let mut missing = Vec::new();
    let mut count = 0;
    for intents in &SCREENS {
        let views: String = files
            .iter()
            .filter(|(path, _)| {
                intents
                    .sent
                    .iter()
                    .any(|begin| path.to_string_lossy().starts_with(begin))
            })
            .map(|(_, text)| text.as_str())
            .collect();
        let tests: String = intents
            .tests
            .iter()
            .map(|name| read(&format!("ios/Tests/PmiModelsTests/{name}.swift")))
            .collect();
        for name in cases(intents.screen) {
            count += 1;
            let screen = intents.screen;
            if intents.ways.contains(&name.as_str()) {
                assert!(!sends(&views, &name), "{screen}.{name} needs no exception");
                assert!(
                    views.contains("send(way.element.intent)"),
                    "{screen}: ways are not offered"
                );
            } else if !sends(&views, &name) {
                missing.push(format!("no view sends {screen}.{name}"));
            }
            let call = intents.calls.iter().find(|(called, _)| *called == name);
            if !call.map_or_else(|| sends(&tests, &name), |(_, call)| tests.contains(call)) {
                missing.push(format!("no test sends {screen}.{name}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(count >= 60, "the intents were not read: {count}");
}

#[test]
fn every_screen_of_the_core_is_in_the_list() {
    let screens = std::fs::read_dir(root().join("core/src/screens")).expect("the screens");
    let folders = screens.filter_map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name()?.to_str()?.to_owned();
        path.join("record.rs").exists().then_some(name)
    });
    let listed: BTreeSet<String> = SCREENS.iter().map(|one| one.screen.to_owned()).collect();
    assert_eq!(folders.collect::<BTreeSet<_>>(), listed);
}

/// The intents of a screen, by their names in Swift.
fn cases(screen: &str) -> Vec<String> {
    let record = read(&format!("core/src/screens/{screen}/record.rs"));
    let (_, after) = record.split_once("Intent {\n").expect("the intents");
    let (body, _) = after.split_once("\n}\n").expect("the end of the intents");
    let names = body.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?.trim_end_matches([',', ' ', '{']);
        name.starts_with(|first: char| first.is_ascii_uppercase())
            .then_some(name)
    });
    names
        .map(|name| name[..1].to_ascii_lowercase() + &name[1..])
        .collect()
}

/// Whether it is handed to something there: `send(.name`, or `intent: .name` in what is sent.
fn sends(code: &str, name: &str) -> bool {
    let said = format!(".{name}");
    code.match_indices(&said).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + said.len()..].chars().next();
        let alone = !after.is_some_and(|next| next.is_alphanumeric() || next == '_');
        alone
            && matches!(before, Some('(' | ' ' | '['))
            && code[..at].trim_end().ends_with(['(', ':', '[', '{', ','])
    })
}

#[test]
fn an_intent_is_found_where_it_is_sent_only() {
    for code in [
        "model.send(.submit)",
        "case .unsent: .submit",
        "[.submit]",
        "await x.send(.submit) { }",
    ] {
        assert!(sends(code, "submit"), "{code}");
    }
    for code in ["form.submit", "send(.submitted)", "submit", "view.submit()"] {
        assert!(!sends(code, "submit"), "{code}");
    }
    assert_eq!(cases("welcome"), ["tryAgain", "salvageSeen"]);
    assert_eq!(cases("sign_in"), ["email", "emailLeft", "password", "submit"]);
}
