//! What is changed in the generated Kotlin, and why. Each place is looked for, so that a new generator cannot lose a change unseen.

/// A use of what was closed is an error of ours, of the same type as if the client was closed: not an `IllegalStateException`,
/// which nobody catches.
const DESTROYED: &str =
    r#"throw IllegalStateException("${this.javaClass.simpleName} object has already been destroyed")"#;
const CLOSED: &str = "throw PmiException.Closed()";

/// Closing a client ends it, also for screens that are still open; the generator's `close` only lets go of it.
const LETS_GO: &str = "    override fun close() {\n        this.destroy()\n    }\n";
const ENDS: &str = "    override fun close() {\n        try {\n            shutDown()\n        } catch (_: PmiException.Closed) {\n            // It was closed before.\n        }\n        this.destroy()\n    }\n";
const CLIENT: &str = "open class PmiClient:";

/// Warnings are errors in our own Kotlin, and the generated one is not ours to mend.
const SUPPRESSED: &str = "@file:Suppress(\"NAME_SHADOWING\")";
const ALL_SUPPRESSED: &str = "@file:Suppress(\"warnings\")";

/// The code as it is packed.
pub(super) fn edit(code: &str) -> Result<String, String> {
    let missing =
        |what: &str| format!("the generated Kotlin has another form than it had: {what} is not there");
    if !code.contains(SUPPRESSED) {
        return Err(missing(SUPPRESSED));
    }
    let code = code.replace(SUPPRESSED, ALL_SUPPRESSED);
    let Some((before, client)) = code.split_once(CLIENT) else {
        // The core's own file: records only.
        return Ok(code);
    };
    if !client.contains(LETS_GO) || !client.contains("fun `shutDown`()") {
        return Err(missing("close"));
    }
    if !before.contains(DESTROYED) && !client.contains(DESTROYED) {
        return Err(missing("the check for what was closed"));
    }
    let client = client.replacen(LETS_GO, ENDS, 1);
    Ok(format!("{before}{CLIENT}{client}").replace(DESTROYED, CLOSED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clients_close_ends_it_and_what_was_closed_says_so() {
        let other = format!("open class Screen: x {{\n{LETS_GO}    {DESTROYED}\n}}\n");
        let client = format!("{CLIENT} x {{\n{LETS_GO}    fun `shutDown`() {{ {DESTROYED} }}\n}}\n");
        let made = edit(&format!("{SUPPRESSED}\n{other}{client}")).unwrap();
        assert_eq!(made.matches("shutDown()\n").count(), 1, "the client's alone");
        assert_eq!(made.matches(LETS_GO).count(), 1, "a screen's is as it was");
        assert_eq!(made.matches(CLOSED).count(), 2);
        assert!(!made.contains("NAME_SHADOWING"));
    }

    #[test]
    fn code_of_an_unexpected_form_is_an_error() {
        assert!(edit("fun x() {}").is_err());
        assert!(edit(&format!("{SUPPRESSED}\n{CLIENT} x {{}}")).is_err());
    }
}
