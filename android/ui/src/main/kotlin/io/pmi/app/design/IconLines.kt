// Made by `pmi-pack design` from bindings/design: change it there.
package io.pmi.app.design

import androidx.compose.ui.graphics.vector.ImageVector

/** What of an icon is drawn as lines. */
internal fun ImageVector.Builder.lines(icon: Icon): Unit = when (icon) {
    Icon.BACK -> line { moveTo(15f, 5f).lineTo(8f, 12f).lineTo(15f, 19f) }
    Icon.FORWARD -> line { moveTo(9f, 5f).lineTo(16f, 12f).lineTo(9f, 19f) }
    Icon.CLOSE -> line { moveTo(6f, 6f).lineTo(18f, 18f).moveTo(18f, 6f).lineTo(6f, 18f) }
    Icon.PLUS -> line { moveTo(12f, 5f).lineTo(12f, 19f).moveTo(5f, 12f).lineTo(19f, 12f) }
    Icon.CHECK -> line { moveTo(5f, 12.75f).lineTo(9.75f, 17.5f).lineTo(19f, 7.25f) }
    Icon.EDIT -> line {
        moveTo(4.75f, 19.25f).lineTo(5.6f, 15.3f).lineTo(15.9f, 5f).curveTo(16.66f, 4.24f, 17.89f, 4.24f, 18.65f, 5f)
            .lineTo(19f, 5.35f).curveTo(19.76f, 6.11f, 19.76f, 7.34f, 19f, 8.1f).lineTo(8.7f, 18.4f).close().moveTo(13.75f, 7.25f)
            .lineTo(16.75f, 10.25f)
    }
    Icon.TRASH -> line {
        moveTo(4.75f, 7f).lineTo(19.25f, 7f).moveTo(9.5f, 7f).lineTo(9.5f, 5.25f).curveTo(9.5f, 4.56f, 10.06f, 4f, 10.75f, 4f)
            .lineTo(13.25f, 4f).curveTo(13.94f, 4f, 14.5f, 4.56f, 14.5f, 5.25f).lineTo(14.5f, 7f).moveTo(6.75f, 7f).lineTo(7.5f, 18.4f)
            .curveTo(7.58f, 19.31f, 8.34f, 20f, 9.25f, 20f).lineTo(14.75f, 20f).curveTo(15.66f, 20f, 16.42f, 19.31f, 16.5f, 18.4f)
            .lineTo(17.25f, 7f).moveTo(10.25f, 11f).lineTo(10.25f, 16f).moveTo(13.75f, 11f).lineTo(13.75f, 16f)
    }
    Icon.SHARE -> line {
        moveTo(12f, 14.5f).lineTo(12f, 3.75f).moveTo(8f, 7.5f).lineTo(12f, 3.5f).lineTo(16f, 7.5f).moveTo(8f, 10.5f).lineTo(7f, 10.5f)
            .curveTo(5.9f, 10.5f, 5f, 11.4f, 5f, 12.5f).lineTo(5f, 18f).curveTo(5f, 19.1f, 5.9f, 20f, 7f, 20f).lineTo(17f, 20f)
            .curveTo(18.1f, 20f, 19f, 19.1f, 19f, 18f).lineTo(19f, 12.5f).curveTo(19f, 11.4f, 18.1f, 10.5f, 17f, 10.5f).lineTo(16f, 10.5f)
    }
    Icon.DOWNLOAD -> line {
        moveTo(12f, 3.75f).lineTo(12f, 14.5f).moveTo(7.5f, 10.5f).lineTo(12f, 15f).lineTo(16.5f, 10.5f).moveTo(4.5f, 16.25f)
            .lineTo(4.5f, 18f).curveTo(4.5f, 19.1f, 5.4f, 20f, 6.5f, 20f).lineTo(17.5f, 20f).curveTo(18.6f, 20f, 19.5f, 19.1f, 19.5f, 18f)
            .lineTo(19.5f, 16.25f)
    }
    Icon.SEND -> line { moveTo(20.5f, 3.5f).lineTo(3.5f, 10f).lineTo(10.5f, 13.5f).lineTo(14f, 20.5f).close().moveTo(20.5f, 3.5f).lineTo(10.5f, 13.5f) }
    Icon.REFRESH -> line {
        moveTo(19.52f, 14.74f).curveTo(18.3f, 18.08f, 15.02f, 20.22f, 11.48f, 19.98f)
            .curveTo(7.93f, 19.75f, 4.96f, 17.2f, 4.19f, 13.73f).curveTo(3.43f, 10.26f, 5.04f, 6.69f, 8.16f, 4.98f)
            .curveTo(11.27f, 3.27f, 15.15f, 3.83f, 17.66f, 6.34f).lineTo(20f, 8.7f).moveTo(20f, 4f).lineTo(20f, 8.7f).lineTo(15.3f, 8.7f)
    }
    Icon.OFFLINE -> line {
        moveTo(7.25f, 18.5f).lineTo(16.9f, 18.5f).curveTo(18.98f, 18.48f, 20.71f, 16.9f, 20.93f, 14.83f)
            .curveTo(21.15f, 12.76f, 19.78f, 10.86f, 17.75f, 10.4f).curveTo(17.12f, 7.84f, 14.89f, 6f, 12.26f, 5.85f)
            .curveTo(9.64f, 5.7f, 7.22f, 7.28f, 6.3f, 9.75f).curveTo(4.06f, 10.21f, 2.54f, 12.29f, 2.79f, 14.56f)
            .curveTo(3.04f, 16.83f, 4.97f, 18.53f, 7.25f, 18.5f).close().moveTo(4f, 3.25f).lineTo(20.75f, 20.75f)
    }
    Icon.WAITING -> line {
        moveTo(7.25f, 18.5f).lineTo(16.9f, 18.5f).curveTo(18.98f, 18.48f, 20.71f, 16.9f, 20.93f, 14.83f)
            .curveTo(21.15f, 12.76f, 19.78f, 10.86f, 17.75f, 10.4f).curveTo(17.12f, 7.84f, 14.89f, 6f, 12.26f, 5.85f)
            .curveTo(9.64f, 5.7f, 7.22f, 7.28f, 6.3f, 9.75f).curveTo(4.06f, 10.21f, 2.54f, 12.29f, 2.79f, 14.56f)
            .curveTo(3.04f, 16.83f, 4.97f, 18.53f, 7.25f, 18.5f).close().moveTo(12f, 15.75f).lineTo(12f, 10.75f).moveTo(9.75f, 12.75f)
            .lineTo(12f, 10.5f).lineTo(14.25f, 12.75f)
    }
    Icon.GLOBE -> line {
        moveTo(3.5f, 12f).curveTo(3.5f, 7.31f, 7.31f, 3.5f, 12f, 3.5f).curveTo(16.69f, 3.5f, 20.5f, 7.31f, 20.5f, 12f)
            .curveTo(20.5f, 16.69f, 16.69f, 20.5f, 12f, 20.5f).curveTo(7.31f, 20.5f, 3.5f, 16.69f, 3.5f, 12f).close().moveTo(3.5f, 12f)
            .lineTo(20.5f, 12f).moveTo(12f, 3.5f).curveTo(9.5f, 5.9f, 8.25f, 8.75f, 8.25f, 12f)
            .curveTo(8.25f, 15.25f, 9.5f, 18.1f, 12f, 20.5f).curveTo(14.5f, 18.1f, 15.75f, 15.25f, 15.75f, 12f)
            .curveTo(15.75f, 8.75f, 14.5f, 5.9f, 12f, 3.5f).close()
    }
    Icon.WARNING -> line {
        moveTo(10.7f, 4.75f).curveTo(10.97f, 4.28f, 11.46f, 4f, 12f, 4f).curveTo(12.54f, 4f, 13.03f, 4.28f, 13.3f, 4.75f)
            .lineTo(20.7f, 17.6f).curveTo(20.97f, 18.06f, 20.97f, 18.64f, 20.7f, 19.1f)
            .curveTo(20.43f, 19.56f, 19.94f, 19.85f, 19.4f, 19.85f).lineTo(4.6f, 19.85f).curveTo(4.06f, 19.85f, 3.57f, 19.56f, 3.3f, 19.1f)
            .curveTo(3.03f, 18.64f, 3.03f, 18.06f, 3.3f, 17.6f).close().moveTo(12f, 9.25f).lineTo(12f, 13.25f)
    }
    Icon.CRITICAL -> line {
        moveTo(8.5f, 3.5f).lineTo(15.5f, 3.5f).lineTo(20.5f, 8.5f).lineTo(20.5f, 15.5f).lineTo(15.5f, 20.5f).lineTo(8.5f, 20.5f)
            .lineTo(3.5f, 15.5f).lineTo(3.5f, 8.5f).close().moveTo(12f, 7.75f).lineTo(12f, 12.5f)
    }
    Icon.GOOD -> line {
        moveTo(3.5f, 12f).curveTo(3.5f, 7.31f, 7.31f, 3.5f, 12f, 3.5f).curveTo(16.69f, 3.5f, 20.5f, 7.31f, 20.5f, 12f)
            .curveTo(20.5f, 16.69f, 16.69f, 20.5f, 12f, 20.5f).curveTo(7.31f, 20.5f, 3.5f, 16.69f, 3.5f, 12f).close().moveTo(8f, 12.25f)
            .lineTo(10.9f, 15.1f).lineTo(16.1f, 9.4f)
    }
    Icon.NEUTRAL -> line {
        moveTo(3.5f, 12f).curveTo(3.5f, 7.31f, 7.31f, 3.5f, 12f, 3.5f).curveTo(16.69f, 3.5f, 20.5f, 7.31f, 20.5f, 12f)
            .curveTo(20.5f, 16.69f, 16.69f, 20.5f, 12f, 20.5f).curveTo(7.31f, 20.5f, 3.5f, 16.69f, 3.5f, 12f).close().moveTo(8.5f, 12f)
            .lineTo(15.5f, 12f)
    }
    Icon.UNKNOWN -> line {
        moveTo(3.5f, 12f).curveTo(3.5f, 7.31f, 7.31f, 3.5f, 12f, 3.5f).curveTo(16.69f, 3.5f, 20.5f, 7.31f, 20.5f, 12f)
            .curveTo(20.5f, 16.69f, 16.69f, 20.5f, 12f, 20.5f).curveTo(7.31f, 20.5f, 3.5f, 16.69f, 3.5f, 12f).close().moveTo(9.4f, 9.6f)
            .curveTo(9.36f, 8.25f, 10.34f, 7.09f, 11.68f, 6.9f).curveTo(13.01f, 6.71f, 14.28f, 7.56f, 14.61f, 8.86f)
            .curveTo(14.95f, 10.17f, 14.26f, 11.52f, 13f, 12f).curveTo(12.3f, 12.3f, 12f, 12.75f, 12f, 13.4f)
    }
    Icon.INFO -> line {
        moveTo(3.5f, 12f).curveTo(3.5f, 7.31f, 7.31f, 3.5f, 12f, 3.5f).curveTo(16.69f, 3.5f, 20.5f, 7.31f, 20.5f, 12f)
            .curveTo(20.5f, 16.69f, 16.69f, 20.5f, 12f, 20.5f).curveTo(7.31f, 20.5f, 3.5f, 16.69f, 3.5f, 12f).close().moveTo(12f, 11.25f)
            .lineTo(12f, 16.25f)
    }
    Icon.GARAGE -> line {
        moveTo(4f, 20f).lineTo(4f, 9.75f).lineTo(12f, 4.25f).lineTo(20f, 9.75f).lineTo(20f, 20f).moveTo(7.5f, 20f)
            .lineTo(7.5f, 12.75f).lineTo(16.5f, 12.75f).lineTo(16.5f, 20f).moveTo(7.5f, 16.4f).lineTo(16.5f, 16.4f)
    }
    Icon.CAR -> line {
        moveTo(5.25f, 16.75f).lineTo(4.25f, 16.75f).curveTo(3.56f, 16.75f, 3f, 16.19f, 3f, 15.5f).lineTo(3f, 13.2f)
            .curveTo(3.01f, 12.37f, 3.59f, 11.67f, 4.4f, 11.5f).lineTo(6.5f, 11f).lineTo(8.6f, 7.75f)
            .curveTo(8.95f, 7.14f, 9.6f, 6.76f, 10.3f, 6.75f).lineTo(14f, 6.75f).curveTo(14.68f, 6.75f, 15.33f, 7.07f, 15.75f, 7.6f)
            .lineTo(18.25f, 10.9f).lineTo(19.75f, 11.3f).curveTo(20.5f, 11.52f, 21.01f, 12.22f, 21f, 13f).lineTo(21f, 15.5f)
            .curveTo(21f, 16.19f, 20.44f, 16.75f, 19.75f, 16.75f).lineTo(18.75f, 16.75f).moveTo(9.25f, 16.75f).lineTo(14.75f, 16.75f)
            .moveTo(6.5f, 11f).lineTo(18.25f, 11f).moveTo(5.25f, 16.75f).curveTo(5.25f, 15.65f, 6.15f, 14.75f, 7.25f, 14.75f)
            .curveTo(8.35f, 14.75f, 9.25f, 15.65f, 9.25f, 16.75f).curveTo(9.25f, 17.85f, 8.35f, 18.75f, 7.25f, 18.75f)
            .curveTo(6.15f, 18.75f, 5.25f, 17.85f, 5.25f, 16.75f).close().moveTo(14.75f, 16.75f)
            .curveTo(14.75f, 15.65f, 15.65f, 14.75f, 16.75f, 14.75f).curveTo(17.85f, 14.75f, 18.75f, 15.65f, 18.75f, 16.75f)
            .curveTo(18.75f, 17.85f, 17.85f, 18.75f, 16.75f, 18.75f).curveTo(15.65f, 18.75f, 14.75f, 17.85f, 14.75f, 16.75f).close()
    }
    Icon.CALENDAR -> line {
        moveTo(6.25f, 5f).lineTo(17.75f, 5f).curveTo(18.99f, 5f, 20f, 6.01f, 20f, 7.25f).lineTo(20f, 17.75f)
            .curveTo(20f, 18.99f, 18.99f, 20f, 17.75f, 20f).lineTo(6.25f, 20f).curveTo(5.01f, 20f, 4f, 18.99f, 4f, 17.75f)
            .lineTo(4f, 7.25f).curveTo(4f, 6.01f, 5.01f, 5f, 6.25f, 5f).close().moveTo(4f, 10f).lineTo(20f, 10f).moveTo(8f, 3f)
            .lineTo(8f, 6.75f).moveTo(16f, 3f).lineTo(16f, 6.75f)
    }
    Icon.CALENDAR_PLUS -> line {
        moveTo(6.25f, 5f).lineTo(17.75f, 5f).curveTo(18.99f, 5f, 20f, 6.01f, 20f, 7.25f).lineTo(20f, 17.75f)
            .curveTo(20f, 18.99f, 18.99f, 20f, 17.75f, 20f).lineTo(6.25f, 20f).curveTo(5.01f, 20f, 4f, 18.99f, 4f, 17.75f)
            .lineTo(4f, 7.25f).curveTo(4f, 6.01f, 5.01f, 5f, 6.25f, 5f).close().moveTo(4f, 10f).lineTo(20f, 10f).moveTo(8f, 3f)
            .lineTo(8f, 6.75f).moveTo(16f, 3f).lineTo(16f, 6.75f).moveTo(12f, 12.5f).lineTo(12f, 17.5f).moveTo(9.5f, 15f)
            .lineTo(14.5f, 15f)
    }
    Icon.CLOCK -> line {
        moveTo(3.5f, 12f).curveTo(3.5f, 7.31f, 7.31f, 3.5f, 12f, 3.5f).curveTo(16.69f, 3.5f, 20.5f, 7.31f, 20.5f, 12f)
            .curveTo(20.5f, 16.69f, 16.69f, 20.5f, 12f, 20.5f).curveTo(7.31f, 20.5f, 3.5f, 16.69f, 3.5f, 12f).close().moveTo(12f, 7.25f)
            .lineTo(12f, 12f).lineTo(15.25f, 14f)
    }
    Icon.HISTORY -> line {
        moveTo(4.3f, 9f).curveTo(5.77f, 5.18f, 9.81f, 3.01f, 13.8f, 3.9f).curveTo(17.8f, 4.8f, 20.53f, 8.48f, 20.23f, 12.56f)
            .curveTo(19.93f, 16.64f, 16.68f, 19.89f, 12.6f, 20.18f).curveTo(8.52f, 20.48f, 4.84f, 17.74f, 3.95f, 13.75f).moveTo(4f, 4.5f)
            .lineTo(4f, 9.2f).lineTo(8.7f, 9.2f).moveTo(12f, 8f).lineTo(12f, 12.25f).lineTo(15f, 14f)
    }
    Icon.BELL -> line {
        moveTo(5f, 16.75f).curveTo(6.4f, 15.25f, 6.75f, 13.6f, 6.75f, 10.75f).curveTo(6.75f, 7.85f, 9.1f, 5.5f, 12f, 5.5f)
            .curveTo(14.9f, 5.5f, 17.25f, 7.85f, 17.25f, 10.75f).curveTo(17.25f, 13.6f, 17.6f, 15.25f, 19f, 16.75f).close()
            .moveTo(12f, 3.25f).lineTo(12f, 5.5f).moveTo(10f, 19.75f).curveTo(10.44f, 20.42f, 11.2f, 20.82f, 12f, 20.82f)
            .curveTo(12.8f, 20.82f, 13.56f, 20.42f, 14f, 19.75f)
    }
    Icon.PERSON -> line {
        moveTo(8.25f, 8f).curveTo(8.25f, 5.93f, 9.93f, 4.25f, 12f, 4.25f).curveTo(14.07f, 4.25f, 15.75f, 5.93f, 15.75f, 8f)
            .curveTo(15.75f, 10.07f, 14.07f, 11.75f, 12f, 11.75f).curveTo(9.93f, 11.75f, 8.25f, 10.07f, 8.25f, 8f).close()
            .moveTo(4.75f, 20f).curveTo(5f, 16.4f, 8f, 14.5f, 12f, 14.5f).curveTo(16f, 14.5f, 19f, 16.4f, 19.25f, 20f)
    }
    Icon.MAIL -> line {
        moveTo(5.75f, 5.25f).lineTo(18.25f, 5.25f).curveTo(19.49f, 5.25f, 20.5f, 6.26f, 20.5f, 7.5f).lineTo(20.5f, 16.5f)
            .curveTo(20.5f, 17.74f, 19.49f, 18.75f, 18.25f, 18.75f).lineTo(5.75f, 18.75f).curveTo(4.51f, 18.75f, 3.5f, 17.74f, 3.5f, 16.5f)
            .lineTo(3.5f, 7.5f).curveTo(3.5f, 6.26f, 4.51f, 5.25f, 5.75f, 5.25f).close().moveTo(4.25f, 7.25f).lineTo(12f, 13f)
            .lineTo(19.75f, 7.25f)
    }
    Icon.PHONE -> line {
        moveTo(6.5f, 4f).lineTo(8.5f, 4f).curveTo(8.94f, 4f, 9.32f, 4.28f, 9.45f, 4.7f).lineTo(10.5f, 7.9f)
            .curveTo(10.62f, 8.28f, 10.5f, 8.69f, 10.2f, 8.95f).lineTo(8.75f, 10.2f).curveTo(9.8f, 12.3f, 11.7f, 14.2f, 13.8f, 15.25f)
            .lineTo(15.05f, 13.8f).curveTo(15.31f, 13.5f, 15.72f, 13.38f, 16.1f, 13.5f).lineTo(19.3f, 14.55f)
            .curveTo(19.72f, 14.68f, 20f, 15.06f, 20f, 15.5f).lineTo(20f, 17.5f).curveTo(20f, 18.2f, 19.71f, 18.87f, 19.2f, 19.34f)
            .curveTo(18.69f, 19.82f, 18f, 20.06f, 17.3f, 20f).curveTo(10.2f, 19.4f, 4.6f, 13.8f, 4f, 6.7f)
            .curveTo(3.94f, 6f, 4.18f, 5.31f, 4.66f, 4.8f).curveTo(5.13f, 4.29f, 5.8f, 4f, 6.5f, 4f).close()
    }
    Icon.MESSAGE -> line {
        moveTo(6.25f, 5f).lineTo(17.75f, 5f).curveTo(18.99f, 5f, 20f, 6.01f, 20f, 7.25f).lineTo(20f, 14f)
            .curveTo(20f, 15.24f, 18.99f, 16.25f, 17.75f, 16.25f).lineTo(11.5f, 16.25f).lineTo(7.5f, 19.75f).lineTo(7.5f, 16.25f)
            .lineTo(6.25f, 16.25f).curveTo(5.01f, 16.25f, 4f, 15.24f, 4f, 14f).lineTo(4f, 7.25f).curveTo(4f, 6.01f, 5.01f, 5f, 6.25f, 5f)
            .close().moveTo(8f, 9f).lineTo(16f, 9f).moveTo(8f, 12.25f).lineTo(13f, 12.25f)
    }
    Icon.LOCK -> line {
        moveTo(7.25f, 10.5f).lineTo(16.75f, 10.5f).curveTo(17.99f, 10.5f, 19f, 11.51f, 19f, 12.75f).lineTo(19f, 18f)
            .curveTo(19f, 19.24f, 17.99f, 20.25f, 16.75f, 20.25f).lineTo(7.25f, 20.25f).curveTo(6.01f, 20.25f, 5f, 19.24f, 5f, 18f)
            .lineTo(5f, 12.75f).curveTo(5f, 11.51f, 6.01f, 10.5f, 7.25f, 10.5f).close().moveTo(8f, 10.5f).lineTo(8f, 7.75f)
            .curveTo(8f, 5.54f, 9.79f, 3.75f, 12f, 3.75f).curveTo(14.21f, 3.75f, 16f, 5.54f, 16f, 7.75f).lineTo(16f, 10.5f)
            .moveTo(12f, 14.25f).lineTo(12f, 16.5f)
    }
    Icon.KEY -> line {
        moveTo(4f, 16f).curveTo(4f, 13.79f, 5.79f, 12f, 8f, 12f).curveTo(10.21f, 12f, 12f, 13.79f, 12f, 16f)
            .curveTo(12f, 18.21f, 10.21f, 20f, 8f, 20f).curveTo(5.79f, 20f, 4f, 18.21f, 4f, 16f).close().moveTo(10.85f, 13.15f)
            .lineTo(19.75f, 4.25f).moveTo(15.75f, 8.25f).lineTo(18.75f, 11.25f).moveTo(12.75f, 11.25f).lineTo(14.5f, 13f)
    }
    Icon.EYE -> line {
        moveTo(2.75f, 12f).curveTo(5f, 7.9f, 8.2f, 5.75f, 12f, 5.75f).curveTo(15.8f, 5.75f, 19f, 7.9f, 21.25f, 12f)
            .curveTo(19f, 16.1f, 15.8f, 18.25f, 12f, 18.25f).curveTo(8.2f, 18.25f, 5f, 16.1f, 2.75f, 12f).close().moveTo(9f, 12f)
            .curveTo(9f, 10.34f, 10.34f, 9f, 12f, 9f).curveTo(13.66f, 9f, 15f, 10.34f, 15f, 12f)
            .curveTo(15f, 13.66f, 13.66f, 15f, 12f, 15f).curveTo(10.34f, 15f, 9f, 13.66f, 9f, 12f).close()
    }
    Icon.EYE_OFF -> line {
        moveTo(10f, 6f).curveTo(10.65f, 5.83f, 11.3f, 5.75f, 12f, 5.75f).curveTo(15.8f, 5.75f, 19f, 7.9f, 21.25f, 12f)
            .curveTo(20.5f, 13.35f, 19.65f, 14.5f, 18.65f, 15.4f).moveTo(16f, 17.4f).curveTo(14.8f, 17.95f, 13.45f, 18.25f, 12f, 18.25f)
            .curveTo(8.2f, 18.25f, 5f, 16.1f, 2.75f, 12f).curveTo(4f, 9.75f, 5.5f, 8.1f, 7.25f, 7.05f).moveTo(14.1f, 14.15f)
            .curveTo(12.93f, 15.32f, 11.02f, 15.32f, 9.85f, 14.15f).curveTo(8.68f, 12.98f, 8.68f, 11.07f, 9.85f, 9.9f).moveTo(4f, 4f)
            .lineTo(20f, 20f)
    }
    Icon.SIGN_IN -> line {
        moveTo(14f, 4.5f).lineTo(17.5f, 4.5f).curveTo(18.6f, 4.5f, 19.5f, 5.4f, 19.5f, 6.5f).lineTo(19.5f, 17.5f)
            .curveTo(19.5f, 18.6f, 18.6f, 19.5f, 17.5f, 19.5f).lineTo(14f, 19.5f).moveTo(10.5f, 8f).lineTo(14.5f, 12f).lineTo(10.5f, 16f)
            .moveTo(14.5f, 12f).lineTo(4f, 12f)
    }
    Icon.SIGN_OUT -> line {
        moveTo(10f, 4.5f).lineTo(6.5f, 4.5f).curveTo(5.4f, 4.5f, 4.5f, 5.4f, 4.5f, 6.5f).lineTo(4.5f, 17.5f)
            .curveTo(4.5f, 18.6f, 5.4f, 19.5f, 6.5f, 19.5f).lineTo(10f, 19.5f).moveTo(16f, 8f).lineTo(20f, 12f).lineTo(16f, 16f)
            .moveTo(20f, 12f).lineTo(9.5f, 12f)
    }
    Icon.PHOTO -> line {
        moveTo(6f, 5f).lineTo(18f, 5f).curveTo(19.24f, 5f, 20.25f, 6.01f, 20.25f, 7.25f).lineTo(20.25f, 16.75f)
            .curveTo(20.25f, 17.99f, 19.24f, 19f, 18f, 19f).lineTo(6f, 19f).curveTo(4.76f, 19f, 3.75f, 17.99f, 3.75f, 16.75f)
            .lineTo(3.75f, 7.25f).curveTo(3.75f, 6.01f, 4.76f, 5f, 6f, 5f).close().moveTo(7.1f, 9.6f)
            .curveTo(7.1f, 8.77f, 7.77f, 8.1f, 8.6f, 8.1f).curveTo(9.43f, 8.1f, 10.1f, 8.77f, 10.1f, 9.6f)
            .curveTo(10.1f, 10.43f, 9.43f, 11.1f, 8.6f, 11.1f).curveTo(7.77f, 11.1f, 7.1f, 10.43f, 7.1f, 9.6f).close()
            .moveTo(4.25f, 17.25f).lineTo(9.25f, 13f).lineTo(12.5f, 15.75f).lineTo(15.75f, 12.5f).lineTo(20f, 16.25f)
    }
    Icon.CAMERA -> line {
        moveTo(5.75f, 7f).lineTo(7.75f, 7f).lineTo(9.4f, 4.75f).lineTo(14.6f, 4.75f).lineTo(16.25f, 7f).lineTo(18.25f, 7f)
            .curveTo(19.49f, 7f, 20.5f, 8.01f, 20.5f, 9.25f).lineTo(20.5f, 17f).curveTo(20.5f, 18.24f, 19.49f, 19.25f, 18.25f, 19.25f)
            .lineTo(5.75f, 19.25f).curveTo(4.51f, 19.25f, 3.5f, 18.24f, 3.5f, 17f).lineTo(3.5f, 9.25f)
            .curveTo(3.5f, 8.01f, 4.51f, 7f, 5.75f, 7f).close().moveTo(8.5f, 13f).curveTo(8.5f, 11.07f, 10.07f, 9.5f, 12f, 9.5f)
            .curveTo(13.93f, 9.5f, 15.5f, 11.07f, 15.5f, 13f).curveTo(15.5f, 14.93f, 13.93f, 16.5f, 12f, 16.5f)
            .curveTo(10.07f, 16.5f, 8.5f, 14.93f, 8.5f, 13f).close()
    }
    Icon.LOCATION -> line {
        moveTo(12f, 21f).curveTo(8.2f, 17.2f, 5.5f, 13.9f, 5.5f, 10.25f).curveTo(5.5f, 6.66f, 8.41f, 3.75f, 12f, 3.75f)
            .curveTo(15.59f, 3.75f, 18.5f, 6.66f, 18.5f, 10.25f).curveTo(18.5f, 13.9f, 15.8f, 17.2f, 12f, 21f).close().moveTo(9.6f, 10.25f)
            .curveTo(9.6f, 8.92f, 10.67f, 7.85f, 12f, 7.85f).curveTo(13.33f, 7.85f, 14.4f, 8.92f, 14.4f, 10.25f)
            .curveTo(14.4f, 11.58f, 13.33f, 12.65f, 12f, 12.65f).curveTo(10.67f, 12.65f, 9.6f, 11.58f, 9.6f, 10.25f).close()
    }
    Icon.WRENCH -> line {
        moveTo(20.2f, 6.79f).curveTo(20.89f, 8.7f, 20.36f, 10.85f, 18.84f, 12.21f)
            .curveTo(17.33f, 13.57f, 15.14f, 13.88f, 13.31f, 12.99f).lineTo(7f, 19.3f).curveTo(6.35f, 19.86f, 5.38f, 19.83f, 4.77f, 19.23f)
            .curveTo(4.17f, 18.62f, 4.14f, 17.65f, 4.7f, 17f).lineTo(11.01f, 10.69f).curveTo(10.12f, 8.86f, 10.43f, 6.67f, 11.79f, 5.16f)
            .curveTo(13.15f, 3.64f, 15.3f, 3.11f, 17.21f, 3.8f).lineTo(14.9f, 6.1f).lineTo(17.9f, 9.1f).close()
    }
    Icon.NOTES -> line {
        moveTo(6.25f, 3.75f).lineTo(14f, 3.75f).lineTo(18.5f, 8.25f).lineTo(18.5f, 18f)
            .curveTo(18.5f, 19.24f, 17.49f, 20.25f, 16.25f, 20.25f).lineTo(7.75f, 20.25f).curveTo(6.51f, 20.25f, 5.5f, 19.24f, 5.5f, 18f)
            .lineTo(5.5f, 4.5f).curveTo(5.5f, 4.09f, 5.84f, 3.75f, 6.25f, 3.75f).close().moveTo(13.75f, 4f).lineTo(13.75f, 8.5f)
            .lineTo(18.25f, 8.5f).moveTo(8.75f, 12.25f).lineTo(15.25f, 12.25f).moveTo(8.75f, 15.75f).lineTo(13f, 15.75f)
    }
    Icon.GAUGE -> line {
        moveTo(5.6f, 18.4f).curveTo(2.11f, 14.87f, 2.14f, 9.19f, 5.65f, 5.7f).curveTo(9.16f, 2.2f, 14.84f, 2.2f, 18.35f, 5.7f)
            .curveTo(21.86f, 9.19f, 21.89f, 14.87f, 18.4f, 18.4f).moveTo(12f, 13.5f).lineTo(15.75f, 9f)
    }
    Icon.PULSE -> line { moveTo(3f, 12.5f).lineTo(7f, 12.5f).lineTo(9.75f, 5.5f).lineTo(14.25f, 18.5f).lineTo(17f, 12.5f).lineTo(21f, 12.5f) }
    Icon.SERVER -> line {
        moveTo(5.75f, 4.5f).lineTo(18.25f, 4.5f).curveTo(19.22f, 4.5f, 20f, 5.28f, 20f, 6.25f).lineTo(20f, 9.25f)
            .curveTo(20f, 10.22f, 19.22f, 11f, 18.25f, 11f).lineTo(5.75f, 11f).curveTo(4.78f, 11f, 4f, 10.22f, 4f, 9.25f).lineTo(4f, 6.25f)
            .curveTo(4f, 5.28f, 4.78f, 4.5f, 5.75f, 4.5f).close().moveTo(5.75f, 13f).lineTo(18.25f, 13f)
            .curveTo(19.22f, 13f, 20f, 13.78f, 20f, 14.75f).lineTo(20f, 17.75f).curveTo(20f, 18.72f, 19.22f, 19.5f, 18.25f, 19.5f)
            .lineTo(5.75f, 19.5f).curveTo(4.78f, 19.5f, 4f, 18.72f, 4f, 17.75f).lineTo(4f, 14.75f)
            .curveTo(4f, 13.78f, 4.78f, 13f, 5.75f, 13f).close().moveTo(11.5f, 7.75f).lineTo(16f, 7.75f).moveTo(11.5f, 16.25f)
            .lineTo(16f, 16.25f)
    }
    Icon.PLAY -> line {
        moveTo(7.5f, 5.4f).curveTo(7.49f, 5.07f, 7.66f, 4.77f, 7.94f, 4.61f).curveTo(8.22f, 4.44f, 8.57f, 4.44f, 8.85f, 4.6f)
            .lineTo(18.9f, 11.2f).curveTo(19.17f, 11.37f, 19.34f, 11.68f, 19.34f, 12f)
            .curveTo(19.34f, 12.32f, 19.17f, 12.63f, 18.9f, 12.8f).lineTo(8.85f, 19.4f)
            .curveTo(8.57f, 19.56f, 8.22f, 19.56f, 7.94f, 19.39f).curveTo(7.66f, 19.23f, 7.49f, 18.93f, 7.5f, 18.6f).close()
    }
    Icon.ENGINE -> line {
        moveTo(6.75f, 9.5f).lineTo(8.75f, 9.5f).lineTo(10.25f, 8f).lineTo(14.75f, 8f).lineTo(17f, 10.25f).lineTo(17f, 12f)
            .lineTo(18.5f, 12f).lineTo(18.5f, 10f).lineTo(21f, 10f).lineTo(21f, 17f).lineTo(18.5f, 17f).lineTo(18.5f, 15.25f)
            .lineTo(17f, 15.25f).lineTo(17f, 16.75f).lineTo(15.25f, 18.5f).lineTo(10.25f, 18.5f).lineTo(8f, 16.25f).lineTo(6.75f, 16.25f)
            .close().moveTo(12.5f, 8f).lineTo(12.5f, 5.25f).moveTo(9.75f, 5.25f).lineTo(15.25f, 5.25f).moveTo(3.5f, 10f)
            .lineTo(3.5f, 15.75f).moveTo(3.5f, 12.9f).lineTo(6.75f, 12.9f)
    }
    Icon.TRANSMISSION -> line {
        moveTo(6f, 7.1f).lineTo(6f, 16.9f).moveTo(12f, 7.1f).lineTo(12f, 16.9f).moveTo(18f, 7.1f).lineTo(18f, 10.5f)
            .curveTo(18f, 11.33f, 17.33f, 12f, 16.5f, 12f).lineTo(6f, 12f).moveTo(4.3f, 5.4f).curveTo(4.3f, 4.46f, 5.06f, 3.7f, 6f, 3.7f)
            .curveTo(6.94f, 3.7f, 7.7f, 4.46f, 7.7f, 5.4f).curveTo(7.7f, 6.34f, 6.94f, 7.1f, 6f, 7.1f)
            .curveTo(5.06f, 7.1f, 4.3f, 6.34f, 4.3f, 5.4f).close().moveTo(10.3f, 5.4f).curveTo(10.3f, 4.46f, 11.06f, 3.7f, 12f, 3.7f)
            .curveTo(12.94f, 3.7f, 13.7f, 4.46f, 13.7f, 5.4f).curveTo(13.7f, 6.34f, 12.94f, 7.1f, 12f, 7.1f)
            .curveTo(11.06f, 7.1f, 10.3f, 6.34f, 10.3f, 5.4f).close().moveTo(16.3f, 5.4f).curveTo(16.3f, 4.46f, 17.06f, 3.7f, 18f, 3.7f)
            .curveTo(18.94f, 3.7f, 19.7f, 4.46f, 19.7f, 5.4f).curveTo(19.7f, 6.34f, 18.94f, 7.1f, 18f, 7.1f)
            .curveTo(17.06f, 7.1f, 16.3f, 6.34f, 16.3f, 5.4f).close().moveTo(4.3f, 18.6f).curveTo(4.3f, 17.66f, 5.06f, 16.9f, 6f, 16.9f)
            .curveTo(6.94f, 16.9f, 7.7f, 17.66f, 7.7f, 18.6f).curveTo(7.7f, 19.54f, 6.94f, 20.3f, 6f, 20.3f)
            .curveTo(5.06f, 20.3f, 4.3f, 19.54f, 4.3f, 18.6f).close().moveTo(10.3f, 18.6f)
            .curveTo(10.3f, 17.66f, 11.06f, 16.9f, 12f, 16.9f).curveTo(12.94f, 16.9f, 13.7f, 17.66f, 13.7f, 18.6f)
            .curveTo(13.7f, 19.54f, 12.94f, 20.3f, 12f, 20.3f).curveTo(11.06f, 20.3f, 10.3f, 19.54f, 10.3f, 18.6f).close()
    }
    Icon.BRAKES -> line {
        moveTo(6f, 12f).curveTo(6f, 8.69f, 8.69f, 6f, 12f, 6f).curveTo(15.31f, 6f, 18f, 8.69f, 18f, 12f)
            .curveTo(18f, 15.31f, 15.31f, 18f, 12f, 18f).curveTo(8.69f, 18f, 6f, 15.31f, 6f, 12f).close().moveTo(5.1f, 5.6f)
            .curveTo(1.75f, 9.21f, 1.75f, 14.79f, 5.1f, 18.4f).moveTo(18.9f, 5.6f).curveTo(22.25f, 9.21f, 22.25f, 14.79f, 18.9f, 18.4f)
            .moveTo(12f, 9f).lineTo(12f, 12.5f)
    }
    Icon.BATTERY -> line {
        moveTo(4.75f, 8f).lineTo(19.25f, 8f).curveTo(20.22f, 8f, 21f, 8.78f, 21f, 9.75f).lineTo(21f, 17f)
            .curveTo(21f, 17.97f, 20.22f, 18.75f, 19.25f, 18.75f).lineTo(4.75f, 18.75f).curveTo(3.78f, 18.75f, 3f, 17.97f, 3f, 17f)
            .lineTo(3f, 9.75f).curveTo(3f, 8.78f, 3.78f, 8f, 4.75f, 8f).close().moveTo(5.75f, 8f).lineTo(5.75f, 5.5f).lineTo(9.25f, 5.5f)
            .lineTo(9.25f, 8f).moveTo(14.75f, 8f).lineTo(14.75f, 5.5f).lineTo(18.25f, 5.5f).lineTo(18.25f, 8f).moveTo(6f, 13.4f)
            .lineTo(9.5f, 13.4f).moveTo(14.5f, 13.4f).lineTo(18f, 13.4f).moveTo(16.25f, 11.65f).lineTo(16.25f, 15.15f)
    }
    Icon.COOLING -> line {
        moveTo(9.75f, 13.1f).lineTo(9.75f, 5.75f).curveTo(9.75f, 4.51f, 10.76f, 3.5f, 12f, 3.5f)
            .curveTo(13.24f, 3.5f, 14.25f, 4.51f, 14.25f, 5.75f).lineTo(14.25f, 13.1f)
            .curveTo(15.86f, 14.1f, 16.61f, 16.05f, 16.09f, 17.88f).curveTo(15.56f, 19.7f, 13.9f, 20.96f, 12f, 20.96f)
            .curveTo(10.1f, 20.96f, 8.44f, 19.7f, 7.91f, 17.88f).curveTo(7.39f, 16.05f, 8.14f, 14.1f, 9.75f, 13.1f).close()
            .moveTo(12f, 8.75f).lineTo(12f, 14.5f).moveTo(17.5f, 5.5f).lineTo(20f, 5.5f).moveTo(17.5f, 9f).lineTo(19.5f, 9f)
            .moveTo(17.5f, 12.5f).lineTo(20f, 12.5f)
    }
    Icon.OIL -> line {
        moveTo(12f, 3.5f).curveTo(15.75f, 8.1f, 18f, 11.25f, 18f, 14.5f).curveTo(18f, 17.81f, 15.31f, 20.5f, 12f, 20.5f)
            .curveTo(8.69f, 20.5f, 6f, 17.81f, 6f, 14.5f).curveTo(6f, 11.25f, 8.25f, 8.1f, 12f, 3.5f).close().moveTo(9.1f, 14.75f)
            .curveTo(9.24f, 16.15f, 10.35f, 17.26f, 11.75f, 17.4f)
    }
    Icon.SUSPENSION -> line {
        moveTo(7f, 3.75f).lineTo(17f, 3.75f).moveTo(7f, 20.25f).lineTo(17f, 20.25f).moveTo(12f, 3.75f).lineTo(16f, 5.75f)
            .lineTo(8f, 9f).lineTo(16f, 12f).lineTo(8f, 15f).lineTo(16f, 18.25f).lineTo(12f, 20.25f)
    }
    Icon.TYRES -> line {
        moveTo(3.25f, 12f).curveTo(3.25f, 7.17f, 7.17f, 3.25f, 12f, 3.25f).curveTo(16.83f, 3.25f, 20.75f, 7.17f, 20.75f, 12f)
            .curveTo(20.75f, 16.83f, 16.83f, 20.75f, 12f, 20.75f).curveTo(7.17f, 20.75f, 3.25f, 16.83f, 3.25f, 12f).close()
            .moveTo(7.25f, 12f).curveTo(7.25f, 9.38f, 9.38f, 7.25f, 12f, 7.25f).curveTo(14.62f, 7.25f, 16.75f, 9.38f, 16.75f, 12f)
            .curveTo(16.75f, 14.62f, 14.62f, 16.75f, 12f, 16.75f).curveTo(9.38f, 16.75f, 7.25f, 14.62f, 7.25f, 12f).close()
            .moveTo(12f, 7.25f).lineTo(12f, 3.25f).moveTo(12f, 20.75f).lineTo(12f, 16.75f).moveTo(7.25f, 12f).lineTo(3.25f, 12f)
            .moveTo(20.75f, 12f).lineTo(16.75f, 12f)
    }
    Icon.EXHAUST -> line {
        moveTo(8.25f, 12.25f).lineTo(13.25f, 12.25f).curveTo(14.35f, 12.25f, 15.25f, 13.15f, 15.25f, 14.25f).lineTo(15.25f, 16.75f)
            .curveTo(15.25f, 17.85f, 14.35f, 18.75f, 13.25f, 18.75f).lineTo(8.25f, 18.75f)
            .curveTo(7.15f, 18.75f, 6.25f, 17.85f, 6.25f, 16.75f).lineTo(6.25f, 14.25f)
            .curveTo(6.25f, 13.15f, 7.15f, 12.25f, 8.25f, 12.25f).close().moveTo(2.75f, 15.5f).lineTo(6.25f, 15.5f).moveTo(15.25f, 15.5f)
            .lineTo(18.5f, 15.5f).moveTo(9.25f, 12.25f).lineTo(9.25f, 18.75f).moveTo(18.35f, 10.25f)
            .curveTo(18.35f, 9.48f, 18.98f, 8.85f, 19.75f, 8.85f).curveTo(20.52f, 8.85f, 21.15f, 9.48f, 21.15f, 10.25f)
            .curveTo(21.15f, 11.02f, 20.52f, 11.65f, 19.75f, 11.65f).curveTo(18.98f, 11.65f, 18.35f, 11.02f, 18.35f, 10.25f).close()
            .moveTo(14.4f, 6.5f).curveTo(14.4f, 5.34f, 15.34f, 4.4f, 16.5f, 4.4f).curveTo(17.66f, 4.4f, 18.6f, 5.34f, 18.6f, 6.5f)
            .curveTo(18.6f, 7.66f, 17.66f, 8.6f, 16.5f, 8.6f).curveTo(15.34f, 8.6f, 14.4f, 7.66f, 14.4f, 6.5f).close().moveTo(9.45f, 6f)
            .curveTo(9.45f, 5.28f, 10.03f, 4.7f, 10.75f, 4.7f).curveTo(11.47f, 4.7f, 12.05f, 5.28f, 12.05f, 6f)
            .curveTo(12.05f, 6.72f, 11.47f, 7.3f, 10.75f, 7.3f).curveTo(10.03f, 7.3f, 9.45f, 6.72f, 9.45f, 6f).close()
    }
    Icon.FUEL -> line {
        moveTo(5.25f, 20f).lineTo(5.25f, 5.75f).curveTo(5.25f, 4.78f, 6.03f, 4f, 7f, 4f).lineTo(12.5f, 4f)
            .curveTo(13.47f, 4f, 14.25f, 4.78f, 14.25f, 5.75f).lineTo(14.25f, 20f).moveTo(3.75f, 20f).lineTo(15.75f, 20f)
            .moveTo(5.25f, 10.75f).lineTo(14.25f, 10.75f).moveTo(14.25f, 13f).lineTo(15.25f, 13f)
            .curveTo(16.08f, 13f, 16.75f, 13.67f, 16.75f, 14.5f).lineTo(16.75f, 16.25f)
            .curveTo(16.75f, 17.13f, 17.47f, 17.85f, 18.35f, 17.85f).curveTo(19.23f, 17.85f, 19.95f, 17.13f, 19.95f, 16.25f)
            .lineTo(19.95f, 9.5f).lineTo(16.75f, 6.25f)
    }
}
