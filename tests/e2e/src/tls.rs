//! TLS in front of the server, by whoever the test wants to be there: the server itself, one whose certificate ran out, or
//! somebody in between.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use pmi_core::ports::{Pin, RootCertificate};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, PublicKeyData as _,
    date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// One that issues certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate for a while and a name, with its key.
pub struct Identity {
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
    pin: Pin,
}

impl Authority {
    /// A new one, which nobody trusts yet. Anybody can take any name.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("names");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key"));
        Self(issuer.expect("an authority"))
    }

    /// Its certificate, for a client that is to trust it.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn root(&self) -> RootCertificate {
        RootCertificate::from_der(self.0.der().to_vec()).expect("a root")
    }

    /// The same as PEM.
    #[must_use]
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for this name, good until the end of that year.
    ///
    /// # Panics
    /// If it cannot be issued.
    #[must_use]
    pub fn issue(&self, name: &str, until: i32) -> Identity {
        let key = KeyPair::generate().expect("a key");
        let params = leaf(name, until);
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        Identity::new(certificate.der(), &key)
    }
}

impl Identity {
    /// One that vouches for itself.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    pub fn self_signed(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        let certificate = leaf(name, 2119).self_signed(&key).expect("a certificate");
        Self::new(certificate.der(), &key)
    }

    /// The pin of its key.
    #[must_use]
    pub fn pin(&self) -> Pin {
        self.pin
    }

    fn new(certificate: &CertificateDer<'_>, key: &KeyPair) -> Self {
        Self {
            certificate: certificate.clone().into_owned(),
            key: key.serialize_der(),
            pin: Pin::of_key(&key.subject_public_key_info()),
        }
    }

    fn acceptor(&self) -> TlsAcceptor {
        let key = PrivateKeyDer::Pkcs8(self.key.clone().into());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder
                    .with_no_client_auth()
                    .with_single_cert(vec![self.certificate.clone()], key)
            });
        TlsAcceptor::from(Arc::new(config.expect("a server's configuration")))
    }
}

fn leaf(name: &str, until: i32) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(until, 12, 31);
    params
}

/// Listens on a port of this machine, as long as the runtime lives.
pub struct TlsFront {
    address: SocketAddr,
    shown: Arc<Mutex<TlsAcceptor>>,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    handshakes: AtomicU64,
    bytes: AtomicU64,
}

impl TlsFront {
    /// Shows this identity, and hands on to `behind` whatever comes from one who believes it.
    ///
    /// # Panics
    /// If there is no port.
    pub async fn start(identity: &Identity, behind: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let front = Self {
            address: listener.local_addr().expect("an address"),
            shown: Arc::new(Mutex::new(identity.acceptor())),
            seen: Arc::default(),
        };
        let (shown, seen) = (Arc::clone(&front.shown), Arc::clone(&front.seen));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                seen.handshakes.fetch_add(1, Ordering::SeqCst);
                let acceptor = shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
                // Whoever does not believe it hangs up; and so does the server, now and then.
                tokio::spawn(serve(acceptor, stream, behind, Arc::clone(&seen)));
            }
        });
        front
    }

    /// From now on shows this identity to new connections.
    pub fn show(&self, identity: &Identity) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = identity.acceptor();
    }

    /// Its origin, by the name `localhost`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// How many connections were begun.
    #[must_use]
    pub fn handshakes(&self) -> u64 {
        self.seen.handshakes.load(Ordering::SeqCst)
    }

    /// How many bytes came that were meant for the server, decrypted.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.seen.bytes.load(Ordering::SeqCst)
    }
}

async fn serve(
    acceptor: TlsAcceptor,
    stream: TcpStream,
    behind: SocketAddr,
    seen: Arc<Seen>,
) -> std::io::Result<()> {
    let mut client = acceptor.accept(stream).await?;
    let mut first = vec![0; 16 * 1024];
    let read = client.read(&mut first).await?;
    seen.bytes.fetch_add(read as u64, Ordering::SeqCst);
    let mut server = TcpStream::connect(behind).await?;
    server.write_all(&first[..read]).await?;
    tokio::io::copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}
