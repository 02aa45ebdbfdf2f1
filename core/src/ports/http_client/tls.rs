//! Who is trusted: the platform's verifier, and on top of it the pins.
//!
//! A pin is compared with the server's own certificate only. The other certificates of a handshake are whatever the other
//! side chose to send, on the verified path or not: a pin found among them proves nothing. It is compared after everything
//! else was proven: an expired or a foreign certificate stays one, whatever its key.
//!
//! A resumed TLS session shows no certificate: that the other side knows the secret of an earlier, proven one is taken for
//! proof, for as long as its ticket lasts (up to a week, in this process only). Whoever pins wants more: with pins nothing
//! is resumed (docs/adr/0016). Nothing is ever sent before the handshake is over (no early data). Built against scenario 19.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};
use rustls_platform_verifier::Verifier;

use super::HttpClientConfig;
#[cfg(not(target_os = "android"))]
use crate::ports::RootCertificate;
use crate::ports::{NetworkError, Pins};

/// What [`Guarded`] says when the platform's verifier panicked, as it does on Android where the JVM was not given to it.
pub(super) const NOT_INITIALISED: &str = "the platform's certificate verifier was not initialised";

/// Trusts whom the platform trusts, and the extra roots.
pub(super) fn platform(config: &HttpClientConfig) -> Result<ClientConfig, NetworkError> {
    let provider = Arc::new(ring::default_provider());
    let verifier = verifier(config, Arc::clone(&provider)).map_err(|why| {
        NetworkError::Setup(format!("the platform's root certificates cannot be used: {why}"))
    })?;
    let guarded = Guarded {
        platform: verifier,
        pins: config.pins.clone(),
    };
    let mut tls = builder(provider)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(guarded))
        .with_no_client_auth();
    if config.pins.is_some() {
        tls.resumption = Resumption::disabled();
    }
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(tls)
}

/// Trusts nobody: for exchanges without TLS, which need no roots.
pub(super) fn nobody() -> Result<ClientConfig, NetworkError> {
    let provider = Arc::new(ring::default_provider());
    Ok(builder(provider)?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

fn builder(
    provider: Arc<CryptoProvider>,
) -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, NetworkError> {
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|why| NetworkError::Setup(why.to_string()))
}

#[cfg(not(target_os = "android"))]
fn verifier(config: &HttpClientConfig, provider: Arc<CryptoProvider>) -> Result<Verifier, Error> {
    if config.extra_roots.is_empty() {
        return Verifier::new(provider);
    }
    let extra = config.extra_roots.iter().map(RootCertificate::certificate);
    Verifier::new_with_extra_roots(extra, provider)
}

#[cfg(target_os = "android")]
fn verifier(_: &HttpClientConfig, provider: Arc<CryptoProvider>) -> Result<Verifier, Error> {
    Verifier::new(provider)
}

/// The certificate is good, its key is not one of the pinned ones.
#[derive(Debug, thiserror::Error)]
#[error("not one of the pinned keys")]
pub(super) struct NotPinned;

/// The platform's verifier, with its panics turned into errors and the pins checked after it.
#[derive(Debug)]
struct Guarded {
    platform: Verifier,
    pins: Option<Pins>,
}

impl ServerCertVerifier for Guarded {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = catch_unwind(AssertUnwindSafe(|| {
            self.platform
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        }))
        .unwrap_or_else(|_| Err(Error::General(NOT_INITIALISED.to_owned())))?;
        if let Some(pins) = &self.pins
            && !pins.allow(&ParsedCertificate::try_from(end_entity)?.subject_public_key_info())
        {
            return Err(CertificateError::Other(OtherError(Arc::new(NotPinned))).into());
        }
        Ok(verified)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.platform.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.platform.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.platform.supported_verify_schemes()
    }
}
