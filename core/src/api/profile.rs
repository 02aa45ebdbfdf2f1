//! The signed-in person's own data.

use http::Method;
use serde::Serialize;

use super::answer::server_fault;
use super::{
    ApiError, Dialect, Operation, Policy, Replay, Surroundings, WireAnswer, WireRequest, check, v1, v2,
};
use crate::model::rules;
use crate::model::{Customer, CustomerId, Password, Permission, ProfileChange, Role};

/// Who somebody is, as the server says it. v1 does not say the role here (Q6): the session knows it from the token.
#[derive(Clone, PartialEq)]
pub(crate) struct Profile {
    pub(crate) id: CustomerId,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) role: Option<Role>,
    pub(crate) permissions: Option<Vec<Permission>>,
}

crate::model::redacted::debug_shows!(Profile: role, permissions);

impl Profile {
    /// The customer, with what the session knows where the server said nothing. Permissions belong to a role: those of the
    /// session are taken only together with its role.
    pub(crate) fn into_customer(self, role: &Role, permissions: &[Permission]) -> Customer {
        let (role, permissions) = match (self.role, self.permissions) {
            (Some(role), Some(permissions)) => (role, permissions),
            (Some(role), None) => {
                let permissions = role.permissions();
                (role, permissions)
            }
            (None, said) => (role.clone(), said.unwrap_or_else(|| permissions.to_vec())),
        };
        Customer {
            id: self.id,
            first_name: self.first_name,
            last_name: self.last_name,
            email: self.email,
            phone: self.phone,
            address: self.address,
            role,
            permissions,
        }
    }
}

/// Reads who is signed in.
pub(crate) struct Me;

impl Operation for Me {
    type Output = Profile;

    fn request(&self, _: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        Ok(WireRequest::get("/api/auth/me"))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Profile, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::account::profile(answer),
            Dialect::V2 { .. } => v2::account::profile(answer),
        }
    }
}

/// Changes what is `Some`. It sets values, so twice is as good as once. An empty address removes it.
pub(crate) struct ChangeProfile {
    pub(crate) change: ProfileChange,
}

#[derive(Serialize)]
struct ChangeBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
    /// Twice optional: not sent, or sent as null.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Option<&'a str>>,
}

impl Operation for ChangeProfile {
    type Output = Profile;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around.dialect.must("profile_change", |can| can.profile_change)?;
        let ProfileChange {
            first_name,
            last_name,
            phone,
            address,
        } = &self.change;
        for (field, name) in [("first_name", first_name), ("last_name", last_name)] {
            if let Some(name) = name {
                check::text(field, name, 1, rules::NAME)?;
            }
        }
        if let Some(phone) = phone {
            check::phone(phone)?;
        }
        if let Some(address) = address {
            check::text("address", address, 0, rules::ADDRESS)?;
        }
        if first_name.is_none() && last_name.is_none() && phone.is_none() && address.is_none() {
            return Err(ApiError::InvalidInput {
                field: "change",
                reason: "must name at least one field to change".to_owned(),
            });
        }
        Ok(
            WireRequest::new(Method::PATCH, "/api/auth/me", Replay::Safe).json(&ChangeBody {
                first_name: first_name.as_deref(),
                last_name: last_name.as_deref(),
                phone: phone.as_deref(),
                address: address
                    .as_deref()
                    .map(|address| Some(address).filter(|address| !address.trim().is_empty())),
            }),
        )
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Profile, ApiError> {
        around.dialect.must("profile_change", |can| can.profile_change)?;
        v2::account::profile(answer)
    }
}

/// Deletes the account for good. Not repeated: a second one meets a token that is no longer valid.
pub(crate) struct DeleteAccount {
    pub(crate) password: Password,
}

#[derive(Serialize)]
struct PasswordBody<'a> {
    password: &'a str,
}

impl Operation for DeleteAccount {
    type Output = ();

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around
            .dialect
            .must("account_deletion", |can| can.account_deletion)?;
        check::password("password", self.password.expose())?;
        Ok(
            WireRequest::new(Method::DELETE, "/api/auth/me", Replay::OnlyIfNotApplied).json(&PasswordBody {
                password: self.password.expose(),
            }),
        )
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<(), ApiError> {
        around
            .dialect
            .must("account_deletion", |can| can.account_deletion)?;
        v2::done(answer, "account")
    }
}

/// Asks for everything the platform holds of the customer: the JSON as the server wrote it, to be handed over as a file.
pub(crate) struct ExportData;

impl Operation for ExportData {
    type Output = String;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        around.dialect.must("data_export", |can| can.data_export)?;
        Ok(WireRequest::get("/api/auth/me/export").policy(Policy::dear(Replay::Safe)))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<String, ApiError> {
        around.dialect.must("data_export", |can| can.data_export)?;
        v2::read(answer, "export")?;
        String::from_utf8(answer.body.to_vec()).map_err(|_| server_fault(answer, "the export is not text"))
    }
}
