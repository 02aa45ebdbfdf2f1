//! Data classes whose `toString` tells nothing of a person.
//!
//! Promised (scenario 37): what a person typed, or a server said of them, is in no text that an app or a crash reporter writes of a
//! record, an intent or an error; whether something is there is told, so is all that is no text. What is text is known by its type,
//! so that a new field is quiet by itself; the few that are about nobody are named here.

/// What the app says of itself.
const OF_THE_APP: [&str; 5] = ["AppIdentity", "File", "LogLine", "PmiConfig", "System"];

/// Words of the platform's or the library's own.
const OF_NOBODY: [&str; 6] = ["library", "requestId", "server", "serverVersion", "word", "zone"];

/// The same code, with a `toString` in every data class that has a text of a person's.
pub(super) fn quiet(code: &str) -> String {
    let mut made = String::with_capacity(code.len() + code.len() / 8);
    let mut open: Option<Class> = None;
    for line in code.lines() {
        made.push_str(line);
        made.push('\n');
        if let Some(name) = line.trim_start().strip_prefix("data class ") {
            let name = name.split(['(', ' ']).next().unwrap_or_default();
            open = Some(Class {
                name,
                fields: Vec::new(),
            });
        }
        let Some(class) = &mut open else { continue };
        class.fields.extend(field(line));
        if line.ends_with('{') {
            if class.is_personal() {
                made.push_str(&class.quiet_text());
            }
            open = None;
        }
    }
    made
}

/// A field's name, and whether it is a text that may be `null`, or none.
type Field<'a> = (&'a str, Option<bool>);

struct Class<'a> {
    name: &'a str,
    fields: Vec<Field<'a>>,
}

impl Class<'_> {
    fn is_personal(&self) -> bool {
        !OF_THE_APP.contains(&self.name) && self.fields.iter().any(|field| field.1.is_some())
    }

    fn quiet_text(&self) -> String {
        let shown = |(name, text): &Field<'_>| match text {
            None => format!("{name}=${{`{name}`}}"),
            Some(false) => format!("{name}=***"),
            Some(true) => format!("{name}=${{`{name}`?.let {{ \"***\" }}}}"),
        };
        let fields: Vec<String> = self.fields.iter().map(shown).collect();
        let (name, fields) = (self.name, fields.join(", "));
        format!("    override fun toString(): kotlin.String = \"{name}({fields})\"\n")
    }
}

/// The field of a line such as "    val `name`: kotlin.String?".
fn field(line: &str) -> Option<Field<'_>> {
    let (name, kind) = line.trim_start().strip_prefix("val `")?.split_once("`: ")?;
    let kind = kind.split([' ', ')', '=']).next().unwrap_or_default();
    let kind = kind.trim_end_matches(',');
    let is_text = ["kotlin.String", "kotlin.ByteArray"]
        .iter()
        .any(|text| kind.contains(text));
    Some((
        name,
        (is_text && !OF_NOBODY.contains(&name)).then(|| kind.ends_with('?')),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = "data class Profile (\n    /**\n     * Name (given).\n     */\n    val `name`: kotlin.String\n    , \n    val `phone`: \
                          kotlin.String?\n    , \n    val `zone`: kotlin.String\n    , \n    val `count`: kotlin.UInt = 1u \n){\n}\n";
    const VARIANT: &str = "    data class Password(\n        val `text`: kotlin.String) : SignInIntent()\n        \n    {\n    }\n";

    #[test]
    fn s37_what_a_person_typed_is_in_no_text_of_a_record_or_an_intent() {
        let made = quiet(&format!("{RECORD}{VARIANT}"));
        let said: Vec<&str> = made.lines().filter(|line| line.contains("toString")).collect();
        assert_eq!(
            said,
            [
                "    override fun toString(): kotlin.String = \"Profile(name=***, phone=${`phone`?.let { \"***\" }}, zone=${`zone`}, \
                 count=${`count`})\"",
                "    override fun toString(): kotlin.String = \"Password(text=***)\"",
            ]
        );
    }

    #[test]
    fn what_holds_no_text_of_a_persons_is_as_it_was() {
        for plain in [
            "data class Day (\n    val `year`: kotlin.Short\n){\n}\n",
            "data class PmiConfig (\n    val `server`: kotlin.String\n    , \n    val `dataDir`: kotlin.String\n){\n}\n",
        ] {
            assert_eq!(quiet(plain), plain);
        }
    }
}
