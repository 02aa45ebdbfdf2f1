//! Answers, and the five shapes its errors have.

use bytes::Bytes;
use http::header::WWW_AUTHENTICATE;
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use crate::wire::Answer;

/// An answer, or the answer that ends the handler early.
pub(super) type Outcome = Result<Answer, Box<Answer>>;

/// A JSON answer.
pub(super) fn answer(status: StatusCode, body: &Value) -> Answer {
    let mut answer = Response::new(Bytes::from(body.to_string()));
    *answer.status_mut() = status;
    answer
}

/// 200.
pub(super) fn ok(body: &Value) -> Outcome {
    Ok(answer(StatusCode::OK, body))
}

/// `{"detail": "text"}`.
pub(super) fn detail(status: StatusCode, text: &str) -> Box<Answer> {
    Box::new(answer(status, &json!({ "detail": text })))
}

/// A 401 about a token, with its challenge.
pub(super) fn challenge(text: &str) -> Box<Answer> {
    let mut answer = detail(StatusCode::UNAUTHORIZED, text);
    answer
        .headers_mut()
        .insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    answer
}

/// 422: `{"detail": [..]}`.
pub(super) fn invalid(problems: Vec<Value>) -> Box<Answer> {
    Box::new(answer(
        StatusCode::UNPROCESSABLE_ENTITY,
        &json!({ "detail": problems }),
    ))
}

/// One problem of a 422, as pydantic 2.5 says it. `value_error` and `json_invalid` have no address.
pub(super) fn problem(kind: &str, loc: &Value, msg: &str, input: &Value, ctx: Option<Value>) -> Value {
    let mut problem = json!({ "type": kind, "loc": loc, "msg": msg, "input": input });
    if let Some(ctx) = ctx {
        problem["ctx"] = ctx;
    }
    if !matches!(kind, "value_error" | "json_invalid") {
        problem["url"] = json!(format!("https://errors.pydantic.dev/2.5/v/{kind}"));
    }
    problem
}

/// 500 of a route that catches nothing.
pub(super) fn database_error(request_id: &str) -> Box<Answer> {
    Box::new(answer(
        StatusCode::INTERNAL_SERVER_ERROR,
        &json!({
            "error": "Database Error",
            "message": "An error occurred while accessing the database",
            "request_id": request_id,
        }),
    ))
}

/// 500 of a route that catches nothing, the database being away.
pub(super) fn refused_connection(request_id: &str) -> Box<Answer> {
    Box::new(answer(
        StatusCode::INTERNAL_SERVER_ERROR,
        &json!({
            "error": "Internal Server Error",
            "message": "An unexpected error occurred",
            "request_id": request_id,
            "type": "ConnectionRefusedError",
        }),
    ))
}

/// What the driver says of a number beyond 32 bits.
pub(super) fn int32(value: i64, sql: &str) -> String {
    format!(
        "(sqlalchemy.dialects.postgresql.asyncpg.Error) <class 'asyncpg.exceptions.DataError'>: invalid input for query \
         argument $1: {value} (value out of int32 range)\n[SQL: {sql}]\n[parameters: ({value},)]\n(Background on this \
         error at: https://sqlalche.me/e/20/dbapi)"
    )
}

/// What the driver says of a NUL in a text.
pub(super) fn nul(sql: &str, parameters: &str) -> String {
    format!(
        "(sqlalchemy.dialects.postgresql.asyncpg.Error) <class 'asyncpg.exceptions.CharacterNotInRepertoireError'>: \
         invalid byte sequence for encoding \"UTF8\": 0x00\n[SQL: {sql}]\n[parameters: {parameters}]\n(Background on this \
         error at: https://sqlalche.me/e/20/dbapi)"
    )
}

/// What the driver says of a text longer than its column.
pub(super) fn too_long(limit: usize, sql: &str, parameters: &str) -> String {
    format!(
        "(sqlalchemy.dialects.postgresql.asyncpg.Error) <class 'asyncpg.exceptions.StringDataRightTruncationError'>: \
         value too long for type character varying({limit})\n[SQL: {sql}]\n[parameters: {parameters}]\n(Background on \
         this error at: https://sqlalche.me/e/20/dbapi)"
    )
}
