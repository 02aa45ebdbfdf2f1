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

/// Its value, its chart between the ends of what it can be, and what is good.
private struct ReadingCard: View {
    @Environment(\.speech) private var speech
    let reading: VehicleReading

    var body: some View {
        Card {
            Text(speech(reading.label)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            HStack(spacing: Space.s) {
                Text(speech(reading.value)).typed(TypeScale.heading).foregroundStyle(Color(\.text))
                Spacer(minLength: Space.s)
                if reading.good != nil {
                    IconView(reading.tone.icon, size: Size.iconSmall).foregroundStyle(Color(reading.tone))
                }
            }
            if reading.points.count > 1 {
                HStack(spacing: Space.s) {
                    Chart(reading: reading)
                        .frame(height: Size.chart)
                        .accessibilityLabel(said)
                    if let gauge = reading.gauge {
                        VStack(alignment: .trailing, spacing: Space.s) {
                            End(reading: reading, value: gauge.to)
                            End(reading: reading, value: gauge.from)
                        }
                    }
                }
            } else if let gauge = reading.gauge, let newest = reading.points.last {
                Gauge(reading: reading, down: newest.y)
                    .frame(height: Size.chart / 2)
                    .accessibilityLabel(said)
                HStack(spacing: Space.s) {
                    End(reading: reading, value: gauge.from)
                    Spacer(minLength: Space.s)
                    End(reading: reading, value: gauge.to)
                }
            }
            if let good = speech.good(reading) {
                Text(good).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            }
        }
    }

    private var said: Text { Text(speech(.vehicleChart, speech(reading.label), speech(reading.value))) }
}

/// An end of what it can be; the unit stands beside the value.
private struct End: View {
    @Environment(\.speech) private var speech
    let reading: VehicleReading
    let value: Double?

    var body: some View {
        if let value {
            Text(speech(Quantity(value: value, decimals: reading.value.decimals, unit: .plain)))
                .typed(TypeScale.note)
                .foregroundStyle(Color(\.textQuiet))
                .accessibilityHidden(true)
        }
    }
}

/// A line of what a sensor said, over what is good.
private struct Chart: View {
    let reading: VehicleReading

    var body: some View {
        ZStack {
            RoundedRectangle(cornerRadius: Space.xs).fill(Color(\.surfaceRaised))
            Band(band: reading.goodBand).fill(Color(soft: .good))
            Line(places: reading.points)
                .stroke(Color(reading.tone), style: StrokeStyle(lineWidth: 2, lineCap: .round, lineJoin: .round))
            Dot(place: reading.points.last, side: 12).fill(Color(\.surface))
            Dot(place: reading.points.last, side: 8).fill(Color(reading.tone))
        }
        .accessibilityElement(children: .ignore)
    }
}

/// Where it is between what it can be: its chart on its side.
private struct Gauge: View {
    let reading: VehicleReading
    let down: Double

    var body: some View {
        ZStack {
            Bar(band: ChartBand(top: 0, bottom: 1)).stroke(Color(\.surfaceRaised), style: bar)
            Bar(band: reading.goodBand).stroke(Color(soft: .good), style: bar)
            Knob(down: down, side: 14).fill(Color(\.surface))
            Knob(down: down, side: 10).fill(Color(reading.tone))
        }
        .accessibilityElement(children: .ignore)
    }

    private var bar: StrokeStyle { StrokeStyle(lineWidth: Space.s, lineCap: .round, lineJoin: .round) }
}

private struct Bar: Shape {
    let band: ChartBand?

    func path(in rect: CGRect) -> Path {
        guard let band else { return Path() }
        return Path { path in path.addLines([along(rect, band.bottom), along(rect, band.top)]) }
    }
}

private struct Knob: Shape {
    let down: Double
    let side: Double

    func path(in rect: CGRect) -> Path {
        let middle = along(rect, down)
        return Path(ellipseIn: CGRect(x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side))
    }
}

/// What is so far down on a chart, along one on its side.
private func along(_ rect: CGRect, _ down: Double) -> CGPoint {
    CGPoint(x: rect.minX + Space.s + (1 - down) * (rect.width - 2 * Space.s), y: rect.midY)
}

private struct Line: Shape {
    let places: [ReadingPoint]

    func path(in rect: CGRect) -> Path {
        Path { path in path.addLines(places.map { $0.point(in: rect) }) }
    }
}

private struct Dot: Shape {
    let place: ReadingPoint?
    let side: Double

    func path(in rect: CGRect) -> Path {
        guard let point = place?.point(in: rect) else { return Path() }
        return Path(ellipseIn: CGRect(x: point.x - side / 2, y: point.y - side / 2, width: side, height: side))
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
