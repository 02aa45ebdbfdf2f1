import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// One booking, and what can be done about it.
struct BookingCard: View {
    @Environment(\.speech) private var speech
    let home: Home
    let row: BookingRow

    var body: some View {
        Card {
            BookingFacts(row: row)
            if row.busy { ProgressView().accessibilityLabel(Text(speech(.working))) }
            Ways(ways: row.ways, isBusy: row.busy, send: home.bookings.send)
            if row.canMove {
                SideButton(speech(.bookingMove)) { home.open(.move(row.id)) }.disabled(row.busy)
            }
            if row.canCallOff {
                SideButton(speech(.bookingCallOff), role: .destructive) { home.bookings.send(.callOff(booking: row.id)) }
                    .disabled(row.busy)
            }
        }
    }
}

/// What there is to say of a booking.
struct BookingFacts: View {
    @Environment(\.speech) private var speech
    let row: BookingRow

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Text(speech(row.service)).typed(TypeScale.heading).foregroundStyle(Color(\.text))
            ToneMark(text: speech(row.status), tone: row.tone)
            IconLine(.calendar, speech(row.startsAt), ink: Color(\.text))
            if let vehicle = row.vehicle { IconLine(.car, vehicle) }
            if let center = row.center { IconLine(.location, center) }
            if let minutes = row.minutes { IconLine(.clock, speech(.bookingDuration, speech(minutes))) }
            if let notes = row.notes {
                IconLine(.notes, notes).accessibilityLabel(Text(speech(.bookingNotes)))
                    .accessibilityValue(Text(notes))
            }
            if let photos = row.photos { PhotosLine(photos: photos) }
            if let pending = row.pending { PendingLine(pending: pending) }
        }
        .accessibilityElement(children: .combine)
    }
}

private struct PhotosLine: View {
    @Environment(\.speech) private var speech
    let photos: BookingPhotos

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            IconLine(.photo, speech(.photos, photos.count))
            if let progress = photos.progress {
                IconLine(.send, speech(.photosUnsent, photos.unsent))
                ProgressView(value: progress.value, total: 100)
                    .accessibilityLabel(Text(speech(.bookingPhotosSent, speech(progress))))
            }
            if let next = photos.next { Text(speech(next)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet)) }
        }
    }
}

/// What can be done with one tap, what suggests itself first.
struct Ways: View {
    @Environment(\.speech) private var speech
    let ways: [BookingWay]
    let isBusy: Bool
    let send: @MainActor (BookingsIntent) -> Void

    var body: some View {
        ForEach(Array(ways.enumerated()), id: \.offset) { way in
            SideButton(speech(way.element.text)) { send(way.element.intent) }.disabled(isBusy)
        }
    }
}
