//! What `Pmi` itself has of each record and of each screen: an alias with the record's documentation, a function that opens the screen,
//! and two lines that say what its generated objects are. Made from the generated Swift, so that a new screen needs no line by hand.

use std::collections::BTreeMap;

use super::Failure;

/// What `Pmi` has in a form of its own, and what only it uses.
const WRAPPED: [&str; 8] = [
    "AppIdentity",
    "KeyStore",
    "LogSinkError",
    "MemoryServer",
    "PmiClient",
    "PmiConfig",
    "PmiError",
    "RustBuffer",
];

/// What every file of an app means by these is Foundation's, Swift's or SwiftUI's.
const TAKEN: [&str; 34] = [
    "Alert",
    "App",
    "Array",
    "Button",
    "Calendar",
    "Circle",
    "Color",
    "Data",
    "Date",
    "Duration",
    "Error",
    "Form",
    "Image",
    "Label",
    "Link",
    "List",
    "Locale",
    "Measurement",
    "Menu",
    "Notification",
    "Operation",
    "Process",
    "Result",
    "Scene",
    "Section",
    "Set",
    "String",
    "Task",
    "Text",
    "TextField",
    "Timer",
    "Unit",
    "Unmanaged",
    "View",
];

/// The rows of lists that are not named by an `id`.
const NAMED_BY: [(&str, &str); 4] = [
    ("BookPhoto", "number"),
    ("BookService", "word"),
    ("BookSlot", "at"),
    ("BookingDecision", "item"),
];

/// `Pmi`'s own part, from all of the generated Swift.
pub(super) fn own(swift: &str) -> Result<String, Failure> {
    let mut own = Own::default();
    let mut doc: Vec<&str> = Vec::new();
    for line in swift.lines() {
        let words = line.trim_start();
        if words.starts_with("/**") {
            doc.clear();
        }
        if words.starts_with("/**") || words.starts_with("*") {
            doc.push(line);
        } else {
            own.line(line, &doc)?;
            if !words.is_empty() {
                doc.clear();
            }
        }
    }
    own.text()
}

#[derive(Default)]
struct Own<'a> {
    aliases: BTreeMap<&'a str, String>,
    /// The class whose lines are read.
    class: &'a str,
    /// What each screen shows, and what is said there.
    records: BTreeMap<&'a str, &'a str>,
    intents: BTreeMap<&'a str, &'a str>,
    /// The ways each screen is opened: documentation, name and parameters.
    opened: BTreeMap<&'a str, Vec<(String, &'a str, &'a str)>>,
}

