import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// What the sensors said last, each with a small chart.
struct TelemetryCards: View {
    @Environment(\.speech) private var speech
    let telemetry: VehicleTelemetry?

    var body: some View {
        if let telemetry {
            if let at = telemetry.measuredAt {
                Text(speech(.vehicleMeasuredAt, speech(at))).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            }
            ForEach(telemetry.readings, id: \.kind) { reading in
                ReadingCard(reading: reading)
            }
        } else {
            Card { IconLine(.pulse, speech(.vehicleTelemetryEmpty)) }
        }
    }
}

private struct ReadingCard: View {
    @Environment(\.speech) private var speech
    let reading: VehicleReading

    var body: some View {
        Card {
            Fact(name: speech(reading.label), value: speech(reading.value))
            if reading.tone != .neutral {
                HStack(spacing: Space.s) {
                    IconView(reading.tone.icon, size: Size.iconSmall).foregroundStyle(Color(reading.tone))
                    if let good = speech.good(reading) {
                        Text(good).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
                    }
                }
            }
            Chart(reading: reading)
                .frame(height: Size.chart)
                .accessibilityLabel(Text(speech(.vehicleChart, speech(reading.label), speech(reading.value))))
        }
    }
}

/// A line of what a sensor said, over what is good.
private struct Chart: View {
    let reading: VehicleReading

    var body: some View {
        ZStack {
            Band(band: reading.goodBand).fill(Color(soft: .good))
            Line(places: reading.points)
                .stroke(Color(reading.tone), style: StrokeStyle(lineWidth: 2, lineCap: .round, lineJoin: .round))
            Dot(place: reading.points.last).fill(Color(reading.tone))
        }
        .padding(Space.xs)
        .accessibilityElement(children: .ignore)
    }
}

private struct Line: Shape {
    let places: [ReadingPoint]

    func path(in rect: CGRect) -> Path {
        Path { path in path.addLines(places.map { $0.point(in: rect) }) }
    }
}

private struct Dot: Shape {
    let place: ReadingPoint?

    func path(in rect: CGRect) -> Path {
        guard let point = place?.point(in: rect) else { return Path() }
        return Path(ellipseIn: CGRect(x: point.x - 3, y: point.y - 3, width: 6, height: 6))
    }
}

private struct Band: Shape {
    let band: ChartBand?

    func path(in rect: CGRect) -> Path {
        guard let band else { return Path() }
        let height = (band.bottom - band.top) * rect.height
        return Path(CGRect(x: rect.minX, y: rect.minY + band.top * rect.height, width: rect.width, height: height))
    }
}

extension ReadingPoint {
    fileprivate func point(in rect: CGRect) -> CGPoint {
        CGPoint(x: rect.minX + x * rect.width, y: rect.minY + y * rect.height)
    }
}
