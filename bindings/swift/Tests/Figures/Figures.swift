//  What the border costs: `pmi-pack swift figures`. Each line is a median and a 99th percentile; a floor is what Swift itself takes for the
//  like. Against the server in memory, of a release library.

import Foundation
import Pmi

let clock = ContinuousClock()

func nanoseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
}

/// Prints a line; gives the median.
@discardableResult
func report(_ name: String, _ taken: [Double]) -> Double {
    let sorted = taken.sorted()
    func shown(_ part: Double) -> String {
        let value = sorted[Int(Double(sorted.count - 1) * part)]
        let text = value < 10_000 ? String(format: "%.0f ns", value) : String(format: "%.1f us", value / 1000)
        return String(repeating: " ", count: max(0, 12 - text.count)) + text
    }
    print(name.padding(toLength: 58, withPad: " ", startingAt: 0) + shown(0.5) + shown(0.99))
    return sorted[sorted.count / 2]
}

func measure(_ name: String, _ count: Int = 20_000, _ call: () throws -> Void) rethrows {
    var taken: [Double] = []
    taken.reserveCapacity(count)
    for turn in 0..<(count + count / 10) {
        let begun = clock.now
        try call()
        let spent = nanoseconds(clock.now - begun)
        // The first ones warm up.
        if turn >= count / 10 { taken.append(spent) }
    }
    report(name, taken)
}

func measureLater(_ name: String, _ count: Int = 20_000, _ call: () async throws -> Void) async rethrows {
    var taken: [Double] = []
    taken.reserveCapacity(count)
    for turn in 0..<(count + count / 10) {
        let begun = clock.now
        try await call()
        let spent = nanoseconds(clock.now - begun)
        if turn >= count / 10 { taken.append(spent) }
    }
    report(name, taken)
}

@inline(never)
func nothing() {}

@inline(never)
func nothingLater() async {}

/// A client of a server with so many vehicles, signed in, its garage read.
func client(vehicles: Int) async throws -> (PmiClient, Screen<Garage, GarageIntent>) {
    let server = MemoryServer(vehicles: vehicles)
    let client = try PmiClient(inMemory: server)
    let signIn = client.signIn()
    signIn.send(.email(text: server.email))
    signIn.send(.password(text: server.password))
    signIn.send(.submit)
    let garage = client.garage()
    for await record in garage.records where record.vehicles.count == vehicles && !record.standing.refreshing { break }
    return (client, garage)
}

@main
enum Figures {
    static func main() async throws {
        // Off the main actor, which would be waited for with each call.
        try await figures()
    }

    static nonisolated func figures() async throws {
        print("".padding(toLength: 58, withPad: " ", startingAt: 0) + "      median         p99")
        let (few, _) = try await client(vehicles: 3)
        measure("floor: an empty function, and the clock") { nothing() }
        measure("a bare call: client.session") { _ = few.session }

        await measureLater("floor: an empty async function") { await nothingLater() }
        await measureLater("floor: a detached task, waited for", 5_000) { await Task.detached { await nothingLater() }.value }
        _ = try await few.capabilities()
        try await measureLater("an async call: client.capabilities()", 5_000) { _ = try await few.capabilities() }

        let form = few.signIn()
        try measure("one record of 7 fields: signIn.now") { _ = try form.now }
        for count in [1, 10, 100] {
            let (client, garage) = try await client(vehicles: count)
            try measure("garage.now with \(count) vehicles", 2_000) { _ = try garage.now }
            client.close()
        }

        let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
        var iterator = stream.makeAsyncIterator()
        await measureLater("floor: one value through an AsyncStream, from a task", 5_000) {
            Task.detached { _ = continuation.yield(1) }
            _ = await iterator.next()
        }
        var records = form.records.makeAsyncIterator()
        _ = await records.next()
        var typed = 0
        await measureLater("one update through an AsyncSequence: send, and the record", 5_000) {
            typed += 1
            form.send(.email(text: "asha\(typed)@example.com"))
            _ = await records.next()
        }
    }
}
