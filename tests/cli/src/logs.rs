//! Logs of the core and of the server, for whoever looks for a fault: `PMI_LOG=debug pmi ..` writes JSON lines to standard error.

use tracing_subscriber::EnvFilter;

/// What to log, in the words of tracing's filters, such as `info` or `pmi_core=trace`; nothing if it is not set.
const VARIABLE: &str = "PMI_LOG";

/// Starts logging if it is asked for. Neither side logs tokens, passwords or bodies at any level.
pub(crate) fn start() {
    if std::env::var_os(VARIABLE).is_none() {
        return;
    }
    let logging = tracing_subscriber::fmt()
        .json()
        .with_env_filter(EnvFilter::from_env(VARIABLE))
        .with_writer(std::io::stderr)
        .try_init();
    // Only a second start in one process could fail, and there is none.
    drop(logging);
}
