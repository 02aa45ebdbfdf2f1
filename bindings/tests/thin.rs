//! Lines of shell code that decide something: none.
#![expect(clippy::expect_used, reason = "this is a test")]

use std::path::{Path, PathBuf};

use pmi_pack::Language;
use pmi_pack::thin::{Allowed, RULES, complaints, findings};

/// Where code of the shells must be, so that nothing is found where nothing is.
const MUST_HOLD: [&str; 6] = [
    "android/app/src/main",
    "android/ui/src/main/kotlin/io/pmi/app/design",
    "android/ui/src/main/kotlin/io/pmi/app/ui",
    "ios/App",
    "ios/Sources/PmiDesign",
    "ios/Sources/PmiModels",
];

/// The lines that are let off, each with a reason.
const ALLOWED: [Allowed; 4] = [
    Allowed {
        path: "android/app/src/main/kotlin/io/pmi/app/SyncWorker.kt",
        rule: "retry",
        code: "?: return Result.retry()",
        why: "WorkManager's word for another time: the client could not be opened in this process",
    },
    Allowed {
        path: "android/app/src/main/kotlin/io/pmi/app/SyncWorker.kt",
        rule: "retry",
        code: "BackgroundSync.RETRY -> Result.retry()",
        why: "the core's answer in WorkManager's word",
    },
    Allowed {
        path: "android/ui/src/main/kotlin/io/pmi/app/ui/words/Words.kt",
        rule: "clock",
        code: "LocalDate.now(zone)",
        why: "a moment of today is written without its day, as the device's own formatters do",
    },
    Allowed {
        path: "android/ui/src/main/kotlin/io/pmi/app/ui/words/Words.kt",
        rule: "date arithmetic",
        code: "today().minusDays(1)",
        why: "a heading says yesterday in the place of its date, which java.time has no formatter for",
    },
];

