// Made by `pmi-pack design` from bindings/design: change it there.
package io.pmi.app.design

import androidx.compose.ui.graphics.vector.PathData
import androidx.compose.ui.graphics.vector.PathNode
import io.pmi.core.ComponentSpot

/** What a part of the drawing of a vehicle is drawn in. */
enum class MachineInk { BODY, SHADE, GLASS, TYRE, RIM, LINE }

/** A part of the drawing that stands for no component. */
class MachinePanel internal constructor(val ink: MachineInk, val outline: List<PathNode>)

/** A component on the drawing, with a point in it; a line leads from there to where its mark is. */
class MachinePart internal constructor(
    val x: Float,
    val y: Float,
    val markX: Float,
    val markY: Float,
    val outline: List<PathNode>,
)

/** A vehicle from its side, in units of its own: `width` by `height`. */
object Machine {
    const val width: Float = 400f
    const val height: Float = 340f

    /** Drawn first, in this order. */
    val body: List<MachinePanel> = listOf(
        MachinePanel(MachineInk.SHADE, PathData {
            moveTo(26f, 253.5f).curveTo(26f, 250f, 100f, 248.6f, 207f, 248.6f).curveTo(314f, 248.6f, 388f, 250f, 388f, 253.5f)
                .curveTo(388f, 257f, 314f, 258.4f, 207f, 258.4f).curveTo(100f, 258.4f, 26f, 257f, 26f, 253.5f).close()
        }),
        MachinePanel(MachineInk.TYRE, PathData {
            moveTo(57f, 228f).curveTo(54.64f, 214.08f, 60.75f, 200.09f, 72.56f, 192.36f)
                .curveTo(84.37f, 184.63f, 99.63f, 184.63f, 111.44f, 192.36f).curveTo(123.25f, 200.09f, 129.36f, 214.08f, 127f, 228f)
                .close()
        }),
        MachinePanel(MachineInk.TYRE, PathData {
            moveTo(287f, 228f).curveTo(284.64f, 214.08f, 290.75f, 200.09f, 302.56f, 192.36f)
                .curveTo(314.37f, 184.63f, 329.63f, 184.63f, 341.44f, 192.36f).curveTo(353.25f, 200.09f, 359.36f, 214.08f, 357f, 228f)
                .close()
        }),
        MachinePanel(MachineInk.BODY, PathData {
            moveTo(14f, 196f).curveTo(12.5f, 182f, 13.5f, 166f, 19f, 150f).lineTo(27f, 131f).curveTo(35f, 113f, 44f, 102.5f, 58f, 98f)
                .curveTo(78f, 92f, 112f, 90f, 140f, 90f).curveTo(182f, 90f, 210f, 93.5f, 234f, 106f)
                .curveTo(250f, 114.5f, 266f, 127f, 281f, 140f).curveTo(320f, 142f, 356f, 147.5f, 376f, 158f)
                .curveTo(386f, 163.5f, 390.5f, 176f, 391f, 192f).lineTo(391.5f, 210f).curveTo(391.5f, 221f, 387f, 228f, 377f, 228f)
                .lineTo(357f, 228f).curveTo(359.36f, 214.08f, 353.25f, 200.09f, 341.44f, 192.36f)
                .curveTo(329.63f, 184.63f, 314.37f, 184.63f, 302.56f, 192.36f).curveTo(290.75f, 200.09f, 284.64f, 214.08f, 287f, 228f)
                .lineTo(127f, 228f).curveTo(129.36f, 214.08f, 123.25f, 200.09f, 111.44f, 192.36f)
                .curveTo(99.63f, 184.63f, 84.37f, 184.63f, 72.56f, 192.36f).curveTo(60.75f, 200.09f, 54.64f, 214.08f, 57f, 228f)
                .lineTo(29f, 228f).curveTo(19f, 228f, 15.5f, 219f, 14.8f, 208f).close()
        }),
        MachinePanel(MachineInk.SHADE, PathData {
            moveTo(14.6f, 206f).curveTo(15.5f, 220f, 19f, 228f, 29f, 228f).lineTo(57f, 228f)
                .curveTo(55.71f, 220.5f, 56.87f, 212.79f, 60.3f, 206f).close()
        }),
        MachinePanel(MachineInk.SHADE, PathData {
            moveTo(123.7f, 206f).curveTo(127.13f, 212.79f, 128.29f, 220.5f, 127f, 228f).lineTo(287f, 228f)
                .curveTo(285.71f, 220.5f, 286.87f, 212.79f, 290.3f, 206f).close()
        }),
        MachinePanel(MachineInk.SHADE, PathData {
            moveTo(353.7f, 206f).curveTo(357.13f, 212.79f, 358.29f, 220.5f, 357f, 228f).lineTo(377f, 228f)
                .curveTo(387f, 228f, 391.5f, 221f, 391.4f, 206f).close()
        }),
        MachinePanel(MachineInk.GLASS, PathData {
            moveTo(37f, 138f).curveTo(43f, 122f, 51f, 111f, 62f, 106.5f).curveTo(74f, 102.5f, 90f, 101f, 107f, 100.2f)
                .lineTo(110f, 138f).close()
        }),
        MachinePanel(MachineInk.GLASS, PathData {
            moveTo(117f, 99.9f).curveTo(142f, 99.2f, 160f, 99.6f, 177f, 101.2f).lineTo(184f, 138f).lineTo(119.5f, 138f).close()
        }),
        MachinePanel(MachineInk.GLASS, PathData {
            moveTo(187f, 102.4f).curveTo(204f, 104.8f, 216f, 108.6f, 227f, 114.6f).curveTo(240f, 122f, 250f, 130f, 259f, 138f)
                .lineTo(193.6f, 138f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(114.4f, 142f).lineTo(116f, 142f).lineTo(120.4f, 190f).lineTo(118.8f, 190f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(187.6f, 142f).lineTo(189.2f, 142f).lineTo(191f, 206f).lineTo(189.4f, 206f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(256.6f, 142f).lineTo(258.2f, 142f).lineTo(259.6f, 206f).lineTo(258f, 206f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(160f, 150f).lineTo(175f, 150f).curveTo(175.94f, 150f, 176.7f, 150.76f, 176.7f, 151.7f)
                .curveTo(176.7f, 152.64f, 175.94f, 153.4f, 175f, 153.4f).lineTo(160f, 153.4f)
                .curveTo(159.06f, 153.4f, 158.3f, 152.64f, 158.3f, 151.7f).curveTo(158.3f, 150.76f, 159.06f, 150f, 160f, 150f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(229f, 150f).lineTo(244f, 150f).curveTo(244.94f, 150f, 245.7f, 150.76f, 245.7f, 151.7f)
                .curveTo(245.7f, 152.64f, 244.94f, 153.4f, 244f, 153.4f).lineTo(229f, 153.4f)
                .curveTo(228.06f, 153.4f, 227.3f, 152.64f, 227.3f, 151.7f).curveTo(227.3f, 150.76f, 228.06f, 150f, 229f, 150f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(244.6f, 128f).curveTo(250f, 128f, 256f, 130.6f, 258f, 135f)
                .curveTo(258.33f, 135.8f, 258.25f, 136.72f, 257.76f, 137.44f).curveTo(257.28f, 138.17f, 256.47f, 138.6f, 255.6f, 138.6f)
                .lineTo(247f, 138.6f).curveTo(246.19f, 138.63f, 245.4f, 138.32f, 244.81f, 137.76f)
                .curveTo(244.23f, 137.19f, 243.9f, 136.41f, 243.9f, 135.6f).close()
        }),
        MachinePanel(MachineInk.LINE, PathData {
            moveTo(19.6f, 150f).lineTo(27f, 150f).curveTo(28.66f, 150f, 30f, 151.34f, 30f, 153f).lineTo(30f, 170f)
                .curveTo(30f, 171.66f, 28.66f, 173f, 27f, 173f).lineTo(14.2f, 173f).curveTo(14.6f, 164.6f, 16.4f, 157f, 19.6f, 150f)
                .close()
        }),
        MachinePanel(MachineInk.GLASS, PathData {
            moveTo(369.5f, 161.5f).curveTo(369.46f, 160.49f, 369.94f, 159.53f, 370.77f, 158.94f)
                .curveTo(371.59f, 158.36f, 372.66f, 158.23f, 373.6f, 158.6f).lineTo(376f, 158.9f)
                .curveTo(384.4f, 164f, 388.4f, 172f, 389.8f, 183f).lineTo(380f, 182f)
                .curveTo(376.54f, 181.79f, 373.5f, 179.61f, 372.2f, 176.4f).curveTo(370.4f, 171.6f, 369.5f, 166.6f, 369.5f, 161.5f).close()
        }),
        MachinePanel(MachineInk.TYRE, PathData {
            moveTo(62f, 222f).curveTo(62f, 205.43f, 75.43f, 192f, 92f, 192f).curveTo(108.57f, 192f, 122f, 205.43f, 122f, 222f)
                .curveTo(122f, 238.57f, 108.57f, 252f, 92f, 252f).curveTo(75.43f, 252f, 62f, 238.57f, 62f, 222f).close()
        }),
        MachinePanel(MachineInk.TYRE, PathData {
            moveTo(292f, 222f).curveTo(292f, 205.43f, 305.43f, 192f, 322f, 192f).curveTo(338.57f, 192f, 352f, 205.43f, 352f, 222f)
                .curveTo(352f, 238.57f, 338.57f, 252f, 322f, 252f).curveTo(305.43f, 252f, 292f, 238.57f, 292f, 222f).close()
        }),
        MachinePanel(MachineInk.RIM, PathData {
            moveTo(71f, 222f).curveTo(71f, 210.4f, 80.4f, 201f, 92f, 201f).curveTo(103.6f, 201f, 113f, 210.4f, 113f, 222f)
                .curveTo(113f, 233.6f, 103.6f, 243f, 92f, 243f).curveTo(80.4f, 243f, 71f, 233.6f, 71f, 222f).close().moveTo(73.6f, 222f)
                .curveTo(73.6f, 232.16f, 81.84f, 240.4f, 92f, 240.4f).curveTo(102.16f, 240.4f, 110.4f, 232.16f, 110.4f, 222f)
                .curveTo(110.4f, 211.84f, 102.16f, 203.6f, 92f, 203.6f).curveTo(81.84f, 203.6f, 73.6f, 211.84f, 73.6f, 222f).close()
        }),
        MachinePanel(MachineInk.RIM, PathData {
            moveTo(301f, 222f).curveTo(301f, 210.4f, 310.4f, 201f, 322f, 201f).curveTo(333.6f, 201f, 343f, 210.4f, 343f, 222f)
                .curveTo(343f, 233.6f, 333.6f, 243f, 322f, 243f).curveTo(310.4f, 243f, 301f, 233.6f, 301f, 222f).close()
                .moveTo(303.6f, 222f).curveTo(303.6f, 232.16f, 311.84f, 240.4f, 322f, 240.4f)
                .curveTo(332.16f, 240.4f, 340.4f, 232.16f, 340.4f, 222f).curveTo(340.4f, 211.84f, 332.16f, 203.6f, 322f, 203.6f)
                .curveTo(311.84f, 203.6f, 303.6f, 211.84f, 303.6f, 222f).close()
        }),
        MachinePanel(MachineInk.SHADE, PathData {
            moveTo(73.6f, 222f).curveTo(73.6f, 211.84f, 81.84f, 203.6f, 92f, 203.6f)
                .curveTo(102.16f, 203.6f, 110.4f, 211.84f, 110.4f, 222f).curveTo(110.4f, 232.16f, 102.16f, 240.4f, 92f, 240.4f)
                .curveTo(81.84f, 240.4f, 73.6f, 232.16f, 73.6f, 222f).close()
        }),
        MachinePanel(MachineInk.SHADE, PathData {
            moveTo(303.6f, 222f).curveTo(303.6f, 211.84f, 311.84f, 203.6f, 322f, 203.6f)
                .curveTo(332.16f, 203.6f, 340.4f, 211.84f, 340.4f, 222f).curveTo(340.4f, 232.16f, 332.16f, 240.4f, 322f, 240.4f)
                .curveTo(311.84f, 240.4f, 303.6f, 232.16f, 303.6f, 222f).close()
        }),
        MachinePanel(MachineInk.RIM, PathData {
            moveTo(88.9f, 219.4f).lineTo(89.7f, 203.1f).curveTo(91.23f, 202.91f, 92.77f, 202.91f, 94.3f, 203.1f).lineTo(95.1f, 219.4f)
                .close().moveTo(93.5f, 218.3f).lineTo(109.2f, 214f).curveTo(109.88f, 215.4f, 110.38f, 216.88f, 110.7f, 218.4f)
                .lineTo(95.4f, 224.1f).close().moveTo(96f, 222.3f).lineTo(105f, 235.9f)
                .curveTo(103.85f, 236.95f, 102.57f, 237.86f, 101.2f, 238.6f).lineTo(91f, 225.9f).close().moveTo(93f, 225.9f)
                .lineTo(82.8f, 238.6f).curveTo(81.43f, 237.86f, 80.15f, 236.95f, 79f, 235.9f).lineTo(88f, 222.3f).close()
                .moveTo(88.6f, 224.1f).lineTo(73.3f, 218.4f).curveTo(73.62f, 216.88f, 74.12f, 215.4f, 74.8f, 214f).lineTo(90.5f, 218.3f)
                .close().moveTo(87f, 222f).curveTo(87f, 219.24f, 89.24f, 217f, 92f, 217f).curveTo(94.76f, 217f, 97f, 219.24f, 97f, 222f)
                .curveTo(97f, 224.76f, 94.76f, 227f, 92f, 227f).curveTo(89.24f, 227f, 87f, 224.76f, 87f, 222f).close()
        }),
        MachinePanel(MachineInk.RIM, PathData {
            moveTo(318.9f, 219.4f).lineTo(319.7f, 203.1f).curveTo(321.23f, 202.91f, 322.77f, 202.91f, 324.3f, 203.1f)
                .lineTo(325.1f, 219.4f).close().moveTo(323.5f, 218.3f).lineTo(339.2f, 214f)
                .curveTo(339.88f, 215.4f, 340.38f, 216.88f, 340.7f, 218.4f).lineTo(325.4f, 224.1f).close().moveTo(326f, 222.3f)
                .lineTo(335f, 235.9f).curveTo(333.85f, 236.95f, 332.57f, 237.86f, 331.2f, 238.6f).lineTo(321f, 225.9f).close()
                .moveTo(323f, 225.9f).lineTo(312.8f, 238.6f).curveTo(311.43f, 237.86f, 310.15f, 236.95f, 309f, 235.9f).lineTo(318f, 222.3f)
                .close().moveTo(318.6f, 224.1f).lineTo(303.3f, 218.4f).curveTo(303.62f, 216.88f, 304.12f, 215.4f, 304.8f, 214f)
                .lineTo(320.5f, 218.3f).close().moveTo(317f, 222f).curveTo(317f, 219.24f, 319.24f, 217f, 322f, 217f)
                .curveTo(324.76f, 217f, 327f, 219.24f, 327f, 222f).curveTo(327f, 224.76f, 324.76f, 227f, 322f, 227f)
                .curveTo(319.24f, 227f, 317f, 224.76f, 317f, 222f).close()
        }),
    )

    private val engine = MachinePart(286f, 168f, 280f, 38f, PathData {
        moveTo(262f, 156f).lineTo(266f, 156f).lineTo(266f, 152f).lineTo(306f, 152f).lineTo(306f, 156f).lineTo(312f, 156f)
            .curveTo(313.66f, 156f, 315f, 157.34f, 315f, 159f).lineTo(315f, 176f).curveTo(315f, 177.66f, 313.66f, 179f, 312f, 179f)
            .lineTo(308f, 179f).curveTo(300.41f, 180.65f, 293.46f, 184.47f, 288f, 190f).lineTo(266f, 190f)
            .curveTo(264.34f, 190f, 263f, 188.66f, 263f, 187f).lineTo(263f, 181f).lineTo(258f, 181f)
            .curveTo(256.9f, 181f, 256f, 180.1f, 256f, 179f).lineTo(256f, 165f).curveTo(256f, 163.9f, 256.9f, 163f, 258f, 163f)
            .lineTo(262f, 163f).close()
    })

    private val transmission = MachinePart(232f, 180f, 200f, 38f, PathData {
        moveTo(250f, 164f).lineTo(250f, 196f).curveTo(250.11f, 196.76f, 249.77f, 197.52f, 249.13f, 197.94f)
            .curveTo(248.49f, 198.37f, 247.66f, 198.39f, 247f, 198f).lineTo(236f, 193f).lineTo(214f, 190f)
            .curveTo(211.99f, 189.75f, 210.48f, 188.03f, 210.5f, 186f).lineTo(210.5f, 175f)
            .curveTo(210.48f, 172.97f, 211.99f, 171.25f, 214f, 171f).lineTo(236f, 167.5f).lineTo(247f, 162f)
            .curveTo(247.66f, 161.61f, 248.49f, 161.63f, 249.13f, 162.06f).curveTo(249.77f, 162.48f, 250.11f, 163.24f, 250f, 164f).close()
    })

    private val brakes = MachinePart(314f, 230f, 280f, 302f, PathData {
        moveTo(78f, 222f).curveTo(78f, 214.27f, 84.27f, 208f, 92f, 208f).curveTo(99.73f, 208f, 106f, 214.27f, 106f, 222f)
            .curveTo(106f, 229.73f, 99.73f, 236f, 92f, 236f).curveTo(84.27f, 236f, 78f, 229.73f, 78f, 222f).close().moveTo(84f, 222f)
            .curveTo(84f, 226.42f, 87.58f, 230f, 92f, 230f).curveTo(96.42f, 230f, 100f, 226.42f, 100f, 222f)
            .curveTo(100f, 217.58f, 96.42f, 214f, 92f, 214f).curveTo(87.58f, 214f, 84f, 217.58f, 84f, 222f).close().moveTo(308f, 222f)
            .curveTo(308f, 214.27f, 314.27f, 208f, 322f, 208f).curveTo(329.73f, 208f, 336f, 214.27f, 336f, 222f)
            .curveTo(336f, 229.73f, 329.73f, 236f, 322f, 236f).curveTo(314.27f, 236f, 308f, 229.73f, 308f, 222f).close().moveTo(314f, 222f)
            .curveTo(314f, 226.42f, 317.58f, 230f, 322f, 230f).curveTo(326.42f, 230f, 330f, 226.42f, 330f, 222f)
            .curveTo(330f, 217.58f, 326.42f, 214f, 322f, 214f).curveTo(317.58f, 214f, 314f, 217.58f, 314f, 222f).close()
    })

    private val battery = MachinePart(334f, 168f, 360f, 38f, PathData {
        moveTo(322f, 160f).lineTo(322f, 157.5f).curveTo(322f, 156.67f, 322.67f, 156f, 323.5f, 156f).lineTo(327f, 156f)
            .curveTo(327.83f, 156f, 328.5f, 156.67f, 328.5f, 157.5f).lineTo(328.5f, 160f).lineTo(335f, 160f).lineTo(335f, 157.5f)
            .curveTo(335f, 156.67f, 335.67f, 156f, 336.5f, 156f).lineTo(340f, 156f).curveTo(340.83f, 156f, 341.5f, 156.67f, 341.5f, 157.5f)
            .lineTo(341.5f, 160f).lineTo(342f, 160f).curveTo(343.1f, 160f, 344f, 160.9f, 344f, 162f).lineTo(344f, 179f)
            .curveTo(344f, 180.1f, 343.1f, 181f, 342f, 181f).lineTo(322f, 181f).curveTo(320.9f, 181f, 320f, 180.1f, 320f, 179f)
            .lineTo(320f, 162f).curveTo(320f, 160.9f, 320.9f, 160f, 322f, 160f).close()
    })

    private val coolingSystem = MachinePart(360f, 196f, 360f, 302f, PathData {
        moveTo(353f, 164f).lineTo(357f, 164f).lineTo(357f, 162f).curveTo(357f, 161.17f, 357.67f, 160.5f, 358.5f, 160.5f)
            .lineTo(361.5f, 160.5f).curveTo(362.33f, 160.5f, 363f, 161.17f, 363f, 162f).lineTo(363f, 164f).lineTo(365f, 164f)
            .curveTo(366.66f, 164f, 368f, 165.34f, 368f, 167f).lineTo(368f, 207f).curveTo(368f, 208.66f, 366.66f, 210f, 365f, 210f)
            .lineTo(359f, 210f).curveTo(357.2f, 204.25f, 354.12f, 198.99f, 350f, 194.6f).lineTo(350f, 167f)
            .curveTo(350f, 165.34f, 351.34f, 164f, 353f, 164f).close()
    })

    private val oilSystem = MachinePart(259f, 209f, 200f, 302f, PathData {
        moveTo(240f, 200f).lineTo(278f, 200f).curveTo(278.63f, 199.98f, 279.23f, 200.26f, 279.63f, 200.75f)
            .curveTo(280.02f, 201.24f, 280.16f, 201.89f, 280f, 202.5f).lineTo(276f, 214f)
            .curveTo(275.22f, 215.79f, 273.46f, 216.97f, 271.5f, 217f).lineTo(248f, 217f)
            .curveTo(246.04f, 216.97f, 244.28f, 215.79f, 243.5f, 214f).lineTo(238f, 202.5f)
            .curveTo(237.84f, 201.89f, 237.98f, 201.24f, 238.37f, 200.75f).curveTo(238.77f, 200.26f, 239.37f, 199.98f, 240f, 200f).close()
    })

    private val suspension = MachinePart(92f, 146f, 40f, 38f, PathData {
        moveTo(78f, 143.5f).lineTo(106f, 143.5f).curveTo(107.38f, 143.5f, 108.5f, 144.62f, 108.5f, 146f)
            .curveTo(108.5f, 147.38f, 107.38f, 148.5f, 106f, 148.5f).lineTo(78f, 148.5f)
            .curveTo(76.62f, 148.5f, 75.5f, 147.38f, 75.5f, 146f).curveTo(75.5f, 144.62f, 76.62f, 143.5f, 78f, 143.5f).close()
            .moveTo(80.51f, 155.35f).lineTo(102.51f, 150.55f).curveTo(103.75f, 150.28f, 104.98f, 151.07f, 105.25f, 152.31f)
            .curveTo(105.52f, 153.55f, 104.73f, 154.78f, 103.49f, 155.05f).lineTo(81.49f, 159.85f)
            .curveTo(80.25f, 160.12f, 79.02f, 159.33f, 78.75f, 158.09f).curveTo(78.48f, 156.85f, 79.27f, 155.62f, 80.51f, 155.35f).close()
            .moveTo(80.51f, 162.55f).lineTo(102.51f, 157.75f).curveTo(103.75f, 157.48f, 104.98f, 158.27f, 105.25f, 159.51f)
            .curveTo(105.52f, 160.75f, 104.73f, 161.98f, 103.49f, 162.25f).lineTo(81.49f, 167.05f)
            .curveTo(80.25f, 167.32f, 79.02f, 166.53f, 78.75f, 165.29f).curveTo(78.48f, 164.05f, 79.27f, 162.82f, 80.51f, 162.55f).close()
            .moveTo(80.51f, 169.75f).lineTo(102.51f, 164.95f).curveTo(103.75f, 164.68f, 104.98f, 165.47f, 105.25f, 166.71f)
            .curveTo(105.52f, 167.95f, 104.73f, 169.18f, 103.49f, 169.45f).lineTo(81.49f, 174.25f)
            .curveTo(80.25f, 174.52f, 79.02f, 173.73f, 78.75f, 172.49f).curveTo(78.48f, 171.25f, 79.27f, 170.02f, 80.51f, 169.75f).close()
            .moveTo(78f, 176.1f).lineTo(106f, 176.1f).curveTo(107.38f, 176.1f, 108.5f, 177.22f, 108.5f, 178.6f)
            .curveTo(108.5f, 179.98f, 107.38f, 181.1f, 106f, 181.1f).lineTo(78f, 181.1f)
            .curveTo(76.62f, 181.1f, 75.5f, 179.98f, 75.5f, 178.6f).curveTo(75.5f, 177.22f, 76.62f, 176.1f, 78f, 176.1f).close()
    })

    private val tires = MachinePart(98f, 247f, 120f, 302f, PathData {
        moveTo(62f, 222f).curveTo(62f, 205.43f, 75.43f, 192f, 92f, 192f).curveTo(108.57f, 192f, 122f, 205.43f, 122f, 222f)
            .curveTo(122f, 238.57f, 108.57f, 252f, 92f, 252f).curveTo(75.43f, 252f, 62f, 238.57f, 62f, 222f).close().moveTo(71f, 222f)
            .curveTo(71f, 233.6f, 80.4f, 243f, 92f, 243f).curveTo(103.6f, 243f, 113f, 233.6f, 113f, 222f)
            .curveTo(113f, 210.4f, 103.6f, 201f, 92f, 201f).curveTo(80.4f, 201f, 71f, 210.4f, 71f, 222f).close().moveTo(292f, 222f)
            .curveTo(292f, 205.43f, 305.43f, 192f, 322f, 192f).curveTo(338.57f, 192f, 352f, 205.43f, 352f, 222f)
            .curveTo(352f, 238.57f, 338.57f, 252f, 322f, 252f).curveTo(305.43f, 252f, 292f, 238.57f, 292f, 222f).close().moveTo(301f, 222f)
            .curveTo(301f, 233.6f, 310.4f, 243f, 322f, 243f).curveTo(333.6f, 243f, 343f, 233.6f, 343f, 222f)
            .curveTo(343f, 210.4f, 333.6f, 201f, 322f, 201f).curveTo(310.4f, 201f, 301f, 210.4f, 301f, 222f).close()
    })

    private val exhaust = MachinePart(34f, 217f, 40f, 302f, PathData {
        moveTo(24f, 208f).lineTo(44f, 208f).curveTo(47.31f, 208f, 50f, 210.69f, 50f, 214f).lineTo(50f, 218f)
            .curveTo(50f, 221.31f, 47.31f, 224f, 44f, 224f).lineTo(24f, 224f).curveTo(20.69f, 224f, 18f, 221.31f, 18f, 218f)
            .lineTo(8f, 218f).lineTo(8f, 212.5f).lineTo(18f, 212.5f).curveTo(18.7f, 209.78f, 21.19f, 207.91f, 24f, 208f).close()
            .moveTo(131f, 218.5f).lineTo(228f, 218.5f).curveTo(229.06f, 218.73f, 229.82f, 219.66f, 229.82f, 220.75f)
            .curveTo(229.82f, 221.84f, 229.06f, 222.77f, 228f, 223f).lineTo(131f, 223f).close()
    })

    private val fuelSystem = MachinePart(160f, 192f, 120f, 38f, PathData {
        moveTo(138f, 168f).curveTo(138f, 166.62f, 139.12f, 165.5f, 140.5f, 165.5f).curveTo(141.88f, 165.5f, 143f, 166.62f, 143f, 168f)
            .lineTo(143f, 177f).curveTo(143f, 178.66f, 144.34f, 180f, 146f, 180f).lineTo(196f, 180f)
            .curveTo(199.31f, 180f, 202f, 182.69f, 202f, 186f).lineTo(202f, 203f).curveTo(202f, 206.31f, 199.31f, 209f, 196f, 209f)
            .lineTo(146f, 209f).curveTo(141.58f, 209f, 138f, 205.42f, 138f, 201f).close()
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
