// Made by `pmi-pack design` from bindings/design: change it there.
package io.pmi.app.design

import io.pmi.core.QuantityUnit

/** One of the shells' own texts that changes with its number, which goes to `{0}`. */
enum class Counted(
    internal val englishOne: String,
    internal val english: String,
    internal val hindiOne: String,
    internal val hindi: String,
) {
    VEHICLES("{0} vehicle", "{0} vehicles", "{0} गाड़ी", "{0} गाड़ियाँ"),
    ATTENTION("{0} booking change needs your decision", "{0} booking changes need your decision", "{0} बुकिंग बदलाव पर आपका फ़ैसला ज़रूरी है", "{0} बुकिंग बदलावों पर आपका फ़ैसला ज़रूरी है"),
    UNREAD("{0} unread", "{0} unread", "{0} अपठित", "{0} अपठित"),
    ISSUES("{0} issue", "{0} issues", "{0} समस्या", "{0} समस्याएँ"),
    PLACES_LEFT("{0} place left", "{0} places left", "{0} जगह बाकी", "{0} जगहें बाकी"),
    PHOTOS("{0} photo", "{0} photos", "{0} फ़ोटो", "{0} फ़ोटो"),
    PHOTOS_UNSENT("{0} photo still to be sent", "{0} photos still to be sent", "{0} फ़ोटो भेजना बाकी है", "{0} फ़ोटो भेजना बाकी है"),
    CHARACTERS_LEFT("{0} character left", "{0} characters left", "{0} अक्षर बाकी", "{0} अक्षर बाकी"),
    CHARACTERS_OVER("{0} character too many", "{0} characters too many", "{0} अक्षर ज़्यादा", "{0} अक्षर ज़्यादा"),
    TIMES("{0} time", "{0} times", "{0} बार", "{0} बार"),
}

/** One of the shells' own texts for so many, with `{0}` where the number goes. */
fun Language.pattern(counted: Counted, count: Long): String {
    val one = isOne(count.toDouble())
    return when (this) {
        Language.ENGLISH -> if (one) counted.englishOne else counted.english
        Language.HINDI -> if (one) counted.hindiOne else counted.hindi
    }
}

/** What stands around a quantity's number, which goes to `{0}`. */
fun Language.pattern(unit: QuantityUnit, count: Double): String {
    val one = isOne(count)
    return when (this) {
        Language.ENGLISH -> when (unit) {
            QuantityUnit.PERCENT -> "{0}%"
            QuantityUnit.KILOMETRES -> "{0} km"
            QuantityUnit.KILOMETRES_PER_HOUR -> "{0} km/h"
            QuantityUnit.CELSIUS -> "{0} °C"
            QuantityUnit.PSI -> "{0} psi"
            QuantityUnit.VOLTS -> "{0} V"
            QuantityUnit.REVOLUTIONS_PER_MINUTE -> "{0} rpm"
            QuantityUnit.DAYS -> if (one) "{0} day" else "{0} days"
            QuantityUnit.MINUTES -> if (one) "{0} minute" else "{0} minutes"
            QuantityUnit.SECONDS -> if (one) "{0} second" else "{0} seconds"
            QuantityUnit.BYTES -> if (one) "{0} byte" else "{0} bytes"
            QuantityUnit.KILOBYTES -> "{0} kB"
            QuantityUnit.MEGABYTES -> "{0} MB"
            QuantityUnit.PLAIN -> "{0}"
        }
        Language.HINDI -> when (unit) {
            QuantityUnit.PERCENT -> "{0}%"
            QuantityUnit.KILOMETRES -> "{0} किमी"
            QuantityUnit.KILOMETRES_PER_HOUR -> "{0} किमी/घंटा"
            QuantityUnit.CELSIUS -> "{0} °से"
            QuantityUnit.PSI -> "{0} psi"
            QuantityUnit.VOLTS -> "{0} वोल्ट"
            QuantityUnit.REVOLUTIONS_PER_MINUTE -> "{0} आरपीएम"
            QuantityUnit.DAYS -> if (one) "{0} दिन" else "{0} दिन"
            QuantityUnit.MINUTES -> if (one) "{0} मिनट" else "{0} मिनट"
            QuantityUnit.SECONDS -> if (one) "{0} सेकंड" else "{0} सेकंड"
            QuantityUnit.BYTES -> if (one) "{0} बाइट" else "{0} बाइट"
            QuantityUnit.KILOBYTES -> "{0} केबी"
            QuantityUnit.MEGABYTES -> "{0} एमबी"
            QuantityUnit.PLAIN -> "{0}"
}
    }
}

/** Whether the language has its singular for it, by CLDR's rules. */
private fun Language.isOne(count: Double): Boolean = when (this) {
    Language.ENGLISH -> count == 1.0
    Language.HINDI -> count in 0.0..1.0
}
