import CoreTransferable
import Pmi
import PmiDesign
import PmiModels
import SwiftUI
import UniformTypeIdentifiers

/// A document that was made for the person, as a file.
struct ExportedFile: Transferable {
    let exported: Exported

    static var transferRepresentation: some TransferRepresentation {
        DataRepresentation(exportedContentType: .json) { (file: ExportedFile) in Data(file.exported.content.utf8) }
            .suggestedFileName { (file: ExportedFile) in file.exported.fileName }
    }
}

/// The way to save or share it, and to be done with it.
struct ExportedCard: View {
    @Environment(\.speech) private var speech
    let title: String
    let exported: Exported
    let taken: @MainActor () -> Void

    var body: some View {
        Card {
            IconLine(.download, title, ink: Color(\.text))
            Text(exported.fileName).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            ShareLink(item: ExportedFile(exported: exported), preview: SharePreview(exported.fileName)) {
                Text(speech(.accountExportSave)).typed(TypeScale.label).frame(maxWidth: .infinity)
            }
            .buttonStyle(.bordered)
            .controlSize(.large)
            SideButton(speech(.done), action: taken)
        }
    }
}
