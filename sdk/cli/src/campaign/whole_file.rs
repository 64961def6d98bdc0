//! A file that appears under its name when it is whole: until then, what was there before stays.
//! `/dev/stdout`, a named pipe and the like are not replaced: they are written to directly.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use fs4::fs_std::FileExt;
use tempfile::{Builder, NamedTempFile, TempPath};

/// What the names of unfinished files begin and end with. Each lies in the folder of its place, and is
/// locked by the process that writes it.
const UNFINISHED: (&str, &str) = (".wechat-bizwifi-", ".part");

/// A file that is being written, beside its place. Half a file is of no use to anyone: it is removed
/// when this is dropped, or, if the process was killed, by the next one that writes in the folder.
#[derive(Debug)]
pub(crate) struct WholeFile {
    out: BufWriter<File>,
    path: PathBuf,
    /// Where it lies until it is whole.
    temporary: Option<TempPath>,
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
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            let out = BufWriter::new(OpenOptions::new().write(true).open(&path)?);
            return Ok(Self { out, path, temporary: None });
        }
        let folder = folder_of(&path);
        remove_left_over(folder);
        let (out, temporary) = begin_unfinished(folder)?.into_parts();
        Ok(Self { out: BufWriter::new(out), path, temporary: Some(temporary) })
    }

    /// Ends the file: from now on it stands under its name.
    ///
    /// # Errors
    ///
    /// When it cannot be written: what was there before is there still.
    pub(crate) fn end(mut self) -> io::Result<()> {
        self.out.flush()?;
        if let Some(temporary) = self.temporary.take() {
            self.out.get_ref().sync_all()?;
            temporary.persist(&self.path)?;
            sync_name(&self.path)?;
        }
        Ok(())
    }
}

fn begin_unfinished(folder: &Path) -> io::Result<NamedTempFile> {
    loop {
        let file = Builder::new().prefix(UNFINISHED.0).suffix(UNFINISHED.1).tempfile_in(folder)?;
        // Where the file system has no locks, nothing is taken for left over.
        let _ = FileExt::lock_exclusive(file.as_file());
        // Another process may have removed it before it was locked.
        if file.path().exists() {
            return Ok(file);
        }
    }
}

/// Removes the unfinished files that no process writes any more. One that cannot be removed stays.
fn remove_left_over(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_unfinished = name
            .to_str()
            .is_some_and(|name| name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1));
        if !is_unfinished || !entry.file_type().is_ok_and(|found| found.is_file()) {
            continue;
        }
        let file = OpenOptions::new().write(true).open(entry.path());
        if file.is_ok_and(|file| FileExt::try_lock_exclusive(&file).unwrap_or(false)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Brings a name onto the disk that a file has just got: the file itself does not hold it.
///
/// # Errors
///
/// When the folder cannot be synced.
pub(super) fn sync_name(path: &Path) -> io::Result<()> {
    match File::open(folder_of(path)).and_then(|folder| folder.sync_all()) {
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
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_nobody_writes_any_more_is_removed_and_what_somebody_writes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let named = |name: &str| folder.path().join(name);
        for name in [".wechat-bizwifi-killed.part", "a.csv.1.part", ".wechat-bizwifi-x"] {
            fs::write(named(name), "").unwrap();
        }
        fs::create_dir(named(".wechat-bizwifi-folder.part")).unwrap();
        let mut first = WholeFile::create(&named("a.csv")).unwrap();
        first.write_all(b"1").unwrap();
        WholeFile::create(&named("b.csv")).unwrap().end().unwrap();
        first.end().unwrap();
        assert_eq!(fs::read_to_string(named("a.csv")).unwrap(), "1");
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        let kept =
            [".wechat-bizwifi-folder.part", ".wechat-bizwifi-x", "a.csv", "a.csv.1.part", "b.csv"];
        assert_eq!(left, kept);
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

    /// `/proc` is a folder whose file system does not sync it.
    #[test]
    #[cfg(target_os = "linux")]
    fn a_folder_that_cannot_be_synced_is_no_failure_and_one_that_is_not_there_is() {
        assert!(sync_name(Path::new("/proc/a")).is_ok());
        let error = sync_name(Path::new("/proc/none/a")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }
}
