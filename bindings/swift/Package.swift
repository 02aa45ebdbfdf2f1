// swift-tools-version: 6.0
// The PMI client core for iOS and macOS apps. `Pmi` is written by hand; `PmiGenerated` and `PmiFFI` are made by `pmi-pack`.

import PackageDescription

// Apps link the core as an XCFramework, with its headers inside. Linux, where the tests run without a Mac, links the shared library
// that `-Xlinker -L` names; a Mac does the same when PMI_SYSTEM_LIBRARY is set.
#if os(Linux)
    let fromSystem = true
#else
    let fromSystem = Context.environment["PMI_SYSTEM_LIBRARY"] != nil
#endif

let core: Target =
    fromSystem
    ? .systemLibrary(name: "PmiFFI")
    : .binaryTarget(name: "PmiFFI", path: "PmiFFI.xcframework")

// What only tests need is not seen by an app that depends on this package.
let forTests: [Target] =
    fromSystem
    ? [
        .executableTarget(name: "Vehicles", dependencies: ["Pmi"], path: "Examples/Vehicles"),
        .target(name: "Person", dependencies: ["Pmi"], path: "Tests/Person"),
        .executableTarget(name: "Child", dependencies: ["Person"], path: "Tests/Child"),
        .executableTarget(name: "Figures", dependencies: ["Pmi"], path: "Tests/Figures"),
        .testTarget(name: "PmiTests", dependencies: ["Person", "Child", "Vehicles"]),
    ] : [.testTarget(name: "SimulatorTests", dependencies: ["Pmi"])]

let package = Package(
    name: "Pmi",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "Pmi", targets: ["Pmi"])],
    targets: [
        core,
        // Swift 6.0's compiler fails on generated code in Swift 6 mode as soon as it has an asynchronous callback.
        .target(
            name: "PmiGenerated", dependencies: ["PmiFFI"], swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: fromSystem
                ? [.linkedLibrary("pmi_ffi")]
                : [.linkedFramework("Security"), .linkedFramework("SystemConfiguration")]),
        .target(
            name: "Pmi", dependencies: ["PmiGenerated"], resources: [.copy("Resources/PrivacyInfo.xcprivacy")]),
    ] + forTests,
    swiftLanguageModes: [.v6]
)
