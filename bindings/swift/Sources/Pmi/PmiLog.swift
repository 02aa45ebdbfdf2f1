//  What the core says of itself. Promised: no secret and nothing about a person is in it, and a sink that throws, blocks or calls back harms
//  nobody (scenarios 35 and 37).

import PmiGenerated

/// What the core says of itself, for all clients of this process.
///
/// ```swift
/// try PmiLog.send { line in logger.log("\(line.target): \(line.text)") }
/// ```
public enum PmiLog {
    /// From now on gives each line of that level and worse to `sink`.
    ///
    /// It is called by one thread of the library's own. It may throw, block and call anything.
    public static func send(
        from level: LogLevel = .info, to sink: @escaping @Sendable (LogLine) throws -> Void
    ) throws(PmiError) {
        try set(Sink(sink: sink), level)
    }

    /// From now on gives no line to anybody.
    public static func stop() throws(PmiError) {
        try set(nil, .error)
    }

    private static func set(_ sink: Sink?, _ level: LogLevel) throws(PmiError) {
        do {
            try setLogSink(sink: sink, level: level)
        } catch {
            throw PmiError(error)
        }
    }
}

private final class Sink: LogSink {
    let sink: @Sendable (LogLine) throws -> Void

    init(sink: @escaping @Sendable (LogLine) throws -> Void) {
        self.sink = sink
    }

    func log(line: LogLine) throws {
        try sink(line)
    }
}
