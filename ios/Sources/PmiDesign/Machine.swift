// Made by `pmi-pack design` from bindings/design: change it there.

import Pmi

/// What a part of the drawing of a vehicle is drawn in.
public enum MachineInk: CaseIterable, Sendable {
    case body, shade, glass, tyre, rim, line
}

/// A part of the drawing that stands for no component.
public struct MachinePanel: Sendable {
    public let ink: MachineInk
    public let outline: [PathStep]
}

/// A component on the drawing, with a point in it.
public struct MachinePart: Sendable {
    public let x: Double
    public let y: Double
    public let outline: [PathStep]
}

/// A vehicle from its side, in units of its own: `width` by `height`.
public enum Machine {
    public static let width: Double = 400
    public static let height: Double = 200

    /// Drawn first, in this order.
    public static let body: [MachinePanel] = [
        MachinePanel(
            ink: .shade,
            outline: [
                .move(30, 183), .curve(30, 180, 110, 178.5, 207, 178.5), .curve(304, 178.5, 384, 180, 384, 183),
                .curve(384, 186, 304, 187.5, 207, 187.5), .curve(110, 187.5, 30, 186, 30, 183), .close,
            ]),
        MachinePanel(
            ink: .body,
            outline: [
                .move(13, 140), .curve(9, 118, 11, 94, 19, 78), .curve(25, 62, 34, 39, 52, 29), .curve(64, 22, 92, 19, 132, 18.5),
                .curve(182, 18, 212, 23, 236, 38), .curve(252, 48, 266, 60, 278, 70), .curve(318, 72, 358, 78, 378, 91),
                .curve(390, 99, 393, 120, 391, 140), .curve(390, 150, 385, 156, 376, 156), .line(358.8, 156),
                .curve(356.83, 137.16, 340.95, 122.84, 322, 122.84), .curve(303.05, 122.84, 287.17, 137.16, 285.2, 156), .line(128.8, 156),
                .curve(126.83, 137.16, 110.95, 122.84, 92, 122.84), .curve(73.05, 122.84, 57.17, 137.16, 55.2, 156), .line(28, 156),
                .curve(19, 156, 15, 150, 13, 140), .close,
            ]),
        MachinePanel(
            ink: .shade,
            outline: [
                .move(13.5, 143), .curve(15, 151, 20, 156, 28, 156), .line(55.2, 156), .curve(54.8, 151.28, 55.31, 146.53, 56.7, 142),
                .close,
            ]),
        MachinePanel(
            ink: .shade,
            outline: [
                .move(127.3, 142), .curve(128.69, 146.53, 129.2, 151.28, 128.8, 156), .line(285.2, 156),
                .curve(284.8, 151.28, 285.31, 146.53, 286.7, 142), .close,
            ]),
        MachinePanel(
            ink: .shade,
            outline: [
                .move(357.3, 142), .curve(358.69, 146.53, 359.2, 151.28, 358.8, 156), .line(376, 156),
                .curve(384, 156, 389.5, 151, 390.7, 142), .close,
            ]),
        MachinePanel(
            ink: .tyre,
            outline: [
                .move(55.2, 156), .curve(57.17, 137.16, 73.05, 122.84, 92, 122.84), .curve(110.95, 122.84, 126.83, 137.16, 128.8, 156),
                .close,
            ]),
        MachinePanel(
            ink: .tyre,
            outline: [
                .move(285.2, 156), .curve(287.17, 137.16, 303.05, 122.84, 322, 122.84), .curve(340.95, 122.84, 356.83, 137.16, 358.8, 156),
                .close,
            ]),
        MachinePanel(
            ink: .glass,
            outline: [
                .move(38, 68), .curve(42, 54, 50, 42, 60, 37), .curve(68, 33, 86, 31, 108, 30.4), .line(110, 68), .close,
            ]),
        MachinePanel(
            ink: .glass,
            outline: [
                .move(118, 30.2), .curve(148, 29.6, 162, 30, 176, 31.5), .line(182, 68), .line(120, 68), .close,
            ]),
        MachinePanel(
            ink: .glass,
            outline: [
                .move(186, 32.8), .curve(204, 35, 218, 40, 230, 48), .curve(242, 56, 252, 63, 258, 68), .line(192, 68), .close,
            ]),
        MachinePanel(
            ink: .tyre,
            outline: [
                .move(62, 152), .curve(62, 135.43, 75.43, 122, 92, 122), .curve(108.57, 122, 122, 135.43, 122, 152),
                .curve(122, 168.57, 108.57, 182, 92, 182), .curve(75.43, 182, 62, 168.57, 62, 152), .close,
            ]),
        MachinePanel(
            ink: .tyre,
            outline: [
                .move(292, 152), .curve(292, 135.43, 305.43, 122, 322, 122), .curve(338.57, 122, 352, 135.43, 352, 152),
                .curve(352, 168.57, 338.57, 182, 322, 182), .curve(305.43, 182, 292, 168.57, 292, 152), .close,
            ]),
        MachinePanel(
            ink: .rim,
            outline: [
                .move(72, 152), .curve(72, 140.95, 80.95, 132, 92, 132), .curve(103.05, 132, 112, 140.95, 112, 152),
                .curve(112, 163.05, 103.05, 172, 92, 172), .curve(80.95, 172, 72, 163.05, 72, 152), .close,
            ]),
        MachinePanel(
            ink: .rim,
            outline: [
                .move(302, 152), .curve(302, 140.95, 310.95, 132, 322, 132), .curve(333.05, 132, 342, 140.95, 342, 152),
                .curve(342, 163.05, 333.05, 172, 322, 172), .curve(310.95, 172, 302, 163.05, 302, 152), .close,
            ]),
        MachinePanel(
            ink: .line,
            outline: [
                .move(113, 72), .line(115, 72), .line(117.8, 112), .line(115.8, 112), .close,
            ]),
        MachinePanel(
            ink: .line,
            outline: [
                .move(185, 72), .line(187, 72), .line(188.6, 141), .line(186.6, 141), .close,
            ]),
        MachinePanel(
            ink: .line,
            outline: [
                .move(253, 72), .line(255, 72), .line(256.4, 141), .line(254.4, 141), .close,
            ]),
        MachinePanel(
            ink: .line,
            outline: [
                .move(160, 80), .line(174, 80), .curve(175.05, 80, 175.9, 80.85, 175.9, 81.9),
                .curve(175.9, 82.95, 175.05, 83.8, 174, 83.8), .line(160, 83.8), .curve(158.95, 83.8, 158.1, 82.95, 158.1, 81.9),
                .curve(158.1, 80.85, 158.95, 80, 160, 80), .close,
            ]),
        MachinePanel(
            ink: .line,
            outline: [
                .move(228, 80), .line(242, 80), .curve(243.05, 80, 243.9, 80.85, 243.9, 81.9),
                .curve(243.9, 82.95, 243.05, 83.8, 242, 83.8), .line(228, 83.8), .curve(226.95, 83.8, 226.1, 82.95, 226.1, 81.9),
                .curve(226.1, 80.85, 226.95, 80, 228, 80), .close,
            ]),
        MachinePanel(
            ink: .line,
            outline: [
                .move(244, 57), .curve(250, 57, 256, 60, 257.5, 64), .curve(257.82, 64.91, 257.68, 65.93, 257.13, 66.72),
                .curve(256.57, 67.51, 255.67, 67.99, 254.7, 68), .line(246, 68), .curve(244.34, 68, 243, 66.66, 243, 65), .close,
            ]),
        MachinePanel(
            ink: .line,
            outline: [
                .move(17.6, 82), .line(25, 82), .curve(26.66, 82, 28, 83.34, 28, 85), .line(28, 103),
                .curve(28, 104.66, 26.66, 106, 25, 106), .line(12, 106), .curve(12.4, 97, 14.2, 89, 17.6, 82), .close,
            ]),
        MachinePanel(
            ink: .glass,
            outline: [
                .move(371, 92), .curve(371.07, 90.96, 371.67, 90.04, 372.58, 89.55), .curve(373.5, 89.06, 374.6, 89.08, 375.5, 89.6),
                .line(378, 91), .curve(386, 95.6, 390.4, 106, 391.4, 117), .line(381, 115.6),
                .curve(377.46, 115.22, 374.49, 112.79, 373.4, 109.4), .curve(371.6, 104, 370.8, 98, 371, 92), .close,
            ]),
    ]

