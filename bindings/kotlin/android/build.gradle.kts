plugins {
    id("com.android.library") version "9.4.1"
    `maven-publish`
}

group = "io.pmi"
version = "0.1.0"

// The verifier's Kotlin half must be of its Rust half's version.
val verifier: String = rootDir.resolve("../../../Cargo.lock").readText()
    .substringAfter("name = \"rustls-platform-verifier-android\"\nversion = \"")
    .substringBefore('"')

kotlin {
    // As an error it could not be excepted in the generated code; the check by Maven takes warnings for errors in ours.
    explicitApiWarning()
}

android {
    namespace = "io.pmi"
    compileSdk = 36
    defaultConfig {
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
        testInstrumentationRunner = "androidx.test.runner.AndroidJUnitRunner"
    }
    sourceSets.named("main") {
        jniLibs.directories += "build/jniLibs"
        kotlin.directories += setOf("build/generated/kotlin", "../src/main/kotlin")
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    publishing {
        singleVariant("release") { withSourcesJar() }
    }
}

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.11.0")
    implementation("net.java.dev.jna:jna:5.19.1@aar")
    implementation("rustls:rustls-platform-verifier:$verifier")
    androidTestImplementation("androidx.test:runner:1.7.0")
    androidTestImplementation("androidx.test.ext:junit:1.3.0")
}

publishing {
    publications {
        register<MavenPublication>("release") {
            // Beside the JVM's `pmi`, which is another library.
            artifactId = "pmi-android"
            afterEvaluate { from(components["release"]) }
        }
    }
}
