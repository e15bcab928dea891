//! The bytes of a file on their way to the XML parser: counted, with lines, and never more for one
//! piece of markup than is allowed.

use std::io::{self, BufRead, Read};

/// A place in a file: where the next byte to be parsed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Bytes before it, a byte order mark included.
    pub byte: u64,
    /// Its line, the first being 1.
    pub line: u64,
}

/// A buffered reader which knows where it is, takes a UTF-8 byte order mark away, and fails once
/// more than its allowance was taken. The parser keeps a whole piece of markup (a text, a CDATA
/// section, a tag) in memory, so without the allowance an unclosed one would hold the whole file.
pub(super) struct Source<R> {
    inner: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    mark: Mark,
    allowance: usize,
    fresh: bool,
    ended: bool,
}

const BUFFER: usize = 64 * 1024;
const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

impl<R: Read> Source<R> {
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            buffer: vec![0; BUFFER].into_boxed_slice(),
            start: 0,
            end: 0,
            mark: Mark { byte: 0, line: 1 },
            allowance: usize::MAX,
            fresh: true,
            ended: false,
        }
    }

    pub fn mark(&self) -> Mark {
        self.mark
    }

    /// Sets how many bytes may be taken from now on.
    pub fn allow(&mut self, bytes: usize) {
        self.allowance = bytes;
    }

    /// Whether the last failure came from the allowance.
    pub fn is_exhausted(&self) -> bool {
        self.allowance == 0
    }

    /// Whether everything there is was taken.
    pub fn is_at_end(&self) -> bool {
        self.ended && self.start == self.end
    }

    fn available(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    fn refill(&mut self) -> io::Result<()> {
        self.start = 0;
        self.end = 0;
        // A first read may bring a single byte; a byte order mark is judged on four.
        let enough = if self.fresh { 4 } else { 1 };
        while self.end < enough && !self.ended {
            match self.inner.read(self.buffer.get_mut(self.end..).unwrap_or_default()) {
                Ok(0) => self.ended = true,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        if std::mem::take(&mut self.fresh) {
            self.begin()?;
        }
        Ok(())
    }

    fn begin(&mut self) -> io::Result<()> {
        match self.available() {
            [0xEF, 0xBB, 0xBF, ..] => {
                self.start = UTF8_MARK.len();
                self.mark.byte = UTF8_MARK.len() as u64;
                Ok(())
            }
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..] => {
                Err(io::Error::other("it is in UTF-16, not in UTF-8"))
            }
            _ => Ok(()),
        }
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let read = available.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end && !self.ended {
            self.refill()?;
        }
        let available = self.available();
        if self.allowance == 0 && !available.is_empty() {
            return Err(io::Error::other("too long"));
        }
        Ok(available.get(..self.allowance).unwrap_or(available))
    }

    fn consume(&mut self, amount: usize) {
        let available = self.available();
        let taken = available.get(..amount).unwrap_or(available);
        let (length, lines) = (taken.len(), newlines(taken));
        self.mark.line += lines;
        self.mark.byte += length as u64;
        self.allowance = self.allowance.saturating_sub(length);
        self.start += length;
    }
}

/// How many lines end in these bytes.
pub(super) fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}
