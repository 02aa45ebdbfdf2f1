//  What else the tests ask of the server.

import Foundation
import Person

extension Server {
    /// The code that was sent last to somebody who has forgotten their password.
    func code() async throws -> String {
        let mails = try JSONDecoder().decode(Mails.self, from: try await control("GET", "resets", nil))
        return try required(mails.resets.last, "mail").token
    }

    /// From now on a service centre takes so many vehicles at once.
    func holds(_ vehicles: Int, at center: Int64) async throws {
        let change: [String: Any] = ["center_id": center, "capacity": vehicles]
        try await control("POST", "center", JSONSerialization.data(withJSONObject: change))
    }

    /// Holds what is sent to paths that begin so, at a gate, until `release`.
    func hold(_ path: String, _ gate: String) async throws {
        let rule = ["path": path, "fault": "hold_before", "gate": gate]
        try await control("POST", "rules", JSONSerialization.data(withJSONObject: rule))
    }

    /// How many were held at a gate.
    func held(_ gate: String) async throws -> Int {
        let asked = try JSONSerialization.data(withJSONObject: ["gate": gate])
        return try JSONDecoder().decode(Gate.self, from: try await control("POST", "gate", asked)).arrived
    }

    /// Lets go what is held at a gate, and forgets every rule.
    func release(_ gate: String) async throws {
        try await control("POST", "clear", nil)
        try await control("POST", "release", JSONSerialization.data(withJSONObject: ["gate": gate]))
    }
}

private struct Mails: Decodable {
    let resets: [Mail]

    struct Mail: Decodable {
        let token: String
    }
}

private struct Gate: Decodable {
    let arrived: Int
}
