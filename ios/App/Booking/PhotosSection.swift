import PhotosUI
import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The photos that are sent with the booking.
struct PhotosSection: View {
    @Environment(\.speech) private var speech
    @State private var picked: PhotosPickerItem?
    let book: Book
    let form: BookModel

    var body: some View {
        Heading(speech(.bookPhotos))
        Text(speech(.bookPhotosHelp)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
        ForEach(book.photos) { photo in
            PhotoRow(photo: photo, picture: form.pictures[photo.number]) { form.remove(photo: photo.number) }
        }
        if book.canAddPhoto {
            PhotosPicker(selection: $picked, matching: .images, preferredItemEncoding: .compatible) {
                IconLine(.photo, speech(.bookAddPhoto), ink: Color(\.accent)).frame(minHeight: Size.touch)
            }
        }
        FieldProblem(problem: book.photoProblem)
            .onChange(of: picked) { _, item in
                if let item { Task { await add(item) } }
            }
    }

    private func add(_ item: PhotosPickerItem) async {
        picked = nil
        if let bytes = try? await item.loadTransferable(type: Data.self) { form.add(photo: bytes) }
    }
}

private struct PhotoRow: View {
    @Environment(\.speech) private var speech
    @ScaledMetric private var side = 72.0
    @State private var image: UIImage?
    let photo: BookPhoto
    let picture: Data?
    let remove: @MainActor () -> Void

    var body: some View {
        HStack(spacing: Space.m) {
            Group {
                if let image {
                    Image(uiImage: image).resizable().scaledToFill()
                } else {
                    Color(\.skeleton)
                }
            }
            .frame(width: side, height: side)
            .clipShape(RoundedRectangle(cornerRadius: Radius.s))
            .accessibilityHidden(true)
            Text(speech(.bookPhotoNumber, speech(photo.number), speech(photo.size))).typed(TypeScale.body)
            Spacer(minLength: Space.s)
            Button(role: .destructive, action: remove) { IconView(.trash).frame(minWidth: 44, minHeight: 44) }
                .accessibilityLabel(Text(speech(.bookRemovePhoto, speech(photo.number))))
        }
        .task { image = await picture.flatMap(UIImage.init(data:))?.byPreparingThumbnail(ofSize: CGSize(width: 240, height: 240)) }
    }
}
