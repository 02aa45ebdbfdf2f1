// As much of AndroidX's test libraries as the test on a device uses: they are not where this can be compiled.

package androidx.test.ext.junit.runners

import org.junit.runners.BlockJUnit4ClassRunner

class AndroidJUnit4(test: Class<*>) : BlockJUnit4ClassRunner(test)
