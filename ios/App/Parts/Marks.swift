import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// A word with its tone: a sign, a colour, the word.
struct ToneMark: View {
    let text: String
    let tone: Tone

    var body: some View {
        HStack(spacing: Space.xs) {
            IconView(tone.icon, size: Size.iconSmall)
            Text(text).typed(TypeScale.label)
        }
        .foregroundStyle(Color(tone))
        .padding(.horizontal, Space.s)
        .padding(.vertical, Space.xs)
        .background(Color(soft: tone), in: RoundedRectangle(cornerRadius: Radius.s))
        .accessibilityElement(children: .combine)
    }
}

/// An icon and a line of text.
struct IconLine: View {
    let icon: Icon
    let text: String
    let ink: Color

    init(_ icon: Icon, _ text: String, ink: Color = Color(\.textQuiet)) {
        self.icon = icon
        self.text = text
        self.ink = ink
    }

    var body: some View {
        HStack(alignment: .firstTextBaseline, spacing: Space.s) {
            IconView(icon, size: Size.iconSmall)
            Text(text).typed(TypeScale.body)
        }
        .foregroundStyle(ink)
        .accessibilityElement(children: .combine)
    }
}

/// What is wrong with a field, below it.
struct FieldProblem: View {
    @Environment(\.speech) private var speech
    let problem: PmiText?

    var body: some View {
        if let problem {
            HStack(alignment: .firstTextBaseline, spacing: Space.xs) {
                IconView(.critical, size: Size.iconSmall)
                Text(speech(problem)).typed(TypeScale.note)
            }
            .foregroundStyle(Color(\.critical))
            .accessibilityElement(children: .combine)
        }
    }
}

/// Where a write stands that is not done.
struct PendingLine: View {
    @Environment(\.speech) private var speech
    let pending: Pending

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            ToneMark(text: speech(pending.text), tone: pending.tone)
            if let percent = pending.progressPercent {
                ProgressView(value: Double(percent), total: 100).accessibilityLabel(Text(speech(pending.text)))
            }
            if let at = pending.retryAt {
                Text(speech(.retryAt, speech(at))).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            }
        }
    }
}

/// What is predicted to fail.
struct PredictionRow: View {
    @Environment(\.speech) private var speech
    let prediction: PredictionMark

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Text(speech(prediction.component)).typed(TypeScale.body).foregroundStyle(Color(\.text))
            ToneMark(text: speech(prediction.severity), tone: prediction.tone)
            Text(speech(.vehicleProbability, speech(prediction.probability)))
                .typed(TypeScale.note)
                .foregroundStyle(Color(\.textQuiet))
            if let days = prediction.daysLeft {
                IconLine(.clock, speech(.vehicleDaysLeft, speech(days)))
            }
        }
        .accessibilityElement(children: .combine)
    }
}

/// A booking in one line.
struct BookingLine: View {
    @Environment(\.speech) private var speech
    let booking: BookingMark

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Text(speech(booking.service)).typed(TypeScale.body).foregroundStyle(Color(\.text))
            IconLine(.calendar, speech(booking.startsAt))
            ToneMark(text: speech(booking.status), tone: booking.tone)
            if let pending = booking.pending { PendingLine(pending: pending) }
        }
        .accessibilityElement(children: .combine)
    }
}
