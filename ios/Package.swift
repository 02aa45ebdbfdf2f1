// swift-tools-version: 6.0
// What the iOS app is made of besides its views: colours, texts and the models behind the screens. All of it is tested on Linux too.

import PackageDescription

// What needs a server in a child process is tested where one can be started.
#if os(Linux)
    let withServer = true
#else
    let withServer = Context.environment["PMI_SYSTEM_LIBRARY"] != nil
#endif

let tests: [Target] =
    withServer
    ? [
        .target(name: "Person", dependencies: [.product(name: "Pmi", package: "swift")], path: "Tests/Person"),
        .testTarget(name: "PmiModelsTests", dependencies: ["PmiModels", "PmiDesign", "Person"]),
    ] : []

let package = Package(
    name: "PmiApp",
    defaultLocalization: "en",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "PmiDesign", targets: ["PmiDesign"]),
        .library(name: "PmiModels", targets: ["PmiModels"]),
    ],
    dependencies: [.package(path: "../bindings/swift")],
    targets: [
        .target(name: "PmiDesign", dependencies: [.product(name: "Pmi", package: "swift")]),
        .target(name: "PmiModels", dependencies: ["PmiDesign", .product(name: "Pmi", package: "swift")]),
    ] + tests,
    swiftLanguageModes: [.v6]
)
