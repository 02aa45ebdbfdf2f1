//! What the account shows, and what is done with it.

mod forms;

use jiff::Timestamp;

use super::forms::Asked;
use super::record::{Account, AccountField, AccountIntent};
use super::scene::{AccountEffect, AccountEvent, AccountScene};
use crate::error::{Error, FieldProblem, OfflineReason, Refusal, SignInReason};
use crate::model::{
    Capabilities, Connectivity, Customer, CustomerId, Origin, Permission, Role, Snapshot, Unsent,
};
use crate::query::Update;
use crate::screens::cue::Heard;
use crate::screens::scene::Scene;
use crate::screens::{Exported, Phase, Remedy, Text, TextKey};
use crate::session::{SessionEnd, SessionState};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn asha() -> Customer {
    Customer {
        id: CustomerId(7),
        first_name: "Asha".to_owned(),
        last_name: "Rao".to_owned(),
        email: "asha@example.com".to_owned(),
        phone: Some("+919800000001".to_owned()),
        address: None,
        role: Role::Customer,
        permissions: vec![Permission::ViewOwnVehicles],
    }
}

fn heard(heard: Heard<Update<Customer>>) -> AccountEvent {
    AccountEvent::Me(Box::new(heard))
}

fn me(customer: Customer) -> AccountEvent {
    heard(Heard::Now(Update {
        snapshot: Some(Snapshot {
            value: customer,
            origin: Origin::Network,
            fetched_at: NOW,
            stale: false,
            refresh_error: None,
        }),
        loading: false,
        error: None,
    }))
}

/// Somebody is signed in, to a server that can do all or nothing of it.
fn signed_in(able: bool) -> AccountScene {
    let mut scene = AccountScene::default();
    scene.hear(AccountEvent::Session(SessionState::SignedIn));
    scene.hear(AccountEvent::Can(Capabilities {
        profile_change: able,
        password_change: able,
        account_deletion: able,
        data_export: able,
        ..Capabilities::default()
    }));
    scene.hear(me(asha()));
    scene
}

fn shown(scene: &AccountScene) -> Account {
    scene.record(NOW)
}

fn change(scene: &mut AccountScene, field: AccountField, text: &str) {
    let text = text.to_owned();
    assert!(scene.intend(AccountIntent::Change { field, text }).is_empty());
}

fn asked(effects: Vec<AccountEffect>) -> (u64, Asked) {
    match effects.into_iter().next() {
        Some(AccountEffect::Ask(person, asked)) => (person, asked),
        _ => panic!("nothing is sent"),
    }
}

fn refused(why: Refusal) -> Result<(), Error> {
    Err(Error::Refused {
        why,
        reason: String::new(),
        request_id: None,
    })
}

fn offline() -> Error {
    Error::Offline {
        why: OfflineReason::Dns,
        reason: String::new(),
    }
}

fn key(problem: Option<&Text>) -> Option<TextKey> {
    problem.map(|text| text.key)
}

/// A form with everything that a change of the password asks for.
fn new_password(scene: &mut AccountScene) -> Vec<AccountEffect> {
    scene.intend(AccountIntent::ChangePassword);
    change(scene, AccountField::CurrentPassword, "SECRET now");
    change(scene, AccountField::NewPassword, "SECRET then");
    change(scene, AccountField::RepeatedPassword, "SECRET then");
    scene.intend(AccountIntent::Submit)
}

#[test]
fn the_profile_is_loading_then_there_then_stale_and_offline_or_failed() {
    let mut scene = AccountScene::default();
    assert_eq!(shown(&scene).standing.phase, Phase::FirstLoad);
    scene.hear(heard(Heard::Failed(offline())));
    let failed = shown(&scene).standing;
    assert_eq!(failed.phase, Phase::Failed);
    assert_eq!(failed.problem.map(|problem| problem.remedy), Some(Remedy::Retry));

    scene.hear(me(asha()));
    let there = shown(&scene);
    assert_eq!(there.standing.phase, Phase::Shown);
    let profile = there.profile.expect("there");
    assert_eq!(profile.name, "Asha Rao");
    assert_eq!(profile.role, TextKey::RoleCustomer.into());

    scene.hear(AccountEvent::Reach(Connectivity::Offline {
        why: OfflineReason::Dns,
    }));
    scene.hear(heard(Heard::Now(Update {
        snapshot: Some(Snapshot {
            value: asha(),
            origin: Origin::Disk,
            fetched_at: NOW,
            stale: true,
            refresh_error: None,
        }),
        loading: true,
        error: None,
    })));
    let standing = shown(&scene).standing;
    assert!(standing.stale && standing.offline && standing.refreshing);
}

