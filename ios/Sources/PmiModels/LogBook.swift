//  The last lines that the core said of itself, for a report after a defect.

import Foundation
import Pmi

/// The last lines of the core's log. No secret and nothing about a person is in them.
public final class LogBook: Sendable {
    private let lines = Lines()
    /// So many are kept.
    static let limit = 200

    init() {
        let lines = lines
        // A log that cannot be had is no reason not to go on.
        try? PmiLog.send(from: .info) { line in lines.add("\(line.at) \(line.level) \(line.target): \(line.text)") }
    }

    /// What to tell support: what happened, and what led to it.
    public func report(_ error: PmiError?) -> String {
        let app = PmiApp.main.map { "\($0.name) \($0.version)" } ?? "pmi"
        let what = error.map { "\($0)" } ?? "-"
        return ([app, ProcessInfo.processInfo.operatingSystemVersionString, what] + lines.all).joined(separator: "\n")
    }
}

private final class Lines: @unchecked Sendable {
    // Every access holds the lock.
    private let lock = NSLock()
    private var lines: [String] = []

    func add(_ line: String) {
        lock.withLock {
            lines.append(line)
            lines.removeFirst(max(0, lines.count - LogBook.limit))
        }
    }

    var all: [String] { lock.withLock { lines } }
}
