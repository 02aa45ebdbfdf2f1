import PhotosUI
import Pmi
import PmiDesign
import PmiModels
import SwiftUI
import UIKit

/// The photos that are sent with the booking.
struct PhotosSection: View {
    @Environment(\.speech) private var speech
    @State private var picked: PhotosPickerItem?
    @State private var isReading = false
    @State private var isUnreadable = false
    let book: Book
    let form: BookModel

    var body: some View {
        // One view, whatever is in it: what follows the choice must be there whether something is wrong or not.
        VStack(alignment: .leading, spacing: Space.m) {
            Heading(speech(.bookPhotos)).id(BookPart.photos)
            Text(speech(.bookPhotosHelp)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            ForEach(book.photos) { photo in
                PhotoRow(photo: photo, picture: form.pictures[photo.number]) { form.remove(photo: photo.number) }
            }
            if isReading { ProgressView().accessibilityLabel(Text(speech(.working))) }
            if book.canAddPhoto {
                PhotosPicker(selection: $picked, matching: .images, preferredItemEncoding: .compatible) {
                    IconLine(.photo, speech(.bookAddPhoto), ink: Color(\.accent)).frame(minHeight: Size.touch)
                }
            }
            if isUnreadable { IconLine(.critical, speech(.bookPhotoUnreadable), ink: Color(\.critical)) }
            FieldProblem(problem: book.photoProblem)
        }
        .task(id: picked) {
            if let picked { await add(picked) }
        }
    }

    /// One that is in iCloud only cannot be had without a network: then it is said.
    private func add(_ item: PhotosPickerItem) async {
        isReading = true
        let bytes = try? await item.loadTransferable(type: Data.self)
        isReading = false
        isUnreadable = bytes == nil
        if let bytes { form.add(photo: bytes) }
        picked = nil
    }
}

private struct PhotoRow: View {
    @Environment(\.speech) private var speech
    @Environment(\.dynamicTypeSize) private var textSize
    @State private var image: UIImage?
    let photo: BookPhoto
    let picture: Data?
    let remove: @MainActor () -> Void

    var body: some View {
        if textSize.isAccessibilitySize {
            VStack(alignment: .leading, spacing: Space.s) { parts }
        } else {
            HStack(spacing: Space.m) { parts }
        }
    }

    @ViewBuilder
    private var parts: some View {
        Group {
            if let image {
                Image(uiImage: image).resizable().scaledToFill()
            } else {
                Color(\.skeleton)
            }
        }
        .frame(width: Size.chart, height: Size.chart)
        .clipShape(RoundedRectangle(cornerRadius: Radius.s))
        .accessibilityIgnoresInvertColors()
        .accessibilityHidden(true)
        .privacySensitive()
        .task { image = await picture.flatMap(UIImage.init(data:))?.thumbnail(covering: 3 * Size.chart) }
        Text(speech(.bookPhotoNumber, speech(photo.number), speech(photo.size)))
            .typed(TypeScale.body)
            .frame(maxWidth: .infinity, alignment: .leading)
        Button(role: .destructive, action: remove) { IconView(.trash).frame(minWidth: Size.touch, minHeight: Size.touch) }
            .accessibilityLabel(Text(speech(.bookRemovePhoto, speech(photo.number))))
    }
}

extension UIImage {
    /// The same, no side shorter than this: it is prepared with just the size that is asked for, whatever its own proportions are.
    fileprivate func thumbnail(covering side: Double) async -> UIImage? {
        let scale = side / max(1, min(size.width, size.height))
        return await byPreparingThumbnail(ofSize: CGSize(width: size.width * scale, height: size.height * scale))
    }
}
