// Made by `pmi-pack design` from bindings/design: change it there.

import Pmi

/// A colour in sRGB; each part is 0 to 1.
public struct Tint: Sendable, Hashable {
    public let red: Double
    public let green: Double
    public let blue: Double
    public let alpha: Double

    init(_ argb: UInt32) {
        func part(_ shift: UInt32) -> Double { Double(argb >> shift & 0xFF) / 255 }
        (alpha, red, green, blue) = (part(24), part(16), part(8), part(0))
    }
}

/// The colours of the app, each with a purpose.
public struct Palette: Sendable, Hashable {
    /// Behind everything.
    public let background: Tint
    /// A card.
    public let surface: Tint
    /// What lies on a card: a field, a chip, a bar.
    public let surfaceRaised: Tint
    /// A thin line between things.
    public let outline: Tint
    /// The edge of what can be touched: a field, a chip.
    public let outlineStrong: Tint
    /// What is read first.
    public let text: Tint
    /// What is read second.
    public let textQuiet: Tint
    /// What can be pressed, and what is chosen.
    public let accent: Tint
    /// On the accent.
    public let onAccent: Tint
    /// Behind what is chosen.
    public let accentSoft: Tint
    /// Neither good nor bad.
    public let neutral: Tint
    /// Behind what is neither.
    public let neutralSoft: Tint
    /// All is well.
    public let good: Tint
    /// Behind what is well.
    public let goodSoft: Tint
    /// To be looked at.
    public let warning: Tint
    /// Behind what is to be looked at.
    public let warningSoft: Tint
    /// Something is to be done now.
    public let critical: Tint
    /// Behind what is to be done now.
    public let criticalSoft: Tint
    /// On the colour of what is critical: a button that destroys.
    public let onCritical: Tint
    /// What stands for what is still to be loaded.
    public let skeleton: Tint
    /// Over what is not to be touched now.
    public let scrim: Tint
    /// The drawing of a vehicle: its sheet metal.
    public let machineBody: Tint
    /// The drawing of a vehicle: sheet metal in the shade.
    public let machineShade: Tint
    /// The drawing of a vehicle: its windows.
    public let machineGlass: Tint
    /// The drawing of a vehicle: its tyres.
    public let machineTyre: Tint
    /// The drawing of a vehicle: its rims.
    public let machineRim: Tint
    /// The drawing of a vehicle: seams and edges.
    public let machineLine: Tint

    public static let light = Palette(
        background: Tint(0xFFF4F6FA),
        surface: Tint(0xFFFFFFFF),
        surfaceRaised: Tint(0xFFEDF1F7),
        outline: Tint(0xFFD3DBE6),
        outlineStrong: Tint(0xFF6F7D8F),
        text: Tint(0xFF131D2A),
        textQuiet: Tint(0xFF526073),
        accent: Tint(0xFF1D5CB8),
        onAccent: Tint(0xFFFFFFFF),
        accentSoft: Tint(0xFFDEE9FB),
        neutral: Tint(0xFF526073),
        neutralSoft: Tint(0xFFE7ECF3),
        good: Tint(0xFF166B3D),
        goodSoft: Tint(0xFFDCF2E4),
        warning: Tint(0xFF835400),
        warningSoft: Tint(0xFFFCEFD3),
        critical: Tint(0xFFAE2119),
        criticalSoft: Tint(0xFFFBE3E0),
        onCritical: Tint(0xFFFFFFFF),
        skeleton: Tint(0xFFE3E9F1),
        scrim: Tint(0x66101820),
        machineBody: Tint(0xFFDCE4EF),
        machineShade: Tint(0xFFC6D2E1),
        machineGlass: Tint(0xFFF3F8FE),
        machineTyre: Tint(0xFF46536A),
        machineRim: Tint(0xFFB4C1D2),
        machineLine: Tint(0xFF93A3B8))

    public static let dark = Palette(
        background: Tint(0xFF0E141B),
        surface: Tint(0xFF17202B),
        surfaceRaised: Tint(0xFF212C39),
        outline: Tint(0xFF364455),
        outlineStrong: Tint(0xFF8494A7),
        text: Tint(0xFFE9EFF6),
        textQuiet: Tint(0xFFA9B6C6),
        accent: Tint(0xFF93BBFF),
        onAccent: Tint(0xFF06244B),
        accentSoft: Tint(0xFF1C3459),
        neutral: Tint(0xFFA9B6C6),
        neutralSoft: Tint(0xFF263240),
        good: Tint(0xFF74D6A0),
        goodSoft: Tint(0xFF14372A),
        warning: Tint(0xFFF3C463),
        warningSoft: Tint(0xFF3C2F12),
        critical: Tint(0xFFFFA299),
        criticalSoft: Tint(0xFF4A211E),
        onCritical: Tint(0xFF490B07),
        skeleton: Tint(0xFF263240),
        scrim: Tint(0x99000000),
        machineBody: Tint(0xFF2C3A4A),
        machineShade: Tint(0xFF23303E),
        machineGlass: Tint(0xFF3F536A),
        machineTyre: Tint(0xFF0A1017),
        machineRim: Tint(0xFF56687D),
        machineLine: Tint(0xFF627589))

    /// What something of this tone is written and drawn in.
    public func of(_ tone: Tone) -> Tint {
        switch tone {
        case .neutral: neutral
        case .good: good
        case .warning: warning
        case .critical: critical
        }
    }

    /// What lies behind something of this tone.
    public func softOf(_ tone: Tone) -> Tint {
        switch tone {
        case .neutral: neutralSoft
        case .good: goodSoft
        case .warning: warningSoft
        case .critical: criticalSoft
        }
    }

    /// What a part of the drawing of a vehicle is drawn in.
    public func of(_ ink: MachineInk) -> Tint {
        switch ink {
        case .body: machineBody
        case .shade: machineShade
        case .glass: machineGlass
        case .tyre: machineTyre
        case .rim: machineRim
        case .line: machineLine
        }
    }
}
