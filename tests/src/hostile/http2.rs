//! One request by HTTP/2, whose answer is whatever frames an attack writes (RFC 9113, section 6).

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread::JoinHandle;

/// The kinds of frames, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The bytes of a body.
    Data = 0,
    /// Headers or trailers.
    Headers = 1,
    /// What a connection is like.
    Settings = 4,
    /// Asks for an answer.
    Ping = 6,
    /// No more requests over this connection.
    Goaway = 7,
    /// More of headers.
    Continuation = 9,
    /// No kind that anybody knows.
    Unknown = 0xbe,
}

/// A request that was read whole.
#[derive(Debug)]
pub struct Exchange {
    stream: TcpStream,
    /// The number of its stream.
    id: u32,
    /// Takes what the client sends, so that it is not that which stops an attack.
    taking: Option<JoinHandle<()>>,
}

const PREFACE: usize = 24;
/// The last frame of a side of a stream, and the answer to settings.
const END_STREAM_OR_ACK: u8 = 1;
const END_HEADERS: u8 = 4;

impl Drop for Exchange {
    /// Asks for other requests to go elsewhere, and waits for the client to close the connection: what it did not read
    /// yet would be lost with it.
    fn drop(&mut self) {
        let [a, b, c, d] = self.id.to_be_bytes();
        let goaway = frame(Kind::Goaway, 0, 0, &[a, b, c, d, 0, 0, 0, 0]);
        let _ = self.stream.write_all(&goaway);
        let _ = self.stream.shutdown(Shutdown::Write);
        if let Some(taking) = self.taking.take() {
            let _ = taking.join();
        }
    }
}

impl Exchange {
    pub(super) fn begin(mut stream: TcpStream) -> io::Result<Self> {
        io::copy(&mut (&stream).take(PREFACE as u64), &mut io::sink())?;
        stream.write_all(&frame(Kind::Settings, 0, 0, &[]))?;
        let id = loop {
            let mut head = [0; 9];
            stream.read_exact(&mut head)?;
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            io::copy(&mut (&stream).take(u64::from(length)), &mut io::sink())?;
            let (kind, flags) = (head[3], head[4]);
            let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
            let is = |wanted: Kind| kind == wanted as u8;
            if is(Kind::Settings) && flags & END_STREAM_OR_ACK == 0 {
                stream.write_all(&frame(Kind::Settings, END_STREAM_OR_ACK, 0, &[]))?;
            }
            if is(Kind::Data) && flags & END_STREAM_OR_ACK != 0 {
                break id;
            }
        };
        let mut reader = stream.try_clone()?;
        let taking = std::thread::spawn(move || drop(io::copy(&mut reader, &mut io::sink())));
        Ok(Self {
            stream,
            id,
            taking: Some(taking),
        })
    }

    /// Sends a frame of the request's stream, or of the connection.
    ///
    /// # Errors
    /// When the client has closed the connection.
    pub fn send(&mut self, kind: Kind, payload: &[u8]) -> io::Result<()> {
        let bytes = frame(kind, 0, self.id_of(kind), payload);
        self.stream.write_all(&bytes)
    }

    /// Sends the same frame again and again, many of them in one go.
    ///
    /// # Errors
    /// When the client has closed the connection, which is how it ends.
    pub fn without_end(&mut self, kind: Kind, payload: &[u8]) -> io::Result<()> {
        const AT_ONCE: usize = 64 * 1024;
        let frame = frame(kind, 0, self.id_of(kind), payload);
        let many = frame.repeat(AT_ONCE.div_ceil(frame.len()));
        loop {
            self.stream.write_all(&many)?;
        }
    }

    /// Sends headers whole: the block of their fields and the flag that ends it.
    ///
    /// # Errors
    /// When the client has closed the connection.
    pub fn headers(&mut self, fields: &[u8]) -> io::Result<()> {
        self.fields(fields, END_HEADERS)
    }

    /// Sends headers that are not whole yet.
    ///
    /// # Errors
    /// When the client has closed the connection.
    pub fn begin_headers(&mut self, fields: &[u8]) -> io::Result<()> {
        self.fields(fields, 0)
    }

    /// Sends headers whole that end the answer, in as many frames as they need.
    ///
    /// # Errors
    /// When the client has closed the connection.
    pub fn trailers(&mut self, fields: &[u8]) -> io::Result<()> {
        const MOST: usize = 16 * 1024;
        let mut parts = fields.chunks(MOST).peekable();
        let mut kind = Kind::Headers;
        while let Some(part) = parts.next() {
            let begins = u8::from(kind == Kind::Headers) * END_STREAM_OR_ACK;
            let ends = u8::from(parts.peek().is_none()) * END_HEADERS;
            let bytes = frame(kind, begins | ends, self.id, part);
            self.stream.write_all(&bytes)?;
            kind = Kind::Continuation;
        }
        Ok(())
    }

    /// Begins an answer of gRPC with a status of HTTP.
    ///
    /// # Errors
    /// When the client has closed the connection.
    pub fn answer(&mut self, status: &str) -> io::Result<()> {
        let fields = [
            field(":status", status.as_bytes()),
            field("content-type", b"application/grpc"),
        ];
        self.headers(&fields.concat())
    }

    /// Sends nothing more until the client closes the connection.
    ///
    /// # Errors
    /// Always: what is to be said at the end of an answer is not said.
    pub fn hold(&mut self) -> io::Result<()> {
        if let Some(taking) = self.taking.take() {
            let _ = taking.join();
        }
        Err(io::ErrorKind::ConnectionAborted.into())
    }

    /// The stream of the request, or the connection.
    fn id_of(&self, kind: Kind) -> u32 {
        match kind {
            Kind::Data | Kind::Headers | Kind::Continuation => self.id,
            Kind::Settings | Kind::Ping | Kind::Goaway | Kind::Unknown => 0,
        }
    }

    fn fields(&mut self, fields: &[u8], flags: u8) -> io::Result<()> {
        let bytes = frame(Kind::Headers, flags, self.id, fields);
        self.stream.write_all(&bytes)
    }
}

fn frame(kind: Kind, flags: u8, id: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend_from_slice(&[kind as u8, flags]);
    frame.extend_from_slice(&id.to_be_bytes());
    frame.extend_from_slice(payload);
    frame
}

/// A field of headers, literally and without an index (RFC 7541, section 6.2.2).
#[must_use]
pub fn field(name: &str, value: &[u8]) -> Vec<u8> {
    let mut field = vec![0];
    for text in [name.as_bytes(), value] {
        // A number of seven bits, and the rest of it seven bits at a time, the lowest first.
        let mut rest = text.len();
        if rest < 127 {
            field.push(rest as u8);
        } else {
            field.push(127);
            rest -= 127;
            while rest >= 128 {
                field.push((rest % 128) as u8 | 128);
                rest /= 128;
            }
            field.push(rest as u8);
        }
        field.extend_from_slice(text);
    }
    field
}
