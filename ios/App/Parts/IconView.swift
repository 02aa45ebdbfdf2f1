import PmiDesign
import SwiftUI
import UIKit

/// An icon of the tokens. It grows with the text, and says nothing to VoiceOver: the text beside it does.
struct IconView: View {
    let icon: Icon
    @ScaledMetric private var side: Double

    init(_ icon: Icon, size: Double = Size.icon) {
        self.icon = icon
        _side = ScaledMetric(wrappedValue: size, relativeTo: .body)
    }

    var body: some View {
        ZStack {
            Outline(steps: icon.lines, width: Icon.size, height: Icon.size)
                .stroke(style: StrokeStyle(lineWidth: Icon.lineWidth * side / Icon.size, lineCap: .round, lineJoin: .round))
            Outline(steps: icon.areas, width: Icon.size, height: Icon.size).fill()
        }
        .frame(width: side, height: side)
        .accessibilityHidden(true)
    }
}

/// A path of the tokens, fitted into the room there is.
struct Outline: Shape {
    let steps: [PathStep]
    let width: Double
    let height: Double

    func path(in rect: CGRect) -> Path {
        let scale = min(rect.width / width, rect.height / height)
        return Path(steps, scale: scale)
            .offsetBy(dx: rect.midX - width * scale / 2, dy: rect.midY - height * scale / 2)
    }
}

extension Icon {
    /// As a tab bar takes it, which draws no shapes.
    var image: UIImage {
        let drawn = UIGraphicsImageRenderer(size: CGSize(width: Icon.size, height: Icon.size)).image { renderer in
            let context = renderer.cgContext
            context.setLineWidth(Icon.lineWidth)
            context.setLineCap(.round)
            context.setLineJoin(.round)
            context.addPath(Path(lines, scale: 1).cgPath)
            context.strokePath()
            context.addPath(Path(areas, scale: 1).cgPath)
            context.fillPath()
        }
        return drawn.withRenderingMode(.alwaysTemplate)
    }
}
