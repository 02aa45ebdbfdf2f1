//! Whom to trust besides, or less than, the platform: a company's own root certificates, and pins.
//!
//! Promises: what is configured is either whole or an error that says what would be right; never fewer pins than two, so
//! that a lost or replaced key does not lock every installed app out of its server. Does not promise that a pin is right:
//! one that no certificate has fails at the first exchange (scenario 19).

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

/// What is wrong with a configured pin or root certificate. Holds nothing of what was given but its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// Not `sha256/` and the base64 of 32 bytes.
    #[error(
        "not a pin: write sha256/ and then the base64 of the SHA-256 of the server's public key (SubjectPublicKeyInfo), 44 \
         characters that end in ="
    )]
    NotAPin,
    /// Fewer than two different pins.
    #[error(
        "{given} different pin(s): give at least two, the key the server has and a backup key that is kept elsewhere; with one \
         alone, a new key on the server would lock every installed app out"
    )]
    NoBackupPin {
        /// How many different ones were given.
        given: usize,
    },
    /// There is no certificate in the text.
    #[error("no certificate in it: a PEM file has -----BEGIN CERTIFICATE----- before each one")]
    NoCertificate,
    /// One of the certificates cannot be read. They count from 1.
    #[error("certificate {number} of it cannot be read: write it again, as PEM (X.509)")]
    BadCertificate {
        /// Which one.
        number: usize,
    },
}

/// SHA-256 of a server's public key (SubjectPublicKeyInfo). Written `sha256/` and base64.
///
/// `openssl x509 -in cert.pem -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64`
/// gives what stands after `sha256/`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pin([u8; 32]);

impl Pin {
    /// A pin of these 32 bytes.
    #[must_use]
    pub const fn new(sha256: [u8; 32]) -> Self {
        Self(sha256)
    }

    /// The pin of a key, from its SubjectPublicKeyInfo in DER.
    #[must_use]
    pub fn of_key(subject_public_key_info: &[u8]) -> Self {
        let mut sha256 = [0; 32];
        let digest = ring::digest::digest(&ring::digest::SHA256, subject_public_key_info);
        sha256.copy_from_slice(digest.as_ref());
        Self(sha256)
    }
}

impl FromStr for Pin {
    type Err = TrustError;

    fn from_str(text: &str) -> Result<Self, TrustError> {
        let encoded = text.trim().strip_prefix("sha256/").ok_or(TrustError::NotAPin)?;
        let bytes = STANDARD.decode(encoded).map_err(|_| TrustError::NotAPin)?;
        bytes.try_into().map(Self).map_err(|_| TrustError::NotAPin)
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256/{}", STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pin({self})")
    }
}

/// The keys of which the server must have one: at least two different ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pins(Vec<Pin>);

impl Pins {
    /// These pins; the same one twice counts once.
    ///
    /// # Errors
    /// [`TrustError::NoBackupPin`] for fewer than two.
    pub fn new(pins: impl IntoIterator<Item = Pin>) -> Result<Self, TrustError> {
        let mut pins: Vec<Pin> = pins.into_iter().collect();
        pins.sort_unstable();
        pins.dedup();
        if pins.len() < 2 {
            return Err(TrustError::NoBackupPin { given: pins.len() });
        }
        Ok(Self(pins))
    }

    /// Whether the key with this SubjectPublicKeyInfo is one of them.
    pub(super) fn allow(&self, subject_public_key_info: &[u8]) -> bool {
        self.0.contains(&Pin::of_key(subject_public_key_info))
    }
}

