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
            moveTo(13f, 140f).curveTo(9f, 118f, 11f, 94f, 19f, 78f).curveTo(25f, 62f, 34f, 39f, 52f, 29f)
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
        MachinePanel(MachineInk.TYRE, PathData {
            moveTo(55.2f, 156f).curveTo(57.17f, 137.16f, 73.05f, 122.84f, 92f, 122.84f)
                .curveTo(110.95f, 122.84f, 126.83f, 137.16f, 128.8f, 156f).close()
        }),
        MachinePanel(MachineInk.TYRE, PathData {
            moveTo(285.2f, 156f).curveTo(287.17f, 137.16f, 303.05f, 122.84f, 322f, 122.84f)
                .curveTo(340.95f, 122.84f, 356.83f, 137.16f, 358.8f, 156f).close()
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
                .curveTo(122f, 168.57f, 108.57f, 182f, 92f, 182f).curveTo(75.43f, 182f, 62f, 168.57f, 62f, 152f).close()
        }),
        MachinePanel(MachineInk.TYRE, PathData {
            moveTo(292f, 152f).curveTo(292f, 135.43f, 305.43f, 122f, 322f, 122f).curveTo(338.57f, 122f, 352f, 135.43f, 352f, 152f)
                .curveTo(352f, 168.57f, 338.57f, 182f, 322f, 182f).curveTo(305.43f, 182f, 292f, 168.57f, 292f, 152f).close()
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
            moveTo(113f, 72f).lineTo(115f, 72f).lineTo(117.8f, 112f).lineTo(115.8f, 112f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(185f, 72f).lineTo(187f, 72f).lineTo(188.6f, 141f).lineTo(186.6f, 141f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(253f, 72f).lineTo(255f, 72f).lineTo(256.4f, 141f).lineTo(254.4f, 141f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(160f, 80f).lineTo(174f, 80f).curveTo(175.05f, 80f, 175.9f, 80.85f, 175.9f, 81.9f)
                .curveTo(175.9f, 82.95f, 175.05f, 83.8f, 174f, 83.8f).lineTo(160f, 83.8f)
                .curveTo(158.95f, 83.8f, 158.1f, 82.95f, 158.1f, 81.9f).curveTo(158.1f, 80.85f, 158.95f, 80f, 160f, 80f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(228f, 80f).lineTo(242f, 80f).curveTo(243.05f, 80f, 243.9f, 80.85f, 243.9f, 81.9f)
                .curveTo(243.9f, 82.95f, 243.05f, 83.8f, 242f, 83.8f).lineTo(228f, 83.8f)
                .curveTo(226.95f, 83.8f, 226.1f, 82.95f, 226.1f, 81.9f).curveTo(226.1f, 80.85f, 226.95f, 80f, 228f, 80f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(244f, 57f).curveTo(250f, 57f, 256f, 60f, 257.5f, 64f).curveTo(257.82f, 64.91f, 257.68f, 65.93f, 257.13f, 66.72f)
                .curveTo(256.57f, 67.51f, 255.67f, 67.99f, 254.7f, 68f).lineTo(246f, 68f).curveTo(244.34f, 68f, 243f, 66.66f, 243f, 65f)
                .close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(17.6f, 82f).lineTo(25f, 82f).curveTo(26.66f, 82f, 28f, 83.34f, 28f, 85f).lineTo(28f, 103f)
                .curveTo(28f, 104.66f, 26.66f, 106f, 25f, 106f).lineTo(12f, 106f).curveTo(12.4f, 97f, 14.2f, 89f, 17.6f, 82f).close()
        }),
        MachinePanel(MachineInk.GLASS, PathData {
            moveTo(371f, 92f).curveTo(371.07f, 90.96f, 371.67f, 90.04f, 372.58f, 89.55f)
                .curveTo(373.5f, 89.06f, 374.6f, 89.08f, 375.5f, 89.6f).lineTo(378f, 91f).curveTo(386f, 95.6f, 390.4f, 106f, 391.4f, 117f)
                .lineTo(381f, 115.6f).curveTo(377.46f, 115.22f, 374.49f, 112.79f, 373.4f, 109.4f)
                .curveTo(371.6f, 104f, 370.8f, 98f, 371f, 92f).close()
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

    private val battery = MachinePart(332f, 98f, PathData {
        moveTo(322f, 88f).lineTo(322f, 85.5f).curveTo(322f, 84.67f, 322.67f, 84f, 323.5f, 84f).lineTo(327f, 84f)
            .curveTo(327.83f, 84f, 328.5f, 84.67f, 328.5f, 85.5f).lineTo(328.5f, 88f).lineTo(335f, 88f).lineTo(335f, 85.5f)
            .curveTo(335f, 84.67f, 335.67f, 84f, 336.5f, 84f).lineTo(340f, 84f).curveTo(340.83f, 84f, 341.5f, 84.67f, 341.5f, 85.5f)
            .lineTo(341.5f, 88f).lineTo(342f, 88f).curveTo(343.1f, 88f, 344f, 88.9f, 344f, 90f).lineTo(344f, 107f)
            .curveTo(344f, 108.1f, 343.1f, 109f, 342f, 109f).lineTo(322f, 109f).curveTo(320.9f, 109f, 320f, 108.1f, 320f, 107f)
            .lineTo(320f, 90f).curveTo(320f, 88.9f, 320.9f, 88f, 322f, 88f).close()
    })

    private val coolingSystem = MachinePart(358f, 112f, PathData {
        moveTo(352f, 92f).lineTo(356f, 92f).lineTo(356f, 90f).curveTo(356f, 89.17f, 356.67f, 88.5f, 357.5f, 88.5f)
            .lineTo(360.5f, 88.5f).curveTo(361.33f, 88.5f, 362f, 89.17f, 362f, 90f).lineTo(362f, 92f).lineTo(364f, 92f)
            .curveTo(365.66f, 92f, 367f, 93.34f, 367f, 95f).lineTo(367f, 135f).curveTo(367f, 136.66f, 365.66f, 138f, 364f, 138f)
            .lineTo(362.4f, 138f).curveTo(359.4f, 131.86f, 354.77f, 126.67f, 349f, 123f).lineTo(349f, 95f)
            .curveTo(349f, 93.34f, 350.34f, 92f, 352f, 92f).close()
    })

    private val oilSystem = MachinePart(263f, 138f, PathData {
        moveTo(244f, 130f).lineTo(282f, 130f).curveTo(282.63f, 129.98f, 283.23f, 130.26f, 283.63f, 130.75f)
            .curveTo(284.02f, 131.24f, 284.16f, 131.89f, 284f, 132.5f).lineTo(280f, 144f)
            .curveTo(279.22f, 145.79f, 277.46f, 146.97f, 275.5f, 147f).lineTo(252f, 147f)
            .curveTo(250.04f, 146.97f, 248.28f, 145.79f, 247.5f, 144f).lineTo(242f, 132.5f)
            .curveTo(241.84f, 131.89f, 241.98f, 131.24f, 242.37f, 130.75f).curveTo(242.77f, 130.26f, 243.37f, 129.98f, 244f, 130f).close()
    })

    private val suspension = MachinePart(92f, 94.4f, PathData {
        moveTo(78f, 75.5f).lineTo(106f, 75.5f).curveTo(107.38f, 75.5f, 108.5f, 76.62f, 108.5f, 78f)
            .curveTo(108.5f, 79.38f, 107.38f, 80.5f, 106f, 80.5f).lineTo(78f, 80.5f).curveTo(76.62f, 80.5f, 75.5f, 79.38f, 75.5f, 78f)
            .curveTo(75.5f, 76.62f, 76.62f, 75.5f, 78f, 75.5f).close().moveTo(80.51f, 87.35f).lineTo(102.51f, 82.55f)
            .curveTo(103.75f, 82.28f, 104.98f, 83.07f, 105.25f, 84.31f).curveTo(105.52f, 85.55f, 104.73f, 86.78f, 103.49f, 87.05f)
            .lineTo(81.49f, 91.85f).curveTo(80.25f, 92.12f, 79.02f, 91.33f, 78.75f, 90.09f)
            .curveTo(78.48f, 88.85f, 79.27f, 87.62f, 80.51f, 87.35f).close().moveTo(80.51f, 94.55f).lineTo(102.51f, 89.75f)
            .curveTo(103.75f, 89.48f, 104.98f, 90.27f, 105.25f, 91.51f).curveTo(105.52f, 92.75f, 104.73f, 93.98f, 103.49f, 94.25f)
            .lineTo(81.49f, 99.05f).curveTo(80.25f, 99.32f, 79.02f, 98.53f, 78.75f, 97.29f)
            .curveTo(78.48f, 96.05f, 79.27f, 94.82f, 80.51f, 94.55f).close().moveTo(80.51f, 101.75f).lineTo(102.51f, 96.95f)
            .curveTo(103.75f, 96.68f, 104.98f, 97.47f, 105.25f, 98.71f).curveTo(105.52f, 99.95f, 104.73f, 101.18f, 103.49f, 101.45f)
            .lineTo(81.49f, 106.25f).curveTo(80.25f, 106.52f, 79.02f, 105.73f, 78.75f, 104.49f)
            .curveTo(78.48f, 103.25f, 79.27f, 102.02f, 80.51f, 101.75f).close().moveTo(78f, 108.1f).lineTo(106f, 108.1f)
            .curveTo(107.38f, 108.1f, 108.5f, 109.22f, 108.5f, 110.6f).curveTo(108.5f, 111.98f, 107.38f, 113.1f, 106f, 113.1f)
            .lineTo(78f, 113.1f).curveTo(76.62f, 113.1f, 75.5f, 111.98f, 75.5f, 110.6f)
            .curveTo(75.5f, 109.22f, 76.62f, 108.1f, 78f, 108.1f).close()
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

    private val fuelSystem = MachinePart(170f, 124f, PathData {
        moveTo(138f, 96f).curveTo(138f, 94.62f, 139.12f, 93.5f, 140.5f, 93.5f).curveTo(141.88f, 93.5f, 143f, 94.62f, 143f, 96f)
            .lineTo(143f, 105f).curveTo(143f, 106.66f, 144.34f, 108f, 146f, 108f).lineTo(196f, 108f)
            .curveTo(199.31f, 108f, 202f, 110.69f, 202f, 114f).lineTo(202f, 133f).curveTo(202f, 136.31f, 199.31f, 139f, 196f, 139f)
            .lineTo(146f, 139f).curveTo(141.58f, 139f, 138f, 135.42f, 138f, 131f).close()
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