#[test]
fn where_the_server_cannot_nothing_is_offered_and_nothing_does_anything() {
    let mut scene = signed_in(false);
    let before = shown(&scene);
    assert!(!before.can_edit && !before.can_change_password && !before.can_delete && !before.can_export);
    for intent in [
        AccountIntent::Edit,
        AccountIntent::ChangePassword,
        AccountIntent::Delete,
        AccountIntent::Submit,
        AccountIntent::Confirm,
        AccountIntent::Export,
        AccountIntent::KeepUnsent,
        AccountIntent::DiscardUnsent,
    ] {
        assert!(scene.intend(intent.clone()).is_empty(), "{intent:?}");
    }
    assert_eq!(shown(&scene), before);
}

#[test]
fn an_export_is_made_once_and_forgotten_when_it_was_taken() {
    let mut scene = signed_in(true);
    assert!(matches!(
        scene.intend(AccountIntent::Export).as_slice(),
        [AccountEffect::Export(0)]
    ));
    assert!(shown(&scene).exporting);
    assert!(scene.intend(AccountIntent::Export).is_empty());
    let exported = Exported::json("pmi-data", NOW, "{\"SECRET\": 1}".to_owned());
    scene.hear(AccountEvent::Exported(0, Ok(exported)));
    let record = shown(&scene);
    assert!(!record.exporting);
    assert_eq!(
        record.exported.as_ref().expect("made").file_name,
        "pmi-data-1970-01-01.json"
    );
    assert!(!format!("{record:?}").contains("SECRET"));
    scene.intend(AccountIntent::ExportTaken);
    assert_eq!(shown(&scene).exported, None);

    scene.intend(AccountIntent::Export);
    scene.hear(AccountEvent::Exported(0, Err(offline())));
    let record = shown(&scene);
    assert!(!record.exporting && record.problem.is_some());
}

#[test]
fn s11_what_was_not_sent_is_asked_about_before_a_sign_out() {
    let mut scene = signed_in(true);
    let effects = scene.intend(AccountIntent::SignOut);
    assert!(matches!(
        effects.as_slice(),
        [AccountEffect::SignOut(0, Unsent::Ask)]
    ));
    assert!(shown(&scene).signing_out);
    assert!(scene.intend(AccountIntent::SignOut).is_empty(), "once");
    scene.hear(AccountEvent::SignedOut(
        0,
        Unsent::Ask,
        Err(Error::Unsent { count: 2 }),
    ));
    let record = shown(&scene);
    assert_eq!(record.unsent.as_ref().map(|unsent| unsent.count), Some(2));
    assert!(!record.signing_out && record.problem.is_none());
    scene.intend(AccountIntent::Stay);
    assert_eq!(shown(&scene).unsent, None);
    assert!(scene.intend(AccountIntent::DiscardUnsent).is_empty(), "not asked");

    for (intent, unsent) in [
        (AccountIntent::KeepUnsent, Unsent::Keep),
        (AccountIntent::DiscardUnsent, Unsent::Discard),
    ] {
        scene.intend(AccountIntent::SignOut);
        scene.hear(AccountEvent::SignedOut(
            0,
            Unsent::Ask,
            Err(Error::Unsent { count: 2 }),
        ));
        let effects = scene.intend(intent);
        assert!(
            matches!(effects.as_slice(), [AccountEffect::SignOut(0, sent)] if *sent == unsent),
            "{unsent:?}"
        );
        scene.hear(AccountEvent::SignedOut(0, unsent, Err(offline())));
        assert!(shown(&scene).problem.is_some());
        let again = scene.intend(AccountIntent::TryAgain);
        assert!(
            matches!(again.as_slice(), [AccountEffect::SignOut(0, sent)] if *sent == unsent),
            "what was answered is not asked again"
        );
        scene.hear(AccountEvent::SignedOut(0, unsent, Err(offline())));
    }
}

