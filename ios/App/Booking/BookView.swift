import Pmi
import PmiDesign
import PmiModels
import SwiftUI
import UIKit

/// Booking service, or giving a booking another time. Offline too.
struct BookView: View {
    @Environment(\.speech) private var speech
    @State private var goal: Goal?
    @FocusState private var focus: BookPart?
    let home: Home
    let form: BookModel
    let destination: Destination

    var body: some View {
        ScreenHost(form.screen) { book in
            Page(book.moving == nil ? speech(.bookTitle) : speech(.bookMoveTitle), refresh: refresh, goal: goal) {
                Stand(standing: book.standing) {
                    form.screen.send(.refresh)
                } content: {
                    if let moving = book.moving {
                        MovingCard(moving: moving)
                    } else {
                        WhatSection(book: book, send: form.screen.send)
                    }
                    CenterSection(book: book, send: form.screen.send)
                    WhenSection(book: book, send: form.screen.send)
                    if book.moving == nil {
                        NotesSection(book: book, fields: fields, send: form.screen.send)
                        if book.takesPhotos { PhotosSection(book: book, form: form) }
                    }
                    MaybeProblem(problem: book.problem, retry: submit)
                    MainButton(
                        title: book.moving == nil ? speech(.bookSubmit) : speech(.bookMoveSubmit), isBusy: book.busy,
                        isEnabled: book.canSubmit, action: submit)
                } nothing: {
                    Empty(icon: .car, title: speech(.bookNoVehicleTitle), text: speech(.bookNoVehicleBody)) {
                        MainButton(title: speech(.tabGarage)) { home.show(.garage) }
                    }
                }
            }
            .fills(fields, isBusy: book.busy)
            .onChange(of: book.busy) { wasBusy, isBusy in
                if wasBusy && !isBusy { lead() }
            }
            .onChange(of: book.accepted, initial: true) { _, accepted in
                if let accepted { home.leave(destination, accepted) }
            }
        }
    }

    private func submit() {
        form.screen.send(.submit)
        lead()
    }

    /// To the first part that something is wrong with, which is said.
    private func lead() {
        guard let fault = form.screen.record?.fault else { return }
        goal = Goal(fault.part, after: goal)
        UIAccessibility.post(notification: .announcement, argument: speech(fault.problem))
    }

    private var fields: FormFields<BookPart> {
        FormFields(order: [.notes], focus: $focus, fault: { nil }, submit: submit)
    }

    private var refresh: @Sendable () async -> Void {
        { [screen = form.screen] in await screen.send(.refresh) { !$0.standing.refreshing } }
    }
}

/// The booking that is moved.
private struct MovingCard: View {
    @Environment(\.speech) private var speech
    let moving: MovedBooking

    var body: some View {
        Card {
            Text(speech(moving.service)).typed(TypeScale.heading).foregroundStyle(Color(\.text))
            if let vehicle = moving.vehicle { IconLine(.car, vehicle) }
            if let center = moving.center { IconLine(.location, center) }
            IconLine(.calendar, speech(.bookMovingNow, speech(moving.startsAt)))
            ToneMark(text: speech(moving.status), tone: moving.tone)
        }
    }
}

/// Which vehicle, and what is to be done.
private struct WhatSection: View {
    @Environment(\.speech) private var speech
    let book: Book
    let send: @MainActor (BookIntent) -> Void

    var body: some View {
        Heading(speech(.bookVehicle)).id(BookPart.vehicle)
        ForEach(book.vehicles) { vehicle in
            Choice(title: vehicle.name, detail: vehicle.year.map(speech.year), isChosen: vehicle.chosen) {
                send(.vehicle(id: vehicle.id))
            }
        }
        FieldProblem(problem: book.vehicleProblem)
        Heading(speech(.bookService)).id(BookPart.service)
        ForEach(book.services) { service in
            Choice(title: speech(service.text), detail: service.minutes.map { speech($0) }, isChosen: service.chosen) {
                send(.service(word: service.word))
            }
        }
        FieldProblem(problem: book.serviceProblem)
    }
}

/// Where, on a server that lets it be chosen.
private struct CenterSection: View {
    @Environment(\.speech) private var speech
    let book: Book
    let send: @MainActor (BookIntent) -> Void

    var body: some View {
        if let standing = book.centersStanding {
            Heading(speech(.bookCenter)).id(BookPart.center)
            Stand(standing: standing) {
                send(.refresh)
            } content: {
                ForEach(book.centers) { center in
                    Choice(title: center.name, detail: center.city, isChosen: center.chosen) {
                        send(.center(id: center.id))
                    }
                }
            } nothing: {
                IconLine(.info, speech(.bookCenterByServer))
            }
            FieldProblem(problem: book.centerProblem)
        }
    }
}

/// A word to the centre.
private struct NotesSection: View {
    @Environment(\.speech) private var speech
    let book: Book
    let fields: FormFields<BookPart>
    let send: @MainActor (BookIntent) -> Void

    var body: some View {
        Field(
            place: .notes, fields: fields, name: speech(.bookNotes), field: book.notes,
            change: { send(.notes(text: $0)) }, left: { send(.notesLeft) }
        )
        .id(BookPart.notes)
        Text(speech.left(book.notesLeft)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
    }
}
