// Made by `pmi-pack design` from bindings/design: change it there.

#if canImport(SwiftUI)
    import SwiftUI

    extension Path {
        /// A path of the design's, so many times as large.
        public init(_ steps: [PathStep], scale: Double) {
            self.init()
            func at(_ x: Double, _ y: Double) -> CGPoint { CGPoint(x: x * scale, y: y * scale) }
            for step in steps {
                switch step {
                case .move(let x, let y): move(to: at(x, y))
                case .line(let x, let y): addLine(to: at(x, y))
                case .curve(let x1, let y1, let x2, let y2, let x, let y):
                    addCurve(to: at(x, y), control1: at(x1, y1), control2: at(x2, y2))
                case .close: closeSubpath()
                }
            }
        }
    }
#endif