#[test]
fn the_shells_decide_nothing() {
    let complaints = complaints(&root(), &MUST_HOLD, &ALLOWED).expect("the shells' code");
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// What must be found: the rule, and lines of Kotlin and of Swift.
const BAD: [(&str, &[&str], &[&str]); 13] = [
    (
        "json",
        &[
            "import kotlinx.serialization.json.Json",
            "import org.json.JSONObject",
            "val profile = JSONObject(text)",
        ],
        &[
            "let vehicle = try JSONDecoder().decode(Vehicle.self, from: data)",
            "let any = try JSONSerialization.jsonObject(with: data)",
        ],
    ),
    (
        "http",
        &[
            "import okhttp3.OkHttpClient",
            "import java.net.URL",
            "val open = java.net.URI(address).toURL().openConnection() as HttpURLConnection",
            "import io.ktor.client.HttpClient",
        ],
        &[
            "let (data, _) = try await URLSession.shared.data(from: url)",
            "var request = URLRequest(url: url)",
            "let data = try Data(contentsOf: url)",
        ],
    ),
    (
        "database",
        &[
            "import androidx.room.Dao",
            "class Cache : SQLiteOpenHelper(context)",
        ],
        &[
            "import CoreData",
            "let store = NSPersistentContainer(name: \"Pmi\")",
        ],
    ),
    (
        "clock",
        &[
            "val today = LocalDate.now()",
            "if (System.currentTimeMillis() > until) {",
            "val now = Instant.now(zone)",
        ],
        &[
            "let late = asOf < Date()",
            "let now = Date.now",
            "let clock = ContinuousClock()",
        ],
    ),
    (
        "date arithmetic",
        &[
            "val tomorrow = day.plusDays(1)",
            "val left = ChronoUnit.DAYS.between(now, until)",
            "if (until.isBefore(today)) {",
            "val age = Duration.between(asOf, now)",
        ],
        &[
            "let tomorrow = Calendar.current.date(byAdding: .day, value: 1, to: day)",
            "if Calendar.current.isDateInToday(sentAt) {",
            "let soon = date.addingTimeInterval(3600)",
            "let left = calendar.dateComponents([.day], from: now, to: until)",
            "if asOf.timeIntervalSinceNow < -60 {",
        ],
    ),
    (
        "date parsing",
        &[
            "val at = Instant.parse(text)",
            "val day = LocalDate.parse(field.value)",
            "val format = SimpleDateFormat(pattern)",
        ],
        &[
            "let at = ISO8601DateFormatter().date(from: text)",
            "let at = formatter.date(from: text)",
        ],
    ),
    (
        "retry",
        &[
            "records.retry(3) { it is IOException }",
            "flow.retryWhen { cause, attempt -> attempt < 3 }",
            "while (true) {",
        ],
        &["publisher.retry(3)", "while true {"],
    ),
    (
        "waiting",
        &[
            "delay(1000L * attempt)",
            "Thread.sleep(500)",
            "withTimeout(5_000) { client.sync() }",
        ],
        &[
            "try await Task.sleep(for: .seconds(attempt))",
            "DispatchQueue.main.asyncAfter(deadline: later) {",
            "Timer.scheduledTimer(withTimeInterval: 1, repeats: true) { _ in }",
        ],
    ),
    (
        "permission",
        &[
            "if (profile.permissions.contains(Permission.BOOK)) {",
            "if (isAdmin) {",
            "val able = client.capabilities()",
            "if (hasPermission(user)) {",
        ],
        &[
            "if user.permissions.contains(.book) {",
            "if isAdmin {",
            "let able = try await client.capabilities()",
        ],
    ),
    (
        "comparing words",
        &[
            "if (booking.status == \"cancelled\") {",
            "if (\"v2\" != dialect) {",
            "status.startsWith(\"in_\")",
            "    \"scheduled\", \"confirmed\" -> Icon.CALENDAR",
            "if (word in listOf(\"oil\", \"brakes\")) {",
            "val it = \"${if (status == \"done\") 1 else 2}\"",
        ],
        &[
            "if booking.status == \"cancelled\" {",
            "case \"scheduled\", \"confirmed\": .calendar",
            "if word.hasPrefix(\"v\") {",
            "[\"oil\", \"brakes\"].contains(word)",
            "Text(\"\\(status == \"done\" ? 1 : 2)\")",
        ],
    ),
    (
        "parsing",
        &[
            "val year = typed.toIntOrNull()",
            "val year = field.text.toInt()",
            "val parts = words.split(',')",
            "val vin = Regex(pattern)",
            "val host = server.substringAfter(\"//\")",
            "val year = Integer.parseInt(year)",
        ],
        &[
            "let year = Int(text)",
            "let parts = name.split(separator: \" \")",
            "let parts = name.components(separatedBy: \" \")",
            "let vin = try NSRegularExpression(pattern: pattern)",
            "let number = formatter.number(from: field)",
        ],
    ),
    (
        "order",
        &[
            "garage.vehicles.sortedBy { it.health.score }",
            "val worst = predictions.maxByOrNull { it.probability.value }",
        ],
        &[
            "garage.vehicles.sorted { $0.score < $1.score }",
            "let worst = predictions.max(by: { $0.value < $1.value })",
        ],
    ),
    (
        "threshold",
        &[
            "val colour = if (health.score.value < 50) palette.critical else palette.good",
            "if (prediction.probability.value >= 0.8) {",
            "if (daysLeft < 7) {",
        ],
        &[
            "let colour = health.score.value < 50 ? palette.critical : palette.good",
            "if prediction.probability.value >= 0.8 {",
        ],
    ),
];

#[test]
fn each_rule_finds_what_it_is_about() {
    assert_eq!(BAD.map(|(name, ..)| name), RULES.map(|rule| rule.name));
    for (name, kotlin, swift) in BAD {
        for (lines, language) in [(kotlin, Language::Kotlin), (swift, Language::Swift)] {
            for line in lines {
                let found = found(&format!("// One\n{line}\n// Two"), language);
                assert!(found.contains(&(2, name)), "{name}: {line}: {found:?}");
            }
        }
    }
}

#[test]
fn what_only_draws_is_let_be() {
    let kotlin = [
        "if (record.canSubmit) Button(onClick = { send(BookIntent.Submit) }) { Words(Label.BOOK_SUBMIT) }",
        "val icon = when (tone) { Tone.GOOD -> Icon.GOOD else -> Icon.WARNING }",
        "items(garage.vehicles, key = { it.id }) { vehicle -> VehicleCard(vehicle) }",
        "val text = formatter.format(at.toLocalDate())",
        "// A word == \"word\", JSONObject, delay(1), split(): in a comment",
        "/* while (true) { retry() } */",
        "Text(\"JSONObject delay( while (true) \\\" == \")",
        "val digits = quantity.decimals.toInt()",
        "problem?.let { ProblemCard(it, retry = { send(GarageIntent.Refresh) }) }",
        "val width = size.width / 2f",
        "if (fraction >= 0.5f) 1f else 0f",
        "Desktop.getDesktop().browse(java.net.URI(page))",
        "Modifier.semantics { role = Role.Button; contentDescription = said }",
    ];
    let swift = [
        "if record.canSubmit { Button(speech(.bookSubmit)) { send(.submit) } }",
        "ForEach(garage.vehicles) { vehicle in VehicleCard(vehicle) }",
        "case .good: Icon.good",
        "let text = date.formatted(date: .abbreviated, time: .shortened)",
        "#if canImport(SwiftUI)",
        "/// Whether it == \"word\": URLSession",
        "Text(\"URLSession.shared == \")",
        "let digits = Int(quantity.decimals)",
        "let url = URL(string: server)",
        "let date = calendar.date(from: DateComponents(year: 2026, month: 1, day: 1))",
        "let digits = calendar.dateComponents([.hour, .minute], from: date)",
    ];
    for (lines, language) in [(&kotlin[..], Language::Kotlin), (&swift[..], Language::Swift)] {
        for line in lines {
            assert_eq!(found(line, language), [], "{line}");
        }
    }
}

#[test]
fn it_is_said_what_to_do_instead_and_where() {
    let path = Path::new("android/app/src/main/kotlin/A.kt");
    let found = findings(path, "a\nval at = LocalDate.now()\n", Language::Kotlin).expect("rules");
    assert_eq!(
        found.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "android/app/src/main/kotlin/A.kt:2: clock: what time it is, is the core's to judge, by the server's clock: a record \
             says what is over, late or stale\n    val at = LocalDate.now()"
        ]
    );
    for rule in RULES {
        assert!(rule.instead.split(' ').count() > 5, "{}", rule.name);
    }
}

