//  The form of a booking: the core's record, and the pictures, which the core leaves to the shell to show.

import Foundation
import Observation
import Pmi

// What is public here is made of records: the compiler wants to see where these are said to be `Sendable`.
import struct PmiGenerated.LogLine

/// The form that books, or moves a booking.
@MainActor
@Observable
public final class BookModel {
    /// What it shows, and what the person does there.
    public let screen: ScreenModel<Book, BookIntent>
    /// The pictures of the photos, by their numbers.
    public private(set) var pictures: [UInt32: Data] = [:]

    /// A form, filled in as it was when the process ended.
    init(_ screen: Screen<Book, BookIntent>, _ draft: String? = nil) {
        self.screen = ScreenModel(screen)
        if let draft { self.screen.send(.takeUp(draft: BookDraft(text: draft))) }
    }

    /// Adds a photo: the bytes of its file, as they are.
    public func add(photo bytes: Data) {
        let before = numbers
        screen.send(.addPhoto(bytes: bytes))
        for number in numbers.subtracting(before) { pictures[number] = bytes }
    }

    /// Removes one.
    public func remove(photo number: UInt32) {
        screen.send(.removePhoto(number: number))
        pictures = pictures.filter { numbers.contains($0.key) }
    }

    private var numbers: Set<UInt32> { Set((screen.record?.photos ?? []).map(\.number)) }
}
