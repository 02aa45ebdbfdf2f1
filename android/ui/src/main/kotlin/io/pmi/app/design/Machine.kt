// Made by `pmi-pack design` from bindings/design: change it there.
package io.pmi.app.design

import androidx.compose.ui.graphics.vector.PathData
import androidx.compose.ui.graphics.vector.PathNode
import io.pmi.core.ComponentSpot

/** What a part of the drawing of a vehicle is drawn in. */
enum class MachineInk { BODY, SHADE, GLASS, TYRE, RIM, LINE }

/** A part of the drawing that stands for no component. */
class MachinePanel internal constructor(val ink: MachineInk, val outline: List<PathNode>)

/** A component on the drawing, with a point in it. */
class MachinePart internal constructor(val x: Float, val y: Float, val outline: List<PathNode>)

/** A vehicle from its side, in units of its own: `width` by `height`. */
object Machine {
    const val width: Float = 400f
    const val height: Float = 200f

    /** Drawn first, in this order. */
    val body: List<MachinePanel> = listOf(
        MachinePanel(MachineInk.SHADE, PathData {
            moveTo(30f, 183f).curveTo(30f, 180f, 110f, 178.5f, 207f, 178.5f).curveTo(304f, 178.5f, 384f, 180f, 384f, 183f)
                .curveTo(384f, 186f, 304f, 187.5f, 207f, 187.5f).curveTo(110f, 187.5f, 30f, 186f, 30f, 183f).close()
        }),
        MachinePanel(MachineInk.BODY, PathData {
            moveTo(13f, 140f).curveTo(9f, 118f, 11f, 94f, 19f, 78f).curveTo(26f, 56f, 36f, 38f, 52f, 29f)
                .curveTo(64f, 22f, 92f, 19f, 132f, 18.5f).curveTo(182f, 18f, 212f, 23f, 236f, 38f).curveTo(252f, 48f, 266f, 60f, 278f, 70f)
                .curveTo(318f, 72f, 358f, 78f, 378f, 91f).curveTo(390f, 99f, 393f, 120f, 391f, 140f)
                .curveTo(390f, 150f, 385f, 156f, 376f, 156f).lineTo(358.8f, 156f)
                .curveTo(356.83f, 137.16f, 340.95f, 122.84f, 322f, 122.84f).curveTo(303.05f, 122.84f, 287.17f, 137.16f, 285.2f, 156f)
                .lineTo(128.8f, 156f).curveTo(126.83f, 137.16f, 110.95f, 122.84f, 92f, 122.84f)
                .curveTo(73.05f, 122.84f, 57.17f, 137.16f, 55.2f, 156f).lineTo(28f, 156f).curveTo(19f, 156f, 15f, 150f, 13f, 140f).close()
        }),
        MachinePanel(MachineInk.SHADE, PathData {
            moveTo(13.5f, 143f).curveTo(15f, 151f, 20f, 156f, 28f, 156f).lineTo(55.2f, 156f)
                .curveTo(54.8f, 151.28f, 55.31f, 146.53f, 56.7f, 142f).close()
        }),
        MachinePanel(MachineInk.SHADE, PathData {
            moveTo(127.3f, 142f).curveTo(128.69f, 146.53f, 129.2f, 151.28f, 128.8f, 156f).lineTo(285.2f, 156f)
                .curveTo(284.8f, 151.28f, 285.31f, 146.53f, 286.7f, 142f).close()
        }),
        MachinePanel(MachineInk.SHADE, PathData {
            moveTo(357.3f, 142f).curveTo(358.69f, 146.53f, 359.2f, 151.28f, 358.8f, 156f).lineTo(376f, 156f)
                .curveTo(384f, 156f, 389.5f, 151f, 390.7f, 142f).close()
        }),
        MachinePanel(MachineInk.GLASS, PathData {
            moveTo(38f, 68f).curveTo(42f, 54f, 50f, 42f, 60f, 37f).curveTo(68f, 33f, 86f, 31f, 108f, 30.4f).lineTo(110f, 68f).close()
        }),
        MachinePanel(MachineInk.GLASS, PathData {
            moveTo(118f, 30.2f).curveTo(148f, 29.6f, 162f, 30f, 176f, 31.5f).lineTo(182f, 68f).lineTo(120f, 68f).close()
        }),
        MachinePanel(MachineInk.GLASS, PathData {
            moveTo(186f, 32.8f).curveTo(204f, 35f, 218f, 40f, 230f, 48f).curveTo(242f, 56f, 252f, 63f, 258f, 68f).lineTo(192f, 68f)
                .close()
        }),
        MachinePanel(MachineInk.TYRE, PathData {
            moveTo(62f, 152f).curveTo(62f, 135.43f, 75.43f, 122f, 92f, 122f).curveTo(108.57f, 122f, 122f, 135.43f, 122f, 152f)
                .curveTo(122f, 168.57f, 108.57f, 182f, 92f, 182f).curveTo(75.43f, 182f, 62f, 168.57f, 62f, 152f).close().moveTo(72f, 152f)
                .curveTo(72f, 163.05f, 80.95f, 172f, 92f, 172f).curveTo(103.05f, 172f, 112f, 163.05f, 112f, 152f)
                .curveTo(112f, 140.95f, 103.05f, 132f, 92f, 132f).curveTo(80.95f, 132f, 72f, 140.95f, 72f, 152f).close()
        }),
        MachinePanel(MachineInk.TYRE, PathData {
            moveTo(292f, 152f).curveTo(292f, 135.43f, 305.43f, 122f, 322f, 122f).curveTo(338.57f, 122f, 352f, 135.43f, 352f, 152f)
                .curveTo(352f, 168.57f, 338.57f, 182f, 322f, 182f).curveTo(305.43f, 182f, 292f, 168.57f, 292f, 152f).close()
                .moveTo(302f, 152f).curveTo(302f, 163.05f, 310.95f, 172f, 322f, 172f).curveTo(333.05f, 172f, 342f, 163.05f, 342f, 152f)
                .curveTo(342f, 140.95f, 333.05f, 132f, 322f, 132f).curveTo(310.95f, 132f, 302f, 140.95f, 302f, 152f).close()
        }),
        MachinePanel(MachineInk.RIM, PathData {
            moveTo(72f, 152f).curveTo(72f, 140.95f, 80.95f, 132f, 92f, 132f).curveTo(103.05f, 132f, 112f, 140.95f, 112f, 152f)
                .curveTo(112f, 163.05f, 103.05f, 172f, 92f, 172f).curveTo(80.95f, 172f, 72f, 163.05f, 72f, 152f).close()
        }),
        MachinePanel(MachineInk.RIM, PathData {
            moveTo(302f, 152f).curveTo(302f, 140.95f, 310.95f, 132f, 322f, 132f).curveTo(333.05f, 132f, 342f, 140.95f, 342f, 152f)
                .curveTo(342f, 163.05f, 333.05f, 172f, 322f, 172f).curveTo(310.95f, 172f, 302f, 163.05f, 302f, 152f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(113f, 72f).lineTo(115.2f, 72f).lineTo(118.6f, 116f).curveTo(117.69f, 118.79f, 117.12f, 121.68f, 116.9f, 124.6f)
                .close()
        }),
    )

    private val engine = MachinePart(286f, 97f, PathData {
        moveTo(262f, 84f).lineTo(266f, 84f).lineTo(266f, 80f).lineTo(306f, 80f).lineTo(306f, 84f).lineTo(312f, 84f)
            .curveTo(313.66f, 84f, 315f, 85.34f, 315f, 87f).lineTo(315f, 104f).curveTo(315f, 105.66f, 313.66f, 107f, 312f, 107f)
            .lineTo(308f, 107f).curveTo(300.7f, 108.66f, 294.07f, 112.5f, 289f, 118f).lineTo(266f, 118f)
            .curveTo(264.34f, 118f, 263f, 116.66f, 263f, 115f).lineTo(263f, 109f).lineTo(258f, 109f)
            .curveTo(256.9f, 109f, 256f, 108.1f, 256f, 107f).lineTo(256f, 93f).curveTo(256f, 91.9f, 256.9f, 91f, 258f, 91f)
            .lineTo(262f, 91f).close()
    })

    private val transmission = MachinePart(232f, 108f, PathData {
        moveTo(250f, 92f).lineTo(250f, 124f).curveTo(250.11f, 124.76f, 249.77f, 125.52f, 249.13f, 125.94f)
            .curveTo(248.49f, 126.37f, 247.66f, 126.39f, 247f, 126f).lineTo(236f, 121f).lineTo(214f, 118f)
            .curveTo(211.99f, 117.75f, 210.48f, 116.03f, 210.5f, 114f).lineTo(210.5f, 103f)
            .curveTo(210.48f, 100.97f, 211.99f, 99.25f, 214f, 99f).lineTo(236f, 95.5f).lineTo(247f, 90f)
            .curveTo(247.66f, 89.61f, 248.49f, 89.63f, 249.13f, 90.06f).curveTo(249.77f, 90.48f, 250.11f, 91.24f, 250f, 92f).close()
    })

    private val brakes = MachinePart(322f, 152f, PathData {
        moveTo(80f, 152f).curveTo(80f, 145.37f, 85.37f, 140f, 92f, 140f).curveTo(98.63f, 140f, 104f, 145.37f, 104f, 152f)
            .curveTo(104f, 158.63f, 98.63f, 164f, 92f, 164f).curveTo(85.37f, 164f, 80f, 158.63f, 80f, 152f).close().moveTo(310f, 152f)
            .curveTo(310f, 145.37f, 315.37f, 140f, 322f, 140f).curveTo(328.63f, 140f, 334f, 145.37f, 334f, 152f)
            .curveTo(334f, 158.63f, 328.63f, 164f, 322f, 164f).curveTo(315.37f, 164f, 310f, 158.63f, 310f, 152f).close()
    })

    private val battery = MachinePart(334.5f, 98f, PathData {
        moveTo(324f, 88f).lineTo(324f, 85.5f).curveTo(324f, 84.67f, 324.67f, 84f, 325.5f, 84f).lineTo(329f, 84f)
            .curveTo(329.83f, 84f, 330.5f, 84.67f, 330.5f, 85.5f).lineTo(330.5f, 88f).lineTo(337f, 88f).lineTo(337f, 85.5f)
            .curveTo(337f, 84.67f, 337.67f, 84f, 338.5f, 84f).lineTo(342f, 84f).curveTo(342.83f, 84f, 343.5f, 84.67f, 343.5f, 85.5f)
            .lineTo(343.5f, 88f).lineTo(345f, 88f).curveTo(346.1f, 88f, 347f, 88.9f, 347f, 90f).lineTo(347f, 107f)
            .curveTo(347f, 108.1f, 346.1f, 109f, 345f, 109f).lineTo(324f, 109f).curveTo(322.9f, 109f, 322f, 108.1f, 322f, 107f)
            .lineTo(322f, 90f).curveTo(322f, 88.9f, 322.9f, 88f, 324f, 88f).close()
    })

    private val coolingSystem = MachinePart(371f, 116f, PathData {
        moveTo(364f, 94f).lineTo(376f, 94f).curveTo(377.66f, 94f, 379f, 95.34f, 379f, 97f).lineTo(379f, 135f)
            .curveTo(379f, 136.66f, 377.66f, 138f, 376f, 138f).lineTo(367f, 138f).curveTo(365.34f, 138f, 364f, 136.66f, 364f, 135f).close()
    })

    private val oilSystem = MachinePart(263f, 138f, PathData {
        moveTo(244f, 130f).lineTo(282f, 130f).curveTo(282.63f, 129.98f, 283.23f, 130.26f, 283.63f, 130.75f)
            .curveTo(284.02f, 131.24f, 284.16f, 131.89f, 284f, 132.5f).lineTo(280f, 144f)
            .curveTo(279.22f, 145.79f, 277.46f, 146.97f, 275.5f, 147f).lineTo(252f, 147f)
            .curveTo(250.04f, 146.97f, 248.28f, 145.79f, 247.5f, 144f).lineTo(242f, 132.5f)
            .curveTo(241.84f, 131.89f, 241.98f, 131.24f, 242.37f, 130.75f).curveTo(242.77f, 130.26f, 243.37f, 129.98f, 244f, 130f).close()
    })

    private val suspension = MachinePart(92f, 76.5f, PathData {
        moveTo(79f, 74f).lineTo(105f, 74f).curveTo(106.38f, 74f, 107.5f, 75.12f, 107.5f, 76.5f)
            .curveTo(107.5f, 77.88f, 106.38f, 79f, 105f, 79f).lineTo(79f, 79f).curveTo(77.62f, 79f, 76.5f, 77.88f, 76.5f, 76.5f)
            .curveTo(76.5f, 75.12f, 77.62f, 74f, 79f, 74f).close().moveTo(79f, 108f).lineTo(105f, 108f)
            .curveTo(106.38f, 108f, 107.5f, 109.12f, 107.5f, 110.5f).curveTo(107.5f, 111.88f, 106.38f, 113f, 105f, 113f).lineTo(79f, 113f)
            .curveTo(77.62f, 113f, 76.5f, 111.88f, 76.5f, 110.5f).curveTo(76.5f, 109.12f, 77.62f, 108f, 79f, 108f).close().moveTo(82f, 81f)
            .lineTo(102f, 82.45f).lineTo(102f, 86.05f).lineTo(82f, 84.6f).close().moveTo(102f, 82.45f).lineTo(82f, 87.5f)
            .lineTo(82f, 91.1f).lineTo(102f, 86.05f).close().moveTo(82f, 87.5f).lineTo(102f, 88.95f).lineTo(102f, 92.55f)
            .lineTo(82f, 91.1f).close().moveTo(102f, 88.95f).lineTo(82f, 94f).lineTo(82f, 97.6f).lineTo(102f, 92.55f).close()
            .moveTo(82f, 94f).lineTo(102f, 95.45f).lineTo(102f, 99.05f).lineTo(82f, 97.6f).close().moveTo(102f, 95.45f).lineTo(82f, 100.5f)
            .lineTo(82f, 104.1f).lineTo(102f, 99.05f).close().moveTo(82f, 100.5f).lineTo(102f, 101.95f).lineTo(102f, 105.55f)
            .lineTo(82f, 104.1f).close()
    })

    private val tires = MachinePart(92f, 177f, PathData {
        moveTo(62f, 152f).curveTo(62f, 135.43f, 75.43f, 122f, 92f, 122f).curveTo(108.57f, 122f, 122f, 135.43f, 122f, 152f)
            .curveTo(122f, 168.57f, 108.57f, 182f, 92f, 182f).curveTo(75.43f, 182f, 62f, 168.57f, 62f, 152f).close().moveTo(72f, 152f)
            .curveTo(72f, 163.05f, 80.95f, 172f, 92f, 172f).curveTo(103.05f, 172f, 112f, 163.05f, 112f, 152f)
            .curveTo(112f, 140.95f, 103.05f, 132f, 92f, 132f).curveTo(80.95f, 132f, 72f, 140.95f, 72f, 152f).close().moveTo(292f, 152f)
            .curveTo(292f, 135.43f, 305.43f, 122f, 322f, 122f).curveTo(338.57f, 122f, 352f, 135.43f, 352f, 152f)
            .curveTo(352f, 168.57f, 338.57f, 182f, 322f, 182f).curveTo(305.43f, 182f, 292f, 168.57f, 292f, 152f).close().moveTo(302f, 152f)
            .curveTo(302f, 163.05f, 310.95f, 172f, 322f, 172f).curveTo(333.05f, 172f, 342f, 163.05f, 342f, 152f)
            .curveTo(342f, 140.95f, 333.05f, 132f, 322f, 132f).curveTo(310.95f, 132f, 302f, 140.95f, 302f, 152f).close()
    })

    private val exhaust = MachinePart(35f, 147f, PathData {
        moveTo(24f, 138f).lineTo(46f, 138f).curveTo(49.31f, 138f, 52f, 140.69f, 52f, 144f).lineTo(52f, 150f)
            .curveTo(52f, 153.31f, 49.31f, 156f, 46f, 156f).lineTo(24f, 156f).curveTo(20.69f, 156f, 18f, 153.31f, 18f, 150f)
            .lineTo(8f, 150f).lineTo(8f, 144f).lineTo(18f, 144f).curveTo(18f, 140.69f, 20.69f, 138f, 24f, 138f).close().moveTo(131f, 148f)
            .lineTo(236f, 148f).curveTo(237.38f, 148f, 238.5f, 149.12f, 238.5f, 150.5f).curveTo(238.5f, 151.88f, 237.38f, 153f, 236f, 153f)
            .lineTo(131f, 153f).close()
    })

    private val fuelSystem = MachinePart(170f, 127f, PathData {
        moveTo(142f, 112f).lineTo(196f, 112f).curveTo(199.31f, 112f, 202f, 114.69f, 202f, 118f).lineTo(202f, 136f)
            .curveTo(202f, 139.31f, 199.31f, 142f, 196f, 142f).lineTo(146f, 142f).curveTo(141.58f, 142f, 138f, 138.42f, 138f, 134f)
            .lineTo(138f, 116f).curveTo(138f, 113.79f, 139.79f, 112f, 142f, 112f).close()
    })

    /** Where a component is; `null` for one that has no place on the drawing. */
    fun spot(spot: ComponentSpot): MachinePart? = when (spot) {
        ComponentSpot.ENGINE -> engine
        ComponentSpot.TRANSMISSION -> transmission
        ComponentSpot.BRAKES -> brakes
        ComponentSpot.BATTERY -> battery
        ComponentSpot.COOLING_SYSTEM -> coolingSystem
        ComponentSpot.OIL_SYSTEM -> oilSystem
        ComponentSpot.SUSPENSION -> suspension
        ComponentSpot.TIRES -> tires
        ComponentSpot.EXHAUST -> exhaust
        ComponentSpot.FUEL_SYSTEM -> fuelSystem
        ComponentSpot.ELSEWHERE -> null
    }
}