    private static let engine = MachinePart(
        x: 286, y: 97,
        outline: [
            .move(262, 84), .line(266, 84), .line(266, 80), .line(306, 80), .line(306, 84), .line(312, 84),
            .curve(313.66, 84, 315, 85.34, 315, 87), .line(315, 104), .curve(315, 105.66, 313.66, 107, 312, 107), .line(308, 107),
            .curve(300.7, 108.66, 294.07, 112.5, 289, 118), .line(266, 118), .curve(264.34, 118, 263, 116.66, 263, 115), .line(263, 109),
            .line(258, 109), .curve(256.9, 109, 256, 108.1, 256, 107), .line(256, 93), .curve(256, 91.9, 256.9, 91, 258, 91),
            .line(262, 91), .close,
        ])

    private static let transmission = MachinePart(
        x: 232, y: 108,
        outline: [
            .move(250, 92), .line(250, 124), .curve(250.11, 124.76, 249.77, 125.52, 249.13, 125.94),
            .curve(248.49, 126.37, 247.66, 126.39, 247, 126), .line(236, 121), .line(214, 118),
            .curve(211.99, 117.75, 210.48, 116.03, 210.5, 114), .line(210.5, 103), .curve(210.48, 100.97, 211.99, 99.25, 214, 99),
            .line(236, 95.5), .line(247, 90), .curve(247.66, 89.61, 248.49, 89.63, 249.13, 90.06),
            .curve(249.77, 90.48, 250.11, 91.24, 250, 92), .close,
        ])

