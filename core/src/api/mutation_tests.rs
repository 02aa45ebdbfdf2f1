//! Scenario 21: what a server may do to its answers without asking, done to every recorded one in both dialects.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::WireAnswer;
use super::testing::{Row, recorded};

/// Without these an answer is not an answer; a list may lose an item over its own, and these lists have few.
const REQUIRED: [&str; 22] = [
    "access_token",
    "refresh_token",
    "customer_id",
    "vehicle_id",
    "appointment_id",
    "center_id",
    "notification_id",
    "scheduled_time",
    "scheduled_at",
    "starts_at",
    "vehicle",
    "vehicles",
    "appointments",
    "items",
    "health",
    "overall_score",
    "api_version",
    "detail",
    "status",
    "photo_id",
    "size",
    "received",
];

/// Closed sets of words today.
const WORDS: [&str; 12] = [
    "status",
    "overall_status",
    "health_status",
    "severity",
    "type",
    "channel",
    "role",
    "service_type",
    "appointment_type",
    "component",
    "token_type",
    "features",
];

fn all() -> Vec<(&'static str, Row)> {
    let v1 = super::golden_tests::rows().into_iter().map(|row| ("v1", row));
    v1.chain(super::v2_tests::rows().into_iter().map(|row| ("v2", row)))
        .collect()
}

fn body(answer: &WireAnswer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

fn with(answer: &WireAnswer, body: &Value) -> WireAnswer {
    let mut answer = answer.clone();
    answer.body = Bytes::from(body.to_string());
    answer
}

/// Changes a tree from the leaves up.
fn rewrite(value: &Value, change: &dyn Fn(Value) -> Value) -> Value {
    change(match value {
        Value::Array(items) => items.iter().map(|item| rewrite(item, change)).collect(),
        Value::Object(fields) => {
            let fields: Map<_, _> = fields
                .iter()
                .map(|(key, value)| (key.clone(), rewrite(value, change)))
                .collect();
            Value::Object(fields)
        }
        other => other.clone(),
    })
}

/// Every way to a field of the tree.
fn fields(value: &Value, at: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                found.push((at.to_owned(), key.clone()));
                fields(member, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                fields(item, &format!("{at}/{place}"), found);
            }
        }
        _ => {}
    }
}

/// The same assertions hold for the changed answer, errors included.
fn same_after(change: &dyn Fn(Value) -> Value) {
    for (dialect, row) in all() {
        // v1's "no such route" is known by being exactly that, and nothing more.
        if row.file == "svc_nope.txt" {
            continue;
        }
        let answer = recorded(dialect, row.file);
        let changed = rewrite(&body(&answer), change);
        row.hold(&with(&answer, &changed));
    }
}

#[test]
fn s21_unknown_fields_change_nothing() {
    same_after(&|mut value| {
        if let Some(fields) = value.as_object_mut() {
            fields.insert("zz_new".to_owned(), json!({"a": [1, null, {"b": "c"}]}));
        }
        value
    });
}

#[test]
fn s21_integers_as_floats_change_nothing() {
    same_after(&|value| match value.as_i64() {
        #[allow(clippy::cast_precision_loss)]
        Some(number) => json!(number as f64),
        None => value,
    });
}

#[test]
fn s21_numbers_as_texts_change_nothing() {
    // Not in a 422, whose `loc` has places in a body: there a text is a name.
    for (dialect, row) in all() {
        let answer = recorded(dialect, row.file);
        if !answer.status.is_success() {
            continue;
        }
        let changed = rewrite(&body(&answer), &|value| match value {
            Value::Number(number) => Value::String(number.to_string()),
            other => other,
        });
        row.hold(&with(&answer, &changed));
    }
}

#[test]
fn s21_each_optional_field_may_be_missing_null_or_of_another_type() {
    let (mut answers, mut tried) = (0, 0);
    for (dialect, row) in all() {
        let answer = recorded(dialect, row.file);
        // The one refusal that is read as an answer has a refusal's envelope, of which every part is needed.
        if (row.read)(&answer).is_err() || row.file == "error_wrong_offset.json" {
            continue;
        }
        answers += 1;
        let whole = body(&answer);
        let mut ways = Vec::new();
        fields(&whole, "", &mut ways);
        for (at, key) in ways
            .into_iter()
            .filter(|(_, key)| !REQUIRED.contains(&key.as_str()))
        {
            for instead in [
                None,
                Some(Value::Null),
                Some(json!({"surprise": true})),
                Some(json!([[]])),
            ] {
                let mut changed = whole.clone();
                let object = changed.pointer_mut(&at).unwrap().as_object_mut().unwrap();
                match &instead {
                    None => object.remove(&key),
                    Some(value) => object.insert(key.clone(), value.clone()),
                };
                tried += 1;
                let read = (row.read)(&with(&answer, &changed));
                assert_eq!(read, Ok(()), "{dialect}/{}: {at}/{key} as {instead:?}", row.file);
            }
        }
    }
    assert!(answers > 50 && tried > 2000, "{answers} answers, {tried} changes");
}

#[test]
fn s21_a_new_word_where_a_known_one_stood_is_kept_as_unknown() {
    let mut tried = 0;
    for (dialect, row) in all() {
        let answer = recorded(dialect, row.file);
        if (row.read)(&answer).is_err() {
            continue;
        }
        let whole = body(&answer);
        let mut ways = Vec::new();
        fields(&whole, "", &mut ways);
        let changed = ways
            .into_iter()
            .filter(|(_, key)| WORDS.contains(&key.as_str()))
            .fold(whole, |mut whole, (at, key)| {
                if let Some(word @ Value::String(_)) = whole.pointer_mut(&format!("{at}/{key}")) {
                    *word = json!("brand new word");
                    tried += 1;
                }
                whole
            });
        assert_eq!(
            (row.read)(&with(&answer, &changed)),
            Ok(()),
            "{dialect}/{}",
            row.file
        );
    }
    assert!(tried > 100, "{tried} words");
}

#[test]
fn s21_one_bad_item_does_not_lose_the_list_but_none_good_does() {
    let setting = super::testing::Setting::v2();
    let read = |body: &str| {
        use super::Operation as _;
        super::ListNotifications { cursor: None }
            .decode(&setting.around(), &super::testing::answer(200, body))
            .map(|page| page.items.len())
            .map_err(|error| super::testing::kind(&error))
    };
    assert_eq!(
        read(r#"{"items":[{"notification_id":1},{"message":"no id"},7,null]}"#),
        Ok(1)
    );
    assert_eq!(read(r#"{"items":[]}"#), Ok(0));
    assert_eq!(
        read(r#"{"items":[{"id":1},{"id":2}]}"#),
        Err("fault 200".to_owned())
    );
    assert_eq!(read(r#"{"things":[]}"#), Err("fault 200".to_owned()));
    assert_eq!(read("[]"), Err("fault 200".to_owned()));
    assert_eq!(read(""), Err("fault 200".to_owned()));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(
        read(&deep),
        Err("fault 200".to_owned()),
        "scenario 17: no stack overflow"
    );
}
