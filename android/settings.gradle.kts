// The Android app. `pmi-pack kotlin android` and `gradle -p bindings/kotlin/android publishToMavenLocal` first: they make the AAR of the core.
pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositoriesMode = RepositoriesMode.FAIL_ON_PROJECT_REPOS
    repositories {
        google()
        mavenCentral()
        mavenLocal { content { includeGroup("io.pmi") } }
        // The certificate verifier's Kotlin half, which its project publishes here and nowhere else.
        exclusiveContent {
            forRepository {
                maven("https://github.com/rustls/rustls-platform-verifier/raw/maven-archive/android-release-support/maven/")
            }
            filter { includeGroup("rustls") }
        }
    }
}

rootProject.name = "pmi-app"
include(":ui", ":app")
