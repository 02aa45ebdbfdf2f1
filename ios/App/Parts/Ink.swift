//  The tokens as SwiftUI has them: a colour that follows light and dark, a size that follows the person's text size.

import Pmi
import PmiDesign
import SwiftUI

extension Color {
    /// A colour of the palette, light or dark as the system is.
    init(_ role: KeyPath<Palette, Tint> & Sendable) {
        self.init(uiColor: UIColor { traits in
            let palette = traits.userInterfaceStyle == .dark ? Palette.dark : Palette.light
            return UIColor(palette[keyPath: role])
        })
    }

    /// What a tone is drawn in.
    init(_ tone: Tone) {
        self.init(uiColor: UIColor { traits in
            UIColor((traits.userInterfaceStyle == .dark ? Palette.dark : Palette.light).of(tone))
        })
    }

    /// What lies behind a tone.
    init(soft tone: Tone) {
        self.init(uiColor: UIColor { traits in
            UIColor((traits.userInterfaceStyle == .dark ? Palette.dark : Palette.light).softOf(tone))
        })
    }
}

extension UIColor {
    fileprivate convenience init(_ rgba: Tint) {
        self.init(red: rgba.red, green: rgba.green, blue: rgba.blue, alpha: rgba.alpha)
    }
}

extension Tone {
    /// The sign beside it: a colour alone is no sign.
    var icon: Icon {
        switch self {
        case .neutral: .neutral
        case .good: .good
        case .warning: .warning
        case .critical: .critical
        }
    }
}

extension View {
    /// Text of the type scale, as large as the person wishes.
    func typed(_ style: TypeStyle) -> some View {
        modifier(Typed(style))
    }
}

private struct Typed: ViewModifier {
    @ScaledMetric private var size: Double
    private let weight: Font.Weight

    init(_ style: TypeStyle) {
        _size = ScaledMetric(wrappedValue: style.size, relativeTo: .body)
        weight =
            switch style.weight {
            case 700...: .bold
            case 600...: .semibold
            default: .regular
            }
    }

    func body(content: Content) -> some View {
        content.font(.system(size: size, weight: weight))
    }
}