    private static let brakes = MachinePart(
        x: 322, y: 152,
        outline: [
            .move(80, 152), .curve(80, 145.37, 85.37, 140, 92, 140), .curve(98.63, 140, 104, 145.37, 104, 152),
            .curve(104, 158.63, 98.63, 164, 92, 164), .curve(85.37, 164, 80, 158.63, 80, 152), .close, .move(310, 152),
            .curve(310, 145.37, 315.37, 140, 322, 140), .curve(328.63, 140, 334, 145.37, 334, 152),
            .curve(334, 158.63, 328.63, 164, 322, 164), .curve(315.37, 164, 310, 158.63, 310, 152), .close,
        ])

    private static let battery = MachinePart(
        x: 332, y: 98,
        outline: [
            .move(322, 88), .line(322, 85.5), .curve(322, 84.67, 322.67, 84, 323.5, 84), .line(327, 84),
            .curve(327.83, 84, 328.5, 84.67, 328.5, 85.5), .line(328.5, 88), .line(335, 88), .line(335, 85.5),
            .curve(335, 84.67, 335.67, 84, 336.5, 84), .line(340, 84), .curve(340.83, 84, 341.5, 84.67, 341.5, 85.5), .line(341.5, 88),
            .line(342, 88), .curve(343.1, 88, 344, 88.9, 344, 90), .line(344, 107), .curve(344, 108.1, 343.1, 109, 342, 109),
            .line(322, 109), .curve(320.9, 109, 320, 108.1, 320, 107), .line(320, 90), .curve(320, 88.9, 320.9, 88, 322, 88), .close,
        ])

    private static let coolingSystem = MachinePart(
        x: 358, y: 112,
        outline: [
            .move(352, 92), .line(356, 92), .line(356, 90), .curve(356, 89.17, 356.67, 88.5, 357.5, 88.5), .line(360.5, 88.5),
            .curve(361.33, 88.5, 362, 89.17, 362, 90), .line(362, 92), .line(364, 92), .curve(365.66, 92, 367, 93.34, 367, 95),
            .line(367, 135), .curve(367, 136.66, 365.66, 138, 364, 138), .line(362.4, 138),
            .curve(359.4, 131.86, 354.77, 126.67, 349, 123), .line(349, 95), .curve(349, 93.34, 350.34, 92, 352, 92), .close,
        ])

    private static let oilSystem = MachinePart(
        x: 263, y: 138,
        outline: [
            .move(244, 130), .line(282, 130), .curve(282.63, 129.98, 283.23, 130.26, 283.63, 130.75),
            .curve(284.02, 131.24, 284.16, 131.89, 284, 132.5), .line(280, 144), .curve(279.22, 145.79, 277.46, 146.97, 275.5, 147),
            .line(252, 147), .curve(250.04, 146.97, 248.28, 145.79, 247.5, 144), .line(242, 132.5),
            .curve(241.84, 131.89, 241.98, 131.24, 242.37, 130.75), .curve(242.77, 130.26, 243.37, 129.98, 244, 130), .close,
        ])

