//! What is changed in the generated Kotlin, and why. Each place is looked for, so that a new generator cannot lose a change unseen.

mod docs;
mod quiet;

use docs::Names;

/// A use of what was closed is an error of ours, of the same type as if the client was closed: not an `IllegalStateException`,
/// which nobody catches.
const DESTROYED: &str =
    r#"throw IllegalStateException("${this.javaClass.simpleName} object has already been destroyed")"#;
const CLOSED: &str = "throw PmiException.Closed()";

/// Closing a client ends it, also for screens that are still open; the generator's `close` only lets go of it.
const LETS_GO: &str = "    @Synchronized\n    override fun close() {\n        this.destroy()\n    }\n";
const ENDS: &str = r"    /**
     * Ends everything: every call from now on throws [PmiException.Closed], every flow ends, on every thread. What was accepted is
     * kept and sent by the next client on the same folders. Twice is no error.
     */
    @Synchronized
    override fun close() {
        try {
            shutDown()
        } catch (_: PmiException.Closed) {
            // It was closed before.
        }
        this.destroy()
    }
";
const CLIENT: &str = "open class PmiClient:";

/// There is one way to end a client: what only `close` calls is nobody else's.
const SHUT_DOWN: &str = "override fun `shutDown`()";
const OWN_SHUT_DOWN: &str = "internal fun `shutDown`()";
const SHUT_DOWN_OF_ALL: &str = "    fun `shutDown`()\n";

/// A defect of the library is an error of ours too, so that whoever catches all of ours catches it.
const DEFECT: &str = "throw InternalException(";
const OWN_DEFECT: &str = "throw PmiException.Internal(";

/// What an intent or a state without fields is called when it is printed.
const OBJECT: &str = "\n    object ";
const DATA_OBJECT: &str = "\n    data object ";

/// Warnings are errors in our own Kotlin, and the generated one is not ours to mend.
const SUPPRESSED: &str = "@file:Suppress(\"NAME_SHADOWING\")";
const ALL_SUPPRESSED: &str = "@file:Suppress(\"warnings\")";

/// The files of code as they are packed.
pub(super) fn edit(files: &[String]) -> Result<Vec<String>, String> {
    let names = Names::of(&files.concat());
    let edited = files
        .iter()
        .map(|code| Ok(docs::reworded(&quiet::quiet(&one(code)?), &names)));
    edited.collect()
}

fn one(code: &str) -> Result<String, String> {
    let missing =
        |what: &str| format!("the generated Kotlin has another form than it had: {what} is not there");
    if !code.contains(SUPPRESSED) {
        return Err(missing(SUPPRESSED));
    }
    let code = code
        .replace(SUPPRESSED, ALL_SUPPRESSED)
        .replace(OBJECT, DATA_OBJECT);
    let Some((before, client)) = code.split_once(CLIENT) else {
        // The core's own file: records only.
        return Ok(code);
    };
    if !client.contains(LETS_GO) || !client.contains(SHUT_DOWN) {
        return Err(missing("close"));
    }
    if !before.contains(DESTROYED) && !client.contains(DESTROYED) {
        return Err(missing("the check for what was closed"));
    }
    if !before.contains(DEFECT) {
        return Err(missing("the error of a panic"));
    }
    let before =
        without_documented(before, SHUT_DOWN_OF_ALL).ok_or_else(|| missing("the client's interface"))?;
    let client = client
        .replacen(LETS_GO, ENDS, 1)
        .replacen(SHUT_DOWN, OWN_SHUT_DOWN, 1);
    let whole = format!("{before}{CLIENT}{client}");
    Ok(whole.replace(DESTROYED, CLOSED).replace(DEFECT, OWN_DEFECT))
}

/// Without the line and the documentation above it.
fn without_documented(code: &str, line: &str) -> Option<String> {
    let (before, after) = code.split_once(line)?;
    let (before, _) = before.rsplit_once("    /**\n")?;
    Some(format!("{before}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clients_close_ends_it_and_what_was_closed_says_so() {
        let interface = format!("interface X {{\n    /**\n     * Ends.\n     */\n{SHUT_DOWN_OF_ALL}}}\n");
        let other =
            format!("open class Screen: x {{\n{LETS_GO}    {DESTROYED}\n    {DEFECT}\"panic\")\n}}\n");
        let client = format!("{CLIENT} x {{\n{LETS_GO}    {SHUT_DOWN} {{ {DESTROYED} }}\n}}\n");
        let made = edit(&[format!("{SUPPRESSED}\n{interface}{other}{client}")])
            .unwrap()
            .concat();
        assert!(made.contains("interface X {\n}\n"), "one way to end it");
        assert_eq!(made.matches(OWN_SHUT_DOWN).count(), 1);
        assert!(made.contains(OWN_DEFECT) && !made.contains(DEFECT));
        assert_eq!(made.matches("shutDown()\n").count(), 1, "the client's alone");
        assert_eq!(made.matches(LETS_GO).count(), 1, "a screen's is as it was");
        assert_eq!(made.matches(CLOSED).count(), 2);
        assert!(!made.contains("NAME_SHADOWING"));
    }

    #[test]
    fn code_of_an_unexpected_form_is_an_error() {
        assert!(edit(&["fun x() {}".to_owned()]).is_err());
        assert!(edit(&[format!("{SUPPRESSED}\n{CLIENT} x {{}}")]).is_err());
    }
}
