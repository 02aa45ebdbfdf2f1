// Made by `pmi-pack design` from bindings/design: change it there.
package io.pmi.app.design

import androidx.compose.ui.graphics.vector.ImageVector

/** What of an icon is filled. */
internal fun ImageVector.Builder.areas(icon: Icon): Unit = when (icon) {
    Icon.WARNING -> area {
        moveTo(10.85f, 16.25f).curveTo(10.85f, 15.61f, 11.36f, 15.1f, 12f, 15.1f)
            .curveTo(12.64f, 15.1f, 13.15f, 15.61f, 13.15f, 16.25f).curveTo(13.15f, 16.89f, 12.64f, 17.4f, 12f, 17.4f)
            .curveTo(11.36f, 17.4f, 10.85f, 16.89f, 10.85f, 16.25f).close()
    }
    Icon.CRITICAL -> area {
        moveTo(10.85f, 16f).curveTo(10.85f, 15.36f, 11.36f, 14.85f, 12f, 14.85f).curveTo(12.64f, 14.85f, 13.15f, 15.36f, 13.15f, 16f)
            .curveTo(13.15f, 16.64f, 12.64f, 17.15f, 12f, 17.15f).curveTo(11.36f, 17.15f, 10.85f, 16.64f, 10.85f, 16f).close()
    }
    Icon.UNKNOWN -> area {
        moveTo(10.85f, 16.4f).curveTo(10.85f, 15.76f, 11.36f, 15.25f, 12f, 15.25f)
            .curveTo(12.64f, 15.25f, 13.15f, 15.76f, 13.15f, 16.4f).curveTo(13.15f, 17.04f, 12.64f, 17.55f, 12f, 17.55f)
            .curveTo(11.36f, 17.55f, 10.85f, 17.04f, 10.85f, 16.4f).close()
    }
    Icon.INFO -> area {
        moveTo(10.85f, 7.9f).curveTo(10.85f, 7.26f, 11.36f, 6.75f, 12f, 6.75f).curveTo(12.64f, 6.75f, 13.15f, 7.26f, 13.15f, 7.9f)
            .curveTo(13.15f, 8.54f, 12.64f, 9.05f, 12f, 9.05f).curveTo(11.36f, 9.05f, 10.85f, 8.54f, 10.85f, 7.9f).close()
    }
    Icon.CALENDAR -> area {
        moveTo(7.25f, 13.5f).curveTo(7.25f, 12.95f, 7.7f, 12.5f, 8.25f, 12.5f).curveTo(8.8f, 12.5f, 9.25f, 12.95f, 9.25f, 13.5f)
            .curveTo(9.25f, 14.05f, 8.8f, 14.5f, 8.25f, 14.5f).curveTo(7.7f, 14.5f, 7.25f, 14.05f, 7.25f, 13.5f).close().moveTo(11f, 13.5f)
            .curveTo(11f, 12.95f, 11.45f, 12.5f, 12f, 12.5f).curveTo(12.55f, 12.5f, 13f, 12.95f, 13f, 13.5f)
            .curveTo(13f, 14.05f, 12.55f, 14.5f, 12f, 14.5f).curveTo(11.45f, 14.5f, 11f, 14.05f, 11f, 13.5f).close().moveTo(14.75f, 13.5f)
            .curveTo(14.75f, 12.95f, 15.2f, 12.5f, 15.75f, 12.5f).curveTo(16.3f, 12.5f, 16.75f, 12.95f, 16.75f, 13.5f)
            .curveTo(16.75f, 14.05f, 16.3f, 14.5f, 15.75f, 14.5f).curveTo(15.2f, 14.5f, 14.75f, 14.05f, 14.75f, 13.5f).close()
            .moveTo(7.25f, 16.75f).curveTo(7.25f, 16.2f, 7.7f, 15.75f, 8.25f, 15.75f).curveTo(8.8f, 15.75f, 9.25f, 16.2f, 9.25f, 16.75f)
            .curveTo(9.25f, 17.3f, 8.8f, 17.75f, 8.25f, 17.75f).curveTo(7.7f, 17.75f, 7.25f, 17.3f, 7.25f, 16.75f).close()
            .moveTo(11f, 16.75f).curveTo(11f, 16.2f, 11.45f, 15.75f, 12f, 15.75f).curveTo(12.55f, 15.75f, 13f, 16.2f, 13f, 16.75f)
            .curveTo(13f, 17.3f, 12.55f, 17.75f, 12f, 17.75f).curveTo(11.45f, 17.75f, 11f, 17.3f, 11f, 16.75f).close()
    }
    Icon.GAUGE -> area {
        moveTo(10.5f, 13.5f).curveTo(10.5f, 12.67f, 11.17f, 12f, 12f, 12f).curveTo(12.83f, 12f, 13.5f, 12.67f, 13.5f, 13.5f)
            .curveTo(13.5f, 14.33f, 12.83f, 15f, 12f, 15f).curveTo(11.17f, 15f, 10.5f, 14.33f, 10.5f, 13.5f).close()
    }
    Icon.SERVER -> area {
        moveTo(6.45f, 7.75f).curveTo(6.45f, 7.11f, 6.96f, 6.6f, 7.6f, 6.6f).curveTo(8.24f, 6.6f, 8.75f, 7.11f, 8.75f, 7.75f)
            .curveTo(8.75f, 8.39f, 8.24f, 8.9f, 7.6f, 8.9f).curveTo(6.96f, 8.9f, 6.45f, 8.39f, 6.45f, 7.75f).close().moveTo(6.45f, 16.25f)
            .curveTo(6.45f, 15.61f, 6.96f, 15.1f, 7.6f, 15.1f).curveTo(8.24f, 15.1f, 8.75f, 15.61f, 8.75f, 16.25f)
            .curveTo(8.75f, 16.89f, 8.24f, 17.4f, 7.6f, 17.4f).curveTo(6.96f, 17.4f, 6.45f, 16.89f, 6.45f, 16.25f).close()
    }
    Icon.BRAKES -> area {
        moveTo(11f, 15f).curveTo(11f, 14.45f, 11.45f, 14f, 12f, 14f).curveTo(12.55f, 14f, 13f, 14.45f, 13f, 15f)
            .curveTo(13f, 15.55f, 12.55f, 16f, 12f, 16f).curveTo(11.45f, 16f, 11f, 15.55f, 11f, 15f).close()
    }
    Icon.COOLING -> area {
        moveTo(10.3f, 16.7f).curveTo(10.3f, 15.76f, 11.06f, 15f, 12f, 15f).curveTo(12.94f, 15f, 13.7f, 15.76f, 13.7f, 16.7f)
            .curveTo(13.7f, 17.64f, 12.94f, 18.4f, 12f, 18.4f).curveTo(11.06f, 18.4f, 10.3f, 17.64f, 10.3f, 16.7f).close()
    }
    Icon.TYRES -> area {
        moveTo(10.75f, 12f).curveTo(10.75f, 11.31f, 11.31f, 10.75f, 12f, 10.75f).curveTo(12.69f, 10.75f, 13.25f, 11.31f, 13.25f, 12f)
            .curveTo(13.25f, 12.69f, 12.69f, 13.25f, 12f, 13.25f).curveTo(11.31f, 13.25f, 10.75f, 12.69f, 10.75f, 12f).close()
    }
    else -> Unit
}
