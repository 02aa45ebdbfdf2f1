//! The file system itself: SQLite's own, asked before each call whether it is to fail.
//!
//! The one file of this workspace with `unsafe` in it: SQLite takes a file system as a table of C functions only.

#![expect(unsafe_code, reason = "a SQLite file system is a table of C functions")]
#![allow(
    unsafe_op_in_unsafe_fn,
    reason = "every line here hands SQLite's own pointers on to SQLite's own functions"
)]

use std::cell::Cell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::Path;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Arc, Once};

use rusqlite::ffi;

use super::call::Call;
use super::plan::Plan;

/// SQLite's own, once it is not the default any more.
static BASE: AtomicPtr<ffi::sqlite3_vfs> = AtomicPtr::new(std::ptr::null_mut());

thread_local! {
    /// Whether the last lock asked for here was refused by us, or nobody is to wait for it: then time is not spent on it.
    static REFUSED: Cell<bool> = const { Cell::new(false) };
}

/// An open file; SQLite's own lies right behind it.
#[repr(C)]
struct File {
    head: ffi::sqlite3_file,
    plan: *const Plan,
    /// SQLite keeps it as long as the file is open.
    name: *const c_char,
}

/// Makes this the file system of every connection that is opened from now on.
pub(super) fn install() {
    static ONCE: Once = Once::new();
    // SAFETY: the base is SQLite's own default and lives for ever, as does the leaked copy of it. Its functions take no notice of
    // which table they were found in, beyond what the copy has too.
    ONCE.call_once(|| unsafe {
        let base = ffi::sqlite3_vfs_find(std::ptr::null());
        assert!(!base.is_null(), "SQLite has a file system");
        BASE.store(base, Ordering::SeqCst);
        let size = c_int::try_from(size_of::<File>()).expect("small");
        let shim = Box::leak(Box::new(ffi::sqlite3_vfs {
            szOsFile: (*base).szOsFile + size,
            pNext: std::ptr::null_mut(),
            zName: c"faults".as_ptr(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xSleep: Some(sleep),
            ..*base
        }));
        assert_eq!(ffi::sqlite3_vfs_register(shim, 1), ffi::SQLITE_OK);
    });
}

fn base() -> *mut ffi::sqlite3_vfs {
    BASE.load(Ordering::SeqCst)
}

/// SQLite's own file behind ours.
unsafe fn inner(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    file.cast::<File>().add(1).cast()
}

/// How this call is to fail.
unsafe fn fault(file: *mut ffi::sqlite3_file, call: Call) -> Option<c_int> {
    let plan = (*file.cast::<File>()).plan;
    let fault = plan.as_ref()?.fault(call);
    if matches!(call, Call::Lock | Call::ShmLock) {
        REFUSED.set(fault == Some(ffi::SQLITE_BUSY));
    }
    fault
}

/// The plan of a file, and its name, if it has both.
unsafe fn of<'a>(file: *mut ffi::sqlite3_file) -> Option<(&'a Plan, &'a Path)> {
    let ours = file.cast::<File>();
    Some(((*ours).plan.as_ref()?, path((*ours).name)?))
}

unsafe fn path<'a>(name: *const c_char) -> Option<&'a Path> {
    if name.is_null() {
        return None;
    }
    CStr::from_ptr(name).to_str().ok().map(Path::new)
}

/// Whether there is power for this change.
unsafe fn lasts(file: *mut ffi::sqlite3_file, is_sync: bool) -> bool {
    let lasts = of(file).and_then(|(plan, _)| plan.tell(|power| power.lasts(is_sync)));
    lasts.unwrap_or(true)
}

/// All that is in one of SQLite's own files.
unsafe fn content(inner: *mut ffi::sqlite3_file) -> Vec<u8> {
    let methods = &*(*inner).pMethods;
    let mut length = 0;
    let sized = methods.xFileSize.map(|size| size(inner, &raw mut length));
    let mut bytes = vec![0; usize::try_from(length).expect("small")];
    let to = bytes.as_mut_ptr().cast();
    let read = methods
        .xRead
        .map(|read| read(inner, to, c_int::try_from(length).expect("small"), 0));
    assert_eq!((sized, read), (Some(ffi::SQLITE_OK), Some(ffi::SQLITE_OK)));
    bytes
}

unsafe fn fault_of_name(name: *const c_char, call: Call) -> Option<c_int> {
    if name.is_null() {
        return None;
    }
    Plan::of(CStr::from_ptr(name))?.fault(call)
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let ours = file.cast::<File>();
    (*ours).head.pMethods = std::ptr::null();
    (*ours).plan = std::ptr::null();
    (*ours).name = name;
    let plan = if name.is_null() {
        None
    } else {
        Plan::of(CStr::from_ptr(name))
    };
    if let Some(fault) = plan.as_ref().and_then(|plan| plan.fault(Call::Open)) {
        return fault;
    }
    let base = base();
    let opened = (*base).xOpen.map_or(ffi::SQLITE_ERROR, |open| {
        open(base, name, inner(file), flags, out)
    });
    if opened == ffi::SQLITE_OK {
        (*ours).plan = plan.map_or(std::ptr::null(), Arc::into_raw);
        (*ours).head.pMethods = &raw const METHODS;
        if let Some((plan, path)) = of(file) {
            plan.tell(|power| power.open(path, || content(inner(file))));
        }
    }
    opened
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    if let Some(fault) = fault_of_name(name, Call::Delete) {
        return fault;
    }
    if let Some((plan, path)) = Plan::of(CStr::from_ptr(name)).zip(path(name)) {
        plan.tell(|power| power.delete(path));
    }
    let base = base();
    (*base)
        .xDelete
        .map_or(ffi::SQLITE_ERROR, |delete| delete(base, name, sync))
}

