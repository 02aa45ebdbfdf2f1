//  The tokens as SwiftUI has them: a colour that follows light and dark, a size that follows the person's text size.

import Pmi
import PmiDesign
import SwiftUI
import UIKit

extension Color {
    /// A colour of the palette, light or dark as the system is, and stronger where the person wishes for more contrast.
    init(_ role: KeyPath<Palette, Tint> & Sendable) {
        self.init(uiColor: UIColor { traits in
            UIColor(traits.palette[keyPath: traits.accessibilityContrast == .high ? Palette.stronger(role) : role])
        })
    }

    /// What a tone is drawn in.
    init(_ tone: Tone) {
        self.init(uiColor: UIColor { traits in UIColor(traits.palette.of(tone)) })
    }

    /// What lies behind a tone.
    init(soft tone: Tone) {
        self.init(uiColor: UIColor { traits in UIColor(traits.palette.softOf(tone)) })
    }
}

extension UITraitCollection {
    fileprivate var palette: Palette { userInterfaceStyle == .dark ? Palette.dark : Palette.light }
}

extension Palette {
    /// What stands for a quiet colour where nothing is to be quiet.
    fileprivate static func stronger(_ role: KeyPath<Palette, Tint>) -> KeyPath<Palette, Tint> {
        switch role {
        case \.textQuiet, \.outlineStrong: \.text
        case \.outline: \.outlineStrong
        default: role
        }
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