/// A root certificate to trust besides the platform's.
#[derive(Clone, PartialEq, Eq)]
pub struct RootCertificate(CertificateDer<'static>);

impl RootCertificate {
    /// The certificate in DER.
    ///
    /// # Errors
    /// [`TrustError::BadCertificate`] if it is none that can be trusted as a root.
    pub fn from_der(der: Vec<u8>) -> Result<Self, TrustError> {
        let certificate = CertificateDer::from(der);
        // The same reading that a verifier does when it is built, so that it cannot fail there.
        RootCertStore::empty()
            .add(certificate.clone())
            .map_err(|_| TrustError::BadCertificate { number: 1 })?;
        Ok(Self(certificate))
    }

    /// Every certificate of a PEM text, in its order; what else it holds is skipped.
    ///
    /// # Errors
    /// [`TrustError::NoCertificate`] if there is none, [`TrustError::BadCertificate`] for the first that cannot be read.
    pub fn from_pem(text: &[u8]) -> Result<Vec<Self>, TrustError> {
        let mut all = Vec::new();
        for (section, number) in CertificateDer::pem_slice_iter(text).zip(1..) {
            let bad = TrustError::BadCertificate { number };
            let certificate = section.map_err(|_| bad.clone())?;
            all.push(Self::from_der(certificate.to_vec()).map_err(|_| bad)?);
        }
        if all.is_empty() {
            return Err(TrustError::NoCertificate);
        }
        Ok(all)
    }

    /// The certificate.
    #[cfg(not(target_os = "android"))]
    pub(super) fn certificate(&self) -> CertificateDer<'static> {
        self.0.clone()
    }
}

impl fmt::Debug for RootCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RootCertificate({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "sha256/AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    #[test]
    fn a_pin_is_read_and_written_as_everybody_writes_them() {
        let pin: Pin = ONE.parse().unwrap();
        assert_eq!(pin, Pin::new([1; 32]));
        assert_eq!(pin.to_string(), ONE);
        assert_eq!(format!("  {ONE}\n").parse(), Ok(pin));
        // The empty key, as `printf '' | sha256sum` has it.
        assert_eq!(
            Pin::of_key(b"").to_string(),
            "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        );
    }

    #[test]
    fn anything_else_is_no_pin_and_says_what_is() {
        for wrong in [
            "",
            "sha256/",
            "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
            "sha1/AQEBAQEBAQEBAQEBAQEBAQEBAQE=",
            "SHA256/AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
            // Without its padding, with a byte too few or too many, with another alphabet, in hex, as curl writes it.
            "sha256/AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
            "sha256/AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ==",
            "sha256/AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB",
            "sha256/-_EBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
            "sha256/0101010101010101010101010101010101010101010101010101010101010101",
            "sha256//AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        ] {
            let refused = wrong.parse::<Pin>();
            assert_eq!(refused, Err(TrustError::NotAPin), "{wrong}");
        }
        assert!(TrustError::NotAPin.to_string().contains("sha256/"));
    }

    #[test]
    fn a_pin_without_a_backup_is_refused_with_the_reason() {
        let [one, other] = [1, 2].map(|byte| Pin::new([byte; 32]));
        for given in [vec![], vec![one], vec![one, one, one]] {
            let different = usize::from(!given.is_empty());
            let refused = Pins::new(given).unwrap_err();
            assert_eq!(refused, TrustError::NoBackupPin { given: different });
            let text = refused.to_string();
            assert!(text.contains("at least two") && text.contains("lock"), "{text}");
        }
        let pins = Pins::new([other, one, other]).unwrap();
        assert_eq!(pins, Pins::new([one, other]).unwrap());
    }

    #[test]
    fn roots_come_from_pem_whole_or_not_at_all() {
        let certificate = || {
            let key = rcgen::KeyPair::generate().unwrap();
            let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
            params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
            (params.self_signed(&key).unwrap(), key.serialize_pem())
        };
        let ((one, key), (other, _)) = (certificate(), certificate());
        let both = format!("# ours\n{}{key}{}", one.pem(), other.pem());
        let read = RootCertificate::from_pem(both.as_bytes()).unwrap();
        let der: Vec<_> = read.iter().map(RootCertificate::certificate).collect();
        assert_eq!(der, [one.der().clone(), other.der().clone()]);

        assert_eq!(RootCertificate::from_pem(b""), Err(TrustError::NoCertificate));
        assert_eq!(
            RootCertificate::from_pem(key.as_bytes()),
            Err(TrustError::NoCertificate)
        );
        assert_eq!(
            RootCertificate::from_pem(one.der()),
            Err(TrustError::NoCertificate),
            "DER is no PEM"
        );
        let noise = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        for broken in [
            format!("{}{noise}", one.pem()),
            format!("{}{}", one.pem(), &other.pem()[..200]),
        ] {
            assert_eq!(
                RootCertificate::from_pem(broken.as_bytes()),
                Err(TrustError::BadCertificate { number: 2 }),
            );
        }
        let shown = format!("{:?}", read[0]);
        assert_eq!(shown, format!("RootCertificate({} bytes)", one.der().len()));
    }
}