    private static let suspension = MachinePart(
        x: 92, y: 94.4,
        outline: [
            .move(78, 75.5), .line(106, 75.5), .curve(107.38, 75.5, 108.5, 76.62, 108.5, 78),
            .curve(108.5, 79.38, 107.38, 80.5, 106, 80.5), .line(78, 80.5), .curve(76.62, 80.5, 75.5, 79.38, 75.5, 78),
            .curve(75.5, 76.62, 76.62, 75.5, 78, 75.5), .close, .move(80.51, 87.35), .line(102.51, 82.55),
            .curve(103.75, 82.28, 104.98, 83.07, 105.25, 84.31), .curve(105.52, 85.55, 104.73, 86.78, 103.49, 87.05), .line(81.49, 91.85),
            .curve(80.25, 92.12, 79.02, 91.33, 78.75, 90.09), .curve(78.48, 88.85, 79.27, 87.62, 80.51, 87.35), .close,
            .move(80.51, 94.55), .line(102.51, 89.75), .curve(103.75, 89.48, 104.98, 90.27, 105.25, 91.51),
            .curve(105.52, 92.75, 104.73, 93.98, 103.49, 94.25), .line(81.49, 99.05), .curve(80.25, 99.32, 79.02, 98.53, 78.75, 97.29),
            .curve(78.48, 96.05, 79.27, 94.82, 80.51, 94.55), .close, .move(80.51, 101.75), .line(102.51, 96.95),
            .curve(103.75, 96.68, 104.98, 97.47, 105.25, 98.71), .curve(105.52, 99.95, 104.73, 101.18, 103.49, 101.45),
            .line(81.49, 106.25), .curve(80.25, 106.52, 79.02, 105.73, 78.75, 104.49), .curve(78.48, 103.25, 79.27, 102.02, 80.51, 101.75),
            .close, .move(78, 108.1), .line(106, 108.1), .curve(107.38, 108.1, 108.5, 109.22, 108.5, 110.6),
            .curve(108.5, 111.98, 107.38, 113.1, 106, 113.1), .line(78, 113.1), .curve(76.62, 113.1, 75.5, 111.98, 75.5, 110.6),
            .curve(75.5, 109.22, 76.62, 108.1, 78, 108.1), .close,
        ])

    private static let tires = MachinePart(
        x: 92, y: 177,
        outline: [
            .move(62, 152), .curve(62, 135.43, 75.43, 122, 92, 122), .curve(108.57, 122, 122, 135.43, 122, 152),
            .curve(122, 168.57, 108.57, 182, 92, 182), .curve(75.43, 182, 62, 168.57, 62, 152), .close, .move(72, 152),
            .curve(72, 163.05, 80.95, 172, 92, 172), .curve(103.05, 172, 112, 163.05, 112, 152), .curve(112, 140.95, 103.05, 132, 92, 132),
            .curve(80.95, 132, 72, 140.95, 72, 152), .close, .move(292, 152), .curve(292, 135.43, 305.43, 122, 322, 122),
            .curve(338.57, 122, 352, 135.43, 352, 152), .curve(352, 168.57, 338.57, 182, 322, 182),
            .curve(305.43, 182, 292, 168.57, 292, 152), .close, .move(302, 152), .curve(302, 163.05, 310.95, 172, 322, 172),
            .curve(333.05, 172, 342, 163.05, 342, 152), .curve(342, 140.95, 333.05, 132, 322, 132),
            .curve(310.95, 132, 302, 140.95, 302, 152), .close,
        ])

    private static let exhaust = MachinePart(
        x: 35, y: 147,
        outline: [
            .move(24, 138), .line(46, 138), .curve(49.31, 138, 52, 140.69, 52, 144), .line(52, 150),
            .curve(52, 153.31, 49.31, 156, 46, 156), .line(24, 156), .curve(20.69, 156, 18, 153.31, 18, 150), .line(8, 150), .line(8, 144),
            .line(18, 144), .curve(18, 140.69, 20.69, 138, 24, 138), .close, .move(131, 148), .line(236, 148),
            .curve(237.38, 148, 238.5, 149.12, 238.5, 150.5), .curve(238.5, 151.88, 237.38, 153, 236, 153), .line(131, 153), .close,
        ])

    private static let fuelSystem = MachinePart(
        x: 170, y: 124,
        outline: [
            .move(138, 96), .curve(138, 94.62, 139.12, 93.5, 140.5, 93.5), .curve(141.88, 93.5, 143, 94.62, 143, 96), .line(143, 105),
            .curve(143, 106.66, 144.34, 108, 146, 108), .line(196, 108), .curve(199.31, 108, 202, 110.69, 202, 114), .line(202, 133),
            .curve(202, 136.31, 199.31, 139, 196, 139), .line(146, 139), .curve(141.58, 139, 138, 135.42, 138, 131), .close,
        ])

    /// Where a component is; `nil` for one that has no place on the drawing.
    public static func spot(_ spot: ComponentSpot) -> MachinePart? {
        switch spot {
        case .engine: engine
        case .transmission: transmission
        case .brakes: brakes
        case .battery: battery
        case .coolingSystem: coolingSystem
        case .oilSystem: oilSystem
        case .suspension: suspension
        case .tires: tires
        case .exhaust: exhaust
        case .fuelSystem: fuelSystem
        case .elsewhere: nil
        }
    }
}