impl<'a> Own<'a> {
    fn line(&mut self, line: &'a str, doc: &[&str]) -> Result<(), Failure> {
        let doc = || doc.iter().flat_map(|line| [*line, "\n"]).collect::<String>();
        if let Some(name) = declared(line) {
            if line.starts_with("open class ") {
                self.class = name;
            }
            if TAKEN.contains(&name) {
                return Err(format!(
                    "{name} is a name that apps use for something else: give it another in uniffi.toml"
                ));
            }
            if is_for_apps(name) {
                let alias = format!("{}public typealias {name} = PmiGenerated.{name}\n", doc());
                self.aliases.insert(name, alias);
            }
        }
        let Some((name, parameters, result)) = function(line) else {
            return Ok(());
        };
        match (self.class.ends_with("Screen"), name) {
            (true, "now") => drop(self.records.insert(self.class, result)),
            (true, "send") => {
                let intent = parameters.strip_prefix("intent: ").unwrap_or(parameters);
                self.intents.insert(self.class, intent);
            }
            _ if result.ends_with("Screen") => {
                self.opened
                    .entry(result)
                    .or_default()
                    .push((doc(), name, parameters));
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&self) -> Result<String, Failure> {
        let (mut open, mut are) = (String::new(), String::new());
        for (screen, record) in &self.records {
            let (Some(intent), Some(ways)) = (self.intents.get(screen), self.opened.get(screen)) else {
                return Err(format!("{screen}: nothing opens it, or it takes no intents"));
            };
            for (doc, name, parameters) in ways {
                let arguments: Vec<String> = parameters
                    .split(", ")
                    .filter_map(|parameter| parameter.split_once(':'))
                    .map(|(label, _)| format!("{label}: {label}"))
                    .collect();
                let parameters = as_swift_says(name, parameters);
                open.push_str(&format!(
                    "\n{doc}    public func {name}({parameters}) -> Screen<{record}, {intent}> {{\n        \
                 Screen(core.{name}({}), of: self)\n    }}\n",
                    arguments.join(", ")
                ));
            }
            let watch = screen.replace("Screen", "Watch");
            are.push_str(&format!(
                "extension {screen}: ScreenObject {{}}\nextension {watch}: WatchObject {{}}\n"
            ));
        }
        let aliases: String = self.aliases.values().flat_map(|alias| ["\n", alias]).collect();
        Ok(format!(
            "// Generated.\n\nimport PmiGenerated\n\nextension PmiClient {{{open}}}\n\n{are}{aliases}"
        ))
    }
}

/// That SwiftUI's lists tell rows apart by what intents name them by. In the module of the records: an app could say so itself elsewhere.
pub(super) fn rows(swift: &str) -> String {
    let mut text = String::from("// Generated.\n");
    let mut record = "";
    for line in swift.lines() {
        if let Some(name) = declared(line) {
            record = if line.starts_with("public struct ") {
                name
            } else {
                ""
            };
        }
        let Some((field, of)) = line
            .strip_prefix("    public var ")
            .and_then(|rest| rest.split_once(": "))
        else {
            continue;
        };
        if is_for_apps(record) && field == "id" {
            text += &format!("\nextension {record}: Identifiable {{}}\n");
        } else if NAMED_BY.contains(&(record, field)) {
            text += &format!(
                "\nextension {record}: Identifiable {{\n    /// Its `{field}`.\n    public var id: {of} {{ {field} }}\n}}\n"
            );
        }
    }
    text
}

/// The type that a line of generated Swift declares for others.
fn declared(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("public ")
        .or_else(|| line.strip_prefix("open "))?;
    let rest = rest.strip_prefix("indirect ").unwrap_or(rest);
    let rest = ["struct ", "enum ", "typealias ", "class "]
        .iter()
        .find_map(|kind| rest.strip_prefix(kind))?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

/// Name, parameters and result of a method that a line of generated Swift declares.
fn function(line: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = line.strip_prefix("open func ")?.split_once('(')?;
    let (parameters, rest) = rest.split_once(')')?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("throws").unwrap_or(rest).trim_start();
    let result = rest.strip_prefix("-> ").unwrap_or_default();
    Some((name, parameters, result.split([' ', '{']).next()?))
}

/// A parameter that the function's name says already has no label, and one that may be left out a default.
fn as_swift_says(function: &str, parameters: &str) -> String {
    let said = |parameter: &str| {
        let label = parameter.split(':').next().unwrap_or_default();
        let unlabelled = function.to_lowercase().ends_with(label) && !label.is_empty();
        let default = parameter.ends_with('?') && !unlabelled;
        format!(
            "{}{parameter}{}",
            if unlabelled { "_ " } else { "" },
            if default { " = nil" } else { "" }
        )
    };
    let said: Vec<String> = parameters.split(", ").map(said).collect();
    said.join(", ")
}

fn is_for_apps(name: &str) -> bool {
    let inner = ["Impl", "Screen", "Watch"].iter().any(|end| name.ends_with(end));
    !inner && !name.starts_with("FfiConverter") && !WRAPPED.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SWIFT: &str = "\
/**
 * A vehicle.
 */
public struct Vehicle: Equatable, Hashable {
    /**
     * Its id.
     */
    public var id: Int64
    public var next: Int64?
}
public struct FfiConverterTypeVehicle: FfiConverterRustBuffer {
}
public enum PmiError: Swift.Error {
}
open class VehicleScreen: VehicleScreenProtocol, @unchecked Sendable {
open func now()throws  -> Vehicle  {
open func send(intent: VehicleIntent)  {try! rustCall() {
open func watch() -> VehicleWatch  {
}
open class PmiClient: PmiClientProtocol, @unchecked Sendable {
    /**
     * One vehicle.
     */
open func vehicle(id: VehicleId, late: Bool?) -> VehicleScreen  {
    /**
     * The vehicle's neighbour.
     */
open func besideVehicle(vehicle: VehicleId) -> VehicleScreen  {
    /**
     * The first vehicle.
     */
open func first() -> VehicleScreen  {
";

    #[test]
    fn an_app_sees_records_and_screens_with_their_documentation_and_nothing_of_the_border() {
        let own = own(SWIFT).unwrap();
        assert_eq!(
            own,
            "// Generated.\n\nimport PmiGenerated\n\nextension PmiClient {\n    /**\n     * One vehicle.\n     */\n    \
             public func vehicle(id: VehicleId, late: Bool? = nil) -> Screen<Vehicle, VehicleIntent> {\n        \
             Screen(core.vehicle(id: id, late: late), of: self)\n    }\n\n    /**\n     * The vehicle's neighbour.\n     */\n    \
             public func besideVehicle(_ vehicle: VehicleId) -> Screen<Vehicle, VehicleIntent> {\n        \
             Screen(core.besideVehicle(vehicle: vehicle), of: self)\n    }\n\n    /**\n     * The first vehicle.\n     */\n    \
             public func first() -> Screen<Vehicle, VehicleIntent> {\n        \
             Screen(core.first(), of: self)\n    }\n}\n\n\
             extension VehicleScreen: ScreenObject {}\nextension VehicleWatch: WatchObject {}\n\n\
             /**\n * A vehicle.\n */\npublic typealias Vehicle = PmiGenerated.Vehicle\n"
        );
    }

    #[test]
    fn a_row_is_told_apart_by_its_id_or_by_what_names_it() {
        let photo = "public struct BookPhoto: Equatable {\n    public var number: UInt32\n}\n";
        assert_eq!(
            rows(&(SWIFT.to_owned() + photo)),
            "// Generated.\n\nextension Vehicle: Identifiable {}\n\nextension BookPhoto: Identifiable {\n    \
             /// Its `number`.\n    public var id: UInt32 { number }\n}\n"
        );
    }

    #[test]
    fn a_name_that_every_app_uses_otherwise_is_refused() {
        assert!(own("public struct Text: Equatable {\n").is_err());
    }

    #[test]
    fn a_screen_that_nothing_opens_is_found() {
        assert!(own(SWIFT.split("open class PmiClient").next().unwrap()).is_err());
    }
}
