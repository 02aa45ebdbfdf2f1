// Made by `pmi-pack design` from bindings/design: change it there.
package io.pmi.app.design

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.PathBuilder
import androidx.compose.ui.graphics.vector.path
import androidx.compose.ui.unit.dp

/** The icons: drawn in black, to be tinted. */
enum class Icon(private val drawn: ImageVector.Builder.() -> Unit) {
    BACK({
        stroke {
            moveTo(15f, 5f).lineTo(8f, 12f).lineTo(15f, 19f)
        }
    }),
    FORWARD({
        stroke {
            moveTo(9f, 5f).lineTo(16f, 12f).lineTo(9f, 19f)
        }
    }),
    UP({
        stroke {
            moveTo(5f, 15.5f).lineTo(12f, 8.5f).lineTo(19f, 15.5f)
        }
    }),
    DOWN({
        stroke {
            moveTo(5f, 8.5f).lineTo(12f, 15.5f).lineTo(19f, 8.5f)
        }
    }),
    CLOSE({
        stroke {
            moveTo(6f, 6f).lineTo(18f, 18f)
            moveTo(18f, 6f).lineTo(6f, 18f)
        }
    }),
    PLUS({
        stroke {
            moveTo(12f, 5f).lineTo(12f, 19f)
            moveTo(5f, 12f).lineTo(19f, 12f)
        }
    }),
    CHECK({
        stroke {
            moveTo(5f, 12.75f).lineTo(9.75f, 17.5f).lineTo(19f, 7.25f)
        }
    }),
    MORE({
        fill {
            moveTo(3.9f, 12f).curveTo(3.9f, 11.116f, 4.616f, 10.4f, 5.5f, 10.4f)
            curveTo(6.384f, 10.4f, 7.1f, 11.116f, 7.1f, 12f).curveTo(7.1f, 12.884f, 6.384f, 13.6f, 5.5f, 13.6f)
            curveTo(4.616f, 13.6f, 3.9f, 12.884f, 3.9f, 12f).close()
            moveTo(10.4f, 12f).curveTo(10.4f, 11.116f, 11.116f, 10.4f, 12f, 10.4f)
            curveTo(12.884f, 10.4f, 13.6f, 11.116f, 13.6f, 12f).curveTo(13.6f, 12.884f, 12.884f, 13.6f, 12f, 13.6f)
            curveTo(11.116f, 13.6f, 10.4f, 12.884f, 10.4f, 12f).close()
            moveTo(16.9f, 12f).curveTo(16.9f, 11.116f, 17.616f, 10.4f, 18.5f, 10.4f)
            curveTo(19.384f, 10.4f, 20.1f, 11.116f, 20.1f, 12f).curveTo(20.1f, 12.884f, 19.384f, 13.6f, 18.5f, 13.6f)
            curveTo(17.616f, 13.6f, 16.9f, 12.884f, 16.9f, 12f).close()
        }
    }),
    EDIT({
        stroke {
            moveTo(4.75f, 19.25f).lineTo(5.6f, 15.3f).lineTo(15.9f, 5f)
            curveTo(16.661f, 4.244f, 17.889f, 4.244f, 18.65f, 5f).lineTo(19f, 5.35f)
            curveTo(19.756f, 6.111f, 19.756f, 7.339f, 19f, 8.1f).lineTo(8.7f, 18.4f).close()
            moveTo(13.75f, 7.25f).lineTo(16.75f, 10.25f)
        }
    }),
    TRASH({
        stroke {
            moveTo(4.75f, 7f).lineTo(19.25f, 7f)
            moveTo(9.5f, 7f).lineTo(9.5f, 5.25f).curveTo(9.5f, 4.56f, 10.06f, 4f, 10.75f, 4f).lineTo(13.25f, 4f)
            curveTo(13.94f, 4f, 14.5f, 4.56f, 14.5f, 5.25f).lineTo(14.5f, 7f)
            moveTo(6.75f, 7f).lineTo(7.5f, 18.4f).curveTo(7.578f, 19.307f, 8.339f, 20.003f, 9.25f, 20f)
            lineTo(14.75f, 20f).curveTo(15.661f, 20.003f, 16.422f, 19.307f, 16.5f, 18.4f).lineTo(17.25f, 7f)
            moveTo(10.25f, 11f).lineTo(10.25f, 16f)
            moveTo(13.75f, 11f).lineTo(13.75f, 16f)
        }
    }),
    COPY({
        stroke {
            moveTo(10.5f, 8.5f).lineTo(18f, 8.5f).curveTo(19.105f, 8.5f, 20f, 9.395f, 20f, 10.5f).lineTo(20f, 18f)
            curveTo(20f, 19.105f, 19.105f, 20f, 18f, 20f).lineTo(10.5f, 20f)
            curveTo(9.395f, 20f, 8.5f, 19.105f, 8.5f, 18f).lineTo(8.5f, 10.5f)
            curveTo(8.5f, 9.395f, 9.395f, 8.5f, 10.5f, 8.5f).close()
            moveTo(15.5f, 8.5f).lineTo(15.5f, 6f).curveTo(15.5f, 4.895f, 14.605f, 4f, 13.5f, 4f).lineTo(6f, 4f)
            curveTo(4.895f, 4f, 4f, 4.895f, 4f, 6f).lineTo(4f, 13.5f).curveTo(4f, 14.605f, 4.895f, 15.5f, 6f, 15.5f)
            lineTo(8.5f, 15.5f)
        }
    }),
    SHARE({
        stroke {
            moveTo(12f, 14.5f).lineTo(12f, 3.75f)
            moveTo(8f, 7.5f).lineTo(12f, 3.5f).lineTo(16f, 7.5f)
            moveTo(8f, 10.5f).lineTo(7f, 10.5f).curveTo(5.895f, 10.5f, 5f, 11.395f, 5f, 12.5f).lineTo(5f, 18f)
            curveTo(5f, 19.105f, 5.895f, 20f, 7f, 20f).lineTo(17f, 20f).curveTo(18.105f, 20f, 19f, 19.105f, 19f, 18f)
            lineTo(19f, 12.5f).curveTo(19f, 11.395f, 18.105f, 10.5f, 17f, 10.5f).lineTo(16f, 10.5f)
        }
    }),
    DOWNLOAD({
        stroke {
            moveTo(12f, 3.75f).lineTo(12f, 14.5f)
            moveTo(7.5f, 10.5f).lineTo(12f, 15f).lineTo(16.5f, 10.5f)
            moveTo(4.5f, 16.25f).lineTo(4.5f, 18f).curveTo(4.5f, 19.105f, 5.395f, 20f, 6.5f, 20f).lineTo(17.5f, 20f)
            curveTo(18.605f, 20f, 19.5f, 19.105f, 19.5f, 18f).lineTo(19.5f, 16.25f)
        }
    }),
    SEND({
        stroke {
            moveTo(20.5f, 3.5f).lineTo(3.5f, 10f).lineTo(10.5f, 13.5f).lineTo(14f, 20.5f).close()
            moveTo(20.5f, 3.5f).lineTo(10.5f, 13.5f)
        }
    }),
    REFRESH({
        stroke {
            moveTo(19.52f, 14.74f).curveTo(18.301f, 18.08f, 15.025f, 20.215f, 11.477f, 19.981f)
            curveTo(7.93f, 19.747f, 4.962f, 17.199f, 4.194f, 13.728f)
            curveTo(3.425f, 10.256f, 5.04f, 6.694f, 8.157f, 4.984f)
            curveTo(11.274f, 3.274f, 15.145f, 3.827f, 17.66f, 6.34f).lineTo(20f, 8.7f)
            moveTo(20f, 4f).lineTo(20f, 8.7f).lineTo(15.3f, 8.7f)
        }
    }),
    SYNC({
        stroke {
            moveTo(4f, 11.25f).curveTo(4.301f, 8.161f, 6.355f, 5.522f, 9.276f, 4.472f)
            curveTo(12.197f, 3.422f, 15.461f, 4.149f, 17.66f, 6.34f).lineTo(20f, 8.7f)
            moveTo(20f, 4f).lineTo(20f, 8.7f).lineTo(15.3f, 8.7f)
            moveTo(20f, 12.75f).curveTo(19.699f, 15.839f, 17.645f, 18.478f, 14.724f, 19.528f)
            curveTo(11.803f, 20.578f, 8.539f, 19.851f, 6.34f, 17.66f).lineTo(4f, 15.3f)
            moveTo(4f, 20f).lineTo(4f, 15.3f).lineTo(8.7f, 15.3f)
        }
    }),
    OFFLINE({
        stroke {
            moveTo(7.25f, 18.5f).lineTo(16.9f, 18.5f).curveTo(18.98f, 18.475f, 20.712f, 16.897f, 20.929f, 14.828f)
            curveTo(21.146f, 12.759f, 19.78f, 10.856f, 17.75f, 10.4f)
            curveTo(17.119f, 7.843f, 14.894f, 5.997f, 12.265f, 5.848f)
            curveTo(9.636f, 5.699f, 7.217f, 7.281f, 6.3f, 9.75f)
            curveTo(4.065f, 10.207f, 2.545f, 12.29f, 2.791f, 14.558f)
            curveTo(3.037f, 16.826f, 4.969f, 18.534f, 7.25f, 18.5f).close()
            moveTo(4f, 3.25f).lineTo(20.75f, 20.75f)
        }
    }),
    WAITING({
        stroke {
            moveTo(7.25f, 18.5f).lineTo(16.9f, 18.5f).curveTo(18.98f, 18.475f, 20.712f, 16.897f, 20.929f, 14.828f)
            curveTo(21.146f, 12.759f, 19.78f, 10.856f, 17.75f, 10.4f)
            curveTo(17.119f, 7.843f, 14.894f, 5.997f, 12.265f, 5.848f)
            curveTo(9.636f, 5.699f, 7.217f, 7.281f, 6.3f, 9.75f)
            curveTo(4.065f, 10.207f, 2.545f, 12.29f, 2.791f, 14.558f)
            curveTo(3.037f, 16.826f, 4.969f, 18.534f, 7.25f, 18.5f).close()
            moveTo(12f, 15.75f).lineTo(12f, 10.75f)
            moveTo(9.75f, 12.75f).lineTo(12f, 10.5f).lineTo(14.25f, 12.75f)
        }
    }),
    GLOBE({
        stroke {
            moveTo(3.5f, 12f).curveTo(3.5f, 7.306f, 7.306f, 3.5f, 12f, 3.5f)
            curveTo(16.694f, 3.5f, 20.5f, 7.306f, 20.5f, 12f).curveTo(20.5f, 16.694f, 16.694f, 20.5f, 12f, 20.5f)
            curveTo(7.306f, 20.5f, 3.5f, 16.694f, 3.5f, 12f).close()
            moveTo(3.5f, 12f).lineTo(20.5f, 12f)
            moveTo(12f, 3.5f).curveTo(9.5f, 5.9f, 8.25f, 8.75f, 8.25f, 12f)
            curveTo(8.25f, 15.25f, 9.5f, 18.1f, 12f, 20.5f).curveTo(14.5f, 18.1f, 15.75f, 15.25f, 15.75f, 12f)
            curveTo(15.75f, 8.75f, 14.5f, 5.9f, 12f, 3.5f).close()
        }
    }),
    WARNING({
        stroke {
            moveTo(10.7f, 4.75f).curveTo(10.968f, 4.285f, 11.463f, 3.998f, 12f, 3.998f)
            curveTo(12.537f, 3.998f, 13.032f, 4.285f, 13.3f, 4.75f).lineTo(20.7f, 17.6f)
            curveTo(20.968f, 18.064f, 20.968f, 18.636f, 20.7f, 19.1f)
            curveTo(20.432f, 19.565f, 19.936f, 19.85f, 19.4f, 19.85f).lineTo(4.6f, 19.85f)
            curveTo(4.064f, 19.85f, 3.568f, 19.565f, 3.3f, 19.1f).curveTo(3.032f, 18.636f, 3.032f, 18.064f, 3.3f, 17.6f)
            close()
            moveTo(12f, 9.25f).lineTo(12f, 13.25f)
        }
        fill {
            moveTo(10.85f, 16.25f).curveTo(10.85f, 15.615f, 11.365f, 15.1f, 12f, 15.1f)
            curveTo(12.635f, 15.1f, 13.15f, 15.615f, 13.15f, 16.25f)
            curveTo(13.15f, 16.885f, 12.635f, 17.4f, 12f, 17.4f)
            curveTo(11.365f, 17.4f, 10.85f, 16.885f, 10.85f, 16.25f).close()
        }
    }),
    CRITICAL({
        stroke {
            moveTo(8.5f, 3.5f).lineTo(15.5f, 3.5f).lineTo(20.5f, 8.5f).lineTo(20.5f, 15.5f).lineTo(15.5f, 20.5f)
            lineTo(8.5f, 20.5f).lineTo(3.5f, 15.5f).lineTo(3.5f, 8.5f).close()
            moveTo(12f, 7.75f).lineTo(12f, 12.5f)
        }
        fill {
            moveTo(10.85f, 16f).curveTo(10.85f, 15.365f, 11.365f, 14.85f, 12f, 14.85f)
            curveTo(12.635f, 14.85f, 13.15f, 15.365f, 13.15f, 16f)
            curveTo(13.15f, 16.635f, 12.635f, 17.15f, 12f, 17.15f)
            curveTo(11.365f, 17.15f, 10.85f, 16.635f, 10.85f, 16f).close()
        }
    }),
    GOOD({
        stroke {
            moveTo(3.5f, 12f).curveTo(3.5f, 7.306f, 7.306f, 3.5f, 12f, 3.5f)
            curveTo(16.694f, 3.5f, 20.5f, 7.306f, 20.5f, 12f).curveTo(20.5f, 16.694f, 16.694f, 20.5f, 12f, 20.5f)
            curveTo(7.306f, 20.5f, 3.5f, 16.694f, 3.5f, 12f).close()
            moveTo(8f, 12.25f).lineTo(10.9f, 15.1f).lineTo(16.1f, 9.4f)
        }
    }),
    NEUTRAL({
        stroke {
            moveTo(3.5f, 12f).curveTo(3.5f, 7.306f, 7.306f, 3.5f, 12f, 3.5f)
            curveTo(16.694f, 3.5f, 20.5f, 7.306f, 20.5f, 12f).curveTo(20.5f, 16.694f, 16.694f, 20.5f, 12f, 20.5f)
            curveTo(7.306f, 20.5f, 3.5f, 16.694f, 3.5f, 12f).close()
            moveTo(8.5f, 12f).lineTo(15.5f, 12f)
        }
    }),
    UNKNOWN({
        stroke {
            moveTo(3.5f, 12f).curveTo(3.5f, 7.306f, 7.306f, 3.5f, 12f, 3.5f)
            curveTo(16.694f, 3.5f, 20.5f, 7.306f, 20.5f, 12f).curveTo(20.5f, 16.694f, 16.694f, 20.5f, 12f, 20.5f)
            curveTo(7.306f, 20.5f, 3.5f, 16.694f, 3.5f, 12f).close()
            moveTo(9.4f, 9.6f).curveTo(9.363f, 8.253f, 10.343f, 7.092f, 11.677f, 6.903f)
            curveTo(13.011f, 6.714f, 14.275f, 7.556f, 14.614f, 8.861f)
            curveTo(14.953f, 10.165f, 14.258f, 11.516f, 13f, 12f).curveTo(12.3f, 12.3f, 12f, 12.75f, 12f, 13.4f)
        }
        fill {
            moveTo(10.85f, 16.4f).curveTo(10.85f, 15.765f, 11.365f, 15.25f, 12f, 15.25f)
            curveTo(12.635f, 15.25f, 13.15f, 15.765f, 13.15f, 16.4f)
            curveTo(13.15f, 17.035f, 12.635f, 17.55f, 12f, 17.55f)
            curveTo(11.365f, 17.55f, 10.85f, 17.035f, 10.85f, 16.4f).close()
        }
    }),
    INFO({
        stroke {
            moveTo(3.5f, 12f).curveTo(3.5f, 7.306f, 7.306f, 3.5f, 12f, 3.5f)
            curveTo(16.694f, 3.5f, 20.5f, 7.306f, 20.5f, 12f).curveTo(20.5f, 16.694f, 16.694f, 20.5f, 12f, 20.5f)
            curveTo(7.306f, 20.5f, 3.5f, 16.694f, 3.5f, 12f).close()
            moveTo(12f, 11.25f).lineTo(12f, 16.25f)
        }
        fill {
            moveTo(10.85f, 7.9f).curveTo(10.85f, 7.265f, 11.365f, 6.75f, 12f, 6.75f)
            curveTo(12.635f, 6.75f, 13.15f, 7.265f, 13.15f, 7.9f).curveTo(13.15f, 8.535f, 12.635f, 9.05f, 12f, 9.05f)
            curveTo(11.365f, 9.05f, 10.85f, 8.535f, 10.85f, 7.9f).close()
        }
    }),
    GARAGE({
        stroke {
            moveTo(4f, 20f).lineTo(4f, 9.75f).lineTo(12f, 4.25f).lineTo(20f, 9.75f).lineTo(20f, 20f)
            moveTo(7.5f, 20f).lineTo(7.5f, 12.75f).lineTo(16.5f, 12.75f).lineTo(16.5f, 20f)
            moveTo(7.5f, 16.4f).lineTo(16.5f, 16.4f)
        }
    }),
    CAR({
        stroke {
            moveTo(5.25f, 16.75f).lineTo(4.25f, 16.75f).curveTo(3.56f, 16.75f, 3f, 16.19f, 3f, 15.5f).lineTo(3f, 13.2f)
            curveTo(3.007f, 12.374f, 3.591f, 11.665f, 4.4f, 11.5f).lineTo(6.5f, 11f).lineTo(8.6f, 7.75f)
            curveTo(8.951f, 7.141f, 9.597f, 6.761f, 10.3f, 6.75f).lineTo(14f, 6.75f)
            curveTo(14.682f, 6.753f, 15.326f, 7.066f, 15.75f, 7.6f).lineTo(18.25f, 10.9f).lineTo(19.75f, 11.3f)
            curveTo(20.5f, 11.523f, 21.01f, 12.218f, 21f, 13f).lineTo(21f, 15.5f)
            curveTo(21f, 16.19f, 20.44f, 16.75f, 19.75f, 16.75f).lineTo(18.75f, 16.75f)
            moveTo(9.25f, 16.75f).lineTo(14.75f, 16.75f)
            moveTo(6.5f, 11f).lineTo(18.25f, 11f)
            moveTo(5.25f, 16.75f).curveTo(5.25f, 15.645f, 6.145f, 14.75f, 7.25f, 14.75f)
            curveTo(8.355f, 14.75f, 9.25f, 15.645f, 9.25f, 16.75f)
            curveTo(9.25f, 17.855f, 8.355f, 18.75f, 7.25f, 18.75f)
            curveTo(6.145f, 18.75f, 5.25f, 17.855f, 5.25f, 16.75f).close()
            moveTo(14.75f, 16.75f).curveTo(14.75f, 15.645f, 15.645f, 14.75f, 16.75f, 14.75f)
            curveTo(17.855f, 14.75f, 18.75f, 15.645f, 18.75f, 16.75f)
            curveTo(18.75f, 17.855f, 17.855f, 18.75f, 16.75f, 18.75f)
            curveTo(15.645f, 18.75f, 14.75f, 17.855f, 14.75f, 16.75f).close()
        }
    }),
    CALENDAR({
        stroke {
            moveTo(6.25f, 5f).lineTo(17.75f, 5f).curveTo(18.993f, 5f, 20f, 6.007f, 20f, 7.25f).lineTo(20f, 17.75f)
            curveTo(20f, 18.993f, 18.993f, 20f, 17.75f, 20f).lineTo(6.25f, 20f)
            curveTo(5.007f, 20f, 4f, 18.993f, 4f, 17.75f).lineTo(4f, 7.25f).curveTo(4f, 6.007f, 5.007f, 5f, 6.25f, 5f)
            close()
            moveTo(4f, 10f).lineTo(20f, 10f)
            moveTo(8f, 3f).lineTo(8f, 6.75f)
            moveTo(16f, 3f).lineTo(16f, 6.75f)
        }
        fill {
            moveTo(7.25f, 13.5f).curveTo(7.25f, 12.948f, 7.698f, 12.5f, 8.25f, 12.5f)
            curveTo(8.802f, 12.5f, 9.25f, 12.948f, 9.25f, 13.5f).curveTo(9.25f, 14.052f, 8.802f, 14.5f, 8.25f, 14.5f)
            curveTo(7.698f, 14.5f, 7.25f, 14.052f, 7.25f, 13.5f).close()
            moveTo(11f, 13.5f).curveTo(11f, 12.948f, 11.448f, 12.5f, 12f, 12.5f)
            curveTo(12.552f, 12.5f, 13f, 12.948f, 13f, 13.5f).curveTo(13f, 14.052f, 12.552f, 14.5f, 12f, 14.5f)
            curveTo(11.448f, 14.5f, 11f, 14.052f, 11f, 13.5f).close()
            moveTo(14.75f, 13.5f).curveTo(14.75f, 12.948f, 15.198f, 12.5f, 15.75f, 12.5f)
            curveTo(16.302f, 12.5f, 16.75f, 12.948f, 16.75f, 13.5f)
            curveTo(16.75f, 14.052f, 16.302f, 14.5f, 15.75f, 14.5f)
            curveTo(15.198f, 14.5f, 14.75f, 14.052f, 14.75f, 13.5f).close()
            moveTo(7.25f, 16.75f).curveTo(7.25f, 16.198f, 7.698f, 15.75f, 8.25f, 15.75f)
            curveTo(8.802f, 15.75f, 9.25f, 16.198f, 9.25f, 16.75f)
            curveTo(9.25f, 17.302f, 8.802f, 17.75f, 8.25f, 17.75f)
            curveTo(7.698f, 17.75f, 7.25f, 17.302f, 7.25f, 16.75f).close()
            moveTo(11f, 16.75f).curveTo(11f, 16.198f, 11.448f, 15.75f, 12f, 15.75f)
            curveTo(12.552f, 15.75f, 13f, 16.198f, 13f, 16.75f).curveTo(13f, 17.302f, 12.552f, 17.75f, 12f, 17.75f)
            curveTo(11.448f, 17.75f, 11f, 17.302f, 11f, 16.75f).close()
        }
    }),
    CALENDAR_PLUS({
        stroke {
            moveTo(6.25f, 5f).lineTo(17.75f, 5f).curveTo(18.993f, 5f, 20f, 6.007f, 20f, 7.25f).lineTo(20f, 17.75f)
            curveTo(20f, 18.993f, 18.993f, 20f, 17.75f, 20f).lineTo(6.25f, 20f)
            curveTo(5.007f, 20f, 4f, 18.993f, 4f, 17.75f).lineTo(4f, 7.25f).curveTo(4f, 6.007f, 5.007f, 5f, 6.25f, 5f)
            close()
            moveTo(4f, 10f).lineTo(20f, 10f)
            moveTo(8f, 3f).lineTo(8f, 6.75f)
            moveTo(16f, 3f).lineTo(16f, 6.75f)
            moveTo(12f, 12.5f).lineTo(12f, 17.5f)
            moveTo(9.5f, 15f).lineTo(14.5f, 15f)
        }
    }),
    CLOCK({
        stroke {
            moveTo(3.5f, 12f).curveTo(3.5f, 7.306f, 7.306f, 3.5f, 12f, 3.5f)
            curveTo(16.694f, 3.5f, 20.5f, 7.306f, 20.5f, 12f).curveTo(20.5f, 16.694f, 16.694f, 20.5f, 12f, 20.5f)
            curveTo(7.306f, 20.5f, 3.5f, 16.694f, 3.5f, 12f).close()
            moveTo(12f, 7.25f).lineTo(12f, 12f).lineTo(15.25f, 14f)
        }
    }),
    HISTORY({
        stroke {
            moveTo(4.3f, 9f).curveTo(5.766f, 5.18f, 9.81f, 3.011f, 13.803f, 3.904f)
            curveTo(17.795f, 4.797f, 20.531f, 8.481f, 20.23f, 12.562f)
            curveTo(19.929f, 16.642f, 16.684f, 19.886f, 12.603f, 20.184f)
            curveTo(8.522f, 20.481f, 4.84f, 17.744f, 3.95f, 13.75f)
            moveTo(4f, 4.5f).lineTo(4f, 9.2f).lineTo(8.7f, 9.2f)
            moveTo(12f, 8f).lineTo(12f, 12.25f).lineTo(15f, 14f)
        }
    }),
    BELL({
        stroke {
            moveTo(5f, 16.75f).curveTo(6.4f, 15.25f, 6.75f, 13.6f, 6.75f, 10.75f)
            curveTo(6.75f, 7.851f, 9.101f, 5.5f, 12f, 5.5f).curveTo(14.899f, 5.5f, 17.25f, 7.851f, 17.25f, 10.75f)
            curveTo(17.25f, 13.6f, 17.6f, 15.25f, 19f, 16.75f).close()
            moveTo(12f, 3.25f).lineTo(12f, 5.5f)
            moveTo(10f, 19.75f).curveTo(10.445f, 20.42f, 11.196f, 20.823f, 12f, 20.823f)
            curveTo(12.804f, 20.823f, 13.555f, 20.42f, 14f, 19.75f)
        }
    }),
    PERSON({
        stroke {
            moveTo(8.25f, 8f).curveTo(8.25f, 5.929f, 9.929f, 4.25f, 12f, 4.25f)
            curveTo(14.071f, 4.25f, 15.75f, 5.929f, 15.75f, 8f).curveTo(15.75f, 10.071f, 14.071f, 11.75f, 12f, 11.75f)
            curveTo(9.929f, 11.75f, 8.25f, 10.071f, 8.25f, 8f).close()
            moveTo(4.75f, 20f).curveTo(5f, 16.4f, 8f, 14.5f, 12f, 14.5f).curveTo(16f, 14.5f, 19f, 16.4f, 19.25f, 20f)
        }
    }),
    MAIL({
        stroke {
            moveTo(5.75f, 5.25f).lineTo(18.25f, 5.25f).curveTo(19.493f, 5.25f, 20.5f, 6.257f, 20.5f, 7.5f)
            lineTo(20.5f, 16.5f).curveTo(20.5f, 17.743f, 19.493f, 18.75f, 18.25f, 18.75f).lineTo(5.75f, 18.75f)
            curveTo(4.507f, 18.75f, 3.5f, 17.743f, 3.5f, 16.5f).lineTo(3.5f, 7.5f)
            curveTo(3.5f, 6.257f, 4.507f, 5.25f, 5.75f, 5.25f).close()
            moveTo(4.25f, 7.25f).lineTo(12f, 13f).lineTo(19.75f, 7.25f)
        }
    }),
    PHONE({
        stroke {
            moveTo(6.5f, 4f).lineTo(8.5f, 4f).curveTo(8.935f, 4.002f, 9.319f, 4.285f, 9.45f, 4.7f).lineTo(10.5f, 7.9f)
            curveTo(10.617f, 8.279f, 10.499f, 8.69f, 10.2f, 8.95f).lineTo(8.75f, 10.2f)
            curveTo(9.8f, 12.3f, 11.7f, 14.2f, 13.8f, 15.25f).lineTo(15.05f, 13.8f)
            curveTo(15.31f, 13.501f, 15.721f, 13.383f, 16.1f, 13.5f).lineTo(19.3f, 14.55f)
            curveTo(19.715f, 14.681f, 19.998f, 15.065f, 20f, 15.5f).lineTo(20f, 17.5f)
            curveTo(20.002f, 18.199f, 19.712f, 18.867f, 19.199f, 19.342f)
            curveTo(18.685f, 19.817f, 17.997f, 20.056f, 17.3f, 20f).curveTo(10.2f, 19.4f, 4.6f, 13.8f, 4f, 6.7f)
            curveTo(3.944f, 6.003f, 4.183f, 5.315f, 4.658f, 4.801f).curveTo(5.133f, 4.288f, 5.801f, 3.998f, 6.5f, 4f)
            close()
        }
    }),
    MESSAGE({
        stroke {
            moveTo(6.25f, 5f).lineTo(17.75f, 5f).curveTo(18.993f, 5f, 20f, 6.007f, 20f, 7.25f).lineTo(20f, 14f)
            curveTo(20f, 15.243f, 18.993f, 16.25f, 17.75f, 16.25f).lineTo(11.5f, 16.25f).lineTo(7.5f, 19.75f)
            lineTo(7.5f, 16.25f).lineTo(6.25f, 16.25f).curveTo(5.007f, 16.25f, 4f, 15.243f, 4f, 14f).lineTo(4f, 7.25f)
            curveTo(4f, 6.007f, 5.007f, 5f, 6.25f, 5f).close()
            moveTo(8f, 9f).lineTo(16f, 9f)
            moveTo(8f, 12.25f).lineTo(13f, 12.25f)
        }
    }),
    LOCK({
        stroke {
            moveTo(7.25f, 10.5f).lineTo(16.75f, 10.5f).curveTo(17.993f, 10.5f, 19f, 11.507f, 19f, 12.75f)
            lineTo(19f, 18f).curveTo(19f, 19.243f, 17.993f, 20.25f, 16.75f, 20.25f).lineTo(7.25f, 20.25f)
            curveTo(6.007f, 20.25f, 5f, 19.243f, 5f, 18f).lineTo(5f, 12.75f)
            curveTo(5f, 11.507f, 6.007f, 10.5f, 7.25f, 10.5f).close()
            moveTo(8f, 10.5f).lineTo(8f, 7.75f).curveTo(8f, 5.541f, 9.791f, 3.75f, 12f, 3.75f)
            curveTo(14.209f, 3.75f, 16f, 5.541f, 16f, 7.75f).lineTo(16f, 10.5f)
            moveTo(12f, 14.25f).lineTo(12f, 16.5f)
        }
    }),
    KEY({
        stroke {
            moveTo(4f, 16f).curveTo(4f, 13.791f, 5.791f, 12f, 8f, 12f).curveTo(10.209f, 12f, 12f, 13.791f, 12f, 16f)
            curveTo(12f, 18.209f, 10.209f, 20f, 8f, 20f).curveTo(5.791f, 20f, 4f, 18.209f, 4f, 16f).close()
            moveTo(10.85f, 13.15f).lineTo(19.75f, 4.25f)
            moveTo(15.75f, 8.25f).lineTo(18.75f, 11.25f)
            moveTo(12.75f, 11.25f).lineTo(14.5f, 13f)
        }
    }),
    EYE({
        stroke {
            moveTo(2.75f, 12f).curveTo(5f, 7.9f, 8.2f, 5.75f, 12f, 5.75f).curveTo(15.8f, 5.75f, 19f, 7.9f, 21.25f, 12f)
            curveTo(19f, 16.1f, 15.8f, 18.25f, 12f, 18.25f).curveTo(8.2f, 18.25f, 5f, 16.1f, 2.75f, 12f).close()
            moveTo(9f, 12f).curveTo(9f, 10.343f, 10.343f, 9f, 12f, 9f).curveTo(13.657f, 9f, 15f, 10.343f, 15f, 12f)
            curveTo(15f, 13.657f, 13.657f, 15f, 12f, 15f).curveTo(10.343f, 15f, 9f, 13.657f, 9f, 12f).close()
        }
    }),
    EYE_OFF({
        stroke {
            moveTo(10f, 6f).curveTo(10.65f, 5.83f, 11.3f, 5.75f, 12f, 5.75f)
            curveTo(15.8f, 5.75f, 19f, 7.9f, 21.25f, 12f).curveTo(20.5f, 13.35f, 19.65f, 14.5f, 18.65f, 15.4f)
            moveTo(16f, 17.4f).curveTo(14.8f, 17.95f, 13.45f, 18.25f, 12f, 18.25f)
            curveTo(8.2f, 18.25f, 5f, 16.1f, 2.75f, 12f).curveTo(4f, 9.75f, 5.5f, 8.1f, 7.25f, 7.05f)
            moveTo(14.1f, 14.15f).curveTo(12.926f, 15.324f, 11.024f, 15.324f, 9.85f, 14.15f)
            curveTo(8.676f, 12.976f, 8.676f, 11.074f, 9.85f, 9.9f)
            moveTo(4f, 4f).lineTo(20f, 20f)
        }
    }),
    SIGN_IN({
        stroke {
            moveTo(14f, 4.5f).lineTo(17.5f, 4.5f).curveTo(18.605f, 4.5f, 19.5f, 5.395f, 19.5f, 6.5f)
            lineTo(19.5f, 17.5f).curveTo(19.5f, 18.605f, 18.605f, 19.5f, 17.5f, 19.5f).lineTo(14f, 19.5f)
            moveTo(10.5f, 8f).lineTo(14.5f, 12f).lineTo(10.5f, 16f)
            moveTo(14.5f, 12f).lineTo(4f, 12f)
        }
    }),
    SIGN_OUT({
        stroke {
            moveTo(10f, 4.5f).lineTo(6.5f, 4.5f).curveTo(5.395f, 4.5f, 4.5f, 5.395f, 4.5f, 6.5f).lineTo(4.5f, 17.5f)
            curveTo(4.5f, 18.605f, 5.395f, 19.5f, 6.5f, 19.5f).lineTo(10f, 19.5f)
            moveTo(16f, 8f).lineTo(20f, 12f).lineTo(16f, 16f)
            moveTo(20f, 12f).lineTo(9.5f, 12f)
        }
    }),
    PHOTO({
        stroke {
            moveTo(6f, 5f).lineTo(18f, 5f).curveTo(19.243f, 5f, 20.25f, 6.007f, 20.25f, 7.25f).lineTo(20.25f, 16.75f)
            curveTo(20.25f, 17.993f, 19.243f, 19f, 18f, 19f).lineTo(6f, 19f)
            curveTo(4.757f, 19f, 3.75f, 17.993f, 3.75f, 16.75f).lineTo(3.75f, 7.25f)
            curveTo(3.75f, 6.007f, 4.757f, 5f, 6f, 5f).close()
            moveTo(7.1f, 9.6f).curveTo(7.1f, 8.772f, 7.772f, 8.1f, 8.6f, 8.1f)
            curveTo(9.428f, 8.1f, 10.1f, 8.772f, 10.1f, 9.6f).curveTo(10.1f, 10.428f, 9.428f, 11.1f, 8.6f, 11.1f)
            curveTo(7.772f, 11.1f, 7.1f, 10.428f, 7.1f, 9.6f).close()
            moveTo(4.25f, 17.25f).lineTo(9.25f, 13f).lineTo(12.5f, 15.75f).lineTo(15.75f, 12.5f).lineTo(20f, 16.25f)
        }
    }),
    CAMERA({
        stroke {
            moveTo(5.75f, 7f).lineTo(7.75f, 7f).lineTo(9.4f, 4.75f).lineTo(14.6f, 4.75f).lineTo(16.25f, 7f)
            lineTo(18.25f, 7f).curveTo(19.493f, 7f, 20.5f, 8.007f, 20.5f, 9.25f).lineTo(20.5f, 17f)
            curveTo(20.5f, 18.243f, 19.493f, 19.25f, 18.25f, 19.25f).lineTo(5.75f, 19.25f)
            curveTo(4.507f, 19.25f, 3.5f, 18.243f, 3.5f, 17f).lineTo(3.5f, 9.25f)
            curveTo(3.5f, 8.007f, 4.507f, 7f, 5.75f, 7f).close()
            moveTo(8.5f, 13f).curveTo(8.5f, 11.067f, 10.067f, 9.5f, 12f, 9.5f)
            curveTo(13.933f, 9.5f, 15.5f, 11.067f, 15.5f, 13f).curveTo(15.5f, 14.933f, 13.933f, 16.5f, 12f, 16.5f)
            curveTo(10.067f, 16.5f, 8.5f, 14.933f, 8.5f, 13f).close()
        }
    }),
    LOCATION({
        stroke {
            moveTo(12f, 21f).curveTo(8.2f, 17.2f, 5.5f, 13.9f, 5.5f, 10.25f)
            curveTo(5.5f, 6.66f, 8.41f, 3.75f, 12f, 3.75f).curveTo(15.59f, 3.75f, 18.5f, 6.66f, 18.5f, 10.25f)
            curveTo(18.5f, 13.9f, 15.8f, 17.2f, 12f, 21f).close()
            moveTo(9.6f, 10.25f).curveTo(9.6f, 8.925f, 10.675f, 7.85f, 12f, 7.85f)
            curveTo(13.325f, 7.85f, 14.4f, 8.925f, 14.4f, 10.25f).curveTo(14.4f, 11.575f, 13.325f, 12.65f, 12f, 12.65f)
            curveTo(10.675f, 12.65f, 9.6f, 11.575f, 9.6f, 10.25f).close()
        }
    }),
    WRENCH({
        stroke {
            moveTo(20.2f, 6.79f).curveTo(20.895f, 8.705f, 20.358f, 10.849f, 18.844f, 12.212f)
            curveTo(17.33f, 13.574f, 15.141f, 13.882f, 13.31f, 12.99f).lineTo(7f, 19.3f)
            curveTo(6.354f, 19.865f, 5.381f, 19.832f, 4.775f, 19.225f)
            curveTo(4.168f, 18.619f, 4.135f, 17.646f, 4.7f, 17f).lineTo(11.01f, 10.69f)
            curveTo(10.118f, 8.859f, 10.426f, 6.67f, 11.788f, 5.156f)
            curveTo(13.151f, 3.642f, 15.295f, 3.105f, 17.21f, 3.8f).lineTo(14.9f, 6.1f).lineTo(17.9f, 9.1f).close()
        }
    }),
    NOTES({
        stroke {
            moveTo(6.25f, 3.75f).lineTo(14f, 3.75f).lineTo(18.5f, 8.25f).lineTo(18.5f, 18f)
            curveTo(18.5f, 19.243f, 17.493f, 20.25f, 16.25f, 20.25f).lineTo(7.75f, 20.25f)
            curveTo(6.507f, 20.25f, 5.5f, 19.243f, 5.5f, 18f).lineTo(5.5f, 4.5f)
            curveTo(5.5f, 4.086f, 5.836f, 3.75f, 6.25f, 3.75f).close()
            moveTo(13.75f, 4f).lineTo(13.75f, 8.5f).lineTo(18.25f, 8.5f)
            moveTo(8.75f, 12.25f).lineTo(15.25f, 12.25f)
            moveTo(8.75f, 15.75f).lineTo(13f, 15.75f)
        }
    }),
    TREND({
        stroke {
            moveTo(3.75f, 7f).lineTo(9.5f, 12.75f).lineTo(13f, 9.25f).lineTo(20f, 16.25f)
            moveTo(20f, 11.25f).lineTo(20f, 16.25f).lineTo(15f, 16.25f)
        }
    }),
    GAUGE({
        stroke {
            moveTo(5.6f, 18.4f).curveTo(2.115f, 14.875f, 2.136f, 9.195f, 5.648f, 5.696f)
            curveTo(9.16f, 2.198f, 14.84f, 2.198f, 18.352f, 5.696f)
            curveTo(21.864f, 9.195f, 21.885f, 14.875f, 18.4f, 18.4f)
            moveTo(12f, 13.5f).lineTo(15.75f, 9f)
        }
        fill {
            moveTo(10.5f, 13.5f).curveTo(10.5f, 12.672f, 11.172f, 12f, 12f, 12f)
            curveTo(12.828f, 12f, 13.5f, 12.672f, 13.5f, 13.5f).curveTo(13.5f, 14.328f, 12.828f, 15f, 12f, 15f)
            curveTo(11.172f, 15f, 10.5f, 14.328f, 10.5f, 13.5f).close()
        }
    }),
    SHIELD({
        stroke {
            moveTo(12f, 3.5f).lineTo(19f, 6f).lineTo(19f, 11.5f).curveTo(19f, 15.75f, 16.2f, 19f, 12f, 20.75f)
            curveTo(7.8f, 19f, 5f, 15.75f, 5f, 11.5f).lineTo(5f, 6f).close()
            moveTo(8.75f, 11.75f).lineTo(11.1f, 14.1f).lineTo(15.25f, 9.5f)
        }
    }),
    PULSE({
        stroke {
            moveTo(3f, 12.5f).lineTo(7f, 12.5f).lineTo(9.75f, 5.5f).lineTo(14.25f, 18.5f).lineTo(17f, 12.5f)
            lineTo(21f, 12.5f)
        }
    }),
    SERVER({
        stroke {
            moveTo(5.75f, 4.5f).lineTo(18.25f, 4.5f).curveTo(19.216f, 4.5f, 20f, 5.284f, 20f, 6.25f).lineTo(20f, 9.25f)
            curveTo(20f, 10.216f, 19.216f, 11f, 18.25f, 11f).lineTo(5.75f, 11f)
            curveTo(4.784f, 11f, 4f, 10.216f, 4f, 9.25f).lineTo(4f, 6.25f)
            curveTo(4f, 5.284f, 4.784f, 4.5f, 5.75f, 4.5f).close()
            moveTo(5.75f, 13f).lineTo(18.25f, 13f).curveTo(19.216f, 13f, 20f, 13.784f, 20f, 14.75f).lineTo(20f, 17.75f)
            curveTo(20f, 18.716f, 19.216f, 19.5f, 18.25f, 19.5f).lineTo(5.75f, 19.5f)
            curveTo(4.784f, 19.5f, 4f, 18.716f, 4f, 17.75f).lineTo(4f, 14.75f)
            curveTo(4f, 13.784f, 4.784f, 13f, 5.75f, 13f).close()
            moveTo(11.5f, 7.75f).lineTo(16f, 7.75f)
            moveTo(11.5f, 16.25f).lineTo(16f, 16.25f)
        }
        fill {
            moveTo(6.45f, 7.75f).curveTo(6.45f, 7.115f, 6.965f, 6.6f, 7.6f, 6.6f)
            curveTo(8.235f, 6.6f, 8.75f, 7.115f, 8.75f, 7.75f).curveTo(8.75f, 8.385f, 8.235f, 8.9f, 7.6f, 8.9f)
            curveTo(6.965f, 8.9f, 6.45f, 8.385f, 6.45f, 7.75f).close()
            moveTo(6.45f, 16.25f).curveTo(6.45f, 15.615f, 6.965f, 15.1f, 7.6f, 15.1f)
            curveTo(8.235f, 15.1f, 8.75f, 15.615f, 8.75f, 16.25f).curveTo(8.75f, 16.885f, 8.235f, 17.4f, 7.6f, 17.4f)
            curveTo(6.965f, 17.4f, 6.45f, 16.885f, 6.45f, 16.25f).close()
        }
    }),
    PLAY({
        stroke {
            moveTo(7.5f, 5.4f).curveTo(7.493f, 5.075f, 7.661f, 4.771f, 7.941f, 4.605f)
            curveTo(8.221f, 4.439f, 8.568f, 4.437f, 8.85f, 4.6f).lineTo(18.9f, 11.2f)
            curveTo(19.173f, 11.375f, 19.338f, 11.676f, 19.338f, 12f)
            curveTo(19.338f, 12.324f, 19.173f, 12.625f, 18.9f, 12.8f).lineTo(8.85f, 19.4f)
            curveTo(8.568f, 19.563f, 8.221f, 19.561f, 7.941f, 19.395f)
            curveTo(7.661f, 19.229f, 7.493f, 18.925f, 7.5f, 18.6f).close()
        }
    }),
    ENGINE({
        stroke {
            moveTo(6.75f, 9.5f).lineTo(8.75f, 9.5f).lineTo(10.25f, 8f).lineTo(14.75f, 8f).lineTo(17f, 10.25f)
            lineTo(17f, 12f).lineTo(18.5f, 12f).lineTo(18.5f, 10f).lineTo(21f, 10f).lineTo(21f, 17f).lineTo(18.5f, 17f)
            lineTo(18.5f, 15.25f).lineTo(17f, 15.25f).lineTo(17f, 16.75f).lineTo(15.25f, 18.5f).lineTo(10.25f, 18.5f)
            lineTo(8f, 16.25f).lineTo(6.75f, 16.25f).close()
            moveTo(12.5f, 8f).lineTo(12.5f, 5.25f)
            moveTo(9.75f, 5.25f).lineTo(15.25f, 5.25f)
            moveTo(3.5f, 10f).lineTo(3.5f, 15.75f)
            moveTo(3.5f, 12.9f).lineTo(6.75f, 12.9f)
        }
    }),
    TRANSMISSION({
        stroke {
            moveTo(6f, 7.1f).lineTo(6f, 16.9f)
            moveTo(12f, 7.1f).lineTo(12f, 16.9f)
            moveTo(18f, 7.1f).lineTo(18f, 10.5f).curveTo(18f, 11.328f, 17.328f, 12f, 16.5f, 12f).lineTo(6f, 12f)
            moveTo(4.3f, 5.4f).curveTo(4.3f, 4.461f, 5.061f, 3.7f, 6f, 3.7f)
            curveTo(6.939f, 3.7f, 7.7f, 4.461f, 7.7f, 5.4f).curveTo(7.7f, 6.339f, 6.939f, 7.1f, 6f, 7.1f)
            curveTo(5.061f, 7.1f, 4.3f, 6.339f, 4.3f, 5.4f).close()
            moveTo(10.3f, 5.4f).curveTo(10.3f, 4.461f, 11.061f, 3.7f, 12f, 3.7f)
            curveTo(12.939f, 3.7f, 13.7f, 4.461f, 13.7f, 5.4f).curveTo(13.7f, 6.339f, 12.939f, 7.1f, 12f, 7.1f)
            curveTo(11.061f, 7.1f, 10.3f, 6.339f, 10.3f, 5.4f).close()
            moveTo(16.3f, 5.4f).curveTo(16.3f, 4.461f, 17.061f, 3.7f, 18f, 3.7f)
            curveTo(18.939f, 3.7f, 19.7f, 4.461f, 19.7f, 5.4f).curveTo(19.7f, 6.339f, 18.939f, 7.1f, 18f, 7.1f)
            curveTo(17.061f, 7.1f, 16.3f, 6.339f, 16.3f, 5.4f).close()
            moveTo(4.3f, 18.6f).curveTo(4.3f, 17.661f, 5.061f, 16.9f, 6f, 16.9f)
            curveTo(6.939f, 16.9f, 7.7f, 17.661f, 7.7f, 18.6f).curveTo(7.7f, 19.539f, 6.939f, 20.3f, 6f, 20.3f)
            curveTo(5.061f, 20.3f, 4.3f, 19.539f, 4.3f, 18.6f).close()
            moveTo(10.3f, 18.6f).curveTo(10.3f, 17.661f, 11.061f, 16.9f, 12f, 16.9f)
            curveTo(12.939f, 16.9f, 13.7f, 17.661f, 13.7f, 18.6f).curveTo(13.7f, 19.539f, 12.939f, 20.3f, 12f, 20.3f)
            curveTo(11.061f, 20.3f, 10.3f, 19.539f, 10.3f, 18.6f).close()
        }
    }),
    BRAKES({
        stroke {
            moveTo(6f, 12f).curveTo(6f, 8.686f, 8.686f, 6f, 12f, 6f).curveTo(15.314f, 6f, 18f, 8.686f, 18f, 12f)
            curveTo(18f, 15.314f, 15.314f, 18f, 12f, 18f).curveTo(8.686f, 18f, 6f, 15.314f, 6f, 12f).close()
            moveTo(5.1f, 5.6f).curveTo(1.746f, 9.208f, 1.746f, 14.792f, 5.1f, 18.4f)
            moveTo(18.9f, 5.6f).curveTo(22.254f, 9.208f, 22.254f, 14.792f, 18.9f, 18.4f)
            moveTo(12f, 9f).lineTo(12f, 12.5f)
        }
        fill {
            moveTo(11f, 15f).curveTo(11f, 14.448f, 11.448f, 14f, 12f, 14f).curveTo(12.552f, 14f, 13f, 14.448f, 13f, 15f)
            curveTo(13f, 15.552f, 12.552f, 16f, 12f, 16f).curveTo(11.448f, 16f, 11f, 15.552f, 11f, 15f).close()
        }
    }),
    BATTERY({
        stroke {
            moveTo(4.75f, 8f).lineTo(19.25f, 8f).curveTo(20.216f, 8f, 21f, 8.784f, 21f, 9.75f).lineTo(21f, 17f)
            curveTo(21f, 17.966f, 20.216f, 18.75f, 19.25f, 18.75f).lineTo(4.75f, 18.75f)
            curveTo(3.784f, 18.75f, 3f, 17.966f, 3f, 17f).lineTo(3f, 9.75f).curveTo(3f, 8.784f, 3.784f, 8f, 4.75f, 8f)
            close()
            moveTo(5.75f, 8f).lineTo(5.75f, 5.5f).lineTo(9.25f, 5.5f).lineTo(9.25f, 8f)
            moveTo(14.75f, 8f).lineTo(14.75f, 5.5f).lineTo(18.25f, 5.5f).lineTo(18.25f, 8f)
            moveTo(6f, 13.4f).lineTo(9.5f, 13.4f)
            moveTo(14.5f, 13.4f).lineTo(18f, 13.4f)
            moveTo(16.25f, 11.65f).lineTo(16.25f, 15.15f)
        }
    }),
    COOLING({
        stroke {
            moveTo(9.75f, 13.1f).lineTo(9.75f, 5.75f).curveTo(9.75f, 4.507f, 10.757f, 3.5f, 12f, 3.5f)
            curveTo(13.243f, 3.5f, 14.25f, 4.507f, 14.25f, 5.75f).lineTo(14.25f, 13.1f)
            curveTo(15.859f, 14.104f, 16.608f, 16.053f, 16.086f, 17.876f)
            curveTo(15.564f, 19.699f, 13.897f, 20.956f, 12f, 20.956f)
            curveTo(10.103f, 20.956f, 8.436f, 19.699f, 7.914f, 17.876f)
            curveTo(7.392f, 16.053f, 8.141f, 14.104f, 9.75f, 13.1f).close()
            moveTo(12f, 8.75f).lineTo(12f, 14.5f)
            moveTo(17.5f, 5.5f).lineTo(20f, 5.5f)
            moveTo(17.5f, 9f).lineTo(19.5f, 9f)
            moveTo(17.5f, 12.5f).lineTo(20f, 12.5f)
        }
        fill {
            moveTo(10.3f, 16.7f).curveTo(10.3f, 15.761f, 11.061f, 15f, 12f, 15f)
            curveTo(12.939f, 15f, 13.7f, 15.761f, 13.7f, 16.7f).curveTo(13.7f, 17.639f, 12.939f, 18.4f, 12f, 18.4f)
            curveTo(11.061f, 18.4f, 10.3f, 17.639f, 10.3f, 16.7f).close()
        }
    }),
    OIL({
        stroke {
            moveTo(12f, 3.5f).curveTo(15.75f, 8.1f, 18f, 11.25f, 18f, 14.5f)
            curveTo(18f, 17.814f, 15.314f, 20.5f, 12f, 20.5f).curveTo(8.686f, 20.5f, 6f, 17.814f, 6f, 14.5f)
            curveTo(6f, 11.25f, 8.25f, 8.1f, 12f, 3.5f).close()
            moveTo(9.1f, 14.75f).curveTo(9.237f, 16.153f, 10.347f, 17.263f, 11.75f, 17.4f)
        }
    }),
    SUSPENSION({
        stroke {
            moveTo(7f, 3.75f).lineTo(17f, 3.75f)
            moveTo(7f, 20.25f).lineTo(17f, 20.25f)
            moveTo(12f, 3.75f).lineTo(16f, 5.75f).lineTo(8f, 9f).lineTo(16f, 12f).lineTo(8f, 15f).lineTo(16f, 18.25f)
            lineTo(12f, 20.25f)
        }
    }),
    TYRES({
        stroke {
            moveTo(3.25f, 12f).curveTo(3.25f, 7.168f, 7.168f, 3.25f, 12f, 3.25f)
            curveTo(16.832f, 3.25f, 20.75f, 7.168f, 20.75f, 12f).curveTo(20.75f, 16.832f, 16.832f, 20.75f, 12f, 20.75f)
            curveTo(7.168f, 20.75f, 3.25f, 16.832f, 3.25f, 12f).close()
            moveTo(7.25f, 12f).curveTo(7.25f, 9.377f, 9.377f, 7.25f, 12f, 7.25f)
            curveTo(14.623f, 7.25f, 16.75f, 9.377f, 16.75f, 12f).curveTo(16.75f, 14.623f, 14.623f, 16.75f, 12f, 16.75f)
            curveTo(9.377f, 16.75f, 7.25f, 14.623f, 7.25f, 12f).close()
            moveTo(12f, 7.25f).lineTo(12f, 3.25f)
            moveTo(12f, 20.75f).lineTo(12f, 16.75f)
            moveTo(7.25f, 12f).lineTo(3.25f, 12f)
            moveTo(20.75f, 12f).lineTo(16.75f, 12f)
        }
        fill {
            moveTo(10.75f, 12f).curveTo(10.75f, 11.31f, 11.31f, 10.75f, 12f, 10.75f)
            curveTo(12.69f, 10.75f, 13.25f, 11.31f, 13.25f, 12f).curveTo(13.25f, 12.69f, 12.69f, 13.25f, 12f, 13.25f)
            curveTo(11.31f, 13.25f, 10.75f, 12.69f, 10.75f, 12f).close()
        }
    }),
    EXHAUST({
        stroke {
            moveTo(8.25f, 12.25f).lineTo(13.25f, 12.25f).curveTo(14.355f, 12.25f, 15.25f, 13.145f, 15.25f, 14.25f)
            lineTo(15.25f, 16.75f).curveTo(15.25f, 17.855f, 14.355f, 18.75f, 13.25f, 18.75f).lineTo(8.25f, 18.75f)
            curveTo(7.145f, 18.75f, 6.25f, 17.855f, 6.25f, 16.75f).lineTo(6.25f, 14.25f)
            curveTo(6.25f, 13.145f, 7.145f, 12.25f, 8.25f, 12.25f).close()
            moveTo(2.75f, 15.5f).lineTo(6.25f, 15.5f)
            moveTo(15.25f, 15.5f).lineTo(18.5f, 15.5f)
            moveTo(9.25f, 12.25f).lineTo(9.25f, 18.75f)
            moveTo(18.35f, 10.25f).curveTo(18.35f, 9.477f, 18.977f, 8.85f, 19.75f, 8.85f)
            curveTo(20.523f, 8.85f, 21.15f, 9.477f, 21.15f, 10.25f)
            curveTo(21.15f, 11.023f, 20.523f, 11.65f, 19.75f, 11.65f)
            curveTo(18.977f, 11.65f, 18.35f, 11.023f, 18.35f, 10.25f).close()
            moveTo(14.4f, 6.5f).curveTo(14.4f, 5.34f, 15.34f, 4.4f, 16.5f, 4.4f)
            curveTo(17.66f, 4.4f, 18.6f, 5.34f, 18.6f, 6.5f).curveTo(18.6f, 7.66f, 17.66f, 8.6f, 16.5f, 8.6f)
            curveTo(15.34f, 8.6f, 14.4f, 7.66f, 14.4f, 6.5f).close()
            moveTo(9.45f, 6f).curveTo(9.45f, 5.282f, 10.032f, 4.7f, 10.75f, 4.7f)
            curveTo(11.468f, 4.7f, 12.05f, 5.282f, 12.05f, 6f).curveTo(12.05f, 6.718f, 11.468f, 7.3f, 10.75f, 7.3f)
            curveTo(10.032f, 7.3f, 9.45f, 6.718f, 9.45f, 6f).close()
        }
    }),
    FUEL({
        stroke {
            moveTo(5.25f, 20f).lineTo(5.25f, 5.75f).curveTo(5.25f, 4.784f, 6.034f, 4f, 7f, 4f).lineTo(12.5f, 4f)
            curveTo(13.466f, 4f, 14.25f, 4.784f, 14.25f, 5.75f).lineTo(14.25f, 20f)
            moveTo(3.75f, 20f).lineTo(15.75f, 20f)
            moveTo(5.25f, 10.75f).lineTo(14.25f, 10.75f)
            moveTo(14.25f, 13f).lineTo(15.25f, 13f).curveTo(16.078f, 13f, 16.75f, 13.672f, 16.75f, 14.5f)
            lineTo(16.75f, 16.25f).curveTo(16.75f, 17.134f, 17.466f, 17.85f, 18.35f, 17.85f)
            curveTo(19.234f, 17.85f, 19.95f, 17.134f, 19.95f, 16.25f).lineTo(19.95f, 9.5f).lineTo(16.75f, 6.25f)
        }
    });

    val vector: ImageVector by lazy {
        ImageVector.Builder(name, 24.dp, 24.dp, 24f, 24f).apply(drawn).build()
    }
}

private fun ImageVector.Builder.stroke(steps: PathBuilder.() -> Unit) {
    path(
        stroke = SolidColor(Color.Black),
        strokeLineWidth = 1.75f,
        strokeLineCap = StrokeCap.Round,
        strokeLineJoin = StrokeJoin.Round,
        pathBuilder = steps,
    )
}

private fun ImageVector.Builder.fill(steps: PathBuilder.() -> Unit) {
    path(fill = SolidColor(Color.Black), pathBuilder = steps)
}