#[test]
fn what_went_wrong_last_is_done_again_and_only_that() {
    let mut scene = signed_in(true);
    assert!(scene.intend(AccountIntent::TryAgain).is_empty(), "nothing did");
    scene.intend(AccountIntent::Export);
    scene.hear(AccountEvent::Exported(0, Err(offline())));
    let again = scene.intend(AccountIntent::TryAgain);
    assert!(matches!(again.as_slice(), [AccountEffect::Export(0)]));
    assert_eq!(shown(&scene).problem, None);
    assert!(
        scene.intend(AccountIntent::TryAgain).is_empty(),
        "it is being done"
    );
    scene.hear(AccountEvent::Exported(0, Err(offline())));

    let (person, _) = asked(new_password(&mut scene));
    scene.hear(AccountEvent::Answered(person, Err(offline())));
    let again = scene.intend(AccountIntent::TryAgain);
    assert!(matches!(
        again.as_slice(),
        [AccountEffect::Ask(0, Asked::Password { .. })]
    ));
    scene.hear(AccountEvent::Answered(person, Err(offline())));
    scene.intend(AccountIntent::Close);
    assert!(scene.intend(AccountIntent::TryAgain).is_empty(), "it was closed");

    scene.intend(AccountIntent::Delete);
    scene.intend(AccountIntent::Change {
        field: AccountField::CurrentPassword,
        text: "SECRET-word-9".to_owned(),
    });
    scene.intend(AccountIntent::Submit);
    assert_eq!(scene.intend(AccountIntent::Confirm).len(), 1);
    scene.hear(AccountEvent::Answered(0, Err(offline())));
    assert!(
        scene.intend(AccountIntent::TryAgain).is_empty(),
        "it is asked again"
    );
    assert!(shown(&scene).deletion.expect("open").confirm.is_some());
}

#[test]
fn s12_of_one_person_nothing_is_shown_to_the_next() {
    for news in [heard(Heard::Over), AccountEvent::Session(SessionState::SignedOut)] {
        let signed_out = matches!(news, AccountEvent::Session(_));
        let mut scene = signed_in(true);
        let ended = SessionEnd {
            why: SignInReason::SessionExpired,
            at: NOW,
        };
        scene.hear(AccountEvent::Ended(0, Some(ended.clone())));
        assert_eq!(
            shown(&scene).last_ended.map(|ended| ended.why),
            Some(TextKey::SignInExpired.into())
        );
        let exported = || Ok(Exported::json("pmi-data", NOW, "{}".to_owned()));
        scene.hear(AccountEvent::Exported(0, exported()));
        let (of_a, _) = asked(new_password(&mut scene));
        scene.hear(AccountEvent::SignedOut(
            0,
            Unsent::Ask,
            Err(Error::Unsent { count: 1 }),
        ));
        scene.hear(news);
        let at_once = shown(&scene);
        assert_eq!((at_once.profile, at_once.done), (None, signed_out));
        assert_eq!(at_once.standing.phase, Phase::Failed);
        // And what comes late.
        scene.hear(AccountEvent::Answered(of_a, Err(offline())));
        scene.hear(AccountEvent::Exported(of_a, exported()));
        scene.hear(AccountEvent::Ended(of_a, Some(ended)));
        scene.hear(AccountEvent::SignedOut(of_a, Unsent::Ask, Err(offline())));
        scene.hear(AccountEvent::SignedOut(
            of_a,
            Unsent::Ask,
            Err(Error::Unsent { count: 1 }),
        ));
        assert_eq!((shown(&scene).problem, shown(&scene).unsent), (None, None));
        scene.hear(heard(Heard::Over));
        let nobody = shown(&scene);
        assert_eq!((nobody.profile, nobody.password), (None, None));
        assert_eq!((nobody.exported, nobody.last_ended), (None, None));
        assert_eq!((nobody.problem, nobody.unsent), (None, None));
        assert!(!nobody.busy && !nobody.exporting);
    }
}

#[test]
fn nobody_signed_in_leaves_the_screen() {
    let mut scene = AccountScene::default();
    assert!(!shown(&scene).done, "not known yet");
    scene.hear(AccountEvent::Session(SessionState::SignedOut));
    assert!(shown(&scene).done);
    scene.hear(me(asha()));
    assert_eq!(shown(&scene).profile, None, "it was on its way");
    assert!(scene.intend(AccountIntent::SignOut).is_empty());
    scene.hear(AccountEvent::Session(SessionState::SignInNeeded(
        SignInReason::SessionExpired,
    )));
    assert!(!shown(&scene).done, "what was read can still be shown");
}

#[test]
fn s37_nothing_of_a_person_is_in_debug() {
    let mut scene = signed_in(true);
    new_password(&mut scene);
    let mut text = format!("{:?}", shown(&scene));
    let mut editing = signed_in(true);
    editing.intend(AccountIntent::Edit);
    text.push_str(&format!("{:?}", shown(&editing)));
    let intent = AccountIntent::Change {
        field: AccountField::NewPassword,
        text: "SECRET".to_owned(),
    };
    text.push_str(&format!("{intent:?}"));
    for secret in ["SECRET", "Asha", "Rao", "asha@", "+9198"] {
        assert!(!text.contains(secret), "{text}");
    }
}
