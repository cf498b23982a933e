//! TLS by rustls: who is trusted, and who we are.

use std::sync::Arc;

use hyper_rustls::HttpsConnectorBuilder;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use super::alert::{Alert, Noting};
use super::route::Route;
use crate::config::{Otlp, Protocol};

/// The route with TLS around it where the endpoint says `https`.
///
/// # Errors
/// Names the variable whose file cannot be used, and never what it holds.
pub(super) fn around(route: Route, otlp: &Otlp) -> Result<Noting, String> {
    let config = if otlp.endpoint.is_tls() {
        config(otlp)?
    } else {
        // Never used: nothing is trusted.
        builder()?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth()
    };
    let builder = HttpsConnectorBuilder::new()
        .with_tls_config(config)
        .https_or_http();
    let connector = match otlp.protocol {
        Protocol::Grpc => builder.enable_http2().wrap_connector(route),
        Protocol::HttpProtobuf => builder.enable_http1().wrap_connector(route),
    };
    Ok(Noting {
        connector,
        alert: Alert::default(),
    })
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, String> {
    ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|_| "the TLS library has no protocol version in common with itself".to_owned())
}

/// Of two that are built in, the one that was asked for beside the default.
fn provider() -> Arc<CryptoProvider> {
    #[cfg(feature = "tls-aws-lc")]
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    #[cfg(not(feature = "tls-aws-lc"))]
    let provider = rustls::crypto::ring::default_provider();
    Arc::new(provider)
}

fn config(otlp: &Otlp) -> Result<ClientConfig, String> {
    let trusting = builder()?.with_root_certificates(roots(otlp)?);
    let (Some(certificate), Some(key)) = (&otlp.tls.client_certificate, &otlp.tls.client_key)
    else {
        return Ok(trusting.with_no_client_auth());
    };
    let chain = certificates("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", certificate)?;
    let key = PrivateKeyDer::from_pem_file(key)
        .map_err(|error| unusable("OTEL_EXPORTER_OTLP_CLIENT_KEY", "a private key", &error))?;
    trusting.with_client_auth_cert(chain, key).map_err(|_| {
        "OTEL_EXPORTER_OTLP_CLIENT_KEY does not fit OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"
            .to_owned()
    })
}

/// The authorities that are trusted: those of the file where one is named, and no others.
fn roots(otlp: &Otlp) -> Result<RootCertStore, String> {
    const VARIABLE: &str = "OTEL_EXPORTER_OTLP_CERTIFICATE";
    let mut roots = RootCertStore::empty();
    if let Some(file) = &otlp.tls.certificate {
        for certificate in certificates(VARIABLE, file)? {
            roots
                .add(certificate)
                .map_err(|_| format!("{VARIABLE} holds a certificate that cannot be read"))?;
        }
        return Ok(roots);
    }
    #[cfg(feature = "tls-webpki-roots")]
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    #[cfg(feature = "tls-native-roots")]
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(format!(
            "no authority is trusted: build with tls-webpki-roots or tls-native-roots, or set {VARIABLE}"
        ));
    }
    Ok(roots)
}

fn certificates(variable: &str, file: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    let read = CertificateDer::pem_file_iter(file)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unusable(variable, "certificates", &error))?;
    if read.is_empty() {
        return Err(format!(
            "{variable} names a file without certificates (PEM)"
        ));
    }
    Ok(read)
}

/// The kind of an I/O error, without the name of the file: it is the variable's value.
fn unusable(variable: &str, what: &str, error: &rustls::pki_types::pem::Error) -> String {
    match error {
        rustls::pki_types::pem::Error::Io(error) => {
            format!(
                "{variable} names a file that cannot be read: {}",
                error.kind()
            )
        }
        _ => format!("{variable} names a file without {what} (PEM)"),
    }
}
