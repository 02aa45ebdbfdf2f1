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
                .move(13, 140), .curve(9, 118, 11, 94, 19, 78), .curve(26, 56, 36, 38, 52, 29), .curve(64, 22, 92, 19, 132, 18.5),
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
                .curve(122, 168.57, 108.57, 182, 92, 182), .curve(75.43, 182, 62, 168.57, 62, 152), .close, .move(72, 152),
                .curve(72, 163.05, 80.95, 172, 92, 172), .curve(103.05, 172, 112, 163.05, 112, 152),
                .curve(112, 140.95, 103.05, 132, 92, 132), .curve(80.95, 132, 72, 140.95, 72, 152), .close,
            ]),
        MachinePanel(
            ink: .tyre,
            outline: [
                .move(292, 152), .curve(292, 135.43, 305.43, 122, 322, 122), .curve(338.57, 122, 352, 135.43, 352, 152),
                .curve(352, 168.57, 338.57, 182, 322, 182), .curve(305.43, 182, 292, 168.57, 292, 152), .close, .move(302, 152),
                .curve(302, 163.05, 310.95, 172, 322, 172), .curve(333.05, 172, 342, 163.05, 342, 152),
                .curve(342, 140.95, 333.05, 132, 322, 132), .curve(310.95, 132, 302, 140.95, 302, 152), .close,
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
                .move(113, 72), .line(115.2, 72), .line(118.6, 116), .curve(117.69, 118.79, 117.12, 121.68, 116.9, 124.6), .close,
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
        x: 334.5, y: 98,
        outline: [
            .move(324, 88), .line(324, 85.5), .curve(324, 84.67, 324.67, 84, 325.5, 84), .line(329, 84),
            .curve(329.83, 84, 330.5, 84.67, 330.5, 85.5), .line(330.5, 88), .line(337, 88), .line(337, 85.5),
            .curve(337, 84.67, 337.67, 84, 338.5, 84), .line(342, 84), .curve(342.83, 84, 343.5, 84.67, 343.5, 85.5), .line(343.5, 88),
            .line(345, 88), .curve(346.1, 88, 347, 88.9, 347, 90), .line(347, 107), .curve(347, 108.1, 346.1, 109, 345, 109),
            .line(324, 109), .curve(322.9, 109, 322, 108.1, 322, 107), .line(322, 90), .curve(322, 88.9, 322.9, 88, 324, 88), .close,
        ])

    private static let coolingSystem = MachinePart(
        x: 371, y: 116,
        outline: [
            .move(364, 94), .line(376, 94), .curve(377.66, 94, 379, 95.34, 379, 97), .line(379, 135),
            .curve(379, 136.66, 377.66, 138, 376, 138), .line(367, 138), .curve(365.34, 138, 364, 136.66, 364, 135), .close,
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
        x: 92, y: 76.5,
        outline: [
            .move(79, 74), .line(105, 74), .curve(106.38, 74, 107.5, 75.12, 107.5, 76.5), .curve(107.5, 77.88, 106.38, 79, 105, 79),
            .line(79, 79), .curve(77.62, 79, 76.5, 77.88, 76.5, 76.5), .curve(76.5, 75.12, 77.62, 74, 79, 74), .close, .move(79, 108),
            .line(105, 108), .curve(106.38, 108, 107.5, 109.12, 107.5, 110.5), .curve(107.5, 111.88, 106.38, 113, 105, 113),
            .line(79, 113), .curve(77.62, 113, 76.5, 111.88, 76.5, 110.5), .curve(76.5, 109.12, 77.62, 108, 79, 108), .close,
            .move(82, 81), .line(102, 82.45), .line(102, 86.05), .line(82, 84.6), .close, .move(102, 82.45), .line(82, 87.5),
            .line(82, 91.1), .line(102, 86.05), .close, .move(82, 87.5), .line(102, 88.95), .line(102, 92.55), .line(82, 91.1), .close,
            .move(102, 88.95), .line(82, 94), .line(82, 97.6), .line(102, 92.55), .close, .move(82, 94), .line(102, 95.45),
            .line(102, 99.05), .line(82, 97.6), .close, .move(102, 95.45), .line(82, 100.5), .line(82, 104.1), .line(102, 99.05), .close,
            .move(82, 100.5), .line(102, 101.95), .line(102, 105.55), .line(82, 104.1), .close,
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
        x: 170, y: 127,
        outline: [
            .move(142, 112), .line(196, 112), .curve(199.31, 112, 202, 114.69, 202, 118), .line(202, 136),
            .curve(202, 139.31, 199.31, 142, 196, 142), .line(146, 142), .curve(141.58, 142, 138, 138.42, 138, 134), .line(138, 116),
            .curve(138, 113.79, 139.79, 112, 142, 112), .close,
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
