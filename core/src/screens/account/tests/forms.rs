//! The forms of the account.

use super::*;

#[test]
fn only_what_was_changed_is_sent_and_once() {
    let mut scene = signed_in(true);
    scene.intend(AccountIntent::Edit);
    assert_eq!(shown(&scene).edit.expect("open").first_name.value, "Asha");
    assert!(scene.intend(AccountIntent::Submit).is_empty());
    assert!(shown(&scene).edit.is_none(), "nothing was changed: closed");

    scene.intend(AccountIntent::Edit);
    change(&mut scene, AccountField::Phone, " +919811111111 ");
    let (person, sent) = asked(scene.intend(AccountIntent::Submit));
    let Asked::Profile(sent) = sent else {
        panic!("a profile")
    };
    assert_eq!(sent.phone.as_deref(), Some("+919811111111"));
    assert!(sent.first_name.is_none() && sent.last_name.is_none() && sent.address.is_none());
    assert!(shown(&scene).busy);
    for intent in [
        AccountIntent::Submit,
        AccountIntent::Close,
        AccountIntent::ChangePassword,
    ] {
        assert!(scene.intend(intent).is_empty());
    }
    assert!(shown(&scene).edit.is_some(), "what is under way keeps its form");
    scene.hear(AccountEvent::Answered(person, Ok(())));
    let done = shown(&scene);
    assert!(done.edit.is_none() && !done.busy);
    assert_eq!(done.note, Some(TextKey::AccountProfileSaved.into()));
}

#[test]
fn what_is_wrong_with_a_profile_is_said_at_its_field() {
    let mut scene = signed_in(true);
    scene.intend(AccountIntent::Edit);
    change(&mut scene, AccountField::FirstName, " ");
    assert_eq!(shown(&scene).edit.expect("open").first_name.problem, None);
    let field = AccountField::FirstName;
    scene.intend(AccountIntent::Left { field });
    let problem = shown(&scene).edit.expect("open").first_name.problem;
    assert_eq!(key(problem.as_ref()), Some(TextKey::FieldRequired));
    assert!(scene.intend(AccountIntent::Submit).is_empty());

    change(&mut scene, AccountField::FirstName, "A.");
    let (person, _) = asked(scene.intend(AccountIntent::Submit));
    let fields = vec![FieldProblem {
        field: "first_name".to_owned(),
        reason: "no".to_owned(),
    }];
    scene.hear(AccountEvent::Answered(
        person,
        refused(Refusal::Invalid { fields }),
    ));
    let edit = shown(&scene).edit.expect("still open");
    assert_eq!(key(edit.first_name.problem.as_ref()), Some(TextKey::FieldRefused));
    assert_eq!(edit.last_name.problem, None);
    assert_eq!(shown(&scene).problem, None);
    scene.intend(AccountIntent::Close);
    assert_eq!(shown(&scene).edit, None);
}

#[test]
fn a_wrong_current_password_is_said_at_its_field_and_a_network_is_a_problem() {
    let mut scene = signed_in(true);
    let (person, _) = asked(new_password(&mut scene));
    scene.hear(AccountEvent::Answered(person, refused(Refusal::WrongCredentials)));
    let form = shown(&scene).password.expect("still open");
    assert_eq!(
        key(form.current.problem.as_ref()),
        Some(TextKey::FieldPasswordWrong)
    );
    change(&mut scene, AccountField::CurrentPassword, "SECRET right");
    let (person, _) = asked(scene.intend(AccountIntent::Submit));
    scene.hear(AccountEvent::Answered(person, Err(offline())));
    let stuck = shown(&scene);
    assert_eq!(stuck.problem.map(|problem| problem.remedy), Some(Remedy::Retry));
    assert!(stuck.password.expect("still open").new.filled);
    let (person, sent) = asked(scene.intend(AccountIntent::Submit));
    assert!(matches!(sent, Asked::Password { .. }));
    scene.hear(AccountEvent::Answered(person, Ok(())));
    let done = shown(&scene);
    assert_eq!(done.note, Some(TextKey::AccountPasswordChanged.into()));
    assert!(done.password.is_none() && done.problem.is_none());
}

