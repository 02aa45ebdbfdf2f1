// The AAR. `pmi-pack kotlin android` first: it builds the libraries and generates the code this takes.
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
        // The certificate verifier's Kotlin half, which its project publishes here and nowhere else.
        exclusiveContent {
            forRepository {
                maven("https://github.com/rustls/rustls-platform-verifier/raw/maven-archive/android-release-support/maven/")
            }
            filter { includeGroup("rustls") }
        }
    }
}

rootProject.name = "pmi"
