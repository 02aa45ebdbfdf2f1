//  The reference platform in a child process, with commands under `/__control/`.

import Foundation
import Person
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Which platform a server is.
enum Dialect: String, CaseIterable, Sendable {
    /// The deployed one.
    case v1
    /// The reference.
    case v2
}

/// One server. It ends with its last user, or with this process.
final class Server: Sendable {
    let url: URL
    let password: String
    /// A customer with one vehicle, in a critical state.
    let email: String
    /// The other customers.
    let others: [String]
    /// Numbers of vehicles that are nobody's yet.
    let unclaimed: [String]
    private let customer: Int64
    private let arguments: [String]
    private let process: Mutex<Child?>

    /// Starts one; in memory unless its data are to outlive it.
    static func start(_ dialect: Dialect = .v2, database: URL? = nil) throws -> Server {
        let arguments = [
            "--json", "serve", "--dialect", dialect.rawValue, "--db", database?.path ?? "memory", "--no-limits", "--control",
        ]
        let child = try Child(environment("PMI_PROGRAM"), arguments + ["--port", "0"])
        let hello = try JSONDecoder().decode(Hello.self, from: Data(child.line().utf8))
        return try Server(child, arguments, hello)
    }

    private init(_ child: Child, _ arguments: [String], _ hello: Hello) throws {
        let critical = hello.customers.first { $0.vehicleIds.count == 1 && $0.criticalVehicleIds.count == 1 }
        let customer = try required(critical, "critical vehicle")
        process = Mutex(child)
        self.arguments = arguments
        (url, password, email, self.customer) = (hello.url, hello.password, customer.email, customer.id)
        others = hello.customers.map(\.email).filter { $0 != customer.email }
        unclaimed = hello.unclaimed
    }

    /// Ends it as a power cut would.
    func cut() {
        process.withLock { $0.take()?.kill() }
    }

    /// Starts it again, where it was and with what it had.
    func comeBack() throws {
        let port = try required(url.port, "port")
        let child = try Child(environment("PMI_PROGRAM"), arguments + ["--port", String(port)])
        guard try child.line().contains("ready") else { throw Missing("server on port \(port)") }
        process.withLock { $0 = child }
    }

    /// What clients booked for the customer, as the rows have it: hour and status, in the order they were made.
    func booked() async throws -> [String] {
        let answer = try await control("GET", "bookings?customer_id=\(customer)", nil)
        let own = try JSONDecoder().decode(Booked.self, from: answer).bookings.filter(\.isOfAClient)
        return own.map { "\($0.wallTime.dropFirst(11).prefix(5)) \($0.status)" }
    }

    /// Fails what is sent to paths that begin so.
    func fail(_ path: String, status: Int, body: String) async throws {
        let rule: [String: Any] = ["path": path, "fault": "status", "status": status, "body": body]
        try await control("POST", "rules", JSONSerialization.data(withJSONObject: rule))
    }

    /// What the server saw, as JSON.
    func seen() async throws -> String {
        String(decoding: try await control("GET", "seen", nil), as: UTF8.self)
    }

    @discardableResult
    func control(_ method: String, _ name: String, _ body: Data?) async throws -> Data {
        var request = URLRequest(url: try required(URL(string: "__control/\(name)", relativeTo: url), "such command"))
        request.httpMethod = method
        request.httpBody = body
        let (data, response) = try await URLSession.shared.data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            throw Missing("\(name): \(String(decoding: data, as: UTF8.self))")
        }
        return data
    }
}

private struct Hello: Decodable {
    let url: URL
    let password: String
    let customers: [Customer]
    let unclaimed: [String]

    enum CodingKeys: String, CodingKey {
        case url, password, customers
        case unclaimed = "unclaimed_vins"
    }

    struct Customer: Decodable {
        let id: Int64
        let email: String
        let vehicleIds: [Int64]
        let criticalVehicleIds: [Int64]

        enum CodingKeys: String, CodingKey {
            case id, email
            case vehicleIds = "vehicle_ids"
            case criticalVehicleIds = "critical_vehicle_ids"
        }
    }
}

private struct Booked: Decodable {
    let bookings: [Row]

    struct Row: Decodable {
        let wallTime: String
        let status: String
        let notes: String?
        let operation: String?

        /// v1 has no place for an operation's name but the notes.
        var isOfAClient: Bool { operation != nil || notes?.contains("[pmi:") == true }

        enum CodingKeys: String, CodingKey {
            case wallTime = "wall_time"
            case status, notes
            case operation = "client_operation_id"
        }
    }
}

/// A process that is killed with whoever holds it.
final class Child: @unchecked Sendable {
    // Only the initialiser and `kill` touch it.
    private let process = Process()
    private let output = Pipe()

    init(_ program: String, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
    }

    /// The first line it prints.
    func line() throws -> String {
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) {
            line += byte
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// All it prints, to its end.
    func text() throws -> String {
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    func kill() {
        #if canImport(Glibc)
            _ = Glibc.kill(process.processIdentifier, SIGKILL)
        #else
            _ = Darwin.kill(process.processIdentifier, SIGKILL)
        #endif
        process.waitUntilExit()
    }

    deinit {
        if process.isRunning { kill() }
    }
}

/// A program that was built with the tests.
func built(_ name: String) -> String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(name).path
}

private func environment(_ name: String) throws -> String {
    try required(ProcessInfo.processInfo.environment[name], name)
}
