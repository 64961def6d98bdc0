//! A file that appears under its name when it is whole: until then, what was there before stays.
//! What is no file, such as `/dev/stdout` or a named pipe, is written as it is, and stays what it is.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file that is being written, beside its place.
#[derive(Debug)]
pub(crate) struct WholeFile {
    out: BufWriter<File>,
    path: PathBuf,
    /// Where it lies until it is whole.
    temporary: Option<PathBuf>,
}

impl WholeFile {
    /// Begins a file that only its owner may read.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        // What a link leads to is written, and not put in the link's place.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut options = OpenOptions::new();
        options.write(true);
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Ok(Self { out: BufWriter::new(options.open(&path)?), path, temporary: None });
        }
        let mut temporary = path.as_os_str().to_owned();
        temporary.push(format!(".{}.part", std::process::id()));
        let temporary = PathBuf::from(temporary);
        options.create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let out = BufWriter::new(options.open(&temporary)?);
        Ok(Self { out, path, temporary: Some(temporary) })
    }

    /// Ends the file: from now on it stands under its name.
    ///
    /// # Errors
    ///
    /// When it cannot be written: what was there before is there still.
    pub(crate) fn end(mut self) -> io::Result<()> {
        self.out.flush()?;
        if let Some(temporary) = &self.temporary {
            self.out.get_ref().sync_all()?;
            fs::rename(temporary, &self.path)?;
            sync_name(&self.path)?;
        }
        self.temporary = None;
        Ok(())
    }
}

/// Brings a name onto the disk that a file has just got: the file itself does not hold it.
///
/// # Errors
///
/// When the folder cannot be synced.
pub(super) fn sync_name(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = File::open(folder.unwrap_or(Path::new(".")));
    match folder.and_then(|folder| folder.sync_all()) {
        // A folder that may not be opened, or that its file system does not sync.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::PermissionDenied | ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Half a file is of no use to anyone.
impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            let _ = fs::remove_file(temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_stays_until_the_file_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "before").unwrap();
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"after").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        file.flush().unwrap();
        assert_eq!(fs::read_to_string(file.temporary.as_ref().unwrap()).unwrap(), "after");
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"after").unwrap();
        file.end().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
    }

    #[test]
    #[cfg(unix)]
    fn a_link_stays_one_and_what_it_leads_to_is_written() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        fs::write(folder.path().join("a"), "before").unwrap();
        symlink("a", &link).unwrap();
        let mut file = WholeFile::create(&link).unwrap();
        file.write_all(b"after").unwrap();
        file.end().unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), "after");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
