//! What a shell does not do, and who does it.

/// Something that a shell does not do.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What it is called.
    pub name: &'static str,
    /// What it looks like in Kotlin: a regular expression, for one line without comments and texts.
    pub kotlin: &'static str,
    /// In Swift.
    pub swift: &'static str,
    /// What to do instead.
    pub instead: &'static str,
}

/// All of them.
pub static RULES: [Rule; 13] = [
    Rule {
        name: "json",
        kotlin: r"kotlinx\.serialization|org\.json|\bJSON(Object|Array|Tokener)\b|\bgson\b|\bGson\b|\bmoshi\b|\bMoshi\b|com\.fasterxml",
        swift: r"\bJSON(Decoder|Encoder|Serialization)\b",
        instead: "what is read and written is the core's: draw the record's fields",
    },
    Rule {
        name: "http",
        kotlin: r"\bjava\.net\.(URL|Http|http|Socket|ServerSocket|Proxy)|\bokhttp3?\b|\bio\.ktor\b|\bretrofit2?\b|\b(OkHttpClient|HttpURLConnection|HttpsURLConnection|HttpClient|WebSocket|Socket)\b|\bandroid\.net\.http\b",
        swift: r"\bURL(Session|Request|Response|Protocol)\b|\bHTTPURLResponse\b|\bNWConnection\b|\bCFNetwork\b|\bFoundationNetworking\b|\bAlamofire\b|contentsOf:\s*(url|URL)\b",
        instead: "the core talks to the server: send an intent, and draw the record",
    },
    Rule {
        name: "database",
        kotlin: r"\bandroidx\.room\b|\bSQLite\w*|\bjava\.sql\.|\bandroid\.database\b",
        swift: r"\bimport (CoreData|SwiftData|SQLite3|GRDB)\b|\bNSPersistentContainer\b",
        instead: "what is kept is the core's: a record is there without a network too",
    },
    Rule {
        name: "clock",
        kotlin: r"\b(Instant|LocalDate|LocalTime|LocalDateTime|ZonedDateTime|OffsetDateTime|YearMonth|Year)\.now\(|\bcurrentTimeMillis\(|\bnanoTime\(|\bClock\.system|\bCalendar\.getInstance\(|\bSystemClock\b",
        swift: r"\bDate\(\)|\bDate\.now\b|\bDate\(timeIntervalSinceNow|\bCFAbsoluteTimeGetCurrent\b|\b(Continuous|Suspending)Clock\b|\bDispatchTime\.now\b|\bsystemUptime\b",
        instead: "what time it is, is the core's to judge, by the server's clock: a record says what is over, late or stale",
    },
    Rule {
        name: "date arithmetic",
        kotlin: r"\.(plus|minus)(Nanos|Millis|Seconds|Minutes|Hours|Days|Weeks|Months|Years)\(|\bChronoUnit\b|\b(Duration|Period)\.between\(|\bTemporalAdjusters?\b|\.is(Before|After)\(|\bdatesUntil\(",
        swift: r"\bbyAdding:|\baddingTimeInterval\(|\btimeIntervalSince|\.dateComponents\(.*\bto:|\bisDateIn(Today|Yesterday|Tomorrow|Weekend)\(|\bisDate\(|\.startOfDay\(|\bDateInterval\b",
        instead: "days and times are reckoned in the core: draw the record's `WallTime`, `Day` and days left",
    },
    Rule {
        name: "date parsing",
        kotlin: r"\b(Instant|LocalDate|LocalTime|LocalDateTime|ZonedDateTime|OffsetDateTime|YearMonth|Duration|Period)\.parse\(|\bSimpleDateFormat\b",
        swift: r"\bISO8601DateFormatter\b|(?i:\w*format\w*)(\(\))?\.date\(from:|\bDate\([^)]*strategy:|\.ISO8601FormatStyle\b",
        instead: "times come as `WallTime`, `Day` and `Timestamp`: only format them",
    },
    Rule {
        name: "retry",
        kotlin: r"\.retry(When)?\s*[({]|\bBackoffPolicy\b|\bsetBackoffCriteria\b|\bwhile\s*\(\s*true\s*\)",
        swift: r"\.retry\(\s*\d|\bwhile\s+true\b",
        instead: "the core tries again: offer the problem's one remedy as a button",
    },
    Rule {
        name: "waiting",
        kotlin: r"\bdelay\(|\bThread\.sleep\(|\bpostDelayed\(|\bTimer\(|\bwithTimeout(OrNull)?\(|\bScheduledExecutor",
        swift: r"\bTask\.sleep\b|\bThread\.sleep\b|\busleep\(|\basyncAfter\b|\bTimer\b|\bTimelineView\b",
        instead: "a record changes by itself when its time has come: draw it then",
    },
    Rule {
        name: "permission",
        kotlin: r"(?i)\bhas_?permission\(|\bis_?(admin|customer|mechanic|viewer|staff)\b|\bpermissions?\s*\.\s*(contains|any)|\.capabilities\(|\bin\s+\w*permissions\b",
        swift: r"(?i)\bhas_?permission\(|\bis_?(admin|customer|mechanic|viewer|staff)\b|\bpermissions?\s*\.\s*contains|\.capabilities\(",
        instead: "what a person may do on this server is in the record: `canEdit`, `canSubmit`, its ways",
    },
    Rule {
        name: "comparing words",
        kotlin: "[!=]==?\\s*\"|\"\\s*[!=]==?|\\.(equals|startsWith|endsWith|contains|contentEquals|compareTo|matches)\\(\\s*\"|^\\s*\"[ ]*\"(\\s*,\\s*\"[ ]*\")*\\s*->|\\bin\\s+(listOf|setOf|arrayOf)\\(\\s*\"",
        swift: "[!=]=\\s*\"|\"\\s*[!=]=|\\.(hasPrefix|hasSuffix|contains|starts|caseInsensitiveCompare|localizedStandardContains)\\((with:\\s*)?\\s*\"|\\bcase\\s+\"[ ]*\"\\s*[:,]|\\[\"[^\\]]*\\]\\.contains\\(",
        instead: "words are for people: what a choice depends on is an enum or a flag of the record",
    },
    Rule {
        name: "parsing",
        kotlin: r"\.to(Int|Long|Short|Byte|Double|Float|UInt|ULong|BigDecimal|BigInteger)OrNull\(|(?i:\b(text|string|typed|words?|input|label|title))\.to(Int|Long|Short|Byte|Double|Float|UInt|ULong|BigDecimal|Boolean)\w*\(|\b(Integer|Long|Double|Float)\.(parse\w+|valueOf)\(|\.split\(|\bRegex\(|\.toRegex\(|\bPattern\.compile\(|\bmatchEntire\(|\.substring(Before|After)?(Last)?\(|\.remove(Prefix|Suffix|Surrounding)\(|\bNumberFormat\b.*\.parse\(",
        swift: r"\bNSRegularExpression\b|\b(Regex|Scanner)\s*[({<]|\.(firstMatch|wholeMatch|prefixMatch)\(|\.components\(separatedBy|\.split\(|\.number\(from:|\b(Int|Double|Float|Decimal|UInt|Int64)\((?i:\w*(text|string|typed|word|input|label|title))\)|\.trimmingPrefix\(",
        instead: "what a person typed goes to the core as it is, and comes back checked; what the server said comes as values",
    },
    Rule {
        name: "order",
        kotlin: r"\.sort(ed)?(By|With|Descending|ByDescending)?\s*[({]|\.(min|max)(By|With|Of)(OrNull)?\s*[({]|\bComparator\b|\bcompareBy\w*\s*[({]",
        swift: r"\.sort(ed)?\s*[({]|\.(min|max)\(by:|\bSortDescriptor\b|\bKeyPathComparator\b",
        instead: "what comes first is decided in the core: draw the record's lists in their order",
    },
    Rule {
        name: "threshold",
        kotlin: r"(?i)\b\w*(score|probability|percent|days_?left|severity|mileage|quantity|reading)\w*(\.value|!!|\?)*\s*[<>]=?\s*(0?\.\d|[2-9]|\d{2})",
        swift: r"(?i)\b\w*(score|probability|percent|days_?left|severity|mileage|quantity|reading)\w*(\.value|!|\?)*\s*[<>]=?\s*(0?\.\d|[2-9]|\d{2})",
        instead: "how good a number is, is said by its `Tone`",
    },
];