#[test]
fn a_line_is_let_off_with_a_reason_and_only_while_it_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let shell = folder.path().join("android/app/src/main/kotlin");
    std::fs::create_dir_all(&shell).expect("a folder");
    let tests = folder.path().join("android/app/src/test/kotlin");
    std::fs::create_dir_all(&tests).expect("a folder");
    let bad = "val at = LocalDate.now()\ndelay(1)\n";
    std::fs::write(shell.join("A.kt"), bad).expect("written");
    std::fs::write(tests.join("B.kt"), bad).expect("written");
    let tests = folder.path().join("android/app/UiTests");
    std::fs::create_dir_all(&tests).expect("a folder");
    std::fs::write(tests.join("C.kt"), bad).expect("written");
    let all = |allowed: &[Allowed]| {
        complaints(folder.path(), &["android/app/src/main/kotlin"], allowed).expect("code")
    };

    let both = all(&[]);
    assert_eq!(both.len(), 2, "tests are not looked at: {both:?}");
    let clock = Allowed {
        path: "android/app/src/main/kotlin/A.kt",
        rule: "clock",
        code: "LocalDate.now()",
        why: "a page of the calendar to begin with",
    };
    let one = all(&[clock]);
    assert!(one.len() == 1 && one[0].contains("A.kt:2: waiting:"), "{one:?}");

    let other = Allowed {
        code: "Instant.now()",
        ..clock
    };
    assert!(all(&[clock, other]).contains(
        &"android/app/src/main/kotlin/A.kt: clock: let off and not there: Instant.now()".to_owned()
    ));
    let unlike = Allowed {
        rule: "waiting",
        ..clock
    };
    assert_eq!(all(&[unlike]).len(), 3, "it counts for its rule only");
    let elsewhere = Allowed {
        path: "android/app/src/main/kotlin/C.kt",
        ..clock
    };
    assert_eq!(all(&[elsewhere]).len(), 3, "it counts for its file only");
    let silent = Allowed { why: "", ..clock };
    assert!(
        all(&[silent])[1].contains("let off without a reason"),
        "{:?}",
        all(&[silent])
    );
}

#[test]
fn a_folder_without_code_is_no_shell_that_decides_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let none = complaints(folder.path(), &["android/app"], &[]);
    assert_eq!(none, Err("there is no code in android/app".to_owned()));
}

fn found(text: &str, language: Language) -> Vec<(usize, &'static str)> {
    let found = findings(Path::new("A"), text, language).expect("rules that can be read");
    found.into_iter().map(|found| (found.line, found.rule)).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
