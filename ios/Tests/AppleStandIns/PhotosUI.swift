//  A stand-in for PhotosUI: as much of it as the app uses.

import SwiftUI

public struct PHPickerFilter: Sendable {
    public static let images = PHPickerFilter()
}

public struct PhotosPickerItem: Equatable, Sendable {
    public struct EncodingDisambiguationPolicy: Sendable {
        public static let automatic = Self()
        public static let compatible = Self()
    }

    public func loadTransferable<T: Transferable>(type: T.Type) async throws -> T? { nil }
}

public struct PhotosPicker<Content: View>: View {
    public init(
        selection: Binding<PhotosPickerItem?>, matching filter: PHPickerFilter? = nil,
        preferredItemEncoding: PhotosPickerItem.EncodingDisambiguationPolicy = .automatic, @ViewBuilder label: () -> Content
    ) {}
    public var body: Never { fatalError() }
}
