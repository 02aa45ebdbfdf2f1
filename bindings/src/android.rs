//! `PmiAndroid.initialise(context)`: what Android's parts of the core need before a client is opened.

use pmi_core::ports::android::{self, jni};

use jni::EnvUnowned;
use jni::errors::ThrowRuntimeExAndDefault;
use jni::objects::{JClass, JObject};

/// The native method of `io.pmi.PmiAndroid`. Throws what the JVM says if it fails.
#[expect(
    unsafe_code,
    reason = "the JVM finds a native method by its name; the name is this class's alone"
)]
#[unsafe(no_mangle)]
extern "system" fn Java_io_pmi_PmiAndroid_initialiseNative<'local>(
    mut env: EnvUnowned<'local>,
    _class: JClass<'local>,
    context: JObject<'local>,
) {
    env.with_env(|env| android::initialise(env, &context))
        .resolve::<ThrowRuntimeExAndDefault>();
}
