//! The same descriptions give the same bytes: twice, in another order, from another folder.

use std::fs;
use std::path::{Path, PathBuf};

use wechat_bizwifi_codegen::Builder;

use crate::golden::{folder, scratch};

fn generated(folder: &Path) -> String {
    Builder::new(folder).crate_name("api").generate().unwrap()
}

/// The files of a case, copied one after the other as `order` has it.
fn copied(name: &str, order: impl FnOnce(&mut Vec<PathBuf>)) -> PathBuf {
    let entries = fs::read_dir(folder("goldens/calls")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    order(&mut files);
    let copy = scratch(name);
    for file in files {
        fs::copy(&file, copy.join(file.file_name().unwrap())).unwrap();
    }
    copy
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    // That other runs give them too is tested by the golden.
    let expected = generated(&folder("goldens/calls"));
    for _ in 0..3 {
        assert_eq!(generated(&folder("goldens/calls")), expected);
    }
}

#[test]
fn the_order_in_which_files_came_to_be_does_not_matter() {
    let expected = generated(&folder("goldens/calls"));
    assert_eq!(generated(&copied("sorted", |_| {})), expected);
    assert_eq!(generated(&copied("reversed", |files| files.reverse())), expected);
    assert_eq!(generated(&copied("rotated", |files| files.rotate_left(2))), expected);
}

#[test]
fn the_folders_place_and_name_do_not_matter() {
    let expected = generated(&folder("goldens/calls"));
    let copy = copied("elsewhere", |_| {});
    assert_eq!(generated(&copy), expected);
    assert_eq!(generated(&copy.join("../elsewhere/.")), expected);
    let inner = scratch("outer").join("some/inner/folder");
    fs::create_dir_all(inner.parent().unwrap()).unwrap();
    fs::rename(copy, &inner).unwrap();
    assert_eq!(generated(&inner), expected);
}

#[test]
fn threads_do_not_matter() {
    let expected = generated(&folder("goldens/calls"));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(generated(&folder("goldens/calls")), expected));
        }
    });
}
