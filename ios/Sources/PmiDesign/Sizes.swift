// Made by `pmi-pack design` from bindings/design: change it there.

/// Between things, in points.
public enum Space {
    public static let xs: Double = 4
    public static let s: Double = 8
    public static let m: Double = 16
    public static let l: Double = 24
    public static let xl: Double = 32
}

/// Of corners, in points.
public enum Radius {
    public static let s: Double = 8
    public static let m: Double = 16
    public static let l: Double = 28
}

/// Of what is not text, in points. `touch` is the least of what is touched, `column` the widest a column of text gets.
public enum Size {
    public static let iconSmall: Double = 18
    public static let icon: Double = 24
    public static let iconLarge: Double = 56
    public static let touch: Double = 48
    public static let chart: Double = 56
    public static let drawing: Double = 420
    public static let column: Double = 640
}

/// How a text is set, at a text size of 100 %.
public struct TypeStyle: Sendable, Hashable {
    /// In points.
    public let size: Double
    /// From one line to the next, in points.
    public let line: Double
    /// 100 to 900.
    public let weight: Int
}

/// How texts are set. Sizes and lines grow with the person's text size.
public enum TypeScale {
    public static let title = TypeStyle(size: 24, line: 32, weight: 700)
    public static let heading = TypeStyle(size: 18, line: 26, weight: 600)
    public static let body = TypeStyle(size: 16, line: 24, weight: 400)
    public static let label = TypeStyle(size: 14, line: 20, weight: 600)
    public static let note = TypeStyle(size: 13, line: 18, weight: 400)
    public static let number = TypeStyle(size: 32, line: 40, weight: 700)
}
