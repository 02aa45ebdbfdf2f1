//! What Android's parts of the core need before anything else: the JVM and the application's context.
//!
//! Promises: certificate verifier and key store are given both, together, once; a second call changes nothing; a call that
//! failed can be made again. Does not promise that the verifier's Kotlin class is in the app: R8 strips it unless told to
//! keep `org.rustls.platformverifier.**`, and then every server is `Untrusted` (scenario 19).
//!
//! A shell calls it from `Application.onCreate`, by a native method of its own:
//!
//! ```ignore
//! #[unsafe(no_mangle)]
//! extern "system" fn Java_com_example_Pmi_initialise(mut env: EnvUnowned<'_>, _: JClass<'_>, context: JObject<'_>) {
//!     env.with_env(|env| pmi_core::ports::android::initialise(env, &context))
//!         .resolve::<ThrowRuntimeExAndDefault>();
//! }
//! ```

use std::sync::{Mutex, PoisonError};

/// The JNI in whose types [`initialise`] takes its arguments.
pub use jni;
use jni::Env;
use jni::errors::Error;
use jni::objects::JObject;

use super::jvm;

static ONCE: Mutex<()> = Mutex::new(());

/// Gives the core this process's JVM and the application's context (`Context.getApplicationContext()`, not an activity's:
/// it is held as long as the process lives). Call it before any [`HttpClient`](super::HttpClient) or key store is made.
///
/// # Errors
/// What the JVM says, for one when `context` is null. Nothing was done; it can be called again.
pub fn initialise(env: &mut Env<'_>, context: &JObject<'_>) -> Result<(), Error> {
    let _turn = ONCE.lock().unwrap_or_else(PoisonError::into_inner);
    if jvm::is_given() {
        return Ok(());
    }
    if context.is_null() {
        return Err(Error::NullPtr("the application's context"));
    }
    let for_the_verifier = env.new_local_ref(context)?;
    rustls_platform_verifier::android::init_with_env(env, for_the_verifier)?;
    give_to_the_key_store(env, context)?;
    jvm::give();
    Ok(())
}

/// The key store's crate takes the JVM in the types of an older `jni`, which can be made from pointers only.
#[expect(
    unsafe_code,
    reason = "there is no other way from the types of one jni to those of another"
)]
fn give_to_the_key_store(env: &Env<'_>, context: &JObject<'_>) -> Result<(), Error> {
    use jni_0_21::{JNIEnv, objects::JObject as Object};
    // SAFETY: both pointers are those of arguments that live until this returns, on the thread they belong to, and neither
    // type frees what it points to. The callee makes a global reference of the context and keeps that.
    let (env, context) = unsafe {
        let env =
            JNIEnv::from_raw(env.get_raw().cast()).map_err(|_| Error::NullPtr("the JNI environment"))?;
        (env, Object::from_raw(context.as_raw().cast()))
    };
    android_native_keyring_store::Java_io_crates_keyring_Keyring_00024Companion_initializeNdkContext(
        env,
        Object::null(),
        context,
    );
    Ok(())
}
