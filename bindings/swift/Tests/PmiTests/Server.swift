//  The reference platform in a child process, with commands under `/__control/`.

import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One server. It ends with its last user, or with this process.
final class Server: Sendable {
    let url: URL
    let password: String
    /// A customer with one vehicle, in a critical state.
    let email: String
    private let process: Child

    static func start() throws -> Server {
        let program = try environment("PMI_PROGRAM")
        let child = try Child(
            program, ["--json", "serve", "--port", "0", "--db", "memory", "--no-limits", "--control"])
        return try Server(child, hello: JSONDecoder().decode(Hello.self, from: Data(child.line().utf8)))
    }

    private init(_ process: Child, hello: Hello) throws {
        self.process = process
        url = hello.url
        password = hello.password
        email = try required(
            hello.customers.first { $0.vehicleIds.count == 1 && $0.criticalVehicleIds.count == 1 }, "a critical vehicle"
        ).email
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
    private func control(_ method: String, _ name: String, _ body: Data?) async throws -> Data {
        var request = URLRequest(url: url.appendingPathComponent("__control/\(name)"))
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

    struct Customer: Decodable {
        let email: String
        let vehicleIds: [Int64]
        let criticalVehicleIds: [Int64]

        enum CodingKeys: String, CodingKey {
            case email
            case vehicleIds = "vehicle_ids"
            case criticalVehicleIds = "critical_vehicle_ids"
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

struct Missing: Error, CustomStringConvertible {
    let description: String

    init(_ what: String) { description = "there is no \(what)" }
}

func required<Value>(_ value: Value?, _ what: String) throws -> Value {
    guard let value else { throw Missing(what) }
    return value
}

private func environment(_ name: String) throws -> String {
    try required(ProcessInfo.processInfo.environment[name], name)
}
