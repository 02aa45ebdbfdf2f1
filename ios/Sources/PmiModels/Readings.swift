//  What is good for a reading, in words.

import Pmi
import PmiDesign

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