unsafe extern "C" fn access(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    if let Some(fault) = fault_of_name(name, Call::Access) {
        return fault;
    }
    let base = base();
    (*base)
        .xAccess
        .map_or(ffi::SQLITE_ERROR, |access| access(base, name, flags, out))
}

unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, micros: c_int) -> c_int {
    if REFUSED.get() {
        return micros;
    }
    let base = base();
    (*base).xSleep.map_or(micros, |sleep| sleep(base, micros))
}

/// Hands a call on to SQLite's own file, unless it is to fail.
macro_rules! handed_on {
    ($name:ident, $method:ident, $call:expr $(, $arg:ident: $type:ty)*) => {
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $arg: $type)*) -> c_int {
            let call: Option<Call> = $call;
            if let Some(fault) = call.and_then(|call| fault(file, call)) {
                return fault;
            }
            let inner = inner(file);
            (*(*inner).pMethods).$method.map_or(ffi::SQLITE_ERROR, |method| method(inner $(, $arg)*))
        }
    };
}

handed_on!(read, xRead, Some(Call::Read), to: *mut c_void, length: c_int, at: ffi::sqlite3_int64);
handed_on!(write_there, xWrite, Some(Call::Write), from: *const c_void, length: c_int, at: ffi::sqlite3_int64);
handed_on!(truncate_there, xTruncate, Some(Call::Truncate), to: ffi::sqlite3_int64);
handed_on!(file_size, xFileSize, Some(Call::FileSize), out: *mut ffi::sqlite3_int64);
handed_on!(lock, xLock, Some(Call::Lock), level: c_int);
handed_on!(unlock, xUnlock, None, level: c_int);
handed_on!(check_reserved, xCheckReservedLock, None, out: *mut c_int);
handed_on!(control, xFileControl, None, what: c_int, with: *mut c_void);
handed_on!(sector_size, xSectorSize, None);
handed_on!(characteristics, xDeviceCharacteristics, None);
handed_on!(shm_map, xShmMap, Some(Call::ShmMap), region: c_int, size: c_int, extend: c_int, out: *mut *mut c_void);
handed_on!(shm_unmap, xShmUnmap, None, delete: c_int);

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    length: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    if !lasts(file, false) {
        return ffi::SQLITE_IOERR_WRITE;
    }
    let written = write_there(file, from, length, at);
    if let Some((plan, path)) = of(file).filter(|_| written == ffi::SQLITE_OK) {
        let bytes = std::slice::from_raw_parts(from.cast(), usize::try_from(length).expect("a length"));
        let at = usize::try_from(at).expect("a place");
        plan.tell(|power| power.write(path, at, bytes));
    }
    written
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, to: ffi::sqlite3_int64) -> c_int {
    if !lasts(file, false) {
        return ffi::SQLITE_IOERR_TRUNCATE;
    }
    let truncated = truncate_there(file, to);
    if let Some((plan, path)) = of(file).filter(|_| truncated == ffi::SQLITE_OK) {
        let to = usize::try_from(to).expect("a length");
        plan.tell(|power| power.truncate(path, to));
    }
    truncated
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    if let Some(fault) = fault(file, Call::Sync) {
        return fault;
    }
    if !lasts(file, true) {
        return ffi::SQLITE_IOERR_FSYNC;
    }
    if let Some((plan, path)) = of(file) {
        plan.tell(|power| power.sync(path));
        return ffi::SQLITE_OK;
    }
    let inner = inner(file);
    (*(*inner).pMethods)
        .xSync
        .map_or(ffi::SQLITE_ERROR, |sync| sync(inner, flags))
}

/// A lock given back never fails: SQLite does not look.
unsafe extern "C" fn shm_lock(file: *mut ffi::sqlite3_file, at: c_int, count: c_int, flags: c_int) -> c_int {
    if flags & ffi::SQLITE_SHM_LOCK != 0
        && let Some(fault) = fault(file, Call::ShmLock)
    {
        return fault;
    }
    let inner = inner(file);
    let answer = (*(*inner).pMethods)
        .xShmLock
        .map_or(ffi::SQLITE_ERROR, |lock| lock(inner, at, count, flags));
    let plan = (*file.cast::<File>()).plan.as_ref();
    if answer == ffi::SQLITE_BUSY && plan.is_some_and(Plan::is_hurried) {
        REFUSED.set(true);
    }
    answer
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    let inner = inner(file);
    if let Some(barrier) = (*(*inner).pMethods).xShmBarrier {
        barrier(inner);
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    let inner = inner(file);
    let closed = (*(*inner).pMethods)
        .xClose
        .map_or(ffi::SQLITE_ERROR, |close| close(inner));
    let ours = file.cast::<File>();
    if !(*ours).plan.is_null() {
        drop(Arc::from_raw((*ours).plan));
        (*ours).plan = std::ptr::null();
    }
    closed
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    // Without memory maps, which the core does not use.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};
