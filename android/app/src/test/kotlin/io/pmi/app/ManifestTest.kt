package io.pmi.app

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Test
import org.w3c.dom.Element

/** What the app asks of a device and lets others do: its manifest, merged with those of its libraries. */
class ManifestTest {
    private val manifest: Element by lazy {
        val factory = DocumentBuilderFactory.newInstance().apply { isNamespaceAware = true }
        factory.newDocumentBuilder().parse(File(System.getProperty("pmi.out"), "linked/AndroidManifest.xml")).documentElement
    }

    private val app get() = all("application").single()

    @Test
    fun `others can open it, and nothing else but what the system alone may call`() {
        val open = listOf("activity", "activity-alias", "service", "receiver", "provider").flatMap(::all).filter { it.own("exported") == "true" }
        val guarded = open.groupBy({ it.own("permission") }, { it.own("name").substringAfterLast('.') })
        val expected = mapOf(
            "" to listOf("MainActivity"),
            "android.permission.BIND_JOB_SERVICE" to listOf("SystemJobService"),
            "android.permission.DUMP" to listOf("ProfileInstallReceiver", "DiagnosticsReceiver"),
        )
        assertEquals(expected, guarded)
        assertEquals(1, all("activity").size)
    }

    @Test
    fun `it asks for the network and what WorkManager needs`() {
        val asked = all("uses-permission").map { it.own("name").substringAfterLast('.') }.toSet()
        val expected = setOf(
            "INTERNET", "ACCESS_NETWORK_STATE", "WAKE_LOCK", "RECEIVE_BOOT_COMPLETED", "FOREGROUND_SERVICE",
            "DYNAMIC_RECEIVER_NOT_EXPORTED_PERMISSION",
        )
        assertEquals(expected, asked)
    }

    @Test
    fun `no cleartext, and backups without the core's folder`() {
        // Neither said otherwise nor left to a file: with this target the system allows none.
        assertEquals("", app.own("usesCleartextTraffic"))
        assertEquals("", app.own("networkSecurityConfig"))
        assertEquals("@xml/pmi_backup_rules", app.own("fullBackupContent"))
        assertEquals("@xml/pmi_data_extraction_rules", app.own("dataExtractionRules"))
        assertEquals("", app.own("debuggable"))
    }

    @Test
    fun `languages, the gesture back, and the versions it is for`() {
        assertEquals("@xml/locales", app.own("localeConfig"))
        assertEquals("true", app.own("enableOnBackInvokedCallback"))
        assertEquals(listOf("26", "36"), all("uses-sdk").single().let { listOf(it.own("minSdkVersion"), it.own("targetSdkVersion")) })
    }

    private fun all(name: String): List<Element> = manifest.getElementsByTagName(name).let { found -> List(found.length) { found.item(it) as Element } }

    private fun Element.own(name: String): String = getAttributeNS("http://schemas.android.com/apk/res/android", name)
}
