//  A reading as a line in a square of side one, ready to be drawn: the newest right, the largest on top.

import Foundation
import Pmi
import PmiDesign

/// Where the points of a chart are.
public struct ReadingChart: Equatable, Sendable {
    /// A place in a square of side one whose y grows downwards.
    public struct Place: Equatable, Sendable {
        public let x: Double
        public let y: Double
    }

    /// The line, from left to right.
    public let line: [Place]
    /// The heights between which a reading is good, where the platform says it: the upper one first.
    public let good: ClosedRange<Double>?

    /// Of a reading.
    public init(_ reading: VehicleReading) {
        let values = reading.points.map(\.value)
        // The gauge says what there can be; without one, what there was fills the height.
        let low = reading.gauge?.from ?? ([reading.good?.from] + values).compactMap { $0 }.min() ?? 0
        let high = reading.gauge?.to ?? ([reading.good?.to] + values).compactMap { $0 }.max() ?? 0
        let height = high > low ? high - low : 1
        func y(_ value: Double) -> Double { high > low ? min(max(1 - (value - low) / height, 0), 1) : 0.5 }

        let first = reading.points.first?.at ?? .distantPast
        let width = reading.points.last.map { first.distance(to: $0.at) } ?? 0
        line = reading.points.map { point in
            Place(x: width > 0 ? first.distance(to: point.at) / width : 1, y: y(point.value))
        }
        good = reading.good.map { good in y(good.to ?? high)...y(good.from ?? low) }
    }
}

extension Speech {
    /// What is good for a reading; none where the platform does not say it.
    public func good(_ reading: VehicleReading) -> String? {
        func said(_ value: Double) -> String {
            self(Quantity(value: value, decimals: reading.value.decimals, unit: reading.value.unit))
        }
        return switch (reading.good?.from, reading.good?.to) {
        case (let from?, let to?): self(.vehicleGoodRange, said(from), said(to))
        case (nil, let to?): self(.vehicleGoodAtMost, said(to))
        case (let from?, nil): self(.vehicleGoodAtLeast, said(from))
        case (nil, nil): nil
        }
    }
}
