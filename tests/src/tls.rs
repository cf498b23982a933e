//! A receiver behind TLS, with certificates made for the test.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

use crate::closing;

/// An authority, and the folder that its files are in.
pub struct Authority {
    folder: PathBuf,
    certificate: String,
    issuer: Issuer<'static, KeyPair>,
}

impl std::fmt::Debug for Authority {
    /// Without its key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authority")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// The files of one identity.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The certificate, PEM.
    pub certificate: PathBuf,
    /// Its key, PEM.
    pub key: PathBuf,
}

impl Authority {
    /// A fresh one; `name` tells its files from those of other tests.
    ///
    /// # Panics
    /// When the files cannot be written: the test cannot go on.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("observed-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().pem();
        std::fs::write(folder.join("authority.pem"), &certificate).unwrap();
        Self {
            folder,
            certificate,
            issuer: Issuer::new(params, key),
        }
    }

    /// The file of its own certificate.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.folder.join("authority.pem")
    }

    /// A file of this folder with other contents.
    ///
    /// # Panics
    /// When it cannot be written: the test cannot go on.
    #[must_use]
    pub fn file_of(&self, name: &str, contents: &str) -> PathBuf {
        let file = self.folder.join(name);
        std::fs::write(&file, contents).unwrap();
        file
    }

    /// An identity for `host`, valid until the first day of `until`.
    ///
    /// # Panics
    /// When the files cannot be written: the test cannot go on.
    #[must_use]
    pub fn identity(&self, host: &str, until: i32) -> Identity {
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let mut name = String::new();
        let _ = write!(name, "{host}-{until}");
        Identity {
            certificate: self.file_of(&format!("{name}.pem"), &certificate.pem()),
            key: self.file_of(&format!("{name}.key"), &key.serialize_pem()),
        }
    }

    /// Listens for OTLP over TLS, by gRPC and by HTTP, as `identity`; where `asks`, only for clients that this authority
    /// knows.
    ///
    /// # Panics
    /// When no port can be had: the test cannot go on.
    #[must_use]
    pub fn serve(&self, identity: &Identity, asks: bool) -> TlsReceiver {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = if asks {
            let mut roots = RootCertStore::empty();
            let own = CertificateDer::from_pem_slice(self.certificate.as_bytes()).unwrap();
            roots.add(own).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        } else {
            builder.with_no_client_auth()
        };
        let mut config = builder
            .with_single_cert(chain(&identity.certificate), key(&identity.key))
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        TlsReceiver::start(config)
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn chain(file: &Path) -> Vec<CertificateDer<'static>> {
    let read = CertificateDer::pem_file_iter(file).unwrap();
    read.collect::<Result<_, _>>().unwrap()
}

fn key(file: &Path) -> PrivateKeyDer<'static> {
    PrivateKeyDer::from_pem_file(file).unwrap()
}

/// A receiver behind TLS that counts requests.
#[derive(Debug)]
pub struct TlsReceiver {
    address: SocketAddr,
    requests: Arc<AtomicU64>,
    headers: Arc<Mutex<String>>,
}

impl TlsReceiver {
    fn start(config: ServerConfig) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(AtomicU64::new(0));
        let headers = Arc::new(Mutex::new(String::new()));
        let (counted, kept) = (Arc::clone(&requests), Arc::clone(&headers));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(serve(listener, config, counted, kept));
        });
        Self {
            address,
            requests,
            headers,
        }
    }

    /// Where the program sends to, by a name that its certificate may have.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// The address, for a path in between.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The headers of the last request, as `name=value` lines.
    ///
    /// # Panics
    /// When a test failed while it looked at them.
    #[must_use]
    pub fn headers(&self) -> String {
        self.headers.lock().unwrap().clone()
    }

    /// How many requests were answered.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::SeqCst)
    }
}

async fn serve(
    listener: TcpListener,
    config: ServerConfig,
    requests: Arc<AtomicU64>,
    headers: Arc<Mutex<String>>,
) {
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, requests) = (acceptor.clone(), Arc::clone(&requests));
        let headers = Arc::clone(&headers);
        tokio::spawn(async move {
            let Ok(stream) = acceptor.accept(stream).await else {
                return;
            };
            let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
            let service = service_fn(move |request: Request<Incoming>| {
                let requests = Arc::clone(&requests);
                let lines = request.headers().iter();
                let lines = lines.map(|(name, value)| {
                    format!("{name}={}\n", value.to_str().unwrap_or_default())
                });
                *headers.lock().unwrap() = lines.collect();
                async move {
                    let answer = closing::accept(request).await;
                    requests.fetch_add(1, Ordering::SeqCst);
                    answer
                }
            });
            let stream = TokioIo::new(stream);
            if is_http2 {
                let http2 = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                let _ = http2.serve_connection(stream, service).await;
            } else {
                let http1 = hyper::server::conn::http1::Builder::new();
                let _ = http1.serve_connection(stream, service).await;
            }
        });
    }
}
