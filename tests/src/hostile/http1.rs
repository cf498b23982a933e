//! One request by HTTP/1.1, whose answer is whatever bytes an attack writes.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// A request that was read whole.
#[derive(Debug)]
pub struct Exchange {
    stream: TcpStream,
}

impl Exchange {
    pub(super) fn begin(stream: TcpStream) -> io::Result<Self> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line.trim_end().is_empty() {
                break;
            }
        }
        io::copy(&mut reader.take(length), &mut io::sink())?;
        Ok(Self { stream })
    }

    /// Sends these bytes.
    ///
    /// # Errors
    /// When the client has closed the connection.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Sends these bytes again and again.
    ///
    /// # Errors
    /// When the client has closed the connection, which is how it ends.
    pub fn without_end(&mut self, bytes: &[u8]) -> io::Result<()> {
        loop {
            self.write(bytes)?;
        }
    }

    /// Sends nothing more until the client closes the connection.
    ///
    /// # Errors
    /// When the client has broken it off.
    pub fn hold(&mut self) -> io::Result<()> {
        io::copy(&mut self.stream, &mut io::sink()).map(drop)
    }
}
