//! Every recorded exchange of v1 that a customer's client can meet, and what it must become. A file without a row here
//! fails a test. The files named `state_*` are put together from what was seen while the server was in that state.

use std::collections::BTreeSet;

use super::golden_expect::*;
use super::testing::{Row, fails, files, recorded, row};
use super::*;
use crate::model::*;

/// The table.
#[rustfmt::skip]
pub(super) fn rows() -> Vec<Row> {
    vec![
        row(v1, "auth_login_ok.txt", login(), granted(7, 1800)),
        row(v1, "auth_login_extra.txt", login(), granted(7, 1800)),
        row(v1, "auth_login_demo.txt", login(), granted(6, 1800)),
        row(v1, "auth_login_nobike.txt", login(), granted(10, 1800)),
        row(v1, "exp_login.txt", login(), granted(7, 2)),
        fails(v1, "auth_login_badpw.txt", login(), "wrong_credentials"),
        fails(v1, "auth_login_unknown.txt", login(), "wrong_credentials"),
        fails(v1, "auth_login_emailcase.txt", login(), "wrong_credentials"),
        fails(v1, "auth_login_multi.txt", login(), "known_server_defect"),
        fails(v1, "state_db_down_login.txt", login(), "fault 500"),
        fails(v1, "rl_dev_login.txt", login(), "fault 500"),
        refuses("auth_login_bademail.txt", login(), &[("email", "value is not a valid email address: The email address is not valid. It must have exactly one @-sign.")]),
        refuses("auth_login_missing.txt", login(), &[("password", "is missing")]),
        row(v1, "auth_register_ok.txt", register(), granted(12, 1800)),
        fails(v1, "auth_register_dup_domaincase.txt", register(), "email_taken"),
        fails(v1, "auth_register_longphone.txt", register(), "fault 500"),
        fails(v1, "auth_register_nul.txt", register(), "fault 500"),
        refuses("auth_register_bademail.txt", register(), &[("email", "value is not a valid email address: The email address is not valid. It must have exactly one @-sign.")]),
        refuses("auth_register_testdomain.txt", register(), &[("email", "value is not a valid email address: The part after the @-sign is a special-use or reserved name that cannot be used with email.")]),
        refuses("auth_register_badjson.txt", register(), &[("request", "cannot be read")]),
        refuses("auth_register_nobody.txt", register(), &[("request", "is missing")]),
        refuses("auth_register_nullphone.txt", register(), &[("phone", "must be text")]),
        refuses("auth_register_numpw.txt", register(), &[("password", "must be text")]),
        row(v1, "auth_refresh_query_ok.txt", refresh(), granted(7, 1800)),
        row(v1, "auth_refresh_after_logout.txt", refresh(), granted(7, 1800)),
        row(v1, "auth_refresh_reuse.txt", refresh(), granted(7, 1800)),
        fails(v1, "auth_refresh_empty.txt", refresh(), DEAD),
        fails(v1, "auth_refresh_garbage.txt", refresh(), DEAD),
        fails(v1, "exp_refresh_expired.txt", refresh(), DEAD),
        fails(v1, "state_deleted_refresh.txt", refresh(), "Definite(AccountClosed)"),
        fails(v1, "auth_refresh_json.txt", refresh(), "Weather"),
        fails(v1, "auth_refresh_none.txt", refresh(), "Weather"),
        fails(v1, "auth_refresh_get.txt", refresh(), "Weather"),
        fails(v1, "state_db_down_refresh.txt", refresh(), "Weather"),
        fails(v1, "rl_prod_rawsocket.txt", refresh(), "Weather"),
        row(v1, "auth_logout_ok.txt", Logout, |result| result.unwrap()),
        fails(v1, "auth_logout_bad.txt", Logout, "token refused"),
        fails(v1, "auth_logout_noauth.txt", Logout, "token refused"),
        fails(v1, "exp_logout_expired.txt", Logout, "token refused"),
        row(v1, "auth_me_ok.txt", Me, alice),
        row(v1, "auth_me_after_logout.txt", Me, alice),
        fails(v1, "auth_me_emptybearer.txt", Me, "token refused"),
        fails(v1, "auth_me_garbage.txt", Me, "token refused"),
        fails(v1, "auth_me_noauth.txt", Me, "token refused"),
        fails(v1, "auth_me_tampered.txt", Me, "token refused"),
        fails(v1, "auth_me_withrefresh.txt", Me, "token refused"),
        fails(v1, "state_token_just_expired.txt", Me, "token refused"),
        fails(v1, "state_deleted_me.txt", Me, "not_found"),
        fails(v1, "state_db_down_me.txt", Me, "fault 500"),
        row(v1, "fix_vwh_ok.txt", vehicles(), alices_garage),
        row(v1, "fix_vwh_carol.txt", vehicles(), carols_garage),
        fails(v1, "fix_vwh_int32.txt", vehicles(), "fault 200"),
        fails(v1, "state_db_down_vehicles.txt", vehicles(), "fault 200"),
        fails(v1, "veh_list.txt", vehicles(), "wrong dialect"),
        row(v1, "veh_details_bob.txt", vehicle(52), bobs_vehicle),
        row(v1, "veh_details_after_ingest.txt", vehicle(51), alices_vehicle),
        fails(v1, "veh_details_404.txt", vehicle(999_999), "not_found"),
        fails(v1, "veh_details_int32.txt", vehicle(3), "fault 500"),
        row(v1, "ap_list.txt", bookings(), appointments),
        refuses("ap_list_limit201.txt", bookings(), &[("limit", "Input should be less than or equal to 200")]),
        fails(v1, "ap_list_limitneg.txt", bookings(), "fault 500"),
        row(v1, "bk_list_ok.txt", bookings(), short_list),
        row(v1, "bk_list_unknown.txt", bookings(), |result| assert_eq!(result.unwrap().items, [])),
        row(v1, "ap_get.txt", booking(42), one_full(42, "2026-12-20T10:00:00+05:30[Asia/Kolkata]", BookingStatus::Scheduled)),
        row(v1, "ap_get_after_delete.txt", booking(42), one_full(42, "2026-12-21T08:30:00+05:30[Asia/Kolkata]", BookingStatus::Cancelled)),
        fails(v1, "ap_get_404.txt", booking(999_999), "not_found"),
        row(v1, "bk_create_ok.txt", create(NINE), created(NINE, 27, NINE, false)),
        row(v1, "bk_create_date1.txt", create(NINE), created(NINE, 31, "2026-11-23T09:00:00+05:30[Asia/Kolkata]", true)),
        row(v1, "bk_create_date5.txt", create(NINE), created("2026-12-18T15:00:00+05:30[Asia/Kolkata]", 35, NINE, true)),
        row(v1, "bk_create_date6.txt", create(NINE), created("2026-12-18T15:00:00+05:30[Asia/Kolkata]", 36, "2026-12-18T15:00:00+05:30[Asia/Kolkata]", false)),
        fails(v1, "bk_create_noveh.txt", create(NINE), "not_found"),
        fails(v1, "bk_create_nul.txt", create(NINE), "fault 500"),
        refuses("bk_create_floatid.txt", create(NINE), &[("customer_id", "must be a whole number")]),
        refuses("bk_create_apijs_body.txt", create(NINE), &[("scheduled_date", "is missing"), ("scheduled_time", "is missing")]),
        row(v1, "ap_put_all.txt", reschedule(42), |result| assert_eq!(result.unwrap(), None)),
        fails(v1, "ap_put_404.txt", reschedule(999_999), "not_found"),
        fails(v1, "ap_patch.txt", reschedule(42), "other"),
        row(v1, "ap_delete.txt", cancel(42), |result| assert_eq!(result.unwrap(), None)),
        row(v1, "ap_delete_again.txt", cancel(42), |result| assert_eq!(result.unwrap(), None)),
        fails(v1, "ap_delete_404.txt", cancel(999_999), "not_found"),
        fails(v1, "bk_cancel_post.txt", cancel(27), "wrong dialect"),
        row(v1, "ap_centers.txt", centers(), all_centers),
        row(v1, "ap_centers_full.txt", centers(), all_centers),
        refuses("ap_centers_none.txt", centers(), &[("scheduled_time", "is missing")]),
        refuses("ap_centers_plus_unescaped.txt", centers(), &[("scheduled_time", "must be a date and a time")]),
        row(v1, "no_history.txt", notifications(), history),
        row(v1, "no_history_unknown.txt", notifications(), |result| assert_eq!(result.unwrap().items, [])),
        fails(v1, "no_history_neg.txt", notifications(), "fault 500"),
        fails(v1, "state_null_text.txt", notifications(), "fault 422"),
        fails(v1, "state_db_down_stats.txt", notifications(), "fault 500"),
        row(v1, "no_read.txt", mark(1), |result| assert_eq!(result.unwrap(), None)),
        row(v1, "no_read_again.txt", mark(1), |result| assert_eq!(result.unwrap(), None)),
        fails(v1, "no_read_int32.txt", mark(1), "not_found"),
        row(v1, "svc_health.txt", GetHealth, well("healthy", true)),
        row(v1, "state_db_down_health.txt", GetHealth, well("unhealthy", false)),
        row(v1, "svc_nope.txt", Discover, |result| assert_eq!(result.unwrap(), Dialect::V1)),
    ]
}

#[test]
fn every_recorded_exchange_of_v1_becomes_what_it_must() {
    for row in rows() {
        row.hold(&recorded("v1", row.file));
    }
}

#[test]
fn every_recorded_exchange_of_v1_has_a_row() {
    let named: BTreeSet<String> = rows().iter().map(|row| row.file.to_owned()).collect();
    let kept: BTreeSet<String> = files("v1").into_iter().collect();
    assert_eq!(named, kept);
}
