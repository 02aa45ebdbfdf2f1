plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.compose)
}

android {
    namespace = "io.pmi.app"
    compileSdk = 37
    defaultConfig {
        applicationId = "io.pmi.app"
        minSdk = 26
        targetSdk = 36
        versionCode = 1
        versionName = "0.1.0"
        // `-Ppmi.server=https://…`: the platform this app is built for.
        manifestPlaceholders["server"] = providers.gradleProperty("pmi.server").getOrElse("https://pmi.example")
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"))
        }
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    androidResources { localeFilters += listOf("en", "hi") }
}

dependencies {
    implementation(project(":ui"))
    implementation(libs.activity.compose)
    implementation(libs.lifecycle.runtime)
    implementation(libs.work)
    implementation(libs.coroutines)
}
