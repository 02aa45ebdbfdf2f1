//  A stand-in for CoreTransferable: as much of it as the app uses.

@_exported import Foundation
import UniformTypeIdentifiers

public protocol TransferRepresentation<Item>: Sendable {
    associatedtype Item: Transferable
}

public protocol Transferable: Sendable {
    associatedtype Representation: TransferRepresentation
    @TransferRepresentationBuilder<Self> static var transferRepresentation: Representation { get }
}

@resultBuilder
public enum TransferRepresentationBuilder<Item: Transferable> {
    public static func buildBlock<R: TransferRepresentation>(_ representation: R) -> R where R.Item == Item { representation }
}

public struct DataRepresentation<Item: Transferable>: TransferRepresentation {
    public init(exportedContentType: UTType, exporting: @escaping @Sendable (Item) async throws -> Data) {}
}

extension TransferRepresentation {
    public func suggestedFileName(_ name: @escaping @Sendable (Item) -> String?) -> some TransferRepresentation<Item> { self }
}

extension Never: Transferable {
    public static var transferRepresentation: DataRepresentation<Never> { DataRepresentation(exportedContentType: .json) { (_: Never) in Data() } }
}
extension Data: Transferable {
    public static var transferRepresentation: DataRepresentation<Data> { DataRepresentation(exportedContentType: .json) { $0 } }
}
