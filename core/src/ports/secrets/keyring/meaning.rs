//! What each platform's errors mean: the one place where that is decided (scenario 5).
//!
//! | what the store says | Secret Service | Apple | Android |
//! |---|---|---|---|
//! | `NoEntry` | missing, if the default keyring is open; else locked | missing | missing |
//! | `NoStorageAccess` | locked | by its code | locked |
//! | `PlatformFailure` | denied if D-Bus says `AccessDenied`; else failed; at connecting unavailable | by its code | locked |
//! | `BadEncoding`, a secret of another length | damaged | damaged | damaged |
//! | `BadDataFormat` | damaged, if another entry opens; else failed | the same | the same: after a restore, its Keystore key is gone |
//! | `Ambiguous` | damaged: several entries have this name | damaged: it is in several access groups | damaged |
//! | `BadStoreFormat` | failed | failed | failed: the store's own key or file is not as it left it |
//! | any other | failed | failed | failed |
//!
//! Apple's codes: -25308 (interaction not allowed: not unlocked since boot), -25315 and -25291 (not available) are locked;
//! -34018 (the access group is not in the app's entitlements), -25293, -25243, -25292, -61 and -128 are denied; -26275 (cannot
//! be decoded) is damaged; -25294 and -25295 are unavailable.
//!
//! Only "missing" and "damaged" let a caller give up what the key opens. Whatever is unclear is therefore one of the others:
//! those say that nothing is lost and that a later try may find it.

use keyring_core::Error as KeyringError;

use crate::ports::SecretError;

/// Of the Secret Service.
#[cfg(any(not(any(target_vendor = "apple", target_os = "android")), test))]
pub(super) fn secret_service(error: KeyringError) -> SecretError {
    match error {
        KeyringError::NoStorageAccess(_) => {
            SecretError::Locked(format!("{error}: unlock your keyring, then try again"))
        }
        KeyringError::PlatformFailure(_) if error.to_string().contains("AccessDenied") => {
            SecretError::Denied(error.to_string())
        }
        other => common(other),
    }
}

/// Of Apple's keychain; `code` is the `OSStatus` of the platform's own error, if there is one.
#[cfg(any(target_vendor = "apple", test))]
pub(super) fn apple(error: KeyringError, code: Option<i32>) -> SecretError {
    let Some(code) = code else {
        return common(error);
    };
    match code {
        -25308 | -25315 | -25291 => SecretError::Locked(format!(
            "the keychain is closed until the device is unlocked once after it was started (OSStatus {code})"
        )),
        -34018 => SecretError::Denied(format!(
            "the access group is not among the app's keychain-access-groups (OSStatus {code})"
        )),
        -25293 | -25243 | -25292 | -61 | -128 => {
            SecretError::Denied(format!("the keychain does not let this app in (OSStatus {code})"))
        }
        -26275 => SecretError::Corrupt(format!("the entry cannot be decoded (OSStatus {code})")),
        -25294 | -25295 => SecretError::Unavailable(format!("there is no keychain (OSStatus {code})")),
        _ => SecretError::Failed(format!("{error} (OSStatus {code})")),
    }
}

/// Of Android's Keystore. Its failures are exceptions of the JVM whose kind does not come through; the one that is to be
/// expected is a phone that was not unlocked since it was started, and nothing that cannot be tried again.
#[cfg(any(target_os = "android", test))]
pub(super) fn android(error: KeyringError) -> SecretError {
    match error {
        KeyringError::PlatformFailure(_) | KeyringError::NoStorageAccess(_) => SecretError::Locked(format!(
            "the Keystore did not answer; it does not before the phone is unlocked once after it was started ({error})"
        )),
        other => common(other),
    }
}

/// What means the same everywhere.
fn common(error: KeyringError) -> SecretError {
    match error {
        // The bytes that these hold are not shown.
        KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..) => {
            SecretError::Corrupt("the entry is not what was stored".to_owned())
        }
        KeyringError::Ambiguous(_) => {
            SecretError::Corrupt("several entries have this name: remove all but one".to_owned())
        }
        KeyringError::NoStorageAccess(_) => SecretError::Locked(error.to_string()),
        other => SecretError::Failed(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn platform(text: &str) -> Box<dyn std::error::Error + Send + Sync> {
        text.into()
    }

    /// One error of each kind the stores give, with a secret where one can be.
    fn errors() -> [KeyringError; 9] {
        [
            KeyringError::NoStorageAccess(platform("p")),
            KeyringError::PlatformFailure(platform("p")),
            KeyringError::PlatformFailure(platform("org.freedesktop.DBus.Error.AccessDenied")),
            KeyringError::BadEncoding(b"hush".to_vec()),
            KeyringError::BadDataFormat(b"hush".to_vec(), platform("p")),
            KeyringError::Ambiguous(Vec::new()),
            KeyringError::BadStoreFormat("p".to_owned()),
            KeyringError::Invalid("user".to_owned(), "p".to_owned()),
            KeyringError::NotSupportedByStore("p".to_owned()),
        ]
    }

    fn words(meaning: impl Fn(KeyringError) -> SecretError) -> [&'static str; 9] {
        errors().map(|error| {
            let told = meaning(error);
            assert!(!told.to_string().contains("hush"), "{told}");
            word(&told)
        })
    }

    fn word(told: &SecretError) -> &'static str {
        match told {
            SecretError::Locked(_) => "locked",
            SecretError::Unavailable(_) => "unavailable",
            SecretError::Denied(_) => "denied",
            SecretError::Corrupt(_) => "damaged",
            SecretError::Failed(_) => "failed",
        }
    }

    #[test]
    fn s05_each_error_means_what_the_table_says() {
        let rest = ["damaged", "damaged", "damaged", "failed", "failed", "failed"];
        let expect = |first: [&'static str; 3]| [first.as_slice(), &rest].concat();
        assert_eq!(words(secret_service), *expect(["locked", "failed", "denied"]));
        assert_eq!(words(android), *expect(["locked", "locked", "locked"]));
        assert_eq!(
            words(|error| apple(error, None)),
            *expect(["locked", "failed", "failed"])
        );
    }

    #[test]
    fn s05_each_code_of_apples_means_what_the_table_says() {
        for (code, meaning) in [
            (-25308, "locked"),
            (-25315, "locked"),
            (-25291, "locked"),
            (-34018, "denied"),
            (-25293, "denied"),
            (-25243, "denied"),
            (-25292, "denied"),
            (-61, "denied"),
            (-128, "denied"),
            (-26275, "damaged"),
            (-25294, "unavailable"),
            (-25295, "unavailable"),
            (-50, "failed"),
            (-36, "failed"),
        ] {
            let error = KeyringError::PlatformFailure(platform("p"));
            let told = apple(error, Some(code));
            assert_eq!(word(&told), meaning, "{told}");
            assert!(told.to_string().contains(&code.to_string()), "{told}");
        }
    }
}