#[test]
fn a_stop_leads_to_the_first_fault_of_the_open_form() {
    let mut scene = signed_in(true);
    let stop = |scene: &AccountScene| (shown(scene).fault, shown(scene).stops);
    scene.intend(AccountIntent::Edit);
    change(&mut scene, AccountField::Phone, "1");
    change(&mut scene, AccountField::LastName, " ");
    assert_eq!(stop(&scene), (None, 0));
    scene.intend(AccountIntent::Submit);
    assert_eq!(stop(&scene), (Some(AccountField::LastName), 1));
    scene.intend(AccountIntent::Close);
    assert_eq!(stop(&scene), (None, 1));
    scene.intend(AccountIntent::ChangePassword);
    assert_eq!(stop(&scene), (None, 1), "of the form before");
    scene.intend(AccountIntent::Submit);
    assert_eq!(stop(&scene), (Some(AccountField::CurrentPassword), 2));
    scene.intend(AccountIntent::Close);
    let (person, _) = asked(new_password(&mut scene));
    scene.hear(AccountEvent::Answered(person, refused(Refusal::WrongCredentials)));
    assert_eq!(stop(&scene), (Some(AccountField::CurrentPassword), 3));
    scene.intend(AccountIntent::Close);
    scene.intend(AccountIntent::Delete);
    scene.intend(AccountIntent::Submit);
    assert_eq!(stop(&scene), (Some(AccountField::CurrentPassword), 4));
    change(&mut scene, AccountField::CurrentPassword, "SECRET");
    scene.intend(AccountIntent::Submit);
    assert_eq!(stop(&scene), (None, 4), "a question is no stop");
}

#[test]
fn a_new_password_is_checked_before_it_is_sent() {
    let mut scene = signed_in(true);
    scene.intend(AccountIntent::ChangePassword);
    change(&mut scene, AccountField::NewPassword, "short");
    assert!(scene.intend(AccountIntent::Submit).is_empty());
    let form = shown(&scene).password.expect("open");
    for (field, expected) in [
        (form.current, TextKey::FieldPasswordEmpty),
        (form.new, TextKey::FieldTooShort),
        (form.repeated, TextKey::FieldPasswordsDiffer),
    ] {
        assert_eq!(key(field.problem.as_ref()), Some(expected));
    }
}

#[test]
fn nothing_is_deleted_before_the_password_and_a_confirmation() {
    let mut scene = signed_in(true);
    scene.intend(AccountIntent::Delete);
    assert!(scene.intend(AccountIntent::Confirm).is_empty());
    assert!(scene.intend(AccountIntent::Submit).is_empty());
    let form = shown(&scene).deletion.expect("open");
    assert_eq!(
        key(form.password.problem.as_ref()),
        Some(TextKey::FieldPasswordEmpty)
    );
    assert!(scene.intend(AccountIntent::Confirm).is_empty());

    change(&mut scene, AccountField::CurrentPassword, "SECRET");
    assert!(scene.intend(AccountIntent::Submit).is_empty());
    assert!(shown(&scene).deletion.expect("open").confirm.is_some());
    change(&mut scene, AccountField::CurrentPassword, "SECRET too");
    assert!(
        scene.intend(AccountIntent::Confirm).is_empty(),
        "another password asks again"
    );
    scene.intend(AccountIntent::Submit);
    let (person, sent) = asked(scene.intend(AccountIntent::Confirm));
    assert!(matches!(sent, Asked::Deletion(_)));
    assert!(scene.intend(AccountIntent::Confirm).is_empty(), "once");

    scene.hear(AccountEvent::Answered(person, refused(Refusal::WrongCredentials)));
    let form = shown(&scene).deletion.expect("open");
    assert_eq!(
        key(form.password.problem.as_ref()),
        Some(TextKey::FieldPasswordWrong)
    );
    assert_eq!(form.confirm, None);
}
